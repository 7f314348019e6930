"""The production floor: what every step of a flow works with. One for each open line."""

import asyncio
import shutil
import time
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from storyreel.accounts import Account
from storyreel.catalog.catalogue import Catalogue
from storyreel.domain.errors import MediaUnusable
from storyreel.domain.events import FilmStalled
from storyreel.domain.generation import Key, RemoteId
from storyreel.domain.money import NO_BUDGETS, Budgets
from storyreel.domain.values import Digest
from storyreel.library import events
from storyreel.library.blobs import Blobs
from storyreel.library.database import Connection, Database
from storyreel.library.home import Home
from storyreel.library.ledger import Allowance
from storyreel.observing.observer import SILENT, Observer
from storyreel.production.ahead import Ahead
from storyreel.production.gate import Gate
from storyreel.production.hub import Hub
from storyreel.production.look_rates import LOOKS_PER_S, LookRates
from storyreel.production.standstill import Standstills
from storyreel.production.turns import Rules, Turns
from storyreel.providers.port import JPEG, PNG, Embedded, Kit, Picture, Provider

if TYPE_CHECKING:
    from storyreel.providers.http import Http

P = ParamSpec("P")
T = TypeVar("T")

STILL_S = 3.0  # after which it is told that a film stands still
TOLD = -1.0
AT_HAND = 2000  # a flow that waits takes 29 kB, and to begin it again a hundredth of a second
Opener = Callable[[str, Kit], Provider]


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
    process: str  # by a name that is new at each start, as leases and sendings tell it
    opener: Opener
    threads: ThreadPoolExecutor  # for pixels and packets; the engine has taken the loop's own
    accounts: Mapping[str, Account] = field(default_factory=dict[str, Account])  # by provider
    processes: int | None = None  # of a provider's own; None: as many as there are cores
    at_hand: int = AT_HAND  # takes that flows wait for in memory; the flows of the others are parked
    pace: float = 1.0  # how many times sooner than the catalogue says generations are looked at
    budgets: Budgets = NO_BUDGETS  # beside each film's own
    shared: bool = False  # other machines work on the same films
    delivers: bool = True  # this process writes films where they were asked; a worker leaves that to who asked
    observer: Observer = SILENT  # is told what is done here
    gate: Gate = field(default_factory=Gate)
    nudge: Callable[[str, RemoteId], None] = lambda _provider, _remote: None  # a look would see something new
    ahead: Ahead = field(default_factory=Ahead)
    hub: Hub = field(default_factory=Hub)
    adoptions: dict[Key, asyncio.Event] = field(default_factory=dict[Key, asyncio.Event])  # who waits for an answer hears of one
    turns: Turns = field(init=False)
    look_rates: LookRates = field(init=False)
    standstills: Standstills = field(init=False)
    _still: dict[tuple[str, str], float] = field(
        default_factory=dict[tuple[str, str], float]
    )  # since when, by this process's clock
    _providers: dict[str, Provider] = field(default_factory=dict[str, Provider])
    _http: "Http | None" = None
    _is_closed: bool = False

    def __post_init__(self) -> None:
        self.look_rates = LookRates(time.monotonic, LOOKS_PER_S * self.pace)
        self.turns = Turns(self.database, self.process, self.clock.now, self._rules)
        self.standstills = Standstills(self.hub, self.clock.now, self.pace)

    @property
    def now(self) -> datetime:
        """The time, in UTC."""
        return self.clock.now()

    @property
    def work(self) -> Path:
        """A folder for what is half-made; emptied whenever a process takes the line."""
        return self.room("line")

    def room(self, name: str) -> Path:
        """A folder for work of that kind: a worker's own where others may work beside it."""
        return self.home.work / (f"{name}@{self.process}" if self.shared else name)

    def clear_rooms(self) -> None:
        """Remove the folders of a worker that ends."""
        for folder in self.home.work.glob(f"*@{self.process}"):
            shutil.rmtree(folder, ignore_errors=True)

    def provider(self, name: str) -> Provider:
        """The provider of that name, opened once."""
        if name not in self._providers:
            kit = Kit(
                pictures=_Pictures(self),
                work=self.room(name),
                processes=self.processes,
                account=self.accounts.get(name) or Account(name, setting=""),
                http=self._connections,
                nudge=lambda remote: self.nudge(name, remote),
            )
            self._providers[name] = self.opener(name, kit)
        return self._providers[name]

    async def write(self, film: str, change: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a change to a film returns, once it is kept; whoever follows the film hears of it."""
        result = await self.database.write(change, *args, **kwargs)
        self.hub.ring(film)
        return result

    async def stands_still(self, film: str, where: str, message: str) -> None:
        """Keep, once, that somebody cannot be reached whom a film needs; what passes within seconds is not worth a word."""
        now = asyncio.get_running_loop().time()
        since = self._still.setdefault((film, where), now)
        if 0 <= since < now - STILL_S / self.pace:
            self._still[film, where] = TOLD
            self.observer.warn("film.stalled", where=where, message=message)
            await self.write(film, events.append, film, FilmStalled(where=where, message=message), self.now)

    def goes_on(self, film: str, where: str) -> None:
        """They can be reached."""
        self._still.pop((film, where), None)

    def leaves(self, film: str) -> None:
        """A film is off the line: whom it could not reach is told again once it goes on."""
        for still in [still for still in self._still if still[0] == film]:
            del self._still[still]

    async def in_thread(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What work on pixels or packets returns, off the loop."""
        return await asyncio.wrap_future(self.threads.submit(work, *args, **kwargs))

    async def close(self) -> None:
        """End the providers' own processes and the threads, each whatever becomes of the others."""
        self._is_closed = True
        async with AsyncExitStack() as last_first:
            last_first.callback(self.threads.shutdown, wait=False, cancel_futures=True)
            last_first.push_async_callback(self.hub.close)
            if self._http is not None:
                last_first.push_async_callback(self._http.close)
            for provider in self._providers.values():
                if isinstance(provider, Embedded):
                    last_first.push_async_callback(provider.close)
            last_first.push_async_callback(self.turns.close)

    def _rules(self, provider: str) -> Rules:
        """What bounds the calls to a provider: what its account says, otherwise what the catalogue says of each route."""
        account = self.accounts.get(provider) or Account(provider, setting="")
        return Rules(
            Allowance(in_flight=account.in_flight, per_minute=account.per_minute),
            bound=lambda route: self.catalogue.known_route(route)[1].concurrency,
            own=isinstance(self.provider(provider), Embedded),
            answer_s=account.timeout_s,
        )

    def _connections(self) -> "Http":
        """Raises CancelledError once the floor is closed, as who asks then is being ended: nobody would close new ones."""
        from storyreel.providers.http import Http

        if self._is_closed:
            raise asyncio.CancelledError("the floor is closed")
        if self._http is None:
            self._http = Http(self.gate.leaving)
        return self._http


@dataclass(frozen=True, slots=True)
class _Pictures:
    """The blob store as providers see it."""

    floor: Floor

    async def path(self, digest: Digest) -> Path:
        if not await self.floor.blobs.exists(digest):
            raise MediaUnusable(digest, "the picture is not in the store any more", field="first_frame")
        return await self.floor.blobs.fetch(digest)

    async def picture(
        self,
        digest: Digest,
        *,
        types: tuple[str, ...] = (PNG, JPEG),
        most_bytes: int | None = None,
        most_side_px: int | None = None,
    ) -> Picture:
        path = await self.path(digest)
        data, media_type, size = await self.floor.in_thread(_fitted, path, types, most_bytes, most_side_px)
        return Picture(data, media_type, *size)


def _fitted(
    path: Path, types: tuple[str, ...], most_bytes: int | None, most_side_px: int | None
) -> tuple[bytes, str, tuple[int, int]]:
    from storyreel.media.pictures import fitted_bytes

    return fitted_bytes(path, types=types, most_bytes=most_bytes, most_side_px=most_side_px)
