"""Where each actor of a shot is meant to stand: across the frame, in depth, and how high above the ground."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from storyreel.animatic.camera import Lens
from storyreel.animatic.casting import Actor
from storyreel.animatic.paint import faces_left
from storyreel.animatic.resting import CLIMB_M, FROM_AFAR, HANDS_UP_M, is_bed, is_climbed, rest_m, seats_of
from storyreel.animatic.setting import Below, Setting
from storyreel.animatic.stage import Stage
from storyreel.animatic.thirds import across_of, leans_right
from storyreel.domain.storyboard import Angle, Pose, Position, Shot, ShotSize
from storyreel.lexicon.concepts import Kind, Stands

PAST = 0.34  # of the frame's width: as far in as somebody reaches over whose shoulder one looks
HEAD_ALONE = 0.55  # of the frame's height in metres: half as wide is a head where nothing else is seen of somebody
HEAD = 0.72  # of a body's height: where its chin is
SHARE_BESIDE = 0.55  # of the frame's width that a vehicle takes up at most beside somebody
NEAR_BANK = 0.9  # of the way to the far bank: as far out as anything floats
SHIP_M = 4.0  # what floats and is higher lies far out
SHARES = {ShotSize.EXTREME_WIDE: 0.13, ShotSize.WIDE: 0.24, ShotSize.MEDIUM_WIDE: 0.42}
"""How much of the frame's width a ship takes up where the sea is seen."""


class Row(IntEnum):
    """Actors of one row keep clear of one another."""

    SUBJECTS = 0
    FOREGROUND = 4
    BACKGROUND = 5
    TOWERING = 6
    CLIMBED = 10
    WATER = 7
    AIR = 8
    SKY = 9
    SHOULDER = 11
    WALL = 12


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an actor is meant to be: across the frame (0 to 1), depth, and height of its foot."""

    actor: Actor
    across: float
    z_m: float
    y_m: float = 0.0
    row: Row = Row.SUBJECTS
    afloat: bool = False
    grounded: bool = True


@dataclass(frozen=True, slots=True)
class Entrance:
    """An actor who comes on, and all that decides where it will stand."""

    stage: Stage
    setting: Setting
    shot: Shot
    main: Actor | None
    actor: Actor
    index: int  # among the actors

    @property
    def across(self) -> float:
        """Its place across the frame (0 to 1), as its words have it."""
        return across_of(self.actor, self.main, self.shot, self.index)

    @property
    def main_across(self) -> float:
        """The same of the main actor; the middle where there is none."""
        return across_of(self.main, self.main, self.shot, 0) if self.main else 0.5

    @property
    def tall_m(self) -> float:
        """The height by which the others are large or small."""
        return max(self.main.height_m, 0.7) if self.main else 1.75


def spot_of(entrance: Entrance) -> Spot:
    """The spot that the first rule gives which knows the case."""
    return next(spot for rule in _RULES if (spot := rule(entrance)))


def far_out(shot: Shot, main: Actor) -> bool:
    """Whether it is a ship that is seen out at sea."""
    return is_ship(main) and shot.size in SHARES


def is_ship(actor: Actor) -> bool:
    """Whether it floats, and lies as far out as its size needs."""
    return actor.stands is Stands.WATER and actor.kind is Kind.VEHICLE and actor.height_m > SHIP_M


def wall_m(stage: Stage, setting: Setting) -> float:
    """The depth of what lies at the back: a room's wall, or as far as a street's width."""
    near = stage.lens.depth_m
    return near + 0.93 * max(2.2, 0.55 * near) if setting.roof else max(2.7 * near, 9.0)


def _over_the_shoulder(one: Entrance) -> Spot | None:
    """Whose shoulder it is stands close, at the other side than the one whom it looks at."""
    if one.shot.angle is not Angle.OVER_THE_SHOULDER or one.main is None or one.actor is one.main or not one.actor.upright:
        return None
    depth = one.stage.lens.depth_m * 0.62
    half_m = min(one.actor.width_m / 2, HEAD_ALONE * depth / one.stage.lens.focal)
    in_from_left = min(0.1, PAST - half_m / (2 * one.stage.across(depth)))
    side = 1 - in_from_left if one.main_across < 0.5 else in_from_left
    top = min(one.main.tall_m, one.main.height_m)  # of who sits it is lower
    low = min(0.0, 1.05 * top - min(one.actor.tall_m, one.actor.height_m))
    return Spot(one.actor, side, depth, low, Row.SHOULDER, grounded=False)  # lowered, so that head and shoulder are looked past


def _leading(one: Entrance) -> Spot | None:
    if one.actor is not one.main or one.actor.stands is Stands.SKY:
        return None
    return next(spot for rule in _LEADING_RULES if (spot := rule(one)))


def _flying(one: Entrance) -> Spot | None:
    if one.actor.stands is not Stands.AIR and one.actor.subject.pose is not Pose.FLY and not _is_weightless(one):
        return None
    return _about_row(one, 0.42)


def _drifting(one: Entrance) -> Spot | None:
    """Who floats beside the main one does so farther off, by turns higher and lower."""
    return _about_row(one, 0.26 if one.index % 2 else 0.6, 1.6) if _is_weightless(one) else None


def _is_weightless(one: Entrance) -> bool:
    return one.setting.weightless and one.actor.subject.pose in {Pose.SWIM, Pose.FALL}


def _about_row(one: Entrance, row: float, far: float = 1.0) -> Spot:
    """Off the ground, its middle on a row of the frame (0 to 1 from the top), at so many of the main one's depths."""
    depth = far * one.stage.lens.depth_m
    tall = one.stage.lens.focal * one.actor.height_m / depth
    return Spot(one.actor, one.across, depth, _height_at(one.stage, row + tall / 2, depth), grounded=False)


def _out_at_sea(one: Entrance) -> Spot | None:
    if not far_out(one.shot, one.actor) or not _has_water(one.setting):
        return None
    side = 0.34 if one.across < 0.5 else 0.66
    return Spot(one.actor, side, offing_m(one.stage.lens, one.shot, one.actor), 0.0, Row.WATER, afloat=True, grounded=False)


def _held_up(one: Entrance) -> Spot | None:
    if one.actor.family != "hand":
        return None
    return Spot(one.actor, 0.5, one.stage.lens.depth_m, HANDS_UP_M, grounded=False)


def _floating(one: Entrance) -> Spot | None:
    floats = one.actor.stands is Stands.WATER and _has_water(one.setting)
    swims = one.actor.subject.pose is Pose.SWIM and one.setting.below is Below.WATER
    return Spot(one.actor, one.across, one.stage.lens.depth_m, afloat=True, grounded=False) if floats or swims else None


def _above_clouds(one: Entrance) -> Spot | None:
    if one.setting.below is not Below.SKY:
        return None
    lens = one.stage.lens
    tall = lens.focal * one.actor.height_m / lens.depth_m
    row = 0.5 + tall / 2 if tall < 0.8 else lens.horizon + (lens.focal * lens.eye_m / lens.depth_m)
    return Spot(one.actor, one.across, lens.depth_m, _height_at(one.stage, row, lens.depth_m), grounded=False)


def _standing(one: Entrance) -> Spot:
    mound = _mound(one.setting, one.actor) if one.actor.column == 2 else 0.0
    foot = rest_m(one.actor, one.shot, one.setting) + mound
    up = foot > mound and (one.actor.subject.pose in {Pose.LIE, Pose.CLIMB} or one.actor.stands is Stands.WALL)
    return Spot(one.actor, one.across, one.stage.lens.depth_m, foot, grounded=not mound and not up)


def _aloft(one: Entrance) -> Spot | None:
    """The place of what hangs in the sky, flies or floats; None for what stands."""
    lens, actor = one.stage.lens, one.actor
    match actor.stands:
        case Stands.SKY:
            depth = lens.focal * actor.height_m / 0.16
            return Spot(actor, one.across, depth, _height_at(one.stage, 0.3, depth), Row.SKY, grounded=False)
        case Stands.AIR:
            depth = max(lens.depth_m * 1.15, lens.focal * actor.height_m / 0.2)
            row = 0.2 + 0.08 * (one.index % 3)
            return Spot(actor, one.across, depth, _height_at(one.stage, row, depth), Row.AIR, grounded=False)
        case Stands.WATER if _has_water(one.setting):
            return Spot(actor, one.across, _at_sea(one), 0.0, Row.WATER, afloat=True, grounded=False)
        case _:
            return None


def _climbed(one: Entrance) -> Spot | None:
    """What the main one climbs stands right behind, so that its steps or its trunk are below the feet."""
    if one.main is None or one.main.subject.pose is not Pose.CLIMB or not is_climbed(one.actor.subject):
        return None
    depth, steps = one.stage.lens.depth_m * 1.01, one.actor.family == "stairs"
    ahead = (0.5 - CLIMB_M / one.actor.height_m) * one.actor.width_m if steps else 0.2
    way = -1 if faces_left(one.main.subject.facing, at_right=one.main_across > 0.5) else 1
    return Spot(one.actor, one.main_across + way * ahead / (2 * one.stage.across(depth)), depth, 0.0, Row.CLIMBED)


def _towering(one: Entrance) -> Spot | None:
    """What is far taller than the main one stands as far behind as its top needs."""
    if one.actor.height_m <= 2.6 * one.tall_m:
        return None
    depth = _fitting(one.stage, one.actor.height_m * (1.22 if one.setting.island else 1.0))
    return Spot(one.actor, one.across, depth, _mound(one.setting, one.actor), Row.TOWERING, grounded=not one.setting.island)


def _seen_whole(one: Entrance) -> Spot | None:
    """A truck or a bus beside somebody stands as far off as its length needs."""
    near = one.stage.lens.depth_m
    wide_m = 2 * one.stage.across(near)
    if one.actor.kind is not Kind.VEHICLE or one.actor.width_m < SHARE_BESIDE * wide_m or _is_aboard(one):
        return None
    depth = min(near * one.actor.width_m / (SHARE_BESIDE * wide_m), _end_of_ground_m(one.stage, one.setting))
    return Spot(one.actor, one.across, depth, 0.0, Row.BACKGROUND)


def _is_aboard(one: Entrance) -> bool:
    """Whether the main one sits in it or on it."""
    return one.main is not None and one.main.subject.pose in {Pose.RIDE, Pose.SIT, Pose.LIE}


def _on_the_wall(one: Entrance) -> Spot | None:
    if one.actor.stands is not Stands.WALL:
        return None
    return Spot(
        one.actor, one.across, wall_m(one.stage, one.setting), max(0.0, 2.3 - one.actor.height_m), Row.WALL, grounded=False
    )


def _behind_a_close_up(one: Entrance) -> Spot | None:
    if one.shot.size is not ShotSize.CLOSE_UP or one.main is None or _is_rested_on(one):
        return None
    side = 0.24 if one.main_across > 0.5 or leans_right(one.main) else 0.76
    return Spot(one.actor, side, _behind_m(one.stage, one.actor), 0.0, Row.BACKGROUND)


def _is_rested_on(one: Entrance) -> bool:
    """Whether the main one sits or lies on it."""
    rests = one.main is not None and one.main.subject.pose in {Pose.SIT, Pose.LIE}
    return rests and (is_bed(one.actor.subject) or seats_of(one.actor.subject) > 0)


def _before_or_behind(one: Entrance) -> Spot | None:
    near = one.stage.lens.depth_m
    match one.actor.subject.position:
        case Position.BACKGROUND:
            depth = min(near * 2.7, _end_of_ground_m(one.stage, one.setting))
            return Spot(one.actor, one.across, depth, 0.0, Row.BACKGROUND)
        case Position.FOREGROUND:
            return Spot(one.actor, one.across, near * 0.72, 0.0, Row.FOREGROUND)
        case _:
            return None


def _end_of_ground_m(stage: Stage, setting: Setting) -> float:
    """How far off something can stand: before the back wall, the rail or the water."""
    if setting.roof:
        return wall_m(stage, setting)
    end = setting.edge or setting.water_from
    return 0.95 * end * stage.unit if end else math.inf


def _lying(one: Entrance) -> Spot | None:
    if one.actor.subject.pose is not Pose.LIE or not (foot := rest_m(one.actor, one.shot, one.setting)):
        return None
    return Spot(one.actor, one.across, one.stage.lens.depth_m, foot, grounded=False)


def _small(one: Entrance) -> Spot | None:
    """What is far smaller than the main one is lifted into the frame where its ground is not seen."""
    if one.actor.height_m >= 0.3 * one.tall_m:
        return None
    lens = one.stage.lens
    depth = lens.depth_m * 0.94
    lowest = _height_at(one.stage, 0.94 * one.stage.floor_px / lens.height_px, depth)
    if lowest <= 0.05 or one.shot.size in FROM_AFAR:
        return Spot(one.actor, one.across, depth)
    return Spot(one.actor, one.across, depth, lowest, grounded=False)


def _beside(one: Entrance) -> Spot:
    return Spot(one.actor, one.across, one.stage.lens.depth_m * (1.04 + 0.06 * (one.index % 3)))


_RULES: tuple[Callable[[Entrance], Spot | None], ...] = (
    _over_the_shoulder,
    _leading,
    _aloft,
    _climbed,
    _towering,
    _seen_whole,
    _on_the_wall,
    _behind_a_close_up,
    _before_or_behind,
    _drifting,
    _lying,
    _small,
    _beside,
)
"""In the order in which they are asked; the last one always knows, as below."""

_LEADING_RULES: tuple[Callable[[Entrance], Spot | None], ...] = (
    _flying,
    _out_at_sea,
    _held_up,
    _floating,
    _above_clouds,
    _standing,
)
"""The same for the one whom the lens frames."""


def _behind_m(stage: Stage, actor: Actor) -> float:
    """The depth at which a whole head is seen behind a close-up."""
    lens = stage.lens
    top = lens.focal * (actor.height_m - lens.eye_m) / max(0.1, lens.horizon - 0.1)
    chin = lens.focal * (lens.eye_m - HEAD * actor.height_m) / max(0.1, 0.86 - lens.horizon)
    return max(3.0 * lens.depth_m, top, chin)


def _at_sea(one: Entrance) -> float:
    """The depth at which something floats: a ship in the offing, what is smaller between the water's edges."""
    if is_ship(one.actor):
        return offing_m(one.stage.lens, one.shot, one.actor)
    unit, setting = one.stage.unit, one.setting
    depth = max(one.stage.lens.focal * one.actor.height_m / 0.17, unit * max(1.25, setting.water_from * 1.25))
    return min(depth, NEAR_BANK * setting.water_to * unit) if setting.water_to else depth


def offing_m(lens: Lens, shot: Shot, actor: Actor) -> float:
    """The depth at which a ship out at sea takes up its share of the frame's width."""
    share = SHARES.get(shot.size, 0.3) * lens.width_px / lens.height_px
    return max(lens.focal * actor.width_m / share, lens.focal * actor.height_m / 0.5, _under_the_top_m(lens, actor.height_m))


def _fitting(stage: Stage, height_m: float) -> float:
    """The depth at which something tall stands behind the subject with its top inside the frame."""
    return max(_under_the_top_m(stage.lens, height_m), stage.unit * 1.9)


def _under_the_top_m(lens: Lens, height_m: float) -> float:
    """The depth at which something of that height ends below the frame's upper edge."""
    return lens.focal * max(0.1, height_m - lens.eye_m) / max(0.12, lens.horizon - 0.08)


def _mound(setting: Setting, actor: Actor) -> float:
    """How high a landmark's rock rises over the sea."""
    return max(0.0, 0.22 * actor.height_m) if setting.island and actor.kind in {Kind.BUILDING, Kind.TERRAIN, Kind.PLANT} else 0.0


def _has_water(setting: Setting) -> bool:
    return setting.below is Below.WATER or setting.water_from > 0


def _height_at(stage: Stage, row: float, depth_m: float) -> float:
    """How high above the ground a row of the frame (0 to 1 from the top) is at a depth."""
    lens = stage.lens
    return lens.eye_m + (lens.horizon - row) * depth_m / lens.focal
