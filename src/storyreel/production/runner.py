"""The waiting: one runner per process looks at what is due in the ledger, and brings home what is ready.

A coroutine that waits for a take holds a future and nothing else; ten thousand waiting takes are ten thousand rows. Looks
are under leases, so a runner that died blocks nobody for long. A provider of our own says by `nudge` when a look is worth it.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Concatenate, ParamSpec

from storyreel.domain.errors import (
    AuthenticationFailed,
    InsufficientCredit,
    OutputBroken,
    ProviderUnavailable,
    RateLimited,
    StoreUnusable,
    StoryreelError,
    TimedOut,
    told_later,
)
from storyreel.domain.events import TakeProgressed
from storyreel.domain.generation import LOST, CallState, GenerationState, Key, RemoteId, Sighting, Take
from storyreel.domain.model import Times
from storyreel.library import ledger, takes
from storyreel.library.database import Connection
from storyreel.library.ledger import Call
from storyreel.production.collect import collect
from storyreel.production.engine import StepFailed
from storyreel.production.floor import Floor
from storyreel.production.rounds import Rounds
from storyreel.production.settle import settle_cancelled, settle_done, settle_failed, tell_settled
from storyreel.production.waiting import patience_s, pause_s
from storyreel.providers.port import Embedded, Provider

P = ParamSpec("P")

PACE_S = 0.25  # between two questions to the ledger while something is waited for
LEASE_S = 60.0  # a look, with its download, is done by then
LONGEST_PAUSE_S = 60.0  # between looks that get no answer
EMBEDDED_S = 10.0  # between looks that nobody nudged, at a provider that nudges
LOOKS_AT_ONCE = 50
ELSEWHERE_S = 1.0  # how soon the end of a take is noticed that another process settled
ASKED_AT_ONCE = 1000
NOT_ITS_OWN = (AuthenticationFailed, InsufficientCredit, StoreUnusable)
"""What a look may fail by though its generation goes on: it is paid for, and is looked at again when the film is wanted again."""
LEAST_PATIENCE_S = 120.0  # for a generation, however fast its cloud is said to be
LEAST_LOOKS = 30  # before it is given up: that it took long may be a clock that was set forward


class Runner:
    """Looks, collects and settles, until it is closed."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        floor.nudge = self.nudge
        self._bell = asyncio.Event()
        self._nudged: set[tuple[str, RemoteId]] = set()
        self._watched: dict[tuple[str, RemoteId], Call] = {}
        self._looking: set[Key] = set()
        self._waiting: dict[str, set[asyncio.Future[None]]] = defaultdict(set)
        self._turns = asyncio.Semaphore(LOOKS_AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, unsettled: Iterable[Call]) -> None:
        """Begin to look; what is at somebody else's is brought home even where nobody waits for it: links die."""
        for call in unsettled:
            if call.state is CallState.ACCEPTED and not isinstance(self._floor.provider(call.provider), Embedded):
                self._watch(call)
        self._spawn(self._run())
        if self._floor.shared:
            self._spawn(self._listen())

    def nudge(self, provider: str, remote: RemoteId) -> None:
        """A look at this generation would see something new."""
        self._nudged.add((provider, remote))
        self._bell.set()

    async def wait(self, take_id: str) -> Take:
        """The take, once it has ended."""
        while True:
            ended = asyncio.get_running_loop().create_future()
            self._waiting[take_id].add(ended)
            try:
                take, call = await self._floor.database.read(_take_and_call, take_id)
                if take.state.ended:
                    self._unwatch(call)  # another process may have settled it
                    return take
                if call is not None and call.state is CallState.ACCEPTED:
                    if call.process != self._floor.process and self._floor.shared:
                        await self._floor.database.write(ledger.adopt, call.key, self._floor.process)
                    self._watch(call)
                await ended
            finally:
                self._forget(take_id, ended)

    def _forget(self, take_id: str, ended: asyncio.Future[None]) -> None:
        waiting = self._waiting.get(take_id, set())
        waiting.discard(ended)
        if not waiting:
            self._waiting.pop(take_id, None)

    async def call_off(self, film: str) -> None:
        """End every call of a film at its provider, as soon as that can be."""
        for call in await self._floor.database.write(_request_cancels, film, self._floor.now):
            self._watch(call)

    async def close(self) -> None:
        """Stop in the middle of whatever it does; let the leases go, which end by themselves where the store cannot be told."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with suppress(StoreUnusable):
            await self._floor.database.write(ledger.release_leases, self._floor.process)

    def _watch(self, call: Call) -> None:
        if call.remote_id is not None:
            self._watched[call.provider, call.remote_id] = call
            self.nudge(call.provider, call.remote_id)

    def _unwatch(self, call: Call | None) -> None:
        if call is not None and call.remote_id is not None:
            self._watched.pop((call.provider, call.remote_id), None)

    async def _run(self) -> None:
        rounds = Rounds("looks")
        while True:
            with rounds.attempt(self._floor.observer):
                for where in self._take_nudged():
                    self._spawn(self._look(self._watched[where]))
                if self._asks:
                    await self._look_at_due()
            await self._until_rung()

    @property
    def _asks(self) -> bool:
        """Whether the ledger may have something to look at: on a shared line also what nobody who lives goes on with."""
        return bool(self._watched) or self._floor.shared

    async def _look_at_due(self) -> None:
        now = self._floor.now
        due = (now, self._floor.process, now + timedelta(seconds=LEASE_S), LOOKS_AT_ONCE)
        for call in await self._floor.database.write(ledger.due_looks, *due):
            self._spawn(self._look(call, leased=True))

    async def _listen(self) -> None:
        """Wake who waits for a take that ended in another process."""
        rounds = Rounds("ends elsewhere")
        while True:
            await asyncio.sleep(ELSEWHERE_S)
            waiting = list(self._waiting)
            for start in range(0, len(waiting), ASKED_AT_ONCE):
                with rounds.attempt(self._floor.observer):
                    asked = waiting[start : start + ASKED_AT_ONCE]
                    for take_id in await self._floor.database.read(takes.ended_among, asked):
                        self._call(take_id, None)

    def _take_nudged(self) -> list[tuple[str, RemoteId]]:
        """Those that were nudged and are watched, but not looked at at this moment; what nobody watches is forgotten."""
        watched = {where for where in self._nudged if where in self._watched}
        self._nudged = {where for where in watched if self._watched[where].key in self._looking}
        return [*watched - self._nudged]

    async def _until_rung(self) -> None:
        """Until somebody rings, or the ledger should be asked again."""
        try:
            async with asyncio.timeout(PACE_S if self._asks else None):
                await self._bell.wait()
        except TimeoutError:
            return
        self._bell.clear()

    async def _look(self, call: Call, *, leased: bool = False) -> None:
        """One look, and what follows from it; nobody waits for a take in vain."""
        if call.remote_id is None:
            return
        if call.key in self._looking:
            if leased:  # it is looked at by a nudge, which ends no lease
                soon = self._floor.now + timedelta(seconds=PACE_S)
                with Rounds("looks").attempt(self._floor.observer):  # otherwise its lease runs out
                    await self._floor.database.write(ledger.postpone_look, call.key, soon)
            return
        self._looking.add(call.key)
        try:
            with self._floor.observer.about(film=call.key.film, shot=call.key.shot, call=str(call.key)):
                await self._look_in_turn(call, call.remote_id, leased=leased)
        finally:
            self._looking.discard(call.key)
            self._bell.set()

    async def _look_in_turn(self, call: Call, remote: RemoteId, *, leased: bool) -> None:
        try:
            async with self._turns:
                await self._act(call, remote, leased=leased)
        except Exception as error:  # noqa: BLE001  a task's outer edge
            await self._trouble(call, error)

    async def _act(self, call: Call, remote: RemoteId, *, leased: bool) -> None:
        provider = self._floor.provider(call.provider)
        if isinstance(provider, Embedded) and (call.provider, remote) not in self._watched:
            await self._floor.database.write(ledger.postpone_look, call.key, self._floor.now + ledger.FARTHEST)
            self._floor.turns.give_back(call.provider, call.key)
            return
        if call.cancel_requested:
            await self._cancel(provider, remote)
        sighting = await provider.look(remote)
        told = {"state": sighting.state, "progress": sighting.progress, "code": sighting.error_code}
        self._floor.observer.detail("look.done", provider=call.provider, looks=call.looks + 1, **told)
        match sighting.state:
            case GenerationState.READY:
                clip = await collect(self._floor, provider, call, sighting)
                await self._end(call, settle_done, clip, sighting.cost_usd)
            case GenerationState.FAILED if not call.cancel_requested:
                code = sighting.error_code or ProviderUnavailable.code
                message = told_later(call.provider, code, sighting.error or "it does not say why")
                await self._end(call, settle_failed, code, message, sighting.cost_of(call.quote_usd))
            case GenerationState.CANCELLED | GenerationState.FAILED:
                await self._end(call, settle_cancelled, sighting.cost_of(call.quote_usd))
            case _ if not isinstance(provider, Embedded) and (bound := self._overdue_after(call)) is not None:
                await self._give_up(call, provider, bound)
            case _:
                await self._still_going(call, sighting, embedded=isinstance(provider, Embedded), leased=leased)

    async def _cancel(self, provider: Provider, remote: RemoteId) -> None:
        """Ask for an end; where the provider knows of none, what it is doing is looked at all the same."""
        try:
            await provider.cancel(remote)
        except StoryreelError as error:
            if error.retriable or isinstance(error, NOT_ITS_OWN):
                raise

    def _pause(self, call: Call, sighting: Sighting) -> float:
        spent = self._spent_s(call) * self._floor.pace
        return pause_s(self._times(call), sighting.progress, spent) / self._floor.pace

    def _spent_s(self, call: Call) -> float:
        """Seconds since the call was sent: before that it may have waited for its turn, or for a person."""
        return (self._floor.now - (call.sent or call.created)).total_seconds()

    def _times(self, call: Call) -> Times:
        model, _ = self._floor.catalogue.known_route(call.key.route)
        return model.times

    def _overdue_after(self, call: Call) -> float | None:
        """The seconds that a generation may take, where it has taken longer and was looked at all the while."""
        bound = max(LEAST_PATIENCE_S, patience_s(self._times(call)) / self._floor.pace)
        return bound if self._spent_s(call) > bound and call.looks >= LEAST_LOOKS else None

    async def _give_up(self, call: Call, provider: Provider, bound: float) -> None:
        """End a generation that will not end; the provider may charge for it all the same."""
        cost, remote = call.quote_usd, call.remote_id or ""  # what goes on there will be charged
        with suppress(StoryreelError):
            await provider.cancel(remote)
            cost = (await provider.look(remote)).cost_of(cost)
        late = TimedOut(f"The clip at {provider.name}", after_s=bound)
        await self._end(call, settle_failed, late.code, f"{late} It may be charged there: {remote}.", cost)

    async def _still_going(self, call: Call, sighting: Sighting, *, embedded: bool, leased: bool) -> None:
        now = self._floor.now
        if sighting.progress is not None:
            fact = TakeProgressed(shot=call.key.shot, take=call.take, progress=sighting.progress)
            self._floor.hub.tell(call.key.film, fact, now)
        if leased:
            pause = EMBEDDED_S if embedded else self._pause(call, sighting)  # one of our own nudges
            later = now + min(timedelta(seconds=pause * (1 + self._floor.clock.chance() / 4)), ledger.FARTHEST)
            await self._floor.database.write(ledger.record_sighting, call.key, sighting, later, now)

    async def _trouble(self, call: Call, error: Exception) -> None:
        """A look or a collection failed: later again where that may help, otherwise the take has failed."""
        told = StepFailed.told_of(error)
        self._floor.observer.warn("look.failed", provider=call.provider, code=told.code, message=str(told), looks=call.looks + 1)
        try:
            if isinstance(error, StoryreelError) and error.retriable and not isinstance(error, OutputBroken):
                told = error.retry_after_s if isinstance(error, RateLimited) else None
                pause = told or min(LONGEST_PAUSE_S, 2.0 ** min(call.looks, 6)) * (1 + self._floor.clock.chance() / 2)
                later = self._floor.now + min(timedelta(seconds=pause), ledger.FARTHEST)
                await self._floor.database.write(ledger.postpone_look, call.key, later)
            elif isinstance(error, NOT_ITS_OWN):  # the clip may well be there: the film stops, and the call stays open
                later = self._floor.now + timedelta(seconds=LONGEST_PAUSE_S)
                await self._floor.database.write(ledger.postpone_look, call.key, later)
                self._wake(call, error)
            else:
                failure = StepFailed.told_of(error)
                paid = call.quote_usd if failure.code in LOST else None
                await self._end(call, settle_failed, failure.code, str(failure), paid)
        except Exception as worse:  # noqa: BLE001  a task's outer edge: those who wait must hear it
            self._wake(call, worse)

    async def _end(
        self, call: Call, change: Callable[Concatenate[Connection, Call, datetime, P], None], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """The call and its take end together; who waits for the take goes on."""
        await self._floor.write(call.key.film, change, call, self._floor.now, *args, **kwargs)
        await tell_settled(self._floor, call.key)
        if call.remote_id is not None:
            self._watched.pop((call.provider, call.remote_id), None)
            provider = self._floor.provider(call.provider)
            if isinstance(provider, Embedded):
                await provider.release(call.remote_id)
        self._floor.turns.give_back(call.provider, call.key)
        self._wake(call, None)

    def _wake(self, call: Call, error: Exception | None) -> None:
        self._call(call.take, error)

    def _call(self, take_id: str, error: Exception | None) -> None:
        for ended in self._waiting.pop(take_id, set()):
            if not ended.done():
                ended.set_result(None) if error is None else ended.set_exception(error)

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _take_and_call(connection: Connection, take_id: str) -> tuple[Take, Call | None]:
    take = takes.take(connection, take_id)
    return take, ledger.call(connection, Key(film=take.film, shot=take.shot, take=take.number, route=take.route))


def _request_cancels(connection: Connection, film: str, now: datetime) -> list[Call]:
    """The film's calls that are still to be ended."""
    going = [call for call in ledger.calls_of(connection, film) if call.state in {CallState.SENDING, CallState.ACCEPTED}]
    for call in going:
        ledger.request_call_cancel(connection, call.key, now)
    return [call.model_copy(update={"cancel_requested": True}) for call in going]
