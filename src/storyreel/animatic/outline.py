"""What a subject looks like: filled outlines in metres, before any camera, light or colour.

Axes: x to the right, y up, the origin where the subject meets what it stands on, centred.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Ring: TypeAlias = NDArray[np.float64]
"""A closed line: float64 of shape (points, 2), in metres; the last point need not repeat the first."""


class Tone(StrEnum):
    """What a surface is; the palette of the shot decides its colour."""

    BODY = "body"  # the silhouette
    SHADE = "shade"  # darker than the body: inner lines, openings, tyres
    PALE = "pale"  # lighter than the body: stripes, sails, a shirt
    ACCENT = "accent"  # the one coloured part: a scarf, a taxi's paint
    SKIN = "skin"  # faces and hands, where they are near enough to be seen
    HAIR = "hair"  # and the lines of a face: of another colour than what is worn
    SHEEN = "sheen"  # the light on hair
    WINDOW = "window"  # lit when it is dark
    GLOW = "glow"  # always shines: a lamp, a flame


@dataclass(frozen=True, slots=True)
class Shape:
    """One filled area; its rings are filled by the even-odd rule, so a ring inside another is a hole."""

    rings: tuple[Ring, ...]
    tone: Tone = Tone.BODY


@dataclass(frozen=True, slots=True)
class Glow:
    """A soft light that belongs to a subject: a lantern, a window, a lamp room."""

    x_m: float
    y_m: float
    radius_m: float
    strength: float = 1.0  # 0 to 1
    beam: bool = False  # a lighthouse's: a turning cone of light starts here


@dataclass(frozen=True, slots=True, eq=False)  # known by itself, so that what is worked out of it can be kept
class Drawing:
    """A subject at one moment, facing right: shapes from back to front, and the lights it carries."""

    shapes: tuple[Shape, ...]
    width_m: float
    height_m: float
    glows: tuple[Glow, ...] = ()
