"""A film's title: the script's own, or the first words that name something."""

import re

from storyreel.domain.values import Language
from storyreel.writing.visual.moments import Moment
from storyreel.writing.visual.sentences import plain

_LONGEST = {Language.ENGLISH: 48, Language.RUSSIAN: 48, Language.CHINESE: 16}


def title_of(own: str, moments: tuple[Moment, ...], language: Language) -> str:
    """A short title in the language of the text."""
    words = own or _first_words(moments) or moments[0].beat.text
    words = re.sub(r"\s+", " ", plain(words)).strip(' "“”«»*_#')
    if len(words) > _LONGEST[language]:
        words = _cut(words, language)
    return (words[:1].upper() + words[1:]) or "Film"


def _first_words(moments: tuple[Moment, ...]) -> str:
    first = moments[0]
    return first.words or (first.lines[0].words if first.lines else "") or first.beat.lead


def _cut(words: str, language: Language) -> str:
    longest = _LONGEST[language]
    clause = re.split(r"[,;:，；：。.!?！？—]", words)[0].strip()
    if 0 < len(clause) <= longest:
        return clause
    if language is Language.CHINESE or " " not in words[:longest]:
        return words[:longest].rstrip("，。、")
    return words[: words.rfind(" ", 0, longest)]
