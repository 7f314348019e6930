"""An animal's face: eye and nose at any distance; lids, mouth, inner ear, whiskers and fur only in a close view."""

from collections.abc import Callable, Mapping
from math import cos, radians, sin
from typing import TypeAlias

from storyreel.animatic.figures.animals.breed import Breed
from storyreel.animatic.figures.animals.heads import EAR_PLACE, EARS, EYE_PLACE, HEADS
from storyreel.animatic.figures.curves import Path, Point, ellipse, move, smooth
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import ribbon
from storyreel.animatic.outline import Ring, Tone

Place: TypeAlias = Callable[[Ring], Ring]
"""From head lengths to the picture."""

FURRED = frozenset({"canine", "feline", "ursine"})
MOUTHS: Mapping[str, Path] = {
    "canine": [(0.990, -0.020), (0.955, -0.065), (0.86, -0.080), (0.72, -0.090), (0.58, -0.122), (0.50, -0.105)],
    "feline": [(0.920, -0.010), (0.900, -0.080), (0.83, -0.120), (0.72, -0.125), (0.66, -0.095)],
    "equine": [(1.010, -0.090), (0.940, -0.108), (0.86, -0.112), (0.79, -0.090)],
    "bovine": [(1.020, -0.120), (0.900, -0.150), (0.79, -0.155), (0.71, -0.135)],
    "ursine": [(0.985, -0.045), (0.910, -0.095), (0.76, -0.120), (0.62, -0.100)],
    "rodent": [(0.955, -0.095), (0.880, -0.130), (0.78, -0.115)],
    "porcine": [(0.990, -0.095), (0.850, -0.112), (0.68, -0.140), (0.59, -0.115)],
}
"""Where the lips meet, from the tip of the muzzle backwards."""

EYES: Mapping[str, float] = {"feline": 0.058, "rodent": 0.050, "equine": 0.044, "bovine": 0.044}
"""Half an eye's length in a close view; 0.046 for the rest."""

CHEEK: Path = [(0.36, -0.16), (0.32, -0.29, 1), (0.25, -0.25), (0.19, -0.39, 1), (0.11, -0.31), (0.03, -0.46, 1), (-0.04, -0.34),
               (-0.12, -0.44, 1), (-0.14, -0.10), (0.10, -0.06)]  # fmt: skip
HAIRS: tuple[Path, ...] = (
    [(0.32, 0.02), (0.25, -0.06), (0.22, -0.16)],
    [(0.24, 0.06), (0.15, -0.04), (0.11, -0.16)],
    [(0.16, 0.04), (0.05, -0.07), (0.0, -0.20)],
    [(0.28, -0.13), (0.20, -0.19), (0.17, -0.26)],
    [(0.10, -0.18), (0.01, -0.25), (-0.03, -0.34)],
)


def draw_face(sketch: Sketch, breed: Breed, place: Place, *, near: bool) -> None:
    """What a head shows of its face, over the head's outline."""
    kind = breed.head_kind
    x, y = EYE_PLACE[kind]
    if near:
        _cheek(sketch, breed, place)
        _eye(sketch, kind, place)
        if kind in MOUTHS:
            sketch.fill(Tone.SHADE, place(ribbon(MOUTHS[kind], (0.006, 0.020, 0.018, 0.006), 5)))
    else:
        sketch.fill(Tone.PALE, place(ellipse(x, y, 0.034, 0.026, points=10)))
    _nose(sketch, kind, place, near=near)
    if near and kind == "feline":
        for k in range(3):
            line = [(0.80, -0.045 - 0.022 * k), (0.66, -0.03 - 0.06 * k), (0.46, -0.06 - 0.10 * k)]
            sketch.fill(Tone.PALE, place(ribbon(line, (0.008, 0.007, 0.002), 4)))


def _eye(sketch: Sketch, kind: str, place: Place) -> None:
    """An almond in its dark rim, with a pupil and the light in it."""
    x, y = EYE_PLACE[kind]
    r = EYES.get(kind, 0.046)
    turn = -16.0 if kind in {"canine", "feline"} else 4.0

    def almond(size: float) -> Ring:
        half = [(-1.15, -0.25, 1), (-0.45, 0.60), (0.40, 0.62), (1.15, -0.05, 1), (0.40, -0.62), (-0.45, -0.60)]
        return move(smooth(half, 4), x, y, scale=size, turn_deg=turn)

    sketch.fill(Tone.SHADE, place(almond(r * 1.42)))
    if kind in {"equine", "bovine", "rodent"}:
        sketch.fill(Tone.BODY, place(ellipse(x + 0.004, y, r * 0.80, r * 0.55, points=14)))
        sketch.fill(Tone.SHADE, place(ellipse(x + 0.008, y, r * 0.62, r * 0.48, points=14)))
    else:
        sketch.fill(Tone.PALE, place(almond(r)))
        slit = 0.26 if kind == "feline" else 0.46
        sketch.fill(Tone.SHADE, place(ellipse(x + 0.006, y, r * slit, r * 0.56, points=14)))
    sketch.fill(Tone.PALE, place(ellipse(x + r * 0.30, y + r * 0.26, r * 0.16, points=8)))
    brow = [(x - r * 1.5, y + r * 0.75), (x - r * 0.1, y + r * 1.35), (x + r * 1.5, y + r * 0.70)]
    sketch.fill(Tone.SHADE, place(ribbon(brow, (0.003, 0.013, 0.003), 4)))


def _nose(sketch: Sketch, kind: str, place: Place, *, near: bool) -> None:
    if kind in FURRED:
        tip = float(HEADS[kind][:, 0].max())
        small = 0.8 if kind == "feline" else 1.0
        sketch.fill(Tone.SHADE, place(ellipse(tip - 0.035, 0.025, 0.045 * small, 0.038 * small, points=14)))
        if near:
            sketch.fill(Tone.PALE, place(ellipse(tip - 0.028, 0.044, 0.014, 0.006, turn_deg=-20, points=8)))
    elif near and kind in {"equine", "bovine"}:
        sketch.fill(Tone.SHADE, place(ellipse(0.945, -0.035, 0.034, 0.020, turn_deg=50, points=12)))
        sketch.fill(Tone.SHADE, place(ribbon([(0.90, -0.005), (0.935, 0.012), (0.972, -0.006)], (0.002, 0.010, 0.002), 4)))
    elif near and kind == "porcine":
        sketch.fill(Tone.SHADE, place(ellipse(0.975, 0.02, 0.016, 0.034, turn_deg=12, points=10)))


def _cheek(sketch: Sketch, breed: Breed, place: Place) -> None:
    """Tufts below the jaw of a furred animal; the jaw's edge of a smooth one."""
    if breed.head_kind in FURRED:
        if breed.extra != "lion mane":
            sketch.fill(Tone.BODY, place(smooth(CHEEK, 4)))
        sketch.fill(Tone.SHADE, *(place(ribbon(line, (0.003, 0.014, 0.002), 4)) for line in HAIRS))
    elif breed.head_kind in {"equine", "bovine"}:
        jaw = [(0.12, 0.02), (0.30, -0.04), (0.40, -0.14), (0.34, -0.23)]
        sketch.fill(Tone.SHADE, place(ribbon(jaw, (0.002, 0.014, 0.004), 5)))
        bone = [(0.44, 0.03), (0.62, -0.02), (0.80, -0.02)]
        sketch.fill(Tone.SHADE, place(ribbon(bone, (0.002, 0.010, 0.002), 4)))


def draw_inner_ear(sketch: Sketch, breed: Breed, place: Place, head_deg: float) -> None:
    """The inside of the near ear, or the fold of one that hangs."""
    x, y = EAR_PLACE[breed.head_kind]
    long = breed.ear_long / breed.head
    if breed.ear in {"floppy", "fan"}:
        fold = [(0.10, 0.10), (0.02, -0.35), (-0.08, -0.80)] if breed.ear == "floppy" else [(0.0, 0.3), (-0.3, 0.0), (-0.2, -0.5)]
        sketch.fill(Tone.BODY, place(move(ribbon(fold, (0.01, 0.035, 0.01), 4), x, y, scale=long)))
        return
    inner = EARS[breed.ear] * (0.52, 0.72) + ((0.05, 0.06) if breed.ear != "leaf" else (-0.12, 0.10))
    turned = move(inner * long, x, y, turn_deg=14.0 - head_deg * 0.35)
    sketch.fill(Tone.SHADE, place(turned))
    if breed.head_kind in FURRED:
        for dx in (-0.10, 0.04):
            hair = ribbon([(dx, 0.02), (dx + 0.02, 0.20), (dx + 0.08, 0.38)], (0.11, 0.05, 0.004), 4)
            sketch.fill(Tone.BODY, place(move(hair * long, x, y, turn_deg=14.0 - head_deg * 0.35)))


def draw_neck_fur(sketch: Sketch, breed: Breed, base: Point, root: Point, neck_deg: float) -> None:
    """Tufts along nape and throat, and a few hairs between; none on an animal with a smooth coat."""
    if breed.head_kind not in FURRED or breed.extra == "lion mane":
        return
    a = radians(neck_deg)
    along, up = (cos(a), sin(a)), (-sin(a), cos(a))
    thin = 0.45 if breed.ear == "floppy" else 1.0

    def at(t: float, across: float, shift: float = 0.0) -> Point:
        half = breed.neck_thick[0] * 0.45 * (1 - t) + breed.neck_thick[1] * 0.48 * t
        x, y = base[0] + (root[0] - base[0]) * t, base[1] + (root[1] - base[1]) * t
        return (x + up[0] * half * across + along[0] * shift, y + up[1] * half * across + along[1] * shift)

    for t in (0.30, 0.46, 0.62, 0.78):
        nape, throat = 1 + 0.16 * thin, -1 - 0.30 * thin
        tuft = [(*at(t, 0.86, 0.05), 0), (*at(t, nape, -0.055), 1), (*at(t, 0.80, -0.05), 0)]
        beard = [(*at(t, -0.70, 0.06), 0), (*at(t, throat, -0.07), 1), (*at(t, -0.62, -0.06), 0)]
        sketch.smooth(Tone.BODY, tuft, 4)
        sketch.smooth(Tone.BODY, beard, 4)
        for across in (0.35, -0.10, -0.5):
            ends = [at(t, across, 0.04), at(t, across - 0.06, 0.0), at(t, across - 0.16, -0.05)]
            sketch.fill(Tone.SHADE, ribbon(ends, (0.001, 0.006 * thin, 0.001), 3))
