"""Bring an older database's schema up to date by Alembic. Importing this costs most of a second."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

FOLDER = Path(__file__).parent / "migrations"


def upgrade(connection: Connection) -> None:
    """Run every migration that is missing, within the connection's transaction. There is no way back but a copy."""
    settings = _settings()
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")


def revisions() -> tuple[str, ...]:
    """Every revision in the folder, oldest first."""
    script = ScriptDirectory.from_config(_settings())
    return tuple(step.revision for step in reversed(list(script.walk_revisions())))


def _settings() -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return settings
