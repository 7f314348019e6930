"""What swims: fish, shark, whale, dolphin, octopus, jellyfish, crab, turtle and seal."""

from collections.abc import Callable, Mapping
from math import sin

import numpy as np

from storyreel.animatic.figures.curves import ellipse, smooth
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import ribbon
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing, Tone


def draw_fish(wish: Wish) -> Drawing:
    """A swimmer, whose tail beats; its lowest point lies at the origin's height."""
    artist = ARTISTS.get(wish.variant, _fish)
    sketch = Sketch()
    artist(sketch, wish)
    still = sketch.fitted(1.0)
    low = min(float(ring[:, 1].min()) for one in still.shapes for ring in one.rings)
    swimming = Sketch()
    for one in still.shapes:
        swimming.cut(one.tone, *(_beaten(ring - (0.0, low), wish) for ring in one.rings))
    return swimming.fitted(wish.height_m)


def _beaten(
    ring: np.ndarray[tuple[int, ...], np.dtype[np.float64]], wish: Wish
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """The ring with a wave that grows towards the tail."""
    if wish.variant in {"octopus", "jellyfish", "crab", "seal"}:
        return ring
    bent = ring.copy()
    back = np.maximum(0.0, 0.4 - ring[:, 0])
    bent[:, 1] += 0.035 * back**1.6 * np.sin(wish.phase_s * 5.0 + ring[:, 0] * 1.6)
    return bent


def _fish(sketch: Sketch, _wish: Wish) -> None:
    sketch.smooth(Tone.SHADE, [(-0.62, 0.50), (-1.15, 0.92), (-1.02, 0.52, 1), (-1.15, 0.12), (-0.62, 0.46)], 5)
    sketch.smooth(Tone.SHADE, [(0.30, 0.76, 1), (0.05, 1.0), (-0.30, 0.92), (-0.40, 0.66, 1)], 5)
    sketch.smooth(Tone.SHADE, [(0.05, 0.20, 1), (-0.16, 0.0), (-0.22, 0.24, 1)], 5)
    sketch.smooth(
        Tone.BODY,
        [
            (0.92, 0.46),
            (0.70, 0.64),
            (0.30, 0.78),
            (-0.20, 0.72),
            (-0.66, 0.53),
            (-0.66, 0.44),
            (-0.20, 0.24),
            (0.30, 0.18),
            (0.72, 0.32),
        ],
        6,
    )
    sketch.smooth(
        Tone.PALE, [(0.88, 0.40), (0.60, 0.38), (0.20, 0.30), (-0.30, 0.34), (-0.20, 0.25), (0.30, 0.19), (0.70, 0.31)], 5
    )
    sketch.fill(Tone.SHADE, ribbon([(0.46, 0.70), (0.38, 0.50), (0.44, 0.30)], (0.004, 0.03, 0.004)))
    sketch.smooth(Tone.SHADE, [(0.30, 0.46), (0.02, 0.36), (-0.04, 0.46), (0.06, 0.54)], 5)
    sketch.disc(Tone.PALE, 0.66, 0.54, 0.055)
    sketch.disc(Tone.SHADE, 0.67, 0.54, 0.03)


def _shark(sketch: Sketch, _wish: Wish) -> None:
    sketch.smooth(Tone.BODY, [(-1.25, 0.40), (-1.62, 1.0), (-1.48, 0.42, 1), (-1.58, 0.10), (-1.20, 0.34)], 5)
    sketch.smooth(Tone.BODY, [(0.20, 0.70, 1), (-0.02, 1.10), (-0.16, 1.14), (-0.22, 0.68, 1)], 5)
    sketch.smooth(Tone.SHADE, [(0.30, 0.22, 1), (-0.05, -0.22), (-0.18, -0.24), (0.0, 0.20, 1)], 5)
    sketch.smooth(
        Tone.BODY,
        [
            (1.20, 0.44),
            (0.85, 0.62),
            (0.30, 0.74),
            (-0.40, 0.62),
            (-1.28, 0.42),
            (-1.28, 0.34),
            (-0.40, 0.22),
            (0.35, 0.14),
            (0.90, 0.26),
        ],
        6,
    )
    sketch.smooth(
        Tone.PALE, [(1.10, 0.36), (0.70, 0.34), (0.20, 0.30), (-0.50, 0.30), (-0.40, 0.23), (0.35, 0.15), (0.86, 0.25)], 5
    )
    for k in range(4):
        sketch.fill(Tone.SHADE, ribbon([(0.62 - 0.06 * k, 0.52), (0.60 - 0.06 * k, 0.36)], (0.006, 0.014, 0.006)))
    sketch.disc(Tone.SHADE, 0.92, 0.50, 0.026)


def _whale(sketch: Sketch, wish: Wish) -> None:
    sketch.smooth(
        Tone.BODY,
        [
            (-1.30, 0.50),
            (-1.62, 0.96),
            (-1.86, 0.98),
            (-1.72, 0.76),
            (-1.80, 0.60, 1),
            (-1.94, 0.46),
            (-1.60, 0.44),
            (-1.30, 0.38),
        ],
        5,
    )
    body = [
        (1.16, 0.50),
        (1.02, 0.80),
        (0.62, 0.96),
        (0.05, 0.94),
        (-0.60, 0.72),
        (-1.36, 0.52),
        (-1.36, 0.42),
        (-0.60, 0.24),
        (0.05, 0.06),
        (0.62, 0.04),
        (1.04, 0.20),
    ]
    sketch.smooth(Tone.BODY, body, 6)
    sketch.smooth(
        Tone.PALE,
        [(1.14, 0.40), (0.86, 0.36), (0.40, 0.30), (-0.20, 0.26), (-0.30, 0.17), (0.05, 0.06), (0.62, 0.04), (1.02, 0.19)],
        6,
    )
    for k in range(3):
        y = 0.12 + 0.07 * k
        sketch.fill(Tone.SHADE, ribbon([(1.04 - 0.05 * (2 - k), y + 0.05), (0.50, y), (0.05, y + 0.02)], (0.006, 0.012, 0.004)))
    sketch.smooth(Tone.SHADE, [(0.36, 0.28), (0.10, -0.02), (-0.10, -0.04), (0.06, 0.26)], 5)
    sketch.disc(Tone.SHADE, 0.78, 0.46, 0.03)
    spout = 0.5 + 0.5 * sin(wish.phase_s * 1.6)
    for side in (-1, 1):
        line = [
            (0.56, 0.94),
            (0.56 + 0.05 * side, 1.12 + 0.14 * spout),
            (0.56 + 0.26 * side, 1.16 + 0.20 * spout),
            (0.56 + 0.34 * side, 1.02 + 0.1 * spout),
        ]
        sketch.fill(Tone.PALE, ribbon(line, (0.03, 0.06, 0.06, 0.01)))


def _dolphin(sketch: Sketch, _wish: Wish) -> None:
    sketch.smooth(
        Tone.BODY,
        [(-0.86, 0.20), (-1.20, 0.26), (-1.28, 0.10), (-1.06, 0.12, 1), (-1.10, -0.14), (-0.98, -0.12), (-0.84, 0.10)],
        5,
    )
    sketch.smooth(Tone.BODY, [(0.04, 0.80, 1), (-0.22, 1.02), (-0.30, 0.98), (-0.22, 0.74, 1)], 5)
    sketch.smooth(Tone.BODY, [(1.06, 0.36), (0.98, 0.42), (0.82, 0.46), (0.72, 0.62), (0.40, 0.78), (-0.05, 0.80),
        (-0.50, 0.58), (-0.90, 0.22), (-0.88, 0.10),
                              (-0.40, 0.28), (0.05, 0.34), (0.45, 0.32), (0.80, 0.34), (1.04, 0.30)], 6)  # fmt: skip
    sketch.smooth(
        Tone.PALE, [(0.90, 0.37), (0.60, 0.44), (0.20, 0.46), (-0.30, 0.36), (0.05, 0.345), (0.45, 0.325), (0.80, 0.345)], 5
    )
    sketch.smooth(Tone.SHADE, [(0.40, 0.42), (0.14, 0.12), (0.06, 0.10), (0.16, 0.40)], 5)
    sketch.disc(Tone.SHADE, 0.70, 0.50, 0.022)


def _octopus(sketch: Sketch, wish: Wish) -> None:
    for k in range(8):
        x = -0.42 + 0.12 * k
        curl = sin(wish.phase_s * 2 + k * 0.9)
        line = [(x * 0.55, 0.50), (x * 1.3, 0.26), (x * 1.9 + 0.06 * curl, 0.06), (x * 2.3 + 0.14 * curl, 0.10 + 0.05 * curl)]
        sketch.fill(Tone.SHADE if k % 2 else Tone.BODY, ribbon(line, (0.15, 0.11, 0.07, 0.02)))
    sketch.smooth(
        Tone.BODY,
        [
            (0.0, 1.12),
            (0.28, 1.0),
            (0.34, 0.76),
            (0.26, 0.54),
            (0.32, 0.42),
            (0.0, 0.36),
            (-0.32, 0.42),
            (-0.26, 0.54),
            (-0.34, 0.76),
            (-0.28, 1.0),
        ],
        6,
    )
    for x in (-0.11, 0.11):
        sketch.disc(Tone.PALE, x, 0.58, 0.06)
        sketch.disc(Tone.SHADE, x + 0.01, 0.58, 0.03)


def _jellyfish(sketch: Sketch, wish: Wish) -> None:
    pulse = 0.04 * sin(wish.phase_s * 2.4)
    for k in range(7):
        x = -0.27 + 0.09 * k
        line = [
            (x, 0.62),
            (x + 0.04 * sin(wish.phase_s * 2 + k), 0.40),
            (x - 0.05 * sin(wish.phase_s * 2 + k + 1), 0.20),
            (x + 0.03 * sin(wish.phase_s * 2 + k + 2), 0.02),
        ]
        sketch.fill(Tone.PALE, ribbon(line, (0.05, 0.035, 0.025, 0.008)))
    sketch.smooth(Tone.BODY, [(0.0, 1.0), (0.28 + pulse, 0.92), (0.42 + pulse, 0.68), (0.38 + pulse, 0.58, 1), (0.19, 0.64),
        (0.0, 0.58, 1), (-0.19, 0.64),
                              (-0.38 - pulse, 0.58, 1), (-0.42 - pulse, 0.68), (-0.28 - pulse, 0.92)], 6)  # fmt: skip
    sketch.disc(Tone.PALE, -0.10, 0.84, 0.11, 0.06, 24)


def _crab(sketch: Sketch, wish: Wish) -> None:
    for side in (-1, 1):
        for k in range(3):
            step = 0.05 * sin(wish.phase_s * 6 + k * 2 + side)
            line = [(side * 0.30, 0.34), (side * (0.66 + 0.08 * k), 0.46 - 0.08 * k + step), (side * (0.76 + 0.10 * k), 0.02)]
            sketch.fill(Tone.SHADE, ribbon(line, (0.09, 0.07, 0.03)))
        sketch.fill(Tone.BODY, ribbon([(side * 0.36, 0.46), (side * 0.64, 0.60), (side * 0.60, 0.86)], (0.10, 0.10, 0.10)))
        claw = smooth([(0.50, 0.84), (0.44, 1.06), (0.56, 1.22, 1), (0.60, 1.04), (0.74, 1.20, 1), (0.78, 1.0), (0.70, 0.84)], 5)
        sketch.fill(Tone.BODY, claw * (side, 1.0))
        sketch.fill(Tone.BODY, ribbon([(side * 0.12, 0.56), (side * 0.14, 0.74)], (0.04, 0.04)), ellipse(side * 0.14, 0.76, 0.05))
    sketch.smooth(
        Tone.BODY,
        [(0.0, 0.62), (0.34, 0.58), (0.52, 0.42), (0.34, 0.22), (0.0, 0.16), (-0.34, 0.22), (-0.52, 0.42), (-0.34, 0.58)],
        6,
    )
    sketch.fill(Tone.SHADE, ribbon([(-0.18, 0.32), (0.0, 0.28), (0.18, 0.32)], (0.006, 0.02, 0.006)))


def _turtle(sketch: Sketch, wish: Wish) -> None:
    step = 0.06 * sin(wish.phase_s * 2.6)
    for x, s in ((-0.46, step), (0.38, -step)):
        sketch.smooth(Tone.SHADE, [(x - 0.10, 0.34), (x + 0.10, 0.34), (x + 0.14 + s, 0.02), (x - 0.06 + s, 0.0)], 4)
        sketch.smooth(Tone.BODY, [(x - 0.02, 0.34), (x + 0.18, 0.34), (x + 0.22 - s, 0.02), (x + 0.0 - s, 0.0)], 4)
    sketch.smooth(Tone.BODY, [(-0.66, 0.30), (-0.90, 0.20, 1), (-0.60, 0.22)], 4)
    sketch.smooth(
        Tone.BODY,
        [(0.52, 0.28), (0.74, 0.44), (0.80, 0.60), (0.96, 0.66), (1.08, 0.56), (1.04, 0.46), (0.90, 0.40), (0.78, 0.22)],
        5,
    )
    sketch.disc(Tone.SHADE, 0.95, 0.565, 0.025)
    sketch.smooth(
        Tone.SHADE,
        [(-0.74, 0.26), (-0.66, 0.60), (-0.30, 0.90), (0.08, 0.92), (0.44, 0.70), (0.66, 0.34), (0.60, 0.22), (-0.05, 0.20)],
        6,
    )
    for x, y, r in ((-0.38, 0.52, 0.14), (-0.06, 0.62, 0.16), (0.28, 0.50, 0.13)):
        sketch.fill(Tone.BODY, ellipse(x, y, r, r * 1.05, turn_deg=30, points=6))


def _seal(sketch: Sketch, wish: Wish) -> None:
    nod = 0.02 * sin(wish.phase_s * 1.8)
    sketch.smooth(Tone.SHADE, [(-0.95, 0.16), (-1.25, 0.30), (-1.20, 0.14, 1), (-1.28, 0.02), (-0.92, 0.06)], 5)
    sketch.smooth(Tone.BODY, [(-1.0, 0.06), (-0.96, 0.18), (-0.50, 0.38), (-0.06, 0.52), (0.20, 0.74 + nod),
        (0.34, 0.94 + nod), (0.52, 0.98 + nod), (0.70, 0.88 + nod),
                              (0.72, 0.78 + nod), (0.58, 0.70 + nod), (0.52, 0.48), (0.40, 0.16), (0.20, 0.0),
                              (-0.60, 0.0)], 6)  # fmt: skip
    sketch.smooth(Tone.SHADE, [(0.16, 0.30), (0.34, 0.14), (0.58, 0.0), (0.36, 0.0), (0.10, 0.12)], 5)
    sketch.disc(Tone.SHADE, 0.52, 0.86 + nod, 0.024)
    sketch.disc(Tone.SHADE, 0.71, 0.83 + nod, 0.028)


ARTISTS: Mapping[str, Callable[[Sketch, Wish], None]] = {
    "fish": _fish,
    "goldfish": _fish,
    "shark": _shark,
    "whale": _whale,
    "dolphin": _dolphin,
    "octopus": _octopus,
    "jellyfish": _jellyfish,
    "crab": _crab,
    "turtle": _turtle,
    "seal": _seal,
}


def draw_turtle(wish: Wish) -> Drawing:
    """A tortoise on its way."""
    sketch = Sketch()
    _turtle(sketch, wish)
    return sketch.fitted(wish.height_m)
