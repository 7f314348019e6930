"""One shot after another until each has its take: the flow of a strand, and its two steps."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from storyreel.catalog.quote import price_of
from storyreel.domain.events import Remake
from storyreel.domain.film import Film
from storyreel.domain.generation import GenerationState, Request, Take, keyframe_of
from storyreel.domain.values import JSON, Digest
from storyreel.library import changes, takes
from storyreel.library.database import Connection
from storyreel.production.engine import Flow, StepFailed
from storyreel.production.floor import Floor
from storyreel.production.keyframes import film_and_keyframes, frame_to_end_on
from storyreel.production.plan import inputs_digest, keyframe_for, request_for, shot_model, take_for
from storyreel.production.runner import Runner
from storyreel.production.runs import is_current, must_be_current
from storyreel.production.standing import frame_before
from storyreel.production.submit import rouse, submit_once

LOST = {GenerationState.FAILED, GenerationState.CANCELLED}


class Generations:
    """The flow and the steps that make takes."""

    def __init__(self, floor: Floor, runner: Runner) -> None:
        self._floor, self._runner = floor, runner

    async def make_strand(self, flow: Flow, film_id: str, shots: list[str], run: str | None = None) -> JSON:
        """Shots that follow one another: each begins on the last frame of the one before. Gives how the last take ended."""
        end: dict[str, JSON] = {}
        try:
            for shot in shots:
                take_id = await flow.step(f"shot:{shot}:submit", self.submit_shot, film_id, shot, end.get("last_frame"), run)
                end = _an_end(await flow.step(f"shot:{shot}:await", self.await_take, take_id, run))
                if end["state"] != GenerationState.READY:
                    break
        except StepFailed as failure:
            end = {"state": GenerationState.FAILED, "code": failure.code, "message": str(failure)}
        return end

    async def draw_keyframes(self, flow: Flow, film_id: str, shots: list[str], run: str | None = None) -> JSON:
        """The frames that these shots begin on, one after another: each is drawn in view of the one before."""
        end: dict[str, JSON] = {}
        try:
            for shot in shots:
                take_id = await flow.step(f"frame:{shot}:submit", self.submit_keyframe, film_id, shot, end.get("last_frame"), run)
                end = _an_end(await flow.step(f"frame:{shot}:await", self.await_take, take_id, run))
                if end["state"] != GenerationState.READY:
                    break
        except StepFailed as failure:
            end = {"state": GenerationState.FAILED, "code": failure.code, "message": str(failure)}
        return end

    async def submit_shot(self, film_id: str, shot: str, frame: Digest | None, run: str | None = None) -> str:
        """The id of the shot's take, which is made already, or with its provider."""
        floor = self._floor
        film, frames = await floor.database.read(film_and_keyframes, film_id)
        model, route = floor.catalogue.known_route(shot_model(film, shot))
        first = frame or frames.get(shot) or await floor.database.read(frame_before, film, shot, floor.catalogue)
        request = request_for(film, shot, model, first=first, last=frame_to_end_on(film, shot, model, frames))
        return await self._submit(film, shot, f"{model.id}@{route.provider}", request, run)

    async def submit_keyframe(self, film_id: str, shot: str, before: Digest | None, run: str | None = None) -> str:
        """The id of the take that is the frame which a shot begins on."""
        floor = self._floor
        film, frames = await floor.database.read(film_and_keyframes, film_id)
        model, route = floor.catalogue.known_route(film.order.keyframe_model or film.order.model)
        shots = [one.id for one in film.storyboard.shots]
        in_view = frames.get(shots[shots.index(shot) - 1]) if shots.index(shot) else None
        request = keyframe_for(film, shot, model, route, in_view or before)
        return await self._submit(film, keyframe_of(shot), f"{model.id}@{route.provider}", request, run)

    async def _submit(self, film: Film, shot: str, route: str, request: Request, run: str | None) -> str:
        floor = self._floor
        edition = floor.provider(route.partition("@")[2]).edition
        price = price_of(floor.catalogue.known_route(route)[1], request)
        take = await floor.write(film.id, _ask, film, shot, request, route, edition, run, price, floor.now)
        await submit_once(floor, take.id)
        return take.id

    async def await_take(self, take_id: str, run: str | None = None) -> JSON:
        """How the take ended; a ready one is its shot's selection now, unless the film was changed meanwhile."""
        await rouse(self._floor, take_id)
        take = await self._runner.wait(take_id)
        if take.state is GenerationState.READY:
            await self._floor.write(take.film, _select, take, run, self._floor.now)
        return {"state": take.state, "last_frame": take.last_frame, "code": take.error_code, "message": take.error}


def _ask(
    connection: Connection,
    film: Film,
    shot: str,
    request: Request,
    route: str,
    edition: str,
    run: str | None,
    price_usd: Decimal | None,
    now: datetime,
) -> Take:
    """The take of these inputs: one that is going on or ready, or else a new one, which may reuse an equal one's clip.

    One that is wanted fresh is a new one in any case. Raises StepFailed where the film was changed meanwhile.
    """
    must_be_current(connection, film.id, run)
    before = [take for take in takes.takes_of(connection, film.id) if take.shot == shot]
    again = changes.remakes(connection, film.id).get(shot)
    if again is not None and again.fresh:
        return _fresh(connection, film, shot, before, again, request, route, edition, now)
    digest = inputs_digest(request, route, edition)
    for take in reversed(before):
        if take.inputs_digest == digest and take.state not in LOST:
            return take
    wanted = take_for(film, request, shot=shot, number=len(before) + 1, route=route, digest=digest, now=now)
    take = takes.insert_take(connection, wanted)
    return takes.reuse_take(connection, take.id, now, price_usd) or take


def _fresh(
    connection: Connection,
    film: Film,
    shot: str,
    before: Sequence[Take],
    again: Remake,
    request: Request,
    route: str,
    edition: str,
    now: datetime,
) -> Take:
    """The take that somebody wants besides those there are: the one that was begun for it, or a new one."""
    begun = [take for take in before if take.number > again.after and take.state not in LOST]
    if begun:
        return begun[-1]
    number = len(before) + 1
    request = request if again.seed is None else request.model_copy(update={"seed": again.seed})
    digest = inputs_digest(request, route, edition)
    if any(take.inputs_digest == digest for take in before):
        digest = inputs_digest(request, route, edition, again=number)
    return takes.insert_take(connection, take_for(film, request, shot=shot, number=number, route=route, digest=digest, now=now))


def _select(connection: Connection, take: Take, run: str | None, now: datetime) -> None:
    if is_current(connection, take.film, run):
        takes.select_take(connection, take.film, take.shot, take.id, now)


def _an_end(told: JSON) -> dict[str, JSON]:
    assert isinstance(told, dict)  # noqa: S101  `await_take` gives it
    return told
