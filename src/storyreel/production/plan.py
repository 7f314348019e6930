"""What a film's storyboard and order come to: which shots follow which, and what each generation is asked for."""

import hashlib
import json
from datetime import datetime
from typing import TYPE_CHECKING

from storyreel.catalog.fit import fitted_size, fitted_sound
from storyreel.catalog.quote import price_of
from storyreel.domain.film import Film, Joins
from storyreel.domain.generation import Caption, GenerationState, Request, Take
from storyreel.domain.model import Medium, Mode, Model, Route
from storyreel.domain.storyboard import Bible, JoinKind, Shot, Storyboard, Subject
from storyreel.domain.values import FPS, Digest, Size

if TYPE_CHECKING:
    from storyreel.writing.prompts import Compiled

FOLLOWS = {JoinKind.CHAIN, JoinKind.TAIL, JoinKind.KEYFRAME}
"""Joins of continuous action: such a shot begins where the one before ended."""

DRAWN = "animatic"
"""The family of models that draw a shot from its fields instead of reading a prompt."""

FRAME_S = 1 / FPS
"""How long a still lasts."""


def strands(storyboard: Storyboard, joins: Joins, *, chained: bool = True) -> list[list[str]]:
    """The shots' ids, in strands of continuous action: within one, each shot begins where the last ended.

    Strands can be made all at once. `chained`: whether shots can follow one another at all (`can_chain`).
    """
    made: list[list[str]] = []
    for scene in storyboard.scenes:
        for index, shot in enumerate(scene.shots):
            if made and chained and _follows(shot, joins, same_scene=index > 0):
                made[-1].append(shot.id)
            else:
                made.append([shot.id])
    return made


def can_chain(model: Model, joins: Joins) -> bool:
    """Whether shots may follow one another: asked for, they must; left to us, where the model surely begins on a picture.

    Of a model that only its provider knows, that is not sure.
    """
    return joins in {Joins.CHAIN, Joins.KEYFRAMES} or (Mode.FIRST_FRAME in model.limits.modes and not model.by_name)


def _follows(shot: Shot, joins: Joins, *, same_scene: bool) -> bool:
    match joins:
        case Joins.CUTS:
            return False
        case Joins.CHAIN:
            return True
        case Joins.KEYFRAMES:
            return same_scene or shot.join is JoinKind.CHAIN
        case Joins.AUTO:
            return shot.join in FOLLOWS


def shot_model(film: Film, shot_id: str) -> str:
    """The route, or model, that is to make a shot: its own, or the film's."""
    _, shot = _numbered(film.storyboard, shot_id)
    return shot.model or film.order.model


def request_for(film: Film, shot_id: str, model: Model, *, first: Digest | None = None, last: Digest | None = None) -> Request:
    """What the generation of a shot is asked for; `first` and `last` are the pictures that it must begin and end on."""
    order, board, limits = film.order, film.storyboard, model.limits
    number, shot = _numbered(board, shot_id)
    first = first or (order.first_frame if number == 1 else None)
    drawn = model.family == DRAWN
    references = (*references_of(board, shot), *order.references)[: limits.most_references] if first is None else ()
    sound = fitted_sound(limits, wished=order.sound)
    follows = first is not None and number > 1 and order.joins is not Joins.KEYFRAMES
    told = shot.description if drawn else _prompt(shot, board, model, sound=sound, chained=follows, references=len(references))
    return Request(
        prompt=told,
        seconds=shot.seconds,
        size=fitted_size(limits, order.size),
        fps=order.fps,
        sound=sound,
        seed=order.seed,
        negative_prompt=_negative(shot, model),
        first_frame=first,
        last_frame=last,
        references=references,
        shot=_with_looks(shot, board.bible),
        location=board.location_of(shot_id),
        number=number,
        slate=order.slate,
        caption=_caption(shot, board) if drawn and order.slate else None,
    )


def _caption(shot: Shot, board: Storyboard) -> Caption:
    from storyreel.writing.labels import caption_of

    return caption_of(shot, board.bible, board.language)


def keyframe_size(model: Model, route: Route, wished: Size) -> Size:
    """The clips' size where the image model's price for it is known, otherwise the same shape at 720 lines."""
    exact = fitted_size(model.limits, wished)
    smaller = fitted_size(model.limits, Size.of_aspect(f"{wished.aspect.numerator}:{wished.aspect.denominator}"))
    priced = [size for size in (exact, smaller) if price_of(route, _still(size)) is not None]
    return priced[0] if priced else exact


def _still(size: Size) -> Request:
    return Request(prompt="", seconds=FRAME_S, size=size, sound=False, still=True)


def keyframe_for(film: Film, shot_id: str, model: Model, route: Route, before: Digest | None) -> Request:
    """What the image model is asked for: the frame that a shot begins on, in view of the bible's pictures and the one before."""
    order, board = film.order, film.storyboard
    number, shot = _numbered(board, shot_id)
    in_view = (*references_of(board, shot), *order.references)
    most = model.limits.most_references
    seen = (*in_view[: max(0, most - 1)], before) if before else in_view[:most]
    return Request(
        prompt=_prompt(shot, board, model, sound=False, chained=False, references=len(seen)),
        seconds=FRAME_S,
        size=keyframe_size(model, route, order.size),
        sound=False,
        seed=order.seed,
        references=seen,
        number=number,
        still=True,
    )


def prompt_cut(film: Film, shot_id: str, model: Model, *, chained: bool) -> "Compiled | None":
    """The prompt of a shot of which the model's limit leaves something out; None where it reads all. `chained`: see `strands`."""
    order, board = film.order, film.storyboard
    number, shot = _numbered(board, shot_id)
    if shot.prompt or model.limits.prompt_limit is None:
        return None
    begins = chained or (number == 1 and order.first_frame is not None) or order.joins is Joins.KEYFRAMES
    references = () if begins else (*references_of(board, shot), *order.references)[: model.limits.most_references]
    sound = fitted_sound(model.limits, wished=order.sound)
    told = _compiled(shot, board, model, sound=sound, chained=chained, references=len(references))
    return told if told.left_out or told.cut_short else None


def _prompt(shot: Shot, board: Storyboard, model: Model, *, sound: bool, chained: bool, references: int) -> str:
    """The shot in the words that the model's family obeys; or in its own."""
    return shot.prompt or _compiled(shot, board, model, sound=sound, chained=chained, references=references).text


def _compiled(shot: Shot, board: Storyboard, model: Model, *, sound: bool, chained: bool, references: int) -> "Compiled":
    from storyreel.writing.prompts import compiled

    return compiled(
        shot,
        board.location_of(shot.id),
        family=model.family,
        bible=board.bible,
        sound=sound,
        chained=chained,
        references=references,
        limit=model.limits.prompt_limit,
        language=board.language,
        negative_prompt=model.limits.negative_prompt,
        still=model.medium is Medium.IMAGE,
    )


def _negative(shot: Shot, model: Model) -> str:
    """What must not be seen, where the model is told that apart."""
    if model.family == DRAWN:
        return ", ".join(shot.avoid)
    from storyreel.writing.prompts import negative_for

    return negative_for(shot, family=model.family) if model.limits.negative_prompt else ""


def _numbered(board: Storyboard, shot_id: str) -> tuple[int, Shot]:
    return next((number, shot) for number, shot in enumerate(board.shots, start=1) if shot.id == shot_id)


def references_of(board: Storyboard, shot: Shot) -> tuple[Digest, ...]:
    """The bible's pictures of who and what the shot shows, and of where it happens."""
    members = {subject.member for subject in shot.subjects if subject.member}
    location = board.location_of(shot.id)
    shown = [one for one in (*board.bible.characters, *board.bible.props) if one.id in members]
    return tuple(digest for one in (*shown, *([location] if location else [])) for digest in one.references)


def _with_looks(shot: Shot, bible: Bible) -> Shot:
    """The shot with each subject's look written out, as the model that makes it sees no bible."""
    return shot.model_copy(update={"subjects": tuple(_with_look(subject, bible) for subject in shot.subjects)})


def _with_look(subject: Subject, bible: Bible) -> Subject:
    member = bible.character(subject.member) if subject.member else None
    return subject if subject.look or member is None else subject.model_copy(update={"look": member.look})


def inputs_digest(request: Request, route: str, edition: str, *, again: int | None = None) -> Digest:
    """A name for everything that determines a take: equal ones need not be made twice.

    `again`: the number of a take that is made of the same all the same.
    """
    unseen = {name for name, seen in (("number", request.slate), ("caption", request.caption)) if not seen}
    told = request.model_dump(mode="json", exclude=unseen)
    named = {"route": route, "edition": edition, "request": told, **({"again": again} if again else {})}
    text = json.dumps(named, sort_keys=True)
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
