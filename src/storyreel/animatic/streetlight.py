"""Lamps along a street and their light on the ground."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storyreel.animatic import colour
from storyreel.animatic.camera import NEAREST_M, View
from storyreel.animatic.canvas import Canvas
from storyreel.animatic.masonry import LIGHTS
from storyreel.animatic.scenery import Scissors, Shine
from storyreel.animatic.setting import Layer
from storyreel.animatic.stage import Stage
from storyreel.animatic.stillness import Lives

WARM = colour.of("ffcf8a")
SPINDLE = np.array(((-1, 0), (0, -0.45), (1, 0), (0.5, 0.6), (0, 1), (-0.5, 0.6)))
NESTED = 4  # spindles in a streak, each smaller and so brighter


@dataclass(frozen=True, slots=True)
class Streak(Lives):
    """Lights of windows and lamps drawn out downwards on wet ground, trembling."""

    stage: Stage
    z_m: float
    places: NDArray[np.float64]  # (n, 5): x m, depth m, length px per frame height, phase, strength
    fills: tuple[colour.Rgb, ...]

    @classmethod
    def across(cls, stage: Stage, half_m: float, count: int, strength: float) -> "Streak":
        """Streaks between -half and half, from the subject's depth to far."""
        random, unit = stage.random(720), stage.unit
        side = np.where(random.random(count) < 0.5, -1, 1)
        x = side * half_m * (1 - 0.75 * random.random(count) ** 1.6)
        depth = unit * (0.75 + 4.5 * random.random(count) ** 1.5)
        places = np.stack(
            (x, depth, random.uniform(0.04, 0.14, count), random.random(count), strength * random.uniform(0.25, 1.0, count)), 1
        )
        fills = tuple(LIGHTS[int(k)] for k in random.integers(len(LIGHTS), size=count))
        return cls(stage, 0.74 * unit, places[np.argsort(-depth)], fills)

    def paint(self, canvas: Canvas, view: View, time_s: float) -> None:
        """Draw each streak as nested spindles."""
        x_m, depth, long, phase, _ = self.places.T
        scale = view.scale_px / np.maximum(NEAREST_M, depth - view.z_m)
        x, y = view.centre_px + (x_m - view.x_m) * scale, view.horizon_px + view.y_m * scale
        size = long * self.stage.lens.height_px * (0.5 + np.minimum(1.6, self.stage.unit / depth))
        wide = size * (0.045 + 0.012 * np.sin(time_s * 3 + 9 * phase))
        rings = np.empty((len(x), NESTED, len(SPINDLE), 2))
        for k in range(NESTED):
            part = 1 - k / NESTED
            rings[:, k, :, 0] = x[:, None] + (wide * part)[:, None] * SPINDLE[:, 0]
            rings[:, k, :, 1] = y[:, None] + (size * part)[:, None] * SPINDLE[:, 1]
        for nest, fill, strength in zip(rings, self.fills, self.places[:, 4].tolist(), strict=True):
            canvas.polygons(nest, fill, 0.1 * strength)


def lamps(stage: Stage, half_m: float, from_m: float, gap_m: float, count: int) -> list[Layer]:
    """Street lamps on both sides, shining when it is dark, each with its pool of light."""
    out: list[Layer] = []
    dark = stage.palette.dark
    tall = max(4.6, 0.62 * from_m)
    for k in range(count):
        z = from_m + gap_m * k
        tone = stage.shadow(z, 0.04)
        for side in (-1.0, 1.0):
            x, arm = side * half_m, -side * tall * 0.17
            post = Scissors(z).box(x - 0.06, 0, x + 0.06, tall, tone).box(x - 0.12, 0, x + 0.12, 0.7, tone)
            turn = np.linspace(0, np.pi / 2, 8)
            bow = np.stack((x + arm * np.sin(turn), tall + 0.35 * (1 - np.cos(turn)) + 0.25 * np.sin(turn)), 1)
            post.add(np.concatenate((bow, (bow - (0, 0.09))[::-1])), tone)
            post.add(
                np.array(
                    (
                        (x + arm - 0.28, tall + 0.5),
                        (x + arm + 0.28, tall + 0.5),
                        (x + arm + 0.16, tall + 0.68),
                        (x + arm - 0.16, tall + 0.68),
                    )
                ),
                tone,
            )
            out += post.layers((colour.mix(tone, stage.palette.light, 0.5), stage.lamp.towards(0.5, 0.4)[0] * 1.2, 0))
            if dark:
                faint = 1 - 0.6 * stage.air(z)
                out.append(Shine(x + arm, tall + 0.42, z * 0.999, tall * 0.42, WARM, 0.62 * faint, 0.15, seed=k))
                if k < 3:  # farther pools are too small to matter
                    out.append(
                        Shine(
                            x + arm,
                            0.0,
                            z * 1.0005,
                            tall * 0.62,
                            WARM,
                            0.3 * faint,
                            0,
                            0.04,
                            k,
                            min(0.5, max(0.06, stage.lens.eye_m / z)),
                        )
                    )
    return out
