"""A worker's pulse: its row is beaten from a thread and by a connection of its own, so that nothing else can hold it up.

It holds its place only as long as its last beat that the database confirmed is young by its own clock, which runs on while the
process is stopped. That is shorter than others wait before they find it gone, so two never believe to hold the same place.
A place that ran out once is not held again, even where a beat that came late is confirmed: what was refused meanwhile is broken
off here, and goes on only with a worker who finds this one gone.
"""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from storyreel.domain.errors import StoreUnusable
from storyreel.library import workers
from storyreel.library.postgres import Postgres

SHARE = 0.8  # of the lease: from then on a worker does not trust its place
BEATS = 6  # in a lease


class Pulse:
    """One worker's place on a shared line, from `start` until it is stopped or found gone."""

    def __init__(self, url: str, id: str, lease: timedelta, *, now: Callable[[], float] = time.monotonic) -> None:
        self.id, self.lease = id, lease
        self._backend = Postgres.at(url)
        self._now = now
        self._engine = self._backend.writing(patience_s=0)
        self._confirmed = float("-inf")
        self._told: tuple[datetime, float] | None = None  # the database's time, and ours at that moment
        self._gone = self._ran_out = False
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="storyreel-pulse", daemon=True)

    def time(self) -> datetime:
        """The time by the database's clock, which all workers share, whatever this machine's says; by that one before `start`."""
        if self._told is None:
            return datetime.now(UTC)
        told, at = self._told
        return told + timedelta(seconds=self._now() - at)

    @property
    def held(self) -> bool:
        """Whether this worker may believe that nobody took its work; who once was told that it may not is told so for ever."""
        if self._told is None:
            return False
        if self._now() - self._confirmed >= SHARE * self.lease.total_seconds():
            self._ran_out = True
        return not (self._gone or self._ran_out)

    @property
    def lost(self) -> bool:
        """Whether it was found gone: it never holds its place again."""
        return self._gone

    def start(self, host: str, pid: int) -> None:
        """Join, and beat from now on. Raises StoreUnusable."""
        began = self._now()
        with self._backend.plain_errors(), self._engine.begin() as connection:
            told = workers.join(connection, self.id, host, pid), self._now()
        self._confirmed, self._told = began, told
        self._thread.start()

    def stop(self) -> None:
        """Leave; where the database cannot be told, others find out by themselves."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()
        try:
            if not self._gone:
                with self._backend.plain_errors(), self._engine.begin() as connection:
                    workers.leave(connection, self.id)
        except StoreUnusable:
            pass
        finally:
            self._gone = True
            self._engine.dispose()

    def _run(self) -> None:
        while not (self._gone or self._ran_out or self._stopped.wait(self.lease.total_seconds() / BEATS)):
            began = self._now()
            try:
                with self._backend.plain_errors(), self._engine.begin() as connection:
                    told = workers.beat(connection, self.id)
                if told is None:
                    self._gone = True
                else:
                    self._confirmed, self._told = began, (told, self._now())
            except Exception:  # noqa: BLE001, S112  a thread's outer edge: its place runs out meanwhile, which is told
                continue
