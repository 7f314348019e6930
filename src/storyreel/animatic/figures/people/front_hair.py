"""Hair seen from the front, in head heights from the chin's level, the face's middle at 0."""

from collections.abc import Mapping

from storyreel.animatic.figures.curves import Path, ellipse, mirrored, move, smooth
from storyreel.animatic.figures.people.head import Head
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import ribbon
from storyreel.animatic.outline import Ring, Tone
from storyreel.domain.storyboard import Age, Figure, Look

CUTS: Mapping[str, Ring] = {
    "crop": smooth([(-0.338, 0.54, 1), (-0.318, 0.67), (-0.265, 0.745), (-0.205, 0.835, 1), (-0.02, 0.800), (0.145, 0.765),
                    (0.262, 0.770), (0.318, 0.690), (0.338, 0.54, 1), (0.378, 0.60), (0.390, 0.80), (0.285, 0.995),
                    (0.06, 1.075), (-0.14, 1.065), (-0.285, 0.985), (-0.388, 0.80), (-0.378, 0.60)], 4),
    "tousled": smooth([(-0.372, 0.50, 1), (-0.335, 0.66), (-0.265, 0.715), (-0.205, 0.685, 1), (-0.120, 0.745),
                       (-0.030, 0.735), (0.030, 0.690, 1), (0.105, 0.745), (0.195, 0.735), (0.245, 0.695, 1), (0.315, 0.700),
                       (0.372, 0.50, 1), (0.428, 0.62), (0.448, 0.76), (0.412, 0.90), (0.330, 0.985), (0.215, 1.040),
                       (0.090, 1.085), (-0.050, 1.070), (-0.175, 1.085), (-0.290, 1.020), (-0.390, 0.930), (-0.440, 0.790),
                       (-0.430, 0.63)], 4),
    "parted": smooth([(-0.340, 0.34, 1), (-0.320, 0.56), (-0.235, 0.745), (-0.085, 0.895, 1), (0.05, 0.855), (0.20, 0.755),
                      (0.305, 0.590), (0.340, 0.34, 1), (0.408, 0.52), (0.402, 0.82), (0.265, 1.01), (0.0, 1.06),
                      (-0.265, 1.01), (-0.402, 0.82), (-0.408, 0.52)], 4),
    "fringe": smooth([(-0.375, 0.42, 1), (-0.345, 0.60), (-0.275, 0.680), (-0.235, 0.660, 1), (-0.150, 0.695),
                      (-0.095, 0.672, 1), (-0.010, 0.700), (0.045, 0.668, 1), (0.130, 0.695), (0.195, 0.662, 1),
                      (0.275, 0.685), (0.345, 0.60), (0.375, 0.42, 1), (0.425, 0.56), (0.418, 0.82), (0.275, 1.02),
                      (0.0, 1.07), (-0.275, 1.02), (-0.418, 0.82), (-0.425, 0.56)], 4),
}  # fmt: skip
STRANDS: Mapping[str, tuple[Path, ...]] = {
    "crop": ([(-0.20, 0.90), (0.0, 0.96), (0.20, 0.92), (0.32, 0.80)], [(-0.16, 0.84), (0.06, 0.87), (0.26, 0.82)]),
    "tousled": (
        [(-0.34, 0.82), (-0.22, 0.96), (-0.06, 0.99)],
        [(-0.26, 0.76), (-0.12, 0.88), (0.04, 0.88), (0.12, 0.80)],
        [(0.04, 0.98), (0.22, 0.95), (0.35, 0.82)],
        [(0.18, 0.86), (0.28, 0.82), (0.34, 0.70)],
    ),
    "parted": (
        [(-0.09, 1.0), (-0.24, 0.92), (-0.34, 0.72), (-0.37, 0.50)],
        [(-0.09, 0.94), (-0.20, 0.84), (-0.31, 0.66)],
        [(-0.05, 0.97), (0.16, 0.92), (0.32, 0.74), (0.37, 0.50)],
        [(-0.05, 0.93), (0.12, 0.85), (0.28, 0.68)],
    ),
    "fringe": (
        [(-0.08, 1.0), (-0.16, 0.86), (-0.19, 0.71)],
        [(0.0, 1.0), (-0.03, 0.86), (-0.03, 0.72)],
        [(0.08, 1.0), (0.13, 0.86), (0.14, 0.72)],
        [(-0.18, 0.98), (-0.32, 0.84), (-0.37, 0.60)],
        [(0.18, 0.98), (0.32, 0.84), (0.37, 0.60)],
    ),
}
"""Lines of light in each cut, from root to tip."""

LONG = smooth(
    mirrored(
        [
            (0.0, 1.04),
            (0.30, 0.98),
            (0.42, 0.74),
            (0.44, 0.40),
            (0.46, 0.06),
            (0.49, -0.20),
            (0.46, -0.42, 1),
            (0.38, -0.32),
            (0.30, -0.46, 1),
            (0.20, -0.34),
            (0.0, -0.35),
        ]
    ),
    4,
)
"""Loose hair behind the shoulders."""


def sided(ring: Ring, *, mirror: bool) -> Ring:
    """The ring, or its mirror image."""
    return move(ring, mirror=True) if mirror else ring


def draw_front_hair(sketch: Sketch, head: Head, look: Look, seed: int, *, near: bool) -> None:
    """The hair over a face that looks at the viewer; not for an old man, who has little."""
    child, woman, old = look.age is Age.CHILD, look.figure is Figure.WOMAN, look.age is Age.OLD
    locks = Tone.PALE if old else Tone.HAIR
    cut = ("fringe" if woman else "tousled") if child else ("parted" if woman else "crop")
    flip = bool(seed % 2)
    sketch.fill(locks, head.place(sided(CUTS[cut], mirror=flip)))
    if near:
        light, wide = (Tone.HAIR, 0.009) if old else (Tone.SHEEN, 0.016)
        sketch.fill(light, *(head.place(sided(ribbon(line, (0.003, wide, 0.003), 5), mirror=flip)) for line in STRANDS[cut]))
    if near and woman and not old:
        x = 0.385 if child else 0.335
        for side in (False, True):
            lock = ribbon([(x, 0.52), (x - 0.017, 0.38), (x, 0.24), (x - 0.017, 0.14)], (0.034, 0.024, 0.004), 5)
            sketch.fill(locks, head.place(sided(lock, mirror=side)))
    if old and woman:
        sketch.fill(locks, head.place(ellipse(0.0, 1.12, 0.16, 0.13)))
