"""Who or what a beat's words name or point to."""

import re
from dataclasses import dataclass, replace

from storyreel.domain.values import Language
from storyreel.lexicon import Concept, Kind, Mention
from storyreel.writing.known import mentions
from storyreel.writing.visual.names import LIVING
from storyreel.writing.words import Hit


@dataclass(frozen=True, slots=True)
class Seen:
    """Someone or something that a beat's words name or point to."""

    name: str  # nominative, without an article
    concept: Concept | None
    member: str | None  # the bible's id; None: a thing that appears once
    start: int
    end: int
    count: int = 1
    named: bool = False  # by a proper name
    pronoun: bool = False
    recalled: bool = False  # called by a part of its name: "the boat" after "a paper boat"

    @property
    def lives(self) -> bool:
        """Whether it can act and feel."""
        return (self.concept is None and self.member is not None) or (self.concept is not None and self.concept.kind in LIVING)


def thing_before(hit: Hit, named: list[Seen]) -> Seen | None:
    """The last thing that the same words name ahead of a pronoun."""
    return max(
        (one for one in named if not one.lives and one.end <= hit.start), key=lambda one: (can_move(one), one.start), default=None
    )


def can_move(seen: Seen) -> bool:
    """Whether a thing is such that a story goes on about it, rather than what it lies on."""
    return seen.concept is not None and seen.concept.kind in {Kind.OBJECT, Kind.VEHICLE, Kind.FOOD}


def recalled(one: Mention, name: str, text: str, met: list[Seen], language: Language) -> Seen | None:
    """The thing met before that a part of its name means: "the boat" after "a paper boat"; None for one that is new."""
    before = text[: one.start]
    if language is Language.ENGLISH and not re.search(r"\b(?:the|this|that)\s+$", before, re.IGNORECASE):
        return None
    if language is Language.CHINESE and re.search(r"[一几两三另][^，。]{0,3}$", before):
        return None
    whole = name if language is Language.CHINESE else f" {name}"
    return next((seen for seen in reversed(met) if seen.name != name and seen.name.endswith(whole)), None)


def pointed_to(seen: Seen, start: int, end: int) -> Seen:
    """The same one where a pronoun stands."""
    return replace(seen, start=start, end=end, pronoun=True, recalled=False)


def last_two(pool: list[Seen]) -> list[Seen]:
    """Those who were told of together, else the two who were named last."""
    people = [one for one in pool if one.concept is None or one.concept.kind is Kind.PERSON]
    unique = {one.member: one for one in (people if len({one.member for one in people}) > 1 else pool)}
    several = [one for one in unique.values() if one.count > 1]
    return several[-1:] or list(unique.values())[-2:]


def parts_of(seen: Seen, language: Language) -> tuple[Seen, ...]:
    """Things that are part of a name: the lighthouse of a lighthouse keeper."""
    if language is Language.CHINESE:
        pieces = [seen.name[:length] for length in range(len(seen.name) - 1, 1, -1)]
    else:
        pieces = seen.name.split() if " " in seen.name else []
    found = [one for piece in pieces for one in mentions(piece, language) if one.concept.kind not in LIVING]
    unique = {one.concept.id: one for one in found}
    return tuple(Seen(one.concept.word(language), one.concept, None, 0, 0) for one in unique.values())
