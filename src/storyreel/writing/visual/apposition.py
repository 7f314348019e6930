"""Who is named and described in one breath: "JACK, 50, a tired detective in a grey coat," is one person."""

import re

from storyreel.domain.storyboard import Figure
from storyreel.domain.values import Language
from storyreel.lexicon import Kind, Mention
from storyreel.writing.visual.names import count_of

_BEFORE = {
    Language.ENGLISH: re.compile(r"([A-Z][\w'’-]+),\s+(?:\(?\d+s?\)?,\s+)?(?:an?|the|his|her|their)\s+(?:[\w-]+\s+){0,3}$"),
    Language.RUSSIAN: re.compile(r"([А-ЯЁ][\w-]+),\s+(?:\d+(?:\s+(?:лет|года|год))?,\s+)?(?:[а-яё-]+\s+){0,3}$"),
    Language.CHINESE: re.compile(r"([\u3400-\u9fff]{2,3})，(?:[\d一二三四五六七八九十]+岁，)?(?:一[个位名])?[^，。]{0,5}$"),
}
_AFTER = re.compile(r"(?!\s*(?:,\s*)?(?:and|и|和|与)\b)[^,.;，。]{0,48}[,.，。]")


_NEXT = {
    Language.ENGLISH: re.compile(r"\s+([A-Z][\w'’-]*)"),
    Language.RUSSIAN: re.compile(r"\s+([А-ЯЁ][\w-]*)"),
    Language.CHINESE: re.compile(r"([\u3400-\u9fff]{2,3})"),
}
_TOO_PLAIN = frozenset({"man", "woman", "person"})  # "the man Jack hates" is not Jack
_INTRODUCED = re.compile(r"\b([A-ZА-ЯЁ]{2,}),\s+(?:\(?\d|an?\s)")


def introduced(text: str) -> tuple[str, ...]:
    """Names that a script writes large where it brings somebody in: "JACK, 50"."""
    return tuple(_INTRODUCED.findall(text))


def described(text: str, named: list[Mention], names: tuple[str, ...], language: Language) -> dict[str, Mention]:
    """The description of each who is named just before it, by the name in lower case."""
    known = {one.text.casefold() for one in named if one.is_name} | {name.casefold() for name in names}
    found: dict[str, Mention] = {}
    for one in named:
        if one.is_name or one.concept.kind is not Kind.PERSON:
            continue
        if behind := _named_behind(text, one, named, known, language):
            found.setdefault(behind, one)
            continue
        match = _BEFORE[language].search(text[max(0, one.start - 60) : one.start])
        if match and match.group(1).casefold() in known and _AFTER.match(text[one.end :]):
            found.setdefault(match.group(1).casefold(), one)
    return found


def _named_behind(text: str, one: Mention, named: list[Mention], known: set[str], language: Language) -> str:
    """The name in lower case that stands right behind what somebody is: "the old keeper Peter"; empty where there is none."""
    if one.concept.id in _TOO_PLAIN or count_of(one, text, language) > 1:
        return ""
    own = next(
        (other for other in named if other.is_name and not text[one.end : other.start].strip() and other.start >= one.end), None
    )
    if own is not None:
        return own.text.casefold() if _alike(one, own) else ""
    match = _NEXT[language].match(text, one.end)
    return match.group(1).casefold() if match and match.group(1).casefold() in known else ""


def _alike(one: Mention, own: Mention) -> bool:
    """Whether a name may be theirs: Anna is no boy."""
    figures = {(about.look.figure if about.look else Figure.PERSON) for about in (one.concept, own.concept)}
    return len(figures - {Figure.PERSON}) < 2
