"""A face in profile with its hair, facing right."""

import numpy as np

from storyreel.animatic.figures.curves import ellipse, move
from storyreel.animatic.figures.people.hair import draw_hair, draw_long_hair
from storyreel.animatic.figures.people.head import BEARD, BROW, EYE, GROWN, LIPS, NOSTRIL, SOFT, YOUNG, Head
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import ribbon
from storyreel.animatic.outline import Tone
from storyreel.domain.storyboard import Age, Figure, Look


def draw_profile(sketch: Sketch, head: Head, look: Look, *, near: bool, seed: int, breeze: float, bare: bool) -> None:
    """A face and its hair; `bare` is False where a hood or a helmet hides the hair."""
    woman, old = look.figure is Figure.WOMAN, look.age is Age.OLD
    locks = Tone.PALE if old else Tone.HAIR
    if bare:
        draw_long_hair(sketch, head, look, seed, breeze, near=near)
    if near:
        sketch.fill(Tone.HAIR, head.place(ribbon([(-0.10, 0.16), (0.06, 0.062), (0.22, -0.008)], (0.004, 0.026, 0.004), 5)))
    sketch.fill(Tone.SKIN, head.place(YOUNG if look.age is Age.CHILD else SOFT if woman else GROWN))
    if near:
        _features(sketch, head, look, locks)
    if old and not woman:
        sketch.fill(locks, head.place(BEARD))
    if bare:
        draw_hair(sketch, head, look, seed, near=near)


def _features(sketch: Sketch, head: Head, look: Look, locks: Tone) -> None:
    drop = -0.055 if look.age is Age.CHILD else 0.0
    sketch.fill(Tone.PALE, head.place(move(EYE, 0, drop)))
    sketch.fill(Tone.HAIR, head.place(ellipse(0.334, 0.553 + drop, 0.017, 0.022, points=12)))
    lid = [(0.272, 0.548 + drop), (0.316, 0.580 + drop), (0.362, 0.560 + drop)]
    sketch.fill(Tone.HAIR, head.place(ribbon(lid, (0.005, 0.015, 0.008), 4)))
    raised = {"sorrow": 20.0, "fear": 16.0, "anger": -16.0}.get(head.mood, 0.0)
    slim = 0.8 if look.age is Age.CHILD else 1.0
    lift = 0.635 + drop + (0.02 if head.mood == "fear" else 0.0)
    sketch.fill(locks, head.place(move(move(BROW, -0.32, -0.635) * (1.0, slim), 0.32, lift, turn_deg=raised)))
    _mouth(sketch, head, drop * 0.4, full=look.figure is Figure.WOMAN and look.age is Age.ADULT)
    sketch.fill(Tone.HAIR, head.place(move(NOSTRIL, -0.01, drop * 0.75)))
    if look.age is Age.OLD:
        sketch.fill(Tone.HAIR, head.place(ribbon([(0.30, 0.44), (0.27, 0.38), (0.28, 0.33)], (0.004, 0.010, 0.004), 3)))
        sketch.fill(Tone.HAIR, head.place(ribbon([(0.22, 0.58), (0.18, 0.55)], (0.003, 0.010, 0.003), 3)))


def _mouth(sketch: Sketch, head: Head, drop: float, *, full: bool) -> None:
    """Lips are lines on the skin, never painted."""
    corner = {"joy": 0.032, "sorrow": -0.030, "fear": -0.012}.get(head.mood, 0.0)
    if full:
        lips = move(LIPS, 0, drop)
        lips[:, 1] += corner * np.clip((0.38 - lips[:, 0]) / 0.08, 0, 1)
        sketch.fill(Tone.HAIR, head.place(lips))
    else:
        y = 0.245 + drop
        sketch.fill(Tone.HAIR, head.place(ribbon([(0.295, y + corner), (0.345, y), (0.405, y)], (0.005, 0.014, 0.006), 4)))
    if head.mood in {"fear", "wonder"}:
        sketch.fill(Tone.HAIR, head.place(ellipse(0.368, 0.248 + drop, 0.034, 0.020, points=12)))
