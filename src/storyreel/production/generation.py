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
from storyreel.production.attempts import reject_last, reused, settle_attempt, with_seed
from storyreel.production.engine import Flow, StepFailed, Work
from storyreel.production.floor import Floor
from storyreel.production.keyframes import film_and_keyframes, frame_to_end_on
from storyreel.production.plan import inputs_digest, keyframe_for, request_for, shot_model, take_for
from storyreel.production.runner import Runner
from storyreel.production.runs import must_be_current
from storyreel.production.standing import frame_before
from storyreel.production.submit import rouse, submit_once

LOST = {GenerationState.FAILED, GenerationState.CANCELLED}


class Generations:
    """The flow and the steps that make takes."""

    def __init__(self, floor: Floor, runner: Runner) -> None:
        self._floor, self._runner = floor, runner

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
                end = await self._made(flow, f"{noun}:{shot}", submit, (film_id, shot, end.get("last_frame"), run))
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
        while True:
            which = f":{len(tried) + 1}" if tried else ""
            before = [[*tried]] if tried else []
            take_id = await flow.step(f"{name}:submit{which}", submit, *asked, *before)
            end = _an_end(await flow.step(f"{name}:await{which}", self.await_take, take_id, asked[-1], *before))
            if not end.get("again"):
                return end
            tried.append(take_id)

    async def submit_shot(
        self, film_id: str, shot: str, frame: Digest | None, run: str | None = None, tried: Sequence[str] = ()
    ) -> str:
        """The id of the shot's take, which is made already, or with its provider; another than those that were `tried`."""
        floor = self._floor
        film, frames = await floor.database.read(film_and_keyframes, film_id)
        model, route = floor.catalogue.known_route(shot_model(film, shot))
        first = frame or frames.get(shot) or await floor.database.read(frame_before, film, shot, floor.catalogue)
        request = request_for(film, shot, model, first=first, last=frame_to_end_on(film, shot, model, frames))
        return await self._submit(film, shot, f"{model.id}@{route.provider}", request, run, tried)

    async def submit_keyframe(
        self, film_id: str, shot: str, before: Digest | None, run: str | None = None, tried: Sequence[str] = ()
    ) -> str:
        """The id of the take that is the frame which a shot begins on."""
        floor = self._floor
        film, frames = await floor.database.read(film_and_keyframes, film_id)
        model, route = floor.catalogue.known_route(film.order.keyframe_model or film.order.model)
        shots = [one.id for one in film.storyboard.shots]
        in_view = frames.get(shots[shots.index(shot) - 1]) if shots.index(shot) else None
        request = keyframe_for(film, shot, model, route, in_view or before)
        return await self._submit(film, keyframe_of(shot), f"{model.id}@{route.provider}", request, run, tried)

    async def _submit(self, film: Film, shot: str, route: str, request: Request, run: str | None, tried: Sequence[str]) -> str:
        floor = self._floor
        edition = floor.provider(route.partition("@")[2]).edition
        price = price_of(floor.catalogue.known_route(route)[1], request)
        take = await floor.write(film.id, _ask, film, shot, request, route, edition, run, tried, price, floor.now)
        await submit_once(floor, take.id)
        return take.id

    async def await_take(self, take_id: str, run: str | None = None, tried: Sequence[str] = ()) -> JSON:
        """How the take ended, and whether its shot is made again; where it is not, it is the shot's selection."""
        await rouse(self._floor, take_id)
        take = await self._runner.wait(take_id)
        return await self._floor.write(take.film, settle_attempt, take, run, tried, self._floor.now)


def _ask(
    connection: Connection,
    film: Film,
    shot: str,
    request: Request,
    route: str,
    edition: str,
    run: str | None,
    tried: Sequence[str],
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
        return _fresh(connection, film, shot, before, again, request, route, edition, tried, now)
    request = with_seed(request, len(tried))
    digest = inputs_digest(request, route, edition)
    for take in reversed(before):
        if take.inputs_digest == digest and take.state not in LOST:
            return take
    wanted = take_for(film, request, shot=shot, number=len(before) + 1, route=route, digest=digest, now=now)
    reject_last(connection, film, shot, tried, now)
    take = takes.insert_take(connection, wanted)
    return (reused(connection, take, now, price_usd) if film.order.cache else None) or take


def _fresh(
    connection: Connection,
    film: Film,
    shot: str,
    before: Sequence[Take],
    again: Remake,
    request: Request,
    route: str,
    edition: str,
    tried: Sequence[str],
    now: datetime,
) -> Take:
    """The take that somebody wants besides those there are: the one that was begun for it, or a new one."""
    begun = [take for take in before if take.number > again.after and take.state not in LOST and take.id not in tried]
    if begun:
        return begun[-1]
    number = len(before) + 1
    request = with_seed(request if again.seed is None else request.model_copy(update={"seed": again.seed}), len(tried))
    reject_last(connection, film, shot, tried, now)
    digest = inputs_digest(request, route, edition)
    if any(take.inputs_digest == digest for take in before):
        digest = inputs_digest(request, route, edition, again=number)
    return takes.insert_take(connection, take_for(film, request, shot=shot, number=number, route=route, digest=digest, now=now))


def _an_end(told: JSON) -> dict[str, JSON]:
    assert isinstance(told, dict)  # noqa: S101  `await_take` gives it
    return told
