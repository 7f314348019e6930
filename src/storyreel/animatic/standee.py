"""The honest stand-in for a subject that nothing draws: a standing card that bears its name."""

import math

import numpy as np

from storyreel.animatic.outline import Drawing, Ring, Shape, Tone


def card(name: str, height_m: float) -> Drawing:
    """A soft card with a foot, wide enough for the name."""
    letters = max(3, sum(2 if ord(letter) > 0x2E7F else 1 for letter in name[:36]))
    wide = height_m * min(1.5, max(0.75, 0.16 * letters**0.85))
    body = _rounded(wide, height_m * 0.9, height_m * 0.12) + np.array((0.0, height_m * 0.1))
    inner = _rounded(wide * 0.92, height_m * 0.9 - wide * 0.08, height_m * 0.09) + np.array((0.0, height_m * 0.1 + wide * 0.04))
    foot = np.array(((-wide * 0.3, 0.0), (wide * 0.3, 0.0), (wide * 0.2, height_m * 0.14), (-wide * 0.2, height_m * 0.14)))
    return Drawing((Shape((foot,), Tone.SHADE), Shape((body,), Tone.BODY), Shape((inner,), Tone.PALE)), wide, height_m)


def _rounded(wide: float, high: float, radius: float, points: int = 6) -> Ring:
    out: list[tuple[float, float]] = []
    for x, y, start in (
        (wide / 2 - radius, high - radius, 0.0),
        (-wide / 2 + radius, high - radius, 90.0),
        (-wide / 2 + radius, radius, 180.0),
        (wide / 2 - radius, radius, 270.0),
    ):
        for k in range(points):
            turn = math.radians(start + 90 * k / (points - 1))
            out.append((x + radius * math.cos(turn), y + radius * math.sin(turn)))
    return np.array(out)
