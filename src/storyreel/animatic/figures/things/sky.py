"""Sky and ground: moon, sun, star, cloud, rainbow, lightning, tornado, planet; rock, mountain, volcano, iceberg, island, wave."""

from math import cos, pi, sin

import numpy as np

from storyreel.animatic.figures.curves import arc, ellipse, mirrored
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import ribbon
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing, Tone


def draw_moon(wish: Wish) -> Drawing:
    """A full moon; a crescent where the variant is `crescent`."""
    sketch = Sketch()
    if wish.variant in {"crescent", "new"}:
        sketch.smooth(
            Tone.GLOW,
            [
                (0.15, 1.0, 1),
                (-0.25, 0.93),
                (-0.50, 0.5),
                (-0.25, 0.07),
                (0.15, 0.0, 1),
                (-0.10, 0.25),
                (-0.17, 0.5),
                (-0.10, 0.75),
            ],
            8,
        )
    else:
        sketch.fill(Tone.GLOW, ellipse(0, 0.5, 0.5, points=48))
        for x, y, r in ((-0.18, 0.66, 0.11), (0.14, 0.58, 0.07), (0.02, 0.30, 0.13), (0.27, 0.36, 0.05), (-0.26, 0.42, 0.05)):
            sketch.fill(Tone.PALE, ellipse(x, y, r, r * 0.92))
    sketch.glow(0, 0.5, 1.6, 0.8)
    return sketch.fitted(wish.height_m)


def draw_sun(wish: Wish) -> Drawing:
    """The sun."""
    sketch = Sketch()
    sketch.fill(Tone.GLOW, ellipse(0, 0.5, 0.5, points=48))
    sketch.glow(0, 0.5, 2.6, 1.0)
    return sketch.fitted(wish.height_m)


def draw_star(wish: Wish) -> Drawing:
    """A star of five points that twinkles; a falling one where the variant is `shooting`."""
    sketch = Sketch()
    shine = 0.7 + 0.3 * sin(wish.phase_s * 3 + wish.seed)
    if wish.variant in {"shooting", "comet"}:
        sketch.flat(Tone.GLOW, [(-2.6, 1.6), (0.0, 0.62), (0.1, 0.36)])
        sketch.disc(Tone.GLOW, 0.1, 0.48, 0.16)
        sketch.glow(0.1, 0.48, 1.2, shine)
        return sketch.fitted(wish.height_m)
    points = [
        ((0.5 if k % 2 == 0 else 0.2) * sin(k * pi / 5), 0.5 + (0.5 if k % 2 == 0 else 0.2) * cos(k * pi / 5)) for k in range(10)
    ]
    sketch.flat(Tone.GLOW, points)
    sketch.glow(0, 0.5, 1.2, shine)
    return sketch.drawing(wish.height_m)


def draw_cloud(wish: Wish) -> Drawing:
    """A heap cloud; smoke where the variant is `smoke`."""
    grown = np.random.default_rng(wish.seed)
    sketch = Sketch()
    drift = 0.03 * sin(wish.phase_s * 0.6)
    for k in range(6):
        x = -0.9 + 0.36 * k
        r = 0.30 + 0.24 * sin(pi * (k + 0.5) / 6) + float(grown.uniform(-0.04, 0.04))
        sketch.fill(Tone.PALE, ellipse(x + drift * (k % 2), 0.30 + 0.28 * r, r, r * 0.82))
    sketch.smooth(Tone.PALE, [(-1.25, 0.2), (-0.6, 0.05), (0.6, 0.05), (1.25, 0.2), (0.6, 0.42), (-0.6, 0.42)], 6)
    return sketch.fitted(wish.height_m)


def draw_rainbow(wish: Wish) -> Drawing:
    """A rainbow of four bands."""
    sketch = Sketch()
    for k, tone in enumerate((Tone.ACCENT, Tone.GLOW, Tone.PALE, Tone.BODY)):
        outer, inner = 1.0 - 0.07 * k, 0.93 - 0.07 * k
        sketch.fill(tone, np.concatenate([arc(0, 0, outer, 0, 180, 40), arc(0, 0, inner, 180, 0, 40)]))
    return sketch.fitted(wish.height_m)


def draw_lightning(wish: Wish) -> Drawing:
    """A bolt that flashes."""
    sketch = Sketch()
    sketch.flat(Tone.GLOW, [(0.10, 1.0), (-0.16, 0.52), (0.02, 0.55), (-0.14, 0.0), (0.22, 0.64), (0.05, 0.60), (0.28, 1.0)])
    sketch.glow(0, 0.6, 1.4, 0.4 + 0.6 * abs(sin(wish.phase_s * 5.1)) ** 6)
    return sketch.fitted(wish.height_m)


def draw_tornado(wish: Wish) -> Drawing:
    """A funnel of wind that sways."""
    sketch = Sketch()
    for k in range(12):
        t = k / 11
        x = 0.10 * sin(wish.phase_s * 1.6 + t * 3.2) * (1 - t) + 0.06 * sin(wish.phase_s * 7 + k)
        sketch.disc(
            Tone.SHADE if k % 3 == 0 else Tone.BODY, x, 0.03 + 0.95 * t, 0.05 + 0.42 * t**1.6, 0.055 + 0.03 * t, 4 * sin(k)
        )
    return sketch.fitted(wish.height_m, of=1.05)


def draw_planet(wish: Wish) -> Drawing:
    """A planet with its ring; our own where the variant is `earth`."""
    sketch = Sketch()
    if wish.variant in {"earth", "globe"}:
        sketch.fill(Tone.BODY, ellipse(0, 0.5, 0.5, points=48))
        sketch.smooth(
            Tone.PALE,
            [
                (-0.34, 0.78),
                (-0.08, 0.86),
                (-0.02, 0.66),
                (-0.16, 0.54),
                (-0.10, 0.36),
                (-0.22, 0.18),
                (-0.30, 0.40),
                (-0.42, 0.58),
            ],
            6,
        )
        sketch.smooth(Tone.PALE, [(0.14, 0.72), (0.34, 0.74), (0.42, 0.52), (0.30, 0.26), (0.18, 0.36), (0.08, 0.54)], 6)
        sketch.disc(Tone.GLOW, 0.0, 0.965, 0.13, 0.025)
        return sketch.fitted(wish.height_m)
    ring = np.concatenate([arc(0, 0, 0.86, 180, 360, 30), arc(0, 0, 0.64, 360, 180, 30)]) * (1.0, 0.24)
    back = np.concatenate([arc(0, 0, 0.86, 0, 180, 30), arc(0, 0, 0.64, 180, 0, 30)]) * (1.0, 0.24)
    sketch.fill(Tone.PALE, back + np.array([0.0, 0.5]))
    sketch.fill(Tone.ACCENT, ellipse(0, 0.5, 0.5, points=48))
    for y, half in ((0.66, 0.46), (0.38, 0.48), (0.24, 0.42)):
        sketch.fill(Tone.SHADE, ribbon([(-half, y), (0, y - 0.04), (half, y)], (0.004, 0.05, 0.004)))
    sketch.fill(Tone.PALE, ring + np.array([0.0, 0.5]))
    return sketch.fitted(wish.height_m)


def draw_rock(wish: Wish) -> Drawing:
    """A rock, each seed another."""
    grown = np.random.default_rng(wish.seed + 31)
    sketch = Sketch()
    count = 9
    rim = [
        (
            0.78 * cos(pi * k / (count - 1)) * float(grown.uniform(0.9, 1.1)),
            sin(pi * k / (count - 1)) ** 0.7 * float(grown.uniform(0.8, 1.0)),
            int(k % 2),
        )
        for k in range(1, count - 1)
    ]
    sketch.smooth(Tone.BODY, [(0.84, 0.0, 1), *rim, (-0.84, 0.0, 1)], 4)
    peak = max(rim, key=lambda one: one[1])
    sketch.flat(
        Tone.SHADE,
        [
            (0.84, 0),
            (rim[0][0] * 0.98, rim[0][1] * 0.9),
            (peak[0] + 0.15, peak[1] * 0.72),
            (peak[0] + 0.05, peak[1] * 0.42),
            (0.12, 0),
        ],
    )
    sketch.fill(Tone.SHADE, ribbon([(-0.5, 0.2), (-0.3, 0.32), (-0.1, 0.28)], (0.004, 0.02, 0.004)))
    return sketch.fitted(wish.height_m)


def draw_mountain(wish: Wish) -> Drawing:
    """A mountain with snow; a volcano that smokes, or an iceberg, by variant."""
    sketch = Sketch()
    if wish.variant == "volcano":
        return _volcano(wish)
    if wish.variant == "iceberg":
        sketch.flat(
            Tone.PALE,
            [
                (-1.0, 0),
                (-0.8, 0.42),
                (-0.45, 0.55),
                (-0.30, 0.95),
                (0.05, 1.0),
                (0.22, 0.62),
                (0.62, 0.70),
                (0.80, 0.30),
                (1.05, 0),
            ],
        )
        sketch.flat(
            Tone.BODY, [(0.05, 1.0), (0.22, 0.62), (0.62, 0.70), (0.80, 0.30), (1.05, 0), (0.30, 0), (0.10, 0.45), (-0.05, 0.6)]
        )
        return sketch.fitted(wish.height_m)
    sketch.flat(
        Tone.BODY,
        [(-1.3, 0), (-0.85, 0.42), (-0.62, 0.40), (-0.12, 0.96), (0.0, 1.0), (0.30, 0.68), (0.46, 0.72), (0.95, 0.26), (1.3, 0)],
    )
    sketch.flat(
        Tone.SHADE, [(0.0, 1.0), (0.30, 0.68), (0.46, 0.72), (0.95, 0.26), (1.3, 0), (0.35, 0), (0.18, 0.36), (0.08, 0.52)]
    )
    sketch.flat(
        Tone.PALE,
        [
            (-0.34, 0.715),
            (-0.12, 0.96),
            (0.0, 1.0),
            (0.23, 0.755),
            (0.12, 0.72),
            (0.04, 0.62),
            (-0.08, 0.72),
            (-0.18, 0.60),
            (-0.24, 0.70),
        ],
    )
    return sketch.fitted(wish.height_m)


def _volcano(wish: Wish) -> Drawing:
    sketch = Sketch()
    for k in range(4):
        rise = (wish.phase_s * 0.25 + k / 4) % 1.0
        sketch.disc(Tone.PALE, -0.10 + 0.22 * rise * (k % 2), 0.92 + 0.5 * rise, 0.08 + 0.16 * rise)
    sketch.smooth(
        Tone.BODY, [(-1.2, 0, 1), (-0.6, 0.36), (-0.2, 0.9, 1), (0.0, 0.84), (0.2, 0.9, 1), (0.6, 0.36), (1.2, 0, 1)], 6
    )
    sketch.smooth(
        Tone.GLOW,
        [
            (-0.19, 0.89, 1),
            (0, 0.83),
            (0.19, 0.89, 1),
            (0.12, 0.70),
            (0.17, 0.44, 1),
            (0.03, 0.66),
            (-0.04, 0.30, 1),
            (-0.08, 0.70),
        ],
        4,
    )
    sketch.glow(0, 0.9, 0.7, 0.8)
    return sketch.fitted(wish.height_m, of=0.95)


def draw_island(wish: Wish) -> Drawing:
    """A small island with a palm."""
    sketch = Sketch()
    sketch.smooth(Tone.SKIN, mirrored([(0, 0.30), (0.6, 0.22), (1.2, 0.0, 1), (0, -0.02)]), 6)
    sketch.fill(Tone.SHADE, ribbon([(0.05, 0.25), (0.0, 0.6), (0.14, 0.92)], (0.07, 0.05, 0.04)))
    for k in range(7):
        a = -0.5 + (pi + 1.0) * k / 6
        end = (0.14 + 0.42 * cos(a), 0.92 + 0.30 * sin(a) - 0.10)
        sway = 0.02 * sin(wish.phase_s * 1.6 + k)
        sketch.fill(
            Tone.BODY,
            ribbon([(0.14, 0.92), (0.14 + 0.24 * cos(a), 0.96 + 0.24 * sin(a)), (end[0] + sway, end[1])], (0.05, 0.10, 0.01)),
        )
    return sketch.fitted(wish.height_m, of=1.22)


def draw_wave(wish: Wish) -> Drawing:
    """A breaking wave."""
    sketch = Sketch()
    s = 0.03 * sin(wish.phase_s * 1.8)
    sketch.smooth(Tone.BODY, [(-1.7, 0, 1), (-0.9, 0.24), (-0.35, 0.72), (0.10, 0.98), (0.50 + s, 0.94), (0.76 + s, 0.72),
        (0.78 + s, 0.52, 1), (0.56, 0.66), (0.30, 0.58), (0.24, 0.30), (0.52, 0.10),
                              (1.3, 0, 1)], 7)  # fmt: skip
    sketch.smooth(
        Tone.PALE,
        [
            (-0.10, 0.89),
            (0.10, 0.98),
            (0.50 + s, 0.94),
            (0.76 + s, 0.72),
            (0.78 + s, 0.52, 1),
            (0.68 + s, 0.70),
            (0.48, 0.84),
            (0.20, 0.88),
        ],
        6,
    )
    for k in range(4):
        sketch.disc(Tone.PALE, 0.74 + 0.10 * k + s, 0.44 - 0.09 * k + 0.05 * sin(wish.phase_s * 4 + k), 0.045 - 0.006 * k)
    return sketch.fitted(wish.height_m, of=1.0)


def draw_snowdrift(wish: Wish) -> Drawing:
    """A drift of snow; a puddle or a pile of sand by variant."""
    sketch = Sketch()
    if wish.variant == "puddle":
        sketch.fill(Tone.PALE, ellipse(0, 0.5, 6.0, 0.5), ellipse(1.5, 0.42, 3.0, 0.3))
        sketch.fill(Tone.WINDOW, ribbon([(-2.5, 0.62), (0, 0.7), (2.5, 0.62)], (0.02, 0.08, 0.02)))
        return sketch.fitted(wish.height_m)
    tone = Tone.SKIN if wish.variant == "sand" else Tone.PALE
    sketch.smooth(tone, [(-2.0, 0, 1), (-1.2, 0.5), (-0.3, 0.95), (0.5, 0.62), (1.1, 0.55), (2.2, 0, 1)], 7)
    sketch.smooth(
        Tone.SHADE if wish.variant == "sand" else Tone.WINDOW,
        [(-0.3, 0.95, 1), (0.5, 0.62), (0.2, 0.4), (0.6, 0.0, 1), (0.0, 0.3), (-0.15, 0.6)],
        5,
    )
    return sketch.fitted(wish.height_m)
