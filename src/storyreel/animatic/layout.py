"""Where everybody stands: depth from true height, thirds and look room across, nobody on top of another."""

from dataclasses import dataclass, replace

from storyreel.animatic import colour
from storyreel.animatic.camera import Lens
from storyreel.animatic.casting import Actor, known
from storyreel.animatic.colour import Rgb
from storyreel.animatic.framing import Measure, lens_for
from storyreel.animatic.outline import Tone
from storyreel.animatic.paint import Placed, faces_left, tones
from storyreel.animatic.setting import Below, Setting
from storyreel.animatic.stage import Stage
from storyreel.domain.storyboard import Angle, Facing, Move, Pose, Position, Shot, ShotSize
from storyreel.lexicon.concepts import Kind, Stands

RANK = {Kind.PERSON: 0, Kind.CREATURE: 1, Kind.ANIMAL: 1, Kind.VEHICLE: 2, Kind.OBJECT: 3, Kind.FOOD: 3}
SMALLEST_UNIT_M = 6.0
TABLE_M = 0.76
HANDS_UP_M = 1.0  # hands that show something are held before the chest
SHIP_M = 4.0  # what floats and is higher lies far out
SHARES = {ShotSize.EXTREME_WIDE: 0.13, ShotSize.WIDE: 0.24, ShotSize.MEDIUM_WIDE: 0.42}
"""How much of the frame's width a ship takes up where the sea is seen."""

ACTING = {Kind.PERSON, Kind.ANIMAL, Kind.CREATURE}
FROM_AFAR = {ShotSize.EXTREME_WIDE, ShotSize.WIDE}
HEAD = 0.72  # of a body's height: where its chin is


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an actor is meant to be: across the frame (0 to 1), depth, and height of its foot."""

    actor: Actor
    across: float
    z_m: float
    y_m: float = 0.0
    row: int = 0  # actors of one row keep clear of one another
    afloat: bool = False
    grounded: bool = True


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
    if main is None or main.stands is Stands.SKY or _far_out(shot, main):
        size = shot.size if main is not None and _far_out(shot, main) else _wide(shot.size)
        return lens_for(size, shot.angle, width_px, height_px, Measure(), setting.horizon, floor)
    shift = setting.horizon
    if main.column == 2 or (main.stands is Stands.WATER and not main.upright):
        shift += 0.12
    if main.stands is Stands.AIR:
        shift += 0.16
    return lens_for(shot.size, shot.angle, width_px, height_px, _measure(shot, actors, main, setting), shift, floor)


def _wide(size: ShotSize) -> ShotSize:
    return size if size in {ShotSize.EXTREME_WIDE, ShotSize.WIDE} else ShotSize.WIDE


def _far_out(shot: Shot, main: Actor) -> bool:
    return main.stands is Stands.WATER and main.kind is Kind.VEHICLE and main.height_m > SHIP_M and shot.size in SHARES


def _measure(shot: Shot, actors: tuple[Actor, ...], main: Actor, setting: Setting) -> Measure:
    foot = _rest(main, shot, setting)
    if not main.upright:
        cut = shot.size is ShotSize.CLOSE_UP and main.head_m > 0 and main.height_m < 4
        return Measure(main.height_m, main.width_m, main.column, foot, cut=cut)
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


def unit_of(lens: Lens, main: Actor | None, setting: Setting) -> float:
    """The measure of the surroundings: the water's edge lies before a main subject that floats."""
    if main is not None and main.stands is Stands.WATER and setting.water_from > 0 and lens.depth_m > SMALLEST_UNIT_M:
        return lens.depth_m / (1.3 * setting.water_from)
    return max(SMALLEST_UNIT_M, lens.depth_m)


def lay_out(stage: Stage, setting: Setting, shot: Shot, actors: tuple[Actor, ...], main: Actor | None) -> list[Placed]:
    """The actors at their places, to be drawn."""
    spots = [_spot(stage, setting, shot, one, main, k) for k, one in enumerate(actors)]
    if shot.size is ShotSize.CLOSE_UP and main is not None:
        spots = [one for one in spots if one.actor is main or _head_seen(stage, setting, one)]
    return [_placed(stage, shot, spot, lead=spot.actor is main) for spot in _apart(stage, spots)]


def _rest(actor: Actor, shot: Shot, setting: Setting) -> float:
    """How high a thing lies: on a table indoors, else on the ground."""
    if actor.family == "hand":
        return HANDS_UP_M
    if actor.stands not in {Stands.TABLE, Stands.HAND}:
        return 0.0
    return TABLE_M if setting.roof and shot.size not in {ShotSize.WIDE, ShotSize.EXTREME_WIDE} else 0.0


def _spot(stage: Stage, setting: Setting, shot: Shot, actor: Actor, main: Actor | None, index: int) -> Spot:  # noqa: PLR0911 - a return a kind of place
    across = _third(actor, main, shot, index)
    if shot.angle is Angle.OVER_THE_SHOULDER and actor is not main and actor.upright and main is not None:
        side = 0.9 if _third(main, main, shot, 0) < 0.5 else 0.1
        return Spot(actor, side, stage.lens.depth_m * 0.62, 0.0, 11, grounded=False)
    if actor is main and actor.stands is not Stands.SKY:
        return _main_spot(stage, setting, shot, actor, across)
    lens = stage.lens
    if aloft := _aloft(stage, setting, shot, actor, across, index):
        return aloft
    tall = max(main.height_m, 0.7) if main else 1.75
    if actor.height_m > 2.6 * tall:
        depth = _fitting(stage, actor.height_m * (1.22 if setting.island else 1.0))
        return Spot(actor, across, depth, _mound(setting, actor), 6, grounded=not setting.island)
    if actor.stands is Stands.WALL:
        depth = _wall(stage, setting)
        return Spot(actor, across, depth, max(0.0, 2.3 - actor.height_m), 12, grounded=False)
    if shot.size is ShotSize.CLOSE_UP and main is not None:
        side = 0.24 if _third(main, main, shot, 0) > 0.5 or _leans_right(main) else 0.76
        return Spot(actor, side, _behind(stage, actor), 0.0, 5)
    if actor.subject.position is Position.BACKGROUND:
        depth = min(lens.depth_m * 2.7, _wall(stage, setting)) if setting.roof else lens.depth_m * 2.7
        return Spot(actor, across, depth, 0.0, 5)
    if actor.subject.position is Position.FOREGROUND:
        return Spot(actor, across, lens.depth_m * 0.72, 0.0, 4)
    if actor.height_m < 0.3 * tall:
        return _small_spot(stage, shot, actor, across)
    return Spot(actor, across, lens.depth_m * (1.04 + 0.06 * (index % 3)), 0.0, 0)


def _aloft(stage: Stage, setting: Setting, shot: Shot, actor: Actor, across: float, index: int) -> Spot | None:
    """The place of what hangs in the sky, flies or floats; None for what stands."""
    lens = stage.lens
    match actor.stands:
        case Stands.SKY:
            return Spot(
                actor,
                across,
                lens.focal * actor.height_m / 0.16,
                _height_at(stage, 0.3, lens.focal * actor.height_m / 0.16),
                9,
                grounded=False,
            )
        case Stands.AIR:
            depth = max(lens.depth_m * 1.15, lens.focal * actor.height_m / 0.2)
            return Spot(actor, across, depth, _height_at(stage, 0.2 + 0.08 * (index % 3), depth), 8, grounded=False)
        case Stands.WATER if _water(setting) and actor.kind is Kind.VEHICLE and actor.height_m > SHIP_M:
            return Spot(actor, across, _offing(stage, shot, actor), 0.0, 7, afloat=True, grounded=False)
        case Stands.WATER if _water(setting):
            depth = max(lens.focal * actor.height_m / 0.17, stage.unit * max(1.25, setting.water_from * 1.25))
            if setting.water_to:
                depth = min(depth, 0.9 * setting.water_to * stage.unit)
            return Spot(actor, across, depth, 0.0, 7, afloat=True, grounded=False)
        case _:
            return None


def _wall(stage: Stage, setting: Setting) -> float:
    """The depth of what lies at the back: a room's wall, or as far as a street's width."""
    near = stage.lens.depth_m
    return near + 0.93 * max(2.2, 0.55 * near) if setting.roof else max(2.7 * near, 9.0)


def _behind(stage: Stage, actor: Actor) -> float:
    """The depth at which a whole head is seen behind a close-up."""
    lens = stage.lens
    top = lens.focal * (actor.height_m - lens.eye_m) / max(0.1, lens.horizon - 0.1)
    chin = lens.focal * (lens.eye_m - HEAD * actor.height_m) / max(0.1, 0.86 - lens.horizon)
    return max(3.0 * lens.depth_m, top, chin)


def _head_seen(stage: Stage, setting: Setting, spot: Spot) -> bool:
    """Whether there is room behind a close-up for the head of who stands there."""
    return not (setting.roof and spot.row == 5 and spot.z_m > 1.08 * _wall(stage, setting))


def _offing(stage: Stage, shot: Shot, actor: Actor) -> float:
    """The depth at which a ship out at sea takes up its share of the frame's width."""
    lens = stage.lens
    share = SHARES.get(shot.size, 0.3) * lens.width_px / lens.height_px
    return max(lens.focal * actor.width_m / share, lens.focal * actor.height_m / 0.5)


def _main_spot(stage: Stage, setting: Setting, shot: Shot, actor: Actor, across: float) -> Spot:  # noqa: PLR0911 - a return a kind of place
    lens = stage.lens
    if actor.stands is Stands.AIR or actor.subject.pose is Pose.FLY:
        tall = lens.focal * actor.height_m / lens.depth_m
        return Spot(actor, across, lens.depth_m, _height_at(stage, 0.42 + tall / 2, lens.depth_m), 0, grounded=False)
    if _far_out(shot, actor) and _water(setting):
        return Spot(actor, 0.34 if across < 0.5 else 0.66, _offing(stage, shot, actor), 0.0, 7, afloat=True, grounded=False)
    if actor.family == "hand":
        return Spot(actor, 0.5, lens.depth_m, HANDS_UP_M, 0, grounded=False)
    if actor.stands is Stands.WATER and _water(setting):
        return Spot(actor, across, lens.depth_m, 0.0, 0, afloat=True, grounded=False)
    if actor.subject.pose is Pose.SWIM and setting.below is Below.WATER:
        return Spot(actor, across, lens.depth_m, 0.0, 0, afloat=True, grounded=False)
    if setting.below is Below.SKY:
        tall = lens.focal * actor.height_m / lens.depth_m
        row = 0.5 + tall / 2 if tall < 0.8 else lens.horizon + (lens.focal * lens.eye_m / lens.depth_m)
        return Spot(actor, across, lens.depth_m, _height_at(stage, row, lens.depth_m), 0, grounded=False)
    mound = _mound(setting, actor) if actor.column == 2 else 0.0
    return Spot(actor, across, lens.depth_m, _rest(actor, shot, setting) + mound, 0, grounded=not mound)


def _small_spot(stage: Stage, shot: Shot, actor: Actor, across: float) -> Spot:
    lens = stage.lens
    depth = lens.depth_m * 0.94
    lowest = _height_at(stage, 0.94 * stage.floor_px / lens.height_px, depth)
    if lowest <= 0.05 or shot.size in {ShotSize.WIDE, ShotSize.EXTREME_WIDE}:
        return Spot(actor, across, depth, 0.0, 0)
    return Spot(actor, across, depth, lowest, 0, grounded=False)


def _fitting(stage: Stage, height_m: float) -> float:
    """The depth at which something tall stands behind the subject with its top inside the frame."""
    lens = stage.lens
    room = max(0.12, lens.horizon - 0.08)
    return max(lens.focal * max(0.1, height_m - lens.eye_m) / room, stage.unit * 1.9)


def _mound(setting: Setting, actor: Actor) -> float:
    """How high a landmark's rock rises over the sea."""
    return max(0.0, 0.22 * actor.height_m) if setting.island and actor.kind in {Kind.BUILDING, Kind.TERRAIN, Kind.PLANT} else 0.0


def _water(setting: Setting) -> bool:
    return setting.below is Below.WATER or setting.water_from > 0


def _height_at(stage: Stage, row: float, depth_m: float) -> float:
    """How high above the ground a row of the frame (0 to 1 from the top) is at a depth."""
    lens = stage.lens
    return lens.eye_m + (lens.horizon - row) * depth_m / lens.focal


def _third(actor: Actor, main: Actor | None, shot: Shot, index: int) -> float:  # noqa: PLR0911 - a return a position
    """Where across the frame: the word's own third, else a third that leaves room to look into."""
    subject = actor.subject
    whole = shot.size in {ShotSize.EXTREME_WIDE, ShotSize.WIDE, ShotSize.MEDIUM_WIDE}
    aside = 0.165 if whole else 0.09
    looking = {Facing.LEFT: 1.0, Facing.RIGHT: -1.0}.get(subject.facing, 0.0)
    if shot.angle is Angle.OVER_THE_SHOULDER and actor is main:
        return 0.5 + 0.14 * (looking or 1.0)
    match subject.position:
        case Position.LEFT:
            return 0.5 - aside * 1.05
        case Position.RIGHT:
            return 0.5 + aside * 1.05
        case Position.FOREGROUND:
            return 0.5 + (looking or -1.0) * 0.27
        case Position.BACKGROUND:
            return 0.5 + (-0.24 if _leans_right(main) else 0.24) * (1 if index % 2 else 0.8)
        case Position.CENTRE:
            if actor is main:
                return 0.5 if shot.size is ShotSize.DETAIL else 0.5 + aside * 0.62 * looking
            return 0.5 - aside * 1.25 if _leans_right(main) else 0.5 + aside * 1.25


def _leans_right(main: Actor | None) -> bool:
    return main is not None and (main.subject.position is Position.RIGHT or main.subject.facing is Facing.LEFT)


def _inside(stage: Stage, spot: Spot) -> float:
    """Its place across, moved so that the whole of it is in the frame where it fits and is meant to be seen whole."""
    share = spot.actor.width_m / max(1e-6, 2 * stage.across(spot.z_m)) / 2 + 0.02
    if share > 0.48 or spot.row in {4, 11}:
        return min(1.0, max(0.0, spot.across))
    return min(1 - share, max(share, spot.across))


def _apart(stage: Stage, spots: list[Spot]) -> list[Spot]:
    """The same spots, moved so that actors of one row do not cover one another."""
    out: list[Spot] = []
    spots = [replace(spot, across=_inside(stage, spot)) for spot in spots]
    for row in sorted({spot.row for spot in spots}):
        group = sorted((spot for spot in spots if spot.row == row), key=lambda spot: spot.across)
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
    along = lead or (spot.row == 0 and spot.actor.subject.pose in {Pose.WALK, Pose.RUN})
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
        _readable(stage, tones(stage, spot.actor, min(depth, 0.4 * depth + stage.unit) if spot.row == 7 else depth)),
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
