"""How old somebody is, as scripts write it by a name: "JANE (40s) runs", "ANNA, 30, washes dishes". No shot lasts so long."""

import re

from storyreel.domain.values import Language
from storyreel.lexicon import Kind
from storyreel.writing.known import mentions
from storyreel.writing.verbs import verbs

_YEARS = r"(?:\s+(?:лет|года?)|岁|\s+years?\s+old)?"
_DECADE = re.compile(r"[(（,，]?\s*[2-9]0s\b")  # a shot's seconds would stand by themselves, not right behind who is in it
_BETWEEN = re.compile(rf"[,，]\s*\(?\d{{1,3}}s?{_YEARS}\)?(?=[,，])")
_LARGE = re.compile(r"\b[A-ZА-ЯЁ]{2,}$")
_APPOSITION = re.compile(r"\s*(?:an?|the|his|her|their)\s|[^.!?。！？;；]*[,，]", re.IGNORECASE)


def is_age(text: str, start: int, language: Language) -> bool:
    """Whether a number that could be a shot's seconds is a decade of life: it stands right behind a person, "JANE (40s)"."""
    if not _DECADE.match(text, start):
        return False
    before = text[:start].rstrip()
    named = [one for one in mentions(text, language) if one.end == len(before)]
    return any(one.concept.kind is Kind.PERSON for one in named) if named else bool(_LARGE.search(before))


def ageless(text: str, language: Language) -> str:
    """The text less the ages between commas, and less the second comma where a verb follows: "Anna washes dishes"."""
    for match in reversed(list(_BETWEEN.finditer(text))):
        text = text[: match.start()] + text[match.end() + _closes(text, match.end(), language) :]
    return text


def _closes(text: str, comma: int, language: Language) -> bool:
    """Whether a comma only ended the age, so that it goes with it; before "a tired detective," it stays."""
    rest = text[comma + 1 :]
    does = next(iter(verbs(rest, language)), None)
    return (does is not None and not rest[: does.start].strip()) or not _APPOSITION.match(rest)
