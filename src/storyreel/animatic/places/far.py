"""Beyond the everyday: space, a strange planet, under water, a cave, high in the sky."""

from dataclasses import dataclass

import numpy as np

from storyreel.animatic import colour, growth
from storyreel.animatic.camera import View
from storyreel.animatic.canvas import Canvas
from storyreel.animatic.noise import skyline
from storyreel.animatic.palette import Palette
from storyreel.animatic.places import land
from storyreel.animatic.places.moon import REGOLITH, StarField, moon, void
from storyreel.animatic.scenery import Blades, Mist, Scissors, Shine
from storyreel.animatic.setting import Below, Heavens, Layer, Setting
from storyreel.animatic.stage import Stage
from storyreel.animatic.stillness import HoldsStill, Lives


def deep(palette: Palette) -> Heavens:
    """Water from the bright surface down to the dark."""
    light = colour.times(colour.of("6fc4d8"), colour.mix(palette.ambient, colour.WHITE, 0.2))
    return (
        light,
        colour.mix(light, colour.of("0f4a6a"), 0.5),
        colour.mix(colour.of("0b3350"), palette.ink, 0.25),
        colour.mix(colour.of("061c30"), palette.ink, 0.3),
    )


def alien(palette: Palette) -> Heavens:
    """A sky of another sun."""
    zenith, upper, lower, horizon = palette.sky
    rust = colour.of("c46a4a")
    return (
        colour.mix(zenith, colour.of("3a2450"), 0.5),
        colour.mix(upper, colour.of("7a4668"), 0.5),
        colour.mix(lower, rust, 0.45),
        colour.mix(horizon, colour.of("f0b070"), 0.4),
    )


SHADES = 34  # steps of a planet's shaded side


@dataclass(frozen=True, slots=True)
class Orb(HoldsStill):
    """A planet: a disc with a shaded limb, bands and a rim of air."""

    stage: Stage
    z_m: float
    x: float  # frame widths
    y: float  # frame heights
    radius: float  # frame heights
    fill: colour.Rgb

    def paint(self, canvas: Canvas, view: View, time_s: float) -> None:  # noqa: ARG002 - planets turn too slowly to see
        """Draw air, disc and shade."""
        lens = self.stage.lens
        x = self.x * lens.width_px + (view.centre_px - lens.width_px / 2)
        y = self.y * lens.height_px + (view.horizon_px - lens.horizon * lens.height_px)
        r = self.radius * lens.height_px
        right, down = self.stage.lamp.towards(self.x, self.y)
        for k in range(6):
            canvas.ellipse(x, y, r * (1.09 - 0.014 * k), r * (1.09 - 0.014 * k), colour.mix(self.fill, colour.WHITE, 0.3), 0.05)
        canvas.ellipse(x, y, r, r, colour.mix(self.fill, colour.WHITE, 0.12))
        turn, dark = np.linspace(0, 2 * np.pi, 80), colour.mix(self.fill, colour.of("05060f"), 0.9)
        for k in range(SHADES):
            away = 0.95 * (k + 1) / SHADES
            cx, cy, size = x - right * r * away * 0.5, y - down * r * away * 0.5, r * (1 - away * 0.5)
            canvas.polygon(np.stack((cx + np.cos(turn) * size, cy + np.sin(turn) * size), 1), dark, 0.05)


def space(stage: Stage) -> list[Layer]:
    """Stars, a planet, a small moon."""
    random = stage.random(800)
    side = land.away(stage)
    near = colour.mix(colour.of("3f6fa8"), stage.palette.accent, random.uniform(0.0, 0.5))
    far = stage.unit * 900
    return [
        StarField(stage, far * 2),
        Orb(stage, far, 0.5 + side * 0.3, 0.86, 0.52, near),
        Orb(stage, far * 1.2, 0.5 - side * 0.3, 0.24, 0.045, colour.of("a8a298")),
    ]


def planet(stage: Stage) -> list[Layer]:
    """Red rock towers under a ringed neighbour."""
    random = stage.random(820)
    far = stage.unit * 900
    out: list[Layer] = [
        Orb(stage, far, 0.5 + land.away(stage) * 0.24, 0.2, 0.13, colour.mix(colour.of("b08a78"), stage.palette.sky[1], 0.4))
    ]
    own = colour.of("a55c3e")
    out += land.ridges(stage, own, (50, 24), 0.05, 8)
    for times, count in ((18, 6), (9, 4)):
        depth = times * stage.unit
        frame, half = depth / stage.lens.focal, stage.across(depth) * 1.2
        cut, fill = Scissors(depth), stage.seen(own, depth, 0.35)
        for _ in range(count):
            x, wide, high = random.uniform(-half, half), frame * random.uniform(0.04, 0.1), frame * random.uniform(0.1, 0.3)
            s = np.linspace(0, 1, 12)
            w = wide * (1.0 - 0.45 * s + 0.12 * skyline(random, s, 0.4, 3))
            cut.add(np.concatenate((np.stack((x - w, high * s), 1), np.stack((x + w, high * s), 1)[::-1])), fill)
        out += cut.layers(
            (colour.mix(fill, stage.palette.light, 0.55 * stage.palette.gleam), stage.lamp.towards(0.5, 0.4)[0] * 1.6, -0.6)
        )
    for times in (2.4, 1.5, 0.9):
        z = times * stage.unit
        stones = Scissors(z)
        for _ in range(8):
            size = stage.unit * random.uniform(0.015, 0.06)
            stones.add(
                growth.rock(random, size * 2, size),
                colour.mix(stage.seen(own, z, 0.4), stage.palette.ink, 0.2),
                random.uniform(-1, 1) * stage.across(z),
            )
        out += stones.layers((stage.palette.light, stage.lamp.towards(0.5, 0.8)[0] * 1.3, -1.0))
    return out


@dataclass(frozen=True, slots=True)
class Shafts(Lives):
    """Sun through the surface of the sea: slanting bands that come and go."""

    stage: Stage
    z_m: float

    def paint(self, canvas: Canvas, view: View, time_s: float) -> None:
        """Draw nested bands from above."""
        lens, random = self.stage.lens, self.stage.random(830)
        wide, high = lens.width_px, lens.height_px
        for _ in range(7):
            x, size, phase = random.uniform(-0.1, 1.0) * wide, random.uniform(0.03, 0.09) * wide, random.random()
            x += (view.centre_px - wide / 2) * 0.5
            share = 0.022 + 0.014 * np.sin(time_s * (0.5 + 0.4 * phase) + 6.28 * phase)
            for k in range(4):
                part = 1 - 0.22 * k
                canvas.polygon(
                    np.array(
                        (
                            (x - size * part * 0.5, -5),
                            (x + size * part * 0.5, -5),
                            (x + size * part + 0.22 * wide, high * 0.95),
                            (x - size * part + 0.22 * wide, high * 0.95),
                        )
                    ),
                    (214.0, 244.0, 250.0),
                    float(share),
                )


@dataclass(frozen=True, slots=True)
class Bubbles(Lives):
    """Bubbles that rise and tremble."""

    stage: Stage
    z_m: float

    def paint(self, canvas: Canvas, view: View, time_s: float) -> None:  # noqa: ARG002 - they belong to the lens
        """Draw rings with a glint."""
        lens, random = self.stage.lens, self.stage.random(840)
        for _ in range(34):
            x0, y0, size, phase = random.random(), random.random(), 0.002 + 0.006 * random.random() ** 3, random.random()
            y = (1.1 - (y0 + time_s * (0.05 + 8 * size)) % 1.2) * lens.height_px
            x = (x0 + 0.008 * np.sin(time_s * 2 + 9 * phase)) * lens.width_px
            r = size * lens.height_px
            canvas.ellipse(x, y, r, r, (200.0, 236.0, 244.0), 0.22)
            canvas.ellipse(x - r * 0.3, y - r * 0.3, r * 0.3, r * 0.3, (240.0, 252.0, 255.0), 0.7)


def underwater(stage: Stage) -> list[Layer]:
    """Light from above, rocks and swaying weed below."""
    random = stage.random(850)
    out: list[Layer] = [Shafts(stage, 40 * stage.unit)]
    lens = stage.lens
    blue = colour.of("2f6f88")
    for times, rise in ((9, 0.16), (4.5, 0.2), (2.2, 0.2), (1.2, 0.14)):
        depth = times * stage.unit
        frame, half = depth / lens.focal, stage.across(depth) * 1.5
        bottom = lens.eye_m + (lens.horizon - 1.06) * frame
        fill = colour.mix(colour.mix(colour.of("0a2c44"), blue, min(1.0, times / 11)), stage.palette.ink, 0.2)
        x = np.linspace(-half, half, 70)
        y = bottom + frame * rise * (0.55 + 0.5 * skyline(random, x, half))
        out += (
            Scissors(depth)
            .add(np.concatenate((np.stack((x, y), 1), ((half, bottom - frame), (-half, bottom - frame)))), fill)
            .layers((colour.mix(fill, colour.of("8fd4e4"), 0.25), 0, -1.4))
        )
        count = 26
        roots = np.stack((random.uniform(-half, half, count), np.full(count, bottom + frame * 0.02)), 1)
        out.append(
            Blades(
                depth * 0.99,
                roots,
                frame * random.uniform(0.12, 0.34, count),
                random.uniform(-0.2, 0.2, count),
                frame * 0.014,
                colour.mix(fill, colour.of("1c5a50"), 0.4),
                0.5,
            )
        )
    return [*out, Bubbles(stage, 0.5 * stage.unit)]


def cave(stage: Stage) -> list[Layer]:
    """Rock on every side, a mouth of light, hanging stones."""
    random, lens = stage.random(860), stage.lens
    out: list[Layer] = land.ridges(stage, colour.of("5f7766"), (30,), 0.05)
    for times, hole in ((4.2, 0.3), (2.9, 0.42), (2.0, 0.56), (1.45, 0.74), (0.6, 1.04)):
        depth = times * lens.depth_m
        frame = depth / lens.focal
        turn = np.linspace(0, np.pi, 60)
        rough = 1 + 0.17 * skyline(random, turn * 3, 4.0, 6, 0.62)
        cx, cy = 0.12 * frame * land.away(stage), lens.eye_m + (lens.horizon - 0.62) * frame
        arch = np.stack((cx + np.cos(turn) * frame * 0.95 * hole * rough, cy + np.sin(turn) * frame * 0.62 * hole * rough), 1)
        low, far = min(0.0, cy) - 0.05 * frame, 6 * frame
        legs_right = np.array(((arch[0, 0] * 1.02 + 0.05 * frame, low), (arch[0, 0] * 0.99, (cy + low) / 2)))
        legs_left = np.array(((arch[-1, 0] * 0.99, (cy + low) / 2), (arch[-1, 0] * 1.02 - 0.05 * frame, low)))
        rock = np.concatenate((legs_right, arch, legs_left, ((-far, low), (-far, cy + far), (far, cy + far), (far, low))))
        near = min(1.0, 0.62 / times**0.8)
        fill = colour.mix(
            colour.mix(stage.palette.lit(colour.of("8a7a68"), 0.2), stage.palette.haze, 0.22),
            colour.mix(stage.palette.ink, colour.BLACK, 0.3),
            near,
        )
        light = colour.mix(fill, stage.palette.light, 0.16 * stage.palette.gleam + 0.04)
        out += Scissors(depth * 1.001).add(rock + np.array((0.0, -0.007 * frame)), light).layers()
        out += Scissors(depth).add(rock, fill).layers()
    if stage.palette.dark:
        out.append(Shine(0, lens.eye_m * 0.4, stage.unit * 1.05, stage.unit * 0.35, stage.palette.lamp, 0.3))
    return out


def high(stage: Stage) -> list[Layer]:
    """Above the clouds: banks of them below, one behind the other."""
    random, lens = stage.random(870), stage.lens
    out: list[Layer] = []
    for times, row in ((30, 0.62), (14, 0.7), (6, 0.8), (2.4, 0.92), (0.8, 1.02)):
        depth = times * stage.unit
        frame, half = depth / lens.focal, stage.across(depth) * 1.5
        base = lens.eye_m + (lens.horizon - row) * frame
        fill = colour.mix(
            colour.mix(stage.palette.sky[2], stage.palette.sky[3], 0.6), stage.palette.sky[1], min(0.75, 0.9 / times**0.5)
        )
        cut, x = Scissors(depth), -half
        while x < half:
            wide = frame * random.uniform(0.12, 0.34)
            cut.add(growth.disc(x, base, wide, wide * random.uniform(0.3, 0.55), 30), fill)
            x += wide * 0.7
        cut.box(-half * 1.2, base - frame * 2, half * 1.2, base, fill)
        out += cut.layers(
            (colour.mix(fill, stage.palette.light, 0.55 * stage.palette.gleam), stage.lamp.towards(0.5, 0.5)[0] * 2, -2.2)
        )
        out.append(Mist(depth * 0.99, 0.01, fill, 0.0))
    return out


SETTINGS: dict[str, Setting] = {
    "space": Setting(space, below=Below.SKY, heavens=void, sky=False),
    "planet": Setting(planet, colour.of("9c5638"), heavens=alien),
    "moon": Setting(moon, REGOLITH, heavens=void, sky=False),
    "underwater": Setting(underwater, below=Below.SKY, heavens=deep, sky=False),
    "cave": Setting(cave, colour.of("4f463e")),
    "sky": Setting(high, below=Below.SKY),
}
