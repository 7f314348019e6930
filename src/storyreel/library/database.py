"""The one database: changes go through one writer, questions through a few readers, each seeing one moment.

A change or a question is a plain function whose first argument is a connection. SQLite is behind `sqlite.py`; nothing else
here or in this room depends on it.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, insert, select

from storyreel.domain.errors import InvalidRequest, StoreUnusable
from storyreel.library import sqlite
from storyreel.library.tables import REVISIONS, metadata, revision
from storyreel.library.writer import Writer

__all__ = ["Connection", "Database", "stored_revision"]  # other rooms take the connection's type from here

P = ParamSpec("P")
T = TypeVar("T")

READERS = 4  # threads that answer questions for coroutines
PATIENCE_S = 15.0  # how long to wait for another process's write


class Database:
    """What is kept, open for questions and, unless read-only, for changes. Close it."""

    def __init__(self, where: Path, *, writing: Engine | None, reading: Engine) -> None:
        self.where = where
        self._writing, self._reading = writing, reading
        self._writer = Writer(writing) if writing is not None else None
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="storyreel-reader")

    @classmethod
    def open(cls, url: str, *, read_only: bool = False, patience_s: float = PATIENCE_S) -> "Database":
        """The database at `sqlite:///path`, made or brought up to date where that is needed and allowed.

        Raises StoreUnusable: newer than this code, held by another program, damaged, not writable, not a database.
        """
        where = _file_of(url)
        _check_place(where, read_only=read_only)
        writing = None if read_only else sqlite.writer_engine(where, patience_s=patience_s)
        reading = sqlite.reader_engine(where, patience_s=patience_s, read_only=read_only)
        try:
            with sqlite.plain_errors(where):
                if writing is not None:
                    _make_ready(writing, reading, where, patience_s=patience_s)
                _check_revision(reading, where)
        except BaseException:
            _dispose(writing, reading)
            raise
        return cls(where, writing=writing, reading=reading)

    async def write(self, change: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a change returns, once it is on the disk. Raises what the change raises, or StoreUnusable."""
        done = self._writer_or_raise().submit(partial(_with, change, args, kwargs))
        with sqlite.plain_errors(self.where):
            return await asyncio.wrap_future(done)

    def write_now(self, change: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same for code in a thread of its own; it waits."""
        done = self._writer_or_raise().submit(partial(_with, change, args, kwargs))
        with sqlite.plain_errors(self.where):
            return done.result()

    async def read(self, question: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """A question's answer, from one moment of the database. Raises what the question raises, or StoreUnusable."""
        return await asyncio.wrap_future(self._readers.submit(self.read_now, question, *args, **kwargs))

    def read_now(self, question: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same for code in a thread of its own."""
        with sqlite.plain_errors(self.where), self._reading.connect() as connection:
            return question(connection, *args, **kwargs)

    def close(self) -> None:
        """Finish what waits to be written, then let the file go."""
        if self._writer is not None:
            self._writer.close()
        self._readers.shutdown(wait=True)
        _dispose(self._writing, self._reading)

    def __enter__(self) -> "Database":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _writer_or_raise(self) -> Writer:
        if self._writer is None:
            raise RuntimeError("the database was opened for reading only")
        return self._writer


def _with(
    change: Callable[..., T],
    args: tuple[object, ...],
    kwargs: dict[str, object],
    connection: Connection,
) -> T:
    return change(connection, *args, **kwargs)


def _file_of(url: str) -> Path:
    kind, _, path = url.partition(":///")
    if kind != "sqlite" or not path:
        raise InvalidRequest(f"{url!r} is not a database Storyreel can open. Use sqlite:///PATH.", field="database")
    return Path(path).absolute()


def _check_place(where: Path, *, read_only: bool) -> None:
    if where.is_dir():
        raise StoreUnusable(where, "a folder is where the database should be", remedy=f"Move it away, or {sqlite.ELSEWHERE}")
    if not where.parent.is_dir():
        raise StoreUnusable(where.parent, "there is no such folder", remedy=f"Make it, or {sqlite.ELSEWHERE}")
    if read_only and not where.exists():
        raise StoreUnusable(where, "there is no database here yet", remedy="`storyreel make` begins one.")


def _make_ready(writing: Engine, reading: Engine, where: Path, *, patience_s: float) -> None:
    with reading.connect() as connection:
        stored = stored_revision(connection, where)
    if stored is not None and stored not in REVISIONS:
        return  # newer: not a byte of it is touched
    sqlite.turn_wal_on(writing, patience_s=patience_s)
    if stored == REVISIONS[-1]:
        return
    with writing.begin() as connection:  # asked again: another process may have made it meanwhile
        stored = stored_revision(connection, where)
        if stored is None:
            metadata.create_all(connection)
            revision.create(connection)
            connection.execute(insert(revision).values(version_num=REVISIONS[-1]))
        elif stored in REVISIONS[:-1]:
            from storyreel.library.migrate import upgrade

            upgrade(connection)


def _check_revision(reading: Engine, where: Path) -> None:
    with reading.connect() as connection:
        stored = stored_revision(connection, where)
    if stored is None or stored in REVISIONS[:-1]:
        remedy = "Run any storyreel command that writes, such as `storyreel gc`, once."
        raise StoreUnusable(where, "the database is from an older Storyreel", remedy=remedy)
    if stored != REVISIONS[-1]:
        problem = f"the database is from a newer Storyreel (its revision is {stored})"
        raise StoreUnusable(where, problem, remedy=f"Update Storyreel, or {sqlite.ELSEWHERE}")


def stored_revision(connection: Connection, where: Path) -> str | None:
    """The revision of the stored schema; None for an empty file. Raises StoreUnusable for another program's database."""
    dialect = connection.dialect
    if dialect.has_table(connection, revision.name):
        return connection.scalar(select(revision.c.version_num))
    if dialect.get_table_names(connection):
        raise StoreUnusable(where, "this is another program's database", remedy=f"Move it away, or {sqlite.ELSEWHERE}")
    return None


def _dispose(*engines: Engine | None) -> None:
    for engine in engines:
        if engine is not None:
            engine.dispose()
