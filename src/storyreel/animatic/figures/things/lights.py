"""What gives light: lantern, candle, torch, campfire, fireplace, lamps, traffic light, fireworks."""

from math import cos, pi, sin

from storyreel.animatic.figures.curves import ellipse, filleted, mirrored, smooth
from storyreel.animatic.figures.places.masonry import arched
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import bar, limb, ribbon
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing, Tone


def flame(sketch: Sketch, x: float, y: float, high: float, phase_s: float) -> None:
    """A flame with its foot at (x, y), and its light."""
    lick = 0.10 * sin(phase_s * 9) + 0.06 * sin(phase_s * 14.3 + 1)
    wide = high * 0.30
    tip = (x + high * 0.5 * lick, y + high * (1 + 0.5 * lick))
    sketch.smooth(
        Tone.ACCENT,
        [
            (x, y),
            (x + wide, y + high * 0.25),
            (x + wide * 0.7, y + high * 0.58),
            (*tip, 1),
            (x - wide * 0.5, y + high * 0.62),
            (x - wide, y + high * 0.25),
        ],
        5,
    )
    small = (x + high * 0.25 * lick, y + high * 0.66)
    sketch.smooth(
        Tone.GLOW, [(x, y + high * 0.04), (x + wide * 0.55, y + high * 0.22), (*small, 1), (x - wide * 0.55, y + high * 0.22)], 5
    )


def _flicker(phase_s: float) -> float:
    return 0.85 + 0.10 * sin(phase_s * 7) + 0.05 * sin(phase_s * 13.7)


def draw_lantern(wish: Wish) -> Drawing:
    """A lantern with a handle; a round paper one where the variant is `paper`."""
    sketch = Sketch()
    if wish.variant == "paper":
        sketch.fill(Tone.SHADE, bar((0, 0.9), (0, 1.15), 0.02))
        sketch.smooth(
            Tone.ACCENT,
            mirrored([(0, 0.92, 1), (0.16, 0.92, 1), (0.40, 0.72), (0.44, 0.55), (0.40, 0.36), (0.16, 0.18, 1), (0, 0.18)]),
            5,
        )
        sketch.smooth(Tone.GLOW, mirrored([(0, 0.86), (0.17, 0.74), (0.19, 0.55), (0.17, 0.36), (0, 0.24)]), 5)
        for y in (0.90, 0.16):
            sketch.box(Tone.SHADE, -0.18, y - 0.03, 0.18, y + 0.03)
        for k in range(5):
            sketch.fill(Tone.ACCENT, bar((-0.06 + 0.03 * k, 0.14), (-0.06 + 0.03 * k, 0.0), 0.012))
    else:
        sketch.cut(
            Tone.SHADE,
            smooth([(-0.20, 0.70), (-0.22, 0.92), (0, 1.12), (0.22, 0.92), (0.20, 0.70)], 6),
            smooth([(-0.16, 0.72), (-0.18, 0.90), (0, 1.07), (0.18, 0.90), (0.16, 0.72)], 6),
        )
        sketch.smooth(
            Tone.SHADE, mirrored([(0, 0.88), (0.08, 0.86, 1), (0.12, 0.78), (0.27, 0.70, 1), (0.24, 0.66, 1), (0, 0.66)]), 4
        )
        sketch.fill(Tone.GLOW, filleted([(-0.20, 0.14), (-0.20, 0.66), (0.20, 0.66), (0.20, 0.14)], 0.03))
        for x in (-0.20, -0.067, 0.067, 0.20):
            sketch.box(Tone.SHADE, x - 0.015, 0.12, x + 0.015, 0.68)
        sketch.fill(Tone.SHADE, filleted([(-0.27, 0.0), (-0.23, 0.15), (0.23, 0.15), (0.27, 0.0)], 0.03))
    sketch.glow(0, 0.42, 2.6, _flicker(wish.phase_s))
    return sketch.fitted(wish.height_m, of=1.12)


def draw_candle(wish: Wish) -> Drawing:
    """A candle in its holder."""
    sketch = Sketch()
    sketch.smooth(Tone.SHADE, mirrored([(0, 0.14), (0.30, 0.13, 1), (0.34, 0.07), (0.18, 0.0, 1), (0, 0.0)]), 4)
    sketch.box(Tone.PALE, -0.095, 0.10, 0.095, 0.74)
    sketch.smooth(Tone.PALE, [(-0.095, 0.72, 1), (-0.125, 0.58), (-0.095, 0.50, 1)], 4)
    sketch.box(Tone.SHADE, -0.008, 0.74, 0.008, 0.79)
    flame(sketch, 0, 0.765, 0.24, wish.phase_s)
    sketch.glow(0, 0.86, 2.2, _flicker(wish.phase_s))
    return sketch.fitted(wish.height_m, of=1.0)


def draw_torch(wish: Wish) -> Drawing:
    """A burning torch."""
    sketch = Sketch()
    sketch.fill(Tone.SHADE, *limb(((0, 0), (0, 0.62)), (0.022, 0.035)))
    sketch.fill(Tone.BODY, filleted([(-0.045, 0.54), (-0.075, 0.70), (0.075, 0.70), (0.045, 0.54)], 0.015))
    flame(sketch, 0, 0.66, 0.36, wish.phase_s)
    sketch.glow(0, 0.82, 2.4, _flicker(wish.phase_s))
    return sketch.fitted(wish.height_m, of=1.0)


def draw_campfire(wish: Wish) -> Drawing:
    """A fire on crossed logs."""
    sketch = Sketch()
    flame(sketch, -0.20, 0.10, 0.62, wish.phase_s + 0.4)
    flame(sketch, 0.22, 0.10, 0.56, wish.phase_s + 1.1)
    flame(sketch, 0.0, 0.10, 0.86, wish.phase_s)
    for a, b, tone in (
        ((-0.62, 0.05), (0.34, 0.20), Tone.SHADE),
        ((0.62, 0.05), (-0.34, 0.20), Tone.BODY),
        ((-0.5, 0.04), (0.5, 0.05), Tone.SHADE),
    ):
        sketch.fill(tone, *limb((a, b), (0.062, 0.058)))
        sketch.disc(Tone.PALE, *b, 0.03, 0.04)
    for k in range(6):
        rise = (wish.phase_s * 0.5 + k * 0.37) % 1.0
        sketch.disc(Tone.GLOW, 0.22 * sin(k * 2.1 + rise * 4), 0.55 + 0.65 * rise, 0.012 * (1.3 - rise))
    sketch.glow(0, 0.4, 3.4, _flicker(wish.phase_s))
    return sketch.fitted(wish.height_m, of=1.0)


def draw_fireplace(wish: Wish) -> Drawing:
    """A hearth with a mantel."""
    sketch = Sketch()
    sketch.box(Tone.BODY, -0.95, 0, 0.95, 1.25)
    sketch.box(Tone.SHADE, -1.1, 1.22, 1.1, 1.38)
    sketch.box(Tone.BODY, -0.6, 1.38, 0.6, 2.2)
    arched(sketch, Tone.SHADE, 0, 0.08, 1.1, 0.92)
    flame(sketch, -0.16, 0.16, 0.42, wish.phase_s)
    flame(sketch, 0.14, 0.16, 0.50, wish.phase_s + 0.7)
    sketch.fill(Tone.BODY, *limb(((-0.4, 0.14), (0.4, 0.14)), (0.06, 0.06)))
    sketch.box(Tone.PALE, -1.05, 0, 1.05, 0.08)
    sketch.glow(0, 0.45, 2.4, _flicker(wish.phase_s))
    return sketch.fitted(wish.height_m)


def draw_lamp_post(wish: Wish) -> Drawing:
    """A street lamp: an old one with a lantern, or a bent one where the variant is `modern`."""
    sketch = Sketch()
    if wish.variant == "modern":
        sketch.fill(Tone.BODY, ribbon([(0, 0), (0, 3.6), (0.10, 4.6), (0.7, 4.95), (1.3, 4.9)], (0.16, 0.11, 0.08)))
        sketch.smooth(Tone.SHADE, [(1.0, 5.0), (1.7, 4.96), (1.75, 4.84), (1.0, 4.82)], 4)
        sketch.box(Tone.GLOW, 1.15, 4.78, 1.65, 4.85)
        sketch.glow(1.4, 4.75, 2.6, 1.0)
        return sketch.fitted(wish.height_m)
    sketch.smooth(
        Tone.BODY,
        mirrored([(0, 3.7, 1), (0.05, 3.7, 1), (0.05, 1.1), (0.10, 0.85), (0.13, 0.45), (0.22, 0.25), (0.26, 0.0, 1), (0, 0)]),
        4,
    )
    for y in (0.9, 1.12, 3.3):
        sketch.fill(Tone.BODY, filleted([(-0.14, y - 0.05), (-0.14, y + 0.05), (0.14, y + 0.05), (0.14, y - 0.05)], 0.04))
    sketch.fill(Tone.BODY, bar((-0.36, 3.42), (0.36, 3.42), 0.06))
    sketch.flat(Tone.GLOW, [(-0.17, 3.76), (-0.27, 4.32), (0.27, 4.32), (0.17, 3.76)])
    for x, top in ((-0.17, -0.27), (0.0, 0.0), (0.17, 0.27)):
        sketch.fill(Tone.BODY, bar((x, 3.74), (top, 4.34), 0.035))
    sketch.smooth(Tone.BODY, mirrored([(0, 4.86, 1), (0.04, 4.68), (0.20, 4.52), (0.36, 4.31, 1), (0, 4.29)]), 4)
    sketch.box(Tone.BODY, -0.2, 3.66, 0.2, 3.78)
    sketch.glow(0, 4.05, 2.6, 1.0)
    return sketch.fitted(wish.height_m)


def draw_lamp(wish: Wish) -> Drawing:
    """A table lamp with a shade; a bulb by variant."""
    sketch = Sketch()
    if wish.variant == "bulb":
        sketch.smooth(Tone.GLOW, mirrored([(0, 1.0), (0.26, 0.88), (0.30, 0.66), (0.15, 0.40), (0.11, 0.28, 1), (0, 0.28)]), 5)
        for y in (0.04, 0.12, 0.20):
            sketch.fill(Tone.SHADE, filleted([(-0.12, y), (-0.12, y + 0.06), (0.12, y + 0.06), (0.12, y)], 0.02))
        sketch.glow(0, 0.7, 2.0, 0.9)
        return sketch.fitted(wish.height_m)
    sketch.smooth(
        Tone.SHADE, mirrored([(0, 0.62), (0.03, 0.62, 1), (0.04, 0.3), (0.13, 0.16), (0.05, 0.07), (0.22, 0.0, 1), (0, 0)]), 4
    )
    sketch.flat(Tone.GLOW, [(-0.36, 0.52), (-0.19, 0.98), (0.19, 0.98), (0.36, 0.52)])
    sketch.flat(Tone.PALE, [(-0.36, 0.52), (-0.345, 0.56), (0.345, 0.56), (0.36, 0.52)])
    sketch.glow(0, 0.6, 2.2, 0.9)
    return sketch.fitted(wish.height_m)


def draw_traffic_light(wish: Wish) -> Drawing:
    """A traffic light that changes."""
    sketch = Sketch()
    sketch.box(Tone.BODY, -0.06, 0, 0.06, 2.3)
    sketch.fill(Tone.SHADE, filleted([(-0.26, 2.2), (-0.26, 3.3), (0.26, 3.3), (0.26, 2.2)], 0.08))
    lit = int(wish.phase_s / 2.0) % 3
    for k, y in enumerate((3.05, 2.75, 2.45)):
        tone = (Tone.ACCENT, Tone.GLOW, Tone.WINDOW)[k] if k == lit else Tone.BODY
        sketch.disc(tone, 0, y, 0.13)
    sketch.glow(0, 3.05 - 0.3 * lit, 0.9, 0.8)
    return sketch.fitted(wish.height_m)


def draw_fireworks(wish: Wish) -> Drawing:
    """Bursts that open and fade."""
    sketch = Sketch()
    for k in range(3):
        age = (wish.phase_s * 0.6 + k * 0.37) % 1.0
        x, y = (-0.5, 0.1, 0.55)[k], (0.62, 0.80, 0.55)[k]
        r = 0.42 * (1 - (1 - age) ** 2)
        tone = (Tone.GLOW, Tone.ACCENT, Tone.PALE)[k]
        for j in range(14):
            a = 2 * pi * j / 14
            droop = 0.12 * age * age
            inner, outer = r * 0.55, r
            ends = [(x + q * cos(a), y + q * sin(a) - droop * q * 2) for q in (inner, outer)]
            sketch.fill(tone, ribbon(ends, (0.004, 0.016 * (1.1 - age))), ellipse(*ends[1], 0.014 * (1.2 - age), points=8))
        sketch.glow(x, y, 0.6, 1 - age)
    return sketch.drawing(wish.height_m / 1.2)
