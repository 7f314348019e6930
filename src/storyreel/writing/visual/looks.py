"""How someone looks, as far as the words tell: age by adjectives, clothes by what follows the name."""

import re
from functools import cache

from storyreel.domain.storyboard import Age, Figure, Garment, Look
from storyreel.domain.values import Language
from storyreel.writing.words import field_words, listed

_WORN = {
    Language.ENGLISH: r"^,?\s+(?:in|wearing|dressed in|with)\s+(?:a|an|the|his|her)?\s*(?:[\w-]+\s+){0,3}?",
    Language.RUSSIAN: r"^,?\s+(?:в|во|с)\s+(?:[\w-]+\s+){0,3}?",
    Language.CHINESE: r"^[^，。；]{0,2}?[穿戴披]着?[^，。；]{0,6}?",
}
_FIGURES = {  # told by the word's own form, where the lexicon's subject may be either
    Language.ENGLISH: {Figure.WOMAN: re.compile(r"\b(?:\w*wom[ae]n|girlfriends?)\b"), Figure.MAN: re.compile(r"\bboyfriends?\b")},
    Language.RUSSIAN: {
        Figure.WOMAN: re.compile(r"(?:ница|чица|щица|иха|истка|ачка|есса|иня|возлюбленная|любимая)(?!\w)"),
        Figure.MAN: re.compile(r"(?:возлюбленный|любимый)(?!\w)"),
    },
    Language.CHINESE: {Figure.WOMAN: re.compile(r"^女|女友|女朋友"), Figure.MAN: re.compile(r"^男|男友|男朋友")},
}
_REACH = 48  # characters after a name in which clothes are told


def worn_after(text: str, end: int, language: Language) -> tuple[int, str]:
    """Where the clothes told right after a name end, and their words: "in a red dress"; `end` and nothing where none are."""
    after = text[end : end + _REACH]
    lead = re.match(_WORN[language], after, re.IGNORECASE)
    first = next(iter(field_words("garments", language).find(after)), None)
    if not lead or not first:
        return end, ""
    between = after[lead.end() : first.start]
    if re.search(r"[.,;:!?，。；]", after[1 : first.start]) or len(between.split()) > 3:
        return end, ""
    words = after[: first.end].strip(" ,")
    return end + first.end, words.lower() if words.isupper() else words


def look_of(given: Look | None, name: str, worn: str, language: Language, *, named: bool) -> Look:
    """The lexicon's look, None for an animal, with the age and the clothes that the words add."""
    look = given or Look()
    garments = tuple(Garment(hit.value) for hit in field_words("garments", language).find(worn))
    words = f"{name}{'' if language is Language.CHINESE else ' '}{worn}" if worn else "" if named else name
    return look.model_copy(
        update={
            "figure": _figure(given, name, language) if given else look.figure,
            "age": Age.OLD if _old(language).search(name.casefold()) else look.age,
            "wears": tuple(dict.fromkeys(garments)) or look.wears,
            "words": words,
        }
    )


def _figure(look: Look, name: str, language: Language) -> Figure:
    """A teacher may be either; «учительница», a businesswoman and 女教师 are women, whatever the lexicon's teacher is."""
    told = name.casefold()
    return next((figure for figure, ends in _FIGURES[language].items() if ends.search(told)), look.figure)


@cache
def _old(language: Language) -> re.Pattern[str]:
    edge = "" if language is Language.CHINESE else r"\b"
    return re.compile("|".join(f"{edge}{word}" for word in listed("people", "old", language.value)))
