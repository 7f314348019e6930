"""What the check of a take finds: kinds and numbers; doors make the prose."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from storyreel.domain.values import Value


class FindingKind(StrEnum):
    """What may be otherwise than a take should be; the numbers that a finding of the kind has stand beside it."""

    BLACK = "black"  # seconds of black from `at_s` on
    FROZEN = "frozen"  # seconds in which nothing moves, from `at_s` on
    CUT = "cut"  # how far apart the pictures before and after are, as the mean of 0 to 255
    SILENT = "silent"  # no sound, though it was asked; the loudest sample in dBFS, where there is sound at all
    LENGTH = "length"  # seconds as measured, seconds as asked
    SIZE = "size"  # width and height in pixels, then those that were asked
    SOUND = "sound"  # sound that nobody asked for; the loudest sample heard before that was settled, in dBFS

    @property
    def bad(self) -> bool:
        """Whether a take with it is worth making again; the others are only told."""
        return self not in {self.SIZE, self.SOUND}


class TakeFinding(Value):
    """One thing that the check of a take found."""

    kind: FindingKind
    at_s: Annotated[float, Field(ge=0)] = 0.0  # seconds from the take's first picture
    detail: tuple[float, ...] = ()  # numbers, as the kind says
