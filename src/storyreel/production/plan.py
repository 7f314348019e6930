"""What a film's storyboard and order come to: which shots follow which, and what each generation is asked for."""

import hashlib
import json
from datetime import datetime

from storyreel.domain.errors import CapabilityMissing
from storyreel.domain.film import Film, Joins
from storyreel.domain.generation import GenerationState, Request, Take
from storyreel.domain.storyboard import Bible, JoinKind, Shot, Storyboard, Subject
from storyreel.domain.values import Digest

FOLLOWS = {JoinKind.CHAIN, JoinKind.TAIL, JoinKind.KEYFRAME}
"""Joins of continuous action: such a shot begins on the last frame of the one before."""


def strands(storyboard: Storyboard, joins: Joins, *, model: str) -> list[list[str]]:
    """The shots' ids, in strands: all strands can be made at once, within one each shot begins where the last ended.

    Raises CapabilityMissing for `keyframes`, which needs a model that draws the frames between shots beforehand.
    """
    if joins is Joins.KEYFRAMES:
        raise CapabilityMissing(model=model, capability="draw the frames that shots share beforehand", alternatives=())
    made: list[list[str]] = []
    for scene in storyboard.scenes:
        for index, shot in enumerate(scene.shots):
            if made and _follows(shot, joins, same_scene=index > 0):
                made[-1].append(shot.id)
            else:
                made.append([shot.id])
    return made


def _follows(shot: Shot, joins: Joins, *, same_scene: bool) -> bool:
    match joins:
        case Joins.CUTS:
            return False
        case Joins.CHAIN:
            return same_scene or shot.join is JoinKind.CHAIN
        case _:
            return shot.join in FOLLOWS


def request_for(film: Film, shot_id: str, frame: Digest | None) -> Request:
    """What the generation of a shot is asked for; `frame` is the picture that it must begin on."""
    order, shots = film.order, film.storyboard.shots
    number, shot = next((number, shot) for number, shot in enumerate(shots, start=1) if shot.id == shot_id)
    return Request(
        prompt=shot.description,
        seconds=shot.seconds,
        size=order.size,
        fps=order.fps,
        sound=order.sound,
        seed=order.seed,
        negative_prompt=", ".join(shot.avoid),
        first_frame=frame or (order.first_frame if number == 1 else None),
        shot=_with_looks(shot, film.storyboard.bible),
        location=film.storyboard.location_of(shot_id),
        number=number,
        slate=order.slate,
    )


def _with_looks(shot: Shot, bible: Bible) -> Shot:
    """The shot with each subject's look written out, as the model that makes it sees no bible."""
    return shot.model_copy(update={"subjects": tuple(_with_look(subject, bible) for subject in shot.subjects)})


def _with_look(subject: Subject, bible: Bible) -> Subject:
    member = bible.character(subject.member) if subject.member else None
    return subject if subject.look or member is None else subject.model_copy(update={"look": member.look})


def inputs_digest(request: Request, route: str, edition: str) -> Digest:
    """A name for everything that determines a take: equal ones need not be made twice."""
    told = request.model_dump(mode="json", exclude=None if request.slate else {"number"})
    text = json.dumps({"route": route, "edition": edition, "request": told}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def take_for(film: Film, request: Request, *, shot: str, number: int, route: str, digest: Digest, now: datetime) -> Take:
    """A new take of a shot, queued."""
    return Take(
        id=f"{film.id}/{shot}/{number}",
        film=film.id,
        shot=shot,
        number=number,
        model=route.partition("@")[0],
        route=route,
        state=GenerationState.QUEUED,
        request=request,
        inputs_digest=digest,
        created=now,
    )
