"""Houses: cottage, hut, farmhouse, townhouse and mansion."""

from storyreel.animatic.figures.places.masonry import door, pane, smoke, steps
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing, Tone


def draw_house(wish: Wish) -> Drawing:
    """A house of the wished kind; smoke from its chimney is not counted in its height."""
    sketch = Sketch()
    kind = {"hut": _hut, "farmhouse": _farmhouse, "townhouse": _townhouse, "mansion": _mansion}.get(wish.variant, _cottage)
    high = kind(sketch, wish)
    return sketch.fitted(wish.height_m, of=high)


def _chimney(sketch: Sketch, x: float, low: float, high: float, wide: float) -> None:
    sketch.box(Tone.SHADE, x - wide / 2, low, x + wide / 2, high)
    sketch.box(Tone.BODY, x - wide * 0.66, high - wide * 0.28, x + wide * 0.66, high)


def _cottage(sketch: Sketch, wish: Wish) -> float:
    smoke(sketch, -1.35, 5.0, 0.75, wish.phase_s)
    _chimney(sketch, -1.35, 3.4, 5.1, 0.62)
    sketch.box(Tone.BODY, -2.9, 0, 2.9, 2.55)
    sketch.box(Tone.SHADE, -2.9, 0, 2.9, 0.28)
    sketch.smooth(Tone.SHADE, [(-3.45, 2.30, 1), (-2.55, 3.35), (-1.85, 4.62, 1), (1.85, 4.62, 1), (2.55, 3.35), (3.45, 2.30, 1)])
    sketch.flat(Tone.BODY, [(-3.45, 2.30), (-3.40, 2.44), (3.40, 2.44), (3.45, 2.30)])
    sketch.flat(Tone.BODY, [(0.45, 2.9), (0.45, 3.55), (1.05, 4.2), (1.65, 3.55), (1.65, 2.9)])
    sketch.flat(Tone.SHADE, [(0.25, 3.42), (1.05, 4.36), (1.85, 3.42), (1.72, 3.42), (1.05, 4.18), (0.38, 3.42)])
    pane(sketch, 1.05, 3.02, 0.52, 0.55)
    door(sketch, -0.1, 0.12, 0.95, 1.95)
    pane(sketch, -1.75, 0.95, 0.95, 0.95)
    pane(sketch, 1.65, 0.95, 0.95, 0.95)
    steps(sketch, -0.1, 1.1, 0.14, 1)
    sketch.glow(1.65, 1.4, 1.5, 0.5)
    sketch.glow(-1.75, 1.4, 1.5, 0.5)
    return 5.1


def _hut(sketch: Sketch, wish: Wish) -> float:
    smoke(sketch, 0.75, 3.4, 0.5, wish.phase_s)
    sketch.box(Tone.SHADE, 0.62, 2.6, 0.88, 3.5)
    for k in range(5):
        y = 0.1 + 0.36 * k
        sketch.box(Tone.BODY, -1.72, y, 1.72, y + 0.34)
        sketch.disc(Tone.PALE, -1.76, y + 0.17, 0.15)
        sketch.disc(Tone.PALE, 1.76, y + 0.17, 0.15)
    sketch.box(Tone.SHADE, -1.7, 0, 1.7, 0.12)
    sketch.smooth(Tone.SHADE, [(-2.25, 1.72, 1), (-1.1, 2.42), (-0.05, 3.25, 1), (1.1, 2.42), (2.25, 1.72, 1), (0, 1.95)])
    door(sketch, -0.55, 0.06, 0.75, 1.5)
    pane(sketch, 0.75, 0.75, 0.62, 0.6)
    sketch.glow(0.75, 1.05, 1.1, 0.5)
    return 3.5


def _farmhouse(sketch: Sketch, wish: Wish) -> float:
    smoke(sketch, 2.2, 7.5, 0.8, wish.phase_s)
    _chimney(sketch, 2.2, 5.2, 7.6, 0.7)
    sketch.box(Tone.BODY, -3.8, 0, 3.8, 4.7)
    sketch.flat(Tone.SHADE, [(-4.3, 4.55), (-2.9, 6.8), (2.9, 6.8), (4.3, 4.55)])
    sketch.flat(Tone.BODY, [(-1.5, 4.6), (0, 6.5), (1.5, 4.6)])
    pane(sketch, 0, 4.75, 0.7, 0.8)
    for x in (-2.5, 0.0, 2.5):
        pane(sketch, x, 3.0, 0.85, 1.15)
    for x in (-2.5, 2.5):
        pane(sketch, x, 0.9, 0.95, 1.2)
    door(sketch, 0, 0.2, 1.05, 2.1)
    sketch.flat(Tone.SHADE, [(-1.9, 2.42), (-1.5, 2.82), (1.5, 2.82), (1.9, 2.42)])
    for x in (-1.65, 1.65):
        sketch.box(Tone.PALE, x - 0.08, 0.2, x + 0.08, 2.42)
    steps(sketch, 0, 3.2, 0.22, 2)
    sketch.glow(-2.5, 1.5, 1.8, 0.5)
    return 7.6


def _townhouse(sketch: Sketch, wish: Wish) -> float:
    _chimney(sketch, 1.6, 9.0, 11.4, 0.8)
    sketch.box(Tone.BODY, -2.7, 0, 2.7, 8.6)
    sketch.flat(Tone.SHADE, [(-3.0, 8.5), (-2.2, 10.5), (2.2, 10.5), (3.0, 8.5)])
    sketch.box(Tone.SHADE, -3.0, 8.4, 3.0, 8.75)
    for x in (-1.15, 1.15):
        sketch.flat(Tone.BODY, [(x - 0.6, 8.8), (x - 0.6, 9.9), (x, 10.35), (x + 0.6, 9.9), (x + 0.6, 8.8)])
        pane(sketch, x, 9.0, 0.6, 0.8)
    for row, y in enumerate((3.6, 6.1)):
        for k, x in enumerate((-1.65, 0.0, 1.65)):
            pane(sketch, x, y, 0.85, 1.55, tone=Tone.SHADE if (row + k + wish.seed) % 3 == 0 else Tone.WINDOW)
            sketch.box(Tone.PALE, x - 0.6, y - 0.24, x + 0.6, y - 0.12)
    sketch.box(Tone.PALE, -2.7, 3.05, 2.7, 3.2)
    door(sketch, -1.65, 0.35, 1.0, 2.2)
    for x in (0.1, 1.65):
        pane(sketch, x, 0.9, 0.9, 1.5)
    steps(sketch, -1.65, 1.3, 0.38, 3)
    sketch.glow(0.9, 1.6, 2.0, 0.5)
    return 11.4


def _mansion(sketch: Sketch, wish: Wish) -> float:
    for x in (-6.2, 6.2, -2.2, 2.2):
        _chimney(sketch, x, 8.0, 11.2, 0.8)
    sketch.box(Tone.BODY, -8.5, 0, 8.5, 7.4)
    sketch.flat(Tone.SHADE, [(-9.0, 7.3), (-7.4, 9.6), (7.4, 9.6), (9.0, 7.3)])
    sketch.box(Tone.BODY, -2.9, 0, 2.9, 8.3)
    sketch.flat(Tone.SHADE, [(-3.4, 8.2), (0, 10.6), (3.4, 8.2)])
    sketch.disc(Tone.WINDOW, 0, 9.1, 0.5)
    for y in (1.3, 4.7):
        for k, x in enumerate((-7.2, -5.6, -4.0, 4.0, 5.6, 7.2)):
            pane(sketch, x, y, 0.9, 1.8, tone=Tone.SHADE if (k + int(y) + wish.seed) % 4 == 0 else Tone.WINDOW)
    for x in (-1.6, 0.0, 1.6):
        pane(sketch, x, 5.3, 0.8, 1.7)
    door(sketch, 0, 0.6, 1.5, 3.1)
    for x in (-2.4, -1.2, 1.2, 2.4):
        sketch.box(Tone.PALE, x - 0.16, 0.6, x + 0.16, 4.3)
    sketch.box(Tone.PALE, -3.1, 4.25, 3.1, 4.65)
    steps(sketch, 0, 4.4, 0.62, 4)
    sketch.glow(0, 3, 4.0, 0.4)
    return 11.2
