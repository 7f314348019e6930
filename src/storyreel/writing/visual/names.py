"""What to call someone or something in a sentence of ours: its own words, in the form a subject takes."""

import re

from storyreel.domain.values import Language
from storyreel.lexicon import Kind, Mention
from storyreel.writing.known import mentions
from storyreel.writing.verbs import past_forms, verbs
from storyreel.writing.words import folded, row_words

_RU_ADJECTIVE = re.compile(r"(?:ый|ий|ой|ая|яя|ое|ее|ые|ие)$")
_RU_WHEN = frozenset({"зимой", "весной", "порой", "рекой", "горой", "домой", "долой", "стеной"})  # and no adjective
_EN_DETERMINER = frozenset(
    [
        "a",
        "an",
        "the",
        "his",
        "her",
        "their",
        "its",
        "my",
        "our",
        "your",
        "this",
        "that",
        "one",
        "another",
        "every",
        "each",
        "some",
        "no",
        "two",
        "three",
        "four",
        "five",
        "several",
        "many",
    ]
)
_EN_STOP = frozenset(
    [
        "in",
        "on",
        "at",
        "of",
        "to",
        "by",
        "with",
        "from",
        "for",
        "into",
        "over",
        "under",
        "behind",
        "near",
        "and",
        "or",
        "but",
        "is",
        "are",
        "was",
        "were",
        "who",
        "which",
        "that",
        "as",
        "like",
        "when",
        "while",
        "then",
        "where",
        "if",
        "so",
        "not",
    ]
)
_ZH_MEASURE = re.compile(
    r"(?:[一两三四五六七八九十几数那这某每]|\d)(?:[个位名只条艘把辆座棵朵头匹张封本盏顶件双群对股片间栋架扇根台颗]|群|块)([^，。、；：的在里上]{0,3}的?)$"
)
_ZH_PAIRS = re.compile(r"([一两三四])[对群支家]$")  # of groups: 两对情侣
_ZH_COLOURS = re.compile(r"(?:[红白黑蓝绿黄紫金银灰粉大小老旧新]色?的?)$")
_MANY = re.compile(  # a word for several, behind which a verb may stand without an s
    r"(?:[^s]s|men|people|children)$", re.IGNORECASE
)
_MOST_WORDS = 3
LIVING = frozenset({Kind.PERSON, Kind.ANIMAL, Kind.CREATURE})


def name_of(one: Mention, text: str, language: Language) -> str:
    """The name of a mention, with its adjectives where they can stand as they are: "old lighthouse keeper"."""
    if one.is_name:
        return one.text.title() if one.text.isupper() else one.text
    if language is Language.ENGLISH:
        return _english(one, text)
    return _russian(one, text) if language is Language.RUSSIAN else _chinese(one, text)


def count_of(one: Mention, text: str, language: Language) -> int:
    """How many are meant: by a number word before it, or by the plural; two newlyweds are one couple."""
    before = text[max(0, one.start - 24) : one.start]
    if one.concept.group and language is Language.CHINESE:
        pairs = _ZH_PAIRS.search(before)
        return " 一两三四".index(pairs[1]) if pairs else 1
    if one.concept.group and _counts_members(one, language):
        return 1
    return _told_count(before, language) or 1 + _is_plural(one, text, language)


def _told_count(before: str, language: Language) -> int | None:
    """The number word that stands right before."""
    hits = row_words("people", "counts", language).find(before)
    near = [hit for hit in hits if len(before) - hit.end <= (2 if language is Language.CHINESE else 14)]
    if near and not re.search(r"[,.;，。；]", before[near[-1].end :]):
        return int(near[-1].value)
    return None


def _is_plural(one: Mention, text: str, language: Language) -> bool:
    if language is Language.ENGLISH:
        return _is_english_plural(one.text)
    if language is Language.CHINESE:
        return text[one.end : one.end + 1] == "们" or one.text.endswith("们")
    return one.text.lower().endswith(("ы", "и", "ые", "ие")) and bool(
        re.match(r"\s+[а-яё]+(?:ут|ют|ат|ят|утся|ются|атся|ятся|ли|лись)\b", text[one.end :])
    )


def _counts_members(one: Mention, language: Language) -> bool:
    """Whether a group's word is of those in it: "two newlyweds", and not "two couples"."""
    if language is Language.ENGLISH:
        return _is_english_plural(one.word)
    return folded(one.word).split()[0].endswith(("ы", "и", "е"))


def _is_english_plural(word: str) -> bool:
    low = word.lower()
    return low.endswith(("s", "men", "people", "children", "mice", "geese", "police")) and not low.endswith(
        ("'s", "ss", "us", "is", "lens")
    )


def _english(one: Mention, text: str) -> str:
    written_large = one.text.isupper() and one.word.islower()  # a script's BOY, but no UFO
    said = one.text.lower() if written_large else one.text if one.text.isupper() else one.text[0].lower() + one.text[1:]
    words = re.findall(r"[\w'’-]+", text[: one.start])
    between = re.search(r"[^\w\s'’-]\s*(?:[\w'’-]+\s+)*$", text[: one.start])
    kept: list[str] = []
    reach = len(re.findall(r"[\w'’-]+", between.group())) if between else _MOST_WORDS + 1
    near = words[-min(reach, _MOST_WORDS + 1) :] if reach else []
    for word, before in zip(reversed(near), [*reversed(near[:-1]), ""], strict=False):
        if folded(word) in _EN_DETERMINER:
            return " ".join([*reversed(kept), said])
        done = folded(word) in past_forms() and bool(mentions(before, Language.ENGLISH))  # "the girl ran home"
        does = word.endswith("s") or _MANY.search(before)  # "plays chess", "old friends play chess"
        if folded(word) in _EN_STOP or len(kept) == _MOST_WORDS or done or (does and verbs(word, Language.ENGLISH)):
            break
        kept.append(word.lower() if written_large else word)
    return said


def _russian(one: Mention, text: str) -> str:
    listed = one.concept.words[Language.RUSSIAN]
    low = folded(one.text)
    name = next((word for word in listed if folded(word) == low), None)
    if name is None:
        return closest(one.text, listed)
    kept: list[str] = []
    for word in reversed(re.findall(r"[\w-]+|[^\w\s]", text[: one.start])[-2:]):
        if not _RU_ADJECTIVE.search(folded(word)) or folded(word) in _RU_WHEN:
            break
        kept.append(word.lower())
    return " ".join([*reversed(kept), one.text.lower()])


def closest(text: str, listed: tuple[str, ...]) -> str:
    """The listed word that a text in another case is a form of."""
    tokens = folded(text).split()

    def alike(word: str) -> int:
        theirs = folded(word).split()
        if len(theirs) != len(tokens):
            return 0
        return sum(
            mine[: max(3, len(mine) - 2)] == other[: max(3, len(mine) - 2)] for mine, other in zip(tokens, theirs, strict=True)
        )

    return max(listed, key=alike)


def _chinese(one: Mention, text: str) -> str:
    before = text[max(0, one.start - 6) : one.start]
    measured = _ZH_MEASURE.search(before)
    if measured and not mentions(measured.group(1), Language.CHINESE):  # 一个男孩放纸船: the boy is counted
        return f"{measured.group(1)}{one.text}"
    coloured = _ZH_COLOURS.search(before)
    return f"{coloured.group()}{one.text}" if coloured else one.text
