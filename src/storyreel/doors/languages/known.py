"""What other rooms say with facts in it, known again by its shape and said in a reader's language."""

import re
from collections.abc import Mapping
from functools import cache
from string import Formatter

from storyreel.domain.values import Language
from storyreel.doors.languages.remarks import OF_BOARDS, OF_CATALOGUES, OF_COMMAND_LINES, OF_ENDS, OF_MACHINES, OF_STORES
from storyreel.doors.languages.sayings import OF_FILMS, OF_PLANS, OF_WISHES
from storyreel.doors.languages.verdicts import OF_BUDGETS, OF_FILES, OF_FORMS, OF_MODELS, OF_TAKES, OF_WAYS
from storyreel.doors.languages.words import translations

SAYINGS = (
    *(*OF_WISHES, *OF_FILMS, *OF_PLANS, *OF_BOARDS, *OF_MACHINES, *OF_STORES, *OF_ENDS, *OF_CATALOGUES, *OF_COMMAND_LINES),
    *(*OF_FILES, *OF_FORMS, *OF_BUDGETS, *OF_MODELS, *OF_TAKES, *OF_WAYS),
)
LEAST = 5
"""Characters of its own by which a text is known whatever it names; one with fewer must name only what is known."""

IN_WORDS = {
    *("what", "problem", "remedy", "use", "why", "those", "instead", "cut", "parts", "shots", "ways", "state"),
    *("mode", "one", "other", "size", "move", "way", "whose", "kind", "setting", "named", "reason", "settings"),
}
"""Names of facts that are words of ours; the others are names and numbers, which every language has as they are."""

OF_ONE_NAME = {"name", "model", "shot", "provider"}
"""Names of facts in which no sentence ends."""

COMMAS = {Language.CHINESE: "、"}
"""Between the members of a list, where that is no comma and space."""

DECIMAL = re.compile(r"\d+\.\d+")


def said_again(english: str, language: Language) -> str | None:
    """An English text of another room in that language, with what it names; None for one that is not known."""
    if language is Language.ENGLISH:
        return english
    for text, shape in _shapes():
        if found := shape.fullmatch(english):
            named = found.groupdict()
            facts = {name: _fact(name, fact, language) for name, fact in named.items()}
            if _weight(text) >= LEAST or _is_known(named, facts):
                return translations(language).gettext(text).format(**facts)
    return None


def known_or(english: str, language: Language) -> str:
    """A text of another room in that language, a list one by one; and the text itself where that is not known."""
    if language is Language.ENGLISH or not english:
        return english
    said = translations(language).gettext(english)
    if said != english:
        return said
    parts = english.split(", ")
    each = [known_or(one, language) for one in parts] if len(parts) > 1 else []
    if each and all(one != part for one, part in zip(each, parts, strict=True)):
        return COMMAS.get(language, ", ").join(each)
    return said_again(english, language) or english


def _is_known(named: Mapping[str, str], facts: Mapping[str, str]) -> bool:
    """Whether all that a text names in words of ours is known: one that says little itself could be anything."""
    words = named.keys() & IN_WORDS
    return bool(words) and all(facts[name] != named[name] for name in words)


def _fact(name: str, told: str, language: Language) -> str:
    if language is Language.RUSSIAN and DECIMAL.fullmatch(told):
        return told.replace(".", ",")
    if name not in IN_WORDS:
        return told
    known = known_or(told, language)
    return known if known != told else ", ".join(known_or(one, language) for one in told.split(", "))


@cache  # the texts do not change while it runs
def _shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((text, re.compile(_shape(text), re.DOTALL)) for text in sorted(SAYINGS, key=_weight, reverse=True))


def _weight(text: str) -> int:
    """How much of a text is its own: the one that says more itself is the nearer one."""
    return sum(len(own) for own, _, _, _ in Formatter().parse(text))


def _shape(text: str) -> str:
    return "".join(re.escape(own) + (_any(name) if name else "") for own, name, _, _ in Formatter().parse(text))


def _any(name: str) -> str:
    return f"(?P<{name}>(?:(?![.:] ).)+?)" if name in OF_ONE_NAME else f"(?P<{name}>.+?)"
