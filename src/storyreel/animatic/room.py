"""The shell of a room: back wall with windows cut out, side walls, floor boards, ceiling; and the light that falls in."""

import itertools
import math
from dataclasses import dataclass
from enum import Enum, auto

import numpy as np

from storyreel.animatic import colour
from storyreel.animatic.camera import View
from storyreel.animatic.canvas import Canvas
from storyreel.animatic.colour import Rgb
from storyreel.animatic.scenery import Boards, Scissors, Shine
from storyreel.animatic.setting import Layer
from storyreel.animatic.stage import Stage
from storyreel.animatic.stillness import HoldsStill, Lives
from storyreel.domain.storyboard import Weather

BANDS = 14  # of the back wall's shading


@dataclass(frozen=True, slots=True)
class Opening:
    """A window in the back wall, in metres."""

    x: float
    y: float
    wide: float
    high: float


class Glazing(Enum):
    """How windows are made."""

    HOUSE = auto()  # bars and curtains
    PANE = auto()  # one pane with round corners in a plate, as in a carriage
    PORTHOLE = auto()


ROUND = {Glazing.PANE: 0.4, Glazing.PORTHOLE: 1.0}  # of half a window's lesser side


@dataclass(frozen=True, slots=True)
class Room:
    """A room's measures."""

    back: float  # depth of the back wall
    front: float
    half: float  # from the middle to a side wall
    high: float
    unit: float  # about a metre; larger where the shot is of something large
    wall: Rgb
    floor: Rgb
    windows: tuple[Opening, ...]
    free_side: float  # -1 or 1: the side where the wall has no window
    glazing: Glazing = Glazing.HOUSE

    def tone(self, stage: Stage, albedo: Rgb, depth_m: float) -> Rgb:
        """A surface in the room: dimmer than outdoors, warm where lamps are lit."""
        light = _indoor(stage)
        return colour.mix(
            colour.mix(colour.times(albedo, light), stage.palette.ink, 0.52 - 0.4 * colour.luma(albedo) / 255),
            stage.palette.haze,
            0.12 * stage.air(depth_m),
        )

    def edge(self, stage: Stage, fill: Rgb) -> tuple[Rgb, float, float]:
        """A bright edge on the side of the window."""
        return colour.mix(fill, stage.palette.light, 0.35 + 0.2 * stage.palette.gleam), -self.free_side * 1.3, -1.1


def _indoor(stage: Stage) -> Rgb:
    level = stage.palette.level
    day = colour.mix(stage.palette.ambient, stage.palette.light, 0.35)
    lamp = colour.scaled(colour.mix(stage.palette.lamp, stage.palette.sky[1], 0.16), 0.7)
    share = 0.66 if stage.palette.dark else max(0.0, 0.5 - 0.5 * level)
    return colour.mix(colour.scaled(day, 0.95), lamp, share)


def room_of(
    stage: Stage,
    wall: Rgb,
    floor: Rgb,
    windows: int,
    tall: float,
    *,
    arched: bool = False,
    glazing: Glazing = Glazing.HOUSE,
) -> Room:
    """A room around the subject, as deep and high as the shot needs."""
    lens = stage.lens
    unit = max(1.0, lens.depth_m / lens.focal / 3.2)
    back = lens.depth_m + max(2.2, 0.55 * lens.depth_m)
    half = max(2.4 * unit, stage.across(back) * 0.92)
    high = max(2.7 * unit * tall, (lens.eye_m + (lens.horizon - 0.06) * back / lens.focal) * min(1.6, tall))
    side = -1.0 if stage.lamp.x < 0.5 else 1.0
    openings: list[Opening] = []
    wide, sill, rise = 1.4 * unit, 0.85 * unit, 1.45 * unit * max(1.0, tall * 0.9)
    if arched:
        wide, sill = 0.8 * unit, 1.5 * unit
    if glazing is Glazing.PANE:
        wide, sill, rise = 0.54 * half, 1.0 * unit, 0.85 * unit
    elif glazing is Glazing.PORTHOLE:
        wide, sill, rise = 0.95 * unit, 1.15 * unit, 0.95 * unit
    for k in range(windows):
        x = side * half * (0.42 if windows == 1 else 0.62 - 0.62 * k)
        openings.append(Opening(x, sill, wide, min(rise, high * 0.86 - sill)))
    return Room(back, min(0.5 * lens.depth_m, 1.2), half, high, unit, wall, floor, tuple(openings), -side, glazing)


def shell(stage: Stage, room: Room) -> list[Layer]:
    """Walls, ceiling and floor."""
    light = _indoor(stage)
    wall = colour.mix(colour.times(room.wall, light), stage.palette.ink, 0.08)
    boards = Boards(room.back * 1.0005)
    near = min(room.front, 0.3 * stage.lens.depth_m)
    for side in (-1.0, 1.0):
        bright = colour.mix(wall, stage.palette.ink, 0.3 if side == -room.free_side else 0.16)
        for k in range(6):
            a, b = near + (room.back - near) * k / 6, near + (room.back - near) * (k + 1) / 6
            boards.side(side * room.half, -0.05, room.high, a, b, colour.mix(bright, stage.palette.ink, 0.34 * (1 - k / 5)))
    count = 15
    plank = 2 * room.half / count
    own = colour.mix(colour.times(room.floor, light), stage.palette.ink, 0.2)
    for k in range(count):
        x = -room.half + plank * k
        for part in range(4):
            a, b = near + (room.back - near) * part / 4, near + (room.back - near) * (part + 1) / 4
            boards.floor(
                x, x + plank, a, b, colour.mix(own, stage.palette.ink, 0.06 * (k % 2) + 0.03 * (k % 3) + 0.3 * (1 - part / 3))
            )
    for part in range(4):
        a, b = near + (room.back - near) * part / 4, near + (room.back - near) * (part + 1) / 4
        boards.floor(-room.half, room.half, a, b, colour.mix(wall, stage.palette.ink, 0.4 + 0.3 * (1 - part / 3)), y=room.high)
    return [BackWall(stage, room, room.back * 1.001, wall), *boards.layers(), *_panes(stage, room), *_frames(stage, room)]


@dataclass(frozen=True, slots=True)
class BackWall(HoldsStill):
    """The wall that faces the camera, darker towards ceiling and corners, with holes where the windows are."""

    stage: Stage
    room: Room
    z_m: float
    fill: Rgb

    def paint(self, canvas: Canvas, view: View, time_s: float) -> None:  # noqa: ARG002 - a wall stands still
        """Draw the wall band by band around the windows."""
        room, z = self.room, self.room.back
        scale = view.per_m(z)
        left, top = view.point(-room.half * 1.02, room.high, z)
        right, foot = view.point(room.half * 1.02, -0.02, z)
        holes = [
            (view.point(one.x - one.wide / 2, one.y + one.high, z), view.point(one.x + one.wide / 2, one.y, z))
            for one in room.windows
        ]
        cuts = {round(top), round(foot), *(round(a[1]) for a, _ in holes), *(round(b[1]) for _, b in holes)}
        rows = sorted({*cuts, *(round(top + (foot - top) * k / BANDS) for k in range(BANDS))})
        for a, b in itertools.pairwise(rows):
            part = (a + b) / 2
            high = min(1.0, max(0.0, (foot - part) / max(1.0, foot - top)))
            tone = colour.mix(self.fill, self.stage.palette.ink, 0.02 + 0.75 * abs(high - 0.45) ** 1.4)
            x = left
            for (x0, y0), (x1, y1) in sorted(holes):
                if round(y0) <= a and b <= round(y1):
                    canvas.box(x, a, x0, b, tone)
                    x = x1
            canvas.box(x, a, right, b, tone)
        skirting = 0.14 * room.unit * scale
        canvas.box(left, foot - skirting, right, foot, colour.mix(self.fill, self.stage.palette.ink, 0.4))


def rug(stage: Stage, room: Room) -> list[Layer]:
    """A carpet where the subject is."""
    z0, z1 = max(room.front, 0.72 * stage.lens.depth_m), min(room.back * 0.97, 1.22 * stage.lens.depth_m)
    if z1 <= z0:
        return []
    tone = room.tone(stage, colour.of("7d4a44"), z0)
    half = room.half * 0.56
    carpet = Boards(room.back * 1.0004).floor(-half, half, z0, z1, tone)
    inset = (z1 - z0) * 0.09
    carpet.floor(-half * 0.95, half * 0.95, z0 + inset, z1 - inset, colour.mix(tone, stage.palette.light, 0.16))
    carpet.floor(-half * 0.91, half * 0.91, z0 + inset * 1.7, z1 - inset * 1.7, tone)
    return list(carpet.layers())


def _panes(stage: Stage, room: Room) -> list[Layer]:
    """What the glass adds: the cool of the night, and the weather that goes on outside."""
    out: list[Layer] = []
    if stage.palette.dark:
        cut = Scissors(room.back * 0.9999)
        for one in room.windows:
            x0, x1 = one.x - one.wide / 2, one.x + one.wide / 2
            cut.box(x0, one.y, x1, one.y + one.high, colour.of("2f558c"), 0.45)
        out += cut.layers()
        out += [
            Shine(one.x, one.y + one.high / 2, room.back * 0.9992, one.high, (120.0, 160.0, 220.0), 0.16) for one in room.windows
        ]
    if stage.weather in FALLING:
        out += [Outside(stage, one, room.back * 0.9998) for one in room.windows]
    return out


FALLING = {Weather.SNOW, Weather.RAIN, Weather.STORM}
MANY = 90  # flakes or drops in a window


@dataclass(frozen=True, slots=True)
class Outside(Lives):
    """Snow or rain that falls behind a window's glass."""

    stage: Stage
    window: Opening
    z_m: float

    def paint(self, canvas: Canvas, view: View, time_s: float) -> None:
        """Draw what falls within the window, driven by the wind."""
        stage, one = self.stage, self.window
        random = stage.random(640)
        x, y, near = random.random((3, MANY))
        snow = stage.weather is Weather.SNOW
        drive = 0.22 if snow else 0.12
        down = (0.32 if snow else 1.9) * (0.55 + 0.7 * near)
        row = (y + time_s * down) % 1.0
        column = (x - time_s * drive * (0.6 + near) + 0.03 * np.sin(time_s * 1.7 + 6 * x)) % 1.0
        left, top = view.point(one.x - one.wide / 2, one.y + one.high, self.z_m)
        right, foot = view.point(one.x + one.wide / 2, one.y, self.z_m)
        scale = (foot - top) / 100
        for a, b, n in zip(column.tolist(), row.tolist(), near.tolist(), strict=True):
            px, py = left + a * (right - left), top + b * (foot - top)
            if snow:
                canvas.ellipse(px, py, (0.5 + 1.3 * n * n) * scale, (0.5 + 1.3 * n * n) * scale, (236.0, 242.0, 250.0), 0.85)
            else:
                end = min(foot, py + (4 + 6 * n) * scale)
                canvas.line(
                    np.array(((px, py), (px - 0.1 * (end - py), end))), (190.0, 206.0, 226.0), max(0.6, 0.35 * scale), 0.5
                )
        if snow:
            heap = np.array(
                (
                    (left, foot),
                    (left, foot - 7 * scale),
                    ((left + right) / 2, foot - 3 * scale),
                    (right, foot - 9 * scale),
                    (right, foot),
                )
            )
            canvas.polygon(heap, (214.0, 224.0, 240.0))


def _plates(stage: Stage, room: Room, share: float) -> list[Layer]:
    """Frames of one piece, whose windows have round corners."""
    cut, tone = Scissors(room.back * 0.9995), room.tone(stage, colour.of("7d858c"), room.back)
    pale = colour.mix(tone, stage.palette.light, 0.3)
    rim = 0.09 * room.unit
    for one in room.windows:
        x0, x1, y0, y1 = one.x - one.wide / 2, one.x + one.wide / 2, one.y, one.y + one.high
        cut.box(x0 - rim, y0 - rim, x0, y1 + rim, tone).box(x1, y0 - rim, x1 + rim, y1 + rim, tone)
        cut.box(x0, y1, x1, y1 + rim, tone).box(x0, y0 - rim, x1, y0, pale)
        radius = share * min(one.wide, one.high) / 2
        for right, up in itertools.product((-1, 1), (-1, 1)):
            corner = np.array((x1 if right > 0 else x0, y1 if up > 0 else y0))
            turn = np.linspace(0, np.pi / 2, 12)
            arc = corner - radius * np.array((right, up)) * (1 - np.stack((np.cos(turn), np.sin(turn)), 1))
            cut.add(np.concatenate((corner[None], arc)), tone)
    return list(cut.layers())


def _frames(stage: Stage, room: Room) -> list[Layer]:
    if room.glazing in ROUND:
        return _plates(stage, room, ROUND[room.glazing])
    cut = Scissors(room.back * 0.9995)
    tone = room.tone(stage, colour.of("6d5a48"), room.back)
    pale = colour.mix(tone, stage.palette.light, 0.25)
    bar = 0.045 * room.unit
    for one in room.windows:
        x0, x1, y0, y1 = one.x - one.wide / 2, one.x + one.wide / 2, one.y, one.y + one.high
        cut.box(x0 - bar, y0, x0 + bar, y1, tone).box(x1 - bar, y0, x1 + bar, y1, tone).box(x0, y1 - bar, x1, y1 + bar, tone)
        cut.box(one.x - bar * 0.6, y0, one.x + bar * 0.6, y1, tone).box(
            x0, y0 + one.high * 0.6 - bar * 0.5, x1, y0 + one.high * 0.6 + bar * 0.5, tone
        )
        cut.box(x0 - bar * 3, y0 - bar * 1.6, x1 + bar * 3, y0 + bar * 0.4, pale)
        curtain = room.tone(stage, colour.of("9a7f78"), room.back)
        for side in (-1, 1):
            edge = one.x + side * (one.wide / 2 + bar)
            s = np.linspace(0, 1, 8)
            inner = edge - side * one.wide * (0.2 - 0.12 * s**1.5)
            fall = y1 + bar * 3 - (one.high * 1.14 + bar) * s
            cut.add(
                np.concatenate(
                    (
                        np.stack((inner, fall), 1),
                        ((edge + side * one.wide * 0.14, fall[-1]), (edge + side * one.wide * 0.1, fall[0])),
                    )
                ),
                curtain,
            )
    return list(cut.layers())


def lightfall(stage: Stage, room: Room) -> list[Layer]:
    """The windows' light: a bloom about each, a slanting shaft, a bright patch on the floor."""
    out: list[Layer] = []
    for one in room.windows:
        strength = (0.3 + 0.3 * stage.palette.level) * (0.4 + 0.6 * stage.palette.gleam)
        out.append(
            Shine(
                one.x,
                one.y + one.high / 2,
                room.back * 0.9,
                one.high * 1.25,
                colour.mix(stage.palette.light, stage.palette.sky[3], 0.3),
                strength * 0.6,
            )
        )
        out.append(Shaft(stage, room, one, room.back * 0.9))
    return out


@dataclass(frozen=True, slots=True)
class Shaft:
    """Light through a window: nested slanting bands in the air and the window's shape on the floor."""

    stage: Stage
    room: Room
    window: Opening
    z_m: float

    @property
    def still_m(self) -> float | None:
        """Its nearest depth where nothing in it moves."""
        return self.room.front

    def paint(self, canvas: Canvas, view: View, time_s: float) -> None:  # noqa: ARG002 - the light moves too slowly to see
        """Draw the patch on the floor and the shaft above it."""
        stage, room, one = self.stage, self.room, self.window
        strength = (0.22 + 0.5 * stage.palette.level) * (0.35 + 0.65 * stage.palette.gleam)
        fill = stage.palette.light
        lean = room.free_side * one.wide * 1.1
        near, far = room.back - (room.back - room.front) * 0.55, room.back - (room.back - room.front) * 0.16
        for a, b in ((0.02, 0.47), (0.53, 0.98)):
            quad = np.array(
                [
                    (one.x + (a - 0.5) * one.wide + lean * 0.5, 0, far),
                    (one.x + (b - 0.5) * one.wide + lean * 0.5, 0, far),
                    (one.x + (b - 0.5) * one.wide * 1.3 + lean, 0, near),
                    (one.x + (a - 0.5) * one.wide * 1.3 + lean, 0, near),
                ]
            )
            flat = view.solid(quad)
            middle = flat.mean(axis=0)
            for k in range(4):
                canvas.polygon(middle + (flat - middle) * (1.16 - 0.1 * k), fill, 0.1 * strength)
        top = [(one.x - one.wide / 2, one.y + one.high, room.back), (one.x + one.wide / 2, one.y + one.high, room.back)]
        low = [(one.x + one.wide * 0.65 + lean, 0.0, near), (one.x - one.wide * 0.65 + lean, 0.0, near)]
        flat = view.solid(np.array(top + low))
        axis = flat.reshape(2, 2, 2).mean(axis=1)
        for k in range(7):
            part = 1 - k / 7
            wedge = np.array(
                (
                    axis[0] + (flat[0] - axis[0]) * part,
                    axis[0] + (flat[1] - axis[0]) * part,
                    axis[1] + (flat[2] - axis[1]) * part,
                    axis[1] + (flat[3] - axis[1]) * part,
                )
            )
            canvas.polygon(np.clip(wedge, -6000, 6000), fill, 0.022 * strength * (1 + 0.2 * math.sin(k)))


@dataclass(frozen=True, slots=True)
class Spot(HoldsStill):
    """A spotlight from above onto the middle of a stage: a cone and its pool."""

    stage: Stage
    x_m: float
    z_m: float

    def paint(self, canvas: Canvas, view: View, time_s: float) -> None:  # noqa: ARG002 - it holds still
        """Draw nested cones and a soft pool on the boards."""
        x, y = view.point(self.x_m, 0.0, self.z_m)
        scale = view.per_m(self.z_m)
        wide = min(canvas.width * 0.3, 1.9 * scale)
        flat = min(0.4, max(0.08, view.y_m / self.z_m))
        top = x - canvas.width * 0.12
        for k in range(8):
            part = 1 - k / 8
            cone = np.array(
                ((top - 8, -6), (top + 8, -6), (x + wide * part, y), (x, y + wide * flat * part), (x - wide * part, y))
            )
            canvas.polygon(cone, self.stage.palette.lamp, 0.028)
        for k in range(9):
            part = 1 - k / 10
            canvas.ellipse(x, y, wide * part, wide * flat * part, self.stage.palette.lamp, 0.05)
