"""Who is named and described in one breath: "JACK, 50, a tired detective in a grey coat," is one person."""

import re
from collections.abc import Iterator

from storyreel.domain.storyboard import Figure
from storyreel.domain.values import Language
from storyreel.lexicon import Kind, Mention, mentions
from storyreel.writing.known import places
from storyreel.writing.verbs import action, verbs
from storyreel.writing.visual.names import count_of
from storyreel.writing.visual.strangers import OF_PEOPLE
from storyreel.writing.words import folded, listed

_BEFORE = {
    Language.ENGLISH: re.compile(r"([A-Z][\w'’-]+),\s+(?:\(?\d+s?\)?,\s+)?(?:an?|the|his|her|their)\s+(?:[\w-]+\s+){0,3}$"),
    Language.RUSSIAN: re.compile(r"([А-ЯЁ][\w-]+),\s+(?:\d+(?:\s+(?:лет|года|год))?,\s+)?(?:[а-яё-]+\s+){0,3}$"),
    Language.CHINESE: re.compile(r"([\u3400-\u9fff]{2,3})，(?:[\d一二三四五六七八九十]+岁，)?(?:一[个位名])?[^，。]{0,5}$"),
}
_AFTER = re.compile(r"(?!\s*(?:,\s*)?(?:and|и|和|与)\b)[^,.;，。]{0,48}[,.，。]")


_NEXT = {
    Language.ENGLISH: re.compile(r"\s+([A-Z][\w'’-]*)"),
    Language.RUSSIAN: re.compile(r"\s+([А-ЯЁ][\w-]*)"),
}
_TOO_PLAIN = frozenset({"man", "woman", "person"})  # "the man Jack hates" is not Jack
_CAPITALS = re.compile(r"(?<![\w'’-])[A-ZА-ЯЁ][a-zа-яё]{2,}(?:\s+[A-ZА-ЯЁ][a-zа-яё]{2,})?(?=\s)")
_NO_ONES = re.compile(  # before the name of a place, a river, a ship: "the train to Berlin", "the Aurora"
    r"(?:^|[^\w])(?:the|to|from|of|in|at|for|near|past|through|into|over|across|around|behind|toward|towards|on"
    r"|в|во|из|на|к|ко|от|до|по|у|за|над|под|через|возле|около)\s+$",
    re.IGNORECASE,
)
_WHERE = re.compile(r"(?:^|\W)(?:in|at|on|by|near|inside|behind|в|во|на|у)\s+(?:(?:the|an?|his|her|their)\s+)?$", re.IGNORECASE)
_SENTENCE_ENDS = {"", ".", "!", "?", "…", ":", "\n", "“", "«", '"', "—", "-"}
_INTRODUCED = re.compile(r"\b([A-ZА-ЯЁ]{2,}),\s+(?:\(?\d|an?\s)")


_ZH_CALLED = re.compile(  # 女儿小雨坐在床边
    r"(?:女儿|儿子|妹妹|弟弟|姐姐|哥哥|妻子|丈夫|女孩|男孩|名叫|叫)([小阿][\u3400-\u9fff])(?=[推坐站走跑说笑哭拿抱把问看吃喝在和，。的])"
)


def introduced(text: str, language: Language) -> tuple[str, ...]:
    """Names of those whom a text brings in: as a script does, "JACK, 50", or by what they do, "Julius Caesar walks"."""
    called = _ZH_CALLED.findall(text) if language is Language.CHINESE else ()
    return (*_INTRODUCED.findall(text), *called, *_who_act(text, language))


def _who_act(text: str, language: Language) -> Iterator[str]:
    """Names that nobody knows, told by their capitals, right before a verb of those that only people do."""
    if language is Language.CHINESE:
        return
    starts = {hit.start for hit in verbs(text, language) if action(hit.value).intent in OF_PEOPLE}
    named, where = mentions(text, language), places(text, language)
    known = [(one.start, one.end) for one in (*named, *where)]
    things = {one.end + 1 for one in named if one.concept.kind is not Kind.PERSON}
    things |= {one.end + 1 for one in where if not _WHERE.search(text, 0, one.start)}  # the river Neva
    small = {*listed("people", "small", language.value), *listed("borders", "next", language.value)}
    for match in _CAPITALS.finditer(text):
        words = [word for word in match.group().split() if folded(word) not in small]
        begins = match.end() - len(" ".join(words))
        is_told = len(words) > 1 or text[:begins].rstrip()[-1:] not in _SENTENCE_ENDS
        is_told = is_told and begins not in things and not _NO_ONES.search(text, 0, begins)
        if words and is_told and match.end() + 1 in starts and not any(a < match.end() and begins < b for a, b in known):
            yield " ".join(words)


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
    if language is Language.CHINESE:
        return next((name for name in known if text.startswith(name, one.end)), "")
    match = _NEXT[language].match(text, one.end)
    return match.group(1).casefold() if match and match.group(1).casefold() in known else ""


def _alike(one: Mention, own: Mention) -> bool:
    """Whether a name may be theirs: Anna is no boy."""
    figures = {(about.look.figure if about.look else Figure.PERSON) for about in (one.concept, own.concept)}
    return len(figures - {Figure.PERSON}) < 2
