"""Finds the lexicon's words in a text: the longest at each point, left to right, none over another."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from storyreel.domain.values import Language
from storyreel.lexicon import english, russian
from storyreel.lexicon.concepts import Concept, Place

Target: TypeAlias = Concept | Place | None
"""What an entry stands for; None: a guard, which keeps others from its words."""

_TOKEN = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['’]s\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text, as it is looked up, and where it stands."""

    form: str
    start: int
    end: int
    capital: bool
    joined: bool  # to the word before it: only spaces or a hyphen between


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or phrase: for each of its tokens the forms it may have."""

    word: str
    forms: tuple[frozenset[str], ...]
    target: Target
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """An entry found in a text; `tokens` are the numbers of its first and last token."""

    entry: Entry
    start: int
    end: int
    tokens: tuple[int, int]


Index: TypeAlias = Mapping[str, tuple[Entry, ...]]
"""Entries by the forms of their first token (Chinese: by their first character), longest first."""


def entry(word: str, target: Target, language: Language, irregular: Mapping[str, str], *, is_name: bool = False) -> Entry:
    """A word of the lexicon with every form it takes."""
    if language is Language.CHINESE:
        return Entry(word, tuple(frozenset({character}) for character in word), target, is_name)
    if language is Language.ENGLISH:
        return Entry(word, english.forms(word), target, is_name)
    forms = russian.forms(word, irregular)
    if is_name:  # no bare stems: Вася would take the polite Вас, Люда the Люди that begin a sentence
        forms = tuple(frozenset(form for form in some if len(form) >= len(word)) for some in forms)
    return Entry(word, forms, target, is_name)


def index(entries: Iterable[Entry], blocked: frozenset[str]) -> Index:
    """Entries made ready for `matches`; single words lose their blocked forms."""
    by_form: dict[str, list[Entry]] = {}
    for one in entries:
        for form in one.forms[0] - blocked if len(one.forms) == 1 else one.forms[0]:
            by_form.setdefault(form, []).append(one)
    return {form: tuple(sorted(found, key=lambda one: (-len(one.forms), one.word != form))) for form, found in by_form.items()}


def tokens(text: str, language: Language) -> tuple[Token, ...]:
    """The words of a text; in Chinese each character is one."""
    if language is Language.CHINESE:
        return tuple(Token(character.lower(), at, at + 1, capital=True, joined=True) for at, character in enumerate(text))
    plain = _POSSESSIVE.sub("  ", text) if language is Language.ENGLISH else text
    return tuple(_tokens(plain, language))


def _tokens(text: str, language: Language) -> Iterator[Token]:
    before = 0
    for found in _TOKEN.finditer(text):
        form = russian.normal(found[0]) if language is Language.RUSSIAN else found[0].lower()
        joined = not text[before : found.start()].strip(" \t\n-‐‑")
        yield Token(form, found.start(), found.end(), found[0][:1].isupper(), joined)
        before = found.end()


def matches(words: tuple[Token, ...], known: Index, fits: Callable[[Entry, int], bool]) -> Iterator[Match]:
    """What a text names, in order; `fits` may refuse an entry at a token."""
    at = 0
    while at < len(words):
        found = next((one for one in known.get(words[at].form, ()) if _stands_at(one, words, at) and fits(one, at)), None)
        if found is None:
            at += 1
            continue
        last = at + len(found.forms) - 1
        yield Match(found, words[at].start, words[last].end, (at, last))
        at = last + 1


def _stands_at(one: Entry, words: tuple[Token, ...], at: int) -> bool:
    if at + len(one.forms) > len(words) or (one.is_name and not words[at].capital):
        return False
    return all(words[at + k].form in forms and (k == 0 or words[at + k].joined) for k, forms in enumerate(one.forms))
