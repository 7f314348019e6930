"""Sailing boats, and the slight roll that every hull shares."""

from math import sin

from storyreel.animatic.figures.craft.riders import seat
from storyreel.animatic.figures.curves import smooth
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import bar
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing, Tone


def rolling(sketch: Sketch, height: float, wish: Wish, degrees: float) -> Drawing:
    """The sketch, `height` high, scaled to the wish and turned a little by the waves."""
    tilt = degrees * sin(wish.phase_s * 1.1 + wish.seed) + 0.35 * degrees * sin(wish.phase_s * 1.9 + 1)
    lift = 0.006 * wish.height_m * sin(wish.phase_s * 1.3 + 0.6)
    turned = Sketch()
    turned.add(sketch.drawing(), 0.0, lift, scale=wish.height_m / height, turn_deg=tilt)
    return turned.drawing()


def draw_sailboat(wish: Wish) -> Drawing:
    """A two-masted schooner, or a boat with one mast where the variant is `single` or it is under 13 m; `holds` steers that."""
    sketch = Sketch()
    if wish.variant in {"single", "yacht", "sloop", "dinghy"} or (wish.variant == "" and wish.height_m < 13):
        _sloop(sketch, wish)
        return rolling(sketch, 10.0, wish, 3.0)
    _schooner(sketch)
    return rolling(sketch, 20.0, wish, 1.8)


def _sloop(sketch: Sketch, wish: Wish) -> None:
    sketch.fill(Tone.SHADE, bar((0.35, 0.8), (0.30, 10.0), 0.13, 0.07))
    sketch.smooth(
        Tone.PALE, [(0.22, 9.6, 1), (-0.75, 6.3), (-1.75, 3.6), (-2.85, 1.75, 1), (-1.2, 1.55), (0.18, 1.60, 1), (0.16, 5.0)]
    )
    sketch.smooth(Tone.PALE, [(0.42, 8.9, 1), (1.35, 5.4), (2.95, 1.35, 1), (1.9, 1.62), (0.85, 1.95, 1), (0.72, 5.0)])
    for low in (3.4, 5.2, 7.0):
        sketch.fill(Tone.SHADE, bar((-2.85 + (low - 1.75) * 0.37, low), (0.16, low + 0.15), 0.03))
    sketch.fill(Tone.SHADE, bar((0.35, 1.48), (-2.95, 1.68), 0.12))
    sketch.fill(Tone.SHADE, bar((0.33, 9.7), (3.3, 1.0), 0.03), bar((0.33, 9.7), (-3.1, 0.95), 0.025))
    seat(sketch, wish.holds, -2.2, 0.72, 10.0 / wish.height_m, floor=0.1)
    sketch.smooth(
        Tone.BODY,
        [
            (-3.1, 0.98, 1),
            (-1.0, 0.80),
            (1.2, 0.84),
            (3.55, 1.16, 1),
            (2.9, 0.42),
            (2.2, -0.35, 1),
            (-2.5, -0.35, 1),
            (-2.9, 0.4),
        ],
    )
    sketch.smooth(
        Tone.PALE,
        [
            (-3.06, 0.83, 1),
            (-1.0, 0.64),
            (1.2, 0.68),
            (3.38, 0.98, 1),
            (3.30, 0.88, 1),
            (1.2, 0.58),
            (-1.0, 0.54),
            (-3.02, 0.73, 1),
        ],
    )


def _gaff(sketch: Sketch, mast: float, foot: float, head: float, boom: float, peak: tuple[float, float], throat: float) -> None:
    """A four-cornered sail behind a mast, its spars and a lighter seam or two."""
    sketch.fill(Tone.BODY, bar((mast, foot), (mast + 0.15, head), 0.34, 0.16))
    sketch.smooth(
        Tone.PALE,
        [(mast - 0.1, foot + 0.55, 1), (mast - 0.05, (foot + throat) / 2), (mast - 0.05, throat, 1), (peak[0], peak[1], 1),
         (peak[0] - 0.55 + 0.1 * boom, (peak[1] + foot) / 2), (mast + boom, foot + 0.35, 1), (mast + boom * 0.5, foot + 0.28)],
    )  # fmt: skip
    sketch.fill(
        Tone.BODY,
        bar((mast, foot + 0.35), (mast + boom - 0.3, foot + 0.22), 0.2),
        bar((mast, throat), (peak[0] - 0.1, peak[1] + 0.12), 0.18),
    )
    for share in (0.33, 0.66):
        x0, x1 = mast - 0.1, mast + boom * (1 - 0.35 * share) - 0.35
        y0, y1 = foot + (throat - foot) * share, foot + (peak[1] - foot) * share
        sketch.fill(Tone.SHADE, bar((x0, y0), (x1, y1), 0.05))


def _schooner(sketch: Sketch) -> None:
    for fore, aft in (
        ((3.4, 18.2), (13.0, 3.6)),
        ((3.4, 15.8), (9.6, 2.9)),
        ((-3.6, 19.4), (-10.6, 2.7)),
        ((-3.6, 19.4), (3.4, 18.0)),
    ):
        sketch.fill(Tone.SHADE, bar(fore, aft, 0.07))
    _gaff(sketch, -3.8, 2.3, 19.9, -6.4, (-8.4, 14.6), 11.6)
    _gaff(sketch, 3.1, 2.5, 18.6, -5.6, (-1.6, 13.8), 11.2)
    sketch.smooth(Tone.PALE, [(-3.8, 18.9, 1), (-6.0, 16.6), (-8.0, 14.9, 1), (-3.9, 12.2, 1)])
    sketch.smooth(Tone.PALE, [(3.2, 17.7, 1), (1.0, 15.8), (-1.2, 14.2, 1), (3.1, 11.8, 1)])
    sketch.smooth(Tone.PALE, [(4.0, 15.0, 1), (5.7, 9.4), (9.2, 3.3, 1), (6.6, 3.9), (4.3, 4.9, 1), (4.2, 10.0)])
    sketch.smooth(Tone.PALE, [(5.0, 15.2, 1), (8.2, 9.2), (12.5, 3.9, 1), (10.4, 4.1), (8.8, 5.6, 1), (6.8, 10.0)])
    sketch.fill(Tone.BODY, bar((7.4, 1.9), (13.4, 3.75), 0.34, 0.14))
    hull = [
        (-10.6, 2.75, 1),
        (-6.0, 1.75),
        (0.0, 1.55),
        (5.0, 1.95),
        (9.6, 3.0, 1),
        (8.9, 2.0),
        (7.6, 0.8),
        (6.2, -0.8, 1),
        (-8.6, -0.8, 1),
        (-9.6, 0.9),
        (-10.2, 1.7),
    ]
    sketch.smooth(Tone.BODY, hull)
    sketch.smooth(
        Tone.PALE,
        [
            (-10.25, 1.95, 1),
            (-6.0, 1.25),
            (0, 1.08),
            (5.0, 1.38),
            (9.0, 2.2, 1),
            (8.85, 2.0, 1),
            (5.0, 1.2),
            (0, 0.92),
            (-6.0, 1.08),
            (-10.15, 1.7, 1),
        ],
    )
    sketch.box(Tone.SHADE, -7.4, 1.6, -5.2, 2.5)
    sketch.box(Tone.WINDOW, -6.9, 1.9, -6.4, 2.25)
    sketch.fill(Tone.ACCENT, smooth([(-3.65, 19.9, 1), (-4.6, 20.0), (-5.4, 19.65, 1), (-4.6, 19.5), (-3.65, 19.45, 1)]))
    sketch.glow(-6.65, 2.1, 1.2, 0.5)
