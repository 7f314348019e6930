"""Single words that are shown to a person as they stand, for the catalogues to translate."""

from collections.abc import Iterator

from storyreel.domain.film import FilmState
from storyreel.domain.generation import CallState
from storyreel.domain.model import RouteStatus, Sound
from storyreel.domain.storyboard import Angle, JoinKind, Move, Pace, ShotSize

OTHERS = (
    "general",
    "product video",
    "hero image",
    "gemstone closeup",
    "luxury brand",
    "read",
    "make",
    "admin",
    "waiting",
    "delivered",
    "stopped",
)
"""What references are for, what a key may be used for, how a delivery stands."""


def vocabulary() -> Iterator[str]:
    """Every such word, in English."""
    for words in (ShotSize, Angle, Move, Pace, JoinKind, FilmState, CallState, RouteStatus, Sound):
        yield from (word.value.replace("_", " ") for word in words)
    yield from OTHERS
