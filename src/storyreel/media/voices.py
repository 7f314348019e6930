"""The sound of a joined film as it goes into the file beside the pictures."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Protocol, TypeAlias

from av.container import OutputContainer


@dataclass(frozen=True, slots=True)
class Heard:
    """A clip's place in the film's sound, counted in pictures."""

    path: Path
    start: Fraction  # of its first picture, in seconds of its clock
    begin: int  # pictures of the film before it
    end: int
    aac: bytes | None  # what tells its kind of AAC (AudioSpecificConfig); None: other sound, or none


class Voice(Protocol):
    """The sound of a film that is being written."""

    def follow(self, frames: int) -> None:
        """Write sound until it reaches that many pictures."""
        ...

    def finish(self) -> None:
        """Write what is left."""
        ...


VoiceMaker: TypeAlias = Callable[[OutputContainer], Voice]
