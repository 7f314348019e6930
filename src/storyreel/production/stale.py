"""Whether a take still is what the storyboard and the order ask for: derived from what it was asked for, never stored.

Another model, seed or resolution does not age what is paid for, nor does a newer way to put the same shot into words. A take
that has aged stays usable until somebody says otherwise.
"""

from collections.abc import Iterator

from storyreel.catalog.catalogue import Catalogue
from storyreel.catalog.fit import fitted_seconds
from storyreel.domain.errors import UnknownModel
from storyreel.domain.generation import KEYFRAME, Request, Take, is_keyframe
from storyreel.domain.storyboard import Shot
from storyreel.domain.values import frames_in
from storyreel.production.plan import DRAWN, keyframe_for, request_for
from storyreel.production.standing import Standing, frames_of, shot_before

UNTOLD = {"id", "beat", "words", "join", "model", "seconds"}
"""Fields of a shot that no picture depends on, or that are compared by themselves."""
READ_ONLY_BY_MODELS = {"prompt"}
"""Fields of a shot that a drawing does not show."""


def stale(standing: Standing, catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """What has changed since the takes in use were made, by shot (and by keyframe); those of which nothing has are left out."""
    found = {
        name: changed_fields(standing, standing.chosen[name], catalogue) for name in standing.names if name in standing.chosen
    }
    return {name: fields for name, fields in found.items() if fields}


def changed_fields(standing: Standing, take: Take, catalogue: Catalogue) -> tuple[str, ...]:
    """The fields of a take's request that would be otherwise now; of a model that is gone, nobody can tell."""
    try:
        wanted = _wanted(standing, take, catalogue)
        drawn = catalogue.known_route(take.route)[0].family == DRAWN
    except UnknownModel:
        return ()
    return tuple(dict.fromkeys(_changed(take.request, wanted, drawn=drawn)))


def _wanted(standing: Standing, take: Take, catalogue: Catalogue) -> Request:
    """What the same model would be asked for now."""
    film, (model, route) = standing.film, catalogue.known_route(take.route)
    if is_keyframe(take.shot):
        before = take.request.references[-1] if take.request.references and take.request.number > 1 else None
        return keyframe_for(film, take.shot.removesuffix(KEYFRAME), model, route, before)  # in view of whichever it was
    frames = frames_of(standing, take.shot, catalogue)
    before = shot_before(film, take.shot, catalogue)
    if before is not None and before not in standing.chosen:
        frames["first"] = take.request.first_frame  # which it will begin on, nobody knows yet
    wanted = request_for(film, take.shot, model, **frames)
    durations, resolution = model.limits.durations, wanted.size.resolution
    return wanted.model_copy(update={"seconds": fitted_seconds(durations, wanted.seconds, wanted.modes[-1], resolution)})


def _changed(asked: Request, wanted: Request, *, drawn: bool) -> Iterator[str]:
    fields = list(_told_apart(asked.shot, wanted.shot))
    places = ["location"] if asked.location != wanted.location else []
    if drawn:
        yield from (field for field in (*fields, *places) if field not in READ_ONLY_BY_MODELS)
        if wanted.slate and asked.number != wanted.number:
            yield "number"
        if asked.caption and wanted.caption and asked.caption.lines != wanted.caption.lines:  # a speaker has another name
            yield "dialogue"
    elif (asked.prompt, asked.negative_prompt) != (wanted.prompt, wanted.negative_prompt) and (
        fields or places or asked.modes != wanted.modes or asked.still  # otherwise the words are the same, put otherwise
    ):
        yield "prompt"
    if not asked.still and frames_in(asked.seconds) != frames_in(wanted.seconds):
        yield "seconds"
    if asked.size.shape != wanted.size.shape:
        yield "shape"
    for field in ("first_frame", "last_frame", "references"):
        if getattr(asked, field) != getattr(wanted, field):
            yield field


def _told_apart(asked: Shot | None, wanted: Shot | None) -> Iterator[str]:
    """The fields in which two shots differ, as far as a picture depends on them."""
    if asked is None or wanted is None:
        return
    for field in Shot.model_fields:
        if field not in UNTOLD and getattr(asked, field) != getattr(wanted, field):
            yield field
