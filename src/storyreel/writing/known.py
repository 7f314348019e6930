"""The lexicon's answers, kept for a while: the two passes ask about the same few words many times."""

from functools import lru_cache

from storyreel import lexicon
from storyreel.domain.values import Language
from storyreel.lexicon import Mention, PlaceMention

_KEPT = 4096


@lru_cache(maxsize=_KEPT)
def mentions(text: str, language: Language) -> tuple[Mention, ...]:
    """The subjects a text names, in order (see `storyreel.lexicon.mentions`)."""
    return lexicon.mentions(text, language)


@lru_cache(maxsize=_KEPT)
def places(text: str, language: Language) -> tuple[PlaceMention, ...]:
    """The places a text names, in order (see `storyreel.lexicon.places`)."""
    return lexicon.places(text, language)
