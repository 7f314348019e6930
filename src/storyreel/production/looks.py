"""One look at a generation, and what follows: it is brought home, has failed, is given up, or is looked at again later."""

import asyncio
from collections.abc import Callable
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
from storyreel.domain.generation import LOST, CallState, GenerationState, RemoteId, Sighting
from storyreel.domain.model import Times
from storyreel.library import ledger
from storyreel.library.database import Connection
from storyreel.library.ledger import Call
from storyreel.production.collect import collect
from storyreel.production.engine import StepFailed
from storyreel.production.floor import Floor
from storyreel.production.settle import settle_cancelled, settle_done, settle_failed, tell_settled
from storyreel.production.waiting import patience_s, pause_s
from storyreel.production.watch import Watch
from storyreel.providers.port import Embedded, NotShown, Provider

P = ParamSpec("P")

LOOKS_AT_ONCE = 50
LEAST_PAUSE_S = 0.5  # between looks that get no answer,
AT_LEISURE_S = 60.0  # and those of a film that stopped for one
EMBEDDED_S = 10.0  # between looks that nobody nudged, at a provider that nudges
NOT_ITS_OWN = (AuthenticationFailed, InsufficientCredit, StoreUnusable)
"""What a look may fail by though its generation goes on: it is paid for, and is looked at again when the film is wanted again."""
LEAST_PATIENCE_S = 120.0  # for a generation, however fast its cloud is said to be
LEAST_LOOKS = 30  # before it is given up: that it took long may be a clock that was set forward


class Looks:
    """What a runner does when a look is due."""

    def __init__(self, floor: Floor, watch: Watch) -> None:
        self._floor, self._watch = floor, watch
        self._turns = asyncio.Semaphore(LOOKS_AT_ONCE)

    async def look(self, call: Call, remote: RemoteId, *, leased: bool) -> None:
        """One question, and what its answer asks for; `leased`: the ledger gave it, and is told when the next is due."""
        try:
            async with self._turns:
                await self._act(call, remote, leased=leased)
        except Exception as error:  # noqa: BLE001  a task's outer edge
            await self._trouble(call, error)

    async def _act(self, call: Call, remote: RemoteId, *, leased: bool) -> None:
        provider = self._floor.provider(call.provider)
        if isinstance(provider, Embedded) and not self._watch.among({(call.provider, remote)}):
            await self._floor.database.write(ledger.postpone_look, call.key, self._floor.now + ledger.FARTHEST)
            self._floor.turns.give_back(call.provider, call.key)
            return
        if call.cancel_requested:
            await self._cancel(provider, remote)
        sighting = await provider.look(remote)
        if sighting.state is not GenerationState.READY:
            self._floor.goes_on(call.key.film, call.provider)
        told = {"state": sighting.state, "progress": sighting.progress, "code": sighting.error_code}
        self._floor.observer.detail("look.done", provider=call.provider, looks=call.looks + 1, **told)
        match sighting.state:
            case GenerationState.READY:
                await self._bring_home(call, provider, sighting)
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

    async def _bring_home(self, call: Call, provider: Provider, sighting: Sighting) -> None:
        """Fetch the clip and settle; nothing where another look, under way as this one was asked for, has done so."""
        known = await self._floor.database.read(ledger.known_call, call.key, wanted="fetched")
        if known.state is not CallState.ACCEPTED:
            return
        clip = await collect(self._floor, provider, call, sighting)
        self._floor.goes_on(call.key.film, call.provider)
        await self._end(call, settle_done, clip, sighting.cost_usd)

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
        """A look or a collection failed: later again where that may help, otherwise the take has failed.

        What fails where this process has no place any more is nobody's outcome: whoever goes on looks again.
        """
        told = StepFailed.told_of(error)
        if not self._floor.gate.open:
            self._floor.observer.detail("look.broken_off", provider=call.provider, code=told.code, message=str(told))
            return
        self._floor.observer.warn("look.failed", provider=call.provider, code=told.code, message=str(told), looks=call.looks + 1)
        try:
            if isinstance(error, ProviderUnavailable):
                await self._floor.stands_still(call.key.film, call.provider, error.detail)
            is_unknown_there = isinstance(error, NotShown)
            if is_unknown_there and (bound := self._overdue_after(call)) is not None:
                await self._give_up(call, self._floor.provider(call.provider), bound)
            elif isinstance(error, StoryreelError) and error.retriable and not isinstance(error, OutputBroken):
                told = error.retry_after_s if isinstance(error, RateLimited) else None
                usual = self._times(call).interval_s / self._floor.pace * (1 + self._floor.clock.chance() / 2)
                pause = told or max(usual, LEAST_PAUSE_S)
                later = self._floor.now + min(timedelta(seconds=pause), ledger.FARTHEST)
                await self._floor.database.write(ledger.postpone_look, call.key, later, was_answered=is_unknown_there)
            elif isinstance(error, NOT_ITS_OWN):  # the clip may well be there: the film stops, and the call stays open
                later = self._floor.now + timedelta(seconds=AT_LEISURE_S)
                await self._floor.database.write(ledger.postpone_look, call.key, later)
                self._watch.wake(call.take, error)
            else:
                failure = StepFailed.told_of(error)
                paid = call.quote_usd if failure.code in LOST else None
                await self._end(call, settle_failed, failure.code, str(failure), paid)
        except Exception as worse:  # noqa: BLE001  a task's outer edge: those who wait must hear it
            self._watch.wake(call.take, worse)

    async def _end(
        self, call: Call, change: Callable[Concatenate[Connection, Call, datetime, P], None], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """The call and its take end together; who waits for the take goes on."""
        await self._floor.write(call.key.film, change, call, self._floor.now, *args, **kwargs)
        await tell_settled(self._floor, call.key)
        if call.remote_id is not None:
            self._watch.drop(call)
            provider = self._floor.provider(call.provider)
            if isinstance(provider, Embedded):
                await provider.release(call.remote_id)
        self._floor.turns.give_back(call.provider, call.key)
        self._watch.wake(call.take)
