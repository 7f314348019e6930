"""What buildings are made of: windows, doors, roofs, chimneys with smoke."""

from collections.abc import Iterable
from math import sin

import numpy as np

from storyreel.animatic.figures.curves import arc, box
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import ribbon
from storyreel.animatic.outline import Tone


def pane(sketch: Sketch, x: float, y: float, wide: float, high: float, *, bars: bool = True, tone: Tone = Tone.WINDOW) -> None:
    """A window with its foot at (x, y), centred on x, in a frame with glazing bars."""
    edge = wide * 0.11
    sketch.box(Tone.SHADE, x - wide / 2 - edge, y - edge, x + wide / 2 + edge, y + high + edge)
    sketch.box(tone, x - wide / 2, y, x + wide / 2, y + high)
    if bars:
        sketch.box(Tone.SHADE, x - edge * 0.4, y, x + edge * 0.4, y + high)
        sketch.box(Tone.SHADE, x - wide / 2, y + high * 0.52, x + wide / 2, y + high * 0.52 + edge * 0.8)


def arched(sketch: Sketch, tone: Tone, x: float, y: float, wide: float, high: float) -> None:
    """An opening with a round top, its foot at (x, y)."""
    r = wide / 2
    top = arc(x, y + high - r, r, 0, 180, 12)
    sketch.fill(tone, np.concatenate([top, np.array([(x - r, y), (x + r, y)])]))


def pointed(sketch: Sketch, tone: Tone, x: float, y: float, wide: float, high: float) -> None:
    """An opening with a pointed top, its foot at (x, y)."""
    r = wide / 2
    spring = y + high - wide * 0.8
    sketch.smooth(tone, [(x - r, y, 1), (x - r, spring), (x - r * 0.6, spring + wide * 0.45), (x, y + high, 1),
                         (x + r * 0.6, spring + wide * 0.45), (x + r, spring), (x + r, y, 1)], 4)  # fmt: skip


def door(sketch: Sketch, x: float, y: float, wide: float, high: float) -> None:
    """A closed door with a step."""
    sketch.box(Tone.SHADE, x - wide / 2, y, x + wide / 2, y + high)
    sketch.box(Tone.BODY, x - wide * 0.34, y + high * 0.52, x + wide * 0.34, y + high * 0.88)
    sketch.box(Tone.BODY, x - wide * 0.34, y + high * 0.10, x + wide * 0.34, y + high * 0.44)
    sketch.disc(Tone.PALE, x + wide * 0.38, y + high * 0.47, wide * 0.05)


def steps(sketch: Sketch, x: float, wide: float, high: float, count: int = 3) -> None:
    """A flight of steps on the ground, widest below."""
    for k in range(count):
        w = wide * (1 + 0.18 * (count - k))
        sketch.box(Tone.SHADE, x - w / 2, high * k / count, x + w / 2, high * (k + 1) / count)


def smoke(sketch: Sketch, x: float, y: float, size: float, phase_s: float) -> None:
    """A thread of smoke that winds as it rises."""
    path = [(x + 0.16 * k * size + 0.10 * size * k**0.7 * sin(1.3 * k - phase_s * 1.4), y + size * 0.62 * k) for k in range(6)]
    sketch.fill(Tone.PALE, ribbon(path, (0.12 * size, 0.26 * size, 0.38 * size, 0.40 * size, 0.05 * size)))


def grid(sketch: Sketch, columns: Iterable[float], rows: Iterable[float], wide: float, high: float, lit: int, seed: int) -> None:
    """Plain windows at every crossing; about `lit` of ten shine, the others are dark."""
    ys = tuple(rows)
    for i, x in enumerate(columns):
        for j, y in enumerate(ys):
            shines = (i * 7 + j * 13 + i * j * 3 + seed * 5) % 10 < lit
            sketch.fill(Tone.WINDOW if shines else Tone.SHADE, box(x - wide / 2, y, x + wide / 2, y + high))
