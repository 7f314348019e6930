"""The moon: grey dust under a black sky of stars, and the earth."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storyreel.animatic import colour, growth
from storyreel.animatic.camera import View
from storyreel.animatic.canvas import Canvas
from storyreel.animatic.palette import Palette
from storyreel.animatic.places import land
from storyreel.animatic.scenery import Scissors
from storyreel.animatic.setting import Heavens, Layer
from storyreel.animatic.stage import Stage
from storyreel.animatic.stillness import HoldsStill


def void(palette: Palette) -> Heavens:
    """The black between stars, tinted by the mood."""
    tint = colour.mix(palette.sky[1], palette.accent, 0.12)
    return (
        colour.of("03040a"),
        colour.mix(colour.of("05060f"), tint, 0.14),
        colour.mix(colour.of("080a18"), tint, 0.22),
        colour.mix(colour.of("060712"), tint, 0.1),
    )


@dataclass(frozen=True, slots=True)
class StarField(HoldsStill):
    """Many stars, and a band of faint ones."""

    stage: Stage
    z_m: float
    low: float = 1.0  # the lowest row, of the frame's height

    def paint(self, canvas: Canvas, view: View, time_s: float) -> None:
        """Draw every star as a small disc."""
        lens, random = self.stage.lens, self.stage.random(810)
        right, down = view.centre_px - lens.width_px / 2, view.horizon_px - lens.horizon * lens.height_px
        band = random.normal(0, 0.09, 150)
        along = random.uniform(-0.1, 1.1, 150)
        places = np.concatenate((random.random((160, 2)), np.stack((along, 0.7 - 0.5 * along + band), 1)))
        size = 0.4 + 1.3 * random.random(len(places)) ** 4
        shine = 0.5 + 0.5 * np.sin(time_s * random.uniform(0.5, 2, len(places)) + 9 * random.random(len(places)))
        unit = lens.height_px / 720
        for (x, y), r, s in zip(places.tolist(), (size * unit).tolist(), (0.35 + 0.55 * shine).tolist(), strict=True):
            canvas.ellipse(x * lens.width_px + right, y * self.low * lens.height_px + down, r, r, (246.0, 246.0, 255.0), s)


REGOLITH = colour.of("a9a7a2")


def moon(stage: Stage) -> list[Layer]:
    """Grey dust and craters under a black sky in which the earth hangs."""
    random, lens = stage.random(830), stage.lens
    far, side = stage.unit * 900, land.away(stage)
    out: list[Layer] = [
        StarField(stage, far * 2, lens.horizon - 0.03),
        Earth(stage, far, 0.5 + side * 0.27, 0.38 * lens.horizon, 0.1),
    ]
    for k, (times, rise) in enumerate(((40, 0.05), (18, 0.035), (8, 0.02))):
        depth = times * stage.unit
        frame, half = depth / lens.focal, stage.across(depth) * 1.7
        ring = growth.ridge(random, half, lens.eye_m + frame * rise * 0.7, frame * rise, half * random.uniform(0.5, 0.9))
        fill = _dust(stage, 0.56 + 0.12 * k)
        out += Scissors(depth).add(ring, fill).layers((colour.mix(fill, colour.WHITE, 0.55), 1.2 * side, -1.0))
    for times in (5.0, 3.2, 2.1, 1.45, 0.95):
        depth = times * stage.unit
        rounds: list[list[tuple[float, float, float]]] = []
        fills: list[tuple[colour.Rgb, float]] = []
        for _ in range(3):
            x, size = random.uniform(-1, 1) * stage.across(depth), stage.unit * random.uniform(0.07, 0.2)
            rounds += [_oval(x, depth, size), _oval(x + 0.1 * size * side, depth - 0.03 * size, size * 0.9)]
            fills += [(_dust(stage, 0.95), 0.8), (_dust(stage, 0.5), 0.85)]
        out += [Ovals(depth * 1.01, np.array(rounds), tuple(fills))]
        stones = Scissors(depth)
        for _ in range(5):
            size = stage.unit * random.uniform(0.008, 0.03)
            stones.add(growth.rock(random, size * 2, size), _dust(stage, 0.42), random.uniform(-1, 1) * stage.across(depth))
        out += stones.layers((_dust(stage, 1.0), 1.3 * side, -1.0))
    return out


def _dust(stage: Stage, light: float) -> colour.Rgb:
    """Moon dust in hard light, untouched by air."""
    return colour.scaled(REGOLITH, light * (0.45 + 0.55 * stage.palette.level))


def _oval(x: float, z: float, size: float) -> list[tuple[float, float, float]]:
    turn = np.linspace(0, 2 * np.pi, 28)
    return [(x + float(np.cos(a)) * size, 0.0, z + 0.75 * float(np.sin(a)) * size) for a in turn]


@dataclass(frozen=True, slots=True)
class Ovals:
    """Flat rounds on the ground: rims and floors of craters."""

    z_m: float
    corners: NDArray[np.float64]  # (k, n, 3) metres
    fills: tuple[tuple[colour.Rgb, float], ...]

    @property
    def still_m(self) -> float | None:
        """Its nearest depth where nothing in it moves."""
        return float(self.corners[:, :, 2].min())

    def paint(self, canvas: Canvas, view: View, time_s: float) -> None:  # noqa: ARG002 - craters lie still
        """Draw every round."""
        for ring, (fill, share) in zip(self.corners, self.fills, strict=True):
            canvas.polygon(view.solid(ring), fill, share)


@dataclass(frozen=True, slots=True)
class Earth(HoldsStill):
    """The earth: seas, land, weather, and night on the side away from the sun."""

    stage: Stage
    z_m: float
    x: float  # frame widths
    y: float  # frame heights
    radius: float  # frame heights

    def paint(self, canvas: Canvas, view: View, time_s: float) -> None:  # noqa: ARG002 - it turns too slowly to see
        """Draw air, sea, land, cloud and shade."""
        lens, random = self.stage.lens, self.stage.random(831)
        x = self.x * lens.width_px + (view.centre_px - lens.width_px / 2)
        y = self.y * lens.height_px + (view.horizon_px - lens.horizon * lens.height_px)
        r, turn = self.radius * lens.height_px, np.linspace(0, 2 * np.pi, 60)
        for k in range(8):
            canvas.ellipse(x, y, r * (1.16 - 0.02 * k), r * (1.16 - 0.02 * k), (140.0, 190.0, 255.0), 0.045)
        canvas.ellipse(x, y, r, r, (58.0, 116.0, 190.0))
        for spots, tone, share, flat in ((7, (92.0, 132.0, 84.0), 0.85, 0.8), (11, (240.0, 246.0, 252.0), 0.7, 0.28)):
            for _ in range(spots):
                at, out = random.uniform(0, 2 * np.pi), r * random.uniform(0.0, 0.72)
                size = min(r * random.uniform(0.12, 0.34), 0.97 * r - out)
                bump = 1 + 0.2 * np.sin(3 * turn + random.uniform(0, 6)) + 0.12 * np.sin(7 * turn)
                blob = np.stack((np.cos(turn) * size * bump * 0.8, np.sin(turn) * size * bump * 0.8 * flat), 1)
                canvas.polygon(blob + np.array((x + np.cos(at) * out, y + np.sin(at) * out)), tone, share)
        right = -1.0 if self.stage.lamp.x < self.x else 1.0
        for k in range(12):
            edge = right * r * (0.15 + 0.06 * k)
            half = np.linspace(-np.pi / 2, np.pi / 2, 30)
            lit = np.stack((x - edge * np.cos(half), y + r * np.sin(half)), 1)
            limb = np.stack((x - right * r * np.cos(half), y + r * np.sin(half)), 1)[::-1]
            canvas.polygon(np.concatenate((lit, limb)), (4.0, 6.0, 16.0), 0.16)
