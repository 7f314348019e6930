"""Birds far off, beating their wings."""

import math
from dataclasses import dataclass

import numpy as np

from storyreel.animatic import colour
from storyreel.animatic.camera import View
from storyreel.animatic.canvas import Canvas
from storyreel.animatic.stage import Stage
from storyreel.animatic.stillness import Lives


@dataclass(frozen=True, slots=True)
class Flock(Lives):
    """A loose group that glides across the sky."""

    stage: Stage
    z_m: float
    across: float  # of the frame's width, at the middle of the shot
    row: float  # of the frame's height
    birds: tuple[tuple[float, float, float, float], ...]  # right, down and size in frame heights, beats in radians a second

    @classmethod
    def of(cls, stage: Stage, z_m: float, across: float, row: float, count: int) -> "Flock":
        """That many birds, scattered by the shot's seed."""
        random = stage.random(60)
        low, high = (-0.14, -0.07, 0.007, 3.5), (0.14, 0.07, 0.014, 5.5)
        birds = random.uniform(low, high, (count, 4)).tolist()
        return cls(stage, z_m, across, row, tuple((dx, dy, size, beat) for dx, dy, size, beat in birds))

    def paint(self, canvas: Canvas, view: View, time_s: float) -> None:
        """Draw every bird as two bent wings."""
        lens = self.stage.lens
        tone = colour.mix(self.stage.palette.ink, self.stage.palette.haze, 0.3)
        way = -1 if self.stage.seed % 2 else 1
        for dx, dy, size, beat in self.birds:
            x = (
                (self.across + dx + way * 0.012 * (time_s - self.stage.seconds / 2)) * lens.width_px
                + view.centre_px
                - lens.width_px / 2
            )
            y = (self.row + dy) * lens.height_px + view.horizon_px - lens.horizon * lens.height_px + 2 * math.sin(time_s + 9 * dx)
            wing, lift = size * lens.height_px, math.sin(time_s * beat + 50 * dx) * 0.4 + 0.25
            line = np.array(((-1, -lift), (-0.55, -0.35 - 0.4 * lift), (0, 0), (0.55, -0.35 - 0.4 * lift), (1, -lift)))
            canvas.line(line * wing + (x, y), tone, max(1.0, wing * 0.17), 0.9)
