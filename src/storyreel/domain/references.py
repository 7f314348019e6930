"""What reference pictures and a motion video show, in words, and what a film of them is for."""

from enum import StrEnum

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.values import Value


class UseCase(StrEnum):
    """What the film is for."""

    PRODUCT_VIDEO = "product_video"
    HERO_IMAGE = "hero_image"
    GEMSTONE_CLOSEUP = "gemstone_closeup"
    LUXURY_BRAND = "luxury_brand"
    GENERAL = "general"


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


def use_named(name: UseCase | str) -> UseCase:
    """The use case of that name. Raises InvalidRequest, which lists them."""
    try:
        return UseCase(name)
    except ValueError as error:
        raise InvalidRequest(f"{name!r} is no use case; choose one of {', '.join(UseCase)}.", field="use_case") from error
