"""The production floor: what every step of a flow works with. One for each open line."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from storyreel.catalog.catalogue import Catalogue
from storyreel.domain.errors import MediaUnusable
from storyreel.domain.generation import RemoteId
from storyreel.domain.values import Digest
from storyreel.library.blobs import Blobs
from storyreel.library.database import Connection, Database
from storyreel.library.home import Home
from storyreel.production.hub import Hub
from storyreel.providers.port import Desk, Embedded, Provider

P = ParamSpec("P")
T = TypeVar("T")

Opener = Callable[[str, Desk], Provider]


@dataclass(frozen=True, slots=True)
class Clock:
    """Time and chance, so that tests can have their own."""

    now: Callable[[], datetime]
    sleep: Callable[[float], Awaitable[None]]
    chance: Callable[[], float]  # from 0 up to 1: spreads what would come all at once


@dataclass(slots=True)
class Floor:
    """Stores, providers and threads of one line."""

    home: Home
    database: Database
    blobs: Blobs
    catalogue: Catalogue
    clock: Clock
    owner: str  # this process and start, as leases and sendings name it
    opener: Opener
    threads: ThreadPoolExecutor  # for pixels and packets; the engine has taken the loop's own
    processes: int | None = None  # of a provider's own; None: as many as there are cores
    nudge: Callable[[str, RemoteId], None] = lambda _provider, _remote: None  # a look would see something new
    hub: Hub = field(default_factory=Hub)
    _providers: dict[str, Provider] = field(default_factory=dict[str, Provider])

    @property
    def now(self) -> datetime:
        """The time, in UTC."""
        return self.clock.now()

    @property
    def work(self) -> Path:
        """A folder for what is half-made; emptied whenever a process takes the line."""
        return self.home.work / "line"

    def provider(self, name: str) -> Provider:
        """The provider of that name, opened once."""
        if name not in self._providers:
            desk = Desk(
                assets=_Pictures(self.blobs),
                work=self.home.work / name,
                processes=self.processes,
                nudge=lambda remote: self.nudge(name, remote),
            )
            self._providers[name] = self.opener(name, desk)
        return self._providers[name]

    async def write(self, film: str, change: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a change to a film returns, once it is kept; whoever follows the film hears of it."""
        result = await self.database.write(change, *args, **kwargs)
        self.hub.ring(film)
        return result

    async def in_thread(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What work on pixels or packets returns, off the loop."""
        return await asyncio.wrap_future(self.threads.submit(work, *args, **kwargs))

    async def close(self) -> None:
        """End the providers' own processes and the threads."""
        for provider in self._providers.values():
            if isinstance(provider, Embedded):
                await provider.close()
        self.threads.shutdown(wait=False, cancel_futures=True)


@dataclass(frozen=True, slots=True)
class _Pictures:
    """The blob store as providers see it."""

    blobs: Blobs

    async def path(self, digest: Digest) -> Path:
        if not await self.blobs.exists(digest):
            raise MediaUnusable(digest, "the picture is not in the store any more", field="first_frame")
        return self.blobs.path(digest)
