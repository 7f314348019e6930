"""Who is named and described in one breath: "JACK, 50, a tired detective in a grey coat," is one person."""

import re

from storyreel.domain.values import Language
from storyreel.lexicon import Kind, Mention

_BEFORE = {
    Language.ENGLISH: re.compile(r"([A-Z][\w'’-]+),\s+(?:\(?\d+s?\)?,\s+)?(?:an?|the|his|her|their)\s+(?:[\w-]+\s+){0,3}$"),
    Language.RUSSIAN: re.compile(r"([А-ЯЁ][\w-]+),\s+(?:\d+(?:\s+(?:лет|года|год))?,\s+)?(?:[а-яё-]+\s+){0,3}$"),
    Language.CHINESE: re.compile(r"([\u3400-\u9fff]{2,3})，(?:[\d一二三四五六七八九十]+岁，)?(?:一[个位名])?[^，。]{0,5}$"),
}
_AFTER = re.compile(r"(?!\s*(?:,\s*)?(?:and|и|和|与)\b)[^,.;，。]{0,48}[,.，。]")


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
        match = _BEFORE[language].search(text[max(0, one.start - 60) : one.start])
        if match and match.group(1).casefold() in known and _AFTER.match(text[one.end :]):
            found.setdefault(match.group(1).casefold(), one)
    return found
