"""What is told in the past, put into the present: "He walked" is seen as "He walks", «Он шёл» as «Он идёт»."""

import re
from functools import cache

from storyreel.domain.values import Language
from storyreel.writing.known import mentions
from storyreel.writing.verbs import past_forms, present_forms, third_person
from storyreel.writing.words import WORD, folded, table

_PLURAL = frozenset({"they", "we", "you", "i", "both", "all", "people", "everyone's"})
_SINGULAR = frozenset(
    {"he", "she", "it", "who", "which", "that", "one", "everyone", "someone", "nobody", "everything", "something"}
)
_BE = {
    "was": "is",
    "were": "are",
    "wasn't": "isn't",
    "weren't": "aren't",
    "had": "has",
    "hadn't": "hasn't",
    "did": "does",
    "didn't": "doesn't",
}
_ARTICLES = frozenset({"the", "a", "an", "his", "her", "its", "their"})
_PREPOSITIONS = frozenset(
    {"of", "in", "on", "at", "with", "by", "along", "over", "to", "from", "under", "through", "behind", "near"}
)
_HELPERS = frozenset(
    {
        "was",
        "were",
        "had",
        "has",
        "have",
        "is",
        "are",
        "been",
        "be",
        "being",
        "did",
        "didn't",
        "not",
        "to",
        "could",
        "would",
        "n't",
        "never's",
    }
)
_REMAINING = frozenset({"second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "chance", "time", "nothing"})
_NO_VERBS = frozenset(
    {
        "red",
        "bed",
        "shed",
        "sled",
        "hundred",
        "indeed",
        "need",
        "seed",
        "speed",
        "weed",
        "feed",
        "bleed",
        "breed",
        "wicked",
        "naked",
        "sacred",
        "beloved",
        "left",
    }
)
_NOUNS = frozenset({"дела", "дело", "жила", "пола", "села", "слуга", "игла", "стали", "брали", "доля"})  # also nouns
_MANY = ("s", "men", "people", "children", "police")  # how nouns of many end
_ONE = ("ss", "us")  # and those of one that end alike
_CVC = re.compile(r"^[^aeiou]*[aeiou][^aeiouwxy]$")


def in_present(text: str, language: Language) -> str:
    """The text with its past verbs in the present; Chinese has no tense to change."""
    match language:
        case Language.ENGLISH:
            return _english(text)
        case Language.RUSSIAN:
            return WORD.sub(lambda one: _russian_form(one.group()), text)
        case Language.CHINESE:
            return text


def _english(text: str) -> str:
    """Past verbs whose subject stands before them; the subject tells one from many."""
    words = list(WORD.finditer(text))
    nouns = {one.end for one in mentions(text, Language.ENGLISH)}
    told = list[str]()
    past, many, open_clause = 0, False, False
    for at, match in enumerate(words):
        word = folded(match.group())
        before = folded(words[at - 1].group()) if at else ""
        is_many = _is_many(word, before, folded(words[at - 2].group()) if at > 1 else "", is_noun=match.end() in nouns)
        if is_many is not None:
            many, open_clause = is_many, True
        elif match.group()[0].isupper() and at and not many:
            open_clause = True
        is_like = word.endswith("ed") and before in present_forms()  # "pours steamed milk"
        new = _present(word, before, many=many) if open_clause and not is_like else None
        if new:
            told += [text[past : match.start()], new]
            past = match.end()
    return "".join([*told, text[past:]])


def _is_many(word: str, before: str, two_before: str, *, is_noun: bool) -> bool | None:
    """Whether a subject is many, or None where the word is no subject; a word after an article may be one that is not known."""
    if word in _PLURAL or word in _SINGULAR:
        return word in _PLURAL
    if is_noun and before not in _PREPOSITIONS:
        return word.endswith(_MANY) and not word.endswith(_ONE)
    if not is_noun and before in _ARTICLES and two_before not in _PREPOSITIONS and word not in past_forms():
        return word.endswith("s") and not word.endswith(_ONE)
    return None


def _present(word: str, before: str, *, many: bool) -> str | None:
    """The present form of a past one, or None where it is none."""
    if word in _BE:
        form = _BE[word]
        return {"has": "have", "hasn't": "haven't", "does": "do", "doesn't": "don't"}.get(form, form) if many else form
    if before in _HELPERS or before in _ARTICLES or (word == "left" and before in _REMAINING):
        return None
    lemma = past_forms().get(word)
    if lemma is None and word.endswith("ed") and len(word) > 4 and word not in _NO_VERBS:
        lemma = _lemma(word)
    return None if lemma is None else lemma if many else third_person(lemma)


def _lemma(word: str) -> str:
    """The verb that a regular past form comes from: creaked, danced, stopped, hurried."""
    if word.endswith("ied"):
        return f"{word[:-3]}y"
    stem = word[:-2]
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "lsfz":
        return stem[:-1]
    takes_e = stem[-1] in "cvzu" or stem.endswith("dg") or (stem[-1] == "s" and stem[-2] != "s")
    return f"{stem}e" if takes_e or _CVC.match(stem) else stem


def _russian_form(word: str) -> str:
    form = _russian_forms().get(folded(word))
    return word if form is None else form.capitalize() if word[0].isupper() else form


@cache
def _russian_forms() -> dict[str, str]:
    """Every past form of the listed verbs, and its present."""
    found: dict[str, str] = {}
    for present, pasts in table("tense")["ru"].items():
        one, many = present.split()
        for past in pasts:
            if past.startswith("//"):
                found[past[2:]] = many
            elif past.startswith("/"):
                found[past[1:]] = one
            else:
                stem, back = past.removesuffix("~"), past.endswith("~")
                ends = (
                    (("лся", one), ("лась", one), ("лось", one), ("лись", many))
                    if back
                    else (("л", one), ("ла", one), ("ло", one), ("ли", many))
                )
                found |= {folded(stem + end): form for end, form in ends}
    return {form: present for form, present in found.items() if form not in _NOUNS}
