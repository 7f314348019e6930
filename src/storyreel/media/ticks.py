"""FFmpeg's rational numbers as Python's: some releases of PyAV give their own kind, and an unset one as 0/1 instead of None."""

from fractions import Fraction
from typing import Protocol

_MILLISECOND = Fraction(1, 1000)


class Ratio(Protocol):
    """A numerator over a denominator, of whatever type."""

    @property
    def numerator(self) -> int:
        """The upper number."""
        ...

    @property
    def denominator(self) -> int:
        """The lower number."""
        ...


class Timed(Protocol):
    """A stream or a frame, whose times are counted in ticks."""

    @property
    def time_base(self) -> Ratio | None:
        """A tick in seconds."""
        ...


def exact(ratio: Ratio | None) -> Fraction | None:
    """The same number as a Fraction; None where it is not set."""
    return Fraction(ratio.numerator, ratio.denominator) if ratio else None


def tick_of(timed: Timed) -> Fraction:
    """A tick in seconds; a millisecond where none is set."""
    return exact(timed.time_base) or _MILLISECOND
