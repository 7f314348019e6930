"""Every form that a Russian word or phrase of the lexicon may take in a text.

Rules by ending, generous on purpose: a form that no one writes does no harm, a form that is missed loses a subject. What rules
cannot know (fleeting vowels, words that never change) stands in `data/russian.toml`. All forms are lower case, with е for ё.
"""

import re
from collections.abc import Mapping

_VOWELS = "аеиоуыэюя"
_HUSHING = "жшчщ"
_BEFORE_I = "гкхжшчщ"  # consonants that take и where others take ы
_PREPOSITIONS = frozenset(["в", "во", "на", "с", "со", "из", "под", "для", "у", "к", "по", "от", "без", "при", "над", "за", "и"])
_ADJECTIVE = re.compile(r"(ый|ий|ой|ая|яя|ое|ее|ые|ие|ья|ье|ийся|аяся|ееся|иеся)$")
_HARD_ENDINGS = ["ый", "ой", "ая", "ое", "ые", "ого", "ому", "ым", "ом", "ую", "ою", "ых", "ыми"]
_SOFT_ENDINGS = ["ий", "яя", "ее", "ие", "его", "ему", "им", "ем", "юю", "ею", "ей", "их", "ими"]
_NOT_FEMININE = ("ый", "ий", "ого", "его", "ому", "ему", "ое", "ее", "ом", "ем")
_POSSESSIVE_ENDINGS = ["ья", "ье", "ьи", "ьего", "ьей", "ьему", "ьим", "ьих", "ьими", "ью", "ьем"]
_POSSESSIVE = frozenset(["волчий", "медвежий", "птичий", "рыбий", "лисий", "казачий", "божий"])
_NOUN_ENDINGS = {
    "consonant": ["@", "а", "у", "ом", "е", "ам", "ами", "ах"],
    "й": ["й", "я", "ю", "ем", "е", "и", "ев", "ям", "ями", "ях"],
    "ь": ["ь", "я", "ю", "ем", "е", "и", "ей", "ью", "ям", "ями", "ях"],
    "а": ["а", "е", "у", "ой", "ою", "@", "ам", "ами", "ах"],
    "я": ["я", "и", "е", "ю", "ей", "ею", "й", "ям", "ями", "ях"],
    "о": ["о", "а", "у", "ом", "е", "@", "ам", "ами", "ах"],
    "е": ["е", "я", "ю", "ем", "и", "ей", "й", "ям", "ями", "ях"],
    "ы": ["ы", "@", "ов", "ам", "ами", "ах"],
    "и": ["и", "ей", "ев", "ям", "ями", "ях"],
}
_ENDINGS_BY_CONSONANT = (
    ({"consonant", "а"}, _BEFORE_I, "и", "ы"),
    ({"consonant"}, f"{_HUSHING}ц", "ей ем", ""),
    ({"а"}, f"{_HUSHING}ц", "ей ею", ""),
    ({"consonant"}, _HUSHING, "", "ов"),
    ({"consonant"}, "ц", "ев", ""),
    ({"о", "е"}, f"{_HUSHING}цк", "а у ам ами ах @", ""),
    ({"о", "е"}, "к", "и ов", ""),
    ({"ь", "и"}, _BEFORE_I, "ам ами ах ов @", ""),
    ({"ы"}, "ц", "ев", ""),
)
"""What is added besides: for words that end so, after a stem that ends in one of these consonants, and after any other."""


def forms(phrase: str, irregular: Mapping[str, str]) -> tuple[frozenset[str], ...]:
    """The forms of each token of a phrase: adjectives and the first noun change, what the noun governs does not."""
    tokens = normal(phrase).replace("-", " ").split()
    found: list[frozenset[str]] = []
    for at, token in enumerate(tokens):
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if token in _PREPOSITIONS:
            return (*found, *(frozenset({rest}) for rest in tokens[at:]))
        if after is not None and after not in _PREPOSITIONS and token not in irregular and _ADJECTIVE.search(token):
            found.append(_adjective(token))
            continue
        return (*found, _noun(token, irregular), *(frozenset({rest}) for rest in tokens[at + 1 :]))
    return tuple(found)


def normal(text: str) -> str:
    """Lower case, with е for ё."""
    return text.lower().replace("ё", "е")


def _adjective(word: str) -> frozenset[str]:
    reflexive = "ся" if word.endswith("ся") else ""
    plain = word.removesuffix("ся")
    stem, hard = plain[:-2], plain[-2] in "ыао"
    both = stem[-1:] in _BEFORE_I
    endings = (_HARD_ENDINGS if hard or both else []) + (_SOFT_ENDINGS if both or not hard else [])
    found = {f"{stem}{ending}{reflexive}" for ending in endings}
    if word.endswith(("ья", "ье")) or word in _POSSESSIVE:
        found |= {f"{stem}{ending}" for ending in _POSSESSIVE_ENDINGS}
    return frozenset(found | {word})


def _noun(word: str, irregular: Mapping[str, str]) -> frozenset[str]:
    extra = irregular.get(word, "").split()
    if extra[:1] == ["="]:
        return frozenset({word, *extra[1:]})
    found = {word} | _regular(word)
    for one in extra:
        found |= _with_stem(one[1:], word) if one.startswith("~") else {one}
    return frozenset(found)


def _regular(word: str) -> set[str]:
    if len(word) > 3 and word.endswith(("ый", "ая", "яя", "ое", "ее", "ые", "ой")):
        found = set(_adjective(word))
        return {one for one in found if not one.endswith(_NOT_FEMININE)} if word.endswith(("ая", "яя")) else found
    found = _with_stem(word if _ending(word) == "consonant" else word[:-1], word)
    if len(word) > 3 and word.endswith("ий"):
        found |= _adjective(word)
    for stem in _fleeting_stems(word):
        found |= _with_stem(stem, word)
    return found


def _ending(word: str) -> str:
    return word[-1] if word[-1] in _NOUN_ENDINGS else "consonant"


def _with_stem(stem: str, word: str) -> set[str]:
    """What a stem becomes with the endings that its word's own ending and its last consonant allow."""
    ending, last = _ending(word), stem[-1]
    suffixes = [*_NOUN_ENDINGS[ending]]
    for endings, consonants, after_those, after_others in _ENDINGS_BY_CONSONANT:
        if ending in endings:
            suffixes += (after_those if last in consonants else after_others).split()
    return {stem + suffix.replace("@", "") for suffix in suffixes} | _plurals(stem, word, ending)


def _plurals(stem: str, word: str, ending: str) -> set[str]:
    """Plurals that follow rules of their own: лодок, деревень, горожане, щенята, платьев."""
    found: set[str] = set()
    if ending in "аоеяыи":
        inserted = _inserted(stem)
        found |= (
            {one + soft for one in inserted or ({stem} if ending == "я" else set()) for soft in ("", "ь")}
            if ending in "яи"
            else inserted
        )
    if word.endswith(("ья", "ье")):
        found |= {stem[:-1] + "ей", stem[:-1] + "ий", stem + "ев"}
    if word.endswith(("анин", "янин")):
        found |= {stem[:-2] + suffix for suffix in ("е", "", "ам", "ами", "ах")}
    if word.endswith(("онок", "енок")):
        found |= {young + suffix for young in (word[:-4] + "ат", word[:-4] + "ят") for suffix in ("а", "", "ам", "ами", "ах")}
    return found


def _inserted(stem: str) -> set[str]:
    """The genitive plural that puts a vowel between two last consonants: лодок, сосен, скамеек, окон."""
    if len(stem) < 3 or stem[-1] not in "кнлрцм" or stem[-2] in _VOWELS:
        return set()
    if stem[-2] in "ьй":
        return {f"{stem[:-2]}е{stem[-1]}"}
    vowel = "е" if stem[-2] in _HUSHING or (stem[-1] != "к" and stem[-2] not in "кгх") else "о"
    return {f"{stem[:-1]}{vowel}{stem[-1]}"}


def _fleeting_stems(word: str) -> tuple[str, ...]:
    """The stem without its last vowel, where words so ending often lose it: щенок, огонёк, палец, боец."""
    before = word[-3] if len(word) > 4 else ""
    if before and word.endswith("ок"):
        return (word[:-2] + "к",)
    if before and word.endswith("ек"):
        return (word[:-2] + ("й" if before in _VOWELS else "" if before in _HUSHING else "ь") + "к",)
    if len(word) > 3 and word.endswith("ец"):
        before = word[-3]
        return (word[:-2] + ("й" if before in _VOWELS else "ь" if before == "л" else "") + "ц",)
    return ()
