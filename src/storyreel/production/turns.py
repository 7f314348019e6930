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
class _WaitingRoom:
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

    def __init__(self, database: Database, process: str, now: Callable[[], datetime], rules: Callable[[str], Rules]) -> None:
        self._database, self._process, self._now, self._rules = database, process, now, rules
        self._rooms: dict[str, _WaitingRoom] = {}

    async def take(self, call: Call) -> bool:
        """Once the call is marked as SENDING, by its turn; False where its film was called off meanwhile."""
        room = self._room(call.provider)
        room.called_off.discard(call.key.film)
        done: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        room.waiting[call.key] = (call, done)
        room.bell.set()
        if room.server is None or room.server.done():
            room.server = asyncio.ensure_future(self._serve(call.provider, room))
        try:
            return await done
        finally:
            room.waiting.pop(call.key, None)

    def own(self, provider: str) -> bool:
        """Whether a provider is a part of this process."""
        return self._room(provider).rules.own

    async def crowd(self, call: Call) -> tuple[int, int]:
        """How many calls are under way beside this one where it wants to go, and how many may be."""
        room = self._room(call.provider)
        under_way = room.here() or await self._database.read(ledger.under_way_at, call.provider, self._now())
        if room.rules.allowance.in_flight is not None:
            return under_way.calls, room.rules.allowance.in_flight
        return under_way.routes.get(call.key.route, 0), room.rules.bound(call.key.route)

    def deadline(self, provider: str) -> datetime:
        """When a request that is sent now can have no answer any more."""
        return self._now() + timedelta(seconds=self._room(provider).rules.answer_s + MARGIN_S)

    def give_back(self, provider: str, key: Key) -> None:
        """A call is not at its provider any more, or never came there."""
        if room := self._rooms.get(provider):
            room.under_way.pop(key, None)
            room.bell.set()

    def hold(self, provider: str, seconds: float) -> None:
        """The provider asked for patience: nobody sends for so long."""
        room, patience = self._room(provider), timedelta(seconds=seconds)
        if patience > room.closed_for(self._now()):
            room.closed = self._now() + patience, patience

    def call_off(self, film: str) -> None:
        """A film's calls wait no longer."""
        for room in self._rooms.values():
            room.called_off.add(film)
            room.bell.set()

    async def close(self) -> None:
        """Stop serving; who waits is ended with its flow."""
        servers = [room.server for room in self._rooms.values() if room.server is not None]
        for server in servers:
            server.cancel()
        await asyncio.gather(*servers, return_exceptions=True)
        self._rooms.clear()

    def _room(self, provider: str) -> _WaitingRoom:
        if provider not in self._rooms:
            self._rooms[provider] = _WaitingRoom(self._rules(provider))
        return self._rooms[provider]

    async def _serve(self, provider: str, room: _WaitingRoom) -> None:
        """Give turns until nobody waits."""
        try:
            while room.waiting:
                room.bell.clear()
                _send_away(room)
                if not room.closed_for(self._now()):
                    await self._give(provider, room)
                if room.waiting:
                    await _until_rung(room.bell)
        except Exception as error:  # noqa: BLE001  a task's outer edge: who waits must hear it
            for _, done in room.waiting.values():
                if not done.done():
                    done.set_exception(error)

    async def _give(self, provider: str, room: _WaitingRoom) -> None:
        now = self._now()
        rules, deadline = room.rules, self.deadline(provider)
        asked = (provider, list(room.in_view()), rules.allowance, rules.bound, self._process, deadline, now)
        for key, sending in (await self._database.write(ledger.take_turns, *asked, here=room.here())).items():
            call, done = room.waiting.pop(key, (None, None))
            if call is None or done is None or done.done():  # who waited is gone: it is certain that nothing was sent
                if sending:
                    await self._database.write(ledger.mark_unsent, key, now)
                continue
            if rules.own and sending:
                room.under_way[key] = call
            done.set_result(sending)


def _send_away(room: _WaitingRoom) -> None:
    if not room.called_off:
        return
    for call, done in room.waiting.values():
        if call.key.film in room.called_off and not done.done():
            done.set_result(False)
    room.called_off.clear()


async def _until_rung(bell: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(ELSEWHERE_S):
            await bell.wait()
    except TimeoutError:
        return
