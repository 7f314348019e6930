"""What the owner of a line, or a worker, runs: the engine with its flows, the runner, and the taking up of films."""

import asyncio
import shutil
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack, suppress

from storyreel.domain.errors import InvalidRequest, StoreUnusable
from storyreel.domain.film import FilmState
from storyreel.domain.values import JSON
from storyreel.library import changes, films, ledger
from storyreel.library.guard import ImpossibleChange
from storyreel.library.ledger import Call
from storyreel.observing.observer import Level
from storyreel.observing.spans import OpenSpan
from storyreel.production.engine import Engine, Flow, StepFailed
from storyreel.production.film import Films
from storyreel.production.floor import Floor
from storyreel.production.generation import Generations
from storyreel.production.hub import is_over
from storyreel.production.runner import Runner
from storyreel.providers.port import Embedded

SURE_S = 30.0  # so long a run that was seen to go on in another process is not asked for again
PASSED_OVER_S = 3.0  # a film that waits for so long is taken up by who has his share already


class Works:
    """Opened by the process that holds the lease, and by no other."""

    def __init__(self, floor: Floor, make_engine: Callable[[], Engine]) -> None:
        self._floor = floor
        self._make_engine = make_engine
        self._engine: Engine | None = None
        self._runner = Runner(floor)
        self._running: set[str] = set()  # films whose flow is in this process
        self._started: set[str] = set()  # of those, the ones that were started here, with all that a process which died left
        self._going: dict[str, float] = {}  # on a shared line: until when runs of films in other processes are taken to go on
        self._called_off: set[str] = set()
        self._seen: dict[str, float] = {}  # since when a queued film of a shared line waits, by this process's clock
        self._expected: dict[str, Sequence[float]] = {}
        self._done: Callable[[], None] = lambda: None

    def works_on(self, film_id: str) -> bool:
        """Whether this process makes that film now."""
        return film_id in self._running

    @property
    def under_way(self) -> frozenset[str]:
        """The films that this process makes now."""
        return frozenset(self._running)

    def expect(self, model: str, lengths_s: Sequence[float]) -> None:
        """Shots of those lengths by that model, or route, are coming."""
        self._expected[model] = max(self._expected.get(model, ()), lengths_s, key=sum)

    async def open(self, done: Callable[[], None]) -> None:
        """Clear what a process that died left half-made, and start; `done` is called whenever a film is off the line."""
        self._done = done
        floor = self._floor
        shutil.rmtree(floor.work, ignore_errors=True)
        floor.work.mkdir(parents=True)
        unsettled = [] if floor.shared else await self._clear_up()
        self._engine = self._make_engine()
        self._runner.wake = self._engine.wake
        generations = Generations(floor, self._runner)
        await asyncio.gather(
            self._engine.open(
                {"film": self._make_film, "strand": generations.make_strand, "keyframes": generations.draw_keyframes},
                lambda: floor.gate.open,
            ),
            self._warm(),
        )
        self._runner.start(unsettled)

    async def _clear_up(self) -> list[Call]:
        """Nobody else works here: what is leased is free again, and what our own providers need not have goes."""
        await self._floor.database.write(ledger.release_leases)
        unsettled = await self._floor.database.read(ledger.unsettled)
        await self._sweep(unsettled)
        self._floor.observer.note("line.swept", open_calls=len(unsettled))
        return unsettled

    async def claim(self, living: int) -> None:
        """On a shared line of so many workers: queued films, up to this one's share of all, and every wish to end one."""
        waiting = await self._floor.database.read(films.waiting_films)
        self._called_off &= {id for id, _, to_end in waiting if to_end}
        going = sum(state in {FilmState.QUEUED, FilmState.PRODUCING} for _, state, _ in waiting)
        left = -(-going // max(1, living)) - len(self._running)
        now = asyncio.get_running_loop().time()
        self._seen = {id: self._seen.get(id, now) for id, state, _ in waiting if state is FilmState.QUEUED}
        for id, state, to_end in waiting:
            mine = left > 0 or now - self._seen.get(id, now) > PASSED_OVER_S
            if state is FilmState.QUEUED and mine and not self._has(id):
                left -= 1
                with suppress(ImpossibleChange):  # called off meanwhile
                    if await self._floor.write(id, films.start_film, id, self._floor.now):
                        await self._begin(id)
            if to_end and id not in self._called_off:
                self._called_off.add(id)
                self._floor.turns.call_off(id)
                await self._runner.call_off(id)

    async def forget(self) -> None:
        """Remove the engine's old record of what has ended."""
        if self._engine is not None:
            await self._engine.forget()

    async def take_over(self, processes: Sequence[str]) -> None:
        """On a shared line: go on with what these workers, who are gone, had under way, were about to begin, or broke off."""
        assert self._engine is not None  # noqa: S101  opened before anything is taken over
        if runs := await self._engine.take_over(processes):
            self._floor.observer.warn("films.taken_over", runs=runs, workers=",".join(processes))
        waiting = await self._floor.database.read(films.waiting_films)
        others = [id for id, state, _ in waiting if state is FilmState.PRODUCING and not self._has(id)]
        for id in await self._left(await self._floor.database.read(changes.run_numbers, others)):
            if not self._has(id):  # being begun by now
                await self._begin(id)

    async def _left(self, runs: Mapping[str, int]) -> list[str]:
        """Which of these films no run goes on with, by their runs' numbers: it was never begun, or ended before its film did."""
        assert self._engine is not None  # noqa: S101  as above
        now, left = asyncio.get_running_loop().time(), list[str]()
        self._going = {run: until for run, until in self._going.items() if until > now}
        asked = {f"{id}/{number}": id for id, number in runs.items() if f"{id}/{number}" not in self._going}
        while asked:
            known = await self._engine.known(asked)
            self._going |= {run: now + SURE_S for run, goes_on in known.items() if goes_on}
            left += [id for run, id in asked.items() if run not in known]
            asked = {_after(run): id for run, id in asked.items() if known.get(run) is False}
        standing = await self._floor.database.read(films.standing, left) if left else {}
        return [id for id in left if id in standing and standing[id][0] is FilmState.PRODUCING]

    async def take_up(self, wanted: set[str]) -> None:
        """Every queued film, those of the wanted that a process which is gone left, and every wish to end one."""
        waiting = await self._floor.database.read(films.waiting_films)
        wanted.intersection_update(id for id, _, _ in waiting)
        for id, state, to_end in waiting:
            if state is not FilmState.PRODUCING or id in wanted:
                await self._go_on_with(id, state)
            if to_end and id in self._running and id not in self._called_off:
                self._called_off.add(id)
                self._floor.turns.call_off(id)
                await self._runner.call_off(id)

    def _has(self, film_id: str) -> bool:
        """Whether a film is made here, or just being begun."""
        return film_id in self._running or film_id in self._started

    async def fail(self, film_id: str, error: Exception) -> None:
        """Keep what nobody foresaw in the film's row, unless it has ended; where that fails too, those who wait hear it."""
        if not self._floor.gate.open:  # others have it by now
            return
        failure = StepFailed.told_of(error)
        try:
            if not is_over(await self._floor.database.read(films.film, film_id)):
                await self._floor.write(film_id, films.fail_film, film_id, failure.code, str(failure), self._floor.now)
        except Exception:  # noqa: BLE001  a task's outer edge
            self._floor.hub.break_off(film_id, failure)

    async def stop(self) -> None:
        """Stop where things stand; it can be opened again."""
        engine, self._engine = self._engine, None
        self._running.clear()
        self._started.clear()
        async with AsyncExitStack() as last_first:
            if self._floor.shared:
                last_first.callback(self._floor.clear_rooms)
            if engine is not None:
                last_first.push_async_callback(engine.close)
                last_first.push_async_callback(self._runner.close)  # the engine lets the loop's threads go, which looks need

    async def _go_on_with(self, film_id: str, state: FilmState) -> None:
        if film_id in self._started:  # queued again before its last run was over: taken up once that is
            return
        if state is FilmState.QUEUED:
            await self._floor.write(film_id, films.start_film, film_id, self._floor.now)
        await self._begin(film_id)

    async def _begin(self, film_id: str) -> None:
        assert self._engine is not None  # noqa: S101  opened before anything is begun
        self._started.add(film_id)
        if not self._floor.shared:
            self._running.add(film_id)
        self._called_off.discard(film_id)
        try:
            number = await self._floor.database.read(changes.run_number, film_id)
            while not await self._engine.start("film", f"{film_id}/{number}", film_id, f"{film_id}/{number}"):
                number += 1  # that run ended and the film did not: nothing of it is lost but the run
        finally:
            if self._floor.shared:  # another worker may have been first: where it is made is told by where its flow runs
                self._started.discard(film_id)

    async def _make_film(self, flow: Flow, film_id: str, run: str) -> JSON:
        """The film's flow; what nobody foresaw is kept in its row too."""
        self._running.add(film_id)
        observer = self._floor.observer
        try:
            with observer.about(film=film_id), observer.span("film", key=run, film=film_id, run=run) as span:
                observer.note("film.taken_up", run=run)
                try:
                    return await Films(self._floor).make_film(flow, film_id, run)
                finally:
                    await _to_its_end(self._tell_end(film_id, span))
        except Exception as error:
            await self.fail(film_id, error)
            raise
        finally:
            self._running.discard(film_id)
            self._started.discard(film_id)
            self._floor.leaves(film_id)
            self._done()

    async def _tell_end(self, film_id: str, span: OpenSpan) -> None:
        """How a film stands once its flow is over or broken off here, to who observes."""
        if not self._floor.observer.active:
            return
        with suppress(StoreUnusable):
            film = await self._floor.database.read(films.film, film_id)
            cost = (await self._floor.database.read(ledger.bill, film_id)).settled_usd
            what = "film.ended" if film.state.ended else "film.left"  # for another process, or for the next start
            level = Level.INFO if film.error_code is None else Level.WARNING
            self._floor.observer.note(what, level, state=film.state, cost_usd=cost, code=film.error_code, message=film.error)
            if film.error_code is not None:
                span.failed(film.error_code, film.error or "")

    async def _warm(self) -> None:
        for model, lengths_s in self._expected.items():
            _, route = self._floor.catalogue.route(model, self._floor.now.date())
            provider = self._floor.provider(route.provider)
            if isinstance(provider, Embedded):
                await provider.warm(lengths_s)

    async def _sweep(self, calls: list[Call]) -> None:
        """Let providers of our own remove what no open call needs."""
        for folder in [folder for folder in self._floor.home.work.iterdir() if folder != self._floor.work]:
            try:
                provider = self._floor.provider(folder.name)
            except InvalidRequest:  # not a provider's folder
                continue
            if isinstance(provider, Embedded):
                mine = [call for call in calls if call.provider == provider.name]
                found = [call.remote_id or await provider.find(call.key) for call in mine]
                await provider.sweep(frozenset(remote for remote in found if remote))


def _after(run: str) -> str:
    """The run that follows where that one ended and its film did not."""
    film, _, number = run.rpartition("/")
    return f"{film}/{int(number) + 1}"


async def _to_its_end(work: Coroutine[None, None, None]) -> None:
    """Do it to its end, also where the line is closed meanwhile: that waits so long."""
    doing = asyncio.ensure_future(work)
    try:
        await asyncio.shield(doing)
    except asyncio.CancelledError:
        await doing
        raise
