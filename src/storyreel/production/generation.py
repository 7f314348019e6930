"""One shot after another until each has its take: the flow of a strand, and its two steps."""

from datetime import datetime

from storyreel.domain.film import Film
from storyreel.domain.generation import GenerationState, Request, Take, keyframe_of
from storyreel.domain.values import JSON, Digest
from storyreel.library import films, takes
from storyreel.library.database import Connection
from storyreel.production.engine import Flow, StepFailed
from storyreel.production.floor import Floor
from storyreel.production.keyframes import film_and_keyframes, frame_to_end_on
from storyreel.production.plan import inputs_digest, keyframe_for, request_for, shot_model, take_for
from storyreel.production.runner import Runner
from storyreel.production.submit import rouse, submit_once


class Generations:
    """The flow and the steps that make takes."""

    def __init__(self, floor: Floor, runner: Runner) -> None:
        self._floor, self._runner = floor, runner

    async def make_strand(self, flow: Flow, film_id: str, shots: list[str]) -> JSON:
        """Shots that follow one another: each begins on the last frame of the one before. Gives how the last take ended."""
        end: dict[str, JSON] = {}
        try:
            for shot in shots:
                take_id = await flow.step(f"shot:{shot}:submit", self.submit_shot, film_id, shot, end.get("last_frame"))
                end = _an_end(await flow.step(f"shot:{shot}:await", self.await_take, take_id))
                if end["state"] != GenerationState.READY:
                    break
        except StepFailed as failure:
            end = {"state": GenerationState.FAILED, "code": failure.code, "message": str(failure)}
        return end

    async def draw_keyframes(self, flow: Flow, film_id: str, shots: list[str]) -> JSON:
        """The frames that these shots begin on, one after another: each is drawn in view of the one before."""
        end: dict[str, JSON] = {}
        try:
            for shot in shots:
                take_id = await flow.step(f"frame:{shot}:submit", self.submit_keyframe, film_id, shot, end.get("last_frame"))
                end = _an_end(await flow.step(f"frame:{shot}:await", self.await_take, take_id))
                if end["state"] != GenerationState.READY:
                    break
        except StepFailed as failure:
            end = {"state": GenerationState.FAILED, "code": failure.code, "message": str(failure)}
        return end

    async def submit_shot(self, film_id: str, shot: str, frame: Digest | None) -> str:
        """The id of the shot's take, which is made already, or with its provider."""
        floor = self._floor
        film, frames = await floor.database.read(film_and_keyframes, film_id)
        model, route = floor.catalogue.known_route(shot_model(film, shot))
        request = request_for(film, shot, model, first=frame or frames.get(shot), last=frame_to_end_on(film, shot, model, frames))
        return await self._submit(film, shot, f"{model.id}@{route.provider}", request)

    async def submit_keyframe(self, film_id: str, shot: str, before: Digest | None) -> str:
        """The id of the take that is the frame which a shot begins on."""
        floor = self._floor
        film = await floor.database.read(films.film, film_id)
        model, route = floor.catalogue.known_route(film.order.keyframe_model or film.order.model)
        request = keyframe_for(film, shot, model, route, before)
        return await self._submit(film, keyframe_of(shot), f"{model.id}@{route.provider}", request)

    async def _submit(self, film: Film, shot: str, route: str, request: Request) -> str:
        floor = self._floor
        edition = floor.provider(route.partition("@")[2]).edition
        take = await floor.write(film.id, _ask, film, shot, request, route, edition, floor.now)
        await submit_once(floor, take.id)
        return take.id

    async def await_take(self, take_id: str) -> JSON:
        """How the take ended; a ready one is its shot's selection now."""
        await rouse(self._floor, take_id)
        take = await self._runner.wait(take_id)
        if take.state is GenerationState.READY:
            await self._floor.write(take.film, takes.select_take, take.film, take.shot, take.id, self._floor.now)
        return {"state": take.state, "last_frame": take.last_frame, "code": take.error_code, "message": take.error}


def _ask(connection: Connection, film: Film, shot: str, request: Request, route: str, edition: str, now: datetime) -> Take:
    """The take of these inputs: one that is going on or ready, or else a new one, which may reuse an equal one's clip."""
    digest = inputs_digest(request, route, edition)
    before = [take for take in takes.takes_of(connection, film.id) if take.shot == shot]
    for take in reversed(before):
        if take.inputs_digest == digest and take.state not in {GenerationState.FAILED, GenerationState.CANCELLED}:
            return take
    wanted = take_for(film, request, shot=shot, number=len(before) + 1, route=route, digest=digest, now=now)
    take = takes.insert_take(connection, wanted)
    return takes.reuse_take(connection, take.id, now) or take


def _an_end(told: JSON) -> dict[str, JSON]:
    assert isinstance(told, dict)  # noqa: S101  `await_take` gives it
    return told
