"""A film from its storyboard: takes, cut, delivery. The flow, and the steps that only change its row."""

from typing import cast

from storyreel.domain.film import FilmState, Joins
from storyreel.domain.generation import GenerationState
from storyreel.domain.values import JSON
from storyreel.library import films
from storyreel.production.attention import UNKNOWN, leave_to_person
from storyreel.production.cut import cut
from storyreel.production.deliver import deliver
from storyreel.production.engine import Flow, StepFailed
from storyreel.production.floor import Floor
from storyreel.production.plan import can_chain, strands

ENDS = {GenerationState.CANCELLED: "cancelled", GenerationState.NEEDS_ATTENTION: UNKNOWN}


class Films:
    """The flow and the steps that make films."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor

    async def make_film(self, flow: Flow, film_id: str, run: str) -> JSON:
        """The frames that shots share, every strand at once, the cut, the delivery. What goes wrong is kept in the film's row."""
        try:
            frames, strands = _planned(await flow.step(f"film:{film_id}:plan", self.plan, film_id))
            if frames:
                drawn = await flow.child("keyframes", f"{run}/keyframes", film_id, cast("JSON", frames))
                _all_ready([await drawn.result()])
            branches = [await flow.child("strand", f"{run}/{shots[0]}", film_id, cast("JSON", shots)) for shots in strands]
            _all_ready([await branch.result() for branch in branches])
            await flow.step(f"film:{film_id}:cut", self.cut, film_id)
            await flow.step(f"film:{film_id}:deliver", self.deliver, film_id)
        except StepFailed as failure:
            await flow.step(f"film:{film_id}:fail", self.fail, film_id, failure.code, str(failure))
        return None

    async def plan(self, film_id: str) -> JSON:
        """The strands of shots; with keyframes, the shots that have one, and every shot alone. None where the film is made."""
        floor = self._floor
        film = await floor.database.read(films.film, film_id)
        if film.state is FilmState.READY:
            return []
        if film.order.joins is Joins.KEYFRAMES:
            shots = [shot.id for shot in film.storyboard.shots]
            return {"keyframes": cast("JSON", shots), "strands": [[shot] for shot in shots]}
        model = floor.catalogue.model(film.order.model.partition("@")[0])
        return cast("JSON", strands(film.storyboard, film.order.joins, chained=can_chain(model, film.order.joins)))

    async def cut(self, film_id: str) -> JSON:
        """The film's digest. Raises StepFailed by 'cancelled' where its end was asked for meanwhile."""
        if await self._floor.database.read(films.cancel_requested, film_id):
            raise StepFailed("cancelled", "It was cancelled.")
        return await cut(self._floor, film_id)

    async def deliver(self, film_id: str) -> JSON:
        """Where the film was delivered."""
        return await deliver(self._floor, film_id)

    async def fail(self, film_id: str, code: str, message: str) -> JSON:
        """The film's end in its row: failed, cancelled, or waiting for a person."""
        floor = self._floor
        if code == "cancelled":
            await floor.write(film_id, films.cancel_film, film_id, floor.now)
        elif code == UNKNOWN:
            await floor.write(film_id, leave_to_person, film_id, message, floor.now)
        else:
            await floor.write(film_id, films.fail_film, film_id, code, message, floor.now)
        return None


def _planned(told: JSON) -> tuple[list[str], list[list[str]]]:
    """Which shots have a keyframe, and the strands; a history from before there were keyframes tells the strands alone."""
    if isinstance(told, dict):
        return cast("list[str]", told["keyframes"]), cast("list[list[str]]", told["strands"])
    return [], cast("list[list[str]]", told)


def _all_ready(ends: list[JSON]) -> None:
    """Raises StepFailed for the worst end: an error rather than a call for help, that rather than a cancellation."""
    order = [GenerationState.FAILED, GenerationState.NEEDS_ATTENTION, GenerationState.CANCELLED]
    told = [cast("dict[str, str | None]", end) for end in ends]
    for state in order:
        for end in told:
            if end.get("state") == state:
                raise StepFailed(ENDS.get(state) or end.get("code") or "error", end.get("message") or f"A shot is {state}.")
