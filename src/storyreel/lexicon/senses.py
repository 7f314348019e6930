"""Which of its senses a form has, told by the words of its sentence: змея beside нить is a kite."""

from functools import lru_cache

from storyreel.domain.values import Language
from storyreel.lexicon.concepts import Concept
from storyreel.lexicon.index import Match, tokens
from storyreel.lexicon.load import Sense, lexicon
from storyreel.lexicon.russian import normal

_ENDS = ".!?;\n。！？；"


def meant(found: Match, concept: Concept, text: str, language: Language) -> Concept | None:
    """The subject that a match stands for in this text; None where it is no subject here."""
    form = normal(text[found.start : found.end])
    for sense in _senses(language):
        if form in sense.forms and _told(sense, _sentence(text, found.start, found.end)):
            return lexicon().concepts[sense.concept] if sense.concept else None
    return concept


@lru_cache(maxsize=3)
def _senses(language: Language) -> tuple[Sense, ...]:
    return tuple(sense for sense in lexicon().senses if sense.language is language)


def _told(sense: Sense, around: str) -> bool:
    if sense.language is Language.CHINESE:
        return any(cue in around for cue in sense.cues)
    return any(token.form.startswith(sense.cues) for token in tokens(around, sense.language))


def _sentence(text: str, start: int, end: int) -> str:
    """What stands around a word in its own sentence."""
    first = max(text.rfind(mark, 0, start) for mark in _ENDS) + 1
    last = min((at for at in (text.find(mark, end) for mark in _ENDS) if at >= 0), default=len(text))
    return f"{text[first:start]} {text[end:last]}"
