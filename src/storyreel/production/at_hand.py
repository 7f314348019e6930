"""What of a planned film is made already: an equal take is in the store, and is used again instead of being paid again."""

from collections.abc import Callable, Mapping

from storyreel.catalog.catalogue import Catalogue
from storyreel.domain.film import Film, Joins
from storyreel.domain.generation import Request, Take, keyframe_of
from storyreel.domain.values import Digest
from storyreel.library.database import Connection
from storyreel.library.takes import equal_take
from storyreel.production.keyframes import frame_to_end_on
from storyreel.production.plan import can_chain, inputs_digest, keyframe_for, request_for, shot_model, strands

EditionOf = Callable[[str], str]
"""A provider's edition, by its name."""

_Equal = Callable[[Request, str], Take | None]


def made_before(connection: Connection, film: Film, catalogue: Catalogue, edition_of: EditionOf) -> frozenset[str]:
    """The shots, and by `keyframe_of` the frames they begin on, that a film of this storyboard and order would not make.

    A shot that begins where another ends is known only once that one is. Raises UnknownModel.
    """

    def equal(request: Request, route: str) -> Take | None:
        return equal_take(connection, inputs_digest(request, route, edition_of(route.partition("@")[2])))

    if film.order.joins is Joins.KEYFRAMES:
        frames = _frames(film, catalogue, equal)
        shots = [shot.id for shot in film.storyboard.shots]
        found = [shot for shot in shots if _between(film, shot, catalogue, equal, frames)]
        return frozenset((*found, *map(keyframe_of, frames)))
    model, _ = catalogue.known_route(film.order.model)
    lanes = strands(film.storyboard, film.order.joins, chained=can_chain(model, film.order.joins))
    return frozenset(shot for lane in lanes for shot in _along(film, lane, catalogue, equal))


def _along(film: Film, lane: list[str], catalogue: Catalogue, equal: _Equal) -> list[str]:
    """The shots of a strand that are there, up to the first that is not: what follows it begins on a frame nobody knows."""
    found: list[str] = []
    frame: Digest | None = None
    for shot in lane:
        model, route = catalogue.known_route(shot_model(film, shot))
        take = equal(request_for(film, shot, model, first=frame), f"{model.id}@{route.provider}")
        if take is None:
            break
        found.append(shot)
        frame = take.last_frame
    return found


def _frames(film: Film, catalogue: Catalogue, equal: _Equal) -> dict[str, Digest]:
    """The keyframes that are there, each drawn in view of the one before."""
    model, route = catalogue.known_route(film.order.keyframe_model or film.order.model)
    found: dict[str, Digest] = {}
    before: Digest | None = None
    for shot in film.storyboard.shots:
        take = equal(keyframe_for(film, shot.id, model, route, before), f"{model.id}@{route.provider}")
        if take is None or take.output is None:
            break
        found[shot.id], before = take.output, take.last_frame
    return found


def _between(film: Film, shot: str, catalogue: Catalogue, equal: _Equal, frames: Mapping[str, Digest]) -> bool:
    """Whether a shot between keyframes is there: only where both of its frames are."""
    ids = [one.id for one in film.storyboard.shots]
    needed = ids[ids.index(shot) : ids.index(shot) + 2]
    if not all(one in frames for one in needed):
        return False
    model, route = catalogue.known_route(shot_model(film, shot))
    request = request_for(film, shot, model, first=frames[shot], last=frame_to_end_on(film, shot, model, frames))
    return equal(request, f"{model.id}@{route.provider}") is not None
