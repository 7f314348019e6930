"""The one database: changes go through one writer, questions through a few readers, each seeing one moment.

A change or a question is a plain function whose first argument is a connection. What SQLite and PostgreSQL do differently is
behind `sqlite.py` and `postgres.py`; nothing else in this room depends on which it is.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from storyreel.domain.errors import InvalidRequest
from storyreel.library.backend import Backend
from storyreel.library.schema import check_revision, make_ready
from storyreel.library.writer import Writer

__all__ = ["Connection", "Database"]  # other rooms take the connection's type from here

P = ParamSpec("P")
T = TypeVar("T")

READERS = 4  # threads that answer questions for coroutines
AGAIN = 2  # how often a question is asked once more whose connection broke off
PATIENCE_S = 15.0  # how long to wait for another process's write


class Database:
    """What is kept, open for questions and, unless read-only, for changes. Close it."""

    def __init__(self, backend: Backend, *, writing: Engine | None, reading: Engine) -> None:
        self._backend = backend
        self._writing, self._reading = writing, reading
        self._writer = Writer(writing, backend) if writing is not None else None
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="storyreel-reader")

    @classmethod
    def open(cls, url: str, *, read_only: bool = False, patience_s: float = PATIENCE_S) -> "Database":
        """The database at `sqlite:///path` or `postgresql://...`, made or brought up to date where needed and allowed.

        Raises StoreUnusable: newer than this code, held by another program, damaged, not writable, not a database, not there.
        """
        backend = _backend_of(url)
        backend.check_place(read_only=read_only)
        writing = None if read_only else backend.writing(patience_s=patience_s)
        reading = backend.reading(patience_s=patience_s, read_only=read_only)
        try:
            with backend.plain_errors():
                if writing is not None:
                    make_ready(backend, writing, reading, patience_s=patience_s)
                check_revision(backend, reading)
        except BaseException:
            _dispose(writing, reading)
            raise
        return cls(backend, writing=writing, reading=reading)

    @property
    def where(self) -> Path | str:
        """The file, or the address without its password."""
        return self._backend.where

    async def write(self, change: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a change returns, once it is on the disk. Raises what the change raises, or StoreUnusable."""
        done = self._writer_or_raise().submit(partial(_with, change, args, kwargs))
        with self._backend.plain_errors():
            return await asyncio.wrap_future(done)

    def write_now(self, change: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same for code in a thread of its own; it waits."""
        done = self._writer_or_raise().submit(partial(_with, change, args, kwargs))
        with self._backend.plain_errors():
            return done.result()

    async def read(self, question: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """A question's answer, from one moment of the database. Raises what the question raises, or StoreUnusable."""
        return await asyncio.wrap_future(self._readers.submit(self.read_now, question, *args, **kwargs))

    def read_now(self, question: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same for code in a thread of its own."""
        with self._backend.plain_errors():
            for _ in range(AGAIN):
                try:
                    return self._asked(question, *args, **kwargs)
                except DBAPIError as error:
                    if not self._backend.may_pass(error, before_commit=True):
                        raise
            return self._asked(question, *args, **kwargs)

    def _asked(self, question: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        with self._reading.connect() as connection:
            return question(connection, *args, **kwargs)

    def close(self) -> None:
        """Finish what waits to be written, then let it go."""
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


def _backend_of(url: str) -> Backend:
    kind, _, rest = url.partition("://")
    if kind in {"postgresql", "postgres"} and rest.strip("/"):
        from storyreel.library.postgres import Postgres

        return Postgres.at(url)
    if kind != "sqlite" or not rest.removeprefix("/") or not rest.startswith("/"):
        told = "STORYREEL_DATABASE is not a database Storyreel can open. Use sqlite:///PATH or postgresql://USER@HOST/NAME."
        raise InvalidRequest(told, field="database")
    from storyreel.library.sqlite import Sqlite

    return Sqlite(Path(rest.removeprefix("/")).absolute())


def _dispose(*engines: Engine | None) -> None:
    for engine in engines:
        if engine is not None:
            engine.dispose()
