"""Pictures and clips as they come: several at once, each from the first provider that makes it; who works, how far, what arrived.

Another provider is asked only where the one before certainly made nothing: after a refusal or a failure that costs nothing, never
after an order of which nobody knows whether it arrived, and never to get past a moderator.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from time import monotonic
from typing import TypeAlias

from storyreel.domain.errors import (
    Cancelled,
    ContentRejected,
    InvalidRequest,
    OutputBroken,
    OutputExpired,
    ProviderUnavailable,
    RateLimited,
    StoryreelError,
    TimedOut,
)
from storyreel.domain.generation import GenerationState, Key, RemoteId, Sighting
from storyreel.providers.huggingface.provider import HuggingFace
from storyreel.providers.huggingface.wire import Served, Words
from storyreel.providers.huggingface.wires import WIRES

MOST_AT_ONCE = 16
MOST_FETCHES = 3
FAREWELL_S = 5.0  # for the ends of what nobody waits for any more


@dataclass(frozen=True, slots=True)
class Working:
    """A provider is asked for one of the results."""

    number: int  # of the result, from 0
    served: Served
    seed: int
    left_out: tuple[str, ...]  # wishes that this provider has no word for


@dataclass(frozen=True, slots=True)
class Waiting:
    """One of the results is being made."""

    number: int
    served: Served
    state: GenerationState
    progress: float | None
    elapsed_s: float


@dataclass(frozen=True, slots=True)
class Missed:
    """A provider did not make one of the results; the next is asked where `another` says so."""

    number: int
    served: Served
    error: StoryreelError
    another: bool


@dataclass(frozen=True, slots=True)
class Arrived:
    """A result is in our own storage."""

    number: int
    served: Served
    seed: int
    path: Path
    link: str  # the provider's own, which dies; empty where the result came inside an answer
    cost_usd: Decimal | None
    elapsed_s: float


Item: TypeAlias = Working | Waiting | Missed | Arrived
Keep = Callable[[AsyncIterator[bytes]], Awaitable[Path]]
"""Puts a result's bytes into storage. Raises OutputBroken where they are none."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often it is looked, and for how long at most, in seconds."""

    interval_s: float = 2.0
    most_s: float = 3600.0
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    now: Callable[[], float] = monotonic


async def stream(
    provider: HuggingFace,
    offers: Sequence[Served],
    words: Words,
    *,
    keep: Keep,
    seeds: Sequence[int],
    run: str,
    pace: Pace | None = None,
) -> AsyncGenerator[Item]:
    """One result for each of `seeds`, in order of arrival, after who works at it; `offers` are tried in order.

    Raises InvalidRequest, and the first failure where nothing arrived at all; otherwise failures are told as Missed. Whoever
    stops listening ends what is still being made, where its provider can be told.
    """
    if not 1 <= len(seeds) <= MOST_AT_ONCE:
        raise InvalidRequest(f"n is a number from 1 to {MOST_AT_ONCE}, not {len(seeds)}.", field="n")
    makers = [_Maker(provider, offers, words, keep, pace or Pace(), number, seed, run) for number, seed in enumerate(seeds)]
    said: asyncio.Queue[Item | None] = asyncio.Queue()
    tasks = [asyncio.ensure_future(maker.make(said.put_nowait)) for maker in makers]
    for task in tasks:
        task.add_done_callback(lambda _: said.put_nowait(None))
    arrived, left = False, len(tasks)
    try:
        while left:
            item = await said.get()
            if item is None:
                left -= 1
                continue
            arrived = arrived or isinstance(item, Arrived)
            yield item
        _tell_failures(tasks, arrived=arrived)
    finally:
        await _farewell(provider, tasks, makers)


def _tell_failures(tasks: Sequence["asyncio.Future[None]"], *, arrived: bool) -> None:
    """Raises the first failure, unless it was foreseen and something else arrived."""
    for task in tasks:
        error = task.exception()
        if error is not None and not (arrived and isinstance(error, StoryreelError)):
            raise error


async def _farewell(provider: HuggingFace, tasks: Sequence["asyncio.Future[None]"], makers: Sequence["_Maker"]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for remote in [maker.remote for maker in makers if maker.remote]:
        with suppress(StoryreelError, TimeoutError):
            async with asyncio.timeout(FAREWELL_S):
                await provider.cancel(remote)


@dataclass(slots=True)
class _Maker:
    """Makes one of the results."""

    provider: HuggingFace
    offers: Sequence[Served]
    words: Words
    keep: Keep
    pace: Pace
    number: int
    seed: int
    run: str
    remote: RemoteId = ""  # what is at a provider now
    began: float = 0.0

    async def make(self, say: Callable[[Item], None]) -> None:
        """See it made and kept by the first provider that can. Raises what ended it."""
        self.began = self.pace.now()
        words = {**self.words, "seed": self.seed}
        for place, served in enumerate(self.offers):
            say(Working(self.number, served, self.seed, WIRES[served.provider].left_out(served, words)))
            key = Key(film=self.run, shot=str(self.number), take=place + 1, route=f"{served.model}:{served.provider}")
            try:
                self.remote = await self.provider.order(served, words, key)
                sighting = await self._ended(served, say)
                if sighting.state is not GenerationState.READY:
                    raise _failure(sighting, served)
                await self._collect(served, sighting, say)
            except StoryreelError as error:
                another = _costs_nothing(error) and not self.remote and place + 1 < len(self.offers)
                say(Missed(self.number, served, error, another))
                if not another:
                    raise
            else:
                return

    async def _ended(self, served: Served, say: Callable[[Item], None]) -> Sighting:
        """The last look; one that gets no answer is made again, since what is made is paid for. Raises TimedOut."""
        while True:
            elapsed = self.pace.now() - self.began
            with suppress(ProviderUnavailable, RateLimited):
                sighting = await self.provider.look(self.remote)
                if sighting.state.ended:
                    self.remote = self.remote if sighting.state is GenerationState.READY else ""
                    return sighting
                say(Waiting(self.number, served, sighting.state, sighting.progress, elapsed))
            if elapsed > self.pace.most_s:
                raise TimedOut(f"{served.model} at {served.provider}", after_s=self.pace.most_s)
            await self.pace.sleep(self.pace.interval_s)

    async def _collect(self, served: Served, sighting: Sighting, say: Callable[[Item], None]) -> None:
        remote, elapsed = self.remote, self.pace.now() - self.began
        for place in range(len(sighting.outputs)):
            path = await self._fetched(remote, sighting, place)
            output = sighting.outputs[place]
            link = output if output.startswith("http") else ""
            say(Arrived(self.number, served, self.seed, path, link, sighting.cost_usd, elapsed))
        self.remote = ""

    async def _fetched(self, remote: RemoteId, sighting: Sighting, place: int) -> Path:
        """A result in our storage; it is fetched again before it is given up."""
        for left in reversed(range(MOST_FETCHES)):
            try:
                async with aclosing(self.provider.fetch(sighting.outputs[place])) as pieces:
                    return await self.keep(pieces)
            except (OutputBroken, OutputExpired, ProviderUnavailable):
                if not left:
                    raise
                fresh = await self.provider.look(remote)
                sighting = fresh if len(fresh.outputs) > place else sighting
        raise AssertionError  # the loop returns or raises


def _failure(sighting: Sighting, served: Served) -> StoryreelError:
    """What a generation that came to nothing is."""
    reason = (sighting.error or "it does not say why").rstrip(".")
    if sighting.state is GenerationState.CANCELLED:
        return Cancelled(f"{served.model} at {served.provider}")
    match sighting.error_code:
        case "content_rejected":
            return ContentRejected(provider=served.provider, refused="request or its result", reason=f"{reason}.")
        case "output_broken":
            return OutputBroken(reason)
        case _:
            return ProviderUnavailable(provider=served.provider, detail=reason)


def _costs_nothing(error: StoryreelError) -> bool:
    """Whether another provider may be asked: nothing was made, nothing may have been, and nobody said no to the content."""
    return not error.may_have_cost and not isinstance(error, ContentRejected | Cancelled)
