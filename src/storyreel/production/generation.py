"""One shot after another until each has its take: the flow of a strand, and its two steps."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeAlias

from storyreel.domain.film import Film
from storyreel.domain.generation import GenerationState, keyframe_of
from storyreel.domain.values import JSON, Digest
from storyreel.library import takes
from storyreel.production.asking import Asked, ask, pause, providers_of, said_so
from storyreel.production.attempts import settle_attempt
from storyreel.production.engine import Flow, StepFailed, Work
from storyreel.production.floor import Floor
from storyreel.production.keyframes import film_and_keyframes
from storyreel.production.retry import Again
from storyreel.production.reword import reworded
from storyreel.production.runner import Runner
from storyreel.production.standing import frame_before
from storyreel.production.submit import rouse, submit_once
from storyreel.production.ways import begins_on, ways_to

FILMS_AT_HAND = 8  # steps that hold their whole film at once: thousands may begin in the same moment

_Wish: TypeAlias = tuple[str, float]
"""A take, and the seconds for which its route rests before it is sent."""


class Generations:
    """The flow and the steps that make takes."""

    def __init__(self, floor: Floor, runner: Runner) -> None:
        self._floor, self._runner = floor, runner
        self._few = asyncio.Semaphore(FILMS_AT_HAND)

    async def make_strand(self, flow: Flow, film_id: str, shots: list[str], run: str | None = None) -> JSON:
        """Shots that follow one another: each begins on the last frame of the one before. Gives how the last take ended."""
        return await self._one_after_another(flow, "shot", self.submit_shot, film_id, shots, run)

    async def draw_keyframes(self, flow: Flow, film_id: str, shots: list[str], run: str | None = None) -> JSON:
        """The frames that these shots begin on, one after another: each is drawn in view of the one before."""
        return await self._one_after_another(flow, "frame", self.submit_keyframe, film_id, shots, run)

    async def _one_after_another(
        self, flow: Flow, noun: str, submit: Work, film_id: str, shots: list[str], run: str | None
    ) -> JSON:
        """How the last of the shots' takes ended; each is given the last frame of the one before."""
        end: dict[str, JSON] = {}
        try:
            for shot in shots:
                ids = {"film": film_id, "shot": shot}
                with self._floor.observer.about(**ids), self._floor.observer.span(noun, under=run, **ids) as span:
                    end = await self._made(flow, f"{noun}:{shot}", submit, (film_id, shot, end.get("last_frame"), run))
                    if end.get("code"):
                        span.failed(str(end["code"]), str(end.get("message")))
                if end["state"] != GenerationState.READY:
                    break
        except StepFailed as failure:
            end = {"state": GenerationState.FAILED, "code": failure.code, "message": str(failure)}
        return end

    async def _made(self, flow: Flow, name: str, submit: Work, asked: tuple[JSON, JSON, JSON, JSON]) -> dict[str, JSON]:
        """How a shot ended: attempt after attempt, until one will do or no other is left.

        Whether there is another is recorded with each attempt's end, so a run from before there were several goes on as it was.
        """
        tried: list[JSON] = []
        told: list[JSON] = []
        while True:
            which = f":{len(tried) + 1}" if tried else ""
            before = [[*tried]] if tried else []
            with self._floor.observer.span("call", attempt=len(tried) + 1) as span:
                take_id = await flow.step(f"{name}:submit{which}", submit, *asked, *before, *told)
                span.known_as(str(take_id), take=str(take_id))
                end = _an_end(await flow.step(f"{name}:await{which}", self.await_take, take_id, asked[-1], *before))
            again = end.get("again")
            if isinstance(again, dict) and again.get("reword"):
                again = await flow.step(f"{name}:reword{which}", self.reword, take_id, again)
            if not again:
                return end
            tried.append(take_id)
            self._floor.observer.warn("shot.retried", after=str(take_id), attempt=len(tried) + 1)
            told = [again] if isinstance(again, dict) else []  # a run from before there were several routes

    async def submit_shot(
        self,
        film_id: str,
        shot: str,
        frame: Digest | None,
        run: str | None = None,
        tried: Sequence[str] = (),
        told: JSON = None,
    ) -> str:
        """The id of the shot's take, which is made already, or with its provider; another than those that were `tried`."""
        return await self._submit(film_id, told, lambda again: self._ask_for_shot(film_id, shot, frame, run, tried, again))

    async def _ask_for_shot(
        self, film_id: str, shot: str, frame: Digest | None, run: str | None, tried: Sequence[str], again: Again | None
    ) -> _Wish:
        floor = self._floor
        film, frames = await floor.database.read(film_and_keyframes, film_id)
        first = frame or frames.get(shot) or await floor.database.read(frame_before, film, shot, floor.catalogue)
        return await self._ask(film, frames, shot, first, run, tried, again)

    async def submit_keyframe(
        self,
        film_id: str,
        shot: str,
        before: Digest | None,
        run: str | None = None,
        tried: Sequence[str] = (),
        told: JSON = None,
    ) -> str:
        """The id of the take that is the frame which a shot begins on."""
        return await self._submit(film_id, told, lambda again: self._ask_for_keyframe(film_id, shot, before, run, tried, again))

    async def _ask_for_keyframe(
        self, film_id: str, shot: str, before: Digest | None, run: str | None, tried: Sequence[str], again: Again | None
    ) -> _Wish:
        film, frames = await self._floor.database.read(film_and_keyframes, film_id)
        shots = [one.id for one in film.storyboard.shots]
        in_view = frames.get(shots[shots.index(shot) - 1]) if shots.index(shot) else None
        return await self._ask(film, frames, keyframe_of(shot), in_view or before, run, tried, again)

    async def _submit(self, film_id: str, told: JSON, ask: Callable[[Again | None], Awaitable[_Wish]]) -> str:
        """The take's id, once its call is with its provider; its film is held while it is asked for, and no longer.

        Where it is asked for again, that is after the pause that was told.
        """
        again = Again.model_validate(told) if told else None
        with self._floor.ahead.asking(film_id):
            if again is not None and again.pause_s:
                await pause(self._floor, film_id, again.pause_s)
            async with self._few:
                take_id, rest_s = await ask(again)
            if rest_s:
                await pause(self._floor, film_id, rest_s)
            await submit_once(self._floor, take_id)
        return take_id

    async def _ask(
        self,
        film: Film,
        frames: Mapping[str, Digest],
        name: str,
        begins: Digest | None,
        run: str | None,
        tried: Sequence[str],
        again: Again | None,
    ) -> _Wish:
        floor = self._floor
        since = again.route if again is not None else None
        ways = tuple(ways_to(film, frames, name, begins, floor.catalogue, floor.now.date(), since=since))
        if again is not None and again.prompt is not None:
            ways = tuple(said_so(way, again.prompt) for way in ways)
        asked = Asked(film, name, ways, run, tuple(tried), floor.catalogue, providers_of(floor, ways))
        take, rest_s = await floor.write(film.id, ask, asked, floor.now)
        return take.id, rest_s

    async def await_take(self, take_id: str, run: str | None = None, tried: Sequence[str] = ()) -> JSON:
        """How the take ended, and whether its shot is made again; where it is not, it is the shot's selection."""
        floor = self._floor
        await rouse(floor, take_id)
        with floor.observer.span("wait", take=take_id):
            take = await self._runner.wait(take_id)
        async with self._few:
            film, frames = await floor.database.read(film_and_keyframes, take.film)
            begins = begins_on(take.request, take.shot)
            ways = ways_to(film, frames, take.shot, begins, floor.catalogue, floor.now.date())
            routes = [way.route for way in ways] if film.order.fallbacks else []
            return await floor.write(take.film, settle_attempt, take, run, tried, floor.now, routes)

    async def reword(self, take_id: str, again: JSON) -> JSON:
        """The attempt after one whose prompt was refused: in other words; None where nothing can be put otherwise."""
        take = await self._floor.database.read(takes.take, take_id)
        prompt = await reworded(self._floor, take)
        if prompt is None:
            return None
        return Again.model_validate(again).model_copy(update={"prompt": prompt, "reword": False}).model_dump(mode="json")


def _an_end(told: JSON) -> dict[str, JSON]:
    assert isinstance(told, dict)  # noqa: S101  `await_take` gives it
    return told
