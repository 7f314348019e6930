"""What a reading of references finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from storyreel.domain.storyboard import Finding
from storyreel.domain.values import Seconds, Value
from storyreel.writing.llm.costs import Spent

if TYPE_CHECKING:
    from PIL.Image import Image


class UseCase(StrEnum):
    """What the film is for."""

    PRODUCT_VIDEO = "product_video"
    HERO_IMAGE = "hero_image"
    GEMSTONE_CLOSEUP = "gemstone_closeup"
    LUXURY_BRAND = "luxury_brand"
    GENERAL = "general"


@dataclass(frozen=True, slots=True)
class Motion:
    """A reference video as its frames, evenly spaced over `seconds`; eight to thirty-two small ones are enough."""

    frames: "Sequence[Image]"
    seconds: Seconds


class PictureNote(Value):
    """What one picture shows."""

    number: int  # counted from 1
    subject: str  # "" where only a vision model could say
    setting: str
    palette: tuple[str, ...]  # names, the most common first
    light: str
    composition: str
    style: str

    @property
    def words(self) -> str:
        """The note as one text."""
        parts = (self.subject, self.setting, ", ".join(self.palette), self.light, self.composition, self.style)
        return "; ".join(part for part in parts if part)


class MotionNote(Value):
    """How a reference video moves."""

    camera: str
    subject_motion: str
    pace: str
    cuts: str

    @property
    def words(self) -> str:
        """The note as one text."""
        return "; ".join(part for part in (self.camera, self.subject_motion, self.pace, self.cuts) if part)


class Reading(Value):
    """References as they were read: a description of one scene, and the prompt for it, which may be edited."""

    description: str
    prompt: str
    pictures: tuple[PictureNote, ...]
    motion: MotionNote | None = None
    use_case: UseCase
    offline: bool  # read by rules, without a vision model
    warnings: tuple[Finding, ...] = ()
    spent: Spent
