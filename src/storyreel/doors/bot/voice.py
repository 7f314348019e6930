"""What the bot says, in a person's language."""

from storyreel.domain.values import Language
from storyreel.doors.languages.voice import Voice

__all__ = ["Voice", "clock", "spoken_by", "together"]


def spoken_by(code: str | None) -> Language:
    """The language that a messenger says a person has; English where we do not speak it."""
    plain = (code or "").lower().partition("-")[0]
    return Language(plain) if plain in set(Language) else Language.ENGLISH


def together(said: Voice, *sentences: str) -> str:
    """Sentences one after the other, as that language sets them; empty ones are left out."""
    return ("" if said.language is Language.CHINESE else " ").join(filter(None, sentences))


def clock(seconds: float) -> str:
    """A length: "0:36"."""
    minutes, left = divmod(round(seconds), 60)
    return f"{minutes}:{left:02}"
