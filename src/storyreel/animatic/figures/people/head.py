"""Heads in profile: outline, features and hair, in head heights from the chin's level on the neck's axis, facing right."""

from dataclasses import dataclass

import numpy as np

from storyreel.animatic.figures.curves import Point, ellipse, move, smooth
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import ribbon
from storyreel.animatic.outline import Ring, Tone
from storyreel.domain.storyboard import Age, Figure, Look

GROWN = smooth([(-0.02, 1.0), (0.20, 0.965), (0.335, 0.86), (0.385, 0.72), (0.392, 0.62), (0.372, 0.555), (0.405, 0.49),
                (0.462, 0.395), (0.452, 0.35), (0.392, 0.338), (0.412, 0.288), (0.405, 0.262), (0.380, 0.245),
                (0.398, 0.220), (0.385, 0.180), (0.358, 0.150), (0.375, 0.085), (0.345, 0.015), (0.250, -0.012),
                (0.10, 0.055), (-0.02, 0.13), (-0.10, 0.17), (-0.24, 0.20), (-0.37, 0.36), (-0.43, 0.56), (-0.39, 0.78),
                (-0.24, 0.945)], 4)  # fmt: skip
SOFT = smooth([(-0.02, 1.0), (0.20, 0.97), (0.335, 0.88), (0.385, 0.74), (0.386, 0.63), (0.366, 0.555), (0.392, 0.48),
               (0.448, 0.405), (0.440, 0.36), (0.388, 0.342), (0.412, 0.292), (0.404, 0.262), (0.380, 0.245),
               (0.398, 0.218), (0.380, 0.175), (0.352, 0.150), (0.360, 0.090), (0.320, 0.022), (0.230, 0.0),
               (0.09, 0.075), (-0.02, 0.15), (-0.10, 0.18), (-0.24, 0.21), (-0.37, 0.37), (-0.43, 0.57), (-0.39, 0.78),
               (-0.24, 0.945)], 4)  # fmt: skip
YOUNG = smooth([(-0.02, 1.0), (0.21, 0.965), (0.36, 0.84), (0.405, 0.68), (0.396, 0.54), (0.372, 0.475), (0.392, 0.42),
                (0.432, 0.375), (0.424, 0.328), (0.384, 0.310), (0.408, 0.268), (0.398, 0.240), (0.376, 0.226),
                (0.392, 0.200), (0.370, 0.160), (0.350, 0.130), (0.346, 0.075), (0.290, 0.012), (0.205, 0.0),
                (0.08, 0.075), (-0.03, 0.14), (-0.11, 0.17), (-0.26, 0.20), (-0.40, 0.36), (-0.465, 0.56), (-0.42, 0.79),
                (-0.26, 0.945)], 4)  # fmt: skip
EAR = smooth(
    [
        (-0.105, 0.55),
        (-0.05, 0.60),
        (0.010, 0.575),
        (0.020, 0.50),
        (-0.015, 0.42),
        (-0.035, 0.345),
        (-0.075, 0.345),
        (-0.10, 0.43),
    ],
    4,
)
EAR_FOLD = smooth(
    [(-0.075, 0.53), (-0.04, 0.555), (-0.012, 0.53), (-0.03, 0.525), (-0.05, 0.50), (-0.045, 0.43), (-0.065, 0.45)], 3
)

CROP = smooth([(0.372, 0.735, 1), (0.300, 0.765), (0.180, 0.760), (0.085, 0.690), (0.075, 0.52, 1), (0.020, 0.40, 1),
               (-0.05, 0.33), (-0.11, 0.28), (-0.175, 0.225, 1), (-0.270, 0.200), (-0.400, 0.36),
               (-0.470, 0.57), (-0.430, 0.82), (-0.270, 1.0), (-0.02, 1.055), (0.22, 1.03), (0.37, 0.93),
               (0.415, 0.82)], 4)  # fmt: skip
TOUSLED = smooth([(0.372, 0.66, 1), (0.300, 0.735), (0.24, 0.665, 1), (0.190, 0.725), (0.10, 0.65), (0.075, 0.48, 1),
                  (0.0, 0.36), (-0.09, 0.28), (-0.175, 0.215, 1), (-0.30, 0.190, 1), (-0.44, 0.36),
                  (-0.53, 0.45, 1), (-0.50, 0.60), (-0.56, 0.75, 1), (-0.44, 0.87), (-0.38, 1.02, 1), (-0.22, 1.02),
                  (-0.08, 1.12, 1), (0.05, 1.055), (0.24, 1.08, 1), (0.33, 0.97), (0.46, 0.90, 1), (0.43, 0.76)], 4)  # fmt: skip
BUN = smooth([(0.362, 0.790, 1), (0.260, 0.745), (0.140, 0.66), (0.070, 0.555), (0.015, 0.575), (-0.06, 0.50), (-0.16, 0.32),
              (-0.26, 0.24), (-0.40, 0.38), (-0.475, 0.58), (-0.43, 0.82), (-0.26, 1.0), (-0.02, 1.05), (0.20, 1.02),
              (0.345, 0.92)], 4)  # fmt: skip
LOOSE = smooth([(0.362, 0.790, 1), (0.260, 0.745), (0.150, 0.66), (0.085, 0.52), (0.065, 0.32), (0.01, 0.08), (-0.10, -0.10),
                (-0.30, -0.16), (-0.49, 0.10), (-0.50, 0.54), (-0.45, 0.83), (-0.27, 1.01), (-0.02, 1.05), (0.20, 1.02),
                (0.345, 0.92)], 4)  # fmt: skip
FRINGE = smooth([(0.40, 0.68, 1), (0.30, 0.685), (0.165, 0.66), (0.080, 0.60), (0.09, 0.40), (0.05, 0.20), (-0.02, 0.06),
                 (-0.16, 0.0), (-0.34, 0.04), (-0.46, 0.24), (-0.52, 0.54), (-0.47, 0.83), (-0.28, 1.02), (-0.02, 1.07),
                 (0.23, 1.04), (0.385, 0.92), (0.425, 0.79)], 4)  # fmt: skip
BALD = smooth([(0.07, 0.50, 1), (0.02, 0.38, 1), (-0.06, 0.31), (-0.175, 0.225, 1),
               (-0.29, 0.20), (-0.425, 0.38), (-0.47, 0.56), (-0.40, 0.68), (-0.25, 0.70), (-0.05, 0.67),
               (0.06, 0.62)], 4)  # fmt: skip
BEARD = smooth([(0.075, 0.50, 1), (0.10, 0.36), (0.20, 0.300), (0.315, 0.335), (0.415, 0.325), (0.430, 0.285), (0.375, 0.262),
                (0.345, 0.235, 1), (0.385, 0.205), (0.425, 0.10), (0.405, -0.06), (0.315, -0.17, 1), (0.20, -0.12), (0.08, 0.0),
                (0.02, 0.13), (0.02, 0.35)], 4)  # fmt: skip
BROW = smooth([(0.255, 0.640), (0.325, 0.662), (0.385, 0.625), (0.375, 0.607), (0.325, 0.634), (0.26, 0.618)], 3)
EYE = smooth([(0.285, 0.545), (0.318, 0.575), (0.352, 0.560), (0.350, 0.538), (0.315, 0.530)], 3)
LIPS = smooth([(0.30, 0.252), (0.36, 0.272), (0.412, 0.285), (0.405, 0.255), (0.396, 0.225), (0.355, 0.228)], 3)
NOSTRIL = smooth([(0.385, 0.372), (0.41, 0.385), (0.425, 0.362), (0.400, 0.350)], 3)


@dataclass(frozen=True, slots=True)
class Head:
    """Where a head is: its chin's level on the neck's axis, its height, and its turn clockwise."""

    at: Point
    size: float
    turn_deg: float
    mood: str = ""  # joy, sorrow, fear or anger

    def place(self, ring: Ring) -> Ring:
        """A ring from head heights to the figure's unit."""
        return move(ring, *self.at, scale=self.size, turn_deg=-self.turn_deg)


def draw_profile(sketch: Sketch, head: Head, look: Look, *, near: bool, seed: int, breeze: float, bare: bool) -> None:
    """A face and its hair; `bare` is False where a hood or a helmet hides the hair."""
    child, woman = look.age is Age.CHILD, look.figure is Figure.WOMAN
    old = look.age is Age.OLD
    face = YOUNG if child else SOFT if woman else GROWN
    locks = Tone.PALE if old else Tone.SHADE
    if bare and woman and not old:
        _long_hair(sketch, head, seed, breeze, locks, child=child)
    if near:
        sketch.fill(Tone.SHADE, head.place(ribbon([(-0.10, 0.16), (0.06, 0.062), (0.22, -0.008)], (0.004, 0.026, 0.004), 5)))
    sketch.fill(Tone.SKIN, head.place(face))
    if near:
        _features(sketch, head, look, locks)
    if bare:
        sketch.fill(locks, head.place(_cut_of(look, seed)))
        if woman and (old or (seed % 3 == 1 and not child)):
            sketch.fill(locks, head.place(ellipse(-0.47, 0.62, 0.15)))
    if old and not woman:
        sketch.fill(locks, head.place(BEARD))
    if bare and (not woman or old):
        sketch.fill(Tone.SKIN, head.place(EAR))
        if near:
            sketch.fill(Tone.SHADE, head.place(EAR_FOLD))


def _cut_of(look: Look, seed: int) -> Ring:
    if look.age is Age.CHILD:
        return FRINGE if look.figure is Figure.WOMAN else TOUSLED
    if look.figure is Figure.WOMAN:
        return BUN if look.age is Age.OLD or seed % 3 == 1 else LOOSE
    if look.age is Age.OLD:
        return BALD
    return CROP


def _long_hair(sketch: Sketch, head: Head, seed: int, breeze: float, tone: Tone, *, child: bool) -> None:
    """Hair that hangs behind the neck and trails in a breeze; a plait where the seed says so."""
    style = seed % 3
    if style == 1 and not child:
        return
    blow = breeze
    if child or style == 2:
        path = [(-0.36, 0.55), (-0.60 - 0.1 * blow, 0.42), (-0.58 - 0.35 * blow, 0.05), (-0.55 - 0.7 * blow, -0.35)]
        sketch.fill(tone, head.place(ribbon(path, (0.20, 0.24, 0.20, 0.13, 0.03))))
        return
    tail = smooth([(-0.02, 0.95), (-0.40, 0.84), (-0.50, 0.52), (-0.51 - 0.12 * blow, 0.12), (-0.54 - 0.45 * blow, -0.26),
                   (-0.60 - 0.8 * blow, -0.60, 1), (-0.42 - 0.5 * blow, -0.56), (-0.24 - 0.25 * blow, -0.42),
                   (-0.13 - 0.06 * blow, -0.10),
                   (-0.08, 0.16), (0.0, 0.42)], 4)  # fmt: skip
    sketch.fill(tone, head.place(tail))


def _features(sketch: Sketch, head: Head, look: Look, locks: Tone) -> None:
    drop = -0.055 if look.age is Age.CHILD else 0.0
    sketch.fill(Tone.PALE, head.place(move(EYE, 0, drop)))
    sketch.fill(Tone.SHADE, head.place(ellipse(0.334, 0.553 + drop, 0.017, 0.022, points=12)))
    raised = {"sorrow": 20.0, "fear": 16.0, "anger": -16.0}.get(head.mood, 0.0)
    brow = move(move(BROW, -0.32, -0.635), 0.32, 0.635 + drop + (0.02 if head.mood == "fear" else 0.0), turn_deg=raised)
    sketch.fill(locks, head.place(brow))
    corner = {"joy": 0.032, "sorrow": -0.030, "fear": -0.012}.get(head.mood, 0.0)
    if look.figure is Figure.WOMAN and look.age is not Age.CHILD:
        lips = move(LIPS, 0, drop * 0.4)
        lips[:, 1] += corner * np.clip((0.38 - lips[:, 0]) / 0.08, 0, 1)
        sketch.fill(Tone.ACCENT, head.place(lips))
    else:
        y = 0.245 + drop * 0.4
        sketch.fill(Tone.SHADE, head.place(ribbon([(0.295, y + corner), (0.345, y), (0.405, y)], (0.005, 0.014, 0.006), 4)))
    if head.mood in {"fear", "wonder"}:
        sketch.fill(Tone.SHADE, head.place(ellipse(0.368, 0.248 + drop * 0.4, 0.034, 0.020, points=12)))
    sketch.fill(Tone.SHADE, head.place(move(NOSTRIL, -0.01, drop * 0.6)))
    if look.age is Age.OLD:
        sketch.fill(Tone.SHADE, head.place(ribbon([(0.30, 0.44), (0.27, 0.38), (0.28, 0.33)], (0.004, 0.010, 0.004), 3)))
        sketch.fill(Tone.SHADE, head.place(ribbon([(0.22, 0.58), (0.18, 0.55)], (0.003, 0.010, 0.003), 3)))
