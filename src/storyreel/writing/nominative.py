"""Russian words that a preposition governs, as the subject of a sentence: «старом маяке» as «старый маяк».

Nouns are those of the lexicon; an adjective follows its noun. What no rule tells stays as it is.
"""

import re

from storyreel.domain.values import Language
from storyreel.lexicon import Mention
from storyreel.writing.known import mentions
from storyreel.writing.words import folded, listed

_WORD = re.compile(r"\s*([\w-]+)")
_AND = re.compile(r"\s+и\s+")
_MOST_ADJECTIVES = 3
_ENDING = re.compile(r"(?:ого|его|ому|ему|ыми|ими|ом|ем|ую|юю|ой|ей|ых|их)$")
_FEMININE, _PLURAL = frozenset({"ую", "юю", "ой", "ей"}), frozenset({"ых", "их", "ыми", "ими"})
_HUSHING, _BEFORE_I = "жшчщц", "гкхжшчщ"
_MANY = re.compile(r"(?:ах|ях|ов|ев|ей)$")


def nominative(phrase: str) -> str:
    """A phrase whose first nouns, with "and" between, stand in the nominative; what comes after them is left as it is."""
    named = {one.start: one for one in mentions(phrase, Language.RUSSIAN)}
    done, at = "", 0
    while (noun := _noun_at(phrase, at, named)) is not None:
        done, at = done + _group(phrase[at : noun.start], noun), noun.end
        joined = _AND.match(phrase, at)
        if joined is None or _noun_at(phrase, joined.end(), named) is None:
            break
        done, at = done + joined.group(), joined.end()
    return done + phrase[at:]


def _noun_at(phrase: str, at: int, named: dict[int, Mention]) -> Mention | None:
    """The noun of the group that begins here, behind at most some adjectives."""
    for _ in range(_MOST_ADJECTIVES + 1):
        word = _WORD.match(phrase, at)
        if word is None or word.start(1) in named:
            return named[word.start(1)] if word else None
        if not _ENDING.search(folded(word.group(1))):
            return None
        at = word.end()
    return None


def _group(before: str, noun: Mention) -> str:
    """A noun with the adjectives before it; as they are where several are meant and no rule tells their form."""
    words = before.split()
    endings = [found.group() for word in words if (found := _ENDING.search(folded(word)))]
    many = any(ending in _PLURAL for ending in endings) or _is_many(noun)
    subject = _many(noun) if many else noun.word
    if not subject:
        return f"{before}{noun.text}"
    return " ".join([*(_adjective(word, subject, many=many) for word in words), subject])


def _is_many(noun: Mention) -> bool:
    text = folded(noun.text)
    return not noun.is_name and text != folded(noun.word) and bool(_MANY.search(text))


def _many(noun: Mention) -> str:
    """The nominative plural: «котах» and «котов» as «коты»; empty where no rule tells it."""
    text, word = folded(noun.text), folded(noun.word)
    if " " in word:
        return ""
    if word.endswith(("онок", "енок")):
        return word[:-4] + ("ата" if word[-5] in _HUSHING else "ята")
    stem = _MANY.sub("", text) if _MANY.search(text) else word[:-1] if word[-1] in "аяое" else ""
    if not stem or stem[-1] == "ь":
        return f"{stem}я" if stem else ""
    if word[-1] in "ое":
        return f"{stem}а"
    return stem + ("и" if word[-1] in "ьйя" or stem[-1] in _BEFORE_I else "ы")


def _adjective(word: str, noun: str, *, many: bool) -> str:
    """An adjective as it stands before a noun in the nominative."""
    found = _ENDING.search(folded(word))
    if found is None:
        return word
    stem, ending = word[: found.start()], found.group()
    hushing, before_i, soft = stem[-1:] in _HUSHING, stem[-1:] in _BEFORE_I, ending[0] in "еюи"
    if many:
        return stem + ("ие" if before_i or ending[0] == "и" else "ые")
    if ending in _FEMININE:
        return stem + ("яя" if soft and not hushing else "ая")
    if noun.endswith(("о", "е")):
        return stem + ("ее" if soft else "ое")
    stressed = folded(stem) in listed("people", "stressed", "ru")
    return stem + ("ой" if stressed else "ий" if soft or before_i else "ый")
