"""A line that others work on too, from both its ends: who works on it, and who hands films over.

A worker takes up queued films, and what workers who are gone had under way. Who handed a film over follows it, and writes it
where it was asked, since that is a place on his machine.
"""

import asyncio
import os
import platform
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from typing_extensions import override

from storyreel.domain.errors import NoWorker, PlaceLost, StoreUnusable
from storyreel.library import films, workers
from storyreel.library.pulse import Pulse
from storyreel.production.deliver import deliver
from storyreel.production.engine import Engine
from storyreel.production.floor import Floor
from storyreel.production.line import Line
from storyreel.production.rounds import Rounds

ROUND_S = 0.5  # between two looks for films and for workers who are gone
RESCUE_S = 5.0  # between two looks for what those who are gone left, beside the one when they are found
FORGOTTEN = timedelta(days=1)  # after that, nothing tells of a worker who is gone
LAST_SENDING_S = 60.0  # how long a worker that stops waits for the answers to what it has sent
LEFT_S = 20.0  # how long it takes at most to let the engine go
ALONE = 2  # leases for which who waits is patient with a line that nobody works on
TIDIED_S = 600.0  # between two removals of the engine's old record


class AcceptingLine(Line):
    """The line of a process that leaves its films to whichever process owns the line of the home, now or later."""

    @override
    def _call_keeper(self) -> None:
        """Nothing is made here."""

    @override
    def _goes_on(self, film_id: str) -> bool:
        return True


class ClientLine(Line):
    """The line of a process that hands its films to workers."""

    def __init__(self, floor: Floor, make_engine: Callable[[], Engine], lease: timedelta) -> None:
        super().__init__(floor, make_engine)
        self._term = lease
        self._alone_since: float | None = None

    @override
    async def _keep(self) -> None:
        rounds = Rounds("films handed over")
        while True:
            self._bell.clear()
            with rounds.attempt(self._floor.observer):  # who follows a film hears of a store that is gone there
                await self._look_after_films()
                await self._expect_workers()
                await self._tell_of_blobs()
            with suppress(TimeoutError):
                async with asyncio.timeout(ROUND_S):
                    await self._bell.wait()

    @override
    def _goes_on(self, film_id: str) -> bool:
        return True  # a worker makes it, or whoever takes over from that one

    async def _look_after_films(self) -> None:
        """Write those that are ready where they were asked, and let go of those that are over."""
        if not self._wanted:
            return
        for film_id, (state, undelivered) in (await self.database.read(films.standing, sorted(self._wanted))).items():
            if undelivered:
                await self._deliver(film_id)
            elif state.ended:
                self._wanted.discard(film_id)

    async def _deliver(self, film_id: str) -> None:
        self._floor.work.mkdir(parents=True, exist_ok=True)
        try:
            await deliver(self._floor, film_id)
        except Exception as error:  # noqa: BLE001  a task's outer edge: nobody must wait in vain
            await self._works.fail(film_id, error)

    async def _expect_workers(self) -> None:
        if not self._wanted or await self.database.read(workers.heard_of, self._term):
            self._alone_since = None
            return
        now = asyncio.get_running_loop().time()
        self._alone_since = self._alone_since if self._alone_since is not None else now
        if now - self._alone_since > ALONE * self._term.total_seconds():
            for film_id in self._wanted:
                self._floor.hub.break_off(film_id, NoWorker(film=film_id))
            self._wanted.clear()


class WorkerLine(Line):
    """The line of a process that does nothing but work."""

    def __init__(self, floor: Floor, make_engine: Callable[[], Engine], pulse: Pulse) -> None:
        super().__init__(floor, make_engine)
        self._pulse = pulse
        self._rescuing: asyncio.Task[None] | None = None
        self._rescues = Rounds("films of workers who are gone")
        self._rescued_at = self._tidied_at = float("-inf")

    @property
    @override
    def owned(self) -> bool:
        """Whether this process may work."""
        return self._pulse.held

    async def work(self, stop: asyncio.Event) -> None:
        """Make films until told to stop; what is being sent then is still sent, and the rest is left to others.

        Raises PlaceLost where this worker could not show for a while that it lives: others have its films by then.
        """
        await asyncio.to_thread(self._pulse.start, platform.node(), os.getpid())
        self._floor.gate.holds = lambda: self._pulse.held
        self._floor.observer.note("worker.joined", worker=self._floor.process, host=platform.node(), pid=os.getpid())
        await self._works.open(self._bell.set)
        rounds = Rounds("films taken up")
        try:
            while not stop.is_set():
                self._must_hold()
                with rounds.attempt(self._floor.observer):  # the pulse tells when that lasts too long
                    await self._round()
                await self._until_rung(stop)
        finally:
            await self._leave()

    async def _round(self) -> None:
        """Who is gone, what they left, what is queued, and whether our stores answer."""
        await self._tell_of_blobs()
        found = await self.database.write(workers.find_gone, self._pulse.lease)
        if found:
            self._floor.observer.warn("workers.gone", workers=",".join(found))
        now = asyncio.get_running_loop().time()
        if (found or now - self._rescued_at > RESCUE_S) and (self._rescuing is None or self._rescuing.done()):
            self._rescued_at = now
            self._rescuing = asyncio.ensure_future(self._rescue())
        living = await self.database.read(workers.heard_of, self._pulse.lease)
        self._floor.look_rates.among = living
        await self._works.claim(living)

    async def _rescue(self) -> None:
        """Beside everything else, since it may be much."""
        with self._rescues.attempt(self._floor.observer):
            await self._works.take_over(await self.database.read(workers.all_gone))
            if (now := asyncio.get_running_loop().time()) - self._tidied_at > TIDIED_S:
                self._tidied_at = now
                await self._works.forget()
                await self.database.write(workers.forget_workers, FORGOTTEN)

    async def _until_rung(self, stop: asyncio.Event) -> None:
        told = asyncio.ensure_future(stop.wait())
        rung = asyncio.ensure_future(self._bell.wait())
        await asyncio.wait((told, rung), timeout=ROUND_S, return_when=asyncio.FIRST_COMPLETED)
        for one in (told, rung):
            one.cancel()
        self._bell.clear()

    def _must_hold(self) -> None:
        if not self._pulse.held:
            raise PlaceLost(lease_s=self._pulse.lease.total_seconds())

    async def _leave(self) -> None:
        await self._floor.gate.close(LAST_SENDING_S if self._pulse.held else 0)
        if self._rescuing is not None:
            await asyncio.wait((self._rescuing,), timeout=LEFT_S)
            self._rescuing.cancel()
        try:
            with suppress(StoreUnusable, TimeoutError):
                async with asyncio.timeout(LEFT_S):
                    await self._works.stop()
        finally:
            await asyncio.to_thread(self._pulse.stop)
        self._floor.observer.note("worker.left", worker=self._floor.process)
