"""What the bot says, in a person's language."""

from storyreel.domain.values import Language
from storyreel.doors.languages.voice import Voice

__all__ = ["Voice", "clock", "spoken_by"]


def spoken_by(code: str | None) -> Language:
    """The language that a messenger says a person has; English where we do not speak it."""
    plain = (code or "").lower().partition("-")[0]
    return Language(plain) if plain in set(Language) else Language.ENGLISH


def clock(seconds: float) -> str:
    """A length: "0:36"."""
    minutes, left = divmod(round(seconds), 60)
    return f"{minutes}:{left:02}"
