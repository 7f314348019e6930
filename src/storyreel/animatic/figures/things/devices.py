"""Screens, cameras and glasses; jewels; and a ship's tackle."""

from math import cos, pi, sin

from storyreel.animatic.figures.curves import arc, ellipse, filleted
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import bar, limb, ribbon
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing, Tone


def draw_screen(wish: Wish) -> Drawing:
    """A computer's screen and keys; a laptop, a television or a phone by variant."""
    sketch = Sketch()
    kind = wish.variant
    if kind == "phone":
        sketch.fill(Tone.SHADE, filleted([(-0.25, 0), (-0.25, 1.0), (0.25, 1.0), (0.25, 0)], 0.07))
        sketch.fill(Tone.GLOW, filleted([(-0.215, 0.07), (-0.215, 0.93), (0.215, 0.93), (0.215, 0.07)], 0.03))
        sketch.glow(0, 0.5, 1.4, 0.5)
        return sketch.fitted(wish.height_m)
    if kind == "telephone":
        sketch.smooth(Tone.SHADE, [(-0.42, 0, 1), (-0.30, 0.42), (0.30, 0.42), (0.42, 0, 1)], 5)
        sketch.disc(Tone.PALE, 0, 0.22, 0.14)
        sketch.disc(Tone.SHADE, 0, 0.22, 0.06)
        sketch.fill(
            Tone.SHADE,
            ribbon([(-0.5, 0.46), (-0.36, 0.62), (0, 0.66), (0.36, 0.62), (0.5, 0.46)], (0.16, 0.09, 0.08, 0.09, 0.16)),
        )
        return sketch.fitted(wish.height_m)
    if kind == "laptop":
        sketch.fill(Tone.SHADE, filleted([(-0.5, 0.06), (-0.5, 0.72), (0.5, 0.72), (0.5, 0.06)], 0.04))
        sketch.box(Tone.GLOW, -0.45, 0.12, 0.45, 0.67)
        sketch.flat(Tone.BODY, [(-0.5, 0.06), (0.5, 0.06), (0.62, 0.0), (-0.62, 0.0)])
    else:
        tv = kind in {"television", "tv"}
        if tv:
            sketch.fill(
                Tone.SHADE,
                bar((-0.02, 1.0), (-0.3, 1.3), 0.02),
                bar((0.02, 1.0), (0.3, 1.3), 0.02),
                bar((-0.3, 0.1), (-0.38, 0), 0.05),
                bar((0.3, 0.1), (0.38, 0), 0.05),
            )
        else:
            sketch.box(Tone.SHADE, -0.06, 0.05, 0.06, 0.25)
            sketch.fill(Tone.SHADE, filleted([(-0.26, 0), (-0.26, 0.06), (0.26, 0.06), (0.26, 0)], 0.02))
        sketch.fill(
            Tone.BODY, filleted([(-0.68, 0.1 if tv else 0.2), (-0.68, 1.0), (0.68, 1.0), (0.68, 0.1 if tv else 0.2)], 0.06)
        )
        sketch.fill(
            Tone.GLOW,
            filleted(
                [
                    (-0.58, 0.2 if tv else 0.28),
                    (-0.58, 0.92),
                    (0.40 if tv else 0.58, 0.92),
                    (0.40 if tv else 0.58, 0.2 if tv else 0.28),
                ],
                0.06,
            ),
        )
        if tv:
            for y in (0.78, 0.6):
                sketch.disc(Tone.PALE, 0.54, y, 0.06)
    sketch.glow(0, 0.5, 1.5, 0.5 + 0.08 * sin(wish.phase_s * 8))
    return sketch.fitted(wish.height_m)


def draw_camera(wish: Wish) -> Drawing:
    """A camera; a film camera on its legs where the variant is `film`."""
    sketch = Sketch()
    if wish.variant in {"film", "movie", "projector"}:
        for x in (-0.35, 0.0, 0.35):
            sketch.fill(Tone.SHADE, bar((0, 0.95), (x, 0), 0.04))
        sketch.fill(Tone.BODY, filleted([(-0.34, 0.92), (-0.34, 1.36), (0.26, 1.36), (0.26, 0.92)], 0.04))
        sketch.flat(Tone.SHADE, [(0.26, 1.04), (0.50, 0.96), (0.50, 1.32), (0.26, 1.24)])
        for x in (-0.24, 0.14):
            sketch.cut(Tone.BODY, ellipse(x, 1.54, 0.20), ellipse(x, 1.54, 0.06))
        return sketch.fitted(wish.height_m)
    sketch.fill(Tone.SHADE, filleted([(-0.20, 0.55), (-0.14, 0.78), (0.16, 0.78), (0.22, 0.55)], 0.04))
    sketch.fill(Tone.BODY, filleted([(-0.55, 0), (-0.55, 0.64), (0.55, 0.64), (0.55, 0)], 0.08))
    sketch.box(Tone.SHADE, -0.55, 0.16, 0.55, 0.44)
    for r, tone in ((0.27, Tone.BODY), (0.23, Tone.PALE), (0.19, Tone.SHADE), (0.11, Tone.WINDOW), (0.05, Tone.PALE)):
        sketch.disc(tone, 0, 0.30, r)
    sketch.fill(Tone.ACCENT, filleted([(0.32, 0.64), (0.32, 0.70), (0.46, 0.70), (0.46, 0.64)], 0.02))
    return sketch.fitted(wish.height_m)


def draw_telescope(wish: Wish) -> Drawing:
    """A telescope on three legs; a hand glass where the variant is `magnifier`."""
    sketch = Sketch()
    if wish.variant in {"magnifier", "magnifying_glass"}:
        sketch.fill(Tone.SHADE, *limb(((0, 0.0), (0, 0.45)), (0.05, 0.04)))
        sketch.disc(Tone.SHADE, 0, 0.72, 0.28)
        sketch.disc(Tone.WINDOW, 0, 0.72, 0.22)
        return sketch.fitted(wish.height_m)
    for x in (-0.42, 0.02, 0.42):
        sketch.fill(Tone.SHADE, bar((0, 0.95), (x, 0), 0.05, 0.03))
    sketch.fill(Tone.BODY, bar((-0.62, 0.72), (0.30, 1.20), 0.16), bar((0.24, 1.17), (0.72, 1.42), 0.22))
    sketch.fill(Tone.GLOW, bar((0.22, 1.155), (0.27, 1.18), 0.24), bar((0.68, 1.40), (0.73, 1.425), 0.25))
    sketch.fill(Tone.SHADE, bar((-0.74, 0.66), (-0.60, 0.73), 0.11))
    return sketch.fitted(wish.height_m)


def draw_jewel(wish: Wish) -> Drawing:
    """A crown; a ring, a gem or crystals by variant."""
    sketch = Sketch()
    kind = wish.variant
    if kind == "ring":
        sketch.cut(Tone.GLOW, ellipse(0, 0.36, 0.36), ellipse(0, 0.36, 0.28))
        sketch.flat(Tone.PALE, [(-0.16, 0.86), (-0.09, 1.0), (0.09, 1.0), (0.16, 0.86), (0, 0.68)])
        return sketch.fitted(wish.height_m)
    if kind in {"gem", "diamond"}:
        sketch.flat(Tone.PALE, [(-0.5, 0.66), (-0.28, 1.0), (0.28, 1.0), (0.5, 0.66), (0, 0)])
        sketch.flat(Tone.WINDOW, [(-0.2, 0.66), (-0.12, 1.0), (0.12, 1.0), (0.2, 0.66), (0, 0)])
        sketch.fill(Tone.BODY, bar((-0.5, 0.66), (0.5, 0.66), 0.02))
        sketch.glow(0, 0.6, 0.9, 0.5)
        return sketch.fitted(wish.height_m)
    if kind == "crystal":
        for x, high, lean in ((-0.30, 0.62, -0.16), (0.30, 0.70, 0.15), (0.0, 1.0, 0.02)):
            sketch.flat(
                Tone.PALE,
                [
                    (x - 0.13, 0),
                    (x - 0.15 + lean, high * 0.8),
                    (x + lean * 1.2, high),
                    (x + 0.03 + lean, high * 0.76),
                    (x + 0.04, 0),
                ],
            )
            sketch.flat(
                Tone.BODY,
                [
                    (x + 0.04, 0),
                    (x + 0.03 + lean, high * 0.76),
                    (x + lean * 1.2, high),
                    (x + 0.14 + lean, high * 0.8),
                    (x + 0.14, 0),
                ],
            )
        sketch.glow(0, 0.5, 1.3, 0.5)
        return sketch.fitted(wish.height_m)
    sketch.smooth(
        Tone.GLOW,
        [
            (-0.5, 0.2, 1),
            (-0.6, 0.80, 1),
            (-0.32, 0.48),
            (-0.30, 0.50, 1),
            (0, 0.96, 1),
            (0.30, 0.50, 1),
            (0.32, 0.48),
            (0.6, 0.80, 1),
            (0.5, 0.2, 1),
        ],
        3,
    )
    sketch.fill(Tone.GLOW, filleted([(-0.52, 0), (-0.52, 0.22), (0.52, 0.22), (0.52, 0)], 0.05))
    for x, y, r in ((-0.6, 0.83, 0.06), (0, 1.0, 0.07), (0.6, 0.83, 0.06)):
        sketch.disc(Tone.PALE, x, y, r)
    for x in (-0.3, 0.0, 0.3):
        sketch.disc(Tone.ACCENT, x, 0.11, 0.07)
    return sketch.fitted(wish.height_m)


def draw_tackle(wish: Wish) -> Drawing:
    """An anchor; a ship's wheel, a coil of rope, a life ring or a cart's wheel by variant."""
    match wish.variant:
        case "wheel" | "ship_wheel" | "gear":
            return _wheel(wish)
        case "rope":
            return _hoop(wish, (Tone.PALE, Tone.SHADE), bands=14, wide=0.02)
        case "lifebuoy":
            return _hoop(wish, (Tone.ACCENT, Tone.PALE), bands=4, wide=0.16)
        case _:
            return _anchor(wish)


def _wheel(wish: Wish) -> Drawing:
    sketch, gear = Sketch(), wish.variant == "gear"
    sketch.cut(Tone.BODY, ellipse(0, 0.5, 0.36, points=36), ellipse(0, 0.5, 0.28, points=36))
    end = 0.33 if wish.variant == "wheel" else 0.5  # spokes that reach beyond the rim are handles, or cogs
    for k in range(8):
        a = k * pi / 4 + (wish.phase_s if gear else 0.3 * sin(wish.phase_s * 0.8))
        sketch.fill(Tone.SHADE, *limb(((0, 0.5), (end * cos(a), 0.5 + end * sin(a))), (0.024, 0.06 if gear else 0.032)))
    sketch.disc(Tone.GLOW, 0, 0.5, 0.09)
    return sketch.drawing(wish.height_m / 1.05)


def _hoop(wish: Wish, tones: tuple[Tone, Tone], *, bands: int, wide: float) -> Drawing:
    """A ring with bands across it: of a rope's turns, of a life ring's stripes."""
    sketch = Sketch()
    sketch.cut(tones[0], ellipse(0, 0.5, 0.5, points=36), ellipse(0, 0.5, 0.26, points=36))
    for k in range(bands):
        a = k * 2 * pi / bands
        inner, outer = (0.26 * cos(a), 0.5 + 0.26 * sin(a)), (0.5 * cos(a + 0.2), 0.5 + 0.5 * sin(a + 0.2))
        sketch.fill(tones[1], bar(inner, outer, wide))
    return sketch.fitted(wish.height_m)


def _anchor(wish: Wish) -> Drawing:
    sketch = Sketch()
    sketch.cut(Tone.BODY, ellipse(0, 0.92, 0.08), ellipse(0, 0.92, 0.045))
    sketch.fill(Tone.BODY, bar((0, 0.85), (0, 0.06), 0.06), bar((-0.18, 0.74), (0.18, 0.74), 0.05))
    line = [(x, 0.32 + y) for x, y in arc(0, 0, 0.34, 200, 340, 9).tolist()]
    sketch.fill(Tone.BODY, ribbon(line, (0.04, 0.08, 0.09, 0.08, 0.04), 3))
    for side in (-1, 1):
        sketch.flat(Tone.BODY, [(0.24 * side, 0.24), (0.38 * side, 0.38), (0.40 * side, 0.16)])
    return sketch.fitted(wish.height_m)
