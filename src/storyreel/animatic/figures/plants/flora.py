"""Smaller plants: bush, flowers, grass, wheat, reeds, cactus, mushroom, bamboo, sprout."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, pi, sin

import numpy as np

from storyreel.animatic.figures.curves import ellipse, move, smooth
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import ribbon
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing, Tone


@dataclass(frozen=True, slots=True)
class Bloom:
    """A flower head: how many petals, how long and wide they are, and how large its heart is."""

    petals: int = 7
    long: float = 0.16
    wide: float = 0.065
    heart: float = 0.06
    tone: Tone = Tone.ACCENT


BLOOMS: Mapping[str, Bloom] = {
    "daisy": Bloom(12, 0.15, 0.035, 0.06, Tone.PALE),
    "sunflower": Bloom(16, 0.18, 0.045, 0.13, Tone.GLOW),
    "flower": Bloom(),
}


def _sway(wish: Wish, x: float = 0.0) -> float:
    return 0.05 * sin(wish.phase_s * 1.7 + wish.seed + x * 2)


def draw_flower(wish: Wish) -> Drawing:
    """A flower on its stem: rose, tulip, sunflower, lotus or a plain one; three of them where the variant is `bouquet`."""
    sketch = Sketch()
    if wish.variant == "bouquet":
        for x, y in ((-0.26, 0.66), (0.24, 0.68), (0.0, 0.84)):
            sketch.fill(Tone.SHADE, ribbon([(0, 0.1), (x * 0.5, 0.4), (x, y)], (0.03, 0.03)))
            _head(sketch, x, y, Bloom(), 0.0)
        sketch.smooth(Tone.PALE, [(-0.30, 0.52, 1), (0.0, 0.46), (0.30, 0.52, 1), (0.08, 0.06), (0.0, 0.0), (-0.08, 0.06)], 5)
        return sketch.fitted(wish.height_m)
    lean = _sway(wish)
    if wish.variant == "lotus":
        return _lotus(sketch).fitted(wish.height_m)
    top = (lean, 0.80)
    sketch.fill(Tone.SHADE, ribbon([(0, 0), (-0.03 + lean * 0.2, 0.35), top], (0.036, 0.026)))
    for side, y in ((-1, 0.22), (1, 0.36)):
        leaf = smooth([(0, 0), (0.10, 0.10), (0.28, 0.16), (0.20, 0.04), (0.08, -0.02)], 5) * (side, 1.0)
        sketch.fill(Tone.BODY, leaf + np.array([-0.02, y]))
    if wish.variant == "tulip":
        x, y = top
        sketch.smooth(Tone.ACCENT, [(x, y - 0.02), (x + 0.12, y + 0.03), (x + 0.13, y + 0.22, 1), (x + 0.06, y + 0.13),
            (x, y + 0.25, 1), (x - 0.06, y + 0.13),
                                    (x - 0.13, y + 0.22, 1), (x - 0.12, y + 0.03)], 5)  # fmt: skip
    elif wish.variant == "rose":
        x, y = top
        sketch.smooth(Tone.BODY, [(x, y - 0.04), (x + 0.14, y + 0.08, 1), (x, y + 0.04), (x - 0.14, y + 0.08, 1)], 4)
        sketch.smooth(
            Tone.ACCENT,
            [(x, y), (x + 0.13, y + 0.06), (x + 0.14, y + 0.17), (x, y + 0.22), (x - 0.14, y + 0.17), (x - 0.13, y + 0.06)],
            5,
        )
        for r in (0.10, 0.06):
            line = [(x - r, y + 0.15), (x, y + 0.15 - r * 0.8), (x + r, y + 0.16), (x + r * 0.2, y + 0.19)]
            sketch.fill(Tone.SHADE, ribbon(line, (0.008, 0.016, 0.006)))
    else:
        _head(sketch, *top, BLOOMS.get(wish.variant, BLOOMS["flower"]), 20 * lean)
    return sketch.fitted(wish.height_m, of=1.0)


def _head(sketch: Sketch, x: float, y: float, bloom: Bloom, turn: float) -> None:
    petal = smooth(
        [
            (0.0, -bloom.wide * 0.4),
            (bloom.long * 0.55, -bloom.wide),
            (bloom.long, 0),
            (bloom.long * 0.55, bloom.wide),
            (0.0, bloom.wide * 0.4),
        ],
        4,
    )
    for k in range(bloom.petals):
        sketch.fill(bloom.tone, move(petal, x, y, turn_deg=turn + 360 * k / bloom.petals))
    sketch.disc(Tone.SHADE, x, y, bloom.heart)


def _lotus(sketch: Sketch) -> Sketch:
    sketch.disc(Tone.BODY, -0.3, 0.07, 0.75, 0.07)
    petal = smooth([(0, 0), (0.14, 0.22), (0.06, 0.46), (0, 0.56, 1), (-0.06, 0.46), (-0.14, 0.22)], 5)
    for turn, tone in ((-62, Tone.ACCENT), (62, Tone.ACCENT), (-34, Tone.PALE), (34, Tone.PALE), (0, Tone.ACCENT)):
        sketch.fill(tone, move(petal, 0, 0.08, turn_deg=turn))
    return sketch


def draw_bush(wish: Wish) -> Drawing:
    """A bush; with berries where the variant says so."""
    grown = np.random.default_rng(wish.seed + 3)
    sketch = Sketch()
    sway = 0.02 * sin(wish.phase_s * 1.4 + wish.seed)
    for k in range(7):
        x = -0.75 + 0.25 * k
        high = 0.42 + 0.40 * (1 - (x / 0.95) ** 2) + float(grown.uniform(-0.05, 0.05))
        a = np.linspace(0, 2 * pi, 40, endpoint=False)
        leafy = 1 + 0.09 * np.abs(np.sin(a * 4 + k))
        lobe = np.stack([x + sway * high + 0.30 * leafy * np.cos(a), high * 0.55 + high * 0.52 * leafy * np.sin(a)], axis=1)
        sketch.fill(Tone.SHADE if k % 3 == 1 else Tone.BODY, np.maximum(lobe, (-9.0, 0.0)))
    if wish.variant == "berries":
        for _ in range(9):
            sketch.disc(Tone.ACCENT, float(grown.uniform(-0.7, 0.7)), float(grown.uniform(0.15, 0.7)), 0.035)
    return sketch.fitted(wish.height_m)


def draw_grass(wish: Wish) -> Drawing:
    """A tuft of grass; wheat, reeds or a fern by variant."""
    grown = np.random.default_rng(wish.seed + 9)
    sketch = Sketch()
    wheat, reeds = wish.variant == "wheat", wish.variant in {"reeds", "reed"}
    for k in range(15):
        x = -0.42 + 0.06 * k + float(grown.uniform(-0.02, 0.02))
        high = float(grown.uniform(0.62, 1.0)) * (1 - 0.25 * abs(x))
        lean = x * (0.35 if wheat or reeds else 0.8) + _sway(wish, x) * 1.6
        line = [(x * 0.6, 0.0), (x * 0.7 + lean * 0.3, high * 0.55), (x + lean, high)]
        sketch.fill(Tone.SHADE if k % 3 == 0 else Tone.BODY, ribbon(line, (0.030, 0.024, 0.004) if not wheat else (0.012, 0.012)))
        if wheat:
            for j in range(5):
                y = high - 0.04 * j
                for side in (-1, 1):
                    sketch.fill(
                        Tone.GLOW if k % 4 == 0 else Tone.PALE,
                        ellipse(x + lean - 0.014 * j * lean + 0.016 * side, y, 0.022, 0.011, turn_deg=60 * side, points=8),
                    )
        elif reeds and k % 2:
            sketch.disc(Tone.SHADE, x + lean * 0.96, high * 0.96, 0.022, 0.08)
    return sketch.fitted(wish.height_m, of=1.0)


def draw_cactus(wish: Wish) -> Drawing:
    """A cactus with two arms."""
    sketch = Sketch()
    for line in (
        [(0.02, 0.42), (0.24, 0.42), (0.30, 0.52), (0.30, 0.76)],
        [(0.0, 0.30), (-0.22, 0.30), (-0.29, 0.40), (-0.29, 0.62)],
    ):
        sketch.fill(Tone.BODY, ribbon(line, (0.13, 0.13)))
        sketch.disc(Tone.BODY, *line[-1], 0.065)
    sketch.fill(Tone.BODY, ribbon([(0, 0), (0, 0.92)], (0.19, 0.2)), ellipse(0, 0.915, 0.1, 0.085))
    for x in (-0.045, 0.0, 0.045):
        sketch.fill(Tone.SHADE, ribbon([(x, 0.02), (x, 0.93)], (0.008, 0.008)))
    sketch.disc(Tone.ACCENT, 0.02, 1.0, 0.035)
    return sketch.fitted(wish.height_m)


def draw_mushroom(wish: Wish) -> Drawing:
    """A toadstool, and a small one beside it."""
    sketch = Sketch()
    for x, size in ((0.42, 0.55), (0.0, 1.0)):
        sketch.smooth(Tone.PALE, [(x - 0.16 * size, 0, 1), (x - 0.09 * size, 0.30 * size), (x - 0.08 * size, 0.62 * size, 1),
            (x + 0.08 * size, 0.62 * size, 1),
                                  (x + 0.09 * size, 0.30 * size), (x + 0.16 * size, 0, 1)], 5)  # fmt: skip
        sketch.smooth(
            Tone.SHADE, [(x - 0.42 * size, 0.56 * size), (x, 0.50 * size), (x + 0.42 * size, 0.56 * size), (x, 0.66 * size)], 5
        )
        sketch.smooth(Tone.ACCENT, [(x - 0.45 * size, 0.56 * size, 1), (x - 0.36 * size, 0.84 * size), (x, 1.0 * size),
            (x + 0.36 * size, 0.84 * size), (x + 0.45 * size, 0.56 * size, 1),
                                    (x, 0.64 * size)], 6)  # fmt: skip
        for dx, dy, r in ((-0.18, 0.76, 0.06), (0.08, 0.86, 0.05), (0.24, 0.70, 0.045), (-0.02, 0.71, 0.035)):
            sketch.disc(Tone.PALE, x + dx * size, dy * size, r * size, r * 0.8 * size)
    return sketch.fitted(wish.height_m)


def draw_bamboo(wish: Wish) -> Drawing:
    """A stand of bamboo."""
    grown = np.random.default_rng(wish.seed + 21)
    sketch = Sketch()
    for k in range(5):
        x, high = -0.28 + 0.14 * k, float(grown.uniform(0.75, 1.0))
        lean = _sway(wish, x) * 0.8 + 0.05 * x
        line = [(x, 0), (x + lean * 0.3, high * 0.5), (x + lean, high)]
        sketch.fill(Tone.SHADE if k % 2 else Tone.BODY, ribbon(line, (0.034, 0.030, 0.014)))
        for j in range(1, 8):
            t = j / 8
            px, py = x + lean * t**1.7, high * t
            sketch.box(Tone.PALE, px - 0.018, py - 0.004, px + 0.018, py + 0.004)
            if j > 3:
                side = 1 if (j + k) % 2 else -1
                leaf = smooth([(0, 0), (0.09, 0.012), (0.2, -0.03, 1), (0.09, -0.022)], 4) * (side, 1.0)
                sketch.fill(Tone.BODY, move(leaf, px, py, turn_deg=-18 * side))
    return sketch.fitted(wish.height_m, of=1.0)


def draw_sprout(wish: Wish) -> Drawing:
    """A seedling with two leaves, in a pot where the variant is `pot`."""
    sketch = Sketch()
    base = 0.0
    if wish.variant in {"pot", "flower_pot"}:
        sketch.flat(Tone.ACCENT, [(-0.24, 0.46), (-0.17, 0), (0.17, 0), (0.24, 0.46)])
        sketch.box(Tone.ACCENT, -0.28, 0.40, 0.28, 0.52)
        sketch.box(Tone.SHADE, -0.28, 0.38, 0.28, 0.405)
        base = 0.5
    lean = _sway(wish)
    top = (lean * 0.6, base + 0.5)
    sketch.fill(Tone.BODY, ribbon([(0, base), (lean * 0.2, base + 0.28), top], (0.045, 0.03)))
    leaf = smooth([(0, 0), (0.10, 0.16), (0.34, 0.26), (0.42, 0.22, 1), (0.30, 0.06), (0.12, -0.02)], 5)
    sketch.fill(Tone.BODY, leaf + np.array(top))
    sketch.fill(Tone.SHADE, leaf * (-0.9, 0.9) + np.array(top))
    return sketch.fitted(wish.height_m)


def draw_log(wish: Wish) -> Drawing:
    """A stump with its rings, or a felled log where the variant is `log`."""
    sketch = Sketch()
    if wish.variant == "log":
        sketch.box(Tone.BODY, -1.2, 0.0, 1.2, 0.5)
        sketch.disc(Tone.BODY, -1.2, 0.25, 0.12, 0.25)
        for r in (1.0, 0.62, 0.28):
            sketch.fill(Tone.PALE if r != 0.62 else Tone.SHADE, ellipse(1.2, 0.25, 0.13 * r, 0.25 * r))
        for y in (0.12, 0.30, 0.40):
            sketch.fill(Tone.SHADE, ribbon([(-1.1, y), (-0.2, y + 0.02), (0.8, y)], (0.004, 0.015, 0.004)))
        return sketch.fitted(wish.height_m)
    sketch.smooth(
        Tone.BODY,
        [
            (-0.62, 0, 1),
            (-0.36, 0.12),
            (-0.33, 0.52, 1),
            (0.33, 0.52, 1),
            (0.36, 0.12),
            (0.66, 0, 1),
            (0.3, 0.04),
            (0.0, 0.0),
            (-0.3, 0.04),
        ],
        5,
    )
    for r, tone in ((1.0, Tone.PALE), (0.70, Tone.SHADE), (0.62, Tone.PALE), (0.36, Tone.SHADE), (0.28, Tone.PALE)):
        sketch.disc(tone, 0, 0.52, 0.33 * r, 0.075 * r)
    for a in (-0.2, 0.1, 0.24):
        sketch.fill(Tone.SHADE, ribbon([(a, 0.44), (a * 1.1, 0.2 * cos(a))], (0.01, 0.014)))
    return sketch.fitted(wish.height_m)
