"""Other buildings: skyscraper, mill, barn, factory, tent, bridge, gate, fence, igloo, ferris wheel and more."""

from math import cos, pi, sin

import numpy as np

from storyreel.animatic.figures.curves import arc, box, ellipse, mirrored, move, smooth
from storyreel.animatic.figures.places.masonry import arched, door, grid, pane, smoke
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import bar, ribbon, sag
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing, Tone


def draw_skyscraper(wish: Wish) -> Drawing:
    """A tall building with set-backs or a plain slab, by seed; a few of its windows are lit."""
    sketch = Sketch()
    kind = wish.seed % 3
    if kind == 0:
        for half, low, high in ((11, 0, 60), (8.5, 60, 105), (5.5, 105, 138)):
            sketch.box(Tone.BODY, -half, low, half, high)
            sketch.box(Tone.SHADE, half * 0.55, low, half, high)
            columns = np.arange(-half + 2.0, half - 1.0, 2.6)
            grid(sketch, columns.tolist(), np.arange(low + 3, high - 3, 4.2).tolist(), 1.3, 2.0, 4, wish.seed)
        sketch.flat(Tone.SHADE, [(-4, 138), (-0.8, 150), (0.8, 150), (4, 138)])
        sketch.fill(Tone.SHADE, bar((0, 149), (0, 165), 0.8, 0.2))
        sketch.glow(0, 165, 3.0, 0.6)
    elif kind == 1:
        sketch.box(Tone.BODY, -12, 0, 12, 120)
        sketch.box(Tone.SHADE, 6, 0, 12, 120)
        grid(sketch, np.arange(-10, 11, 3.3).tolist(), np.arange(5, 116, 5).tolist(), 2.0, 2.6, 5, wish.seed)
        sketch.box(Tone.SHADE, -5, 120, 3, 125)
        sketch.fill(Tone.SHADE, bar((-2, 124), (-2, 136), 0.5, 0.2))
    else:
        sketch.flat(Tone.BODY, [(-10, 0), (-9, 128), (6, 142), (10, 0)])
        sketch.flat(Tone.SHADE, [(3, 0), (1, 137.4), (6, 142), (10, 0)])
        grid(sketch, (-7, -4, -1), np.arange(6, 122, 4.6).tolist(), 1.6, 2.4, 5, wish.seed)
        grid(sketch, (4.6, 7.0), np.arange(6, 118, 4.6).tolist(), 1.2, 2.4, 3, wish.seed + 1)
    return sketch.fitted(wish.height_m)


def draw_mill(wish: Wish) -> Drawing:
    """A windmill whose sails turn."""
    sketch = Sketch()
    sketch.smooth(Tone.BODY, [(-3.6, 0, 1), (-2.9, 4.0), (-2.2, 9.6, 1), (2.2, 9.6, 1), (2.9, 4.0), (3.6, 0, 1)])
    sketch.box(Tone.SHADE, -3.7, 3.7, 3.7, 4.0)
    sketch.smooth(Tone.SHADE, mirrored([(0, 12.0, 1), (1.3, 11.4), (2.5, 9.5, 1), (0.0, 9.3)]))
    arched(sketch, Tone.SHADE, 0, 0, 1.5, 2.6)
    for x, y in ((-1.0, 5.4), (0.9, 7.2)):
        arched(sketch, Tone.WINDOW, x, y, 0.8, 1.2)
    turn = -22 * wish.phase_s + 24
    for k in range(4):
        arm = turn + 90 * k
        sail = np.array([(0.5, 0.16), (6.2, 0.16), (6.2, 1.35), (1.4, 1.35), (1.2, 0.16)])
        sketch.fill(Tone.PALE, move(sail, 0.3, 10.3, turn_deg=arm))
        for r in (2.2, 3.4, 4.6, 5.8):
            sketch.fill(Tone.SHADE, move(box(r, 0.0, r + 0.14, 1.4), 0.3, 10.3, turn_deg=arm))
        sketch.fill(
            Tone.SHADE,
            move(box(0, -0.14, 6.3, 0.14), 0.3, 10.3, turn_deg=arm),
            move(box(1.3, 0.68, 6.2, 0.80), 0.3, 10.3, turn_deg=arm),
        )
    sketch.disc(Tone.SHADE, 0.3, 10.3, 0.5)
    return sketch.fitted(wish.height_m, of=14.0)


def draw_barn(wish: Wish) -> Drawing:
    """A barn with a gambrel roof."""
    sketch = Sketch()
    sketch.flat(Tone.ACCENT, [(-5, 0), (-5, 5.2), (-3.7, 7.8), (0, 9.6), (3.7, 7.8), (5, 5.2), (5, 0)])
    sketch.flat(
        Tone.SHADE,
        [(-5.6, 4.9), (-4.0, 8.1), (0, 10.1), (4.0, 8.1), (5.6, 4.9), (5.1, 4.9), (3.6, 7.7), (0, 9.5), (-3.6, 7.7), (-5.1, 4.9)],
    )
    sketch.box(Tone.PALE, -2.0, 0, 2.0, 4.1)
    sketch.box(Tone.SHADE, -1.8, 0, 1.8, 3.9)
    for a, b in (((-1.8, 0), (0, 3.9)), ((0, 0), (-1.8, 3.9)), ((0, 0), (1.8, 3.9)), ((1.8, 0), (0, 3.9)), ((0, 0), (0, 3.9))):
        sketch.fill(Tone.PALE, bar(a, b, 0.13))
    pane(sketch, 0, 5.9, 1.4, 1.4)
    return sketch.fitted(wish.height_m)


def draw_factory(wish: Wish) -> Drawing:
    """A factory with a saw-tooth roof and smoking chimneys."""
    sketch = Sketch()
    for x in (-9.0, -5.2):
        smoke(sketch, x, 21.0, 4.0, wish.phase_s + x)
        sketch.flat(Tone.SHADE, [(x - 1.1, 0), (x - 0.75, 21), (x + 0.75, 21), (x + 1.1, 0)])
        sketch.box(Tone.PALE, x - 0.82, 18.6, x + 0.82, 19.6)
    sketch.box(Tone.BODY, -12, 0, 12, 7.6)
    for k in range(4):
        x = -3.4 + 4.0 * k
        sketch.flat(Tone.BODY, [(x, 7.5), (x, 10.6), (x + 3.9, 7.5)])
        sketch.flat(Tone.WINDOW, [(x + 0.15, 7.9), (x + 0.15, 10.0), (x + 0.5, 9.7), (x + 0.5, 7.9)])
    grid(sketch, [-10.5 + 2.3 * k for k in range(10)], (1.4, 4.4), 1.5, 1.9, 6, wish.seed)
    return sketch.fitted(wish.height_m, of=21.0)


def draw_tent(wish: Wish) -> Drawing:
    """A tent lit from within; a big striped one where the variant is `circus`; a cone of skins where it is `tipi`."""
    sketch = Sketch()
    if wish.variant == "circus":
        stripes = 10
        for k in range(stripes):
            x0, x1 = -8 + 16 * k / stripes, -8 + 16 * (k + 1) / stripes
            tone = Tone.ACCENT if k % 2 else Tone.PALE
            sketch.flat(tone, [(x0, 0), (x0, 4.4), (x1, 4.4), (x1, 0)])
            sketch.smooth(
                tone,
                [
                    (x0 * 1.06, 4.2, 1),
                    (x0 * 0.45, 7.4),
                    (x0 * 0.03, 11.2, 1),
                    (x1 * 0.03, 11.2, 1),
                    (x1 * 0.45, 7.4),
                    (x1 * 1.06, 4.2, 1),
                    ((x0 + x1) / 2 * 1.06, 3.7),
                ],
            )
        sketch.smooth(Tone.SHADE, [(-1.3, 0, 1), (-0.8, 2.2), (0, 3.6, 1), (0.8, 2.2), (1.3, 0, 1)])
        sketch.fill(Tone.SHADE, bar((0, 11), (0, 13.2), 0.14))
        sketch.flat(Tone.ACCENT, [(0, 13.2), (1.7, 12.8 + 0.2 * sin(wish.phase_s * 4)), (0, 12.2)])
        return sketch.fitted(wish.height_m)
    if wish.variant in {"tipi", "teepee", "yurt"}:
        for x in (-0.35, 0.0, 0.35):
            sketch.fill(Tone.SHADE, bar((-x * 0.3, 3.4), (x, 4.4), 0.07))
        sketch.flat(Tone.PALE, [(-1.9, 0), (-0.2, 3.7), (0.2, 3.7), (1.9, 0)])
        sketch.flat(Tone.WINDOW, [(-0.5, 0), (0, 2.2), (0.5, 0)])
        sketch.flat(Tone.ACCENT, [(-1.35, 1.2), (-1.22, 1.5), (1.22, 1.5), (1.35, 1.2)])
        return sketch.fitted(wish.height_m)
    sketch.smooth(Tone.BODY, [(-2.4, 0, 1), (-1.0, 1.2), (0.0, 2.3, 1), (2.1, 2.1, 1), (2.6, 1.0), (3.4, 0, 1)])
    sketch.smooth(Tone.SHADE, [(-2.4, 0, 1), (-1.0, 1.2), (0.0, 2.3, 1), (0.55, 1.1), (1.3, 0, 1)])
    sketch.smooth(Tone.WINDOW, [(-1.0, 0, 1), (-0.4, 0.9), (0.0, 1.75, 1), (0.2, 0.9), (0.45, 0, 1)])
    for a, b in (((0, 2.3), (-3.0, 0)), ((2.1, 2.1), (4.1, 0))):
        sketch.fill(Tone.SHADE, bar(a, b, 0.03))
    sketch.glow(-0.2, 0.8, 1.6, 0.7)
    return sketch.fitted(wish.height_m)


def draw_bridge(wish: Wish) -> Drawing:
    """A stone bridge of arches; one hung from towers where the variant is `suspension`; planks on ropes where it is `rope`."""
    sketch = Sketch()
    if wish.variant in {"suspension", "steel"}:
        for x in (-20, 20):
            sketch.flat(Tone.BODY, [(x - 1.6, 0), (x - 1.0, 22), (x + 1.0, 22), (x + 1.6, 0)])
        for a, b, deep in (((-20, 21.5), (20, 21.5), 12.5), ((-20, 21.5), (-40, 8), 1.5), ((20, 21.5), (40, 8), 1.5)):
            line = sag(a, b, deep, 17)
            sketch.fill(Tone.BODY, ribbon(line, (0.5, 0.5), 2))
            for x, y in line[1:-1]:
                sketch.fill(Tone.SHADE, bar((x, y), (x, 7.4), 0.16))
        sketch.box(Tone.SHADE, -42, 6.2, 42, 7.6)
        return sketch.fitted(wish.height_m)
    if wish.variant == "rope":
        line = sag((-9, 3.6), (9, 3.6), 1.6, 19)
        for x, y in line:
            sketch.fill(Tone.SHADE, bar((x, y - 1.1), (x, y), 0.06), bar((x - 0.4, y - 1.15), (x + 0.4, y - 1.15), 0.14))
        sketch.fill(Tone.BODY, ribbon(line, (0.12, 0.12), 2))
        for x in (-9.2, 9.2):
            sketch.fill(Tone.BODY, bar((x, 0), (x, 4.2), 0.4))
        return sketch.fitted(wish.height_m)
    deck = [(-14, 3.4, 1), (-7, 4.7), (0, 5.3), (7, 4.7), (14, 3.4, 1), (14, 0, 1), (-14, 0, 1)]
    arches = [smooth([(x - r, 0, 1), (x - r * 0.94, h * 0.5), (x - r * 0.5, h * 0.92), (x, h), (x + r * 0.5, h * 0.92),
        (x + r * 0.94, h * 0.5), (x + r, 0, 1)])
              for x, r, h in ((-8.6, 3.0, 2.9), (0.0, 3.9, 4.0), (8.6, 3.0, 2.9))]  # fmt: skip
    sketch.cut(Tone.BODY, smooth(deck), *arches)
    sketch.smooth(
        Tone.SHADE,
        [(-14, 3.4, 1), (-7, 4.7), (0, 5.3), (7, 4.7), (14, 3.4, 1), (14, 3.9, 1), (7, 5.2), (0, 5.85), (-7, 5.2), (-14, 3.9, 1)],
    )
    for x in (-13.6, -7, 0, 7, 13.6):
        y = 5.3 - 1.9 * (x / 14) ** 2
        sketch.box(Tone.BODY, x - 0.3, y - 0.1, x + 0.3, y + 1.0)
    return sketch.fitted(wish.height_m)


def draw_gate(wish: Wish) -> Drawing:
    """A gate of iron bars between pillars; a wooden torii where the variant is `torii`."""
    sketch = Sketch()
    if wish.variant == "torii":
        for x in (-1.5, 1.5):
            sketch.fill(Tone.ACCENT, bar((x * 1.06, 0), (x * 0.96, 3.1), 0.26))
        sketch.box(Tone.ACCENT, -1.9, 2.35, 1.9, 2.58)
        sketch.smooth(
            Tone.SHADE,
            [(-2.4, 3.30, 1), (-1.2, 3.12), (0, 3.08), (1.2, 3.12), (2.4, 3.30, 1), (2.25, 2.96, 1), (0, 2.86), (-2.25, 2.96, 1)],
        )
        return sketch.fitted(wish.height_m)
    for x in (-1.9, 1.9):
        sketch.box(Tone.BODY, x - 0.36, 0, x + 0.36, 2.8)
        sketch.box(Tone.PALE, x - 0.46, 2.7, x + 0.46, 2.9)
        sketch.disc(Tone.BODY, x, 3.12, 0.24)
    for k in range(15):
        x = -1.45 + 2.9 * k / 14
        high = 2.25 + 0.45 * cos((k - 7) / 7 * pi / 2)
        sketch.box(Tone.SHADE, x - 0.03, 0.1, x + 0.03, high)
        sketch.flat(Tone.SHADE, [(x - 0.07, high), (x, high + 0.2), (x + 0.07, high)])
    for y in (0.35, 1.3, 2.1):
        sketch.box(Tone.SHADE, -1.5, y, 1.5, y + 0.07)
    return sketch.fitted(wish.height_m)


def draw_fence(wish: Wish) -> Drawing:
    """A picket fence; rails where the variant is `rail`."""
    sketch = Sketch()
    if wish.variant == "rail":
        for x in (-2.4, 0, 2.4):
            sketch.box(Tone.BODY, x - 0.09, 0, x + 0.09, 1.3)
        for y in (0.45, 0.95):
            sketch.fill(Tone.BODY, bar((-2.9, y), (2.9, y + 0.04), 0.12))
        return sketch.fitted(wish.height_m)
    for y in (0.3, 0.85):
        sketch.box(Tone.SHADE, -2.6, y, 2.6, y + 0.1)
    for k in range(15):
        x = -2.45 + 0.35 * k
        sketch.flat(Tone.PALE, [(x - 0.10, 0), (x - 0.10, 1.08), (x, 1.25), (x + 0.10, 1.08), (x + 0.10, 0)])
    return sketch.fitted(wish.height_m)


def draw_igloo(wish: Wish) -> Drawing:
    """A house of snow."""
    sketch = Sketch()
    dome = arc(0, 0, 2.5, 0, 180, 30)
    sketch.fill(Tone.PALE, dome)
    for k, r in enumerate((0.6, 1.15, 1.7, 2.15)):
        sketch.fill(
            Tone.SHADE, ribbon([(-((2.5**2 - r**2) ** 0.5), r), (0, r + 0.06), ((2.5**2 - r**2) ** 0.5, r)], (0.03, 0.04, 0.03))
        )
        for j in range(5 - k):
            x = (j - (4 - k) / 2) * 0.95 + 0.3 * (k % 2)
            sketch.fill(Tone.SHADE, bar((x, r), (x * 0.94, r + 0.5), 0.035))
    arched(sketch, Tone.PALE, 1.5, 0, 1.9, 1.35)
    arched(sketch, Tone.SHADE, 1.6, 0, 1.3, 1.05)
    arched(sketch, Tone.WINDOW, 1.6, 0, 0.7, 0.6)
    return sketch.fitted(wish.height_m)


def draw_ferris_wheel(wish: Wish) -> Drawing:
    """A big wheel that turns, its cabins lit."""
    sketch = Sketch()
    sketch.fill(Tone.SHADE, bar((0, 11), (-6.5, 0), 0.5), bar((0, 11), (6.5, 0), 0.5))
    turn = 0.22 * wish.phase_s
    sketch.cut(Tone.BODY, ellipse(0, 11, 9.6, points=60), ellipse(0, 11, 9.3, points=60))
    sketch.cut(Tone.BODY, ellipse(0, 11, 7.6, points=48), ellipse(0, 11, 7.4, points=48))
    for k in range(12):
        a = turn + 2 * pi * k / 12
        x, y = 9.5 * cos(a), 11 + 9.5 * sin(a)
        sketch.fill(Tone.SHADE, bar((0, 11), (x, y), 0.13))
        sketch.smooth(
            Tone.ACCENT if k % 2 else Tone.PALE,
            [(x - 0.75, y - 0.3, 1), (x - 0.7, y - 1.4), (x, y - 1.6), (x + 0.7, y - 1.4), (x + 0.75, y - 0.3, 1)],
            4,
        )
        sketch.disc(Tone.GLOW, x, y, 0.24)
        sketch.glow(x, y, 0.9, 0.5)
    sketch.disc(Tone.SHADE, 0, 11, 0.8)
    return sketch.fitted(wish.height_m, of=20.6)


def draw_turbine(wish: Wish) -> Drawing:
    """A wind turbine whose blades turn."""
    sketch = Sketch()
    sketch.flat(Tone.PALE, [(-1.6, 0), (-0.8, 60), (0.8, 60), (1.6, 0)])
    for k in range(3):
        blade = smooth([(0, -0.7), (5, -1.6), (18, -0.9), (30, 0, 1), (16, 0.8), (4, 0.9)], 4)
        sketch.fill(Tone.PALE, move(blade, 0, 61, turn_deg=90 + 120 * k - 30 * wish.phase_s))
    sketch.disc(Tone.BODY, 0, 61, 1.6)
    return sketch.fitted(wish.height_m, of=91.0)


def draw_radio_tower(wish: Wish) -> Drawing:
    """A mast of lattice with a light at its top."""
    sketch = Sketch()
    for side in (-1, 1):
        sketch.fill(Tone.BODY, bar((side * 6, 0), (side * 0.5, 50), 0.7, 0.4))
    for k in range(9):
        y0, y1 = 5.2 * k, 5.2 * (k + 1)
        w0, w1 = 6 - 5.5 * y0 / 50, 6 - 5.5 * y1 / 50
        sketch.fill(Tone.BODY, bar((-w0, y0), (w1, y1), 0.3), bar((w0, y0), (-w1, y1), 0.3), bar((-w1, y1), (w1, y1), 0.3))
    sketch.fill(Tone.BODY, bar((0, 49), (0, 59), 0.4, 0.2))
    sketch.disc(Tone.GLOW, 0, 59.4, 0.6)
    sketch.glow(0, 59.4, 4.0, 0.5 + 0.5 * sin(wish.phase_s * 3))
    return sketch.fitted(wish.height_m)


def draw_stall(wish: Wish) -> Drawing:
    """A market stall with a striped awning; a shop front where the variant is `shop`."""
    sketch = Sketch()
    for x in (-1.7, 1.7):
        sketch.box(Tone.BODY, x - 0.06, 0, x + 0.06, 2.1)
    for k in range(8):
        x0, x1 = -2 + 0.5 * k, -1.5 + 0.5 * k
        sketch.smooth(
            Tone.ACCENT if k % 2 else Tone.PALE,
            [(x0 * 0.84, 2.62, 1), (x1 * 0.84, 2.62, 1), (x1, 2.0, 1), ((x0 + x1) / 2, 1.82), (x0, 2.0, 1)],
            4,
        )
    sketch.box(Tone.BODY, -1.8, 0, 1.8, 0.95)
    sketch.box(Tone.SHADE, -1.9, 0.92, 1.9, 1.02)
    for k in range(9):
        sketch.disc((Tone.ACCENT, Tone.PALE, Tone.SHADE)[(k + wish.seed) % 3], -1.5 + 0.375 * k, 1.12, 0.14)
    door(sketch, 0.0, 0.05, 0.9, 0.8)
    return sketch.fitted(wish.height_m)


def draw_snowman(wish: Wish) -> Drawing:
    """A snowman; a scarecrow where the variant is `scarecrow`."""
    sketch = Sketch()
    if wish.variant == "scarecrow":
        sketch.fill(Tone.SHADE, bar((0, 0), (0, 1.5), 0.07), bar((-0.85, 1.28), (0.85, 1.28), 0.06))
        sketch.smooth(
            Tone.BODY,
            [
                (-0.75, 1.36),
                (0.0, 1.44),
                (0.75, 1.36),
                (0.80, 1.14, 1),
                (0.26, 1.14),
                (0.30, 0.52, 1),
                (0.0, 0.56),
                (-0.30, 0.52, 1),
                (-0.26, 1.14),
                (-0.80, 1.14, 1),
            ],
            4,
        )
        sketch.disc(Tone.PALE, 0, 1.60, 0.18)
        sketch.smooth(Tone.SHADE, mirrored([(0.0, 2.05, 1), (0.13, 1.80), (0.42, 1.72), (0.0, 1.70)]), 4)
        for side in (-1, 1):
            sketch.disc(Tone.SHADE, 0.06 * side, 1.62, 0.022)
        return sketch.fitted(wish.height_m)
    for side in (-1, 1):
        sketch.fill(Tone.SHADE, ribbon([(0.25 * side, 0.95), (0.6 * side, 1.15), (0.78 * side, 1.32)], (0.035, 0.02)))
    for y, r in ((0.34, 0.42), (0.90, 0.31), (1.34, 0.22)):
        sketch.disc(Tone.PALE, 0, y, r)
    for y in (0.75, 0.92, 1.08):
        sketch.disc(Tone.SHADE, 0.04, y, 0.028)
    for x in (-0.07, 0.09):
        sketch.disc(Tone.SHADE, x, 1.40, 0.026)
    sketch.flat(Tone.ACCENT, [(0.02, 1.36), (0.34, 1.31), (0.02, 1.30)])
    sketch.smooth(Tone.ACCENT, [(-0.22, 1.20), (0, 1.14), (0.22, 1.20), (0.20, 1.10), (0, 1.05), (-0.20, 1.10)], 4)
    sketch.box(Tone.SHADE, -0.28, 1.50, 0.28, 1.54)
    sketch.box(Tone.SHADE, -0.17, 1.52, 0.17, 1.80)
    return sketch.fitted(wish.height_m)
