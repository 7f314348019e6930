"""The form of a script: its lines sorted into headings, list items, speech, action and asides.

Fountain's marks (INT./EXT., CHARACTER cues, `.`, `@`, `>`, `[[ ]]`, title page) and what people write by hand instead:
"Scene 1:", «Сцена 1», 第一场, "1.", "-", NAME: words, — реплика.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from storyreel.domain.values import Language
from storyreel.lexicon import Kind
from storyreel.writing.known import mentions
from storyreel.writing.split.asked import unasked
from storyreel.writing.split.pieces import Block, Part

_NUMBER = r"(?:\d+|[一二三四五六七八九十百]+|[IVX]+)"
SLUG = re.compile(
    r"(?:\d+[A-Za-z]?[.)、]?\s+)?"
    r"(?:(?:INT\./EXT|INT/EXT|INT|EXT|EST|I/E|ИНТЕРЬЕР|НАТУРА|ИНТ|ЭКСТ|НАТ|ПАВ)[./\s]|内景|外景|内[／/]外|[内外][.．、])",
    re.IGNORECASE,
)
SCENE = re.compile(
    rf"#*\s*(?:(?:scene|сцена|эпизод|场景|场|act|акт)\s*(?:№\s*)?{_NUMBER}|第\s*{_NUMBER}\s*[场幕])\b"
    r"\s*[:：.)、—–-]*[ \t]*",
    re.IGNORECASE,
)
_ITEM = re.compile(
    rf"(?:(?:shot|кадр|план|镜头|分镜)\s*(?:№\s*|#\s*)?{_NUMBER}\s*[:：.)、—–-]*|第\s*{_NUMBER}\s*(?:镜|个镜头)[:：.、]?"
    r"|\d{1,3}\s*[.)、．:：](?!\d)|[一二三四五六七八九十]+、|第[一二三四五六七八九十]+[、，,：:](?!.*第[一二三四五六七八九十]+[、，,])"
    r"|[（(]\d{1,3}[)）]|[①-⑳]|[-*•●▪‣]\s)[ \t]*",
    re.IGNORECASE,
)
_TRANSITION = re.compile(
    r"(?:(?:[A-Z][A-Z ]+ TO:|FADE (?:IN|OUT)[.:]?|FADE TO BLACK[.:]?|THE END\.?|ЗАТЕМНЕНИЕ\.?|ИЗ ЗТМ\.?|В ЗТМ\.?|КОНЕЦ\.?"
    r"|切至[:：]?|淡入[:：。]?|淡出[:：。]?|剧终。?|完。?)|>(?!.*<).*)$"
)
_TITLE_KEY = re.compile(
    r"(?:title|credit|author|authors|source|draft date|contact|copyright|название|автор|标题|片名|作者|编剧)\s*[:：]\s*(.*)$",
    re.IGNORECASE,
)
_NAMED = re.compile(r"([^\W\d_][\w .'’-]{0,28}?)\s*(?:[（(]([^()（）]{0,30})[)）])?\s*[:：]\s*(?=\S)")
_SAYS_ZH = re.compile(r"(?:[低大轻高小]声)?(?:[说问答喊叫]道?|回答|道)$")  # 守塔人说：
_DASH = re.compile(r"[—–]\s*(?=\S)")
_CONTD = re.compile(r"\s*[（(]([^()（）]*)[)）]\s*\^?$")
_NO_MANNER = re.compile(  # who is not seen, who is spoken to, and that nothing is said
    r"(?:(?:v\.?\s*o|o\.?\s*[sc]|off|on|cont|continued|beat|pause|to|then|вз)\b|more$"
    r"|за кадром|з\.?\s*к|пауза|продолж|画外|旁白|停顿|续|对)",
    re.IGNORECASE,
)
_NOT_NAMES = re.compile(
    r"(?:scene|shot|note|close|wide|medium|detail|camera|angle|title|int|ext|cut|fade|insert|day|night|dawn|dusk|later|music|sound|sfx|location|time|setting|characters?"
    r"|сцена|кадр|план|крупн|общий|средний|деталь|камера|звук|музыка|место|время|персонаж|титр|场景|镜头|特写|近景|中景|全景|远景|地点|时间|人物|音效|音乐|字幕|旁注)",
    re.IGNORECASE,
)
LONGEST_CUE = 40
SPEAKERS = frozenset({Kind.PERSON, Kind.ANIMAL, Kind.CREATURE})
_CUE_ZH = re.compile(r"[\u3400-\u9fff]{1,4}(?:·[\u3400-\u9fff]{1,4})?")
_ORDINAL = re.compile(r"第([一二三四五六七八九十])[，,、：:]\s*")
_CHINESE_FIGURES = "一二三四五六七八九十"
LEAST_COUNTED = 2  # items by which a line counts them off


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str  # stripped
    at: int  # where the stripped text begins

    @property
    def end(self) -> int:
        return self.at + len(self.text)


def blocks(source: str) -> list[Block]:
    """The source's parts in order; white space and marks between them belong to the part that follows."""
    lines = list(_lines(source))
    found: list[Block] = []
    index = _title_page(lines, found)
    while index < len(lines):
        index = _take(lines, index, found)
    return _paragraphs_joined(found, source)


def title_of(found: list[Block], source: str) -> str:
    """The title that the script gives itself, or nothing."""
    return next((source[one.text_start : one.text_end].strip() for one in found if one.label == "title"), "")


def _lines(source: str) -> Iterator[_Line]:
    at = 0
    for raw in source.splitlines(keepends=True):
        text = raw.strip()
        yield _Line(at, text, at + (len(raw) - len(raw.lstrip())) if text else at)
        at += len(raw)


def _title_page(lines: list[_Line], found: list[Block]) -> int:
    index = 0
    while index < len(lines) and (not lines[index].text or _TITLE_KEY.match(lines[index].text)):
        line = lines[index]
        if key := _TITLE_KEY.match(line.text):
            label = "title" if re.match(r"title|название|标题|片名", line.text, re.IGNORECASE) else "note"
            found.append(Block(Part.ASIDE, line.start, line.at + key.start(1), line.end, label))
        index += 1
    return index


def _take(lines: list[_Line], index: int, found: list[Block]) -> int:
    line = lines[index]
    if not line.text:
        found.append(Block(Part.ASIDE, line.start, line.at, line.at, "blank"))
        return index + 1
    if _is_heading(lines, index):
        mark = 1 if line.text.startswith(".") else 0
        found.append(Block(Part.HEADING, line.start, line.at + mark, line.end))
    elif marked := SCENE.match(line.text):
        found.append(Block(Part.HEADING, line.start, line.at, line.at + len(marked.group().rstrip())))
        if marked.end() < len(line.text):
            found.append(Block(Part.ACTION, line.at + marked.end(), line.at + marked.end(), line.end))
    elif _is_aside(line.text):
        found.append(Block(Part.ASIDE, line.start, line.at, line.end, "note"))
    elif _is_cue(lines, index):
        return _take_speech(lines, index, found)
    else:
        found.extend(_counted_off(line) or [_plain(line)])
    return index + 1


def _counted_off(line: _Line) -> list[Block]:
    """The items of a line that counts them off one after the other, with what comes before them; none where it does not."""
    marks = list(_ORDINAL.finditer(line.text))
    if len(marks) < LEAST_COUNTED or [_CHINESE_FIGURES.find(mark.group(1)) for mark in marks] != list(range(len(marks))):
        return []
    starts = [mark.start() for mark in marks]
    found = [Block(Part.ACTION, line.start, line.at, line.at + starts[0])] if line.text[: starts[0]].strip() else []
    for mark, end in zip(marks, [*starts[1:], len(line.text)], strict=True):
        words = line.text[mark.end() : end].rstrip(" ，,；;、")
        start = line.at + mark.start() if found else line.start
        found.append(Block(Part.ITEM, start, line.at + mark.end(), line.at + mark.end() + len(words)))
    return found


def _plain(line: _Line) -> Block:
    if (item := _ITEM.match(line.text)) and item.end() < len(line.text):
        return Block(Part.ITEM, line.start, line.at + item.end(), line.end)
    if named := _name_of(line.text):
        name, end, manner = named
        return Block(Part.SPEECH, line.start, line.at + end, line.end, name, manner)
    if (dash := _DASH.match(line.text)) and dash.end() < len(line.text):
        return Block(Part.ACTION, line.start, line.at + dash.end(), line.end, "dash")
    mark = 1 if line.text.startswith("!") and len(line.text) > 1 else 0
    return Block(Part.ACTION, line.start, line.at + mark, line.end)


def _name_of(text: str) -> tuple[str, int, str] | None:
    """Who speaks in a line "NAME (manner): words", where the words begin, and how they are said."""
    match = _NAMED.match(text)
    if not match:
        return None
    name = _SAYS_ZH.sub("", match.group(1).strip())
    words = name.split()
    starts_large = all(word[0].isupper() or not word[0].islower() for word in words)
    short = len(words) <= 3 and (len(name) <= 6 or name.isascii() or "\u0400" <= name[0] <= "\u04ff")
    rest = text[match.end() :]
    is_name = bool(words) and starts_large and short and not _NOT_NAMES.match(name) and any(char.isalpha() for char in rest)
    is_name = is_name and bool(unasked(f"{name}："))  # 做一个视频： asks for a film, and nobody speaks
    return (name, match.end(), _manner(match.group(2))) if is_name else None


def _manner(bracketed: str | None) -> str:
    """How something is said, by what a script says of it in brackets; empty where that tells something else."""
    told = (bracketed or "").strip(" .,…")
    return "" if _NO_MANNER.match(told) else told


def _is_heading(lines: list[_Line], index: int) -> bool:
    text = lines[index].text
    if SLUG.match(text):
        return True
    if text.startswith(".") and len(text) > 1 and text[1].isalnum():
        return True
    marked = SCENE.match(text)
    if not marked:
        return False
    rest = text[marked.end() :]
    follows = next((one.text for one in lines[index + 1 :] if one.text), "")
    stands_alone = bool(follows) and not SCENE.match(follows) and not SLUG.match(follows)
    return bool(rest) and len(rest) <= 60 and stands_alone and not rest.rstrip().endswith(("!", "?", "。", "！", "？"))


def _is_aside(text: str) -> bool:
    bracketed = text.startswith(("[[", "/*", "===")) or (text.startswith("= ") and len(text) > 2)
    return bracketed or bool(_TRANSITION.match(text)) or not any(char.isalnum() for char in text)


def _is_cue(lines: list[_Line], index: int) -> bool:
    text = lines[index].text
    after = lines[index + 1].text if index + 1 < len(lines) else ""
    before = lines[index - 1].text if index else ""
    if not after or before:
        return False
    if text.startswith("@"):
        return True
    name = _CONTD.sub("", text)
    if _CUE_ZH.fullmatch(name):  # which has no capitals; in a script only
        in_script = any(SLUG.match(line.text) or SCENE.match(line.text) for line in lines[:index])
        return in_script and (_is_somebody(name) or _is_cued_again(name, lines, index))
    cased = any(char.isupper() for char in name) and not any(char.islower() for char in name)
    return cased and len(name) <= LONGEST_CUE and not name.endswith((".", "!", "?", ":", "…")) and not _ITEM.match(name)


def _is_somebody(name: str) -> bool:
    """Whether a Chinese name is of a person, an animal or a creature that the lexicon knows, or is a given name."""
    who = mentions(name, Language.CHINESE)
    return any(one.start == 0 or one.end == len(name) for one in who if one.concept.kind in SPEAKERS)


def _is_cued_again(name: str, lines: list[_Line], index: int) -> bool:
    """Whether a line of the same words alone, with one behind it, stands elsewhere."""
    return any(k != index and line.text == name and lines[k + 1].text for k, line in enumerate(lines[:-1]))


def _take_speech(lines: list[_Line], index: int, found: list[Block]) -> int:
    cue = lines[index]
    name = _CONTD.sub("", cue.text).lstrip("@").strip()
    said = _CONTD.search(cue.text)
    start, manner = cue.start, _manner(said and said.group(1))
    index += 1
    while index < len(lines) and lines[index].text:
        line = lines[index]
        index += 1
        if line.text.startswith(("(", "（")) and line.text.endswith((")", "）")):
            manner = _manner(line.text[1:-1]) or manner
            continue
        found.append(Block(Part.SPEECH, start, line.at, line.end, name, manner))
        start, manner = line.start, ""
    return index


def _paragraphs_joined(found: list[Block], source: str) -> list[Block]:
    """Lines of one paragraph or speech run together; blank lines are dropped."""
    joined: list[Block] = []
    last_blank = True
    for block in found:
        if block.label == "blank":
            last_blank = True
            continue
        before = joined[-1] if joined else None
        if before and not last_blank and _goes_on(before, block, source):
            joined[-1] = replace(before, text_end=block.text_end)
        else:
            joined.append(block)
        last_blank = False
    return joined


def _goes_on(before: Block, block: Block, source: str) -> bool:
    if block.part is Part.SPEECH:
        return before.part is Part.SPEECH and before.label == block.label and ":" not in source[block.start : block.text_start]
    if block.part is not Part.ACTION or block.label or before.part not in {Part.ACTION, Part.ITEM}:
        return False
    ended = source[before.text_end - 1] in '.!?…。！？;；:：”»」"'
    wraps = source[block.text_start].islower() or before.text_end - before.text_start > 50
    return (before.part is Part.ACTION and wraps) or (not ended and wraps)
