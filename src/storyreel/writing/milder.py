"""The same prompt in milder words: what a filter against violence may have refused is left out or told otherwise.

By a small list (`data/milder.toml`), which says where its categories come from. Nothing is hidden: what is not in it stays.
"""

import re
from collections.abc import Mapping
from functools import cache

from storyreel.domain.values import Language
from storyreel.writing.words import table

SPACES = re.compile(r"[ \t]{2,}")


def milder(prompt: str) -> str | None:
    """The prompt in milder words; None where the list knows none for it."""
    told = prompt
    for language in Language:
        told = _told_milder(told, *_words(language))
    if told == prompt:
        return None
    return SPACES.sub(" ", told).replace(" .", ".").replace(" ,", ",").strip()


def _told_milder(prompt: str, pattern: re.Pattern[str], words: Mapping[str, str]) -> str:
    return pattern.sub(lambda found: _alike(found[0], words[found[0].casefold()]), prompt)


@cache
def _words(language: Language) -> tuple[re.Pattern[str], dict[str, str]]:
    words: dict[str, str] = table("milder")[language.value]
    longest_first = sorted(words, key=len, reverse=True)
    edge = "" if language is Language.CHINESE else r"\b"
    return re.compile(f"{edge}(?:{'|'.join(map(re.escape, longest_first))}){edge}", re.IGNORECASE), words


def _alike(found: str, instead: str) -> str:
    return instead[:1].upper() + instead[1:] if found[:1].isupper() else instead
