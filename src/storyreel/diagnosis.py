"""What this machine has: packages, keys (never their values), folders, and whether each can be used."""

import os
import platform
from collections.abc import Iterator, Mapping
from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from storyreel.accounts import VARIABLES, Account
from storyreel.domain.errors import StoryreelError
from storyreel.domain.values import Value
from storyreel.library.home import Home
from storyreel.settings import Settings

PARTS = {
    "av": "reads and writes video",
    "pillow": "draws and reads pictures",
    "aggdraw": "draws the animatic's moving shapes",
    "dbos": "keeps the order of work through a crash",
    "sqlalchemy": "keeps films, takes and the ledger",
    "obstore": "keeps clips and pictures",
}


class Part(Value):
    """A package that Storyreel uses."""

    name: str
    version: str | None  # None: not installed
    use: str


class KeyState(Value):
    """Whether a key is set; its value is never told."""

    setting: str
    present: bool
    unlocks: str


class Diagnosis(Value):
    """What `storyreel doctor` shows."""

    storyreel: str
    python: str
    system: str
    cores: int
    home: Path | None
    free_bytes: int | None
    database: str  # "ready", "not made yet", or what is wrong
    parts: tuple[Part, ...]
    keys: tuple[KeyState, ...]
    problems: tuple[str, ...]


def diagnose(settings: Settings, accounts: Mapping[str, Account], home: Home) -> Diagnosis:
    """The state of this machine, as it is now; asks nobody outside it."""
    parts = tuple(Part(name=name, version=_version(name), use=use) for name, use in PARTS.items())
    problems = [f"{part.name} is not installed: {part.use}. Install Storyreel again." for part in parts if part.version is None]
    opened, database = _store(home, settings)
    if opened is None:
        problems.append(database)
    return Diagnosis(
        storyreel=version("storyreel"),
        python=platform.python_version(),
        system=f"{platform.system()} {platform.machine()}",
        cores=os.cpu_count() or 1,
        home=opened.root if opened else None,
        free_bytes=opened.free_bytes() if opened else None,
        database=database,
        parts=parts,
        keys=(*_keys(accounts), _bot(settings)),
        problems=tuple(problems),
    )


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _keys(accounts: Mapping[str, Account]) -> Iterator[KeyState]:
    for provider, variables in VARIABLES.items():
        account = accounts[provider]
        yield KeyState(setting=account.setting, present=account.ready, unlocks=variables.unlocks)


def _bot(settings: Settings) -> KeyState:
    return KeyState(setting="TELEGRAM_BOT_TOKEN", present=bool(settings.telegram_bot_token), unlocks="the Telegram bot")


def _store(home: Home, settings: Settings) -> tuple[Home | None, str]:
    """The home, made where it is not there, and how its database is; None where it cannot be used."""
    from storyreel.library.database import Database

    try:
        opened = home.create()
        if settings.database is not None:
            return opened, _shared(settings.database.get_secret_value(), timedelta(seconds=settings.lease))
        if not opened.database_path.exists():
            return opened, "not made yet"
        Database.open(opened.database_url).close()
    except StoryreelError as error:
        return None, str(error)
    return opened, "ready"


def _shared(url: str, lease: timedelta) -> str:
    """How the database is that workers share, and how many work. Raises StoreUnusable."""
    from storyreel.library.database import Database
    from storyreel.library.workers import heard_of

    with Database.open(url) as database:
        many = database.read_now(heard_of, lease)
        return f"ready at {database.where}, with {many} worker{'' if many == 1 else 's'}"
