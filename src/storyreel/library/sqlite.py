"""What only SQLite needs: its connections, its settings, and what its errors mean in a sentence.

Traps: the standard driver begins transactions late and by itself, so it is told not to, and BEGIN is ours; turning WAL on
does not wait for others, so it is tried again; WAL is a property of the file, the rest of each connection.
"""

import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError

from storyreel.domain.errors import StoreUnusable

LEAST_FREE_BYTES = 1 << 20  # with less, what readers and writers share beside the database may find no room
CHECK_S = 3.0  # for a check of a whole file
MOST_READERS = 32  # connections; readers in other threads wait for a free one

ELSEWHERE = "set STORYREEL_HOME to another folder."
HELD = ("another program holds this database", "Close it, or wait until it has finished, and try again.")
DAMAGED = ("this is not a database, or it is damaged", "Put a copy of it back, or move it away: Storyreel then begins a new one.")
CLOSED = ("the database cannot be opened and written", f"Make it and its folder writable, or {ELSEWHERE}")
FULL = ("the disk is full", "Free some space (`storyreel gc` helps), then `storyreel resume`.")
NO_ROOM = ("the disk is full, so that it cannot even be read", "Free some space on it, and try again.")
FAULTY = ("the disk does not read or write as it should", "Check it and its free space, then `storyreel resume`.")

PROBLEMS: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_BUSY: HELD,
    sqlite3.SQLITE_LOCKED: HELD,
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_READONLY: CLOSED,
    sqlite3.SQLITE_PERM: CLOSED,
    sqlite3.SQLITE_CANTOPEN: CLOSED,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_IOERR: FAULTY,
}
"""The primary result code: what happened, and what to do."""


class Sqlite:
    """A database in one file, with one writer at a time."""

    elsewhere = ELSEWHERE
    writers = 1
    most_at_once = 512  # keeps one commit under some tens of milliseconds

    def __init__(self, path: Path) -> None:
        self.where: Path | str = path
        self._path = path

    def check_place(self, *, read_only: bool) -> None:
        """Raises StoreUnusable where no file can be."""
        where = self._path
        if where.is_dir():
            raise StoreUnusable(where, "a folder is where the database should be", remedy=f"Move it away, or {ELSEWHERE}")
        if not where.parent.is_dir():
            raise StoreUnusable(where.parent, "there is no such folder", remedy=f"Make it, or {ELSEWHERE}")
        if read_only and not where.exists():
            raise StoreUnusable(where, "there is no database here yet", remedy="`storyreel make` begins one.")

    def writing(self, *, patience_s: float) -> Engine:
        """Connections for changes."""
        return writer_engine(self._path, patience_s=patience_s)

    def reading(self, *, patience_s: float, read_only: bool) -> Engine:
        """Connections for questions."""
        return reader_engine(self._path, patience_s=patience_s, read_only=read_only)

    def settle(self, writing: Engine, *, patience_s: float) -> None:
        """WAL, which stays with the file."""
        turn_wal_on(writing, patience_s=patience_s)

    def lock_schema(self, connection: Connection) -> None:
        """Nothing: a writing transaction owns the file."""

    def may_pass(self, error: BaseException, *, before_commit: bool) -> bool:  # noqa: ARG002  the backend's words
        """Never: a writer that waited in vain has waited long enough."""
        return False

    @contextmanager
    def plain_errors(self) -> Generator[None]:
        """Raises StoreUnusable for what the driver reports."""
        with plain_errors(self._path):
            yield


@contextmanager
def plain_errors(where: Path) -> Generator[None]:
    """What went wrong with a file, as a person is told. Raises StoreUnusable for what the driver reports."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        known = PROBLEMS.get(_primary(cause)) if isinstance(cause, sqlite3.Error) else None
        if known is None:
            raise
        problem, remedy = NO_ROOM if known is FAULTY and _is_full(where) else known
        raise StoreUnusable(where, problem, remedy=remedy) from error


def _is_full(where: Path) -> bool:
    """Whether the disk has no room: SQLite then tells only that it could not read."""
    try:
        return shutil.disk_usage(where.parent).free < LEAST_FREE_BYTES
    except OSError:
        return False


def must_be_whole(path: Path, *, remedy: str, within_s: float = CHECK_S) -> None:
    """Let SQLite check a file, as far as it comes in that time. Raises StoreUnusable, with the remedy, for damage."""
    with plain_errors(path), closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        bell = threading.Timer(within_s, connection.interrupt)
        bell.start()
        try:
            found: str = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        except sqlite3.DatabaseError as error:
            if _primary(error) == sqlite3.SQLITE_INTERRUPT:  # a large one
                return
            if _primary(error) not in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
                raise
            found = str(error)
        finally:
            bell.cancel()
    if found != "ok":
        raise StoreUnusable(path, f"this database is damaged ({found.splitlines()[-1]})", remedy=remedy)


def writer_engine(path: Path, *, patience_s: float) -> Engine:
    """Connections whose transactions own the write lock from their first statement."""
    return _engine(path, patience_s=patience_s, read_only=False, begin="BEGIN IMMEDIATE")


def reader_engine(path: Path, *, patience_s: float, read_only: bool) -> Engine:
    """Connections that see one moment of the database and can change nothing."""
    engine = _engine(path, patience_s=patience_s, read_only=read_only, begin="BEGIN")
    event.listen(engine, "connect", _sets("PRAGMA query_only=ON"))
    return engine


def turn_wal_on(engine: Engine, *, patience_s: float) -> None:
    """Let readers and the writer work side by side, for everyone who opens the file from now on."""
    give_up_at = time.monotonic() + patience_s
    with engine.connect() as connection:
        raw = connection.connection.cursor()
        while True:
            try:
                raw.execute("PRAGMA journal_mode=WAL")
                return
            except sqlite3.Error as error:
                if _primary(error) != sqlite3.SQLITE_BUSY or time.monotonic() > give_up_at:
                    raise DBAPIError("PRAGMA journal_mode=WAL", None, error) from error
                time.sleep(0.01)


def _engine(path: Path, *, patience_s: float, read_only: bool, begin: str) -> Engine:
    mode = "ro" if read_only else "rwc"
    where = f"{path.resolve().as_uri()}?mode={mode}"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(where, uri=True, timeout=patience_s, isolation_level=None, check_same_thread=False)

    engine = create_engine("sqlite+pysqlite://", creator=connect, poolclass=QueuePool, pool_size=4, max_overflow=MOST_READERS)
    event.listen(engine, "connect", _sets("PRAGMA foreign_keys=ON", "PRAGMA synchronous=FULL"))
    event.listen(engine, "begin", _begins(begin))
    return engine


def _sets(*pragmas: str) -> Callable[[sqlite3.Connection, Any], None]:
    def settle(connection: sqlite3.Connection, _record: Any) -> None:
        for pragma in pragmas:
            connection.execute(pragma)

    return settle


def _begins(statement: str) -> Callable[[Connection], None]:
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    return begin


def _primary(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
