"""Hair in profile, in head heights like `head`: the cut of a look, and what only a close view shows of it."""

from collections.abc import Mapping

from storyreel.animatic.figures.curves import Path, ellipse, smooth
from storyreel.animatic.figures.people.head import EAR, EAR_FOLD, Head
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import ribbon
from storyreel.animatic.outline import Ring, Tone
from storyreel.domain.storyboard import Age, Figure, Look

CUTS: Mapping[str, Ring] = {
    "crop": smooth([(0.372, 0.735, 1), (0.315, 0.785), (0.235, 0.755), (0.165, 0.765), (0.090, 0.690), (0.078, 0.52, 1),
                    (0.020, 0.40, 1), (-0.05, 0.33), (-0.11, 0.28), (-0.175, 0.225, 1), (-0.270, 0.200), (-0.400, 0.36),
                    (-0.470, 0.57), (-0.430, 0.82), (-0.270, 1.0), (-0.02, 1.055), (0.22, 1.03), (0.37, 0.93),
                    (0.415, 0.82)], 4),
    "tousled": smooth([(0.376, 0.665, 1), (0.325, 0.735), (0.262, 0.690, 1), (0.215, 0.745), (0.145, 0.690, 1),
                       (0.100, 0.650), (0.080, 0.50, 1), (0.010, 0.40, 1), (-0.08, 0.30), (-0.165, 0.215, 1),
                       (-0.28, 0.190), (-0.41, 0.32), (-0.485, 0.46), (-0.487, 0.60), (-0.510, 0.73), (-0.462, 0.86),
                       (-0.385, 0.97), (-0.255, 1.035), (-0.130, 1.080), (0.0, 1.070), (0.130, 1.090), (0.265, 1.045),
                       (0.365, 0.965), (0.432, 0.855), (0.425, 0.760)], 4),
    "bun": smooth([(0.352, 0.825, 1), (0.262, 0.785), (0.155, 0.700), (0.080, 0.620), (0.020, 0.580), (-0.055, 0.545),
                   (-0.115, 0.440), (-0.165, 0.325), (-0.245, 0.225, 1), (-0.385, 0.36), (-0.475, 0.58), (-0.43, 0.82),
                   (-0.26, 1.0), (-0.02, 1.05), (0.20, 1.02), (0.335, 0.93)], 4),
    "loose": smooth([(0.390, 0.715, 1), (0.330, 0.785), (0.250, 0.805), (0.165, 0.735), (0.100, 0.625), (0.045, 0.560),
                     (-0.045, 0.500), (-0.100, 0.400), (-0.055, 0.220), (-0.030, 0.040), (-0.070, -0.110, 1),
                     (-0.180, -0.130), (-0.250, -0.190, 1), (-0.40, -0.06), (-0.49, 0.16), (-0.50, 0.54), (-0.45, 0.83),
                     (-0.27, 1.01), (-0.02, 1.055), (0.20, 1.03), (0.355, 0.92), (0.415, 0.80)], 4),
    "tied": smooth([(0.404, 0.655, 1), (0.365, 0.690), (0.315, 0.668), (0.285, 0.690, 1), (0.235, 0.650), (0.180, 0.640),
                    (0.150, 0.650, 1), (0.090, 0.600), (0.035, 0.590), (-0.045, 0.585), (-0.100, 0.500), (-0.115, 0.400),
                    (-0.165, 0.290), (-0.240, 0.205, 1), (-0.400, 0.34), (-0.500, 0.56), (-0.462, 0.83), (-0.28, 1.015),
                    (-0.02, 1.065), (0.225, 1.035), (0.380, 0.915), (0.425, 0.775)], 4),
    "bald": smooth([(0.07, 0.50, 1), (0.02, 0.38, 1), (-0.06, 0.31), (-0.175, 0.225, 1), (-0.29, 0.20), (-0.425, 0.38),
                    (-0.47, 0.56), (-0.40, 0.68), (-0.25, 0.70), (-0.05, 0.67), (0.06, 0.62)], 4),
}  # fmt: skip
"""By name; each runs from the forehead over the temple to the nape and back over the crown."""

STRANDS: Mapping[str, tuple[Path, ...]] = {
    "crop": (
        [(-0.34, 0.86), (-0.12, 0.97), (0.14, 0.94), (0.30, 0.85)],
        [(-0.40, 0.66), (-0.24, 0.84), (0.02, 0.88), (0.20, 0.82)],
        [(-0.36, 0.44), (-0.28, 0.56), (-0.16, 0.66)],
    ),
    "tousled": (
        [(-0.30, 0.93), (-0.08, 1.0), (0.16, 0.96), (0.33, 0.82)],
        [(-0.42, 0.72), (-0.24, 0.90), (0.04, 0.90), (0.22, 0.79)],
        [(-0.40, 0.48), (-0.32, 0.66), (-0.14, 0.78), (0.06, 0.74)],
        [(-0.28, 0.30), (-0.24, 0.46), (-0.14, 0.58)],
    ),
    "bun": (
        [(0.24, 0.90), (0.0, 0.94), (-0.24, 0.86), (-0.42, 0.70)],
        [(0.20, 0.79), (-0.02, 0.80), (-0.24, 0.74), (-0.42, 0.64)],
        [(-0.02, 0.60), (-0.18, 0.62), (-0.40, 0.58)],
        [(-0.22, 0.30), (-0.32, 0.42), (-0.42, 0.55)],
    ),
    "loose": (
        [(0.05, 1.0), (-0.20, 0.90), (-0.36, 0.62), (-0.38, 0.22), (-0.32, -0.06)],
        [(0.14, 0.94), (-0.10, 0.82), (-0.24, 0.56), (-0.26, 0.20), (-0.20, -0.06)],
        [(0.18, 0.84), (0.0, 0.70), (-0.13, 0.48), (-0.15, 0.18), (-0.11, -0.06)],
        [(0.08, 1.0), (0.22, 0.93), (0.34, 0.80)],
    ),
    "tied": (
        [(0.10, 1.0), (0.26, 0.90), (0.33, 0.74)],
        [(0.02, 0.98), (0.16, 0.86), (0.22, 0.72)],
        [(-0.02, 0.92), (-0.22, 0.86), (-0.42, 0.66)],
        [(0.02, 0.74), (-0.18, 0.72), (-0.42, 0.60)],
        [(-0.20, 0.30), (-0.30, 0.40), (-0.42, 0.52)],
    ),
    "bald": ([(-0.40, 0.42), (-0.28, 0.56), (-0.10, 0.60)], [(-0.28, 0.28), (-0.22, 0.42), (-0.10, 0.50)]),
}
"""Lines of light in each cut, from root to tip."""

WISPS: Mapping[str, tuple[Path, ...]] = {
    "tousled": ([(-0.30, 0.98), (-0.42, 1.03), (-0.50, 1.01)],),
    "bun": ([(0.10, 0.64), (0.10, 0.52), (0.13, 0.42)], [(-0.22, 0.26), (-0.20, 0.18), (-0.22, 0.12)]),
    "loose": ([(0.12, 0.66), (0.095, 0.50), (0.115, 0.36), (0.10, 0.24)],),
    "tied": ([(0.12, 0.62), (0.095, 0.48), (0.115, 0.36)], [(-0.22, 0.24), (-0.19, 0.17), (-0.21, 0.11)]),
}
"""Locks that fall out of a cut, over the temple, at the nape or off the crown."""

TIE = (-0.475, 0.60)
"""Where a plait or a knot of hair is tied."""


def cut_of(look: Look, seed: int) -> str:
    """The name of a look's cut."""
    woman, old = look.figure is Figure.WOMAN, look.age is Age.OLD
    if look.age is Age.CHILD:
        return "tied" if woman else "tousled"
    if woman:
        return "bun" if old or seed % 3 == 1 else "tied" if seed % 3 == 2 else "loose"
    return "bald" if old else "crop"


def hangs(look: Look, seed: int) -> bool:
    """Whether the hair falls below the neck, from whatever side it is seen."""
    return cut_of(look, seed) in {"loose", "tied"}


def draw_hair(sketch: Sketch, head: Head, look: Look, seed: int, *, near: bool) -> None:
    """The hair over a face in profile, with the ear as far as it is seen."""
    cut = cut_of(look, seed)
    locks = Tone.PALE if look.age is Age.OLD else Tone.HAIR
    covered = cut == "loose"
    if covered:
        _ear(sketch, head, near=near)
    sketch.fill(locks, head.place(CUTS[cut]))
    if cut == "bun":
        sketch.fill(locks, head.place(ellipse(TIE[0], TIE[1] + 0.03, 0.15)))
    if near:
        light, wide = (Tone.HAIR, 0.009) if locks is Tone.PALE else (Tone.SHEEN, 0.016)
        sketch.fill(light, *(head.place(ribbon(line, (0.003, wide, 0.003), 5)) for line in STRANDS[cut]))
        sketch.fill(locks, *(head.place(ribbon(line, (0.034, 0.022, 0.004), 5)) for line in WISPS.get(cut, ())))
    if cut == "tied":
        sketch.fill(Tone.ACCENT, head.place(ellipse(*TIE, 0.045, 0.07, turn_deg=15)))
    if not covered:
        _ear(sketch, head, near=near)


def _ear(sketch: Sketch, head: Head, *, near: bool) -> None:
    sketch.fill(Tone.SKIN, head.place(EAR))
    if near:
        sketch.fill(Tone.HAIR, head.place(EAR_FOLD))


def draw_long_hair(sketch: Sketch, head: Head, look: Look, seed: int, breeze: float, *, near: bool) -> None:
    """Hair that hangs behind the neck and trails in a breeze, loose or as a tail, for a cut that has it."""
    cut, blow = cut_of(look, seed), breeze
    if cut == "tied":
        path = [(-0.40, 0.60), (-0.62 - 0.1 * blow, 0.46), (-0.60 - 0.35 * blow, 0.05), (-0.57 - 0.7 * blow, -0.35)]
        sketch.fill(Tone.HAIR, head.place(ribbon(path, (0.10, 0.22, 0.22, 0.14, 0.02))))
        if near:
            sketch.fill(Tone.SHEEN, head.place(ribbon(path[1:], (0.004, 0.020, 0.004))))
    elif cut == "loose":
        tail = smooth([(-0.02, 0.95), (-0.40, 0.84), (-0.50, 0.52), (-0.51 - 0.12 * blow, 0.12), (-0.54 - 0.45 * blow, -0.26),
                       (-0.60 - 0.8 * blow, -0.60, 1), (-0.50 - 0.6 * blow, -0.50), (-0.42 - 0.5 * blow, -0.60, 1),
                       (-0.32 - 0.3 * blow, -0.46), (-0.22 - 0.25 * blow, -0.50, 1), (-0.13 - 0.06 * blow, -0.14),
                       (-0.08, 0.16), (0.0, 0.42)], 4)  # fmt: skip
        sketch.fill(Tone.HAIR, head.place(tail))
        if near:
            for x in (-0.40, -0.28):
                line = [(x, 0.10), (x - 0.03 - 0.2 * blow, -0.18), (x - 0.06 - 0.5 * blow, -0.46)]
                sketch.fill(Tone.SHEEN, head.place(ribbon(line, (0.004, 0.018, 0.004))))
