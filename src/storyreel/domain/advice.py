"""What a message tells a person to do or to give, as data, so that each door says it in its own words."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Self

from typing_extensions import override


class Remedy(StrEnum):
    """Something that helps; its value is how the command line says it."""

    BUDGET = "--budget"
    ALLOW_UNPRICED = "--allow-unpriced"
    AT_ANY_PRICE = "--yes or at_any_price"
    DRAW = "--model animatic"
    WRITE_BY_RULES = "--writer rules"
    KEYFRAMES = "--joins keyframes"
    CHAIN = "--joins chain"
    ANIMATE = "`storyreel animate`"
    MODELS = "`storyreel models`"
    FILMS = "`storyreel films`"
    RESUME = "`storyreel resume`"
    APPROVE = "storyreel approve {film}"
    UNLOCK = "storyreel unlock {film} {shot}"
    RETAKE = "`storyreel retake {film} {shot}`"
    REWORD = "storyreel retake {film} {shot} --prompt '...'"
    TOOLS = "`storyreel tools list`"
    GO_ON = "`storyreel resume {film}`"
    ATTENTION = "`storyreel attention`"
    SWEEP = "`storyreel gc`"
    KEYS = "`storyreel keys list`"
    WORKER = "`storyreel worker`"
    ASSET = "the digest of an asset of yours"

    def of(self, **names: str) -> "NamedRemedy":
        """The same for this film and shot."""
        return NamedRemedy(self, names)


UNNAMED = {"film": "FILM", "shot": "SHOT"}
"""How a film and a shot are told that are not known."""


class NamedRemedy(str):
    """A remedy for a film or a shot, in the command line's words."""

    __slots__ = ("names", "remedy")

    remedy: Remedy
    names: Mapping[str, str]

    def __new__(cls, remedy: Remedy, names: Mapping[str, str]) -> Self:
        """The command line's words, with these names in them."""
        made = super().__new__(cls, remedy.value.format(**names))
        made.remedy, made.names = remedy, names
        return made

    @override
    def __reduce__(self) -> tuple[type["NamedRemedy"], tuple[Remedy, Mapping[str, str]]]:
        return NamedRemedy, (self.remedy, self.names)


class Advice(str):
    """A message of several parts, in the command line's words until a door says its remedies in its own."""

    __slots__ = ("parts",)

    parts: tuple[str, ...]

    def __new__(cls, *parts: str) -> Self:
        """Text, remedies, and advice whose parts become its own."""
        flat = tuple(one for part in parts for one in (part.parts if isinstance(part, Advice) else (part,)))
        made = super().__new__(cls, "".join(flat))
        made.parts = flat
        return made

    @override
    def __reduce__(self) -> tuple[type["Advice"], tuple[str, ...]]:
        return Advice, self.parts

    def worded(self, words: Mapping[Remedy, str]) -> str:
        """The same with the remedies in these words, each of which may have `{film}` and `{shot}` in it."""
        return "".join(_worded(part, words) for part in self.parts)


def recalled(message: str, film: str) -> Advice:
    """A film's message that was kept in the command line's words, so that a door can say its remedies in its own."""
    parts: list[str] = []
    rest = 0
    for found in _remedies().finditer(message):
        if found.lastgroup is None:  # a command, whose options stay its words
            continue
        remedy = Remedy[found.lastgroup]
        named = _named(remedy).fullmatch(found[0])
        parts += [message[rest : found.start()], remedy.of(**{"film": film, **(named.groupdict() if named else {})})]
        rest = found.end()
    return Advice(*parts, message[rest:])


_NAME = "[A-Za-z0-9_-]+"
_OTHER_COMMAND = "`storyreel [^`]*`"


def _pattern(remedy: Remedy, name: str) -> str:
    return re.sub(r"\\\{(\w+)\\\}", name, re.escape(remedy.value))


@cache
def _named(remedy: Remedy) -> re.Pattern[str]:
    return re.compile(_pattern(remedy, rf"(?P<\1>{_NAME})"))


@cache
def _remedies() -> re.Pattern[str]:
    longest_first = sorted(Remedy, key=lambda remedy: len(remedy.value), reverse=True)
    known = (f"(?P<{remedy.name}>{_pattern(remedy, _NAME)})" for remedy in longest_first)
    return re.compile("|".join((*known, _OTHER_COMMAND)))


def _worded(part: str, words: Mapping[Remedy, str]) -> str:
    if isinstance(part, NamedRemedy):
        return words[part.remedy].format(**part.names) if part.remedy in words else part
    return words[part].format(**UNNAMED) if isinstance(part, Remedy) and part in words else part
