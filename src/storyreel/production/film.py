"""A film from its storyboard: takes, cut, delivery. The flow, and the steps that only change its row."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import cast

from storyreel.domain.errors import ContentRejected
from storyreel.domain.film import FilmState, Joins
from storyreel.domain.generation import GenerationState, keyframe_of
from storyreel.domain.values import JSON
from storyreel.library import films
from storyreel.library.database import Connection
from storyreel.production.attention import UNKNOWN, leave_to_person
from storyreel.production.cut import cut
from storyreel.production.deliver import deliver
from storyreel.production.engine import Branch, Flow, StepFailed
from storyreel.production.floor import Floor
from storyreel.production.runs import SUPERSEDED, is_current
from storyreel.production.standing import lanes, standing_of, to_make

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
                drawn = await flow.child("keyframes", f"{run}/keyframes", film_id, cast("JSON", frames), run)
                _all_ready([await drawn.result()])
            _all_ready([await branch.result() for branch in await self._begun(flow, film_id, run, strands)])
            await flow.step(f"film:{film_id}:cut", self.cut, film_id, run)
            await flow.step(f"film:{film_id}:deliver", self.deliver, film_id, run)
        except StepFailed as failure:
            await flow.step(f"film:{film_id}:fail", self.fail, film_id, failure.code, str(failure), run)
        return None

    async def _begun(self, flow: Flow, film_id: str, run: str, strands: Sequence[list[str]]) -> list[Branch]:
        """Every strand, each as soon as there is room for it."""
        branches: list[Branch] = []
        place = self._floor.ahead.place()
        for shots in strands:
            async with self._floor.ahead.room(film_id, place):
                branches.append(await flow.child("strand", f"{run}/{shots[0]}", film_id, cast("JSON", shots), run))
        return branches

    async def plan(self, film_id: str) -> JSON:
        """The strands of shots that are to be made, with keyframes those that are, and every shot alone; none of a film that is.

        A strand is broken where a shot stays as it is: what follows begins on its last frame.
        """
        standing = await self._floor.database.read(standing_of, film_id)
        film = standing.film
        if film.state is FilmState.READY:
            return []
        wanted = to_make(standing)
        shots = [shot.id for shot in film.storyboard.shots if shot.id in wanted]
        if film.order.joins is Joins.KEYFRAMES:
            frames = [shot.id for shot in film.storyboard.shots if keyframe_of(shot.id) in wanted]
            return {"keyframes": cast("JSON", frames), "strands": [[shot] for shot in shots]}
        return cast("JSON", [part for lane in lanes(film, self._floor.catalogue) for part in _unbroken(lane, shots)])

    async def cut(self, film_id: str, run: str | None = None) -> JSON:
        """The film's digest. Raises StepFailed by 'cancelled' where its end was asked for meanwhile."""
        if await self._floor.database.read(films.cancel_requested, film_id):
            raise StepFailed("cancelled", "It was cancelled.")
        with self._floor.observer.span("cut", film=film_id):
            return await cut(self._floor, film_id, run)

    async def deliver(self, film_id: str, run: str | None = None) -> JSON:
        """Where the film was delivered."""
        with self._floor.observer.span("deliver", film=film_id):
            return await deliver(self._floor, film_id, run)

    async def fail(self, film_id: str, code: str, message: str, run: str | None = None) -> JSON:
        """The film's end in its row: failed, cancelled, or waiting for a person; nothing where another run goes on with it."""
        await self._floor.write(film_id, _leave, film_id, code, message, run, self._floor.now)
        return None


def _leave(connection: Connection, film_id: str, code: str, message: str, run: str | None, now: datetime) -> None:
    if code == SUPERSEDED or not is_current(connection, film_id, run):
        return
    if code == "cancelled":
        films.cancel_film(connection, film_id, now)
    elif code == UNKNOWN:
        leave_to_person(connection, film_id, message, now)
    else:
        films.fail_film(connection, film_id, code, message, now)


def _unbroken(lane: Sequence[str], wanted: Collection[str]) -> Iterator[list[str]]:
    """The parts of a strand that are to be made."""
    for is_wanted, shots in groupby(lane, key=lambda shot: shot in wanted):
        if is_wanted:
            yield list(shots)


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
                raise StepFailed(ENDS.get(state) or end.get("code") or "error", _message(told, end))


def _message(ends: Sequence[Mapping[str, str | None]], first: Mapping[str, str | None]) -> str:
    """Why a film stops: by the first of the shots that did; of those that were refused every one is told."""
    alike = [end for end in ends if end.get("code") == first.get("code") == ContentRejected.code]
    messages = dict.fromkeys(end.get("message") or "" for end in alike or [first])
    return " ".join(filter(None, messages)) or f"A shot is {first.get('state')}."
