"""What stands around the actors: a rock under a landmark, a table under a thing, a chair, a shoulder to look over."""

from collections.abc import Sequence

import numpy as np

from storyreel.animatic import colour
from storyreel.animatic.casting import LIVING
from storyreel.animatic.colour import Rgb
from storyreel.animatic.growth import disc, rock
from storyreel.animatic.noise import skyline
from storyreel.animatic.paint import Placed
from storyreel.animatic.resting import BED_M
from storyreel.animatic.scenery import Boards, Cutout, Panels, Scissors, Shine
from storyreel.animatic.seats import is_seated
from storyreel.animatic.setting import Below, Layer, Setting
from storyreel.animatic.stage import Stage
from storyreel.animatic.surfaces import is_laid
from storyreel.domain.storyboard import Angle, Facing, Pose, Shot
from storyreel.lexicon.concepts import Kind, Stands

SEAT_M = 0.44  # of one who is 1.72 m tall


def surroundings(stage: Stage, setting: Setting, shot: Shot, placed: Sequence[Placed]) -> list[Layer]:
    """The layers that the actors themselves ask for."""
    out: list[Layer] = []
    if placed and stage.palette.level < 0.5:
        out += _halo(stage, min(placed, key=lambda one: abs(one.z_m - stage.lens.depth_m)))
    for one in placed:
        out += _under(stage, setting, one) if not is_laid(one, placed) else []
        out += _about(stage, setting, one)
        if one.actor.subject.pose is Pose.SIT and one.grounded and one.actor.upright and not is_seated(one, placed):
            out += _seat(stage, setting, one)
    sleepers = [one for one in placed if one.actor.subject.pose is Pose.LIE and one.y_m >= BED_M and not is_seated(one, placed)]
    if sleepers:
        out += _berth(stage, setting, max(sleepers, key=lambda one: one.actor.width_m))
    turned = any(one.actor.kind in LIVING and one.actor.subject.facing is Facing.AWAY for one in placed)  # one looks past them
    if shot.angle is Angle.OVER_THE_SHOULDER and not turned and sum(one.actor.upright for one in placed) < 2:
        out += _shoulder(stage, placed)
    return out


def _under(stage: Stage, setting: Setting, one: Placed) -> list[Cutout]:
    """What a thing lies or rises on."""
    if one.y_m > 0 and one.actor.column == 2 and setting.island and one.actor.stands is not Stands.SKY:
        return _mound(stage, setting, one)
    if _lies_high(one) and setting.below is not Below.SKY:
        return _table(stage, one)
    if one.grounded and one.actor.column == 3 and not setting.roof:
        return _bed(stage, setting, one)
    return []


def _lies_high(one: Placed) -> bool:
    """Whether a small thing is up where only a table can hold it; a ball is in the air."""
    return (
        one.actor.subject.concept != "ball"
        and one.y_m > 0.2
        and not one.afloat
        and one.actor.stands in {Stands.TABLE, Stands.HAND}
        and one.actor.family != "hand"
    )


def _about(stage: Stage, setting: Setting, one: Placed) -> list[Layer]:
    """What an actor has with it: the train its rails, the swimmer foam, who would stand on water a boat."""
    out: list[Layer] = []
    if one.actor.family == "train" and one.grounded:
        out += _rails(stage, one)
    if one.afloat and one.actor.kind is Kind.ANIMAL:
        out += _foam(stage, one)
    if setting.below is Below.WATER and one.actor.stands is Stands.GROUND and not one.afloat and not one.y_m:
        out += _raft(stage, one)
    return out


def _halo(stage: Stage, one: Placed) -> list[Shine]:
    """A breath of light behind the main subject after dark, which lifts its outline from the ground."""
    tall = min(one.actor.height_m, 0.8 * one.z_m / stage.lens.focal)
    fill = colour.mix(stage.palette.sky[3], stage.palette.light, 0.35)
    behind = Shine(one.x_m, one.y_m + 0.6 * tall, one.z_m * 1.003, 1.3 * tall, fill, 0.42, unrest=0.0)
    pool = Shine(one.x_m, one.y_m, one.z_m * 1.004, 1.7 * tall, fill, 0.42, unrest=0.0, flat=0.22)
    return [behind, pool] if one.grounded else [behind]


def _mound(stage: Stage, setting: Setting, one: Placed) -> list[Cutout]:
    """A rounded headland whose top carries the landmark's foot."""
    random = stage.random(51)
    high, half = one.y_m, max(one.actor.width_m * 1.6, one.actor.height_m * random.uniform(0.95, 1.2))
    x = np.linspace(-1, 1, 60)
    lean = 0.25 * (1 if one.x_m < 0 else -1)
    flat_top = np.clip((1.0 - np.abs(x + lean * (1 - np.abs(x)))) / 0.62, 0, 1)
    crest = high * (flat_top * flat_top * (3 - 2 * flat_top)) * (1 + 0.05 * skyline(random, x, 0.5, 4))
    crest[np.abs(x) < one.actor.width_m / half * 0.75] = high
    depth = one.z_m * 1.002
    fill = colour.mix(
        stage.shadow(depth, 0.04),
        stage.seen(colour.mix(colour.of("5c5a4c"), setting.ground, 0.35), depth),
        0.25 + 0.4 * stage.palette.level,
    )
    light = colour.mix(fill, stage.palette.light, 0.5 * stage.palette.gleam + 0.1)
    right, down = stage.lamp.towards(0.5, 0.6)
    ring = np.concatenate(
        (np.stack((one.x_m + x * half, crest), 1), ((one.x_m + half, -0.02 * high), (one.x_m - half, -0.02 * high)))
    )
    return Scissors(depth).add(ring, fill).layers((light, right * 1.8, min(-0.8, down * 1.8)))


def _table(stage: Stage, one: Placed) -> list[Cutout]:
    """A table top (or ledge) under a thing, down past the frame."""
    depth = one.z_m * 1.001
    half = stage.across(depth) * 0.82
    wood = stage.seen(colour.of("7b5638"), depth, 0.25)
    rim = colour.mix(wood, stage.palette.light, 0.35)
    thick = 0.035 * depth / stage.lens.focal
    x = one.x_m * 0.4
    top = np.array(
        (
            (x - half, one.y_m - thick * 2.2),
            (x + half, one.y_m - thick * 2.2),
            (x + half * 0.94, one.y_m + thick * 0.5),
            (x - half * 0.94, one.y_m + thick * 0.5),
        )
    )
    out = Scissors(depth).add(top, rim)
    out.box(x - half, one.y_m - thick * 4.4, x + half, one.y_m - thick * 2.1, colour.mix(wood, stage.palette.ink, 0.25))
    out.box(
        x - half * 0.97, one.y_m - depth * 1.2, x + half * 0.97, one.y_m - thick * 4.3, colour.mix(wood, stage.palette.ink, 0.6)
    )
    return out.layers()


def _bed(stage: Stage, setting: Setting, one: Placed) -> list[Cutout]:
    """A little of the ground before a small thing that lies on it, so that it lies in sand, grass or snow."""
    depth, random = one.z_m * 0.999, stage.random(54)
    half, high = 0.95 * one.actor.width_m, 0.09 * one.actor.height_m
    x = np.linspace(-1, 1, 40)
    crest = high * (1 - x * x) ** 1.5 * (1 + 0.3 * skyline(random, x, 0.5, 3)) - 0.3 * high
    fill = colour.mix(stage.seen(setting.ground, depth, 0.3), stage.palette.ink, 0.3 * (1 - stage.palette.level))
    ring = np.concatenate((np.stack((one.x_m + half * x, crest), 1), ((one.x_m + half, -high), (one.x_m - half, -high))))
    light = colour.mix(fill, stage.palette.light, 0.35 * stage.palette.gleam)
    return Scissors(depth).add(ring, fill).layers((light, stage.lamp.towards(0.5, 0.7)[0], -1.0))


def _rails(stage: Stage, one: Placed) -> list[Panels]:
    """The track that a train stands on, across the picture: ballast, sleepers, two rails."""
    depth, half = one.z_m, 1.3 * stage.across(one.z_m)
    boards = Boards(depth * 1.05)
    bed = stage.seen(colour.of("5a544e"), depth, 0.5)
    boards.floor(-half, half, depth * 0.955, depth * 1.05, bed)
    step = max(0.9, half / 60)
    wood = colour.mix(bed, stage.palette.ink, 0.5)
    for k in range(int(-half / step), int(half / step) + 1):
        boards.floor(k * step, k * step + 0.35 * step, depth * 0.97, depth * 1.035, wood)
    steel = colour.mix(bed, stage.palette.light, 0.55)
    for z in (0.985, 1.02):
        boards.floor(-half, half, depth * (z - 0.004), depth * (z + 0.004), steel)
    return list(boards.layers())


def _foam(stage: Stage, one: Placed) -> list[Cutout]:
    """White water where a great animal breaks the surface."""
    depth, random = one.z_m * 0.998, stage.random(55)
    half = 0.52 * one.actor.width_m
    fill = colour.mix(stage.palette.haze, colour.WHITE, 0.3 + 0.35 * stage.palette.level)
    cut = Scissors(depth)
    for _ in range(46):
        x = half * float(np.clip(random.normal(0, 0.5), -1.05, 1.05))
        size = 0.055 * one.actor.height_m * random.uniform(0.4, 1.3)
        cut.add(disc(one.x_m + x, 0.25 * size, 2.6 * size, size * 0.75, 14), fill, share=0.55)
    return cut.layers(sway=0.0)


def _raft(stage: Stage, one: Placed) -> list[Cutout]:
    """A small boat under whoever would else stand on open water: its near side covers the feet."""
    depth = one.z_m * 0.999
    half = max(1.25, one.actor.width_m * 1.5) * max(0.6, one.actor.height_m / 1.75) ** 0.5
    high = half * 0.3
    s = np.linspace(-1, 1, 24)
    top = np.stack((one.x_m + half * s, high * (0.72 + 0.42 * s**4)), 1)
    keel = np.stack((one.x_m + half * 0.86 * s, -high * 0.25 * (1 - s**2)), 1)
    tone = colour.mix(stage.palette.ink, stage.seen(colour.of("7a5a40"), depth, 0.2), 0.35 + 0.3 * stage.palette.level)
    board = np.concatenate((top, (top - np.array((0.0, high * 0.16)))[::-1]))
    right, down = stage.lamp.towards(0.5, 0.7)
    cut = Scissors(depth).add(np.concatenate((top, keel[::-1])), tone).add(board, colour.mix(tone, stage.palette.light, 0.22))
    return cut.layers((colour.mix(tone, stage.palette.light, 0.6), right * 1.8, down * 1.8))


def _seat(stage: Stage, setting: Setting, one: Placed) -> list[Cutout]:
    """What one sits on: a chair under a roof, a cushioned seat in what travels, a log or stone in the open."""
    turned = setting.roof and one.actor.subject.facing is Facing.AWAY
    depth, u = one.z_m * (0.999 if turned else 1.001), one.actor.tall_m / 1.72
    back = 0.0 if turned else 1.0 if one.mirrored else -1.0
    x, cut = one.x_m + back * 0.04 * u, Scissors(depth)
    if setting.seated:
        cloth = colour.mix(stage.palette.ink, stage.palette.lit(colour.of("7a3f3c"), 0.2), 0.6)
        _cushions(cut, x, u, back, cloth)
    elif setting.roof:
        _chair(cut, x, u, back, colour.mix(stage.palette.ink, stage.palette.lit(colour.of("7a5638"), 0.2), 0.55))
    else:
        stone = stage.seen(colour.of("6f675c"), depth, 0.5)
        cut.add(rock(stage.random(53), 0.95 * u, 0.98 * SEAT_M * u), stone, one.x_m + back * 0.09 * u)
    right, down = stage.lamp.towards(0.5, 0.7)
    return cut.layers((colour.mix(stage.palette.ink, stage.palette.light, 0.5), right * 1.4, down * 1.4))


def _cushions(cut: Scissors, x: float, u: float, back: float, cloth: Rgb) -> None:
    """A seat of a train or a car; its back is at that side, or towards the camera where that is 0."""
    rear, half = x + back * 0.3 * u, (0.1 if back else 0.3) * u
    cut.box(x - 0.3 * u, 0.12 * u, x + 0.3 * u, SEAT_M * u, cloth).box(rear - half, 0.12 * u, rear + half, 1.12 * u, cloth)
    cut.add(disc(rear, 1.12 * u, half, (0.25 if back else 0.1) * u), cloth)


def _chair(cut: Scissors, x: float, u: float, back: float, wood: Rgb) -> None:
    """The same of a chair."""
    seat = SEAT_M * u
    cut.box(x - 0.25 * u, seat - 0.05 * u, x + 0.25 * u, seat, wood)
    for leg in (-0.22, 0.2):
        cut.box(x + leg * u - 0.025 * u, 0, x + leg * u + 0.025 * u, seat, wood)
    for post in (back * 0.24 * u,) if back else (-0.22 * u, 0.22 * u):
        cut.box(x + post - 0.025 * u, seat - 0.04 * u, x + post + 0.025 * u, 1.0 * u, wood)
    for rail in () if back else (0.62, 0.8, 0.96):
        cut.box(x - 0.22 * u, (rail - 0.04) * u, x + 0.22 * u, (rail + 0.04) * u, wood)


def _berth(stage: Stage, setting: Setting, one: Placed) -> list[Cutout]:
    """What one lies on under a roof: a bed with a pillow, or a bench in what travels."""
    depth, half, head = one.z_m * 1.001, 0.54 * one.actor.width_m, 1.0 if one.mirrored else -1.0
    wood = colour.mix(stage.palette.ink, stage.palette.lit(colour.of("7a5638"), 0.2), 0.55)
    cloth = colour.mix(stage.palette.ink, stage.palette.lit(colour.of("7a3f3c" if setting.seated else "c9c2b4"), 0.2), 0.72)
    pillow = colour.mix(stage.palette.ink, stage.palette.lit(colour.of("e4ded2"), 0.2), 0.8)
    x, cut = one.x_m, Scissors(depth)
    if setting.seated:
        cut.box(x - half, 0.06, x + half, one.y_m, cloth)
    else:
        end = x + head * half
        cut.box(end - 0.04, 0, end + 0.04, one.y_m + 0.42, wood).box(x - head * half - 0.04, 0, x - head * half + 0.04, 0.6, wood)
        cut.box(x - half, 0.2, x + half, 0.3, wood).box(x - half, 0.3, x + half, one.y_m, cloth)
    cut.add(disc(x + head * 0.82 * half, one.y_m + 0.03, 0.2, 0.08), pillow)
    right, down = stage.lamp.towards(0.5, 0.7)
    return cut.layers((colour.mix(stage.palette.ink, stage.palette.light, 0.5), right * 1.4, down * 1.4))


def _shoulder(stage: Stage, placed: Sequence[Placed]) -> list[Cutout]:
    """The one whose shoulder the camera looks over, dark and near, on the side that the main subject leaves free."""
    lens = stage.lens
    depth = lens.depth_m * 0.4
    side = -1.0 if placed and placed[0].x_m >= 0 else 1.0
    frame = depth / lens.focal
    x, y = side * stage.across(depth) * 0.72, lens.eye_m + (lens.horizon - 0.5) * frame
    tone = colour.mix(stage.palette.ink, colour.BLACK, 0.25)
    light = colour.mix(tone, stage.palette.light, 0.35 * stage.palette.gleam + 0.1)
    head = disc(x, y + 0.02 * frame, 0.135 * frame, 0.18 * frame, 40)
    turn = np.linspace(0, np.pi, 30)
    body = np.stack(
        (x - side * -0.06 * frame + np.cos(turn) * 0.42 * frame, y - 0.55 * frame + np.sin(turn) ** 0.8 * 0.4 * frame), 1
    )
    trunk = np.concatenate((body, ((x - 0.5 * frame, y - 2 * frame), (x + 0.5 * frame, y - 2 * frame))))
    neck = np.array(
        ((x - 0.07 * frame, y), (x + 0.07 * frame, y), (x + 0.1 * frame, y - 0.35 * frame), (x - 0.1 * frame, y - 0.35 * frame))
    )
    right, down = stage.lamp.towards(0.5 + side * 0.36, 0.5)
    return Scissors(depth).add((trunk, neck, head), tone).layers((light, right * 2.5, down * 2.5))
