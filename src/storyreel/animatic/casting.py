"""Who and what a shot shows, ready to be drawn: each subject with its true size and the way it is drawn at a moment."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TypeAlias
from zlib import crc32

import numpy as np

from storyreel.animatic import colour, figures, glyphs, standee
from storyreel.animatic.colour import Rgb
from storyreel.animatic.figures.names import NAMES
from storyreel.animatic.figures.pace import pace_mps
from storyreel.animatic.outline import Drawing, Glow, Shape, Tone
from storyreel.animatic.tints import OWN, OWN_VIVID, SAID_VIVID, TINTS, WORN_VIVID, worn_by
from storyreel.animatic.winding import wound
from storyreel.domain.storyboard import Angle, Facing, Look, Pose, Shot, ShotSize, Subject
from storyreel.lexicon import concept, said_colour, worn_colour
from storyreel.lexicon.concepts import Concept, Faces, Kind, Stands

Artist: TypeAlias = Callable[[float], Drawing]
"""Draws something at a moment in seconds, facing right."""

LIVING = {Kind.PERSON, Kind.ANIMAL, Kind.CREATURE}
LEVEL = {Pose.LIE, Pose.SWIM, Pose.FALL, Pose.FLY}
QUIET = {Pose.STAND, Pose.SIT, Pose.KNEEL, Pose.LIE, Pose.REACH, Pose.CARRY, Pose.EMBRACE}
EMPTY_HANDED = {Pose.LIE, Pose.SWIM, Pose.EMBRACE}  # unless it is said what they hold
BUNDLE_M = 0.5  # what no hand is made for, a net or a sack, is held as a bundle of that height
TWOS_HZ, THREES_HZ = 12, 8  # drawings a second: "on twos" and "on threes"
HANDS = "hands"  # of whom the subject's look tells, holding what it holds
HANDS_M = 0.3  # from the wrists to the finger tips
BOATS = {"rowboat", "raft"}
PACES_M_S = {Pose.WALK: 1.15, Pose.RUN: 3.4, Pose.SWIM: 0.7, Pose.RIDE: 3.2, Pose.FLY: 3.0, Pose.JUMP: 1.3}
"""How fast those go whose feet do not tell."""

LIGHTER = {Tone.BODY: Tone.PALE, Tone.SHADE: Tone.BODY}
ARMFUL_M = 0.55
LANDMARK_M = 10.0
UNKNOWN_M = 1.1  # the height of a subject that the lexicon does not know


@dataclass(frozen=True, slots=True)
class Actor:
    """A subject of the shot with its measures."""

    subject: Subject
    kind: Kind
    stands: Stands
    height_m: float
    width_m: float
    tint: Rgb
    vivid: float  # how much more of its tint is seen than of a common thing's
    draw: Artist
    tall_m: float = 0.0  # its height when it stands
    label: str = ""  # written on it where the lexicon does not know it
    upright: bool = False  # a body that a medium shot cuts at the waist
    two_sided: bool = True  # may be mirrored to face left
    family: str = ""  # of figures
    head_m: float = 0.0  # how far the head lies before the middle
    pace_m_s: float = 0.0  # over the ground, in the way it faces

    @property
    def column(self) -> int:
        """Its column in the table of framing."""
        if self.family == "hand":
            return 4
        if self.upright:
            return 0
        if self.kind in {Kind.BUILDING, Kind.TERRAIN} or self.height_m > 6:
            return 2
        return 3 if self.height_m < 0.45 else 1


def is_landmark(actor: Actor) -> bool:
    """Whether it is a building or a mountain that towers over what stands about."""
    return actor.kind in {Kind.BUILDING, Kind.TERRAIN} and actor.height_m > LANDMARK_M


def cast(shot: Shot, seed: int) -> tuple[Actor, ...]:
    """The actors of a shot, in the storyboard's order; nobody is left out."""
    near = shot.size in {ShotSize.CLOSE_UP, ShotSize.DETAIL, ShotSize.MEDIUM}
    over = shot.angle is Angle.OVER_THE_SHOULDER
    seen = [
        subject.model_copy(update={"facing": Facing.AWAY}) if over and k else subject for k, subject in enumerate(shot.subjects)
    ]
    return tuple(_actor(one, near=near, seed=seed + _own(one, k), bare=over and k > 0) for k, one in enumerate(seen))


def _own(subject: Subject, place: int) -> int:
    """What tells one from the others: of a member of the cast the same in every shot."""
    return crc32(subject.member.encode()) % 1009 if subject.member else 101 * place


def family_of(thing: Concept) -> str:
    """The family of figures that draws a thing, or "" where none does."""
    for name in (thing.figure, thing.id):
        if name and name in figures.families():
            return NAMES[name][0] if name in NAMES else name
    return ""


def _actor(subject: Subject, *, near: bool, seed: int, bare: bool = False) -> Actor:
    """`bare`: with nothing in the hands, which would hide whom the lens looks at."""
    thing = known(subject.concept)
    if bare and thing is not None:
        subject, thing = subject.model_copy(update={"holds": None}), replace(thing, holds=None)
    draw = _artist(thing, subject, near=near, seed=seed) if thing else None
    if thing is None or draw is None:
        return _card(subject, thing)
    alive = thing.kind in LIVING
    draw = _wound(draw)
    if not alive:
        draw = _held_for(draw, THREES_HZ)
    elif subject.pose in QUIET:
        draw = _held_for(draw, TWOS_HZ)
    first = draw(0.0)
    family = family_of(thing)
    tint, vivid = _tint(subject, thing)
    return Actor(
        subject=subject,
        kind=thing.kind,
        stands=thing.stands,
        height_m=max(0.02, _height(thing, subject, first, near=near) if alive or family else thing.height_m),
        width_m=max(0.02, first.width_m),
        tint=tint,
        vivid=vivid,
        draw=draw,
        tall_m=thing.height_m,
        upright=thing.kind is Kind.PERSON and thing.id != HANDS and subject.pose not in LEVEL,
        two_sided=bool(family) or thing.faces is not Faces.NONE,
        family=family,
        head_m=0.36 * first.width_m if family == "quadruped" and subject.pose is not Pose.LIE else 0.0,
        pace_m_s=_pace(thing, family, subject.pose),
    )


def _tint(subject: Subject, thing: Concept) -> tuple[Rgb, float]:
    """Its colour as it is said, as such things are known, or as its kind has it; and how much of it is seen."""
    look = subject.look or Look()
    if said := worn_colour(look) if thing.kind is Kind.PERSON else said_colour(subject.name, thing):
        return colour.of(said), SAID_VIVID
    if thing.id in OWN:
        return OWN[thing.id], OWN_VIVID
    if family_of(thing) == "person":
        return worn_by(subject.member or subject.name), WORN_VIVID
    return TINTS[thing.kind], 0.0


def _card(subject: Subject, thing: Concept | None) -> Actor:
    """What nothing draws: a card with its name."""
    kind, stands = (thing.kind, thing.stands) if thing else (Kind.OBJECT, Stands.GROUND)
    card = standee.card(subject.name, min(4.0, max(0.3, thing.height_m)) if thing else UNKNOWN_M)
    size_m = (card.height_m, card.width_m)
    return Actor(subject, kind, stands, *size_m, TINTS[kind], 0.0, lambda _: card, label=subject.name, two_sided=False)


def _height(thing: Concept, subject: Subject, drawing: Drawing, *, near: bool) -> float:
    """How high the subject reaches; a long rod in a person's hand does not count, nor near an umbrella over the head."""
    if thing.kind is not Kind.PERSON or thing.id == HANDS or not (subject.holds or thing.holds):
        return drawing.height_m
    empty = subject.model_copy(update={"holds": None})
    bare = _figure(replace(thing, holds=None), empty, near=False, seed=0)
    own = bare(0.0).height_m if bare else drawing.height_m
    return (
        drawing.height_m
        if drawing.height_m < (1.1 if near else 1.45) * own and subject.pose not in {Pose.SIT, Pose.RIDE}
        else own
    )


def _pace(thing: Concept, family: str, pose: Pose) -> float:
    if thing.kind not in LIVING | {Kind.VEHICLE}:
        return 0.0
    variant = variant_of(thing) or NAMES.get(thing.figure or thing.id, ("", ""))[1]
    own = pace_mps(family, thing.height_m, pose, variant)
    return own or PACES_M_S.get(pose, 0.0) * max(0.6, thing.height_m / 1.75) ** 0.5


def _wound(draw: Artist) -> Artist:
    return lambda time_s: wound(draw(time_s))


def _held_for(draw: Artist, rate_hz: int) -> Artist:
    """The same artist, drawing anew only so often, as animators do; the place where it stands still moves with every frame."""

    @lru_cache(maxsize=8)
    def held(number: int) -> Drawing:
        return draw(number / rate_hz)

    return lambda time_s: held(int(time_s * rate_hz + 1e-6))


def known(id: str | None) -> Concept | None:
    """The lexicon's entry, or None where it has none of that id."""
    if id is None:
        return None
    try:
        return concept(id)
    except KeyError:
        return Concept(HANDS, Kind.PERSON, {}, HANDS_M) if id == HANDS else None


def _artist(thing: Concept, subject: Subject, *, near: bool, seed: int) -> Artist | None:
    """What draws a thing: a figure, a group of figures, or a glyph."""
    one = _figure(thing, subject, near=near, seed=seed) or _glyph(thing)
    count = int((thing.params or {}).get("count", 1))
    if one is None or count < 2:
        return one
    others = [_figure(thing, subject, near=near, seed=seed + 7 * k) or one for k in range(count)]
    return lambda time_s: _group(
        [draw(time_s + 0.37 * k) for k, draw in enumerate(others)], in_air=thing.stands in {Stands.AIR, Stands.WATER}
    )


def _group(drawings: list[Drawing], *, in_air: bool) -> Drawing:
    """Several drawings as one, side by side on the ground or loosely in the air; those behind first."""
    step = max(one.width_m for one in drawings) * (1.0 if in_air else 0.82)
    count = len(drawings)
    shapes: list[Shape] = []
    glows: list[Glow] = []
    for k, one in enumerate(drawings):
        size = 0.9 + 0.16 * ((k * 5) % 7) / 6
        shift = np.array(
            (
                (k - (count - 1) / 2) * step + 0.2 * step * ((k * 3) % 5 - 2) / 2,
                one.height_m * (0.9 * ((k * 4) % 5) / 2 if in_air else 0.02 * (k % 2)),
            )
        )
        shapes += [Shape(tuple(ring * size + shift for ring in shape.rings), shape.tone) for shape in one.shapes]
        glows += [
            replace(glow, x_m=glow.x_m * size + shift[0], y_m=glow.y_m * size + shift[1], radius_m=glow.radius_m * size)
            for glow in one.glows
        ]
    tall = max(one.height_m for one in drawings)
    return Drawing(tuple(shapes), step * count, tall * (2.6 if in_air else 1.05), tuple(glows))


def _figure(thing: Concept, subject: Subject, *, near: bool, seed: int) -> Artist | None:
    family = next((name for name in (thing.figure, thing.id) if name and name in figures.families()), None)
    if family is None:
        return None
    variant = variant_of(thing)
    look = subject.look or thing.look or Look()
    own = None if subject.pose in EMPTY_HANDED else thing.holds
    held = _held(subject.holds or own) if thing.kind is Kind.PERSON or thing.id == HANDS else None
    faces = subject.facing if thing.kind is Kind.PERSON and subject.facing in {Facing.CAMERA, Facing.AWAY} else Facing.RIGHT

    def draw(time_s: float) -> Drawing:
        return figures.draw(
            family,
            variant=variant,
            height_m=thing.height_m,
            pose=subject.pose,
            look=look,
            phase_s=time_s,
            seed=seed,
            holds=held,
            near=near,
            faces=faces,
        )

    if figures.is_still(family):
        drawing = draw(0.0)
        return lambda _: drawing
    return draw


def variant_of(thing: Concept) -> str:
    """Which of its family a thing is."""
    params = thing.params or {}
    return str(params.get("variant", next((key for key in params if key != "count"), "")))


def _held(id: str | None) -> Drawing | None:
    """What is in a hand, as it lies there."""
    thing = known(id)
    if thing is None:
        return None
    whole = Subject(name=thing.id, pose=Pose.SIT if family_of(thing) == "quadruped" else Pose.STAND)
    if draw := _figure(thing, whole, near=False, seed=0):
        return _armful(_lighter(draw(0.0))) if thing.kind is Kind.ANIMAL else draw(0.0)
    outline = _glyph(replace(thing, height_m=min(thing.height_m, BUNDLE_M)))
    return _lighter(outline(0.0)) if outline else None


def _armful(drawing: Drawing) -> Drawing:
    """An animal as it is in somebody's arms: no longer than they hold."""
    share = min(1.0, ARMFUL_M / drawing.width_m)
    shapes = tuple(Shape(tuple(ring * share for ring in one.rings), one.tone) for one in drawing.shapes)
    return replace(drawing, shapes=shapes, width_m=drawing.width_m * share, height_m=drawing.height_m * share)


def _lighter(drawing: Drawing) -> Drawing:
    """The same apart from the clothes before which it is held."""
    shapes = tuple(Shape(one.rings, LIGHTER.get(one.tone, one.tone)) for one in drawing.shapes)
    return replace(drawing, shapes=shapes)


def _glyph(thing: Concept) -> Artist | None:
    if thing.glyph is None:
        return None
    try:
        drawing = _stood(thing.glyph, thing.height_m, mirrored=thing.faces is Faces.LEFT)
    except KeyError:
        return None
    return lambda _: drawing


@cache
def _stood(glyph: str, height_m: float, *, mirrored: bool) -> Drawing:
    """A glyph at its true height, facing right."""
    drawing = glyphs.glyph(glyph)
    factor = height_m / max(1e-6, drawing.height_m)
    across = -factor if mirrored else factor
    shapes = tuple(Shape(tuple(ring * (across, factor) for ring in shape.rings), shape.tone) for shape in drawing.shapes)
    glows = tuple(
        Glow(one.x_m * across, one.y_m * factor, one.radius_m * factor, one.strength, one.beam) for one in drawing.glows
    )
    return replace(drawing, shapes=shapes, width_m=drawing.width_m * factor, height_m=height_m, glows=glows)
