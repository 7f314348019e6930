"""The colour that a subject's name says: "a black dog" is drawn black. Of people no colour is taken: it is not their clothes'."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from tomllib import loads
from types import MappingProxyType

from storyreel.domain.values import Language
from storyreel.lexicon.concepts import Concept, Kind

_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ENDINGS = r"(?:ы[йехм]|ыми|ая|ое|ого|ому|ой|ую|[еи][йехм]|ими|яя|ее|его|ему|юю|ий|ей)"


def said_colour(name: str, thing: Concept) -> str | None:
    """The colour as hexadecimal sRGB, "c2322c", where a name says one that is no part of what the thing is ("gold fish")."""
    if thing.kind is Kind.PERSON:
        return None
    for drawn, forms in _colours().items():
        for language, form in forms:
            if form.search(_rest(name.lower(), thing, language)):
                return drawn
    return None


def _rest(name: str, thing: Concept, language: Language) -> str:
    """A name without the words that are the thing's own."""
    own = sorted(thing.words.get(language, ()), key=len, reverse=True)
    if language is Language.CHINESE:
        return next((name.replace(word, " ") for word in own if word in name), name)
    mine = {part for phrase in own for part in _WORDS.findall(phrase.lower())}
    return " ".join(word for word in _WORDS.findall(name) if word not in mine)


@lru_cache(maxsize=1)
def _colours() -> Mapping[str, tuple[tuple[Language, re.Pattern[str]], ...]]:
    """How each colour is told, by what is drawn."""
    entries = loads(files("storyreel.lexicon").joinpath("data/colours.toml").read_text(encoding="utf-8"))
    return MappingProxyType({entry["drawn"]: tuple(_forms(entry)) for entry in entries.values()})


def _forms(entry: Mapping[str, str]) -> Iterator[tuple[Language, re.Pattern[str]]]:
    for language in Language:
        words = "|".join(map(re.escape, entry[language].split()))
        match language:
            case Language.ENGLISH:
                yield language, re.compile(rf"(?<![\w-])(?:{words})(?![\w-])")
            case Language.RUSSIAN:
                yield language, re.compile(rf"\b(?:{words}){_ENDINGS}?\b")
            case Language.CHINESE:
                yield language, re.compile(words)
