"""Several people as one subject: a crowd, a couple, a family, each with a look, a height and a moment of their own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from storyreel.animatic.figures.people.person import LEVEL, draw_person
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing
from storyreel.domain.storyboard import Age, Facing, Figure, Garment, Look, Pose

FRONTAL = frozenset({Pose.STAND, Pose.SIT, Pose.EMBRACE, Pose.CARRY})
"""Poses in which a family or a couple looks at the viewer; in the rest all go one way."""


@dataclass(frozen=True, slots=True)
class Place:
    """One of a group: where, how tall as a share of the group's height, and how clad."""

    x: float  # in heights of the group, from its middle
    high: float
    look: Look
    behind: float = 0.0  # how much higher in the picture the feet are, in heights


def _man(*wears: Garment, age: Age = Age.ADULT) -> Look:
    return Look(age=age, figure=Figure.MAN, wears=wears)


def _woman(*wears: Garment, age: Age = Age.ADULT) -> Look:
    return Look(age=age, figure=Figure.WOMAN, wears=wears)


GROUPS: Mapping[str, tuple[Place, ...]] = {
    "crowd": (
        Place(-0.98, 0.97, _man(Garment.COAT, Garment.HAT), 0.075),
        Place(-0.46, 0.92, _woman(Garment.COAT), 0.080),
        Place(0.04, 1.02, _man(Garment.COAT), 0.078),
        Place(0.52, 0.93, _woman(Garment.COAT, Garment.SCARF), 0.074),
        Place(0.98, 0.99, _man(Garment.CAP), 0.080),
        Place(-0.74, 0.94, _woman(Garment.DRESS), 0.0),
        Place(-0.24, 1.00, _man(Garment.COAT, Garment.CAP), 0.006),
        Place(0.26, 0.90, _woman(Garment.COAT, Garment.HAT), 0.0),
        Place(0.56, 0.62, _man(age=Age.CHILD), -0.006),
        Place(0.82, 0.96, _man(Garment.COAT, age=Age.OLD), 0.004),
    ),
    "couple": (
        Place(-0.15, 1.03, _man(Garment.COAT)),
        Place(0.15, 0.95, _woman(Garment.DRESS)),
    ),
    "family": (
        Place(-0.37, 1.05, _man()),
        Place(0.33, 0.97, _woman(Garment.DRESS)),
        Place(-0.09, 0.62, _woman(age=Age.CHILD), -0.004),
        Place(0.11, 0.74, _man(age=Age.CHILD), -0.006),
    ),
}


def draw_group(wish: Wish) -> Drawing:
    """The group that `variant` names, or a crowd; `height_m` is a grown person's, and those behind are drawn first."""
    sketch = Sketch()
    named = wish.variant if wish.variant in GROUPS else "crowd"
    for k, one in enumerate(GROUPS[named]):
        faces = _faces(wish, k, named)
        unit = replace(
            wish,
            height_m=one.high * wish.height_m,
            variant="",
            look=one.look,
            phase_s=wish.phase_s + 0.31 * k,
            seed=wish.seed + 5 * k,
            holds=None,
            faces=faces,
        )
        spread = 1.7 if wish.pose in LEVEL else 1.0
        sketch.add(draw_person(unit), one.x * spread * wish.height_m, one.behind * wish.height_m)
    return sketch.drawing()


def _faces(wish: Wish, k: int, named: str) -> Facing:
    if wish.faces in {Facing.CAMERA, Facing.AWAY} or wish.pose not in FRONTAL:
        return wish.faces
    return Facing.RIGHT if named == "crowd" and k % 3 == 0 else Facing.CAMERA
