"""Where everybody stands: depth from true height, thirds and look room across, nobody on top of another."""

from dataclasses import replace

from storyreel.animatic import colour
from storyreel.animatic.camera import Lens
from storyreel.animatic.casting import Actor, known
from storyreel.animatic.colour import Rgb
from storyreel.animatic.company import is_of_the_wall
from storyreel.animatic.figures.motion import LIFTED
from storyreel.animatic.framing import Measure, lens_for
from storyreel.animatic.outline import Tone
from storyreel.animatic.paint import Placed, faces_left, tones
from storyreel.animatic.resting import FROM_AFAR, rest_m, surface_of, top_m
from storyreel.animatic.seats import seatings
from storyreel.animatic.setting import Below, Setting
from storyreel.animatic.spots import (
    HEAD,
    NEAR_BANK,
    Entrance,
    Row,
    Spot,
    far_out,
    is_ship,
    offing_m,
    spot_of,
    wall_m,
)
from storyreel.animatic.stage import Stage
from storyreel.animatic.surfaces import layings
from storyreel.domain.storyboard import Angle, Facing, Move, Pose, Position, Shot, ShotSize
from storyreel.lexicon.concepts import Kind, Stands

RANK = {Kind.PERSON: 0, Kind.CREATURE: 1, Kind.ANIMAL: 1, Kind.VEHICLE: 2, Kind.OBJECT: 3, Kind.FOOD: 3}
SMALLEST_UNIT_M = 6.0
_WHOLE = {ShotSize.EXTREME_WIDE, ShotSize.WIDE, ShotSize.MEDIUM_WIDE}  # where what a thing lies on is seen with it
STEPPING = {Pose.WALK, Pose.RUN, Pose.CLIMB}  # a detail of who does that is of the feet
KNEE = 0.36  # of a body's height: a little above it
ACTING = {Kind.PERSON, Kind.ANIMAL, Kind.CREATURE}


def main_of(shot: Shot, actors: tuple[Actor, ...]) -> Actor | None:
    """The actor that the framing measures: the shot's first subject, or a person before a thing."""
    near = [one for one in actors if one.subject.position is not Position.BACKGROUND and one.stands is not Stands.SKY]
    if not near:
        return next((one for one in actors if one.stands is not Stands.SKY), actors[0] if actors else None)
    first = near[0]
    if shot.size is ShotSize.DETAIL or first.kind in ACTING:
        return first
    return min(near, key=lambda one: RANK.get(one.kind, 4))


def lens_of(
    shot: Shot, actors: tuple[Actor, ...], main: Actor | None, setting: Setting, width_px: int, height_px: int, floor: float
) -> Lens:
    """The lens that frames a shot at a place."""
    if main is None or main.stands is Stands.SKY or far_out(shot, main):
        size = shot.size if main is not None and far_out(shot, main) else _wide(shot.size)
        return lens_for(size, shot.angle, width_px, height_px, Measure(), setting.horizon, floor)
    shift = setting.horizon
    if main.column == 2 or (main.stands is Stands.WATER and not main.upright):
        shift += 0.12
    if main.stands is Stands.AIR:
        shift += 0.16
    return lens_for(shot.size, shot.angle, width_px, height_px, _measure(shot, actors, main, setting), shift, floor)


def _wide(size: ShotSize) -> ShotSize:
    return size if size in FROM_AFAR else ShotSize.WIDE


def _measure(shot: Shot, actors: tuple[Actor, ...], main: Actor, setting: Setting) -> Measure:
    foot = rest_m(main, shot, setting)
    if main.kind in ACTING and main.subject.pose in LIFTED and setting.below not in {Below.SKY, Below.WATER}:
        return Measure(main.tall_m * (1 + LIFTED[main.subject.pose]), main.width_m, 2, foot)  # whole, and at its highest, too
    if not main.upright:
        cut = shot.size is ShotSize.CLOSE_UP and main.head_m > 0 and main.height_m < 4
        if shot.size in _WHOLE and (below := surface_of(main, shot.subjects)):  # a shoe on a pedestal: both
            return Measure(top_m(below) + main.height_m, main.width_m, 1)
        above = max((one.height_m for one in actors if surface_of(one, (main.subject,))), default=0.0)
        high = max(main.height_m, top_m(main.subject) + above)  # what lies on it is seen, too
        return Measure(high, main.width_m, main.column, foot, cut=cut)
    if shot.size is ShotSize.DETAIL and main.subject.pose in STEPPING and main.family != "hand":
        return Measure(KNEE * main.tall_m, main.width_m, 1, foot)
    foot += min(0.0, main.height_m - main.tall_m)  # who sits is framed as one who stands, sunk to the head's height
    tall = max(main.tall_m, main.height_m)
    group = [one for one in actors if _acts_beside(one)]
    if shot.size in {ShotSize.CLOSE_UP, ShotSize.DETAIL} or shot.angle is Angle.OVER_THE_SHOULDER or len(group) < 2:
        return Measure(tall, main.width_m, 0, foot)
    top = max(foot + tall, *(min(one.height_m, 3.0) for one in group))
    low = min(one.height_m * HEAD for one in group) - foot
    wide = sum(max(0.5, one.width_m) for one in group) * 1.12
    return Measure(top - foot, main.width_m, 0, foot, max(0.0, low), wide)


def _acts_beside(one: Actor) -> bool:
    """Whether it is one of those whose heads the frame must hold."""
    return (
        one.kind in ACTING
        and one.stands in {Stands.GROUND, Stands.WATER}
        and one.height_m < 4
        and one.subject.position not in {Position.BACKGROUND, Position.FOREGROUND}
    )


def unit_of(lens: Lens, shot: Shot, actors: tuple[Actor, ...], main: Actor | None, setting: Setting) -> float:
    """The measure of the surroundings: water begins before a main subject that floats and ends behind every ship."""
    near = _near_unit(lens, main, setting)
    if not setting.water_to:
        return near
    return max([near, *(offing_m(lens, shot, one) / (NEAR_BANK * setting.water_to) for one in actors if is_ship(one))])


def _near_unit(lens: Lens, main: Actor | None, setting: Setting) -> float:
    if main is not None and main.stands is Stands.WATER and setting.water_from > 0 and lens.depth_m > SMALLEST_UNIT_M:
        return lens.depth_m / (1.3 * setting.water_from)
    return max(SMALLEST_UNIT_M, lens.depth_m)


def lay_out(stage: Stage, setting: Setting, shot: Shot, actors: tuple[Actor, ...], main: Actor | None) -> list[Placed]:
    """The actors at their places, to be drawn."""
    seen = [one for one in actors if not is_of_the_wall(one.subject, setting)]  # alone, it is framed where the room has it
    spots = [spot_of(Entrance(stage, setting, shot, main, one, k)) for k, one in enumerate(seen)]
    if shot.size is ShotSize.CLOSE_UP and main is not None:
        spots = [one for one in spots if _stays_in_a_close_up(stage, setting, one, main)]
    return [_placed(stage, shot, spot, lead=spot.actor is main) for spot in _settled(stage, spots, main)]


def _settled(stage: Stage, spots: list[Spot], main: Actor | None) -> list[Spot]:
    """The same spots, clear of one another, with those who sit on what there is to sit on, and things on tables."""
    sat = seatings(spots)
    seated = [one for seating in sat for one in (seating.seat, *seating.sitters)]
    free = [one for one in spots if not any(one is other for other in seated)]
    laid = layings(free, main)
    lying = [one for laying in laid for one in (laying.surface, *laying.things)]
    free = [one for one in free if not any(one is other for other in lying)]
    out: list[Spot] = []
    for spot in _apart(stage, [*free, *(one.whole for one in (*sat, *laid))]):
        group = next((one for one in (*sat, *laid) if one.whole.actor is spot.actor), None)
        out += group.at(stage, spot.across) if group else [spot]
    return out


def _stays_in_a_close_up(stage: Stage, setting: Setting, spot: Spot, main: Actor) -> bool:
    """Whether it is the main one, what that lies on or what lies on it, or has room for its head behind."""
    below, above = surface_of(main, (spot.actor.subject,)), surface_of(spot.actor, (main.subject,))
    return spot.actor is main or bool(below or above) or _head_seen(stage, setting, spot)


def _head_seen(stage: Stage, setting: Setting, spot: Spot) -> bool:
    """Whether there is room behind a close-up for the head of who stands there."""
    return not (setting.roof and spot.row is Row.BACKGROUND and spot.z_m > 1.08 * wall_m(stage, setting))


def _inside(stage: Stage, spot: Spot) -> float:
    """Its place across, moved so that the whole of it is in the frame where it fits and is meant to be seen whole."""
    share = spot.actor.width_m / max(1e-6, 2 * stage.across(spot.z_m)) / 2 + 0.02
    if spot.row is Row.SHOULDER:
        return spot.across
    if share > 0.48 or spot.row is Row.FOREGROUND:
        return min(1.0, max(0.0, spot.across))
    return min(1 - share, max(share, spot.across))


def _apart(stage: Stage, spots: list[Spot]) -> list[Spot]:
    """The same spots, moved so that actors of one row do not cover one another."""
    out: list[Spot] = []
    spots = [replace(spot, across=_inside(stage, spot)) for spot in spots]
    for row in sorted({spot.row for spot in spots}):
        group = sorted((spot for spot in spots if spot.row is row), key=lambda spot: spot.across)
        per_m = [stage.lens.focal * stage.lens.height_px / spot.z_m / stage.lens.width_px for spot in group]
        across = [spot.across for spot in group]
        for _ in range(24):
            for k in range(len(group) - 1):
                closer = 0.62 if Pose.EMBRACE in {group[k].actor.subject.pose, group[k + 1].actor.subject.pose} else 1.08
                wide = (
                    closer
                    * (max(0.3, group[k].actor.width_m) * per_m[k] + max(0.3, group[k + 1].actor.width_m) * per_m[k + 1])
                    / 2
                )
                lack = wide - (across[k + 1] - across[k])
                if lack > 1e-4:
                    across[k] -= lack / 2
                    across[k + 1] += lack / 2
        middle = sum(across) / len(across) if across else 0.5
        drift = 0.5 - middle if len(group) > 1 and abs(middle - 0.5) > 0.12 else 0.0
        for spot, place in zip(group, across, strict=True):
            out.append(replace(spot, across=_inside(stage, replace(spot, across=place + drift))))
    return out


def _placed(stage: Stage, shot: Shot, spot: Spot, *, lead: bool) -> Placed:
    subject = spot.actor.subject
    left = faces_left(subject.facing, at_right=spot.across > 0.5) and spot.actor.two_sided
    x = (spot.across - 0.5) * 2 * stage.across(spot.z_m)
    near = shot.size in {ShotSize.CLOSE_UP, ShotSize.DETAIL, ShotSize.MEDIUM}
    if lead and near and (shot.size is ShotSize.CLOSE_UP or spot.actor.upright):
        x += spot.actor.head_m if left else -spot.actor.head_m
    speed = 0.0
    along = lead or (spot.row is Row.SUBJECTS and spot.actor.subject.pose in {Pose.WALK, Pose.RUN})
    if along and subject.facing in {Facing.LEFT, Facing.RIGHT} and spot.actor.kind not in {Kind.OBJECT, Kind.FOOD}:
        speed = _speed(stage, shot, spot)
    depth = spot.z_m
    return Placed(
        stage,
        spot.actor,
        x,
        spot.y_m,
        depth,
        left,
        -speed if left else speed,
        spot.afloat,
        spot.grounded,
        _readable(stage, tones(stage, spot.actor, min(depth, 0.4 * depth + stage.unit) if spot.row is Row.WATER else depth)),
    )


def _speed(stage: Stage, shot: Shot, spot: Spot) -> float:
    """Metres a second along x: its own pace, held so that it stays in the frame where the camera does not go with it."""
    own = spot.actor.pace_m_s
    share = 0.5 if shot.move in {Move.TRACK_LEFT, Move.TRACK_RIGHT} else 0.3
    room = stage.across(spot.z_m) * 2 * (0.12 if _left_behind(shot, spot.actor) else share)  # nobody walks into another
    return min(own, room / max(0.5, stage.seconds) + abs(stage.camera.follow_m_s))


def follow_of(shot: Shot, main: Actor | None, lens: Lens, setting: Setting) -> float:
    """Metres a second that the camera goes along with who walks through a near frame, so that feet hold the ground."""
    if main is None or main.subject.facing not in {Facing.LEFT, Facing.RIGHT} or not main.pace_m_s or shot.size in FROM_AFAR:
        return 0.0
    if main.kind in {Kind.OBJECT, Kind.FOOD} or main.stands is not Stands.GROUND or _left_behind(shot, main):
        return 0.0
    room = lens.depth_m * lens.width_px / lens.height_px / lens.focal * 0.3
    most = (0.6 if setting.roof else 1.6) * max(SMALLEST_UNIT_M, lens.depth_m)
    more = min(main.pace_m_s * shot.seconds - room, most) / max(0.5, shot.seconds)
    return max(0.0, more) * (1 if main.subject.facing is Facing.RIGHT else -1)


def _left_behind(shot: Shot, main: Actor) -> bool:
    """Whether somebody in the frame stays where they are, or goes another way, so that the camera stays with both."""
    beside = [one for one in shot.subjects if one.position is not Position.BACKGROUND and one.name != main.subject.name]
    acting = [one for one in beside if (thing := known(one.concept)) and thing.kind in ACTING]
    return any(one.pose is not main.subject.pose or one.facing is not main.subject.facing for one in acting)


def _readable(stage: Stage, own: dict[Tone, Rgb]) -> dict[Tone, Rgb]:
    """The same colours with a little more light on skin after dark."""
    if stage.palette.level > 0.55:
        return own
    return {**own, Tone.SKIN: colour.mix(own[Tone.SKIN], (226.0, 168.0, 128.0), 0.34)}
