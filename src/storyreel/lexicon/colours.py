"""The colour that words say: "a black dog" is drawn black, and a girl "in a red coat" in red. A person's name says none."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from tomllib import loads
from types import MappingProxyType

from storyreel.domain.storyboard import Garment, Look
from storyreel.domain.values import Language
from storyreel.lexicon.concepts import Concept, Kind

_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ENDINGS = r"(?:ы[йехм]|ыми|ая|ое|ого|ому|о[йм]|ую|[еи][йехм]|ими|яя|ее|его|ему|юю|ий|ей)"


_WORN = re.compile(r"\b(?:in|wearing|dressed|в|во|од[её]т\w*)\b|[穿披]")  # what is told of clothes comes after
_APART = {Garment.HAT, Garment.CAP, Garment.HELMET, Garment.CROWN, Garment.SCARF}  # of another colour than what is worn with them


def said_colour(name: str, thing: Concept) -> str | None:
    """The colour as hexadecimal sRGB, "c2322c", where a name says one that is no part of what the thing is ("gold fish")."""
    return None if thing.kind is Kind.PERSON else _said(lambda language: _rest(name.lower(), thing, language))


def worn_colour(look: Look) -> str | None:
    """The same of what somebody wears, by the words for their look; None where they tell of a hat or a scarf alone."""
    worn = _WORN.search(look.words.lower())
    if worn is None or (look.wears and _APART.issuperset(look.wears)):
        return None
    return _said(lambda _: look.words[worn.end() :].lower())


def _said(text: Callable[[Language], str]) -> str | None:
    for drawn, forms in _colours().items():
        if any(form.search(text(language)) for language, form in forms):
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
