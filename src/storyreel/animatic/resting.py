"""How high somebody or something begins: on the ground, on a table or a wall, on a bed, on what is climbed."""

import re
from collections.abc import Sequence

from storyreel.animatic.casting import Actor, known
from storyreel.animatic.setting import Setting
from storyreel.domain.storyboard import Pose, Position, Shot, ShotSize, Subject
from storyreel.lexicon.concepts import Kind, Stands

TABLE_M = 0.76
SMALL_M = 0.6  # what is higher stands beside a table
HANDS_UP_M = 1.0  # hands that show something are held before the chest
SILL_M = 0.85  # of a room's windows, and of what hangs beside them
BED_M = 0.46  # how high one lies on what one sleeps on
CLIMB_M = 1.3  # how high above the ground one is seen to climb
_FLOOR = r"(?:floor|ground|carpet|rug)\b"
_LIES = r"(?:lie|lies|lying|lay|lays|sleeps?|sleeping|slept|asleep|naps?|dozes|dozing)\b"
_ON_THE_FLOOR = re.compile(  # said of who lies, not of what lies about
    rf"\b{_LIES}(?:\W+\w+){{0,3}}?\W+on\s+(?:\w+\s+){{0,3}}{_FLOOR}|\bon\s+(?:\w+\s+){{0,3}}{_FLOOR}\W+(?:\w+\W+)?{_LIES}"
    r"|(?<!\w)(?:леж|сп[ия]|дремл)\w*(?:\s+\w+){0,3}?\s+на\s+(?:полу|земле|ковре)(?!\w)"
    r"|(?<!\w)на\s+(?:\w+\s+)?(?:полу|земле|ковре)\s+(?:\w+\s+){0,3}?(?:леж|сп[ия]|дремл)"
    r"|[躺睡趴].{0,4}(?:地板|地上|地毯|地面)|(?:地板|地上|地毯|地面)上?.{0,3}[躺睡趴]",
    re.IGNORECASE,
)
FROM_AFAR = {ShotSize.EXTREME_WIDE, ShotSize.WIDE}


def rest_m(actor: Actor, shot: Shot, setting: Setting) -> float:
    """How high something begins: a thing on a table or a wall indoors, somebody on a bed; else on the ground."""
    if actor.family == "hand":
        return HANDS_UP_M
    if actor.subject.pose is Pose.LIE:
        return _lies_m(actor, shot, setting)
    if actor.subject.pose is Pose.CLIMB and any(is_climbed(one) for one in shot.subjects):
        return CLIMB_M
    if actor.stands is Stands.WALL and setting.roof:
        return SILL_M
    return _lain_m(actor, shot, setting)


def _lain_m(actor: Actor, shot: Shot, setting: Setting) -> float:
    """How high a thing lies: on what the shot names, or on a table indoors."""
    if below := surface_of(actor, shot.subjects):
        return top_m(below)
    if actor.stands not in {Stands.TABLE, Stands.HAND}:
        return 0.0
    return TABLE_M if setting.roof and shot.size not in FROM_AFAR else 0.0


def is_bed(subject: Subject) -> bool:
    """Whether one lies on it."""
    thing = known(subject.concept)
    return thing is not None and thing.bed


def is_climbed(subject: Subject) -> bool:
    """Whether one climbs it."""
    thing = known(subject.concept)
    return thing is not None and thing.climbed


def seats_of(subject: Subject) -> int:
    """For how many it is a seat; 0 where it is none."""
    thing = known(subject.concept)
    return thing.seats if thing else 0


def top_m(subject: Subject) -> float:
    """How high things lie on a subject, in metres; 0 where none do."""
    thing = known(subject.concept)
    return thing.carries * thing.height_m if thing else 0.0


def surface_of(actor: Actor, subjects: Sequence[Subject]) -> Subject | None:
    """What a small thing lies on among a shot's subjects."""
    return next((one for one in subjects if is_laid_out(actor) and top_m(one)), None)


def is_laid_out(actor: Actor) -> bool:
    """Whether it is a thing that lies on a table where there is one."""
    if actor.family == "hand" or actor.subject.concept == "ball" or actor.height_m > SMALL_M:
        return False
    is_thing = actor.kind in {Kind.OBJECT, Kind.FOOD}
    return actor.stands is Stands.TABLE or (is_thing and (actor.stands is Stands.HAND or actor.height_m < SMALL_M / 2))


def _lies_m(actor: Actor, shot: Shot, setting: Setting) -> float:
    """On what the shot names to lie on, or on a bed where there are some; a body on the floor stays there."""
    if actor.kind not in {Kind.PERSON, Kind.ANIMAL} or _ON_THE_FLOOR.search(shot.description):
        return 0.0
    named = any(is_bed(one) and one.position not in {Position.BACKGROUND, Position.FOREGROUND} for one in shot.subjects)
    return BED_M if named or (setting.beds and actor.kind is Kind.PERSON) else 0.0
