"""Heads seen from the front and from behind, in head heights from the chin's level, the face's middle at 0."""

from storyreel.animatic.figures.curves import ellipse, mirrored, move, smooth
from storyreel.animatic.figures.people.front_hair import LONG, draw_front_hair, sided
from storyreel.animatic.figures.people.hair import hangs
from storyreel.animatic.figures.people.hats import draw_diadem
from storyreel.animatic.figures.people.head import Head
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import ribbon
from storyreel.animatic.outline import Ring, Tone
from storyreel.domain.storyboard import Age, Figure, Garment, Look

FACE = smooth(
    mirrored(
        [(0.0, 1.0), (0.20, 0.965), (0.325, 0.82), (0.352, 0.60), (0.335, 0.36), (0.275, 0.16), (0.15, 0.025), (0.0, -0.015)]
    ),
    4,
)
SOFT = smooth(
    mirrored(
        [(0.0, 1.0), (0.20, 0.965), (0.325, 0.82), (0.345, 0.60), (0.315, 0.36), (0.225, 0.14), (0.105, 0.018), (0.0, -0.005)]
    ),
    4,
)
ROUND = smooth(
    mirrored(
        [(0.0, 1.0), (0.22, 0.96), (0.365, 0.78), (0.385, 0.52), (0.345, 0.27), (0.225, 0.07), (0.10, 0.005), (0.0, -0.005)]
    ),
    4,
)
EAR = smooth([(0.33, 0.54), (0.385, 0.58), (0.405, 0.50), (0.375, 0.38), (0.335, 0.35)], 4)
BACK = smooth(
    mirrored(
        [(0.0, 1.05), (0.24, 1.01), (0.375, 0.84), (0.395, 0.60), (0.345, 0.38), (0.255, 0.235), (0.16, 0.16, 1), (0.0, 0.14)]
    ),
    4,
)
SIDES = smooth([(0.31, 0.42, 1), (0.325, 0.66), (0.27, 0.80), (0.37, 0.74), (0.405, 0.56), (0.37, 0.40)], 4)
BEARD = smooth(
    mirrored(
        [
            (0.0, 0.305),
            (0.10, 0.335),
            (0.20, 0.30),
            (0.27, 0.42),
            (0.335, 0.50, 1),
            (0.345, 0.28),
            (0.27, 0.02),
            (0.14, -0.14),
            (0.0, -0.20),
        ]
    ),
    4,
)
EYE = smooth([(0.085, 0.535), (0.145, 0.570), (0.212, 0.552), (0.215, 0.532), (0.150, 0.510)], 4)
BROW = smooth([(0.070, 0.640), (0.150, 0.672), (0.240, 0.630), (0.235, 0.615), (0.150, 0.645), (0.075, 0.620)], 3)
NOSE = smooth(
    [(0.010, 0.56), (0.030, 0.44), (0.065, 0.375), (0.050, 0.345), (0.0, 0.335), (-0.012, 0.350), (0.030, 0.365), (0.012, 0.44)],
    4,
)

HAT = smooth(
    mirrored(
        [
            (0.0, 1.19),
            (0.16, 1.22),
            (0.31, 1.14),
            (0.385, 0.90),
            (0.41, 0.76),
            (0.62, 0.74),
            (0.74, 0.78),
            (0.70, 0.70),
            (0.42, 0.655),
            (0.0, 0.64),
        ]
    ),
    4,
)
HAT_BAND = smooth(mirrored([(0.0, 0.87), (0.20, 0.865), (0.39, 0.845, 1), (0.412, 0.745, 1), (0.20, 0.765), (0.0, 0.77)]), 4)
CAP = smooth(mirrored([(0.0, 1.12), (0.24, 1.07), (0.40, 0.90), (0.415, 0.70, 1), (0.20, 0.735), (0.0, 0.745)]), 4)
PEAK = smooth(mirrored([(0.0, 0.76), (0.22, 0.75), (0.37, 0.70), (0.34, 0.63), (0.18, 0.62), (0.0, 0.625)]), 4)
HELMET = smooth(
    mirrored(
        [
            (0.0, 1.15),
            (0.28, 1.08),
            (0.46, 0.84),
            (0.48, 0.55),
            (0.42, 0.32, 1),
            (0.355, 0.36),
            (0.355, 0.66, 1),
            (0.16, 0.70),
            (0.0, 0.705),
        ]
    ),
    4,
)
HOOD = smooth(
    mirrored([(0.0, 1.16), (0.30, 1.07), (0.49, 0.80), (0.52, 0.42), (0.50, 0.08), (0.62, -0.22), (0.30, -0.32), (0.0, -0.34)]), 4
)
HOOD_MOUTH = smooth(mirrored([(0.0, 0.92), (0.20, 0.88), (0.325, 0.66), (0.335, 0.38), (0.24, 0.08), (0.0, -0.08)]), 4)


def draw_front(sketch: Sketch, head: Head, look: Look, *, near: bool, seed: int, bare: bool) -> None:
    """A face that looks at the viewer, and its hair."""
    child, woman, old = look.age is Age.CHILD, look.figure is Figure.WOMAN, look.age is Age.OLD
    locks = Tone.PALE if old else Tone.HAIR
    _ears(sketch, head)
    if near:
        sketch.fill(Tone.HAIR, head.place(ribbon([(-0.17, 0.045), (0.0, -0.026), (0.17, 0.045)], (0.004, 0.03, 0.004), 6)))
    sketch.fill(Tone.SKIN, head.place(ROUND if child else SOFT if woman else FACE))
    if near:
        _features(sketch, head, look, locks)
    else:
        for side in (False, True):
            sketch.fill(Tone.HAIR, head.place(sided(ellipse(0.15, 0.54 - 0.05 * child, 0.036, 0.026, points=10), mirror=side)))
    if bare and old and not woman:
        for side in (False, True):
            sketch.fill(locks, head.place(sided(SIDES, mirror=side)))
    elif bare:
        draw_front_hair(sketch, head, look, seed, near=near)
    if old and not woman:
        sketch.fill(locks, head.place(BEARD))
        sketch.fill(Tone.HAIR, head.place(ellipse(0.0, 0.232, 0.062, 0.013, points=12)))


def draw_back(sketch: Sketch, head: Head, look: Look, *, seed: int, bare: bool) -> None:
    """A head that looks away."""
    woman, old = look.figure is Figure.WOMAN, look.age is Age.OLD
    locks = Tone.PALE if old else Tone.HAIR
    _ears(sketch, head)
    sketch.fill(Tone.SKIN, head.place(FACE))
    if bare:
        sketch.fill(locks, head.place(BACK))
        if hangs(look, seed):
            sketch.fill(locks, head.place(LONG))
        elif woman:
            sketch.fill(Tone.SHEEN if not old else locks, head.place(ellipse(0.0, 0.74, 0.17, 0.16)))


def draw_front_hat(sketch: Sketch, head: Head, wears: frozenset[Garment], *, away: bool) -> None:
    """Hat, cap, hood, helmet or crown, from the front or from behind."""
    if Garment.HOOD in wears:
        if away:
            sketch.fill(Tone.BODY, head.place(HOOD))
        else:
            sketch.cut(Tone.BODY, head.place(HOOD), head.place(HOOD_MOUTH))
    if Garment.HELMET in wears:
        sketch.fill(Tone.BODY, head.place(HELMET if not away else ellipse(0.0, 0.68, 0.47, 0.47)))
    elif Garment.CAP in wears:
        sketch.fill(Tone.BODY, head.place(CAP))
        if not away:
            sketch.fill(Tone.SHADE, head.place(PEAK))
    elif Garment.HAT in wears:
        sketch.fill(Tone.BODY, head.place(HAT))
        sketch.fill(Tone.SHADE, head.place(HAT_BAND))
    elif Garment.CROWN in wears:
        draw_diadem(sketch, head)


def _ears(sketch: Sketch, head: Head) -> None:
    for side in (False, True):
        sketch.fill(Tone.SKIN, head.place(sided(EAR, mirror=side)))


def _features(sketch: Sketch, head: Head, look: Look, locks: Tone) -> None:
    drop = -0.07 if look.age is Age.CHILD else 0.0
    for side in (False, True):
        sketch.fill(Tone.PALE, head.place(sided(move(EYE, 0, drop), mirror=side)))
        sketch.fill(Tone.HAIR, head.place(sided(ellipse(0.152, 0.540 + drop, 0.027, 0.030, points=12), mirror=side)))
        lid = ribbon([(0.078, 0.535 + drop), (0.145, 0.577 + drop), (0.222, 0.545 + drop)], (0.008, 0.016, 0.010), 4)
        sketch.fill(Tone.HAIR, head.place(sided(lid, mirror=side)))
        sketch.fill(locks, head.place(sided(_brow(head.mood, drop), mirror=side)))
    size = 0.72 if look.age is Age.CHILD else 1.0
    sketch.fill(Tone.HAIR, head.place(move(move(NOSE, -0.01, -0.44), 0.01, 0.44 + drop * 0.7, scale=size)))
    _mouth(sketch, head, drop * 0.3, full=look.figure is Figure.WOMAN and look.age is Age.ADULT)


def _brow(mood: str, drop: float) -> Ring:
    turn = {"sorrow": -18.0, "fear": -14.0, "anger": 18.0}.get(mood, 0.0)
    return move(move(BROW, -0.155, -0.64), 0.155, 0.64 + drop + (0.025 if mood in {"fear", "wonder"} else 0.0), turn_deg=turn)


def _mouth(sketch: Sketch, head: Head, drop: float, *, full: bool) -> None:
    """Lips are lines on the skin, never painted."""
    if head.mood in {"fear", "wonder"}:
        sketch.fill(Tone.HAIR, head.place(ellipse(0.0, 0.225 + drop, 0.058, 0.048, points=16)))
        return
    bend = {"joy": 0.034, "sorrow": -0.030}.get(head.mood, 0.0)
    wide, thick = (0.100, 0.015) if full else (0.105, 0.014)
    line = [(-wide, 0.238 + drop + bend), (0.0, 0.234 + drop), (wide, 0.238 + drop + bend)]
    under = [(-0.055, 0.192 + drop), (0.0, 0.184 + drop), (0.055, 0.192 + drop)]
    sketch.fill(
        Tone.HAIR, head.place(ribbon(line, (0.005, thick, 0.005), 4)), head.place(ribbon(under, (0.003, 0.010, 0.003), 4))
    )
    if full:
        bow = [(-0.060, 0.252 + drop), (-0.020, 0.266 + drop), (0.0, 0.260 + drop), (0.020, 0.266 + drop), (0.060, 0.252 + drop)]
        sketch.fill(Tone.HAIR, head.place(ribbon(bow, (0.002, 0.006, 0.002), 4)))
