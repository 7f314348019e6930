"""Who is on what: seats and boats that a beat says somebody is on, and whose each is."""

import re
from collections.abc import Sequence

from storyreel.domain.values import Language
from storyreel.lexicon import Concept, Kind
from storyreel.writing.visual.doing import together_with
from storyreel.writing.visual.seen import Seen

_UNDER = {  # "on a park bench", «на скамейке», 在长椅上
    Language.ENGLISH: re.compile(r"\b(?:on|in)\s+(?:a|an|the|his|her|their)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE),
    Language.RUSSIAN: re.compile(r"(?<!\w)(?:на|в)\s+(?:[\w-]+(?:ой|ей|ом|ем)\s+)?$", re.IGNORECASE),
    Language.CHINESE: re.compile(r"[在坐][^，。；、]{0,4}$"),
}
_TO_WHOM = re.compile(  # who is told of with somebody shares the seat: "reads to her son on the sofa"
    r"\b(?:to|with|beside|next to|hugs?|kiss(?:es)?|с|со|рядом с|обнимает|целует)\s+(?:[\w'’-]+\s+){0,2}$"
    r"|(?:和|跟|给|对|与|抱着|陪)[^，。；、]{0,4}$",
    re.IGNORECASE,
)


def seats_of(
    living: Sequence[Seen], seen: Sequence[Seen], words: str, shift: int, language: Language
) -> dict[str, tuple[Concept, ...]]:
    """What each person of a beat is told to be on or in, by member or name: the one named last before it, and who is with them.

    `shift` is how far the places of what was seen lie ahead of the words'.
    """
    people = [one for one in living if one.concept is None or one.concept.kind is Kind.PERSON]
    found: dict[str, tuple[Concept, ...]] = {}
    for seat in (one for one in seen if one.concept and _is_under(one, words, shift, language)):
        about = seat.concept
        for one in _on_it(seat, people, words, shift) if about else ():
            key = one.member or one.name
            found[key] = (*found.get(key, ()), about) if about else ()
    return found


def _on_it(seat: Seen, people: Sequence[Seen], words: str, shift: int) -> Sequence[Seen]:
    before = [one for one in people if one.end <= seat.start]
    if not before:
        return people
    nearest = max(before, key=lambda one: one.start)
    alone = seat.concept is not None and seat.concept.seats == 1
    if not alone and _TO_WHOM.search(words[: max(0, nearest.start - shift)]):
        return before
    return together_with(nearest, before, words, shift)


def _is_under(one: Seen, words: str, shift: int, language: Language) -> bool:
    """Whether a seat is where somebody is, and not only there."""
    start, end = one.start - shift, one.end - shift
    if language is Language.CHINESE and words[end : end + 1] not in {"上", "里"}:
        return False
    if language is Language.RUSSIAN and not words[start:end].endswith(("е", "и", "ах")):
        return False
    return bool(_UNDER[language].search(words[: max(0, start)]))
