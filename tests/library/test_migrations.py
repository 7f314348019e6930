"""Alembic's way and our own short way come to the same schema, and nothing stands in the tables that it does not know."""

import sqlite3
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from storyreel.library.database import Database
from storyreel.library.migrate import revisions, upgrade
from storyreel.library.sqlite import writer_engine
from storyreel.library.tables import REVISIONS, metadata


def schema(path: Path) -> dict[str, tuple[set[str], str]]:
    """Each table's and index's columns as stored, in no order, and where they begin."""
    connection = sqlite3.connect(path)
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name != 'alembic_version'"
    ).fetchall()
    connection.close()
    return {
        name: ({line.strip(" ,\t") for line in sql.splitlines()[1:]}, sql.splitlines()[0].strip())
        for name, sql in rows
        if name != "alembic_version"
    }


def migrated(path: Path) -> Path:
    engine = writer_engine(path, patience_s=1)
    with engine.begin() as connection:
        upgrade(connection)
    engine.dispose()
    return path


def test_the_code_knows_the_revisions_that_there_are() -> None:
    assert revisions() == REVISIONS


def test_migrating_from_nothing_gives_the_schema_that_is_made_at_once(tmp_path: Path) -> None:
    Database.open(f"sqlite:///{tmp_path / 'made.db'}").close()
    assert schema(migrated(tmp_path / "migrated.db")) == schema(tmp_path / "made.db")


def test_alembic_finds_no_difference_to_the_tables(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))

    assert database.read_now(differences) == []


def test_a_migrated_database_is_opened_like_any_other(tmp_path: Path) -> None:
    Database.open(f"sqlite:///{migrated(tmp_path / 'migrated.db')}").close()
