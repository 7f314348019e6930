"""Who may send now: calls wait here, in memory, until the ledger gives them their turn.

One task for each provider asks, while somebody waits; it is rung when a call ends here, and looks by itself for what other
processes ended. A provider of our own is this process's alone, and so is counted here.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from storyreel.domain.generation import Key
from storyreel.library import ledger
from storyreel.library.database import Database
from storyreel.library.ledger import Allowance, Call, UnderWay

MARGIN_S = 1.0  # between a commit and the request that follows it
ELSEWHERE_S = 0.25  # how soon a turn is noticed that another process gave back
IN_VIEW = 64  # calls of one user and route that are weighed at once


@dataclass(frozen=True, slots=True)
class Rules:
    """What bounds the calls to one provider."""

    allowance: Allowance
    bound: Callable[[str], int]  # of a route
    own: bool  # it is a part of this process
    answer_s: float  # after this, a request that was sent has no answer any more


@dataclass(slots=True)
class _Queue:
    """Those who wait for one provider."""

    rules: Rules
    waiting: dict[Key, tuple[Call, asyncio.Future[bool]]] = field(default_factory=dict[Key, tuple[Call, asyncio.Future[bool]]])
    under_way: dict[Key, Call] = field(default_factory=dict[Key, Call])  # of a provider of our own
    called_off: set[str] = field(default_factory=set[str])  # films
    closed: tuple[datetime, timedelta] | None = None  # the provider asked for patience: until when, and how much
    bell: asyncio.Event = field(default_factory=asyncio.Event)
    server: asyncio.Task[None] | None = None

    def closed_for(self, now: datetime) -> timedelta:
        """The patience that is left; none where it seems to be more than was asked, as the clock was set back since."""
        until, asked = self.closed or (now, timedelta())
        return until - now if timedelta() < until - now <= asked else timedelta()

    def in_view(self) -> Iterator[Call]:
        """The first of each user and route; the waiting are kept in the order in which they came."""
        lines: Mapping[tuple[str, str, int], list[Call]] = defaultdict(list)
        for call, _ in self.waiting.values():
            lines[call.user, call.key.route, call.priority].append(call)
        for calls in lines.values():
            yield from islice(calls, IN_VIEW)

    def here(self) -> UnderWay | None:
        """What is under way at a provider of our own."""
        if not self.rules.own:
            return None
        calls = self.under_way.values()
        return UnderWay(
            users=Counter(call.user for call in calls), routes=Counter(call.key.route for call in calls), last_minute=0
        )


class Turns:
    """The waiting rooms of all providers."""

    def __init__(self, database: Database, owner: str, now: Callable[[], datetime], rules: Callable[[str], Rules]) -> None:
        self._database, self._owner, self._now, self._rules = database, owner, now, rules
        self._queues: dict[str, _Queue] = {}

    async def take(self, call: Call) -> bool:
        """Once the call is marked as SENDING, by its turn; False where its film was called off meanwhile."""
        queue = self._queue(call.provider)
        queue.called_off.discard(call.key.film)
        done: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        queue.waiting[call.key] = (call, done)
        queue.bell.set()
        if queue.server is None or queue.server.done():
            queue.server = asyncio.ensure_future(self._serve(call.provider, queue))
        try:
            return await done
        finally:
            queue.waiting.pop(call.key, None)

    def own(self, provider: str) -> bool:
        """Whether a provider is a part of this process."""
        return self._queue(provider).rules.own

    async def crowd(self, call: Call) -> tuple[int, int]:
        """How many calls are under way beside this one where it wants to go, and how many may be."""
        queue = self._queue(call.provider)
        under_way = queue.here() or await self._database.read(ledger.under_way_at, call.provider, self._now())
        if queue.rules.allowance.in_flight is not None:
            return under_way.calls, queue.rules.allowance.in_flight
        return under_way.routes.get(call.key.route, 0), queue.rules.bound(call.key.route)

    def deadline(self, provider: str) -> datetime:
        """When a request that is sent now can have no answer any more."""
        return self._now() + timedelta(seconds=self._queue(provider).rules.answer_s + MARGIN_S)

    def give_back(self, provider: str, key: Key) -> None:
        """A call is not at its provider any more, or never came there."""
        if queue := self._queues.get(provider):
            queue.under_way.pop(key, None)
            queue.bell.set()

    def hold(self, provider: str, seconds: float) -> None:
        """The provider asked for patience: nobody sends for so long."""
        queue, patience = self._queue(provider), timedelta(seconds=seconds)
        if patience > queue.closed_for(self._now()):
            queue.closed = self._now() + patience, patience

    def call_off(self, film: str) -> None:
        """A film's calls wait no longer."""
        for queue in self._queues.values():
            queue.called_off.add(film)
            queue.bell.set()

    async def close(self) -> None:
        """Stop serving; who waits is ended with its flow."""
        servers = [queue.server for queue in self._queues.values() if queue.server is not None]
        for server in servers:
            server.cancel()
        await asyncio.gather(*servers, return_exceptions=True)
        self._queues.clear()

    def _queue(self, provider: str) -> _Queue:
        if provider not in self._queues:
            self._queues[provider] = _Queue(self._rules(provider))
        return self._queues[provider]

    async def _serve(self, provider: str, queue: _Queue) -> None:
        """Give turns until nobody waits."""
        try:
            while queue.waiting:
                queue.bell.clear()
                _send_away(queue)
                if not queue.closed_for(self._now()):
                    await self._give(provider, queue)
                if queue.waiting:
                    await _rest(queue.bell)
        except Exception as error:  # noqa: BLE001  a task's outer edge: who waits must hear it
            for _, done in queue.waiting.values():
                if not done.done():
                    done.set_exception(error)

    async def _give(self, provider: str, queue: _Queue) -> None:
        now = self._now()
        rules, deadline = queue.rules, self.deadline(provider)
        asked = (provider, list(queue.in_view()), rules.allowance, rules.bound, self._owner, deadline, now)
        for key, sending in (await self._database.write(ledger.take_turns, *asked, here=queue.here())).items():
            call, done = queue.waiting.pop(key, (None, None))
            if call is None or done is None or done.done():  # who waited is gone: it is certain that nothing was sent
                if sending:
                    await self._database.write(ledger.mark_unsent, key, now)
                continue
            if rules.own and sending:
                queue.under_way[key] = call
            done.set_result(sending)


def _send_away(queue: _Queue) -> None:
    for call, done in queue.waiting.values():
        if call.key.film in queue.called_off and not done.done():
            done.set_result(False)
    queue.called_off.clear()


async def _rest(bell: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(ELSEWHERE_S):
            await bell.wait()
    except TimeoutError:
        return
