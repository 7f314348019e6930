"""Words that set a shot's fields, found in text: `data/*.toml`, looked up by language.

An entry is a word or phrase; `stem*` also stands for every word that begins so; `!word` hides a longer word that would
be misread (`!raincoat` sets no rain). Chinese entries match anywhere, longest first.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

from storyreel.domain.values import Language

WORD = re.compile(r"\w+(?:['’-]\w+)*")
SHORTEST_STEM = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """A field word in a text: what it sets, and where it stands."""

    value: str
    start: int
    end: int


class Words:
    """A table of words of one language; `find` gives the hits in the order of the text."""

    def __init__(self, entries: Iterable[tuple[str, str | None]], language: Language) -> None:
        self._language = language
        self._exact: dict[str, str | None] = {}
        self._stems: dict[str, str | None] = {}
        self._phrases: dict[str, list[tuple[str, str | None]]] = {}
        for entry, value in sorted(entries, key=lambda one: one[0].startswith("!")):  # a word that sets wins over one that hides
            hidden = entry.startswith("!")
            self._add(folded(entry.removeprefix("!")), None if hidden else value)
        for phrases in self._phrases.values():
            phrases.sort(key=lambda one: -len(one[0]))
        self._compiled: re.Pattern[str] | None = None
        self._values: dict[str, str | None] = {}
        self._longest_stem = max((len(stem) for stem in self._stems), default=0)

    def _add(self, entry: str, value: str | None) -> None:
        if self._language is Language.CHINESE:
            self._phrases.setdefault(entry[0], []).append((entry, value))
        elif " " in entry:
            self._phrases.setdefault(entry.split(" ", 1)[0], []).append((entry, value))
        elif entry.endswith("*"):
            self._stems.setdefault(entry[:-1], value)
        else:
            self._exact.setdefault(entry, value)

    def find(self, text: str) -> tuple[Hit, ...]:
        """Every hit, in order, none overlapping another."""
        low = folded(text)
        found = self._in_characters(low) if self._language is Language.CHINESE else self._in_words(low)
        return tuple(Hit(value, start, end) for value, start, end in found if value is not None)

    def first(self, text: str) -> str | None:
        """The value of the first hit, or None."""
        hits = self.find(text)
        return hits[0].value if hits else None

    def _in_characters(self, low: str) -> Iterator[tuple[str | None, int, int]]:
        for match in self._pattern().finditer(low):
            yield self._values[match.group()], match.start(), match.end()

    def _pattern(self) -> re.Pattern[str]:
        """One expression for all phrases of a language without spaces, the longest first."""
        if self._compiled is None:
            phrases = [phrase for group in self._phrases.values() for phrase in group]
            self._values = dict(reversed(phrases))  # the first listed wins
            longest_first = sorted(self._values, key=lambda one: -len(one))
            self._compiled = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
        return self._compiled

    def _in_words(self, low: str) -> Iterator[tuple[str | None, int, int]]:
        past = 0
        for match in WORD.finditer(low):
            if match.start() < past:
                continue
            end, value = self._at(low, match)
            if end:
                yield value, match.start(), end
                past = end

    def _at(self, low: str, match: re.Match[str]) -> tuple[int, str | None]:
        word, start = match.group(), match.start()
        for phrase, value in self._phrases.get(word, ()):
            end = start + len(phrase)
            if low.startswith(phrase, start) and not low[end : end + 1].isalnum():
                return end, value
        if word in self._exact:
            return match.end(), self._exact[word]
        for length in range(min(len(word), self._longest_stem), SHORTEST_STEM - 1, -1):
            if word[:length] in self._stems:
                return match.end(), self._stems[word[:length]]
        return 0, None


def folded(text: str) -> str:
    """Lower case of the same length, with ё as е and curly apostrophes straight, so that positions stay."""
    low = text.lower()
    if len(low) != len(text):  # İ and its like
        low = "".join(one if len(one := char.lower()) == 1 else char for char in text)
    return low.replace("ё", "е").replace("’", "'")


@cache
def table(name: str) -> dict[str, Any]:
    """A data file as it stands."""
    return tomllib.loads(files("storyreel.writing").joinpath("data", f"{name}.toml").read_text("utf-8"))


def listed(name: str, *path: str) -> tuple[str, ...]:
    """The list of strings at a path of a data file, or nothing where there is none."""
    found: Any = table(name)
    for key in path:
        found = found.get(key, {})
    return tuple(str(one) for one in found) if isinstance(found, list) else ()  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]


@cache
def field_words(name: str, language: Language) -> Words:
    """The words of one field in one language, as `data/<name>.toml` lists them: value -> language -> words."""
    return Words(((word, value) for value in table(name) for word in listed(name, value, language.value)), language)


@cache
def row_words(name: str, row: str, language: Language) -> Words:
    """The words of one row: a list per language, or a table of lists whose keys are the values."""
    told: Any = table(name)[row][language.value]
    if isinstance(told, dict):
        rows = cast(dict[str, list[str]], told)
        return Words([(word, value) for value, words in rows.items() for word in words], language)
    return Words([(word, row) for word in cast(list[str], told)], language)
