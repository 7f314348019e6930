"""What people hold and read: bottles, letters, books, keys, bags, umbrellas, flags."""

from math import sin

from storyreel.animatic.figures.curves import Point, box, ellipse, filleted, mirrored, smooth
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import bar, ribbon
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing, Tone


def draw_bottle(wish: Wish) -> Drawing:
    """A bottle; with a rolled letter in it where the variant is `message`."""
    sketch = Sketch()
    sketch.smooth(
        Tone.BODY,
        mirrored(
            [(0, 0.92, 1), (0.075, 0.92, 1), (0.075, 0.68), (0.16, 0.56), (0.17, 0.46), (0.17, 0.04), (0.13, 0.0, 1), (0, 0)]
        ),
        4,
    )
    if wish.variant in {"message", "letter"}:
        sketch.fill(Tone.PALE, filleted([(-0.085, 0.08), (-0.085, 0.50), (0.085, 0.50), (0.085, 0.08)], 0.03))
        sketch.box(Tone.ACCENT, -0.088, 0.26, 0.088, 0.31)
        for y in (0.14, 0.20, 0.37, 0.43):
            sketch.box(Tone.SHADE, -0.05, y, 0.05, y + 0.012)
    else:
        sketch.box(Tone.PALE, -0.17, 0.16, 0.17, 0.38)
    sketch.fill(Tone.WINDOW, ribbon([(-0.125, 0.10), (-0.13, 0.44), (-0.06, 0.62)], (0.012, 0.02, 0.010)))
    sketch.fill(Tone.ACCENT, filleted([(-0.06, 0.90), (-0.055, 1.0), (0.055, 1.0), (0.06, 0.90)], 0.015))
    return sketch.fitted(wish.height_m)


def draw_letter(wish: Wish) -> Drawing:
    """An envelope with a seal; a written sheet, a scroll or a newspaper by variant."""
    sketch = Sketch()
    if wish.variant in {"paper", "newspaper", "page"}:
        sketch.flat(Tone.PALE, [(-0.36, 0), (-0.36, 1.0), (0.36, 1.0), (0.36, 0)])
        for k in range(8):
            sketch.box(Tone.SHADE, -0.27, 0.14 + 0.1 * k, 0.27 if k % 3 else 0.12, 0.165 + 0.1 * k)
        if wish.variant == "newspaper":
            sketch.box(Tone.SHADE, -0.27, 0.88, 0.27, 0.95)
            sketch.box(Tone.BODY, -0.27, 0.44, 0.0, 0.76)
        return sketch.fitted(wish.height_m)
    if wish.variant in {"scroll", "map"}:
        return _scroll(sketch, chart=wish.variant == "map").fitted(wish.height_m)
    sketch.box(Tone.PALE, -0.75, 0, 0.75, 1.0)
    for a, b in (((-0.75, 1.0), (0, 0.42)), ((0.75, 1.0), (0, 0.42)), ((-0.75, 0.0), (-0.18, 0.54)), ((0.75, 0.0), (0.18, 0.54))):
        sketch.fill(Tone.SHADE, bar(a, b, 0.022))
    sketch.disc(Tone.ACCENT, 0, 0.44, 0.13)
    return sketch.fitted(wish.height_m)


def _scroll(sketch: Sketch, *, chart: bool) -> Sketch:
    sketch.smooth(
        Tone.PALE,
        [
            (-0.68, 0.04, 1),
            (-0.66, 0.5),
            (-0.70, 0.98, 1),
            (-0.2, 0.94),
            (0.2, 0.99),
            (0.70, 0.95, 1),
            (0.66, 0.5),
            (0.70, 0.02, 1),
            (0.2, 0.06),
            (-0.2, 0.0),
        ],
        5,
    )
    if not chart:
        for k in range(6):
            sketch.box(Tone.SHADE, -0.48, 0.18 + 0.12 * k, 0.48 if k % 2 else 0.30, 0.205 + 0.12 * k)
    else:
        sketch.smooth(Tone.BODY, [(-0.5, 0.30), (-0.36, 0.62), (-0.08, 0.58), (0.0, 0.40), (-0.2, 0.22)], 5)
        sketch.smooth(Tone.BODY, [(0.18, 0.60), (0.32, 0.80), (0.52, 0.66), (0.40, 0.52)], 5)
        for k in range(6):
            x = -0.12 + 0.1 * k
            sketch.disc(Tone.SHADE, x, 0.40 + 0.09 * sin(k * 1.1) - 0.02 * k, 0.018)
        for turn in (1, -1):
            sketch.fill(Tone.ACCENT, bar((0.40, 0.24 - 0.07 * turn), (0.54, 0.24 + 0.07 * turn), 0.035))
    for x in (-0.70, 0.70):
        sketch.fill(Tone.SHADE, filleted([(x - 0.05, -0.02), (x - 0.05, 1.02), (x + 0.05, 1.02), (x + 0.05, -0.02)], 0.04))
    return sketch


def draw_book(wish: Wish) -> Drawing:
    """An open book; shut where the variant is `closed`."""
    sketch = Sketch()
    if wish.variant == "closed":
        sketch.fill(Tone.ACCENT, filleted([(-0.40, 0), (-0.40, 1.0), (0.40, 1.0), (0.40, 0)], 0.04))
        sketch.box(Tone.SHADE, -0.40, 0, -0.31, 1.0)
        sketch.box(Tone.PALE, -0.18, 0.62, 0.26, 0.78)
        return sketch.fitted(wish.height_m)
    flutter = 0.04 * sin(wish.phase_s * 1.3)
    sketch.smooth(
        Tone.ACCENT,
        [(-1.02, 0.16, 1), (-0.5, 0.03), (0, 0.06), (0.5, 0.03), (1.02, 0.16, 1), (1.0, 0.62, 1), (0, 0.54), (-1.0, 0.62, 1)],
        5,
    )
    for side in (-1, 1):
        sketch.smooth(
            Tone.PALE,
            [
                (0, 0.10, 1),
                (0.5 * side, 0.10),
                (0.95 * side, 0.22, 1),
                (0.93 * side, 0.74 + flutter, 1),
                (0.5 * side, 0.72 + flutter),
                (0.12 * side, 0.68),
                (0, 0.60, 1),
            ],
            5,
        )
        for k in range(4):
            line = [(0.14 * side, 0.22 + 0.10 * k), (0.5 * side, 0.24 + 0.105 * k), (0.82 * side, 0.32 + 0.10 * k)]
            sketch.fill(Tone.SHADE, ribbon(line, (0.014, 0.014)))
    sketch.fill(Tone.SHADE, bar((0, 0.08), (0, 0.62), 0.02))
    return sketch.fitted(wish.height_m, of=0.78)


def draw_key(wish: Wish) -> Drawing:
    """An old key; a padlock by variant."""
    sketch = Sketch()
    if wish.variant in {"padlock", "lock"}:
        sketch.cut(
            Tone.SHADE,
            filleted([(-0.28, 0.4), (-0.28, 1.0), (0.28, 1.0), (0.28, 0.4)], 0.28),
            filleted([(-0.18, 0.3), (-0.18, 0.9), (0.18, 0.9), (0.18, 0.3)], 0.18),
        )
        sketch.fill(Tone.GLOW, filleted([(-0.40, 0), (-0.40, 0.56), (0.40, 0.56), (0.40, 0)], 0.08))
        sketch.disc(Tone.SHADE, 0, 0.32, 0.07)
        sketch.fill(Tone.SHADE, bar((0, 0.3), (0, 0.14), 0.06, 0.1))
        return sketch.fitted(wish.height_m)
    sketch.cut(Tone.GLOW, ellipse(0, 0.84, 0.17, 0.16), ellipse(0, 0.85, 0.09, 0.085))
    sketch.fill(
        Tone.GLOW,
        bar((0, 0.70), (0, 0.0), 0.065),
        box(0.0, 0.03, 0.18, 0.09),
        box(0.0, 0.15, 0.14, 0.21),
        box(-0.07, 0.62, 0.07, 0.67),
    )
    return sketch.fitted(wish.height_m)


def draw_bag(wish: Wish) -> Drawing:
    """A suitcase with straps; a backpack, a satchel, a basket, a sack or a bucket by variant."""
    sketch = Sketch()
    kind = wish.variant
    if kind in {"basket", "bucket"}:
        sketch.cut(
            Tone.SHADE,
            smooth([(-0.36, 0.5, 1), (-0.26, 0.92), (0, 1.02), (0.26, 0.92), (0.36, 0.5, 1)], 5),
            smooth([(-0.32, 0.5, 1), (-0.23, 0.89), (0, 0.98), (0.23, 0.89), (0.32, 0.5, 1)], 5),
        )
        sketch.flat(Tone.BODY, [(-0.42, 0.55), (-0.30, 0), (0.30, 0), (0.42, 0.55)])
        rows = 4 if kind == "basket" else 2
        for k in range(rows):
            y = 0.06 + 0.48 * k / rows
            half = 0.31 + 0.11 * y / 0.55
            sketch.fill(Tone.PALE, bar((-half, y + 0.02), (half, y + 0.02), 0.03))
        sketch.box(Tone.SHADE, -0.44, 0.52, 0.44, 0.58)
        return sketch.fitted(wish.height_m)
    if kind == "sack":
        sketch.smooth(
            Tone.BODY,
            [
                (-0.12, 0.80),
                (-0.28, 0.62),
                (-0.42, 0.24),
                (-0.30, 0.0),
                (0.30, 0.0),
                (0.42, 0.24),
                (0.28, 0.62),
                (0.12, 0.80),
                (0.24, 1.0, 1),
                (0.0, 0.94),
                (-0.24, 1.0, 1),
            ],
            5,
        )
        sketch.fill(Tone.ACCENT, bar((-0.14, 0.80), (0.14, 0.80), 0.06))
        return sketch.fitted(wish.height_m)
    if kind == "satchel":
        _satchel(sketch)
        return sketch.fitted(wish.height_m)
    if kind == "backpack":
        sketch.smooth(
            Tone.ACCENT, [(-0.36, 0.05), (-0.40, 0.6), (-0.26, 0.92), (0.26, 0.92), (0.40, 0.6), (0.36, 0.05), (0, 0.0)], 5
        )
        sketch.smooth(Tone.SHADE, [(-0.38, 0.60), (-0.26, 0.93), (0.26, 0.93), (0.38, 0.60), (0, 0.52)], 5)
        sketch.fill(Tone.BODY, filleted([(-0.26, 0.08), (-0.26, 0.40), (0.26, 0.40), (0.26, 0.08)], 0.06))
        sketch.cut(Tone.SHADE, ellipse(0, 0.95, 0.09), ellipse(0, 0.95, 0.06))
        return sketch.fitted(wish.height_m)
    sketch.cut(
        Tone.SHADE,
        filleted([(-0.14, 0.72), (-0.14, 0.90), (0.14, 0.90), (0.14, 0.72)], 0.05),
        filleted([(-0.10, 0.70), (-0.10, 0.85), (0.10, 0.85), (0.10, 0.70)], 0.03),
    )
    sketch.fill(Tone.BODY, filleted([(-0.58, 0), (-0.58, 0.78), (0.58, 0.78), (0.58, 0)], 0.07))
    for x in (-0.32, 0.32):
        sketch.box(Tone.ACCENT, x - 0.05, 0.0, x + 0.05, 0.78)
        sketch.box(Tone.PALE, x - 0.06, 0.50, x + 0.06, 0.58)
    sketch.box(Tone.SHADE, -0.58, 0.52, 0.58, 0.55)
    return sketch.fitted(wish.height_m)


def _satchel(sketch: Sketch) -> None:
    """A soft bag with a flap, a buckle and one handle."""
    handle = [(-0.30, 0.58), (-0.25, 0.84), (0.0, 1.0), (0.25, 0.84), (0.30, 0.58)]
    sketch.fill(Tone.SHADE, ribbon(handle, (0.050, 0.044, 0.044, 0.050)))
    body = [(-0.47, 0.56), (-0.53, 0.20), (-0.47, 0.03), (-0.36, 0.0), (0.36, 0.0), (0.47, 0.03), (0.53, 0.20), (0.47, 0.56),
            (0.40, 0.63), (-0.40, 0.63)]  # fmt: skip
    sketch.smooth(Tone.ACCENT, body, 5)
    sketch.fill(Tone.SHADE, ribbon([(-0.46, 0.10), (0.0, 0.07), (0.46, 0.10)], (0.004, 0.016, 0.004)))
    flap = [(-0.46, 0.60), (-0.42, 0.64, 1), (0.42, 0.64, 1), (0.46, 0.60), (0.40, 0.36), (0.24, 0.27), (0.0, 0.25),
            (-0.24, 0.27), (-0.40, 0.36)]  # fmt: skip
    sketch.smooth(Tone.BODY, flap, 5)
    sketch.fill(Tone.PALE, ribbon([(-0.37, 0.40), (-0.23, 0.315), (0.0, 0.295), (0.23, 0.315), (0.37, 0.40)], (0.010, 0.010)))
    sketch.box(Tone.SHADE, -0.055, 0.16, 0.055, 0.42)
    sketch.fill(Tone.PALE, filleted([(-0.07, 0.20), (-0.07, 0.31), (0.07, 0.31), (0.07, 0.20)], 0.02))
    sketch.box(Tone.SHADE, -0.035, 0.235, 0.035, 0.275)
    for x in (-0.30, 0.30):
        sketch.disc(Tone.PALE, x, 0.585, 0.026)


def draw_umbrella(wish: Wish) -> Drawing:
    """An open umbrella with a crooked handle; furled where the variant is `closed`."""
    sketch = Sketch()
    sketch.fill(Tone.SHADE, bar((0, 0.08), (0, 1.0), 0.022))
    sketch.fill(Tone.SHADE, ribbon([(0, 0.12), (0.0, 0.03), (0.05, 0.0), (0.09, 0.04)], (0.03, 0.03)))
    if wish.variant == "closed":
        sketch.smooth(Tone.ACCENT, mirrored([(0, 0.98, 1), (0.05, 0.8), (0.07, 0.36), (0.03, 0.28, 1), (0, 0.28)]), 5)
        return sketch.fitted(wish.height_m)
    sway = 0.01 * sin(wish.phase_s * 2.1)
    dome = [(-0.56, 0.62 + sway, 1), (-0.42, 0.82), (0, 0.96), (0.42, 0.82), (0.56, 0.62 - sway, 1), (0.42, 0.655),
        (0.28, 0.61, 1), (0.14, 0.65), (0, 0.61, 1), (-0.14, 0.65), (-0.28, 0.61, 1),
            (-0.42, 0.655)]  # fmt: skip
    sketch.smooth(Tone.ACCENT, dome, 6)
    for x in (-0.28, 0.0, 0.28):
        sketch.fill(Tone.SHADE, ribbon([(x, 0.615), (x * 0.72, 0.82), (0, 0.955)], (0.010, 0.010, 0.004)))
    return sketch.fitted(wish.height_m, of=1.0)


def draw_flag(wish: Wish) -> Drawing:
    """A flag on its staff, waving."""
    sketch = Sketch()
    sketch.fill(Tone.SHADE, bar((0, 0), (0, 1.0), 0.022))
    sketch.disc(Tone.GLOW, 0, 1.0, 0.022)
    top: list[Point] = []
    low: list[Point] = []
    for k in range(9):
        t = k / 8
        wave = 0.035 * t * sin(wish.phase_s * 4 - t * 7)
        top.append((0.01 + 0.56 * t, 0.96 + wave))
        low.append((0.01 + 0.56 * t, 0.60 + wave * 1.2))
    corners = {top[0], top[-1], low[0], low[-1]}
    sketch.smooth(Tone.ACCENT, [(*one, int(one in corners)) for one in top + low[::-1]], 3)
    return sketch.drawing(wish.height_m / 1.02)
