"""What a beat calls "it" or by a part of its name, said in full: a model that reads the shot has not seen the one before."""

from storyreel.domain.values import Language
from storyreel.writing.visual.seen import Seen
from storyreel.writing.words import folded

_POINTING = {  # in the form that a name may take the place of
    Language.ENGLISH: frozenset({"it"}),
    Language.RUSSIAN: frozenset({"он", "она", "оно"}),
    Language.CHINESE: frozenset({"它"}),
}


def in_full(words: str, seen: tuple[Seen, ...], shift: int, language: Language) -> str:
    """The words with the names of those that they only point to; `shift` is how far the places lie ahead of the words'."""
    for one in sorted(seen, key=lambda one: -one.start):
        start, end = one.start - shift, one.end - shift
        if start < 0 or one.count > 1 or not _is_short(words[start:end], one, language):
            continue
        bare = one.named or one.recalled or language is not Language.ENGLISH  # an article stands before what is recalled
        name = one.name if bare else f"the {one.name}"
        words = words[:start] + (name[0].upper() + name[1:] if words[start].isupper() else name) + words[end:]
    return words


def _is_short(said: str, one: Seen, language: Language) -> bool:
    """Whether what stands in the text is less than the name."""
    if one.pronoun:
        return folded(said) in _POINTING[language] and (language is Language.ENGLISH or not one.lives)
    return one.recalled and language is not Language.RUSSIAN
