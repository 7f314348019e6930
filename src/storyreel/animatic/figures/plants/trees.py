"""Trees: round, conifer, bare and palm; each seed grows another, and all sway."""

from functools import lru_cache
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


def _swayed(grown: Drawing, wish: Wish, give: float) -> Drawing:
    """A tree 1 m high, at its wished height, bent by the wind of the moment."""
    sway = give * (sin(wish.phase_s * 1.2 + wish.seed) + 0.4 * sin(wish.phase_s * 2.3 + 2 * wish.seed))
    bent = Sketch()
    for shape in grown.shapes:
        bent.cut(shape.tone, *(_bend(ring, sway) for ring in shape.rings))
    for one in grown.glows:
        bent.glow(one.x_m, one.y_m, one.radius_m, one.strength)
    return bent.drawing(wish.height_m)


def _blob(x: float, y: float, across: float, up: float, bumps: int, depth: float, turn: float) -> Ring:
    """A lobed outline, like a mass of leaves."""
    a = np.linspace(0, 2 * pi, bumps * 6, endpoint=False)
    swell = 1 + depth * (np.abs(np.sin(a * bumps / 2 + turn)) - 0.6) + depth * 0.5 * np.sin(a * 2 + turn * 3)
    return np.stack([x + across * swell * np.cos(a), y + up * swell * np.sin(a)], axis=1)


def draw_round(wish: Wish) -> Drawing:
    """A broad-leaved tree; a birch, a willow or a tree in blossom by variant."""
    return _swayed(_round(wish.seed, wish.variant), wish, 0.012)


@lru_cache(maxsize=64)
def _round(seed: int, variant: str) -> Drawing:
    grown = np.random.default_rng(seed)
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
    if variant == "willow":
        return _willow(sketch, grown)
    slim = 0.70 if variant == "birch" else 1.0
    leaves = Tone.ACCENT if variant == "blossom" else Tone.BODY
    if variant == "birch":
        _birch_trunk(sketch)
    for x, y, across, up in masses:
        dx, dy, size = (float(one) for one in grown.normal((0.0, 0.0, 1.0), (0.018, 0.018, 0.06)))
        turn = float(grown.uniform(0, pi))
        sketch.fill(leaves, _blob((x + dx) * slim, y + dy, across * size * slim, up * size, 7, 0.10, turn))
    for x, y, across in ((-0.13, 0.46, 0.13), (0.12, 0.49, 0.14), (0.02, 0.60, 0.13)):
        dx, turn = float(grown.normal(0, 0.02)), float(grown.uniform(0, pi))
        patch = Tone.PALE if variant == "blossom" else Tone.SHADE
        sketch.fill(patch, _blob((x + dx) * slim, y, across * slim, across * 0.42, 5, 0.14, turn))
    return sketch.fitted(1.0)


def _birch_trunk(sketch: Sketch) -> None:
    """A pale, slender trunk with dark marks."""
    sketch.flat(Tone.PALE, [(-0.026, 0), (-0.018, 0.5), (0.018, 0.5), (0.026, 0)])
    for k in range(7):
        y, side = 0.05 + 0.055 * k, 1 if k % 2 else -1
        sketch.flat(Tone.SHADE, [(0.020 * side, y), (0.020 * side, y + 0.012), (0.002 * side, y + 0.007)])


def _willow(sketch: Sketch, grown: np.random.Generator) -> Drawing:
    """A crown of hanging switches."""
    sketch.fill(Tone.BODY, _blob(0.0, 0.80, 0.34, 0.17, 9, 0.08, 0.4))
    for k in range(23):
        x = -0.40 + 0.80 * k / 22
        top = 0.80 + 0.15 * (1 - (x / 0.42) ** 2)
        low = 0.16 + 0.30 * float(grown.uniform(0, 1)) * (1 - abs(x))
        line = [(x * 0.8, top), (x * 1.08, (top + low) / 2 + 0.1), (x * 1.12, low)]
        sketch.fill(Tone.SHADE if k % 3 == 0 else Tone.BODY, ribbon(line, (0.04, 0.046, 0.036, 0.005)))
    return sketch.fitted(1.0)


def draw_conifer(wish: Wish) -> Drawing:
    """A fir: tiers of drooping boughs that grow shorter upwards; hung with lights where the variant is `christmas`."""
    return _swayed(_conifer(wish.seed, wish.variant), wish, 0.010)


@lru_cache(maxsize=64)
def _conifer(seed: int, variant: str) -> Drawing:
    grown = np.random.default_rng(seed + 77)
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
    if variant == "christmas":
        _trim(sketch, slim)
    return sketch.fitted(1.0)


def _trim(sketch: Sketch, slim: float) -> None:
    """Coloured balls, candles and a star."""
    for k in range(16):
        low = 0.13 + 0.047 * k
        x = 0.15 * slim * (1 - low) * sin(k * 2.4)
        sketch.disc((Tone.ACCENT, Tone.GLOW, Tone.PALE)[k % 3], x, low, 0.014)
        if k % 3 == 1:
            sketch.glow(x, low, 0.10, 0.6)
    rays = [(r * sin(k * pi / 5), 0.99 + r * cos(k * pi / 5)) for k, r in enumerate((0.042, 0.018) * 5)]
    sketch.flat(Tone.GLOW, rays)
    sketch.glow(0.0, 0.99, 0.25, 0.8)


def draw_bare(wish: Wish) -> Drawing:
    """A leafless tree: boughs that fork until they are twigs; a stout one where the variant is `baobab`."""
    return _swayed(_bare(wish.seed, wish.variant), wish, 0.012)


@lru_cache(maxsize=64)
def _bare(seed: int, variant: str) -> Drawing:
    grown = np.random.default_rng(seed + 13)
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

    if variant == "baobab":
        sketch.smooth(
            Tone.BODY,
            [(-0.17, 0, 1), (-0.13, 0.2), (-0.06, 0.56), (0.06, 0.56), (0.13, 0.2), (0.17, 0, 1)],
            5,
        )
        for k in range(5):
            bough((-0.10 + 0.05 * k, 0.52), pi / 2 + 0.5 * (2 - k), 0.18, 0.05, 2)
            end = (-0.30 + 0.15 * k, 0.80 + 0.05 * (k % 2))
            sketch.fill(Tone.SHADE if k % 2 else Tone.BODY, _blob(*end, 0.13, 0.06, 6, 0.12, float(k)))
        return sketch.fitted(1.0)
    sketch.smooth(Tone.BODY, [(-0.075, 0, 1), (-0.036, 0.05), (-0.030, 0.14), (0.030, 0.14), (0.036, 0.05), (0.08, 0, 1)], 4)
    bough((0.0, 0.05), pi / 2 + float(grown.normal(0, 0.05)), 0.30, 0.064, 4)
    return sketch.fitted(1.0)


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
    return _swayed(sketch.fitted(1.0), wish, 0.016)


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
