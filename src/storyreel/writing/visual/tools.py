"""What is in somebody's hands by what they do, though no words say it."""

from functools import cache

from storyreel.domain.values import Language
from storyreel.lexicon import Kind
from storyreel.writing.verbs import english_forms
from storyreel.writing.visual.seen import Seen
from storyreel.writing.words import Hit, Words, listed, table

_MENDS_WITH = "wrench"
_CLAUSE_ENDS = ",.;:!?，。；：！？"


def tool_for(who: Seen, verb: Hit, words: str, things: frozenset[str], language: Language) -> str | None:
    """The id of a person's tool in a beat, or None: who sweeps has a broom, unless it is the horizon that is swept.

    `things`: the ids of all that the beat names.
    """
    if who.concept is not None and who.concept.kind is not Kind.PERSON:
        return None
    hits = _verbs(language).find(words[verb.start :])
    if not hits or hits[0].start > 0 or things & set(listed("tools", hits[0].value, "instead")):
        return None
    tool = hits[0].value
    if _figures_of_speech(tool, language).find(_clause(words, verb.start)):
        return None
    has_own = who.concept is not None and who.concept.holds is not None
    return None if has_own and tool == _MENDS_WITH else tool  # a carpenter mends with a hammer


@cache
def _verbs(language: Language) -> Words:
    """What is done with each tool."""
    entries = ((entry, tool) for tool in table("tools") for entry in listed("tools", tool, language.value))
    if language is not Language.ENGLISH:
        return Words(entries, language)
    return Words(((form, tool) for entry, tool in entries for form in english_forms(entry)), language)


@cache
def _figures_of_speech(tool: str, language: Language) -> Words:
    """Words beside which the verb means something else."""
    return Words(((word, tool) for word in listed("tools", tool, "never", language.value)), language)


def _clause(words: str, at: int) -> str:
    """The words around a place, up to the next marks."""
    start = max(words.rfind(mark, 0, at) for mark in _CLAUSE_ENDS) + 1
    ends = [end for mark in _CLAUSE_ENDS if (end := words.find(mark, at)) >= 0]
    return words[start : min(ends, default=len(words))]
