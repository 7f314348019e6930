"""What is in somebody's hands: the object of the last verb of giving, taking or showing, never what it came out of."""

import re
from functools import cache

from storyreel.domain.values import Language
from storyreel.lexicon import Concept, Kind, Stands, all_concepts
from storyreel.writing.verbs import verbs
from storyreel.writing.visual.seen import Seen

HANDS = "hands"  # the lexicon's id of a pair of hands
_POURED = frozenset({"tea", "soup", "milk", "wine", "beer", "water_glass", "noodles"})  # lies in no open hands
_HANDLING = frozenset({"give", "take", "carry", "find", "make"})
_BUSY = frozenset({"hands", "give", "reveal", "travel", "chase", "return", "rest", "play", "fight"})
_HANDED = frozenset({"hands", "give", "reveal", "embrace", "look", "feel", "talk"})
_PORTABLE = frozenset({Kind.OBJECT, Kind.FOOD, Kind.PLANT})
_HEAVIEST_M = 0.6  # of what no hand is made for, and yet is handed over: a cake, a box
_AWAY = {
    Language.ENGLISH: re.compile(
        r"\b(?:from|out of|off|in|into|inside|on|onto|at|to|near|for|by)\s+"
        r"(?:(?:the|a|an|his|her|its|their|my)\s+)?(?:[\w-]+\s+){0,2}$",
        re.IGNORECASE,
    ),
    Language.RUSSIAN: re.compile(
        r"(?:^|\s)(?:из|от|с|со|в|во|на|к|у|под|за|рядом с|для)\s+(?:[\w-]+(?:ой|ей|ого|его|ом|ем|ую|юю|ый|ий|их|ых)\s+)?$",
        re.IGNORECASE,
    ),
    Language.CHINESE: re.compile(r"(?:从|在|往|向|到|进)[^，。；、]{0,4}$"),
}
_WITH = {  # "with a magnifying glass", «с лупой», 用放大镜
    Language.ENGLISH: re.compile(r"\b(?:with|holding|using)\s+(?:a|an|the|his|her|their)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE),
    Language.RUSSIAN: re.compile(r"(?<!\w)со?\s+(?:[\w-]+(?:ой|ей|ым|им)\s+)?$", re.IGNORECASE),
    Language.CHINESE: re.compile(r"(?:用|拿着|握着|举着|提着|捧着)[^，。；、]{0,4}$"),
}
_BESIDE = {  # what somebody only is near
    Language.ENGLISH: re.compile(
        r"\b(?:beside|behind|under|beneath|over|above|past|around|next to|between|against|before|towards?)\s+"
        r"(?:(?:the|a|an|his|her|its|their|my)\s+)?(?:[\w-]+\s+){0,2}$",
        re.IGNORECASE,
    ),
    Language.RUSSIAN: re.compile(r"(?:^|\s)(?:над|возле|около|перед|мимо|через|между|рядом с)\s+(?:[\w-]+\s+)?$", re.IGNORECASE),
    Language.CHINESE: re.compile(r"(?!)"),  # told behind the thing
}
_ZH_NEAR = frozenset("旁边前后外")
_ZH_OBJECT = re.compile(r"[把将][^，。；、！？]{0,9}$")  # before the verb: 把一束花送到
_RU_WITH = re.compile(r"(?:ой|ей|ом|[её]м|ью|[ая]ми)$", re.IGNORECASE)  # how what one has along ends; «с полки» ends otherwise


def held_in(words: str, things: tuple[Seen, ...], shift: int, intent: str, language: Language) -> Seen | None:
    """The thing that is held in a beat, or None; `shift` is how far the things' places lie ahead of the words'."""
    spots = [(one, one.start - shift, one.end - shift) for one in things if is_portable(one)]
    spots = [spot for spot in spots if not _is_beside(spot[1], spot[2], words, language)]
    if intent not in _BUSY:
        return next((one for one, start, end in spots if _is_along(start, end, words, language)), None)
    spots = [
        spot for spot in spots if spot[0].concept and (spot[0].concept.kind is not Kind.PLANT or _is_picked(words, language))
    ]
    free = [(one, start, end) for one, start, end in spots if not _is_where(start, end, words, language)]
    handling = [hit for hit in verbs(words, language) if hit.value in _HANDLING]
    for at in range(len(handling) - 1, -1, -1):
        border = handling[at + 1].start if at + 1 < len(handling) else len(words)
        if found := next((one for one, start, _ in free if handling[at].end <= start < border), None):
            return found
        taken = (one for one, start, _ in reversed(free) if start < handling[at].start and _ZH_OBJECT.search(words[:start]))
        if found := next(taken, None):
            return found
    in_hand = [one for one, *_ in free or spots if one.concept and one.concept.stands is Stands.HAND]
    return in_hand[0] if in_hand else free[-1][0] if free and intent == "give" else None


def _is_picked(words: str, language: Language) -> bool:
    """Whether something that grows is given, taken or carried, and so is in a hand."""
    return any(hit.value in {"give", "take", "carry"} for hit in verbs(words, language))


def is_portable(one: Seen) -> bool:
    """Whether a hand can hold it at all."""
    about = one.concept
    if about is None or about.id == HANDS or about.kind not in _PORTABLE:
        return False
    return about.stands is Stands.HAND or about.height_m <= _HEAVIEST_M


def fills_palms(one: Seen) -> bool:
    """Whether it is small enough to lie in two open hands."""
    about = one.concept
    return (
        about is not None
        and about.id not in {HANDS, *_POURED}
        and about.kind in {Kind.OBJECT, Kind.FOOD}
        and about.height_m <= 0.4
        and about.stands in {Stands.HAND, Stands.TABLE}
    )


@cache
def hands() -> Concept | None:
    """A pair of hands as a subject, where the lexicon has one."""
    return next((one for one in all_concepts() if one.id == HANDS), None)


def is_handed_on(intent: str) -> bool:
    """Whether what was taken up before is still in the hand in a beat of this intent."""
    return intent in _HANDED


def _is_along(start: int, end: int, words: str, language: Language) -> bool:
    """Whether somebody is told to have a thing with them: "with a magnifying glass"."""
    if language is Language.RUSSIAN and not _RU_WITH.search(words[start:end]):
        return False
    return bool(_WITH[language].search(words[:start]))


def _is_beside(start: int, end: int, words: str, language: Language) -> bool:
    """Whether a thing only tells what somebody is near: "kneels beside a shoe"."""
    if language is Language.CHINESE:
        return words[end : end + 1] in _ZH_NEAR
    return bool(_BESIDE[language].search(words[:start]))


def _is_where(start: int, end: int, words: str, language: Language) -> bool:
    """Whether a thing only says where: «из сумки», "on the table", “从包里”."""
    if language is Language.CHINESE and words[end : end + 1] in {"里", "上", "中", "下", "旁", "内"}:
        return True
    return bool(_AWAY[language].search(words[:start]))
