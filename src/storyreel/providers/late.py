"""A generation that its provider gave up since it took too long: not a fault to look for, and worth making again."""

import re

from storyreel.domain.errors import TimedOut

GAVE_UP = re.compile(r"\btime[ -]?out\b|\btimed[ -]?out\b|deadline[ _]exceeded|took too long", re.IGNORECASE)
"""How a reason says so."""


def late_or(reason: str, otherwise: str) -> str:
    """The code of a failure whose reason says that it took too long; of any other what it would be otherwise."""
    return TimedOut.code if GAVE_UP.search(reason) else otherwise
