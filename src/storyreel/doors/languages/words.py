"""Words in a reader's language, from the gettext catalogues beside this file; what has no translation is said in English.

`scripts/translate.py` gathers what is to be said into `LANGUAGE/LC_MESSAGES/storyreel.po` and compiles each to `.mo`.
"""

import gettext
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from storyreel.domain.values import Language

HERE = Path(__file__).parent
DOMAIN = "storyreel"

NAMES = {Language.ENGLISH: "English", Language.RUSSIAN: "Русский", Language.CHINESE: "中文"}
"""Each language as its own readers call it."""

LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The variables of a system's environment that say in which language messages are; the first that is set holds."""


def N_(text: str) -> str:  # noqa: N802  gettext's own name for what is translated later
    """A text that is to be translated where it is said."""
    return text


@cache  # a package does not change while it runs
def translations(language: Language) -> gettext.NullTranslations:
    """The words of a language."""
    return gettext.translation(DOMAIN, HERE, languages=[language.value], fallback=True)


def language_of(environment: Mapping[str, str]) -> Language:
    """The language in which a system's environment wants messages, by LC_ALL, LC_MESSAGES or LANG; English if not one of ours."""
    wish = next((environment[name] for name in LOCALES if environment.get(name)), "").lower()
    return next((language for language in Language if wish.startswith(language.value)), Language.ENGLISH)


def spoken(accepted: str) -> Language:
    """The first language of an Accept-Language header that we speak; English where there is none."""
    return next(_known(accepted), Language.ENGLISH)


def _known(accepted: str) -> Iterator[Language]:
    wishes: list[tuple[float, str]] = []
    for wish in accepted.split(","):
        name, _, parameters = wish.strip().partition(";")
        weight = parameters.strip().removeprefix("q=")
        try:
            wishes.append((float(weight) if weight else 1.0, name.strip().lower().partition("-")[0]))
        except ValueError:
            continue
    for weight, name in sorted(wishes, key=lambda one: -one[0]):
        if weight > 0 and name in set(Language):
            yield Language(name)
