"""The threads that write. One alone writes everything that waits in one transaction: all of it shares the cost of a full sync.

Each write then has a savepoint, so that one which fails takes nothing else with it. Where the transaction itself fails, each
write is tried once more alone, so that each waits for its own outcome and no other's. Where the database takes several writers,
each write is a transaction: held together, the locks of two batches would wait for each other.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import Any, TypeAlias

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from storyreel.library.backend import Backend

Write: TypeAlias = Callable[[Connection], Any]
Outcome: TypeAlias = tuple[Any, BaseException | None]

TRIES = 5  # of a write that stood in another's way
PAUSE_S = 0.01  # before it is tried again; twice as long each time


class Writer:
    """The threads and their queue. A future's result is there only once it is on the disk."""

    def __init__(self, engine: Engine, backend: Backend) -> None:
        self._engine, self._backend = engine, backend
        self._waiting: SimpleQueue[tuple[Write, Future[Any]] | None] = SimpleQueue()
        self._door = threading.Lock()
        self._closed = False
        self._threads = [threading.Thread(target=self._run, name="storyreel-writer", daemon=True) for _ in range(backend.writers)]
        for thread in self._threads:
            thread.start()

    def submit(self, write: Write) -> Future[Any]:
        """The future of a write. Raises RuntimeError when closed, or when called by a write (it would wait for itself)."""
        if threading.current_thread() in self._threads:
            raise RuntimeError("a write may not wait for another write")
        done: Future[Any] = Future()
        with self._door:
            if self._closed:
                raise RuntimeError("the database is closed")
            self._waiting.put((write, done))
        return done

    def close(self) -> None:
        """Finish what waits, then end."""
        with self._door:
            if not self._closed:
                self._closed = True
                for _ in self._threads:
                    self._waiting.put(None)
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        going_on = True
        while going_on:
            batch, going_on = self._next_batch()
            batch = [(write, done) for write, done in batch if done.set_running_or_notify_cancel()]
            try:
                self._write(batch)
            except BaseException as error:  # noqa: BLE001  a task's outer edge: no caller may wait for ever
                _fail(batch, error)

    def _next_batch(self) -> tuple[list[tuple[Write, Future[Any]]], bool]:
        batch: list[tuple[Write, Future[Any]]] = []
        item = self._waiting.get()
        while item is not None:
            batch.append(item)
            if len(batch) == self._backend.most_at_once:
                return batch, True
            try:
                item = self._waiting.get_nowait()
            except Empty:
                return batch, True
        return batch, False

    def _write(self, batch: list[tuple[Write, Future[Any]]]) -> None:
        outcomes = self._together([write for write, _ in batch]) if len(batch) > 1 else None
        if outcomes is None:
            outcomes = [self._alone(write) for write, _ in batch]
        for (_, done), (result, error) in zip(batch, outcomes, strict=True):
            if error is not None:
                done.set_exception(error)
            else:
                done.set_result(result)

    def _together(self, writes: list[Write]) -> list[Outcome] | None:
        """Every outcome after one commit, or None where the transaction as a whole failed and nothing was written."""
        began = False
        try:
            with self._engine.begin() as connection:
                began = True
                return [_apart(connection, write) for write in writes]
        except DBAPIError as error:
            if began:
                return None
            return [(None, error) for _ in writes]  # held by another: one wait is enough for all

    def _alone(self, write: Write) -> Outcome:
        for attempt in range(1, TRIES + 1):
            before_commit = True
            try:
                with self._engine.begin() as connection:
                    result = write(connection)
                    before_commit = False
            except BaseException as error:  # noqa: BLE001  a task's outer edge: the caller gets it
                if attempt == TRIES or not self._backend.may_pass(error, before_commit=before_commit):
                    return None, error
            else:
                return result, None
            time.sleep(PAUSE_S * 2**attempt)
        raise AssertionError("the last try has returned")


def _fail(batch: list[tuple[Write, Future[Any]]], error: BaseException) -> None:
    for _, done in batch:
        if not done.done():
            done.set_exception(error)


def _apart(connection: Connection, write: Write) -> Outcome:
    """A write's outcome within its savepoint. Raises DBAPIError, since SQLite may have rolled back more than the savepoint."""
    try:
        with connection.begin_nested():
            return write(connection), None
    except DBAPIError:
        raise
    except BaseException as error:  # noqa: BLE001  a task's outer edge: the caller gets it
        return None, error
