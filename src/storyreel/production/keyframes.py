"""The frames that shots share: drawn before the shots, so that all shots can be made at once."""

from collections.abc import Mapping

from storyreel.domain.film import Film
from storyreel.domain.generation import keyframe_of
from storyreel.domain.model import Mode, Model
from storyreel.domain.values import Digest
from storyreel.library import films, takes
from storyreel.library.database import Connection
from storyreel.production.plan import strands


def film_and_keyframes(connection: Connection, film_id: str) -> tuple[Film, dict[str, Digest]]:
    """A film, and the frames that its shots begin on."""
    film = films.film(connection, film_id)
    chosen = takes.selections(connection, film_id)
    drawn = {shot.id: chosen.get(keyframe_of(shot.id)) for shot in film.storyboard.shots}
    outputs = {shot: takes.take(connection, id).output for shot, id in drawn.items() if id is not None}
    return film, {shot: output for shot, output in outputs.items() if output is not None}


def frame_to_end_on(film: Film, shot: str, model: Model, frames: Mapping[str, Digest]) -> Digest | None:
    """The frame that a shot should end on: the one that the next shot of its strand begins on, where the model takes one."""
    after = shot_after(film, shot, model) if frames else None
    return frames.get(after) if after else None


def shot_after(film: Film, shot: str, model: Model) -> str | None:
    """The shot on whose keyframe this one ends; None where it is the last of its strand, or its model takes no last frame."""
    if Mode.LAST_FRAME not in model.limits.modes:
        return None
    strand = next(strand for strand in strands(film.storyboard, film.order.joins) if shot in strand)
    return next(iter(strand[strand.index(shot) + 1 :]), None)
