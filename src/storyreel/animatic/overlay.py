"""Rain, snow and fog laid over a given picture."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from storyreel.animatic.camera import drift
from storyreel.animatic.canvas import Canvas
from storyreel.domain.storyboard import Weather

COUNTS = {Weather.RAIN: 260, Weather.STORM: 340, Weather.SNOW: 260, Weather.SAND: 120}


@dataclass(frozen=True, slots=True)
class Fall:
    """What falls before a picture."""

    weather: Weather
    drops: NDArray[np.float64]  # (n, 4): x, y, depth, phase, each 0 to 1

    def over(self, picture: Image.Image, time_s: float, share: float) -> Image.Image:
        """The picture with the weather on it; `share` lets it begin gently."""
        if self.weather not in COUNTS and self.weather is not Weather.FOG:
            return picture
        canvas = Canvas(picture.size, picture.tobytes())
        wide, high = canvas.width, canvas.height
        if self.weather is Weather.FOG:
            rise = 0.04 * drift(time_s * 0.4, 3)
            canvas.veil((0.2 + rise) * high, high, (214.0, 219.0, 222.0), 0.0, 0.5 * share)
            return canvas.finish()
        canvas.box(0, 0, wide, high, (38.0, 46.0, 60.0), share * (0.2 if self.weather is not Weather.SNOW else 0.08))
        x0, y0, depth, phase = self.drops.T
        if self.weather is Weather.SNOW:
            y = ((y0 + time_s * (0.06 + 0.14 * depth)) % 1.1 - 0.05) * high
            x = ((x0 + 0.015 * np.sin(time_s + 6.28 * phase)) % 1.0) * wide
            for a, b, size in zip(x.tolist(), y.tolist(), ((0.8 + 3 * depth**2) * high / 720).tolist(), strict=True):
                canvas.ellipse(a, b, size, size, (250.0, 252.0, 255.0), 0.75 * share)
            return canvas.finish()
        slant = {Weather.STORM: -0.42, Weather.SAND: 8.0}.get(self.weather, -0.12)
        y = ((y0 + time_s * (1.0 + 1.3 * depth) * (1 if self.weather is not Weather.SAND else 0.05)) % 1.2 - 0.1) * high
        x = ((x0 + time_s * (0.9 if self.weather is Weather.SAND else 0.0)) % 1.2 - 0.1) * wide + slant * y * (
            0.3 if abs(slant) < 1 else 0
        )
        x = x % (1.2 * wide) - 0.1 * wide
        long, half = (0.02 + 0.06 * depth**2) * high, (0.4 + 0.6 * depth) * high / 720
        if self.weather is Weather.SAND:
            quads = np.stack((x, y - half, x + long * 3, y - half, x + long * 3, y + half, x, y + half), 1)
        else:
            quads = np.stack((x - half, y, x + half, y, x + half + slant * long, y + long, x - half + slant * long, y + long), 1)
        canvas.polygons(
            quads.reshape(-1, 4, 2),
            (228.0, 214.0, 180.0) if self.weather is Weather.SAND else (214.0, 224.0, 240.0),
            0.27 * share,
        )
        return canvas.finish()


def falling(weather: Weather, seed: int) -> Fall:
    """The weather over a picture."""
    random = np.random.default_rng((seed & 0xFFFFFFFF, 61))
    return Fall(weather, random.random((COUNTS.get(weather, 0), 4)))
