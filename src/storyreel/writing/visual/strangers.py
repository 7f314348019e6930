"""Who acts and is in no list: known by how the word ends, or is counted, right before what only people do."""

import re
from collections.abc import Iterator

from storyreel.domain.values import Language
from storyreel.lexicon import Kind, mentions
from storyreel.writing.known import places
from storyreel.writing.verbs import action, verbs
from storyreel.writing.words import folded, listed

OF_PEOPLE = frozenset({"travel", "chase", "look", "talk", "give", "hands", "return", "leave", "embrace", "reveal"})
"""Intents of what only people do."""
_ALSO_OF_PEOPLE = OF_PEOPLE | {"feel", "rest", "arrive", "fight"}
_NAMED = {
    Language.ENGLISH: re.compile(
        r"\b(?:an?|the|one|my|his|her|our|their|another)\s+(?:[a-z-]+\s+){0,2}?"
        r"([a-z-]+(?:er|or|ist|eer|man|woman|smith))\s+(?:[a-z]+ly\s+)?$",
        re.IGNORECASE,
    ),
    Language.RUSSIAN: re.compile(
        r"(?<![\w-])([а-яё-]+(?:тель|щик|щица|чик|чица|ник|ница|ист|истка|лог|граф|вод|ёр|ец))\s+(?:[а-яё]+о\s+)?$", re.IGNORECASE
    ),
    Language.CHINESE: re.compile(r"[一这那两三几][位名]([\u3400-\u9fff]{2,6}?)(?:正在|正|在)?$"),
}
"""A word that names somebody by what they do: by its end, or by the word it is counted with."""
_ALSO_OF_THINGS = re.compile(r"(?:[^e]er|[^e]or|чик|ник|лог|граф|[её]р|ец)$", re.IGNORECASE)  # a blender, телеграф
_ONLY_OF_PEOPLE = frozenset({"talk", "feel", "give", "embrace"})  # no machine does that
_ZH_TRADE = re.compile(r"[师员者家手匠长生工商]$")
_ZH_WHERE = re.compile(r"[在从向往到对和与跟把被给地着了过里]")  # 老人在公园里 is an old man, and where he is
_LONGEST = 60  # characters from such a word to what is done


def strangers(text: str, language: Language) -> Iterator[tuple[str, int, int]]:
    """The name in lower case of each who acts and whom no list knows, and where it stands: "a sommelier pours the wine"."""
    does = {hit.start: intent for hit in verbs(text, language) if (intent := action(hit.value).intent) in _ALSO_OF_PEOPLE}
    named, where = mentions(text, language), places(text, language)
    people = [(one.start, one.end) for one in named if one.concept.kind is Kind.PERSON]
    known = [(one.start, one.end) for one in (*named, *where)]
    things = listed("people", "machines", language.value)
    for start in sorted(does):
        match = _NAMED[language].search(text, max(0, start - _LONGEST), start)
        if match is None or folded(match[1]) in things:
            continue
        begins, ends = match.span(1)
        if _ALSO_OF_THINGS.search(match[1]) and does[start] not in _ONLY_OF_PEOPLE:
            continue
        if language is Language.CHINESE and _ZH_WHERE.search(match[1]):
            continue
        whole = language is Language.CHINESE and _ZH_TRADE.search(match[1])  # 品酒 is but a part of 品酒师
        beside = people if whole else known
        if not any(first < ends and begins < last for first, last in beside):
            yield match[1].lower(), begins, ends
