"""Trains: a steam engine with its carriages, or a modern one."""

from functools import lru_cache
from math import cos, sin

from storyreel.animatic.figures.craft.wheels import wheel
from storyreel.animatic.figures.curves import ellipse, filleted, smooth
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import bar
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing, Tone


def draw_train(wish: Wish) -> Drawing:
    """A train; `steam` (unless told otherwise) or `modern`, and `carriage` for one coach alone."""
    sketch = Sketch()
    rolling = Wish(height_m=wish.height_m, phase_s=wish.phase_s, pose=wish.pose)
    if wish.variant in {"modern", "metro", "subway", "express"}:
        for k in range(3):
            _modern(sketch, -13.2 * k, first=k == 0)
        return sketch.drawing(wish.height_m / 4.1, x=13.2)
    if wish.variant == "carriage":
        _coach(sketch, 0.0, rolling)
        return sketch.drawing(wish.height_m / 4.2)
    for k in range(2):
        _coach(sketch, -10.2 - 12.4 * k, rolling)
    _tender(sketch, rolling)
    _engine(sketch, rolling)
    _steam(sketch, wish.phase_s)
    return sketch.drawing(wish.height_m / 4.4, x=8.0)


def _engine(sketch: Sketch, wish: Wish) -> None:
    sketch.box(Tone.SHADE, -2.2, 0.95, 6.9, 1.3)
    sketch.fill(Tone.BODY, filleted([(-0.6, 1.3), (-0.6, 3.1), (6.2, 3.1), (6.2, 1.3)], 0.18))
    for x in (0.9, 2.6, 4.3):
        sketch.box(Tone.SHADE, x, 1.3, x + 0.12, 3.12)
    sketch.box(Tone.SHADE, 6.0, 1.2, 6.5, 3.2)
    sketch.flat(Tone.BODY, [(5.1, 3.0), (5.0, 4.1), (4.75, 4.4), (6.05, 4.4), (5.8, 4.1), (5.7, 3.0)])
    sketch.smooth(Tone.PALE, [(2.4, 3.05, 1), (2.4, 3.45), (2.9, 3.7), (3.4, 3.45), (3.4, 3.05, 1)], 4)
    sketch.smooth(Tone.BODY, [(0.6, 3.05, 1), (0.6, 3.3), (0.9, 3.5), (1.2, 3.3), (1.2, 3.05, 1)], 4)
    sketch.flat(Tone.BODY, [(-2.4, 1.0), (-2.4, 3.85), (-0.4, 3.85), (-0.4, 1.0)])
    sketch.smooth(Tone.SHADE, [(-2.7, 3.8, 1), (-1.4, 4.15), (-0.1, 3.8, 1)], 4)
    sketch.fill(Tone.WINDOW, filleted([(-2.0, 2.5), (-2.0, 3.4), (-0.9, 3.4), (-0.9, 2.5)], 0.1))
    sketch.flat(Tone.SHADE, [(6.4, 1.2), (7.5, 0.15), (6.1, 0.15)])
    sketch.disc(Tone.GLOW, 6.55, 2.9, 0.20, 0.24)
    sketch.glow(6.9, 2.9, 3.0, 0.9)
    sketch.glow(-1.4, 2.9, 1.5, 0.5)
    for x in (-1.4, 0.7, 2.8):
        wheel(sketch, x, 0.82, wish, spokes=12, rim=0.84)
    for x in (4.6, 5.7):
        wheel(sketch, x, 0.45, wish, spokes=8, rim=0.80)
    turn = -7.0 * wish.phase_s
    dx, dy = 0.42 * cos(turn), 0.42 * sin(turn)
    sketch.fill(
        Tone.ACCENT,
        bar((-1.4 + dx, 0.82 + dy), (2.8 + dx, 0.82 + dy), 0.14),
        bar((2.8 + dx, 0.82 + dy), (5.1 + 0.3 * dx, 0.95), 0.12),
    )
    sketch.fill(Tone.BODY, filleted([(4.7, 0.7), (4.7, 1.3), (6.0, 1.3), (6.0, 0.7)], 0.1))


def _tender(sketch: Sketch, wish: Wish) -> None:
    sketch.box(Tone.SHADE, -6.4, 0.85, -2.4, 1.15)
    sketch.flat(Tone.BODY, [(-6.3, 1.1), (-6.3, 2.9), (-3.0, 2.9), (-2.9, 1.1)])
    sketch.smooth(Tone.SHADE, [(-6.1, 2.85, 1), (-5.4, 3.35), (-4.2, 3.2), (-3.3, 2.85, 1)], 4)
    for x in (-5.6, -3.7):
        wheel(sketch, x, 0.48, wish, spokes=8, rim=0.80)


def _coach(sketch: Sketch, x: float, wish: Wish) -> None:
    sketch.add(_body(), x)
    for dx in (-4.6, -3.4, 3.4, 4.6):
        wheel(sketch, x + dx, 0.46, wish, spokes=6, rim=0.80)


@lru_cache(maxsize=1)
def _body() -> Drawing:
    """A coach without its wheels, its middle at 0."""
    sketch = Sketch()
    sketch.box(Tone.SHADE, -6.2, 0.85, 6.2, 1.1)
    sketch.fill(Tone.ACCENT, filleted([(-5.7, 1.05), (-5.7, 3.5), (5.7, 3.5), (5.7, 1.05)], 0.08))
    sketch.smooth(Tone.SHADE, [(-5.95, 3.45, 1), (-5.2, 3.85), (0, 3.95), (5.2, 3.85), (5.95, 3.45, 1)], 4)
    sketch.box(Tone.PALE, -5.7, 1.95, 5.7, 2.05)
    for k in range(8):
        left = -5.2 + 1.34 * k
        sketch.fill(Tone.WINDOW, filleted([(left, 2.2), (left, 3.15), (left + 0.95, 3.15), (left + 0.95, 2.2)], 0.08))
    sketch.glow(-2.5, 2.6, 2.2, 0.4)
    sketch.glow(2.5, 2.6, 2.2, 0.4)
    return sketch.drawing()


def _modern(sketch: Sketch, x: float, *, first: bool) -> None:
    nose = (
        [(x + 6.2, 3.75), (x + 7.6, 3.2), (x + 8.6, 2.0), (x + 8.9, 1.0), (x + 8.6, 0.45, 1)]
        if first
        else [(x + 6.4, 3.75, 1), (x + 6.4, 0.45, 1)]
    )
    sketch.smooth(Tone.PALE, [(x - 6.4, 0.45, 1), (x - 6.4, 3.75, 1), *nose], 5)
    sketch.box(Tone.ACCENT, x - 6.4, 1.35, x + (8.6 if first else 6.4), 1.65)
    sketch.box(Tone.SHADE, x - 6.2, 0.3, x + 6.4, 0.6)
    for k in range(8):
        left = x - 5.9 + 1.45 * k
        sketch.fill(Tone.WINDOW, filleted([(left, 2.1), (left, 3.1), (left + 1.15, 3.1), (left + 1.15, 2.1)], 0.12))
    if first:
        sketch.smooth(Tone.SHADE, [(x + 6.9, 3.3), (x + 7.6, 2.9), (x + 8.2, 2.1, 1), (x + 7.2, 2.2)], 4)
        sketch.disc(Tone.GLOW, x + 8.7, 1.05, 0.14)
        sketch.glow(x + 9.0, 1.05, 2.5, 0.9)
    for dx in (-4.8, -3.8, 3.8, 4.8):
        sketch.fill(Tone.SHADE, ellipse(x + dx, 0.4, 0.4))
    sketch.glow(x, 2.6, 3.0, 0.4)


def _steam(sketch: Sketch, phase_s: float) -> None:
    for k in range(7):
        age = (phase_s * 0.9 + k / 7 * 2.8) % 2.8
        size = 0.35 + 0.62 * age
        x, y = 5.4 - 2.9 * age, 4.5 + 1.1 * age**0.8
        if age < 2.6:
            lobes = [(x - size, y, 0), (x - size * 0.6, y + size * 0.7, 0), (x + size * 0.2, y + size * 0.8, 0),
                (x + size, y + size * 0.2, 0), (x + size * 0.5, y - size * 0.5, 0),
                     (x - size * 0.5, y - size * 0.45, 0)]  # fmt: skip
            sketch.fill(Tone.PALE, smooth(lobes, 5))
