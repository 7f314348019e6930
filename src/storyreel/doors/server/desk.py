"""What every route works with: the studio, who calls, whose things are whose."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from storyreel.accounts import environment_here
from storyreel.domain.errors import UnknownFilm
from storyreel.domain.film import LOCAL, Film
from storyreel.doors.server.callers import Caller, Callers
from storyreel.doors.server.outcry import Outcry
from storyreel.doors.server.places import Places
from storyreel.doors.server.rates import Rates
from storyreel.doors.server.refusals import NotFound
from storyreel.doors.server.seal import Seal, secret_of
from storyreel.library import films
from storyreel.library.blobs import Blobs
from storyreel.library.database import Database
from storyreel.library.keys import Scope
from storyreel.media.one_at_a_time import OneAtATime
from storyreel.observing.observer import Observer
from storyreel.observing.tally import Tally
from storyreel.studio import Studio

if TYPE_CHECKING:
    from storyreel.production.line import Line
    from storyreel.production.metrics import Metrics

LOOK_S = 1.0  # between two looks for films of other processes, while none was ever made here
CALLER = "storyreel.caller"  # under this name, a request's scope tells who sent it
"""Where a request's scope has its caller, once it is known."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a server holds open while it runs."""

    studio: Studio
    database: Database
    blobs: Blobs
    seal: Seal
    callers: Callers
    rates: Rates
    streams: Places  # of events, that callers have open
    now: Callable[[], datetime]
    public_url: str  # where the outside reaches this server, without a slash at the end
    observer: Observer  # is told what goes on here
    metrics: Callable[[], "Metrics"]  # figures for Prometheus
    works: bool = True  # whether films are made in this process too

    @property
    def judging(self) -> OneAtATime:
        """Where a file that was sent is looked into, as the studio does, so that memory stays bounded."""
        return self.studio.judging

    async def film(self, caller: Caller, id: str) -> Film:
        """A film of the caller's own, by its whole id. Raises NotFound for anybody else's, as if it were not there."""
        try:
            found = await self.database.read(films.film, id)
        except UnknownFilm as error:
            raise NotFound("film", id) from error
        if found.user != caller.user:
            raise NotFound("film", id)
        return found


@asynccontextmanager
async def open_desk(studio: Studio, *, works: bool, public_url: str) -> AsyncGenerator[Desk]:
    """A desk while the block runs. `works`: films are made in this process too; otherwise they wait for another one.

    Raises StoreUnusable.
    """
    stop = asyncio.Event()
    tally = Tally()
    studio.hear(tally.hear)
    if studio.settings.log is None:
        studio.hear(Outcry(studio.settings, studio.accounts, environment_here()).hear)
    if not works:
        studio.hand_over()
    async with studio, AsyncExitStack() as last_first:
        line = await studio.line()
        watching = asyncio.create_task(tally.watch_loop())
        last_first.callback(watching.cancel)
        if works:
            working = asyncio.create_task(studio.work(stop) if studio.sharing.by_workers else _work(line, stop))
            last_first.push_async_callback(_ended, working, stop)
            if not studio.sharing.by_workers:
                await studio.restart()
        settings = studio.settings
        given = settings.secret.get_secret_value() if settings.secret else None
        seal = Seal(await asyncio.to_thread(secret_of, given, line.home.root))
        callers = Callers(line.database, seal, time.monotonic)
        yield Desk(
            studio=studio,
            database=line.database,
            blobs=line.blobs,
            seal=seal,
            callers=callers,
            rates=Rates(settings.rate, settings.rate_burst, time.monotonic, spared={LOCAL}),
            streams=Places(settings.streams, spared={LOCAL}),
            now=lambda: datetime.now(UTC),
            public_url=public_url.rstrip("/"),
            observer=line.observer,
            metrics=cache(lambda: line.metrics(tally)),
            works=works,
        )


async def _work(line: "Line", stop: asyncio.Event) -> None:
    """The line's work, once a film waits for it, whichever process accepted it: until then the engine is not even loaded."""
    while not stop.is_set():
        try:
            if await line.database.read(films.waiting_films):
                await line.work(stop)
        except Exception as error:  # noqa: BLE001  a task's outer edge: the next film is tried all the same
            line.observer.warn("line.held_up", error=type(error).__name__, message=str(error))
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_S):
                await stop.wait()


async def _ended(working: asyncio.Task[None], stop: asyncio.Event) -> None:
    """Once what is being sent is sent."""
    stop.set()
    await working


def desk_of(request: Request) -> Desk:
    """The desk of the server that a request came to."""
    desk: Desk = request.app.state.desk
    return desk


ADesk = Annotated[Desk, Depends(desk_of)]
_BEARER = HTTPBearer(auto_error=False, description="`storyreel keys create NAME`; none is needed while none exists.")


async def caller_of(request: Request, desk: Desk) -> Caller:
    """Who a request is from, counted among its requests once. Raises KeyMissing, KeyUnknown, TooMany."""
    known: Caller | None = request.scope.get(CALLER)
    if known is None:
        known = await desk.callers.caller(request)
        desk.rates.must_allow(known.name)
        request.scope[CALLER] = known
    return known


async def _caller(
    request: Request, desk: ADesk, _for_the_description: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]
) -> Caller:
    return await caller_of(request, desk)


async def _reader(caller: Annotated[Caller, Depends(_caller)]) -> Caller:
    caller.must(Scope.READ)
    return caller


async def _maker(caller: Annotated[Caller, Depends(_caller)]) -> Caller:
    caller.must(Scope.MAKE)
    return caller


async def _admin(caller: Annotated[Caller, Depends(_caller)]) -> Caller:
    caller.must(Scope.ADMIN)
    return caller


Reader = Annotated[Caller, Depends(_reader)]
"""Who may see; nobody else reaches the route."""

Maker = Annotated[Caller, Depends(_maker)]
"""Who may make and change, which may cost."""

Admin = Annotated[Caller, Depends(_admin)]
"""Who may see the figures of the whole installation."""
