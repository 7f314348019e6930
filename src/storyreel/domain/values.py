"""Small values that everything else is made of: sizes, digests, dollars, seconds on the frame grid."""

import re
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints

JSON: TypeAlias = JsonValue
"""What a JSON document may hold. It enters in a reader and stays there."""

DIGEST = re.compile(r"^[0-9a-f]{64}$")

Digest: TypeAlias = Annotated[str, StringConstraints(pattern=DIGEST.pattern)]
"""The SHA-256 of a blob's bytes, in lower-case hexadecimal: the blob's name in our store."""

ANY_PICTURE: Digest = "0" * 64
"""Stands for a picture that is not kept, or not made yet, where all that counts is that there is one."""

Usd: TypeAlias = Annotated[Decimal, Field(ge=0)]
"""US dollars, exact; kept in the database as whole millionths."""

Seconds: TypeAlias = Annotated[float, Field(gt=0, le=3600)]
"""A length of time in seconds; what is drawn is rounded to whole frames by `frames_in`."""

SHAPES = {
    Fraction(across, down): f"{across}:{down}"
    for across, down in (
        (16, 9),
        (9, 16),
        (1, 1),
        (4, 3),
        (3, 4),
        (21, 9),
        (9, 21),
        (3, 2),
        (2, 3),
        (5, 4),
        (4, 5),
        (2, 1),
        (1, 2),
    )
}
"""Aspects that have a name."""

FPS = 24
"""Frames per second of everything Storyreel draws itself."""


class Value(BaseModel):
    """A frozen value: equal by its fields, and refusing fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Language(StrEnum):
    """The languages that Storyreel reads and speaks."""

    ENGLISH = "en"
    RUSSIAN = "ru"
    CHINESE = "zh"


class Size(Value):
    """A picture's width and height in pixels; both even, as H.264 with 4:2:0 colour needs."""

    width_px: Annotated[int, Field(ge=64, le=7680, multiple_of=2)]
    height_px: Annotated[int, Field(ge=64, le=7680, multiple_of=2)]

    def __str__(self) -> str:
        return f"{self.width_px}x{self.height_px}"

    @property
    def aspect(self) -> Fraction:
        """Width over height."""
        return Fraction(self.width_px, self.height_px)

    @property
    def resolution(self) -> str:
        """The shorter side, as models name it: '720p', '2160p'."""
        return f"{min(self.width_px, self.height_px)}p"

    @property
    def shape(self) -> str:
        """The aspect as models name it: '16:9' where it is nearly that, otherwise the exact one."""
        nearest = min(SHAPES, key=lambda shape: abs(self.aspect / shape - 1))
        shape = nearest if abs(self.aspect / nearest - 1) <= Fraction(1, 40) else self.aspect
        return SHAPES.get(shape) or f"{shape.numerator}:{shape.denominator}"

    @classmethod
    def parse(cls, text: str) -> "Size":
        """Read '1280x720'. Raises ValueError where the text is not two even numbers in range."""
        width, _, height = text.lower().replace("×", "x").partition("x")
        return cls(width_px=int(width), height_px=int(height))

    @classmethod
    def of_aspect(cls, text: str, short_side_px: int = 720) -> "Size":
        """Read '9:16' as the size of that shape whose shorter side is `short_side_px`. Raises ValueError."""
        across, _, down = text.partition(":")
        shape = Fraction(int(across), int(down))
        wide, tall = (shape, Fraction(1)) if shape >= 1 else (Fraction(1), 1 / shape)
        return cls(width_px=_even(wide * short_side_px), height_px=_even(tall * short_side_px))


def _even(pixels: Fraction) -> int:
    return 2 * round(pixels / 2)


def frames_in(seconds: float, fps: int = FPS) -> int:
    """The whole number of frames that is nearest to a length of time; at least one."""
    return max(1, round(seconds * fps))


def dict_of(told: JSON) -> dict[str, JSON]:
    """The object that a JSON value is; an empty one where it is none."""
    return told if isinstance(told, dict) else {}
