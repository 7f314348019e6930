"""Every form that a Russian word or phrase of the lexicon may take in a text.

Rules by ending, generous on purpose: a form that no one writes does no harm, a form that is missed loses a subject. What rules
cannot know (fleeting vowels, words that never change) stands in `data/russian.toml`. All forms are lower case, with е for ё.
"""

import re
from collections.abc import Mapping

_VOWELS = "аеиоуыэюя"
_PREPOSITIONS = frozenset({"в", "во", "на", "с", "со", "из", "под", "для", "у", "к", "по", "от", "без", "при", "над", "за"})
_ADJECTIVE = re.compile(r"(ый|ий|ой|ая|яя|ое|ее|ые|ие|ья|ье)$")
_ADJECTIVE_ENDINGS = "ый ий ой ая яя ое ее ые ие ого его ому ему ым им ом ем ую юю ою ею ей ых их ыми ими".split()
_NOUN_ENDINGS = {
    "consonant": "@ а у ом ем е ы и ов ев ей ам ами ах".split(),
    "й": "й я ю ем е и ев ям ями ях".split(),
    "ь": "ь я ю ем е и ей ью ям ями ях ам ами ах".split(),
    "а": "а ы и е у ой ою ей ею @ ам ами ах".split(),
    "я": "я и е ю ей ею ью @ ь й ям ями ях".split(),
    "о": "о а у ом е @ ы и ам ами ах ов".split(),
    "е": "е я а ю у ем и ей @ й ям ями ях ам ами ах".split(),
    "ы": "ы @ ов ев ей ам ами ах".split(),
    "и": "и @ ов ев ей ь й ам ами ах ям ями ях".split(),
}


def forms(phrase: str, irregular: Mapping[str, str]) -> tuple[frozenset[str], ...]:
    """The forms of each token of a phrase: adjectives and the first noun change, what the noun governs does not."""
    tokens = normal(phrase).replace("-", " ").split()
    found: list[frozenset[str]] = []
    for at, token in enumerate(tokens):
        last = at == len(tokens) - 1
        if token in _PREPOSITIONS:
            return (*found, *(frozenset({rest}) for rest in tokens[at:]))
        if not last and _ADJECTIVE.search(token):
            found.append(_adjective(token))
            continue
        return (*found, _noun(token, irregular), *(frozenset({rest}) for rest in tokens[at + 1 :]))
    return tuple(found)


def normal(text: str) -> str:
    """Lower case, with е for ё."""
    return text.lower().replace("ё", "е")


def _adjective(word: str) -> frozenset[str]:
    stem = word[:-2]
    soft = {stem + ending for ending in ("ья", "ье", "ьи", "ьего", "ьей", "ьему", "ьим", "ьих", "ьими", "ью", "ьем")}
    possessive = soft if word.endswith(("ья", "ье")) or word in _POSSESSIVE else set[str]()
    return frozenset({stem + ending for ending in _ADJECTIVE_ENDINGS} | possessive | {word})


_POSSESSIVE = frozenset({"волчий", "медвежий", "птичий", "рыбий", "лисий", "казачий"})


def _noun(word: str, irregular: Mapping[str, str]) -> frozenset[str]:
    extra = irregular.get(word, "").split()
    if extra[:1] == ["="]:
        return frozenset({word, *extra[1:]})
    found = {word} | _regular(word)
    for one in extra:
        found |= _with_stem(one[1:], word) if one.startswith("~") else {one}
    return frozenset(found)


def _regular(word: str) -> set[str]:
    if len(word) > 3 and (word.endswith(("ый", "ая", "яя", "ое", "ее", "ые")) or word[-2:] in {"ой", "ий"}):
        return set(_adjective(word)) | _with_stem(word[:-1], word)
    found = _with_stem(word if _ending(word) == "consonant" else word[:-1], word)
    for stem in _fleeting_stems(word):
        found |= _with_stem(stem, word)
    return found


def _ending(word: str) -> str:
    return word[-1] if word[-1] in _NOUN_ENDINGS else "consonant"


def _with_stem(stem: str, word: str) -> set[str]:
    ending = _ending(word)
    found = {stem + suffix.replace("@", "") for suffix in _NOUN_ENDINGS[ending]}
    if ending in "аоеяыи":
        found |= _inserted(stem)
    if word.endswith(("ья", "ье")):
        found |= {stem[:-1] + "ей", stem[:-1] + "ий", stem + "ев"}
    if word.endswith(("анин", "янин")):
        found |= {stem[:-2] + suffix for suffix in ("е", "", "ам", "ами", "ах")}
    if word.endswith(("онок", "енок")):
        found |= {young + suffix for young in (word[:-4] + "ат", word[:-4] + "ят") for suffix in ("а", "", "ам", "ами", "ах")}
    return found - {stem} if len(stem) < 3 and stem != word else found


def _inserted(stem: str) -> set[str]:
    """The genitive plural that puts a vowel between two last consonants: лодок, сосен, скамеек, окон."""
    if len(stem) < 3 or stem[-1] in _VOWELS or stem[-2] in _VOWELS:
        return set()
    if stem[-2] in "ьй":
        return {f"{stem[:-2]}е{stem[-1]}"}
    return {f"{stem[:-1]}{vowel}{stem[-1]}" for vowel in "ое"}


def _fleeting_stems(word: str) -> tuple[str, ...]:
    """The stem without its last vowel, where words so ending often lose it: щенок, палец, боец."""
    if len(word) > 4 and word.endswith(("ок", "ек")):
        return (word[:-2] + word[-1],)
    if len(word) > 3 and word.endswith("ец"):
        before = word[-3]
        return (word[:-2] + ("й" if before in _VOWELS else "ь" if before == "л" else "") + "ц",)
    return ()
