"""The lexicon's words made ready for search, once for each language."""

from functools import lru_cache

from storyreel.domain.values import Language
from storyreel.lexicon.index import Entry, Index, entry, index
from storyreel.lexicon.load import lexicon

_INSIDE = frozenset("上里内边中下")  # what makes a Chinese thing a place: 船上, 车里


@lru_cache(maxsize=3)
def subject_index(language: Language) -> Index:
    """Subjects, given names, and the phrases that hold a subject's word and do not mean it."""
    known = lexicon()
    entries = [entry(word, one, language, known.irregular) for one in known.concepts.values() for word in one.words[language]]
    entries += _guards(language, (*known.guards[language], *_places_that_hold_things(language)))
    if language is not Language.CHINESE:
        entries += [
            entry(name, known.concepts[id], language, known.irregular, is_name=True)
            for id, names in known.names[language].items()
            if id in known.concepts
            for name in names
        ]
    return index(entries, known.blocked[language])


@lru_cache(maxsize=3)
def place_index(language: Language) -> Index:
    """Places, and the phrases that hold a place's word and do not mean it."""
    known = lexicon()
    entries = [entry(word, one, language, known.irregular) for one in known.places.values() for word in one.words[language]]
    return index([*entries, *_guards(language, known.guards[language])], known.blocked[language])


def _guards(language: Language, phrases: tuple[str, ...]) -> list[Entry]:
    return [entry(phrase, None, language, lexicon().irregular) for phrase in phrases]


def _places_that_hold_things(language: Language) -> list[str]:
    """Places whose words hold a subject's: no ship stands on a 'ship deck', no ball lies in 月球."""
    words = [word for one in lexicon().places.values() for word in one.words[language]]
    if language is not Language.CHINESE:
        return [word for word in words if " " in word]
    things = {word for one in lexicon().concepts.values() for word in one.words[language]}
    return [word for word in words if not (word[-1] in _INSIDE and word[:-1] in things)]
