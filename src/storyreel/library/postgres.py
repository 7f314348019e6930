"""What only PostgreSQL needs: its connections, its settings, and what its errors mean in a sentence.

Traps: a session that stopped in mid-transaction holds its locks, so the server ends it after a while; a refusal at connecting
has no code, only words; a connection that the server has left looks whole until it is used, so each is tried before it is lent.
"""

import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from storyreel.domain.errors import InvalidRequest, StoreUnusable
from storyreel.domain.kept import NOT_KEPT
from storyreel.library.locks import exclusively

CONNECTIONS = 4  # of each kind; with the engine's own, a process stays under 20 of the server's usual 100
CONNECT_S = 5  # for one attempt
AGAIN_S = 0.25  # between two attempts
LOCK_S = 15  # for another transaction's lock
STOPPED_S = 5  # a transaction in which nothing happens for so long is ended by the server
SILENT_S = 10  # a connection on which the network answers nothing for so long is broken
IDLE_S, ASKED_EVERY_S, ASKED = 5, 2, 3  # the same where it is we who wait for an answer, and nothing of ours is on its way
LONGEST_S = 60  # a statement of a change

ELSEWHERE = "set STORYREEL_DATABASE to another one."
GO_ON = "Then `storyreel resume`; nothing that was paid for is lost."
HELD = ("another program holds a lock on this database", "Wait until it has finished, and try again.")
UNREACHED = ("the database server cannot be reached", f"Start it, or mend the network or STORYREEL_DATABASE. {GO_ON}")
LOST = ("the connection to the database broke off", f"See that the server runs and can be reached. {GO_ON}")
REFUSED = ("the database server refuses this user", "Mend user and password in STORYREEL_DATABASE, or pg_hba.conf there.")
MISSING = ("there is no such database", "Make it with `createdb`, or mend STORYREEL_DATABASE.")
CROWDED = ("the server takes no more connections", "Raise its max_connections, or run fewer workers (each uses up to 20).")
READ_ONLY = ("the database takes no changes", "STORYREEL_DATABASE must name the primary server, and not a copy of it.")
FORBIDDEN = ("this user may not change this database", "Make it the owner of the database: `ALTER DATABASE ... OWNER TO ...`.")
SLOW = ("the database server did not carry out a change in a minute", f"See what it is busy with. {GO_ON}")
FULL = ("the database server's disk is full", f"Free some space there. {GO_ON}")
FAULTY = ("the database server's disk is damaged", "Check it, and put a copy of the database back.")

PROBLEMS: dict[str, tuple[str, str]] = {
    "08": LOST,
    "25006": READ_ONLY,
    "25P03": LOST,
    "28": REFUSED,
    "3D000": MISSING,
    "42501": FORBIDDEN,
    "53100": FULL,
    "53300": CROWDED,
    "53": FAULTY,
    "55P03": HELD,
    "57014": SLOW,
    "57P": LOST,
    "58": FAULTY,
    "XX001": FAULTY,
    "XX002": FAULTY,
}
"""The beginning of the error's code: what happened, and what to do."""
WORDS: tuple[tuple[str, tuple[str, str]], ...] = (
    ("authentication failed", REFUSED),
    ("no password supplied", REFUSED),
    ("pg_hba.conf", REFUSED),
    ("role ", REFUSED),
    ("does not exist", MISSING),
    ("too many", CROWDED),
    ("connection slots", CROWDED),
    ("connection to server", UNREACHED),
    ("connection is bad", UNREACHED),
    ("connection failed", UNREACHED),
    ("timeout", UNREACHED),
)
"""The same for refusals at connecting, which have words only."""
FINAL = (REFUSED, MISSING)  # waiting does not help
PASSING = {"40001", "40P01", "23505"}
"""Undone whole, and may succeed at once: another's change came between, locks crossed, or another inserted the row first."""


class Postgres:
    """A database on a server, which many processes change at once."""

    elsewhere = ELSEWHERE
    writers = CONNECTIONS
    most_at_once = 1

    def __init__(self, url: URL) -> None:
        self.where: Path | str = url.set(drivername="postgresql").render_as_string(hide_password=True)
        self._url = url

    @classmethod
    def at(cls, url: str) -> "Postgres":
        """The database of that address. Raises InvalidRequest where it is none."""
        try:
            return cls(make_url(url).set(drivername="postgresql+psycopg"))
        except (ArgumentError, ValueError) as error:
            told = "STORYREEL_DATABASE is no address of a database. Write it as postgresql://USER:PASSWORD@HOST/NAME."
            raise InvalidRequest(told, field="database") from error

    def check_place(self, *, read_only: bool) -> None:
        """Nothing: the server says."""

    def writing(self, *, patience_s: float) -> Engine:
        """Connections for changes."""
        return self._engine(patience_s=patience_s, longest_s=LONGEST_S)

    def reading(self, *, patience_s: float, read_only: bool) -> Engine:  # noqa: ARG002  the backend's words
        """Connections for questions."""
        engine = self._engine(patience_s=patience_s)
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    def settle(self, writing: Engine, *, patience_s: float) -> None:
        """Nothing."""

    def lock_schema(self, connection: Connection) -> None:
        """By an advisory lock; what is changed then may take as long as it takes."""
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        exclusively(connection, "storyreel:schema")

    def may_pass(self, error: BaseException, *, before_commit: bool) -> bool:
        """For what the server undid because another process was in the way, or because the connection broke off in time."""
        if not isinstance(error, DBAPIError) or not isinstance(error.orig, psycopg.Error):
            return False
        return error.orig.sqlstate in PASSING or (before_commit and problem_of(error.orig) is LOST)

    @contextmanager
    def plain_errors(self) -> Generator[None]:
        """Raises StoreUnusable for what the server reports, or reports no more; InvalidRequest for a text that it cannot keep."""
        try:
            yield
        except DBAPIError as error:
            if isinstance(error.orig, psycopg.DataError) and "NUL" in str(error.orig):
                raise InvalidRequest(NOT_KEPT, field="text") from error
            known = problem_of(error.orig) if isinstance(error.orig, psycopg.Error) else None
            if known is None:
                raise
            raise StoreUnusable(self.where, known[0], remedy=known[1]) from error
        except PoolExhausted as error:
            raise StoreUnusable(self.where, HELD[0], remedy=HELD[1]) from error

    def _engine(self, *, patience_s: float, longest_s: int = 0) -> Engine:
        return create_engine(
            self._url,
            creator=_Caller(self._url, patience_s=patience_s, longest_s=longest_s).connect,
            poolclass=QueuePool,
            pool_size=CONNECTIONS,
            max_overflow=0,
            pool_timeout=patience_s + CONNECT_S,
            pool_pre_ping=True,
        )


class _Caller:
    """Connects, and waits for a server that is starting again; where it waited in vain, the next attempt does not wait."""

    def __init__(self, url: URL, *, patience_s: float, longest_s: int) -> None:
        self._address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._patience_s = patience_s
        self._met = False  # whether a server ever answered: a wrong address is told at once
        self._in_vain = float("-inf")
        lock_ms = max(1, int(min(patience_s, LOCK_S) * 1000))
        limits = {
            "idle_in_transaction_session_timeout": f"{STOPPED_S}s",
            "lock_timeout": f"{lock_ms}ms",
            "statement_timeout": f"{longest_s}s",
        }
        self._options = " ".join(f"-c {name}={limit}" for name, limit in limits.items())

    def connect(self) -> psycopg.Connection:
        """A connection. Raises psycopg.OperationalError."""
        began = time.monotonic()
        waits = self._met and began > self._in_vain + self._patience_s
        while True:
            try:
                connection = psycopg.connect(
                    self._address,
                    connect_timeout=CONNECT_S,
                    options=self._options,
                    application_name="storyreel",
                    tcp_user_timeout=SILENT_S * 1000,
                    keepalives_idle=IDLE_S,
                    keepalives_interval=ASKED_EVERY_S,
                    keepalives_count=ASKED,
                )
            except psycopg.OperationalError as error:
                if not waits or problem_of(error) in FINAL or time.monotonic() > began + self._patience_s:
                    self._in_vain = time.monotonic()
                    raise
                time.sleep(AGAIN_S)
            else:
                self._met = True
                return connection


def connect_for_engine(address: str, **settings: Any) -> psycopg.Connection:
    """A connection for the engine. Raises psycopg.OperationalError in the words for which the engine waits and tries again.

    It goes by "connection failed"; where nothing listens at a socket, the driver says "connection is bad".
    """
    try:
        return psycopg.connect(address, connect_timeout=CONNECT_S, **settings)
    except psycopg.OperationalError as error:
        raise psycopg.OperationalError(f"connection failed: {error}") from error


def problem_of(error: psycopg.Error) -> tuple[str, str] | None:
    """What happened and what to do; None where it is a fault of ours."""
    code = error.sqlstate
    if code is not None:
        return next((PROBLEMS[code[:length]] for length in (5, 3, 2) if code[:length] in PROBLEMS), None)
    if not isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return None
    said = str(error)
    return next((problem for words, problem in WORDS if words in said), LOST)
