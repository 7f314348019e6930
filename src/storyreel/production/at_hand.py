"""What of a planned film is made already: an equal take is in the store, and is used again instead of being paid again."""

from collections.abc import Callable, Mapping
from functools import cache, partial

from storyreel.catalog.catalogue import Catalogue
from storyreel.domain.film import Joins
from storyreel.domain.generation import CAME_TO_NOTHING, Request, Take, keyframe_of
from storyreel.domain.values import Digest
from storyreel.library.database import Connection
from storyreel.library.findings import findings_of
from storyreel.library.takes import equal_take
from storyreel.production.attempts import is_bad, with_seed
from storyreel.production.keyframes import frame_to_end_on
from storyreel.production.plan import inputs_digest, keyframe_for, request_for, shot_model
from storyreel.production.standing import Standing, lanes, to_make

EditionOf = Callable[[str], str]
"""A provider's edition, by its name."""

_Equal = Callable[[str, Request, str], Take | None]
"""The take that serves for a shot, or a keyframe, of these inputs by that route."""


def made_before(connection: Connection, standing: Standing, catalogue: Catalogue, edition_of: EditionOf) -> frozenset[str]:
    """The shots, and by `keyframe_of` the frames they begin on, that a run of the film would not make, nor pay.

    That is what stays as it is, what is being made already, and what is in the store. A shot that begins where another ends is
    known only once that one is. Raises UnknownModel.
    """
    order, wanted = standing.film.order, to_make(standing)
    kept = frozenset(name for name in standing.names if name not in wanted)
    found_in = cache(partial(findings_of, connection))  # of a film: many shots may use takes of one

    def equal(name: str, request: Request, route: str) -> Take | None:
        again = standing.remakes.get(name)
        going = [take for take in standing.made.get(name, ()) if take.state not in CAME_TO_NOTHING]
        if again is not None and again.fresh:
            return next((take for take in going if take.number > again.after), None)
        edition, found = edition_of(route.partition("@")[2]), None
        for attempt in range(order.retakes + 1):  # one that did not pass serves no more than its retake that did
            digest = inputs_digest(with_seed(request, attempt), route, edition)
            found = next((take for take in going if take.inputs_digest == digest), None)
            found = found or (equal_take(connection, digest) if order.cache else None)
            if found is None or not is_bad(found_in(found.film).get(found.id, ())):
                break
        return found

    if standing.film.order.joins is Joins.KEYFRAMES:
        frames = _frames(standing, kept, catalogue, equal)
        shots = [shot.id for shot in standing.film.storyboard.shots]
        found = [shot for shot in shots if shot not in kept and _between(standing, shot, catalogue, equal, frames)]
        return kept.union(found, map(keyframe_of, frames))
    found = [shot for lane in lanes(standing.film, catalogue) for shot in _along(standing, lane, kept, catalogue, equal)]
    return kept.union(found)


def _along(standing: Standing, lane: list[str], kept: frozenset[str], catalogue: Catalogue, equal: _Equal) -> list[str]:
    """The shots of a strand that are there; what follows one that is not, and does not stay, begins on a frame nobody knows."""
    found: list[str] = []
    known, frame = True, None
    for shot in lane:
        take = standing.chosen[shot] if shot in kept else None
        if take is None and known:
            model, route = catalogue.known_route(shot_model(standing.film, shot))
            take = equal(shot, request_for(standing.film, shot, model, first=frame), f"{model.id}@{route.provider}")
            found += [shot] if take else []
        frame = take.last_frame if take else None
        known = frame is not None
    return found


def _frames(standing: Standing, kept: frozenset[str], catalogue: Catalogue, equal: _Equal) -> dict[str, Digest]:
    """The keyframes that are there, each drawn in view of the one before."""
    film = standing.film
    model, route = catalogue.known_route(film.order.keyframe_model or film.order.model)
    found: dict[str, Digest] = {}
    known, before = True, None
    for shot in film.storyboard.shots:
        name = keyframe_of(shot.id)
        take = standing.chosen[name] if name in kept else None
        if take is None and known:
            take = equal(name, keyframe_for(film, shot.id, model, route, before), f"{model.id}@{route.provider}")
        before = take.output if take else None
        known = before is not None
        if before is not None:
            found[shot.id] = before
    return found


def _between(standing: Standing, shot: str, catalogue: Catalogue, equal: _Equal, frames: Mapping[str, Digest]) -> bool:
    """Whether a shot between keyframes is there: only where both of its frames are."""
    film = standing.film
    ids = [one.id for one in film.storyboard.shots]
    needed = ids[ids.index(shot) : ids.index(shot) + 2]
    if not all(one in frames for one in needed):
        return False
    model, route = catalogue.known_route(shot_model(film, shot))
    request = request_for(film, shot, model, first=frames[shot], last=frame_to_end_on(film, shot, model, frames))
    return equal(shot, request, f"{model.id}@{route.provider}") is not None
