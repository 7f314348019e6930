"""What people hold and use: papers, keys, bags, tools, weapons, instruments of sight, screens."""

from math import cos, pi, sin

from storyreel.animatic.figures.curves import arc, box, ellipse, filleted, mirrored, smooth
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import bar, limb, ribbon
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing, Tone


def draw_bottle(wish: Wish) -> Drawing:
    """A bottle; with a rolled letter in it where the variant is `message`."""
    sketch = Sketch()
    sketch.smooth(Tone.BODY, mirrored([(0, 0.92, 1), (0.075, 0.92, 1), (0.075, 0.68), (0.16, 0.56), (0.17, 0.46), (0.17, 0.04), (0.13, 0.0, 1), (0, 0)]), 4)
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
    sketch.smooth(Tone.PALE, [(-0.68, 0.04, 1), (-0.66, 0.5), (-0.70, 0.98, 1), (-0.2, 0.94), (0.2, 0.99), (0.70, 0.95, 1), (0.66, 0.5), (0.70, 0.02, 1), (0.2, 0.06), (-0.2, 0.0)], 5)
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
    sketch.smooth(Tone.ACCENT, [(-1.02, 0.16, 1), (-0.5, 0.03), (0, 0.06), (0.5, 0.03), (1.02, 0.16, 1), (1.0, 0.62, 1), (0, 0.54), (-1.0, 0.62, 1)], 5)
    for side in (-1, 1):
        sketch.smooth(Tone.PALE, [(0, 0.10, 1), (0.5 * side, 0.10), (0.95 * side, 0.22, 1), (0.93 * side, 0.74 + flutter, 1), (0.5 * side, 0.72 + flutter), (0.12 * side, 0.68), (0, 0.60, 1)], 5)
        for k in range(4):
            line = [(0.14 * side, 0.22 + 0.10 * k), (0.5 * side, 0.24 + 0.105 * k), (0.82 * side, 0.32 + 0.10 * k)]
            sketch.fill(Tone.SHADE, ribbon(line, (0.014, 0.014)))
    sketch.fill(Tone.SHADE, bar((0, 0.08), (0, 0.62), 0.02))
    return sketch.fitted(wish.height_m, of=0.78)


def draw_key(wish: Wish) -> Drawing:
    """An old key; a padlock by variant."""
    sketch = Sketch()
    if wish.variant in {"padlock", "lock"}:
        sketch.cut(Tone.SHADE, filleted([(-0.28, 0.4), (-0.28, 1.0), (0.28, 1.0), (0.28, 0.4)], 0.28), filleted([(-0.18, 0.3), (-0.18, 0.9), (0.18, 0.9), (0.18, 0.3)], 0.18))
        sketch.fill(Tone.GLOW, filleted([(-0.40, 0), (-0.40, 0.56), (0.40, 0.56), (0.40, 0)], 0.08))
        sketch.disc(Tone.SHADE, 0, 0.32, 0.07)
        sketch.fill(Tone.SHADE, bar((0, 0.3), (0, 0.14), 0.06, 0.1))
        return sketch.fitted(wish.height_m)
    sketch.cut(Tone.GLOW, ellipse(0, 0.84, 0.17, 0.16), ellipse(0, 0.85, 0.09, 0.085))
    sketch.fill(Tone.GLOW, bar((0, 0.70), (0, 0.0), 0.065), box(0.0, 0.03, 0.18, 0.09), box(0.0, 0.15, 0.14, 0.21), box(-0.07, 0.62, 0.07, 0.67))
    return sketch.fitted(wish.height_m)


def draw_bag(wish: Wish) -> Drawing:
    """A suitcase with straps; a backpack, a basket, a sack or a bucket by variant."""
    sketch = Sketch()
    kind = wish.variant
    if kind in {"basket", "bucket"}:
        sketch.cut(Tone.SHADE, smooth([(-0.36, 0.5, 1), (-0.26, 0.92), (0, 1.02), (0.26, 0.92), (0.36, 0.5, 1)], 5), smooth([(-0.32, 0.5, 1), (-0.23, 0.89), (0, 0.98), (0.23, 0.89), (0.32, 0.5, 1)], 5))
        sketch.flat(Tone.BODY, [(-0.42, 0.55), (-0.30, 0), (0.30, 0), (0.42, 0.55)])
        rows = 4 if kind == "basket" else 2
        for k in range(rows):
            y = 0.06 + 0.48 * k / rows
            half = 0.31 + 0.11 * y / 0.55
            sketch.fill(Tone.PALE, bar((-half, y + 0.02), (half, y + 0.02), 0.03))
        sketch.box(Tone.SHADE, -0.44, 0.52, 0.44, 0.58)
        return sketch.fitted(wish.height_m)
    if kind == "sack":
        sketch.smooth(Tone.BODY, [(-0.12, 0.80), (-0.28, 0.62), (-0.42, 0.24), (-0.30, 0.0), (0.30, 0.0), (0.42, 0.24), (0.28, 0.62), (0.12, 0.80), (0.24, 1.0, 1), (0.0, 0.94), (-0.24, 1.0, 1)], 5)
        sketch.fill(Tone.ACCENT, bar((-0.14, 0.80), (0.14, 0.80), 0.06))
        return sketch.fitted(wish.height_m)
    if kind == "backpack":
        sketch.smooth(Tone.ACCENT, [(-0.36, 0.05), (-0.40, 0.6), (-0.26, 0.92), (0.26, 0.92), (0.40, 0.6), (0.36, 0.05), (0, 0.0)], 5)
        sketch.smooth(Tone.SHADE, [(-0.38, 0.60), (-0.26, 0.93), (0.26, 0.93), (0.38, 0.60), (0, 0.52)], 5)
        sketch.fill(Tone.BODY, filleted([(-0.26, 0.08), (-0.26, 0.40), (0.26, 0.40), (0.26, 0.08)], 0.06))
        sketch.cut(Tone.SHADE, ellipse(0, 0.95, 0.09), ellipse(0, 0.95, 0.06))
        return sketch.fitted(wish.height_m)
    sketch.cut(Tone.SHADE, filleted([(-0.14, 0.72), (-0.14, 0.90), (0.14, 0.90), (0.14, 0.72)], 0.05), filleted([(-0.10, 0.70), (-0.10, 0.85), (0.10, 0.85), (0.10, 0.70)], 0.03))
    sketch.fill(Tone.BODY, filleted([(-0.58, 0), (-0.58, 0.78), (0.58, 0.78), (0.58, 0)], 0.07))
    for x in (-0.32, 0.32):
        sketch.box(Tone.ACCENT, x - 0.05, 0.0, x + 0.05, 0.78)
        sketch.box(Tone.PALE, x - 0.06, 0.50, x + 0.06, 0.58)
    sketch.box(Tone.SHADE, -0.58, 0.52, 0.58, 0.55)
    return sketch.fitted(wish.height_m)


def draw_umbrella(wish: Wish) -> Drawing:
    """An open umbrella with a crooked handle; furled where the variant is `closed`."""
    sketch = Sketch()
    sketch.fill(Tone.SHADE, bar((0, 0.08), (0, 1.0), 0.022))
    sketch.fill(Tone.SHADE, ribbon([(0, 0.12), (0.0, 0.03), (0.05, 0.0), (0.09, 0.04)], (0.03, 0.03)))
    if wish.variant == "closed":
        sketch.smooth(Tone.ACCENT, mirrored([(0, 0.98, 1), (0.05, 0.8), (0.07, 0.36), (0.03, 0.28, 1), (0, 0.28)]), 5)
        return sketch.fitted(wish.height_m)
    sway = 0.01 * sin(wish.phase_s * 2.1)
    dome = [(-0.56, 0.62 + sway, 1), (-0.42, 0.82), (0, 0.96), (0.42, 0.82), (0.56, 0.62 - sway, 1), (0.42, 0.655), (0.28, 0.61, 1), (0.14, 0.65), (0, 0.61, 1), (-0.14, 0.65), (-0.28, 0.61, 1),
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
    top, low = [], []
    for k in range(9):
        t = k / 8
        wave = 0.035 * t * sin(wish.phase_s * 4 - t * 7)
        top.append((0.01 + 0.56 * t, 0.96 + wave))
        low.append((0.01 + 0.56 * t, 0.60 + wave * 1.2))
    sketch.smooth(Tone.ACCENT, [(*top[0], 1), *top[1:-1], (*top[-1], 1), (*low[-1], 1), *low[-2:0:-1], (*low[0], 1)], 3)
    return sketch.drawing(wish.height_m / 1.02)


def draw_blade(wish: Wish) -> Drawing:
    """A sword, point up; a dagger by variant."""
    sketch = Sketch()
    short = wish.variant in {"dagger", "knife"}
    guard = 0.36 if short else 0.20
    if wish.variant in {"katana", "sabre"}:
        sketch.fill(Tone.PALE, ribbon([(0, 0.2), (0.03, 0.6), (0.12, 1.0)], (0.045, 0.045, 0.012)))
    else:
        sketch.flat(Tone.PALE, [(-0.032, guard), (-0.026, 0.92), (0, 1.0), (0.026, 0.92), (0.032, guard)])
        sketch.fill(Tone.SHADE, bar((0, guard), (0, 0.90), 0.012))
    sketch.fill(Tone.GLOW, filleted([(-0.12, guard - 0.02), (-0.12, guard + 0.015), (0.12, guard + 0.015), (0.12, guard - 0.02)], 0.015), ellipse(0, 0.02, 0.03))
    sketch.fill(Tone.SHADE, bar((0, 0.03), (0, guard), 0.036))
    return sketch.fitted(wish.height_m)


def draw_staff(wish: Wish) -> Drawing:
    """A staff; a spear, a trident, a broom, a shovel, a pitchfork, a rod, an oar, a scythe or a wand by variant."""
    sketch = Sketch()
    kind = wish.variant
    pole = 0.016 if kind in {"wand", "fishing_rod", "rod", "paintbrush", "pen"} else 0.028
    sketch.fill(Tone.BODY, *limb(((0, 0), (0.004, 0.5), (0, 0.98)), (pole, pole * 0.95, pole * 0.8)))
    if kind in {"spear", "arrow"}:
        sketch.smooth(Tone.PALE, mirrored([(0, 1.0, 1), (0.032, 0.90), (0, 0.84)]), 4)
    elif kind in {"trident", "pitchfork"}:
        sketch.fill(Tone.PALE, ribbon([(-0.08, 1.0), (-0.075, 0.86), (0, 0.82), (0.075, 0.86), (0.08, 1.0)], (0.010, 0.022, 0.010)), bar((0, 0.8), (0, 1.0), 0.02, 0.01))
    elif kind == "broom":
        sketch.flat(Tone.PALE, [(-0.03, 0.26), (0.03, 0.26), (0.11, 0.0), (-0.11, 0.0)])
        sketch.box(Tone.ACCENT, -0.04, 0.22, 0.04, 0.25)
    elif kind in {"shovel", "oar", "paddle"}:
        sketch.smooth(Tone.PALE, mirrored([(0, 0.26, 1), (0.07, 0.25), (0.075, 0.10), (0, 0.0, 1)]), 4)
    elif kind in {"fishing_rod", "rod"}:
        sketch.fill(Tone.SHADE, ribbon([(0, 0.6), (0.05, 0.86), (0.20, 1.0)], (0.018, 0.008)), ribbon([(0.20, 1.0), (0.22, 0.6), (0.21, 0.22)], (0.004, 0.004)))
        sketch.disc(Tone.SHADE, 0.03, 0.18, 0.03)
    elif kind == "scythe":
        sketch.smooth(Tone.PALE, [(0, 0.97, 1), (0.22, 0.98), (0.42, 0.80, 1), (0.22, 0.90), (0, 0.91, 1)], 5)
    elif kind == "wand":
        sketch.disc(Tone.GLOW, 0, 0.99, 0.03)
        sketch.glow(0, 0.99, 0.35, 0.7 + 0.3 * sin(wish.phase_s * 5))
    elif kind == "paintbrush":
        sketch.smooth(Tone.ACCENT, mirrored([(0, 1.0, 1), (0.035, 0.86), (0.02, 0.80, 1), (0, 0.80)]), 4)
    elif kind in {"crook", "staff"}:
        sketch.fill(Tone.BODY, ribbon([(0, 0.84), (0.0, 0.96), (0.06, 1.0), (0.10, 0.94), (0.08, 0.88)], (0.045, 0.04, 0.03)))
    elif kind == "bow":
        sketch = Sketch()
        sketch.fill(Tone.BODY, ribbon([(0, 0), (0.16, 0.25), (0.12, 0.5), (0.16, 0.75), (0, 1.0)], (0.015, 0.04, 0.05, 0.04, 0.015)))
        sketch.fill(Tone.PALE, bar((0, 0), (0, 1.0), 0.008))
    return sketch.fitted(wish.height_m, of=1.0)


def draw_tool(wish: Wish) -> Drawing:
    """A hammer; an axe, a pickaxe, a wrench or a saw by variant. The head is up."""
    sketch = Sketch()
    kind = wish.variant
    sketch.fill(Tone.BODY, *limb(((0, 0), (0.0, 0.9)), (0.030, 0.024)))
    if kind == "axe":
        sketch.smooth(Tone.PALE, [(-0.04, 0.95, 1), (-0.04, 0.74, 1), (0.10, 0.74), (0.27, 0.60, 1), (0.33, 0.84), (0.27, 1.04, 1), (0.10, 0.93)], 4)
    elif kind == "pickaxe":
        sketch.smooth(Tone.PALE, [(-0.42, 0.80, 1), (-0.2, 0.94), (0, 0.97), (0.2, 0.94), (0.42, 0.80, 1), (0.2, 0.86), (0, 0.88), (-0.2, 0.86)], 4)
    elif kind in {"wrench", "spanner"}:
        sketch.cut(Tone.PALE, ellipse(0, 0.92, 0.12), filleted([(-0.05, 0.92), (-0.05, 1.06), (0.05, 1.06), (0.05, 0.92)], 0.02))
    elif kind == "saw":
        sketch.flat(Tone.PALE, [(-0.04, 0.2), (-0.02, 1.0), (0.05, 1.0), (0.16, 0.2)])
    else:
        sketch.fill(Tone.SHADE, filleted([(-0.20, 0.82), (-0.20, 0.98), (0.14, 0.98), (0.24, 0.90), (0.14, 0.82)], 0.03))
    return sketch.fitted(wish.height_m)


def draw_gun(wish: Wish) -> Drawing:
    """A long gun in outline; a short one where the variant is `pistol`; an old cannon by `cannon`."""
    sketch = Sketch()
    if wish.variant == "cannon":
        sketch.smooth(Tone.BODY, [(-0.7, 0.42), (-0.8, 0.62), (-0.5, 0.72), (0.9, 0.86, 1), (0.94, 0.64, 1), (-0.3, 0.36)], 4)
        sketch.smooth(Tone.SHADE, [(-1.2, 0.0, 1), (-0.4, 0.5), (0.2, 0.5), (0.1, 0.3), (-0.9, 0.0, 1)], 4)
        sketch.cut(Tone.SHADE, ellipse(0, 0.3, 0.3), ellipse(0, 0.3, 0.23))
        for k in range(8):
            sketch.fill(Tone.SHADE, bar((0, 0.3), (0.28 * cos(k * pi / 4), 0.3 + 0.28 * sin(k * pi / 4)), 0.04))
        return sketch.fitted(wish.height_m)
    if wish.variant == "pistol":
        sketch.smooth(Tone.SHADE, [(-0.4, 0.9, 1), (0.6, 0.9, 1), (0.6, 0.66, 1), (-0.05, 0.62), (-0.16, 0.0, 1), (-0.44, 0.04, 1), (-0.34, 0.56)], 4)
        return sketch.fitted(wish.height_m)
    sketch.smooth(Tone.BODY, [(-0.05, 0.0, 1), (-0.13, 0.02), (-0.05, 0.34), (-0.02, 0.62, 1), (0.03, 0.62, 1), (0.04, 0.36), (0.03, 0.04, 1)], 4)
    sketch.fill(Tone.SHADE, bar((0.02, 0.34), (0.02, 1.0), 0.03))
    return sketch.fitted(wish.height_m)


def draw_shield(wish: Wish) -> Drawing:
    """A shield."""
    sketch = Sketch()
    half = [(0, 1.0), (0.42, 0.94, 1), (0.42, 0.5), (0.26, 0.18), (0, 0.0, 1)]
    sketch.smooth(Tone.SHADE, mirrored(half), 5)
    sketch.smooth(Tone.ACCENT, mirrored([(x * 0.86, 0.07 + y * 0.86, *c) for x, y, *c in half]), 5)
    sketch.fill(Tone.PALE, bar((0, 0.12), (0, 0.92), 0.09), bar((-0.34, 0.62), (0.34, 0.62), 0.09))
    return sketch.fitted(wish.height_m)


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
        sketch.fill(Tone.SHADE, ribbon([(-0.5, 0.46), (-0.36, 0.62), (0, 0.66), (0.36, 0.62), (0.5, 0.46)], (0.16, 0.09, 0.08, 0.09, 0.16)))
        return sketch.fitted(wish.height_m)
    if kind == "laptop":
        sketch.fill(Tone.SHADE, filleted([(-0.5, 0.06), (-0.5, 0.72), (0.5, 0.72), (0.5, 0.06)], 0.04))
        sketch.box(Tone.GLOW, -0.45, 0.12, 0.45, 0.67)
        sketch.flat(Tone.BODY, [(-0.5, 0.06), (0.5, 0.06), (0.62, 0.0), (-0.62, 0.0)])
    else:
        tv = kind in {"television", "tv"}
        if tv:
            sketch.fill(Tone.SHADE, bar((-0.02, 1.0), (-0.3, 1.3), 0.02), bar((0.02, 1.0), (0.3, 1.3), 0.02), bar((-0.3, 0.1), (-0.38, 0), 0.05), bar((0.3, 0.1), (0.38, 0), 0.05))
        else:
            sketch.box(Tone.SHADE, -0.06, 0.05, 0.06, 0.25)
            sketch.fill(Tone.SHADE, filleted([(-0.26, 0), (-0.26, 0.06), (0.26, 0.06), (0.26, 0)], 0.02))
        sketch.fill(Tone.BODY, filleted([(-0.68, 0.1 if tv else 0.2), (-0.68, 1.0), (0.68, 1.0), (0.68, 0.1 if tv else 0.2)], 0.06))
        sketch.fill(Tone.GLOW, filleted([(-0.58, 0.2 if tv else 0.28), (-0.58, 0.92), (0.40 if tv else 0.58, 0.92), (0.40 if tv else 0.58, 0.2 if tv else 0.28)], 0.06))
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
            sketch.flat(Tone.PALE, [(x - 0.13, 0), (x - 0.15 + lean, high * 0.8), (x + lean * 1.2, high), (x + 0.03 + lean, high * 0.76), (x + 0.04, 0)])
            sketch.flat(Tone.BODY, [(x + 0.04, 0), (x + 0.03 + lean, high * 0.76), (x + lean * 1.2, high), (x + 0.14 + lean, high * 0.8), (x + 0.14, 0)])
        sketch.glow(0, 0.5, 1.3, 0.5)
        return sketch.fitted(wish.height_m)
    sketch.smooth(Tone.GLOW, [(-0.5, 0.2, 1), (-0.6, 0.80, 1), (-0.32, 0.48), (-0.30, 0.50, 1), (0, 0.96, 1), (0.30, 0.50, 1), (0.32, 0.48), (0.6, 0.80, 1), (0.5, 0.2, 1)], 3)
    sketch.fill(Tone.GLOW, filleted([(-0.52, 0), (-0.52, 0.22), (0.52, 0.22), (0.52, 0)], 0.05))
    for x, y, r in ((-0.6, 0.83, 0.06), (0, 1.0, 0.07), (0.6, 0.83, 0.06)):
        sketch.disc(Tone.PALE, x, y, r)
    for x in (-0.3, 0.0, 0.3):
        sketch.disc(Tone.ACCENT, x, 0.11, 0.07)
    return sketch.fitted(wish.height_m)


def draw_tackle(wish: Wish) -> Drawing:
    """An anchor; a ship's wheel, a coil of rope, a life ring or a cart's wheel by variant."""
    sketch = Sketch()
    kind = wish.variant
    if kind in {"wheel", "ship_wheel", "gear"}:
        sketch.cut(Tone.BODY, ellipse(0, 0.5, 0.36, points=36), ellipse(0, 0.5, 0.28, points=36))
        for k in range(8):
            a = k * pi / 4 + (0.3 * sin(wish.phase_s * 0.8) if kind != "gear" else wish.phase_s)
            end = 0.5 if kind != "wheel" else 0.33
            sketch.fill(Tone.SHADE, *limb(((0, 0.5), (end * cos(a), 0.5 + end * sin(a))), (0.024, 0.032 if kind != "gear" else 0.06)))
        sketch.disc(Tone.GLOW, 0, 0.5, 0.09)
        return sketch.drawing(wish.height_m / 1.05)
    if kind in {"rope", "lifebuoy"}:
        tone = Tone.PALE if kind == "rope" else Tone.ACCENT
        sketch.cut(tone, ellipse(0, 0.5, 0.5, points=36), ellipse(0, 0.5, 0.26, points=36))
        for k in range(4 if kind == "lifebuoy" else 14):
            a = k * 2 * pi / (4 if kind == "lifebuoy" else 14)
            inner, outer = (0.26 * cos(a), 0.5 + 0.26 * sin(a)), (0.5 * cos(a + 0.2), 0.5 + 0.5 * sin(a + 0.2))
            sketch.fill(Tone.PALE if kind == "lifebuoy" else Tone.SHADE, bar(inner, outer, 0.16 if kind == "lifebuoy" else 0.02))
        return sketch.fitted(wish.height_m)
    sketch.cut(Tone.BODY, ellipse(0, 0.92, 0.08), ellipse(0, 0.92, 0.045))
    sketch.fill(Tone.BODY, bar((0, 0.85), (0, 0.06), 0.06), bar((-0.18, 0.74), (0.18, 0.74), 0.05))
    line = [(x, 0.32 + y) for x, y in arc(0, 0, 0.34, 200, 340, 9).tolist()]
    sketch.fill(Tone.BODY, ribbon(line, (0.04, 0.08, 0.09, 0.08, 0.04), 3))
    for side in (-1, 1):
        sketch.flat(Tone.BODY, [(0.24 * side, 0.24), (0.38 * side, 0.38), (0.40 * side, 0.16)])
    return sketch.fitted(wish.height_m)
