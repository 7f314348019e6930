"""What is done in a text: verbs, the pose they give a body and the intent they give a shot."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from storyreel.domain.storyboard import Move, Pace, Pose, ShotSize
from storyreel.domain.values import Language
from storyreel.writing.words import WORD, Hit, Words, folded, listed, table

_VOWELS = "aeiou"
_BEFORE_NOUNS = frozenset(
    [
        "a",
        "an",
        "the",
        "his",
        "its",
        "my",
        "your",
        "our",
        "their",
        "this",
        "that",
        "first",
        "last",
        "no",
        "of",
        "in",
        "at",
        "on",
        "with",
        "by",
        "every",
        "each",
        "some",
    ]
)
_TELLS = re.compile(  # what a thing is like, before it: "through falling snow"
    r"\b(?:through|into|from|under|over|across|along|past|beneath|towards?|against|amid|onto|among)\s+\w+ing\s+$", re.IGNORECASE
)
_BEFORE_VERBS = frozenset({"helps", "lets", "makes", "goes", "comes", "dares", "is", "was", "has"})
_WITH_MORE = re.compile(  # "looks at the city lights": a word in -s that ends what a preposition begins
    r"\b(?:at|of|in|on|by|with|from|under|over|through|into|to|for|past|towards?|along|across|behind|beneath|among)\s+"
    r"(?:the|a|an|his|her|its|their|these|those)\s+\w+\s+$",
    re.IGNORECASE,
)
_NEXT_CLAUSE = re.compile(r"[^\w\s'’-]|\b(?:and|but|or|as|while|when|where|then|until|who|which|that)\b", re.IGNORECASE)
_OF_WHOM = re.compile(r"\b(?:who|which|that)\s+(?:\w+\s+)?$", re.IGNORECASE)
_CLAUSE_BEGINS = re.compile(r"(?:^|[^\w\s]|\b(?:and|but|as|while|the|a|all))\s*$", re.IGNORECASE)
_NOT_DONE = {
    Language.ENGLISH: re.compile(
        r"(?:\b(?:not|never|cannot|without|nor)|n['’]t)\s+(?:(?:want|wish|like|try|need|dare|have|able)\s+to\s+|even\s+|be\s+)?$"
        r"|\b(?:refuses?|refused|unable|too\s+\w+)\s+to\s+$",
        re.IGNORECASE,
    ),
    Language.RUSSIAN: re.compile(r"(?:^|\W)не\s+(?:(?:хоч|мож|мог|люб|уме|жела|ста|буд|смог|реша)\w*\s+)?$", re.IGNORECASE),
    Language.CHINESE: re.compile(
        r"(?:(?<!不得)不|(?<!差点)没|没有|(?<![分特告区])别|未|不想|不能|不会|不敢|不愿意?|不肯|不要|无法)$"
    ),
}
_NOT_TOLD = {  # before what is only wished or can be done, or tells of whom something is said
    Language.ENGLISH: re.compile(
        r"(?:\b(?:to|can|could|may|might|must|shall|should|will|would|who|which|that)|['’](?:ll|d))\s+(?:\w+ly\s+)?$",
        re.IGNORECASE,
    ),
    Language.RUSSIAN: re.compile(r"(?<!\w)котор\w+\s+$", re.IGNORECASE),
    Language.CHINESE: re.compile(r"(?:会|能|想|要|喜欢|可以)$"),
}
_INFINITIVE = re.compile(r"(?:ть|ти|чь)(?:ся)?$")  # «любит бегать, прыгать»
_RU_ADJECTIVE = re.compile(r"(?<![щ])(?:ый|ий|ая|яя|ое|ее|ые|ие|ую|юю|ого|его|ому|ему|ыми|ими|ых)$")  # «грустный», not «спящий»
_REACH = 40  # characters before a verb in which it is told that it is not done
_MEANWHILE = re.compile(r"(?:ing|вшись|ясь)$")  # "walks, humming"
_WHOLE = {"is", "are", "am", "was", "has"}  # not conjugated
_HELPING = _WHOLE | {"were", "be", "been"}


@dataclass(frozen=True, slots=True)
class Action:
    """A group of verbs that look alike on the screen."""

    id: str
    pose: Pose
    intent: str


@dataclass(frozen=True, slots=True)
class Intent:
    """How a beat of this kind is shot, by preference."""

    id: str
    sizes: tuple[ShotSize, ...]
    moves: tuple[Move, ...]
    pace: Pace
    seconds: float
    weight: int


@cache
def action(id: str) -> Action:
    """The action of that id in `data/actions.toml`."""
    row = table("actions")[id]
    return Action(id, Pose(str(row["pose"])), str(row["intent"]))


@cache
def intent(id: str) -> Intent:
    """The intent of that id in `data/intents.toml`."""
    row = table("intents")[id]
    sizes = tuple(ShotSize(size) for size in listed("intents", id, "sizes"))
    moves = tuple(Move(move) for move in listed("intents", id, "moves"))
    return Intent(id, sizes, moves, Pace(str(row["pace"])), float(str(row["seconds"])), int(str(row["weight"])))


_RU_LIKE = re.compile(  # надвигается; (вор) грабит, украл
    r"(?<!\w)\w{2,}тся(?!\w)|(?<=\s)\w{2,}(?:[аеиуюя]т|[аеиоуыя]л(?:[аои]|[аои]?с[ья])?)(?!\w)", re.IGNORECASE
)


def like_verbs(text: str, language: Language) -> Iterator[int]:
    """Where words begin that end as verbs do, known or not; a subject may end so, too."""
    if language is Language.RUSSIAN:
        yield from (match.start() for match in _RU_LIKE.finditer(text))


def done_in_turn(text: str, language: Language) -> set[int]:
    """Where verbs begin of what may be done one after the other; what is told by a participle is done meanwhile."""
    return {one.start for one in verbs(text, language) if not _MEANWHILE.search(text[one.start : one.end])}


def are_alike(text: str, first: int, further: int, language: Language) -> bool:
    """Whether verbs that begin at two places are told alike, and of what is done: not "loves to run, play"."""
    if _NOT_TOLD[language].search(text, max(0, first - _REACH), first):
        return False
    if language is Language.ENGLISH:
        return bool(_forms(_word_at(text, first)) & _forms(_word_at(text, further)))
    return language is Language.CHINESE or not any(_INFINITIVE.search(_word_at(text, at)) for at in (first, further))


def _word_at(text: str, at: int) -> str:
    """The word in lower case that begins at a place; empty where none does."""
    match = WORD.match(text, at)
    return folded(match.group()) if match else ""


def _forms(word: str) -> set[str]:
    """What an English verb's form may be: "cut" is told of now and of before."""
    if word in present_forms():
        return {"does"}
    past = {"did"} if word.endswith("ed") or word in past_forms() else set[str]()
    return past if past and past_forms().get(word) != word else past | {"do"}


def verbs(text: str, language: Language) -> tuple[Hit, ...]:
    """The verbs of what is done in a text, in order; a hit's value is the action's id.

    In English a word after an article is no verb. What is not done, "does not want to sleep", is none in any language.
    """
    found = tuple(one for one in _verbs(language).find(text) if not _is_not_done(one, text, language))
    if language is Language.RUSSIAN:
        return tuple(one for one in found if not _RU_ADJECTIVE.search(text[one.start : one.end].lower()))
    if language is not Language.ENGLISH:
        return found
    told: list[Hit] = []
    for one, after in zip(found, (*found[1:], None), strict=False):
        if not _is_noun(one, text) and not _names_many(one, after, text) and not _ends_a_phrase(one, told, text):
            told.append(one)
    return tuple(told)


def _is_not_done(one: Hit, text: str, language: Language) -> bool:
    return bool(_NOT_DONE[language].search(text, max(0, one.start - _REACH), one.start))


def _ends_a_phrase(one: Hit, told: Sequence[Hit], text: str) -> bool:
    """Whether a word in -s is the last of where, or at what, something is done that was told: "looks at the city lights"."""
    if not told or not text[one.start : one.end].endswith("s"):
        return False
    before = told[-1]
    if _is_aside(before, text) or _OF_WHOM.search(text, max(0, before.start - 24), before.start):
        return False
    goes_on = _WITH_MORE.search(text, max(before.end, one.start - 48), one.start)
    return goes_on is not None and not _NEXT_CLAUSE.search(text, before.end, one.start)


def _is_aside(one: Hit, text: str) -> bool:
    """Whether a verb only tells of whom something is said: "a man sitting on the bench reads"."""
    first = text[one.start : one.end].split(maxsplit=1)[0]
    return first.endswith(("ing", "ed")) and _word_before(one, text) not in _HELPING


def _word_before(one: Hit, text: str) -> str:
    """The word before a hit; empty at the beginning."""
    before = WORD.findall(text[max(0, one.start - 16) : one.start])
    return folded(before[-1]) if before else ""


def _names_many(one: Hit, after: Hit | None, text: str) -> bool:
    """Whether a word in -s that begins a clause is no verb, but who does the one right behind it: "lights go out"."""
    word = text[one.start : one.end]
    if after is None or after.start != one.end + 1 or not word.endswith("s") or folded(word) in _BEFORE_VERBS:
        return False
    does = text[after.start : after.end].split(maxsplit=1)[0]
    return bool(_CLAUSE_BEGINS.search(text[: one.start])) and not does.endswith(("s", "ing", "ed"))


def _is_noun(one: Hit, text: str) -> bool:
    last = _word_before(one, text)
    if _TELLS.search(text, max(0, one.start - 32), one.end + 1):
        return True
    return (last in _BEFORE_NOUNS or last.endswith("'s")) and text[one.start - 1] == " "


@cache
def _verbs(language: Language) -> Words:
    return Words(_entries(language), language)


def _entries(language: Language) -> Iterator[tuple[str, str | None]]:
    for id in table("actions"):
        for entry in listed("actions", id, language.value):
            if language is Language.ENGLISH:
                hides = "!" if entry.startswith("!") else ""
                yield from ((hides + form, id) for form in english_forms(entry.removeprefix("!")))
            else:
                yield entry, id


def english_forms(entry: str) -> tuple[str, ...]:
    """Every form of a listed verb: "walk", "run/ran/running" or "pick up"."""
    verb, _, rest = entry.partition(" ")
    lemma, *others = verb.split("/")
    forms = (lemma,) if lemma in _WHOLE else (lemma, third_person(lemma), _participle(lemma), *(others or (_past(lemma),)))
    return tuple(dict.fromkeys(f"{form} {rest}".strip() for form in (*forms, *others)))


@cache
def past_forms() -> dict[str, str]:
    """Every English past form of a listed verb, and the verb it comes from."""
    found: dict[str, str] = {}
    for id in table("actions"):
        for entry in listed("actions", id, Language.ENGLISH.value):
            lemma, *others = entry.split("/")
            if " " not in entry and lemma not in _WHOLE:
                found.setdefault(others[0] if others else _past(lemma), lemma)
    return {past: lemma for past, lemma in found.items() if past not in {"lay", "left", "saw"}} | {
        "left": "leave",
        "saw": "see",
        "lay": "lie",
    }


@cache
def present_forms() -> frozenset[str]:
    """The form for he, she, it of every listed verb that is one word."""
    lemmas = (one.split("/")[0] for id in table("actions") for one in listed("actions", id, Language.ENGLISH.value))
    return frozenset(third_person(one) for one in lemmas if one.isalpha() and one not in _WHOLE)


def third_person(lemma: str) -> str:
    """The form for he, she, it."""
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{lemma}es"
    return f"{lemma[:-1]}ies" if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS else f"{lemma}s"


def _participle(lemma: str) -> str:
    if lemma.endswith("ie"):
        return f"{lemma[:-2]}ying"
    bare = lemma[:-1] if lemma.endswith("e") and not lemma.endswith("ee") else lemma
    return f"{bare}ing"


def _past(lemma: str) -> str:
    if lemma.endswith("e"):
        return f"{lemma}d"
    return f"{lemma[:-1]}ied" if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS else f"{lemma}ed"


def is_word(text: str) -> bool:
    """Whether a text has a letter or digit at all."""
    return bool(re.search(r"\w", text))
