"""A film's title: the script's own, a short text itself, or who and what it is about."""

import re
from collections.abc import Iterator

from storyreel.domain.values import Language
from storyreel.lexicon import Stands
from storyreel.writing.verbs import verbs
from storyreel.writing.visual.moments import Moment
from storyreel.writing.visual.pronouns import named_so
from storyreel.writing.visual.seen import Seen
from storyreel.writing.visual.sentences import plain
from storyreel.writing.words import folded, table

_STEM = 4  # letters of a name that all its forms share
_PHRASES = {
    Language.ENGLISH: re.compile(r"\s+(?:and|in|on|at|through|across|along|with|under|over|by|into|to|from|before|after)\s"),
    Language.RUSSIAN: re.compile(r"\s+(?:и|в|во|на|через|по|с|со|под|над|у|к|из|до|после)\s"),
    Language.CHINESE: re.compile(r"(?<=.{4})[并和]"),
}
_LEAST_WORDS = 3  # of what somebody does who comes late
_TOGETHER = frozenset({"both", "together", "вместе", "оба", "обе", "两人", "二人"})  # listed as pronouns, and good in a title
_LONGEST = {Language.ENGLISH: 48, Language.RUSSIAN: 48, Language.CHINESE: 14}


def title_of(own: str, moments: tuple[Moment, ...], language: Language) -> str:
    """A short title in the language of the text."""
    told = moments[0].words or moments[0].beat.text or moments[0].beat.lead
    whole = len(moments) == 1 and not moments[0].lines and len(told) <= _LONGEST[language]
    words = own or (told if whole and not _points_away(told, language) else _about(moments, language)) or told or _spoken(moments)
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
    if both and len(both) <= _LONGEST[language] and other and other.name != who.name:
        return both
    told = _doing(moments, who, language)
    late = all(actor.seen.member != who.member for actor in moments[0].actors)
    if late and len(told.split()) < _LEAST_WORDS and language is not Language.CHINESE:
        return ""  # what the film begins with tells more
    return told or alone


def _doing(moments: tuple[Moment, ...], who: Seen, language: Language) -> str:
    """What they are first seen to do, as far as it is short: "An old baker wakes before sunrise"; empty where it is not."""
    stem = who.name.casefold()[:_STEM]
    for moment in moments:
        if moment.lines or not any(actor.seen.member == who.member and actor.acts for actor in moment.actors):
            continue
        sentence = re.split(r"[.!?。！？;；]", moment.words)[0]
        clauses = [one.strip() for one in re.split(r"[,，]", sentence)]
        named = next((one for one in clauses if stem in one.casefold() and verbs(one, language)), "")  # no cue alone: "ANNA"
        short = [one for one in _shorter(named, language) if stem in one.casefold() and len(one) <= _LONGEST[language]]
        return next((one for one in short if not _points_away(one, language)), "")
    return ""


def _points_away(words: str, language: Language) -> bool:
    """Whether words begin with a pronoun or end on one: who is meant stands elsewhere."""
    ends = [hit for hit in named_so(words, language) if folded(words[hit.start : hit.end]) not in _TOGETHER]
    return any(hit.start == 0 or hit.end == len(words.rstrip(" .。!！?？…")) for hit in ends)


def _shorter(clause: str, language: Language) -> Iterator[str]:
    """A clause, then less and less of it, as long as it still tells something."""
    yield clause
    for cut in reversed(list(_PHRASES[language].finditer(clause))):
        if len(clause[: cut.start()].split()) > 2 or language is Language.CHINESE:
            yield clause[: cut.start()]


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
