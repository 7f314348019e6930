"""Rules about who is where, which way they look, and who has been introduced."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from storyreel.domain.storyboard import UNSEEN, Facing, Pose, Scene, Shot, Storyboard, Subject
from storyreel.writing.lint.remark import Remark, is_person, key_of, numbered
from storyreel.writing.words import row_words

if TYPE_CHECKING:
    from storyreel.domain.model import Limits

_SIDES = {Facing.LEFT, Facing.RIGHT}
_TRAVELS = {Pose.WALK, Pose.RUN, Pose.RIDE, Pose.FLY, Pose.SWIM, Pose.CARRY}
_MOST_ACTING = 2


def _scene_shots(film: Storyboard) -> Iterator[tuple[Scene, list[tuple[int, Shot]]]]:
    number = 1
    for scene in film.scenes:
        yield scene, list(enumerate(scene.shots, start=number))
        number += len(scene.shots)


def line_crossed(film: Storyboard, _limits: "Limits | None") -> Iterator[Remark]:
    """In one scene, two who face each other keep their sides until a neutral shot."""
    for _, shots in _scene_shots(film):
        sides: dict[frozenset[str], dict[str, Facing]] = {}
        for number, shot in shots:
            pair = _facing_pair(shot)
            if _is_neutral(shot):
                sides.clear()
            if pair is None:
                continue
            key = frozenset(pair)
            if key in sides and all(sides[key][who] is not pair[who] for who in key):
                names = " and ".join(subject.name for subject in shot.subjects[:2])
                yield Remark(
                    number,
                    f"The camera crosses the line: {names} have changed sides.",
                    "Let them face as before, or put a neutral shot between.",
                )
            sides[key] = pair


def _facing_pair(shot: Shot) -> dict[str, Facing] | None:
    facing = {key_of(one): one.facing for one in shot.subjects if one.facing in _SIDES and is_person(one)}
    return facing if len(facing) == 2 and len(set(facing.values())) == 2 else None


def _is_neutral(shot: Shot) -> bool:
    return not shot.subjects or all(one.facing not in _SIDES for one in shot.subjects)


def direction_flips(film: Storyboard, _limits: "Limits | None") -> Iterator[Remark]:
    """Who travels right keeps travelling right, until the words turn them or a neutral shot lies between."""
    for _, shots in _scene_shots(film):
        heading: dict[str, Facing] = {}
        for number, shot in shots:
            if _is_neutral(shot) or row_words("people", "back", film.language).find(shot.description):
                heading.clear()
            for one in shot.subjects:
                if one.pose not in _TRAVELS or one.facing not in _SIDES:
                    continue
                if heading.get(key_of(one), one.facing) is not one.facing:
                    yield Remark(
                        number,
                        f"{one.name} now travels {one.facing.value}, against the shot before.",
                        "Keep the direction, or show the turn in a shot.",
                    )
                heading[key_of(one)] = one.facing


def never_introduced(film: Storyboard, _limits: "Limits | None") -> Iterator[Remark]:
    """Whoever is named by a shot must be in the bible, or at least be seen."""
    known = {one.id for one in (*film.bible.characters, *film.bible.props)}
    seen = {name for shot in film.shots for one in shot.subjects for name in (one.name.casefold(), one.member or "")}
    off = row_words("warnings", "offscreen", film.language)
    for number, shot in numbered(film):
        for one in shot.subjects:
            if one.member and one.member not in known:
                yield Remark(
                    number, f"{one.name} ({one.member}) is not in the bible.", "Add them to `bible`, or take `member` out."
                )
        for line in shot.dialogue:
            if (
                line.speaker not in known
                and line.speaker.casefold() not in seen
                and line.speaker != UNSEEN
                and not off.find(line.speaker)
            ):
                yield Remark(number, f"{line.speaker} speaks but is never seen.", "Show them in a shot, or add them to `bible`.")


def too_many_acting(film: Storyboard, _limits: "Limits | None") -> Iterator[Remark]:
    """Models lose count when more than two people each do something of their own."""
    for number, shot in numbered(film):
        acting = {(key_of(one), one.action) for one in shot.subjects if one.action and is_person(one)}
        if len(acting) > _MOST_ACTING:
            yield Remark(number, f"{len(acting)} people act in one shot.", "Give some of them a shot of their own.")


def without_reference(film: Storyboard, limits: "Limits | None") -> Iterator[Remark]:
    """A model that takes references keeps a face the same only if it is given one."""
    if limits is None or "references" not in limits.modes:
        return
    for character in film.bible.characters:
        shots = [number for number, shot in numbered(film) if any(_is(one, character.id) for one in shot.subjects)]
        if shots and not character.references:
            yield Remark(
                shots[0],
                f"{character.name} has no reference picture, and this model takes them.",
                "Add one, so that the face stays the same.",
            )


def _is(subject: Subject, id: str) -> bool:
    return subject.member == id
