"""The waiting: one runner per process looks at what is due in the ledger, and brings home what is ready.

Ten thousand waiting takes are ten thousand rows: some coroutines wait for theirs, and the flows of the others are parked. Looks
are under leases, so a runner that died blocks nobody for long. A provider of our own says by `nudge` when a look is worth it.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from datetime import datetime, timedelta

from storyreel.domain.errors import StoreUnusable
from storyreel.domain.generation import CallState, Key, RemoteId, Take
from storyreel.library import ledger, takes
from storyreel.library.database import Connection
from storyreel.library.ledger import Call
from storyreel.production.floor import Floor
from storyreel.production.looks import LOOKS_AT_ONCE, Looks
from storyreel.production.rounds import Rounds
from storyreel.production.watch import Watch
from storyreel.providers.port import Embedded

PACE_S = 0.25  # between two questions to the ledger while something is waited for
LEASE_S = 60.0  # a look, with its download, is done by then
ELSEWHERE_S = 1.0  # how soon the end of a take is noticed that another process settled
ASKED_AT_ONCE = 1000


class Runner:
    """Looks, collects and settles, until it is closed."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        floor.nudge = self.nudge
        self.wake: Callable[[str], None] = lambda _take: None
        """Is told of each take that ended while the flow that waited for it was parked."""
        self._watch = Watch(self.nudge, self._rouse, floor.at_hand)
        self._looks = Looks(floor, self._watch)
        self._bell = asyncio.Event()
        self._nudged: set[tuple[str, RemoteId]] = set()
        self._looking: set[Key] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, unsettled: Iterable[Call]) -> None:
        """Begin to look; what is at somebody else's is brought home even where nobody waits for it: links die."""
        for call in unsettled:
            if call.state is CallState.ACCEPTED and not isinstance(self._floor.provider(call.provider), Embedded):
                self._watch.add(call)
        self._spawn(self._run())
        if self._floor.shared:
            self._spawn(self._listen())

    def nudge(self, provider: str, remote: RemoteId) -> None:
        """A look at this generation would see something new."""
        self._nudged.add((provider, remote))
        self._bell.set()

    def _rouse(self, take_id: str) -> None:
        self.wake(take_id)

    async def wait(self, take_id: str) -> Take:
        """The take, once it has ended. Raises Parked where enough wait here already; the take is its word."""
        while True:
            with self._watch.waiting(take_id) as ended:
                if (take := await self._ended(take_id)) is not None:
                    return take
                self._watch.must_have_room(take_id)
                await ended

    async def _ended(self, take_id: str) -> Take | None:
        """The take where it has ended; otherwise its call is watched from now on."""
        take, call = await self._floor.database.read(_take_and_call, take_id)
        if take.state.ended:
            self._watch.drop(call)  # another process may have settled it
            return take
        if call is not None and call.state is CallState.ACCEPTED:
            if call.process != self._floor.process and self._floor.shared:
                await self._floor.database.write(ledger.adopt, call.key, self._floor.process)
            self._watch.add(call)
        return None

    async def call_off(self, film: str) -> None:
        """End every call of a film at its provider, as soon as that can be."""
        for call in await self._floor.database.write(_request_cancels, film, self._floor.now):
            self._watch.add(call)

    async def close(self) -> None:
        """Stop in the middle of whatever it does; let the leases go, which end by themselves where the store cannot be told."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with suppress(StoreUnusable):
            await self._floor.database.write(ledger.release_leases, self._floor.process)

    async def _run(self) -> None:
        rounds = Rounds("looks")
        while True:
            with rounds.attempt(self._floor.observer):
                await self._look_at_nudged()
                if self._asks:
                    await self._look_at_due()
            await self._until_rung()

    @property
    def _asks(self) -> bool:
        """Whether the ledger may have something to look at: on a shared line also what nobody who lives goes on with."""
        return bool(self._watch) or self._floor.shared

    async def _look_at_due(self) -> None:
        now = self._floor.now
        due = (now, self._floor.process, now + timedelta(seconds=LEASE_S), LOOKS_AT_ONCE)
        spent = self._floor.look_rates.spent()
        for call in await self._floor.database.write(ledger.due_looks, *due, without=spent):
            self._floor.look_rates.take(call.provider)
            self._spawn(self._look(call, leased=True))

    async def _listen(self) -> None:
        """Wake who waits for a take that ended in another process."""
        rounds = Rounds("ends elsewhere")
        while True:
            await asyncio.sleep(ELSEWHERE_S)
            waiting = self._watch.takes()
            for start in range(0, len(waiting), ASKED_AT_ONCE):
                with rounds.attempt(self._floor.observer):
                    asked = waiting[start : start + ASKED_AT_ONCE]
                    for take_id in await self._floor.database.read(takes.ended_among, asked):
                        self._watch.wake(take_id)

    async def _look_at_nudged(self) -> None:
        """Those that were nudged and are watched, but not looked at at this moment; what nobody watches is forgotten."""
        self._nudged = self._watch.among(self._nudged)
        for where in sorted(self._nudged):
            call = await self._floor.database.read(ledger.call_of_remote, *where)
            if call is None or call.key not in self._looking:
                self._nudged.discard(where)
                if call is not None:
                    self._spawn(self._look(call))

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
                await self._looks.look(call, call.remote_id, leased=leased)
        finally:
            self._looking.discard(call.key)
            self._bell.set()

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _take_and_call(connection: Connection, take_id: str) -> tuple[Take, Call | None]:
    take = takes.take(connection, take_id)
    return take, ledger.call(connection, take.key)


def _request_cancels(connection: Connection, film: str, now: datetime) -> list[Call]:
    """The film's calls that are still to be ended."""
    going = [call for call in ledger.calls_of(connection, film) if call.state in {CallState.SENDING, CallState.ACCEPTED}]
    for call in going:
        ledger.request_call_cancel(connection, call.key, now)
    return [call.model_copy(update={"cancel_requested": True}) for call in going]
