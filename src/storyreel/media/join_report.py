"""What a join made. Plain classes: copying packets should not wait for anything to be imported."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyreel.domain.values import Size


class SoundMode(StrEnum):
    """How the sound of joined clips is made."""

    EXACT = "exact"  # decoded, placed to the sample, encoded once
    COPY = "copy"  # packets copied: fastest; each clip's sound lies within 11 ms of its place


class Difference(StrEnum):
    """In what a clip differs from most of the others, so that its pictures cannot be copied."""

    SIZE = "size"
    RATE = "rate"
    COLOURS = "colours"
    CODEC = "codec"  # another one, or H.264 in a form that cannot be put into another file


@dataclass(frozen=True, slots=True)
class Skipped:
    """A clip that was left out, and why."""

    clip: Path
    reason: str


@dataclass(frozen=True, slots=True)
class JoinReport:
    """What a join made, as measured in the finished file."""

    output: Path
    frames: int
    fps: Fraction
    seconds: float
    width_px: int
    height_px: int
    copied: int  # clips whose pictures are bit for bit the source's
    made_over: tuple[Path, ...]  # clips that were encoded again, as they differ from the others
    skipped: tuple[Skipped, ...]
    sound: SoundMode | None  # None: no clip has any
    size_bytes: int
    differs: tuple[tuple[Difference, ...], ...] = ()  # of each that was made over: in what; nothing where all were to be

    @property
    def size(self) -> "Size":
        """Width and height."""
        from storyreel.domain.values import Size

        return Size(width_px=self.width_px, height_px=self.height_px)
