"""A name for what a text is about when no word of it is known: it is drawn as a labelled shape rather than left out."""

import re

from storyreel.domain.values import Language
from storyreel.writing.verbs import verbs
from storyreel.writing.words import WORD, folded, listed, row_words

_LONGEST_ZH = 4
_RU_VERB = re.compile(r"(?:[аеиуюя]т|[еи]шь|ться|тся)$")


def guessed(words: str, language: Language) -> str:
    """The words that most likely name the subject, or nothing: "wozzle" for "The wozzle hums"."""
    if language is Language.CHINESE:
        next_ = row_words("borders", "next", language).find(words)
        words = words[next_[0].end :].lstrip("，,") if next_ and next_[0].start == 0 else words
        return _chinese(words, min((hit.start for hit in verbs(words, language)), default=len(words)))
    done = {hit.start for hit in verbs(words, language)}
    if row_words("people", "intangible", language).find(words[:24]):
        return ""
    kept = _first_words(words, done, language)
    if len(kept) == 2 and kept[1].endswith(("s", "ed")):  # more likely what it does: "the wozzle hums"
        kept.pop()
    return " ".join(kept).lower() if kept and not kept[0].isupper() else " ".join(kept)


def _first_words(words: str, done: set[int], language: Language) -> list[str]:
    """The first word that is neither small nor a verb; in English two of them where an article stands before."""
    small = {*listed("people", "small", language.value)}
    kept: list[str] = []
    after_article = False
    for match in WORD.finditer(words):
        word = folded(match.group())
        is_verb = language is Language.RUSSIAN and bool(_RU_VERB.search(word)) and len(WORD.findall(words)) > 1
        if word in small or is_verb or match.start() in done or not any(char.isalpha() for char in word):
            if kept:
                break
            after_article = True
            continue
        kept.append(match.group())
        if len(kept) == (2 if after_article and language is Language.ENGLISH else 1):
            break
    return kept


def _chinese(words: str, verb: int) -> str:
    run = re.match(r"(?:一[个只位条艘]?|这|那)?([\u3400-\u9fff]+)", words[:verb] or words)
    return run.group(1)[:_LONGEST_ZH] if run else ""
