"""Stone buildings: tower, castle, church, temple, mosque, ruin, pyramid, well, tomb, statue, fountain."""

from math import sin

from storyreel.animatic.figures.curves import ellipse, mirrored, smooth
from storyreel.animatic.figures.people.side import draw_side
from storyreel.animatic.figures.people.stance import reach
from storyreel.animatic.figures.places.masonry import arched, pointed, steps
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import bar, ribbon
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing, Tone
from storyreel.domain.storyboard import Garment, Look


def battlement(sketch: Sketch, tone: Tone, left: float, right: float, y: float, high: float, count: int) -> None:
    """A wall's top with merlons."""
    wide = (right - left) / (2 * count - 1)
    path = [(left, y - high * 0.2)]
    for k in range(count):
        x = left + 2 * k * wide
        path += [(x, y), (x, y + high), (x + wide, y + high), (x + wide, y)]
    sketch.flat(tone, [*path, (right, y - high * 0.2)])


def _keep(sketch: Sketch, x: float, wide: float, high: float, *, roof: bool, tone: Tone = Tone.BODY) -> None:
    h = wide / 2
    sketch.flat(
        tone, [(x - h * 1.06, 0), (x - h, high * 0.3), (x - h, high), (x + h, high), (x + h, high * 0.3), (x + h * 1.06, 0)]
    )
    sketch.flat(tone, [(x - h, high - wide * 0.25), (x - h * 1.22, high), (x + h * 1.22, high), (x + h, high - wide * 0.25)])
    battlement(sketch, tone, x - h * 1.22, x + h * 1.22, high, wide * 0.16, 4)
    sketch.box(Tone.SHADE, x - h * 1.22, high - wide * 0.03, x + h * 1.22, high)
    if roof:
        sketch.smooth(Tone.SHADE, [(x - h * 1.05, high + wide * 0.02, 1), (x - h * 0.42, high + wide * 0.75),
            (x, high + wide * 1.65, 1),
                                   (x + h * 0.42, high + wide * 0.75), (x + h * 1.05, high + wide * 0.02, 1)])  # fmt: skip
        sketch.fill(Tone.SHADE, bar((x, high + wide * 1.6), (x, high + wide * 2.05), wide * 0.03))
        sketch.flat(Tone.ACCENT, [(x, high + wide * 2.05), (x + wide * 0.42, high + wide * 1.95), (x, high + wide * 1.82)])


def draw_tower(wish: Wish) -> Drawing:
    """A round stone tower; with a clock where the variant is `clock` or `bell`."""
    sketch = Sketch()
    _keep(sketch, 0, 6.4, 20, roof=True)
    for y, x in ((5.5, 0.9), (10.0, -1.1), (14.5, 0.6)):
        pointed(sketch, Tone.WINDOW, x, y, 0.75, 1.9)
    arched(sketch, Tone.SHADE, 0, 0, 2.0, 3.4)
    if wish.variant in {"clock", "bell"}:
        sketch.disc(Tone.PALE, 0, 16.6, 1.7)
        sketch.fill(Tone.SHADE, bar((0, 16.6), (0.0, 17.9), 0.2), bar((0, 16.6), (0.8, 16.2), 0.2))
    sketch.glow(0.0, 15.0, 3.0, 0.5)
    return sketch.fitted(wish.height_m)


def draw_castle(wish: Wish) -> Drawing:
    """A castle: gatehouse, curtain wall, keep and corner towers."""
    sketch = Sketch()
    _keep(sketch, -7.5, 6.0, 27, roof=True, tone=Tone.SHADE)
    _keep(sketch, 6.5, 5.0, 22, roof=True, tone=Tone.SHADE)
    _keep(sketch, 0.5, 8.5, 20, roof=False)
    for x in (-1.6, 2.6):
        pointed(sketch, Tone.WINDOW, x, 15.0, 0.9, 2.2)
    sketch.box(Tone.BODY, -17, 0, 17, 9.5)
    battlement(sketch, Tone.BODY, -17, 17, 9.5, 1.2, 13)
    for x, w, h in ((-17.5, 5.4, 15.0), (17.5, 5.4, 15.0)):
        _keep(sketch, x, w, h, roof=True)
        pointed(sketch, Tone.WINDOW, x, h * 0.62, 0.8, 2.0)
    _keep(sketch, -3.6, 3.6, 12.5, roof=False)
    _keep(sketch, 3.6, 3.6, 12.5, roof=False)
    arched(sketch, Tone.SHADE, 0, 0, 4.0, 6.4)
    for k in range(5):
        sketch.box(Tone.BODY, -1.6 + 0.8 * k - 0.09, 1.8, -1.6 + 0.8 * k + 0.09, 6.0)
    for x in (-11.5, 10.8):
        pointed(sketch, Tone.WINDOW, x, 4.4, 0.7, 1.9)
        sketch.glow(x, 5.2, 2.6, 0.5)
    for x, y in ((-7.5, 20.0), (6.5, 16.5)):
        pointed(sketch, Tone.WINDOW, x, y, 0.8, 2.0)
    return sketch.fitted(wish.height_m)


def draw_church(wish: Wish) -> Drawing:
    """A church with a spire; onion domes where the variant is `orthodox`."""
    sketch = Sketch()
    if wish.variant == "orthodox":
        return _orthodox(sketch).fitted(wish.height_m)
    sketch.box(Tone.BODY, -2.4, 0, 12.5, 7.2)
    sketch.flat(Tone.SHADE, [(-2.4, 7.0), (-2.4, 12.0), (11.6, 12.0), (13.2, 7.0)])
    for x in (1.6, 4.7, 7.8, 10.9):
        pointed(sketch, Tone.WINDOW, x, 2.0, 1.1, 4.0)
    for x in (0.1, 3.15, 6.25, 9.35, 12.3):
        sketch.flat(Tone.SHADE, [(x - 0.35, 0), (x - 0.3, 6.3), (x + 0.3, 6.3), (x + 0.35, 0)])
    sketch.box(Tone.BODY, -7.2, 0, -1.8, 16.5)
    sketch.box(Tone.SHADE, -7.5, 16.2, -1.5, 16.9)
    sketch.flat(Tone.SHADE, [(-7.4, 16.8), (-4.5, 28.6), (-1.6, 16.8)])
    sketch.fill(Tone.BODY, bar((-4.5, 28.0), (-4.5, 31.4), 0.28), bar((-5.4, 30.3), (-3.6, 30.3), 0.26))
    for x in (-5.4, -3.6):
        pointed(sketch, Tone.SHADE, x, 12.4, 0.9, 3.0)
    sketch.disc(Tone.WINDOW, -4.5, 9.0, 1.05)
    for turn in (0, 60, 120):
        sketch.fill(Tone.BODY, ellipse(-4.5, 9.0, 1.05, 0.09, turn_deg=turn, points=12))
    pointed(sketch, Tone.SHADE, -4.5, 0, 2.3, 4.8)
    sketch.glow(6.0, 4.0, 5.0, 0.5)
    return sketch.fitted(wish.height_m)


def _orthodox(sketch: Sketch) -> Sketch:
    def dome(x: float, y: float, r: float, tone: Tone) -> None:
        sketch.smooth(
            tone,
            [
                (x + px * r, y + py * r, c)
                for px, py, c in mirrored([(0, 3.1, 1), (0.14, 2.5), (0.75, 1.75), (1.12, 1.0), (0.9, 0.3), (0.6, 0.0, 1)])
            ],
        )
        sketch.fill(
            Tone.GLOW,
            bar((x, y + r * 3.0), (x, y + r * 4.2), r * 0.13),
            bar((x - r * 0.4, y + r * 3.75), (x + r * 0.4, y + r * 3.75), r * 0.13),
        )

    for x, base, r, tone in ((-5.2, 12.2, 1.5, Tone.SHADE), (5.2, 12.2, 1.5, Tone.SHADE), (0.0, 16.0, 2.3, Tone.ACCENT)):
        sketch.box(Tone.PALE, x - r * 0.62, base - 5, x + r * 0.62, base + 0.1)
        pointed(sketch, Tone.SHADE, x, base - 2.6, r * 0.35, 1.8)
        dome(x, base, r, tone)
    sketch.box(Tone.PALE, -7.0, 0, 7.0, 9.6)
    sketch.flat(Tone.SHADE, [(-7.5, 9.4), (-6.0, 11.0), (6.0, 11.0), (7.5, 9.4)])
    for x in (-4.6, 4.6):
        arched(sketch, Tone.WINDOW, x, 3.4, 1.2, 4.0)
    arched(sketch, Tone.SHADE, 0, 0, 2.6, 4.8)
    sketch.glow(0, 5, 5.0, 0.4)
    return sketch


def draw_temple(wish: Wish) -> Drawing:
    """A pagoda; a colonnade with a pediment where the variant is `greek`; domes and minarets where it is `mosque`."""
    sketch = Sketch()
    if wish.variant in {"greek", "roman", "classical"}:
        for k in range(3):
            sketch.box(Tone.SHADE if k % 2 else Tone.BODY, -9.6 + 0.5 * k, 0.5 * k, 9.6 - 0.5 * k, 0.5 * k + 0.5)
        sketch.box(Tone.SHADE, -7.6, 1.5, 7.6, 8.4)
        for k in range(6):
            x = -7.5 + 3.0 * k
            sketch.flat(Tone.PALE, [(x - 0.62, 1.5), (x - 0.50, 8.0), (x + 0.50, 8.0), (x + 0.62, 1.5)])
            sketch.box(Tone.PALE, x - 0.80, 7.9, x + 0.80, 8.4)
        sketch.box(Tone.BODY, -8.8, 8.4, 8.8, 9.6)
        sketch.flat(Tone.BODY, [(-9.2, 9.6), (0, 13.2), (9.2, 9.6)])
        sketch.flat(Tone.SHADE, [(-6.8, 9.95), (0, 12.5), (6.8, 9.95)])
        return sketch.fitted(wish.height_m)
    if wish.variant == "mosque":
        return _mosque(sketch).fitted(wish.height_m)
    sketch.box(Tone.SHADE, -7.2, 0, 7.2, 1.2)
    steps(sketch, 0, 3.0, 1.2, 4)
    y, half = 1.2, 5.0
    for level in range(4):
        high = 2.5 - 0.25 * level
        sketch.box(Tone.BODY, -half, y, half, y + high)
        for x in (-half * 0.62, 0.0, half * 0.62):
            sketch.box(Tone.WINDOW, x - half * 0.13, y + 0.25, x + half * 0.13, y + high - 0.45)
        for x in (-half, -half * 0.33, half * 0.33, half):
            sketch.box(Tone.ACCENT, x - 0.14, y, x + 0.14, y + high)
        y += high - 0.15
        eave = half + 2.3
        sketch.smooth(
            Tone.SHADE,
            mirrored(
                [
                    (0, y + 1.5),
                    (half * 0.78, y + 1.40, 1),
                    (half + 0.5, y + 0.55),
                    (eave, y + 0.62, 1),
                    (half, y),
                    (0.0, y - 0.02),
                ]
            ),
        )
        y += 1.3
        half *= 0.80
    sketch.fill(Tone.SHADE, bar((0, y), (0, y + 3.2), 0.24, 0.08))
    for k in range(3):
        sketch.disc(Tone.SHADE, 0, y + 0.6 + 0.7 * k, 0.55 - 0.12 * k, 0.13)
    sketch.glow(0, 2.6, 5.0, 0.5)
    return sketch.fitted(wish.height_m)


def _mosque(sketch: Sketch) -> Sketch:
    for x in (-12.5, 12.5):
        sketch.flat(Tone.PALE, [(x - 0.9, 0), (x - 0.7, 22), (x + 0.7, 22), (x + 0.9, 0)])
        sketch.box(Tone.SHADE, x - 1.2, 16.5, x + 1.2, 17.3)
        sketch.flat(Tone.SHADE, [(x - 0.9, 22), (x, 27.0), (x + 0.9, 22)])
    for x, r in ((-6.6, 3.0), (6.6, 3.0), (0.0, 5.4)):
        base = 9.0 if r < 4 else 11.4
        sketch.box(Tone.BODY, x - r, base - 3, x + r, base + 0.1)
        sketch.smooth(
            Tone.SHADE,
            [(x + px * r, base + py * r, c) for px, py, c in mirrored([(0, 1.25, 1), (0.42, 0.98), (0.92, 0.5), (0.98, 0.0, 1)])],
        )
        sketch.fill(Tone.GLOW, bar((x, base + r * 1.2), (x, base + r * 1.55), 0.2))
    sketch.box(Tone.BODY, -10.5, 0, 10.5, 8.4)
    for x in (-8.0, -4.6, 4.6, 8.0):
        pointed(sketch, Tone.WINDOW, x, 1.2, 1.5, 5.0)
    pointed(sketch, Tone.SHADE, 0, 0, 3.6, 7.2)
    return sketch


def draw_ruin(wish: Wish) -> Drawing:
    """Broken walls and an arch that still stands."""
    sketch = Sketch()
    wall = [(-9, 0, 1), (-9, 5.2, 1), (-8.1, 5.8, 1), (-7.6, 7.4, 1), (-6.4, 7.0, 1), (-5.6, 8.6, 1), (-4.2, 8.2, 1),
        (-3.2, 9.6, 1), (0.2, 9.8, 1), (1.4, 9.0, 1), (2.0, 7.2, 1),
            (3.2, 6.8, 1), (3.6, 4.6, 1), (5.2, 4.0, 1), (5.8, 2.2, 1), (8.2, 1.6, 1), (9.4, 0, 1)]  # fmt: skip
    sketch.smooth(Tone.BODY, wall, 2)
    arched(sketch, Tone.SHADE, -1.4, 0, 3.4, 6.6)
    pointed(sketch, Tone.SHADE, -6.6, 2.6, 1.2, 3.2)
    for x, y, w in ((-4.6, 1.4, 1.1), (1.8, 3.0, 1.2), (3.4, 1.2, 1.0), (-8.0, 0.9, 0.9)):
        sketch.box(Tone.SHADE, x, y, x + w, y + 0.45)
    for x, r in ((7.4, 0.9), (10.4, 0.7), (-10.4, 0.8)):
        sketch.smooth(Tone.BODY, [(x - r, 0, 1), (x - r * 0.8, r * 0.8), (x + r * 0.2, r * 1.1), (x + r, r * 0.5), (x + r, 0, 1)])
    sketch.smooth(Tone.SHADE, [(-3.2, 9.6), (-2.4, 8.2), (-2.9, 7.0), (-1.9, 8.4), (-1.2, 9.7)], 4)
    return sketch.fitted(wish.height_m)


def draw_pyramid(wish: Wish) -> Drawing:
    """A pyramid, lit on one face."""
    sketch = Sketch()
    sketch.flat(Tone.BODY, [(-8, 0), (0, 10), (8, 0)])
    sketch.flat(Tone.SHADE, [(0, 10), (8, 0), (3.2, 0)])
    for k in range(1, 9):
        y = 10 * k / 9.5
        sketch.box(Tone.SHADE, -8 + 0.8 * y, y, 3.2 * (1 - y / 10), y + 0.05)
    return sketch.fitted(wish.height_m)


def draw_well(wish: Wish) -> Drawing:
    """A well with a roof, a crank and a bucket."""
    sketch = Sketch()
    for x in (-0.85, 0.85):
        sketch.box(Tone.BODY, x - 0.09, 0.6, x + 0.09, 2.2)
    sketch.fill(Tone.SHADE, bar((-0.9, 1.72), (1.15, 1.72), 0.12), bar((1.15, 1.72), (1.15, 1.46), 0.06))
    sketch.fill(Tone.SHADE, bar((0.0, 1.7), (0.0, 1.2), 0.04))
    sketch.flat(Tone.BODY, [(-0.20, 1.22), (0.20, 1.22), (0.15, 0.85), (-0.15, 0.85)])
    sketch.smooth(Tone.SHADE, [(-1.45, 2.02, 1), (-0.7, 2.5), (0, 2.92, 1), (0.7, 2.5), (1.45, 2.02, 1), (0, 2.2)])
    sketch.flat(Tone.BODY, [(-1.12, 0), (-1.05, 0.86), (1.05, 0.86), (1.12, 0)])
    sketch.box(Tone.PALE, -1.2, 0.82, 1.2, 0.98)
    for row in range(3):
        for k in range(4):
            x = -0.98 + 0.56 * k + 0.25 * (row % 2)
            sketch.box(Tone.SHADE, x, 0.08 + 0.25 * row, min(x + 0.42, 1.04), 0.24 + 0.25 * row)
    return sketch.fitted(wish.height_m)


def draw_tomb(wish: Wish) -> Drawing:
    """A gravestone; a cross where the variant is `cross`."""
    sketch = Sketch()
    sketch.smooth(Tone.SHADE, [(-0.75, 0, 1), (-0.6, 0.12), (0, 0.16), (0.6, 0.12), (0.75, 0, 1)])
    if wish.variant == "cross":
        sketch.fill(Tone.BODY, bar((0, 0), (0, 1.3), 0.2), bar((-0.38, 0.92), (0.38, 0.92), 0.19))
    else:
        arched(sketch, Tone.BODY, 0.0, 0.0, 0.8, 1.15)
        sketch.fill(Tone.SHADE, bar((0, 0.62), (0, 0.98), 0.06), bar((-0.12, 0.86), (0.12, 0.86), 0.06))
        for y in (0.34, 0.46):
            sketch.box(Tone.SHADE, -0.24, y, 0.24, y + 0.04)
    for x in (-0.55, 0.5):
        sketch.fill(Tone.SHADE, ribbon([(x, 0), (x + 0.03, 0.14), (x + 0.09, 0.24)], (0.04, 0.03, 0.0)))
    return sketch.fitted(wish.height_m)


def draw_fountain(wish: Wish) -> Drawing:
    """A fountain whose jets play."""
    sketch = Sketch()
    t = wish.phase_s
    for side in (-1, 1):
        for k in range(3):
            reach, high = 0.35 + 0.28 * k, 1.3 - 0.28 * k + 0.05 * sin(t * 7 + k)
            line = [
                (0.03 * side, 1.7),
                (side * reach * 0.5, 1.7 + high * 0.75),
                (side * reach * 0.9, 1.75 + high * 0.3),
                (side * reach * 1.15, 0.72),
            ]
            sketch.fill(Tone.PALE, ribbon(line, (0.03, 0.05, 0.06, 0.08)))
    sketch.smooth(
        Tone.BODY, mirrored([(0, 1.8, 1), (0.75, 1.72, 1), (0.5, 1.52), (0.14, 1.42), (0.12, 0.9), (0.3, 0.62, 1), (0.0, 0.62)])
    )
    sketch.smooth(Tone.BODY, mirrored([(0, 0.72, 1), (1.9, 0.72, 1), (1.95, 0.60, 1), (1.75, 0.50), (1.6, 0.0, 1), (0.0, 0.0)]))
    sketch.disc(Tone.PALE, 0, 0.70, 1.8, 0.06)
    return sketch.fitted(wish.height_m, of=3.1)


def draw_statue(wish: Wish) -> Drawing:
    """A standing figure on a plinth."""
    look = Look(wears=(Garment.CLOAK,))
    figure = draw_side(Wish(height_m=1.0, look=look), reach(0.0)).drawing(1.0)
    grey = Sketch()
    for one in figure.shapes:
        grey.cut(Tone.SHADE if one.tone is Tone.SHADE else Tone.BODY, *one.rings)
    sketch = Sketch()
    sketch.box(Tone.SHADE, -0.62, 0, 0.62, 0.14)
    sketch.flat(Tone.PALE, [(-0.48, 0.14), (-0.42, 0.86), (0.42, 0.86), (0.48, 0.14)])
    sketch.box(Tone.SHADE, -0.52, 0.84, 0.52, 0.96)
    sketch.box(Tone.SHADE, -0.24, 0.42, 0.24, 0.60)
    sketch.add(grey.drawing(), 0.0, 0.95, scale=1.45)
    return sketch.fitted(wish.height_m)


def draw_wall(wish: Wish) -> Drawing:
    """A stretch of stone wall."""
    sketch = Sketch()
    sketch.box(Tone.BODY, -4, 0, 4, 2.7)
    sketch.box(Tone.PALE, -4.1, 2.6, 4.1, 2.9)
    for row in range(5):
        for k in range(6):
            x = -3.9 + 1.35 * k + 0.6 * (row % 2)
            sketch.fill(
                Tone.SHADE,
                smooth(
                    [
                        (x, 0.1 + 0.5 * row, 1),
                        (min(x + 1.15, 3.95), 0.1 + 0.5 * row, 1),
                        (min(x + 1.15, 3.95), 0.16 + 0.5 * row, 1),
                        (x, 0.16 + 0.5 * row, 1),
                    ],
                    1,
                ),
            )
    return sketch.fitted(wish.height_m)
