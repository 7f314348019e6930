"""What an animal wears: manes, horns, antlers, stripes, spots, wool, humps, a trunk."""

from collections.abc import Callable, Mapping
from math import pi, sin
from typing import TypeAlias

import numpy as np

from storyreel.animatic.figures.animals.breed import Breed
from storyreel.animatic.figures.animals.heads import HEADS
from storyreel.animatic.figures.curves import Point, ellipse, smooth
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import ribbon
from storyreel.animatic.outline import Ring, Tone

At: TypeAlias = Callable[[float, float], Point]
Place: TypeAlias = Callable[[Ring], Ring]
Marker: TypeAlias = Callable[[Sketch, Breed, At, Point, Place, float], None]


def draw_marks_behind(sketch: Sketch, breed: Breed, at: At, root: Point, place: Place, phase_s: float) -> None:
    """What lies behind the trunk."""
    behind = BEHIND.get(breed.extra)
    if behind:
        behind(sketch, breed, at, root, place, phase_s)


def draw_marks_before(sketch: Sketch, breed: Breed, at: At, root: Point, place: Place, phase_s: float) -> None:
    """What lies over the trunk and the head."""
    before = BEFORE.get(breed.extra)
    if before:
        before(sketch, breed, at, root, place, phase_s)


def _horns(sketch: Sketch, breed: Breed, _at: At, _root: Point, place: Place, _phase_s: float) -> None:
    size = 1.5 if breed.extra == "big horns" else 1.0
    line = [
        (0.06, 0.17),
        (0.10, 0.17 + 0.14 * size),
        (0.26 * size**0.5, 0.20 + 0.27 * size),
        (0.40 * size**0.5, 0.22 + 0.30 * size),
    ]
    sketch.fill(Tone.PALE, place(ribbon(line, (0.09, 0.075, 0.05, 0.01))))


def _antlers(sketch: Sketch, breed: Breed, _at: At, _root: Point, place: Place, _phase_s: float) -> None:
    tilt = breed.head_deg / 60
    for dx, tone in ((0.10, Tone.SHADE), (0.0, Tone.BODY)):

        def line(*path: Point, dx: float = dx) -> list[Point]:
            return [(x + dx * (0.4 + y) + (0.30 + tilt) * y * 0.6, y) for x, y in path]

        beam = line((0.05, 0.15), (-0.14, 0.50), (-0.22, 0.95), (0.02, 1.40), (0.16, 1.55))
        sketch.fill(tone, place(ribbon(beam, (0.08, 0.07, 0.06, 0.012))))
        for tine in (line((0.0, 0.26), (0.20, 0.42), (0.34, 0.66)), line((-0.17, 0.66), (0.06, 0.80), (0.18, 1.05)),
                     line((-0.22, 1.0), (-0.36, 1.22), (-0.34, 1.46)), line((-0.08, 1.25), (-0.10, 1.45),
                         (-0.04, 1.66))):  # fmt: skip
            sketch.fill(tone, place(ribbon(tine, (0.06, 0.045, 0.01))))


def _mane(sketch: Sketch, breed: Breed, at: At, root: Point, place: Place, phase_s: float) -> None:
    x0, y0 = at(breed.long / 2 - 0.12, 1.0)
    flow = 0.025 * sin(phase_s * 3.0)
    short = breed.extra == "short mane"
    long = 0.05 if short else 0.13
    crest = [
        (x0 + (root[0] - x0) * t, y0 + (root[1] - y0) * t + 0.060 * sin(pi * t) + 0.05 * t) for t in (0.0, 0.25, 0.5, 0.75, 1.0)
    ]
    locks = [
        (x - long * (1.0 if k % 2 else 0.72) - flow * (k % 2), y - long * 0.9 - 0.02 * (k % 2)) for k, (x, y) in enumerate(crest)
    ]
    crest = [(x + 0.02, y + 0.035) for x, y in crest]
    sketch.smooth(
        Tone.SHADE, [*crest, (root[0] + 0.07, root[1] + 0.06, 1), *((x, y, k % 2) for k, (x, y) in enumerate(locks[::-1]))], 4
    )
    if not short:
        sketch.fill(
            Tone.SHADE,
            place(smooth([(-0.08, 0.22, 1), (0.10, 0.26), (0.30, 0.16), (0.36, 0.05, 1), (0.20, 0.10), (0.02, 0.12)], 4)),
        )


def _lion(sketch: Sketch, _breed: Breed, _at: At, _root: Point, place: Place, phase_s: float) -> None:
    a = np.linspace(0, 2 * pi, 60, endpoint=False)
    shag = 1 + 0.07 * np.abs(np.sin(a * 8)) + 0.02 * np.sin(a * 3 + phase_s * 2)
    mane = np.stack([-0.10 + 0.66 * shag * np.cos(a), -0.10 + 0.74 * shag * np.sin(a)], axis=1)
    sketch.fill(Tone.SHADE, place(mane))


def _lion_face(sketch: Sketch, breed: Breed, at: At, root: Point, place: Place, phase_s: float) -> None:
    _lion(sketch, breed, at, root, place, phase_s)
    sketch.smooth(
        Tone.SHADE,
        [
            at(breed.long / 2 - 0.16, 1.0),
            at(breed.long / 2 + 0.1, 0.9),
            at(breed.long / 2 + 0.16, 0.55),
            at(breed.long / 2 - 0.02, 0.5),
        ],
    )
    sketch.fill(Tone.BODY, place(HEADS["feline"]))


def _stripes(sketch: Sketch, breed: Breed, at: At, root: Point, _place: Place, _phase_s: float) -> None:
    half = breed.long / 2
    tone = Tone.PALE if breed.head_kind == "equine" else Tone.SHADE
    for k in range(8):
        x = -half - 0.04 + breed.long * (k + 0.3) / 8
        top = breed.rump + (1 - breed.rump) * k / 8 - 0.015
        deep = breed.chest * (0.62 if k % 2 else 0.80)
        line = [at(x, top), at(x + 0.030, top - deep * 0.5), at(x - 0.010, top - deep)]
        sketch.fill(tone, ribbon(line, (0.022, 0.036, 0.004)))
    for k in range(3):
        x, y = root[0] - 0.04 - 0.08 * k, root[1] + 0.10 - 0.05 * k
        sketch.fill(tone, ribbon([(x, y), (x + 0.02, y - 0.10), (x + 0.01, y - 0.18)], (0.018, 0.030, 0.004)))


def _spots(sketch: Sketch, breed: Breed, at: At, _root: Point, _place: Place, _phase_s: float) -> None:
    half = breed.long / 2
    for k in range(9):
        for j in range(3):
            x = -half - 0.06 + (breed.long + 0.06) * (k + 0.5 * (j % 2)) / 8.6
            y = 0.93 - 0.10 * j + (breed.rump - 1) * (1 - k / 8) + 0.015 * ((k * 7 + j) % 3)
            sketch.fill(Tone.SHADE, ellipse(*at(x, y), 0.026, 0.021, turn_deg=20 * k, points=9))


def _giraffe(sketch: Sketch, breed: Breed, at: At, root: Point, place: Place, _phase_s: float) -> None:
    half = breed.long / 2
    base = at(half, 0.86)
    for k in range(5):
        for j in range(3):
            x, y = at(-half - 0.02 + breed.long * (k + 0.4 * (j % 2)) / 4.4, 0.93 - 0.10 * j - 0.09 * (1 - k / 4))
            sketch.fill(Tone.PALE, ellipse(x, y, 0.044, 0.034, turn_deg=37 * k + 20 * j, points=6))
    for k in range(1, 7):
        t = k / 7.2
        x, y = base[0] + (root[0] - base[0]) * t, base[1] + (root[1] - base[1]) * t
        sketch.fill(
            Tone.PALE, ellipse(x - 0.025 * (1 - t) * (-1) ** k, y, 0.034 * (1.2 - 0.6 * t), 0.030, turn_deg=40 * k, points=6)
        )
    for dx in (0.02, 0.12):
        sketch.fill(Tone.BODY, place(ribbon([(dx, 0.10), (dx - 0.03, 0.28), (dx - 0.04, 0.40)], (0.06, 0.05, 0.08))))


def _goat(sketch: Sketch, _breed: Breed, _at: At, _root: Point, place: Place, _phase_s: float) -> None:
    line = [(0.10, 0.16), (0.02, 0.50), (-0.24, 0.72), (-0.46, 0.70)]
    sketch.fill(Tone.PALE, place(ribbon(line, (0.13, 0.10, 0.07, 0.01))))
    sketch.fill(Tone.SHADE, place(smooth([(0.70, -0.12), (0.86, -0.15), (0.74, -0.50, 1)], 4)))


def _wool(sketch: Sketch, breed: Breed, at: At, _root: Point, place: Place, _phase_s: float) -> None:
    half = breed.long / 2
    a = np.linspace(0, 2 * pi, 78, endpoint=False)
    curl = 1 + 0.055 * np.abs(np.sin(a * 6.5))
    x, y = at(-0.01, 0.715)
    fleece = np.stack([x + (half + 0.25) * curl * np.cos(a), y + 0.355 * curl * np.sin(a)], axis=1)
    sketch.fill(Tone.PALE, fleece)
    b = np.linspace(0, 2 * pi, 36, endpoint=False)
    sketch.fill(
        Tone.PALE,
        place(np.stack([-0.02 + 0.34 * (1 + 0.1 * np.abs(np.sin(b * 3))) * np.cos(b), 0.10 + 0.30 * np.sin(b)], axis=1)),
    )
    sketch.fill(Tone.BODY, place(HEADS["equine"] * (1.0, 0.9) + (0.10, -0.06)))


def _trunk(sketch: Sketch, _breed: Breed, _at: At, _root: Point, place: Place, phase_s: float) -> None:
    swing = 0.10 * sin(phase_s * 1.4)
    line = [(0.50, 0.16), (0.70, -0.22), (0.74 + swing * 0.4, -0.68), (0.74 + swing, -1.08), (0.92 + swing * 1.6, -1.30)]
    sketch.fill(Tone.BODY, place(ribbon(line, (0.50, 0.36, 0.26, 0.19, 0.13))))
    sketch.fill(Tone.PALE, place(ribbon([(0.56, -0.36), (0.82, -0.52), (1.12, -0.46)], (0.11, 0.09, 0.01))))


def _hump(sketch: Sketch, _breed: Breed, at: At, _root: Point, _place: Place, _phase_s: float) -> None:
    for x, high in ((-0.19, 0.17), (0.17, 0.18)):
        hump = [(x - 0.17, 0.90), (x - 0.09, 1.0 + high * 0.6), (x, 1.0 + high), (x + 0.09, 1.0 + high * 0.5), (x + 0.17, 0.90)]
        sketch.smooth(Tone.BODY, [at(*one) for one in hump], 5)


def _ruff(sketch: Sketch, _breed: Breed, _at: At, _root: Point, place: Place, _phase_s: float) -> None:
    sketch.fill(
        Tone.PALE, place(smooth([(0.52, -0.10), (0.78, -0.07), (0.92, -0.085), (0.74, -0.13), (0.44, -0.19), (0.22, -0.24)], 4))
    )
    cheek = [(0.14, -0.10), (0.20, -0.34, 1), (0.06, -0.32), (0.04, -0.48, 1), (-0.08, -0.38), (-0.14, -0.10)]
    sketch.fill(Tone.BODY, place(smooth(cheek, 4)))


def _fox(sketch: Sketch, breed: Breed, at: At, _root: Point, place: Place, _phase_s: float) -> None:
    half = breed.long / 2
    bib = [(half + 0.04, 0.80), (half + 0.13, 0.72), (half + 0.10, 0.60), (half - 0.02, 0.575), (half + 0.03, 0.68)]
    sketch.smooth(Tone.PALE, [at(*one) for one in bib], 5)
    sketch.fill(
        Tone.PALE,
        place(
            smooth([(0.30, -0.02), (0.60, 0.0), (0.92, -0.02), (0.90, -0.10), (0.60, -0.15), (0.30, -0.24), (0.10, -0.28, 1)], 4)
        ),
    )


def _badger(sketch: Sketch, breed: Breed, at: At, _root: Point, place: Place, _phase_s: float) -> None:
    """A white face with a dark stripe through each eye, and a pale back."""
    half = breed.long / 2
    back = [at(-half - 0.10, breed.rump - 0.12), at(-half + 0.1, breed.rump - 0.02), at(0.0, 1.0), at(half - 0.02, 0.96),
            at(half * 0.5, 0.84), at(0.0, 0.82), at(-half + 0.1, breed.rump - 0.16)]  # fmt: skip
    sketch.smooth(Tone.PALE, back, 5)
    face = [(-0.10, 0.16), (0.06, 0.29), (0.22, 0.30), (0.42, 0.24), (0.58, 0.12), (0.78, 0.08), (0.95, 0.05), (0.97, -0.06),
            (0.72, -0.15), (0.44, -0.23), (0.12, -0.28), (-0.06, -0.16)]  # fmt: skip
    sketch.fill(Tone.PALE, place(smooth(face, 5)))
    stripe = [(-0.12, 0.12), (0.14, 0.21), (0.36, 0.19), (0.60, 0.07), (0.90, 0.035), (0.86, 0.0), (0.58, -0.02), (0.34, 0.05),
              (0.08, 0.05)]  # fmt: skip
    sketch.fill(Tone.SHADE, place(smooth(stripe, 5)))


def _mask(sketch: Sketch, _breed: Breed, _at: At, _root: Point, place: Place, _phase_s: float) -> None:
    """A raccoon's: pale brow and muzzle, dark around the eye."""
    sketch.fill(Tone.PALE, place(smooth([(0.06, 0.14), (0.24, 0.25), (0.46, 0.14), (0.92, 0.05), (0.94, -0.09), (0.54, -0.15),
                                         (0.30, -0.22), (0.10, -0.10)], 5)))  # fmt: skip
    sketch.fill(
        Tone.SHADE, place(smooth([(0.12, -0.06), (0.24, 0.10), (0.44, 0.145), (0.54, 0.06), (0.40, 0.0), (0.26, -0.12)], 5))
    )


def _rhino(sketch: Sketch, _breed: Breed, _at: At, _root: Point, place: Place, _phase_s: float) -> None:
    sketch.fill(Tone.PALE, place(smooth([(0.72, 0.08, 1), (0.84, 0.22), (0.98, 0.50, 1), (0.98, 0.22), (0.97, 0.04, 1)], 4)))
    sketch.fill(Tone.PALE, place(smooth([(0.52, 0.10, 1), (0.60, 0.26, 1), (0.70, 0.08, 1)], 4)))


def _unicorn(sketch: Sketch, breed: Breed, at: At, root: Point, place: Place, phase_s: float) -> None:
    _mane(sketch, breed, at, root, place, phase_s)
    sketch.fill(Tone.PALE, place(ribbon([(0.14, 0.14), (0.30, 0.52), (0.44, 0.90)], (0.09, 0.055, 0.004))))


def _wings(sketch: Sketch, breed: Breed, at: At, root: Point, place: Place, phase_s: float) -> None:
    _mane(sketch, breed, at, root, place, phase_s)
    beat = 0.12 * sin(phase_s * 4.0)
    x = breed.long / 2 - 0.20
    wing = [(x + 0.06, 0.72), (x - 0.02, 1.05), (x - 0.20, 1.52 + beat), (x - 0.62, 1.78 + 2 * beat, 1),
        (x - 0.58, 1.50 + beat), (x - 0.74, 1.40 + beat, 1),
            (x - 0.56, 1.22 + beat), (x - 0.66, 1.08, 1), (x - 0.44, 0.98), (x - 0.40, 0.84, 1), (x - 0.12, 0.70)]  # fmt: skip
    sketch.smooth(Tone.PALE, [(*at(one[0], one[1]), one[2] if len(one) > 2 else 0) for one in wing], 5)


BEHIND: Mapping[str, Marker] = {"hump": _hump}
BEFORE: Mapping[str, Marker] = {
    "horns": _horns, "big horns": _horns, "antlers": _antlers, "mane": _mane, "unicorn": _unicorn, "wings": _wings,
    "short mane": _mane, "lion mane": _lion_face,
    "stripes": _stripes, "spots": _spots, "giraffe": _giraffe, "goat": _goat, "wool": _wool, "trunk": _trunk, "ruff": _ruff,
    "fox": _fox,
    "badger": _badger,
    "mask": _mask,
    "rhino": _rhino,
}  # fmt: skip
