"""Instruments: violin, cello, guitar and their kin, piano, drum, trumpet, flute, harp, bell, gramophone."""

from math import sin

from storyreel.animatic.figures.curves import ellipse, filleted, mirrored
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import bar, ribbon
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing, Tone


def _fiddle(sketch: Sketch, waist: float, tone: Tone) -> None:
    """A body with a waist, its neck and strings, upright."""
    half = [
        (0, 0.56),
        (0.13, 0.55),
        (0.175, 0.48),
        (0.15, 0.40, 1),
        (waist, 0.33),
        (waist + 0.02, 0.27),
        (0.18, 0.22, 1),
        (0.215, 0.12),
        (0.15, 0.01),
        (0, 0.0),
    ]
    sketch.smooth(tone, mirrored(half), 5)
    sketch.fill(Tone.SHADE, bar((0, 0.30), (0, 0.98), 0.05, 0.035), bar((0, 0.10), (0, 0.22), 0.06, 0.035))
    for side in (-1, 1):
        sketch.fill(Tone.SHADE, ribbon([(0.09 * side, 0.22), (0.07 * side, 0.28), (0.085 * side, 0.35)], (0.008, 0.016, 0.008)))
        sketch.fill(Tone.SHADE, ellipse(0.05 * side, 0.96, 0.022, 0.012), ellipse(0.05 * side, 0.91, 0.022, 0.012))
    sketch.box(Tone.PALE, -0.07, 0.245, 0.07, 0.262)
    sketch.disc(Tone.SHADE, 0, 1.0, 0.035, 0.03)


def draw_violin(wish: Wish) -> Drawing:
    """A violin; a cello on its spike, or a two-stringed erhu, by variant. The bow lies across it where it is held."""
    sketch = Sketch()
    if wish.variant == "erhu":
        sketch.fill(
            Tone.BODY, bar((0, 0.05), (0, 1.0), 0.03), filleted([(-0.09, 0.0), (-0.09, 0.16), (0.09, 0.16), (0.09, 0.0)], 0.03)
        )
        sketch.fill(Tone.SHADE, bar((-0.08, 0.92), (0.03, 0.90), 0.02), bar((-0.08, 0.84), (0.03, 0.82), 0.02))
        sketch.fill(Tone.PALE, bar((-0.3, 0.2), (0.5, 0.24), 0.012))
        return sketch.fitted(wish.height_m)
    if wish.variant in {"cello", "bass"}:
        sketch.fill(Tone.SHADE, bar((0, 0.02), (0, -0.12), 0.02))
    _fiddle(sketch, 0.095, Tone.ACCENT)
    slide = 0.16 * sin(wish.phase_s * 4.2)
    sketch.fill(Tone.PALE, bar((-0.34 + slide, 0.27), (0.40 + slide, 0.34), 0.016, 0.010))
    return sketch.drawing(
        wish.height_m / (1.15 if wish.variant in {"cello", "bass"} else 1.03),
        y=0.12 if wish.variant in {"cello", "bass"} else 0.0,
    )


def draw_guitar(wish: Wish) -> Drawing:
    """A guitar; a lute-like one where the variant is `lute` or `pipa`."""
    sketch = Sketch()
    if wish.variant in {"lute", "pipa", "balalaika"}:
        sketch.smooth(Tone.ACCENT, mirrored([(0, 0.58), (0.10, 0.50), (0.20, 0.22), (0.14, 0.03), (0, 0)]), 5)
    else:
        half = [(0, 0.50), (0.11, 0.495), (0.16, 0.43), (0.125, 0.335), (0.18, 0.22), (0.215, 0.12), (0.15, 0.01), (0, 0)]
        sketch.smooth(Tone.ACCENT, mirrored(half), 5)
    sketch.disc(Tone.SHADE, 0, 0.30, 0.062)
    sketch.fill(
        Tone.SHADE,
        bar((0, 0.33), (0, 0.92), 0.048, 0.040),
        filleted([(-0.04, 0.88), (-0.05, 1.02), (0.05, 1.02), (0.04, 0.88)], 0.015),
    )
    sketch.box(Tone.SHADE, -0.08, 0.13, 0.08, 0.155)
    for x in (-0.012, 0.0, 0.012):
        sketch.fill(Tone.PALE, bar((x, 0.14), (x, 0.95), 0.003))
    return sketch.fitted(wish.height_m)


def draw_piano(wish: Wish) -> Drawing:
    """A grand piano; an upright where the variant is `upright`."""
    sketch = Sketch()
    if wish.variant == "upright":
        sketch.box(Tone.BODY, -0.75, 0.05, 0.75, 1.22)
        sketch.box(Tone.SHADE, -0.8, 1.18, 0.8, 1.26)
        sketch.box(Tone.SHADE, -0.78, 0.62, 0.78, 0.70)
        sketch.box(Tone.PALE, -0.70, 0.70, 0.70, 0.75)
        for k in range(20):
            if k % 7 not in {2, 6}:
                sketch.box(Tone.SHADE, -0.66 + 0.068 * k, 0.72, -0.63 + 0.068 * k, 0.75)
        sketch.box(Tone.PALE, -0.25, 0.85, 0.25, 1.08)
        return sketch.fitted(wish.height_m)
    sketch.smooth(Tone.BODY, [(-0.78, 0.98, 1), (-0.35, 1.78), (0.55, 1.70), (1.05, 1.34), (1.12, 1.00, 1)], 5)
    sketch.smooth(Tone.SHADE, [(-0.60, 1.00, 1), (-0.26, 1.64), (0.52, 1.58), (0.95, 1.28), (1.0, 1.00, 1)], 5)
    sketch.fill(Tone.SHADE, bar((0.35, 1.0), (0.62, 1.5), 0.03))
    sketch.fill(Tone.BODY, filleted([(-1.02, 0.66), (-1.02, 0.86), (-0.82, 1.0), (1.16, 1.0), (1.16, 0.66)], 0.05))
    sketch.box(Tone.PALE, -1.04, 0.80, -0.78, 0.85)
    for x in (-0.74, 0.20, 1.02):
        sketch.flat(Tone.BODY, [(x - 0.07, 0.68), (x + 0.07, 0.68), (x + 0.035, 0.06), (x - 0.035, 0.06)])
        sketch.disc(Tone.SHADE, x, 0.04, 0.045)
    sketch.fill(Tone.SHADE, bar((-0.55, 0.66), (-0.55, 0.12), 0.04))
    return sketch.fitted(wish.height_m)


def draw_drum(wish: Wish) -> Drawing:
    """A drum with its sticks."""
    sketch = Sketch()
    beat = 0.05 * abs(sin(wish.phase_s * 6))
    sketch.flat(Tone.ACCENT, [(-0.42, 0.05), (-0.42, 0.52), (0.42, 0.52), (0.42, 0.05)])
    sketch.disc(Tone.ACCENT, 0, 0.05, 0.42, 0.06)
    for k in range(6):
        x = -0.42 + 0.14 * k
        sketch.fill(Tone.PALE, bar((x, 0.50), (x + 0.07, 0.06), 0.014), bar((x + 0.14, 0.50), (x + 0.07, 0.06), 0.014))
    sketch.disc(Tone.SHADE, 0, 0.52, 0.45, 0.085)
    sketch.disc(Tone.PALE, 0, 0.53, 0.40, 0.065)
    for side in (-1, 1):
        sketch.fill(Tone.SHADE, bar((0.08 * side, 0.57 + beat), (0.5 * side, 0.86 + beat), 0.03))
        sketch.disc(Tone.SHADE, 0.08 * side, 0.57 + beat, 0.03)
    return sketch.fitted(wish.height_m, of=0.9)


def draw_trumpet(wish: Wish) -> Drawing:
    """A trumpet; a saxophone or a straight flute by variant."""
    sketch = Sketch()
    if wish.variant == "flute":
        sketch.fill(Tone.PALE, bar((-0.5, 0.05), (0.5, 0.05), 0.07))
        for k in range(6):
            sketch.disc(Tone.SHADE, -0.2 + 0.1 * k, 0.06, 0.018)
        return sketch.fitted(wish.height_m)
    if wish.variant == "saxophone":
        line = [(-0.16, 1.0), (-0.05, 1.04), (0.0, 0.92), (0.02, 0.45), (0.08, 0.14), (0.24, 0.10), (0.33, 0.26), (0.38, 0.52)]
        sketch.fill(Tone.GLOW, ribbon(line, (0.035, 0.045, 0.06, 0.10, 0.14, 0.17, 0.28)))
        for y in (0.4, 0.52, 0.64, 0.76):
            sketch.disc(Tone.SHADE, 0.03, y, 0.025)
        return sketch.fitted(wish.height_m)
    sketch.fill(Tone.GLOW, bar((-0.55, 0.26), (0.42, 0.26), 0.05))
    sketch.smooth(Tone.GLOW, [(0.30, 0.29), (0.48, 0.32), (0.62, 0.45, 1), (0.62, 0.07, 1), (0.48, 0.20), (0.30, 0.23)], 5)
    sketch.cut(
        Tone.GLOW,
        filleted([(-0.25, 0.05), (-0.25, 0.30), (0.25, 0.30), (0.25, 0.05)], 0.12),
        filleted([(-0.20, 0.09), (-0.20, 0.24), (0.20, 0.24), (0.20, 0.09)], 0.08),
    )
    for x in (-0.09, 0.0, 0.09):
        sketch.box(Tone.SHADE, x - 0.025, 0.10, x + 0.025, 0.40)
    return sketch.fitted(wish.height_m)


def draw_harp(wish: Wish) -> Drawing:
    """A harp."""
    sketch = Sketch()
    for k in range(12):
        x = -0.26 + 0.05 * k
        sketch.fill(Tone.PALE, bar((x, 0.14 + 0.055 * k * 0.9), (x + 0.03, 1.36 - 0.028 * k), 0.006))
    sketch.fill(Tone.ACCENT, ribbon([(-0.42, 0.10), (-0.36, 0.8), (-0.40, 1.52)], (0.08, 0.06, 0.09)))
    sketch.fill(Tone.ACCENT, ribbon([(-0.42, 1.50), (-0.12, 1.36), (0.14, 1.12), (0.42, 1.12)], (0.10, 0.07, 0.08)))
    sketch.fill(Tone.ACCENT, bar((-0.36, 0.10), (0.42, 1.12), 0.16, 0.08))
    sketch.box(Tone.SHADE, -0.52, 0, -0.10, 0.12)
    return sketch.fitted(wish.height_m)


def draw_bell(wish: Wish) -> Drawing:
    """A bell that swings."""
    bell = Sketch()
    bell.disc(Tone.SHADE, 0.06 * sin(wish.phase_s * 3 + 1), -0.72, 0.09)
    bell.smooth(Tone.GLOW, mirrored([(0, 0.0), (0.20, -0.06), (0.28, -0.30), (0.34, -0.52), (0.48, -0.68, 1), (0, -0.68)]), 5)
    bell.box(Tone.SHADE, -0.47, -0.70, 0.47, -0.62)
    bell.cut(Tone.SHADE, ellipse(0, 0.06, 0.10), ellipse(0, 0.06, 0.06))
    sketch = Sketch()
    sketch.add(bell.drawing(), 0.0, 0.86, turn_deg=16 * sin(wish.phase_s * 3))
    return sketch.fitted(wish.height_m, of=1.02)


def draw_gramophone(wish: Wish) -> Drawing:
    """A gramophone with its horn."""
    sketch = Sketch()
    sketch.fill(Tone.ACCENT, filleted([(-0.42, 0), (-0.38, 0.30), (0.38, 0.30), (0.42, 0)], 0.03))
    sketch.box(Tone.SHADE, -0.46, 0, 0.46, 0.05)
    sketch.disc(Tone.SHADE, -0.02, 0.33, 0.36, 0.05)
    sketch.disc(Tone.ACCENT, -0.02, 0.34, 0.11, 0.016)
    sketch.fill(Tone.SHADE, ribbon([(-0.12, 0.36), (-0.34, 0.46), (-0.32, 0.66), (-0.10, 0.72)], (0.03, 0.05, 0.07)))
    sketch.smooth(
        Tone.GLOW,
        [(-0.14, 0.69), (0.14, 0.76), (0.42, 1.12, 1), (0.62, 1.00), (0.66, 0.70), (0.50, 0.50, 1), (0.18, 0.66), (-0.12, 0.75)],
        5,
    )
    sketch.disc(Tone.SHADE, 0.50, 0.80, 0.12, 0.33, 14)
    return sketch.fitted(wish.height_m)
