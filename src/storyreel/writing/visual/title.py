"""A film's title: the script's own, a short text itself, or who and what it is about."""

import re

from storyreel.domain.values import Language
from storyreel.lexicon import Stands
from storyreel.writing.visual.cast import Seen
from storyreel.writing.visual.moments import Moment
from storyreel.writing.visual.sentences import plain
from storyreel.writing.words import table

_LONGEST = {Language.ENGLISH: 48, Language.RUSSIAN: 48, Language.CHINESE: 14}


def title_of(own: str, moments: tuple[Moment, ...], language: Language) -> str:
    """A short title in the language of the text."""
    told = moments[0].words or moments[0].beat.text or moments[0].beat.lead
    whole = len(moments) == 1 and len(told) <= _LONGEST[language]
    words = own or (told if whole else _about(moments, language)) or told or _spoken(moments)
    words = re.sub(r"\s+", " ", plain(words)).strip(' "“”«»*_#')
    if len(words) > _LONGEST[language]:
        words = _cut(words, language)
    return (words[:1].upper() + words[1:]) or "Film"


def _about(moments: tuple[Moment, ...], language: Language) -> str:
    """Who the film is about, and the thing that matters to them: «Старый смотритель маяка и бутылка с письмом»."""
    who = next((moment.actors[0].seen for moment in moments if moment.actors), None)
    if who is None:
        return ""
    things = (one for moment in moments for one in moment.things if one.concept and one.concept.stands is Stands.HAND)
    others = (actor.seen for moment in moments[:3] for actor in moment.actors if actor.seen.member != who.member)
    named = next(
        (actor.seen for moment in moments for actor in moment.actors if actor.seen.named and actor.seen.member != who.member),
        None,
    )
    beside = next((actor.seen for actor in moments[0].others if actor.acts or moments[0].lead is not None), None)
    held = next((moment.held for moment in moments if moment.held), None)
    near = beside if beside and beside.member != who.member else None
    other = (named if who.named else None) or near or held or next(others, None) or next(things, None)
    alone = _titled(who, language)
    both = f"{alone}{table('phrases')['title_and'][language.value]}{_titled(other, language)}" if other else ""
    return both if both and len(both) <= _LONGEST[language] else alone


def _titled(seen: Seen, language: Language) -> str:
    return f"the {seen.name}" if language is Language.ENGLISH and not seen.named else seen.name


def _spoken(moments: tuple[Moment, ...]) -> str:
    return next((line.words for moment in moments for line in moment.lines), "")


def _cut(words: str, language: Language) -> str:
    longest = _LONGEST[language]
    clause = re.split(r"[,;:，；：。.!?！？—]", words)[0].strip()
    if 0 < len(clause) <= longest:
        return clause
    if language is Language.CHINESE or " " not in words[:longest]:
        return words[:longest].rstrip("，。、")
    return words[: words.rfind(" ", 0, longest)]
