"""English words that are nouns in one sentence and something else in another: 'watches', 'rose', 'stone house'."""

from collections.abc import Callable

from storyreel.domain.values import Language
from storyreel.lexicon.concepts import Kind, Mention
from storyreel.lexicon.index import Token
from storyreel.lexicon.load import lexicon

_ATTRIBUTIVE = frozenset({Kind.OBJECT, Kind.FOOD, Kind.PLANT, Kind.TERRAIN, Kind.SKY, Kind.FURNITURE})
_REACH = 3  # words back in which an article may stand


def is_noun_here(words: tuple[Token, ...], at: int, names_subject: Callable[[str], bool]) -> bool:
    """Whether a word that is as often a verb has an article or the like before it, and no subject in between."""
    if at == 0:
        return True
    known = lexicon()
    for before in range(at - 1, max(at - 1 - _REACH, -1), -1):
        form = words[before].form
        if form in {"and", "or"}:
            return before > 0 and names_subject(words[before - 1].form)
        if form in known.determiners:
            return True
        if form in known.before_verbs or names_subject(form):
            return False
    return False


def is_attribute(one: Mention, after: Mention, text: str) -> bool:
    """Whether a noun only says what the next one is like: 'stone house', 'gold ring', 'giant spider'."""
    adjacent = text[one.end : after.start] in {" ", "-"}
    plain = one.text.lower() in one.concept.words[Language.ENGLISH] and not after.is_name
    return adjacent and plain and (one.concept.kind in _ATTRIBUTIVE or one.text.lower() in {"giant", "human", "baby"})
