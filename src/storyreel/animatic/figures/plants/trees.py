"""Trees: round, conifer, bare and palm; each seed grows another, and all sway."""

from math import cos, pi, sin

import numpy as np

from storyreel.animatic.figures.curves import Point, curve, smooth
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import ribbon
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing, Ring, Tone


def _bend(ring: Ring, sway: float) -> Ring:
    """Leans a ring by the square of its height, as wind does."""
    bent = ring.copy()
    bent[:, 0] += sway * np.maximum(ring[:, 1], 0.0) ** 2
    return bent


def _swayed(sketch: Sketch, wish: Wish, give: float) -> Drawing:
    drawn = sketch.fitted(1.0)
    sway = give * (sin(wish.phase_s * 1.2 + wish.seed) + 0.4 * sin(wish.phase_s * 2.3 + 2 * wish.seed))
    bent = Sketch()
    for shape in drawn.shapes:
        bent.cut(shape.tone, *(_bend(ring, sway) for ring in shape.rings))
    return bent.drawing(wish.height_m)


def _blob(x: float, y: float, across: float, up: float, bumps: int, depth: float, turn: float) -> Ring:
    """A lobed outline, like a mass of leaves."""
    a = np.linspace(0, 2 * pi, bumps * 6, endpoint=False)
    swell = 1 + depth * (np.abs(np.sin(a * bumps / 2 + turn)) - 0.6) + depth * 0.5 * np.sin(a * 2 + turn * 3)
    return np.stack([x + across * swell * np.cos(a), y + up * swell * np.sin(a)], axis=1)


def draw_round(wish: Wish) -> Drawing:
    """A broad-leaved tree."""
    grown = np.random.default_rng(wish.seed)
    sketch = Sketch()
    trunk = [
        (-0.055, 0.0, 1),
        (-0.030, 0.05),
        (-0.024, 0.22),
        (-0.020, 0.42, 1),
        (0.020, 0.42, 1),
        (0.022, 0.22),
        (0.032, 0.05),
        (0.062, 0.0, 1),
    ]
    sketch.smooth(Tone.SHADE, trunk, 5)
    sketch.fill(Tone.SHADE, ribbon([(0.0, 0.22), (0.05, 0.36), (0.15, 0.48)], (0.035, 0.024, 0.010)))
    sketch.fill(Tone.SHADE, ribbon([(0.0, 0.27), (-0.05, 0.38), (-0.14, 0.50)], (0.030, 0.022, 0.010)))
    masses = [
        (0.0, 0.64, 0.25, 0.30),
        (-0.19, 0.53, 0.17, 0.16),
        (0.20, 0.55, 0.18, 0.17),
        (-0.12, 0.76, 0.18, 0.18),
        (0.14, 0.78, 0.17, 0.18),
    ]
    for x, y, across, up in masses:
        dx, dy, size = grown.normal(0, 0.018, 2).tolist() + [float(grown.uniform(0.9, 1.12))]
        sketch.fill(Tone.BODY, _blob(x + dx, y + dy, across * size, up * size, 7, 0.10, float(grown.uniform(0, pi))))
    for x, y, across in ((-0.13, 0.46, 0.13), (0.12, 0.49, 0.14), (0.02, 0.60, 0.13)):
        shadow = _blob(x + float(grown.normal(0, 0.02)), y, across, across * 0.42, 5, 0.14, float(grown.uniform(0, pi)))
        sketch.fill(Tone.SHADE, shadow)
    return _swayed(sketch, wish, 0.012)


def draw_conifer(wish: Wish) -> Drawing:
    """A fir: tiers of drooping boughs that grow shorter upwards."""
    grown = np.random.default_rng(wish.seed + 77)
    sketch = Sketch()
    sketch.flat(Tone.SHADE, [(-0.022, 0.0), (0.022, 0.0), (0.012, 0.3), (-0.012, 0.3)])
    tiers = 8
    slim = float(grown.uniform(0.85, 1.1))
    right: list[tuple[float, float, int]] = []
    left: list[tuple[float, float, int]] = []
    for k in range(tiers):
        low = 0.085 + 0.80 * k / tiers
        reach = 0.225 * slim * (1 - (k / tiers) ** 1.15) + 0.012
        for side, row in ((1, right), (-1, left)):
            tip = reach * float(grown.uniform(0.86, 1.12))
            droop = low + float(grown.normal(0, 0.010))
            if k:
                row.append((side * reach * 0.42, low + 0.028, 1))
            row.append((side * tip, droop, 1))
            row.append((side * tip * 0.58, droop + 0.055, 0))
    outline = [*right, (0.0, 1.0, 1), *left[::-1]]
    sketch.smooth(Tone.BODY, outline, 3)
    for k in range(1, tiers - 1):
        low = 0.085 + 0.80 * k / tiers
        reach = 0.19 * slim * (1 - (k / tiers) ** 1.15)
        dark: list[tuple[float, float, int]] = [
            (-reach * 0.9, low + 0.004, 1),
            (-reach * 0.1, low + 0.030, 0),
            (reach * 0.35, low + 0.012, 1),
            (-reach * 0.2, low - 0.004, 0),
        ]
        sketch.smooth(Tone.SHADE, dark, 4)
    return _swayed(sketch, wish, 0.010)


def draw_bare(wish: Wish) -> Drawing:
    """A leafless tree: boughs that fork until they are twigs."""
    grown = np.random.default_rng(wish.seed + 13)
    sketch = Sketch()

    def bough(at: Point, angle: float, long: float, wide: float, depth: int) -> None:
        bow = float(grown.normal(0, 0.22))
        mid = (at[0] + long * 0.5 * cos(angle + bow), at[1] + long * 0.5 * sin(angle + bow))
        end = (at[0] + long * cos(angle), at[1] + long * sin(angle))
        sketch.fill(Tone.BODY, ribbon([at, mid, end], (wide, wide * 0.82, wide * 0.6), 4))
        if depth == 0:
            return
        count = 3 if depth > 2 else 2
        for k in range(count):
            spread = (k - (count - 1) / 2) * 0.62 + float(grown.normal(0, 0.14))
            lift = (pi / 2 - angle - spread) * 0.12
            bough(end, angle + spread + lift, long * float(grown.uniform(0.60, 0.80)), wide * 0.58, depth - 1)

    sketch.smooth(Tone.BODY, [(-0.075, 0, 1), (-0.036, 0.05), (-0.030, 0.14), (0.030, 0.14), (0.036, 0.05), (0.08, 0, 1)], 4)
    bough((0.0, 0.05), pi / 2 + float(grown.normal(0, 0.05)), 0.30, 0.064, 4)
    return _swayed(sketch, wish, 0.012)


def draw_palm(wish: Wish) -> Drawing:
    """A palm with a leaning stem and feathered leaves."""
    grown = np.random.default_rng(wish.seed + 5)
    lean = float(grown.uniform(-0.12, 0.18))
    sketch = Sketch()
    stem = [(0.0, 0.0), (lean * 0.25, 0.28), (lean * 0.7, 0.56), (lean, 0.80)]
    sketch.fill(Tone.SHADE, ribbon(stem, (0.062, 0.040, 0.034, 0.030)))
    for k in range(9):
        angle = -0.55 + (pi + 1.1) * k / 8 + float(grown.normal(0, 0.06))
        long = float(grown.uniform(0.30, 0.38))
        flutter = 0.02 * sin(wish.phase_s * 2.2 + k)
        sketch.fill(Tone.SHADE if k % 3 == 1 else Tone.BODY, _frond((lean, 0.80), angle, long, 0.24 + flutter))
    sketch.disc(Tone.SHADE, lean - 0.02, 0.775, 0.022)
    sketch.disc(Tone.SHADE, lean + 0.022, 0.77, 0.022)
    return _swayed(sketch, wish, 0.016)


def _frond(at: Point, angle: float, long: float, droop: float) -> Ring:
    spine = curve(
        [(at[0] + long * t * cos(angle), at[1] + long * t * sin(angle) - droop * t**2.2) for t in (0, 0.3, 0.65, 1.0)], 6
    )
    upper = [(x, y + 0.030 * sin(pi * min(1.0, k / 18))) for k, (x, y) in enumerate(spine.tolist())]
    lower: list[tuple[float, float, int]] = []
    for k, (x, y) in enumerate(spine.tolist()):
        deep = 0.075 * sin(pi * min(1.0, (k + 1) / 19)) * (1.0 if k % 2 else 0.25)
        lower.append((x - 0.02 * cos(angle), y - deep, 1))
    return smooth([*upper, *lower[::-1]], 2)
