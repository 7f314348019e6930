"""Whom "he", «ей» or “它” may mean: by the grammar of the language, persons and animals alike."""

import re
from enum import StrEnum

from storyreel.domain.storyboard import Figure
from storyreel.domain.values import Language
from storyreel.lexicon import Concept, Kind
from storyreel.writing.verbs import verbs
from storyreel.writing.words import Hit, field_words, folded, listed, row_words

_SENTENCE_END = re.compile(r"[.!?…。！？;；\n]")
_CLAUSE_BEGINS = re.compile(r"(?:^|[.,!?…:;。，！？；—-]|\b(?:and|but|while|и|а|но)|而)\s*$", re.IGNORECASE)
_RU_SUBJECTS = frozenset({"он", "она", "оно", "они", "я"})
_RU_EITHER = frozenset({"его", "ее", "их"})
_EN_SUBJECTS = frozenset({"he", "she", "it", "they", "i", "both", "together"})
_EN_EITHER = frozenset({"it", "both", "together"})
_EN_OBJECTS = frozenset({"him", "himself", "me", "myself"})
_EN_AFTER_OBJECT = re.compile(
    r"\s*(?:$|[^\w\s]|(?:a|an|the|his|her|its|some|two|one|and|but|or|as|to|in|on|at|from|with|by|for|into|off|up|down|out|"
    r"away|back|home|across|through|over|under|while|until|when|then|again|goodbye|\w+ly)\b)",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"\b(?:on|onto|in|into|at|to|after|from|with|by|over|under|behind|beside|near|through|around|towards?|past|for|of|off|inside|"
    r"across|along|before|against|upon|beneath|below|above)\s+$",
    re.IGNORECASE,
)
_IMPERSONAL = re.compile(r"\s*(?:'s|is|was|seems|looks|takes|becomes|happens|turns out|has been)\b", re.IGNORECASE)
_RU_AFTER_OBJECT = re.compile(
    r"\s*(?:$|[^\w\s]|(?:и|а|но|в|во|на|с|со|к|ко|у|о|от|до|за|из|по|под|над|при|для|без)\b)", re.IGNORECASE
)
_ZH_BEFORE_OBJECT = ("给", "向", "对", "跟", "着", "了", "把", "被", "和", "与", "到", "见", "为", "朝", "让", "看")


class Case(StrEnum):
    """What a pronoun does in its clause."""

    SUBJECT = "subject"
    OBJECT = "object"
    OWNER = "owner"  # "his sword"


def case_of(hit: Hit, text: str, language: Language) -> Case:
    """Whether a pronoun acts, is acted on, or owns what follows."""
    match language:
        case Language.ENGLISH:
            return _english_case(hit, text)
        case Language.RUSSIAN:
            return _russian_case(hit, text)
        case Language.CHINESE:
            return _chinese_case(hit, text)


def _english_case(hit: Hit, text: str) -> Case:
    word, after = folded(text[hit.start : hit.end]), text[hit.end :]
    if word in _EN_SUBJECTS:
        return Case.OBJECT if word in _EN_EITHER and _follows_verb(hit, text) else Case.SUBJECT
    if word in _EN_OBJECTS or (word == "her" and _EN_AFTER_OBJECT.match(after)):
        return Case.OBJECT
    return Case.OWNER


def _russian_case(hit: Hit, text: str) -> Case:
    word, after = folded(text[hit.start : hit.end]), text[hit.end :]
    if word in _RU_SUBJECTS:
        return Case.SUBJECT
    return Case.OWNER if word in _RU_EITHER and not _RU_AFTER_OBJECT.match(after) else Case.OBJECT


def _chinese_case(hit: Hit, text: str) -> Case:
    before, after = text[: hit.start], text[hit.end :]
    if after.startswith("的"):
        return Case.OWNER
    acted_on = before.endswith(_ZH_BEFORE_OBJECT) or any(one.end == hit.start for one in verbs(text, Language.CHINESE))
    return Case.OBJECT if acted_on else Case.SUBJECT


def is_impersonal(hit: Hit, text: str, language: Language) -> bool:
    """Whether an "it" that begins a clause may be nothing at all: "it rains", "it is late", "it gets dark"."""
    clause = re.split(r"[.,!?…。，！？;；]", text[hit.end :], maxsplit=1)[0]
    told = (*field_words("weather", language).find(clause), *field_words("time", language).find(clause))
    return bool(told) or bool(_IMPERSONAL.match(clause))


def _follows_verb(hit: Hit, text: str) -> bool:
    """Whether "it" stands right after its verb or a preposition: "the dog eats it", "lands on it"."""
    before = text[: hit.start]
    if _PREPOSITION.search(before):
        return True
    return any(not before[one.end :].strip() for one in verbs(text, Language.ENGLISH) if one.end <= hit.start)


def acts(hit: Hit, text: str, language: Language) -> bool:
    """Whether something is done by an "it": "it rains" and "it is late" mean nobody."""
    return any(hit.end <= one.start <= hit.end + 14 and one.value not in {"be", "begin"} for one in verbs(text, language))


def sentence_start(text: str, at: int) -> int:
    """Where the sentence that holds a position begins."""
    return max((match.end() for match in _SENTENCE_END.finditer(text, 0, at)), default=0)


def suits(kind: str, name: str, about: Concept | None, language: Language) -> int:
    """How well a pronoun's kind (man, woman, thing, self) fits someone: 2 surely, 1 perhaps, 0 not at all."""
    if kind == "self":
        return 2 * _is_one_of(about, "person")
    if about is not None and about.group and about.kind is Kind.PERSON:
        return 0
    is_person = about is None or about.kind is Kind.PERSON
    if kind == "thing":
        return 2 * (not is_person or _is_one_of(about, "robot"))
    if not is_person:
        return 2 * (gender(name) in {kind, "both"}) if language is Language.RUSSIAN else 1
    figure = about.look.figure if about and about.look else Figure.PERSON
    return 1 if figure is Figure.PERSON else 2 * (figure is (Figure.MAN if kind == "man" else Figure.WOMAN))


def _is_one_of(about: Concept | None, *ids: str) -> bool:
    return about is not None and about.id in ids


def gender(name: str) -> str:
    """The grammatical gender of a Russian name in its first form: man, woman, or both where it has none of the two."""
    for word in reversed(folded(name).split()):
        if word in listed("people", "feminine_soft", Language.RUSSIAN.value):
            return "woman"
        if word.endswith(("ая", "яя", "а", "я")):
            return "woman"
        if word.endswith(("о", "е")):
            return "both"
        return "man"
    return "both"


def named_so(text: str, language: Language) -> tuple[Hit, ...]:
    """The pronouns of a text, in order; a hit's value says whom they fit."""
    return row_words("people", "pronouns", language).find(text)


def one_of_two(text: str, language: Language) -> tuple[Hit, ...]:
    """Where "one" and "the other" are somebody: at the beginning of a clause, right before what they do."""
    starts = {hit.start for hit in verbs(text, language)}
    told = row_words("people", "one_of_two", language).find(text)
    return tuple(hit for hit in told if _CLAUSE_BEGINS.search(text, 0, hit.start) and _after(text, hit.end) in starts)


def _after(text: str, at: int) -> int:
    """Where the next word begins."""
    return at + len(text[at:]) - len(text[at:].lstrip())
