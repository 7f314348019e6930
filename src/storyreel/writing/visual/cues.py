"""Who speaks in a script by a cue that names nobody: OLD MAN, MAN IN A HAT, МАЛЬЧИК."""

from dataclasses import dataclass

from storyreel.domain.values import Language
from storyreel.lexicon import Concept
from storyreel.writing.known import mentions
from storyreel.writing.visual.looks import worn_after
from storyreel.writing.visual.names import LIVING, name_of


@dataclass(frozen=True, slots=True)
class Plain:
    """Somebody without a name of their own."""

    name: str  # "old man"
    concept: Concept
    worn: str  # "in a hat"


def common_cue(cue: str, language: Language) -> Plain | None:
    """Whom a cue calls by what they are and wear, in plain words; None where it is a name, or says more."""
    words = cue.lower()
    text = f"the {words}" if language is Language.ENGLISH else words  # adjectives are kept behind an article
    who = next((one for one in mentions(text, language) if one.concept.kind in LIVING), None)
    if who is None or who.is_name or language is Language.CHINESE:
        return None
    name, (_, worn) = name_of(who, text, language), worn_after(text, who.end, language)
    return Plain(name, who.concept, worn) if f"{name} {worn}".strip() == words else None
