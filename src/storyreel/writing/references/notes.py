"""What a reading of references finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyreel.domain.references import MotionNote, PictureNote, UseCase
from storyreel.domain.storyboard import Finding
from storyreel.domain.values import Seconds, Value
from storyreel.writing.llm.costs import Spent

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class Motion:
    """A reference video as its frames, evenly spaced over `seconds`; eight to thirty-two small ones are enough."""

    frames: "Sequence[Image]"
    seconds: Seconds


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
