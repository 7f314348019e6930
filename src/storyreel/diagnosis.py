"""What this machine has: packages, keys (never their values), folders, whether each can be used; and how its line stands."""

import os
import platform
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from storyreel.accounts import VARIABLES, Account
from storyreel.catalog.catalogue import Catalogue
from storyreel.domain.errors import StoryreelError
from storyreel.domain.values import Value
from storyreel.library.home import Home
from storyreel.production.condition import Condition, condition_of
from storyreel.settings import Settings

LITTLE_BYTES = 1_000_000_000
SAVE_IT = (
    "It holds films, takes and bills: put a copy of it back. Without one, `sqlite3 storyreel.db .recover` saves what can be read,"
    " or move it away: Storyreel then begins a new one."
)
BEGIN_ANEW = (
    "It holds only the order of work: move it away, then `storyreel resume`. Nothing that is ready is made or paid for again."
)
NEEDS_A_KEY = {"authentication_failed", "insufficient_credit"}
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
    line: Condition | None = None  # None: nothing was made here yet, or it cannot be told
    advice: tuple[str, ...] = ()  # what a person may do about the line


def diagnose(
    settings: Settings,
    accounts: Mapping[str, Account],
    home: Home,
    catalogue: Callable[[], Catalogue] | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Diagnosis:
    """The state of this machine, as it is now, and with a catalogue that of the line; asks no provider."""
    parts = tuple(Part(name=name, version=_version(name), use=use) for name, use in PARTS.items())
    problems = [f"{part.name} is not installed: {part.use}. Install Storyreel again." for part in parts if part.version is None]
    opened, database = _store(home, settings)
    line = None
    problems += [database] if opened is None else _engine_problems(opened)
    if opened is not None and catalogue is not None:
        try:
            line = _line(settings, accounts, opened, catalogue(), now())
        except StoryreelError as error:
            problems.append(str(error))
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
        line=line,
        advice=() if line is None else tuple(advice_on(line)),
    )


def _line(
    settings: Settings, accounts: Mapping[str, Account], home: Home, catalogue: Catalogue, now: datetime
) -> Condition | None:
    """How the line stands, the shared one where the settings name a database; None where nothing was made yet."""
    from storyreel.library.database import Database

    told = settings.database.get_secret_value() if settings.database else None
    if told is None and not home.database_path.exists():
        return None
    lease = timedelta(seconds=settings.lease)
    with Database.open(told or home.database_url, read_only=True) as database:
        return condition_of(
            database,
            home,
            shared=told is not None and not told.startswith("sqlite"),
            lease=lease,
            accounts=accounts,
            catalogue=catalogue,
            now=now,
        )


def advice_on(line: Condition) -> Iterator[str]:
    """What a person may do, most urgent first."""
    if doubtful := sum(one.attention for one in line.calls):
        yield f"{_many(doubtful, 'call')} may or may not have arrived, so a person decides: storyreel attention"
    if (unfinished := line.queue.waiting + line.queue.producing) and not line.living:
        start = "storyreel resume" if line.workers is None else "start storyreel worker"
        films = "1 film is" if unfinished == 1 else f"{unfinished} films are"
        yield f"{films} not finished, and nobody works on the line: {start}"
    if waiting := line.queue.awaiting_approval:
        yield f"{_many(waiting, 'film')} to be approved or cancelled: storyreel approve FILM, storyreel cancel FILM"
    for provider in dict.fromkeys(one.provider for one in line.failed if one.code in NEEDS_A_KEY):
        yield f"{provider}: the key is refused, or the credit used up. Mend that there, then: storyreel resume"
    if line.disk.free < LITTLE_BYTES:
        yield "The disk is nearly full: storyreel gc removes what nothing refers to; or move STORYREEL_HOME"


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _keys(accounts: Mapping[str, Account]) -> Iterator[KeyState]:
    for provider, variables in VARIABLES.items():
        account = accounts[provider]
        yield KeyState(setting=account.ready_by, present=account.ready, unlocks=variables.unlocks)


def _bot(settings: Settings) -> KeyState:
    return KeyState(setting="TELEGRAM_BOT_TOKEN", present=bool(settings.telegram_bot_token), unlocks="the Telegram bot")


def _store(home: Home, settings: Settings) -> tuple[Home | None, str]:
    """The home, made where it is not there, and how its database is; None where it cannot be used."""
    from storyreel.library.database import Database
    from storyreel.library.sqlite import must_be_whole

    try:
        opened = home.create()
        if settings.database is not None:
            return opened, _shared(settings.database.get_secret_value(), timedelta(seconds=settings.lease))
        if not opened.database_path.exists():
            return opened, "not made yet"
        must_be_whole(opened.database_path, remedy=SAVE_IT)
        Database.open(opened.database_url).close()
    except StoryreelError as error:
        return None, str(error)
    return opened, "ready"


def _engine_problems(home: Home) -> list[str]:
    """What is wrong with the engine's record of the order of work; nothing where there is none."""
    from storyreel.library.sqlite import must_be_whole

    try:
        if home.engine_path.exists():
            must_be_whole(home.engine_path, remedy=BEGIN_ANEW)
    except StoryreelError as error:
        return [str(error)]
    return []


def _shared(url: str, lease: timedelta) -> str:
    """How the database is that workers share, and how many work. Raises StoreUnusable."""
    from storyreel.library.database import Database
    from storyreel.library.workers import heard_of

    with Database.open(url) as database:
        many = database.read_now(heard_of, lease)
        return f"ready at {database.where}, with {many} worker{'' if many == 1 else 's'}"
