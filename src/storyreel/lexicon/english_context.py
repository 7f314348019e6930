"""English words that are nouns in one sentence and something else in another: 'watches', 'rose', 'stone house'."""

from collections.abc import Callable

from storyreel.domain.values import Language
from storyreel.lexicon.concepts import Kind, Mention
from storyreel.lexicon.index import Token
from storyreel.lexicon.load import lexicon

_ATTRIBUTIVE = frozenset({Kind.OBJECT, Kind.FOOD, Kind.PLANT, Kind.TERRAIN, Kind.SKY, Kind.FURNITURE})
_BREEDS = frozenset({Kind.PERSON, Kind.ANIMAL, Kind.CREATURE, Kind.BUILDING})
_ADJECTIVES = frozenset({"giant", "human", "baby", "orange"})  # nouns that are as often adjectives
_REACH = 3  # words back in which an article may stand


def is_noun_here(words: tuple[Token, ...], at: int, names_subject: Callable[[str], bool]) -> bool:
    """Whether a word that is as often a verb has an article or the like before it, and no subject in between."""
    if at == 0 or _follows_possessive(words, at):
        return True
    known = lexicon()
    for before in range(at - 1, max(at - 1 - _REACH, -1), -1):
        form = words[before].form
        if form in {"and", "or"}:
            return before > 0 and _is_listed(words[before - 1].form, words[at].form, names_subject)
        if form in known.determiners:
            return True
        if form in known.before_verbs or names_subject(form):
            return False
    return False


def _follows_possessive(words: tuple[Token, ...], at: int) -> bool:
    """Whether 's stands before the word: it is no token, and leaves a gap of three characters."""
    return words[at].joined and words[at].start - words[at - 1].end >= 3


def _is_listed(one: str, other: str, names_subject: Callable[[str], bool]) -> bool:
    """Whether 'and' joins two nouns, as in 'sword and bow', and not two deeds, as in 'takes his hat and leaves'."""
    return names_subject(one) and (one.endswith("s") or not other.endswith("s"))


def is_adjective_here(words: tuple[Token, ...], at: int) -> bool:
    """Whether a word such as 'giant' says what the next word is like: 'a giant storm', but not 'a giant sleeps'."""
    if words[at].form not in _ADJECTIVES or at + 1 == len(words) or words[at + 1].start != words[at].end + 1:
        return False
    after = words[at + 1].form
    return not (
        after.endswith(("s", "ed"))
        or after in lexicon().determiners
        or after in lexicon().before_verbs
        or after in {"and", "or", "is"}
    )


def is_attribute(one: Mention, after: Mention, text: str) -> bool:
    """Whether a noun only says what the next one is like: 'stone house', 'gold ring', 'giant spider', 'emperor penguin'."""
    adjacent = text[one.end : after.start] in {" ", "-"}
    plain = one.text.lower() in one.concept.words[Language.ENGLISH] and not after.is_name
    says = one.concept.kind in _ATTRIBUTIVE or one.text.lower() in _ADJECTIVES
    return adjacent and plain and (says or _is_a_breed(one.concept.kind, after.concept.kind))


def _is_a_breed(one: Kind, after: Kind) -> bool:
    """Whether a noun of the first kind right before one of the second tells its breed or its use: 'bull shark', 'bird house'."""
    return (after is Kind.ANIMAL and one in _BREEDS) or (after is Kind.BUILDING and one is Kind.ANIMAL)
