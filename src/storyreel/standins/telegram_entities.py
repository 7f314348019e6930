"""A text with HTML tags, as the Bot API reads it: the plain text and its entities, whose offsets count UTF-16 units.

Source: `parse_html` of tdlib's MessageEntity.cpp, also for the words of what is wrong.
"""

import re
from html import unescape
from typing import TypeAlias

from storyreel.domain.values import JSON
from storyreel.standins.refusals import Refused
from storyreel.standins.telegram_refusals import bad

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
}
MOST_BYTES = 1 << 15
Entity: TypeAlias = dict[str, JSON]
Open: TypeAlias = tuple[str, int, Entity]
"""A tag that is open: its name, where it began, what it says."""

_NAME = re.compile(r"<(/?)([^\s>]*)")
_REST = re.compile(r"((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE = re.compile(r"\s*([^\s=>]+)\s*(?:=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+))?")
_ESCAPED = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});")


def units(text: str) -> int:
    """A text's length in UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def read_text(text: str, parse_mode: str, entities: JSON = None) -> tuple[str, list[JSON]]:
    """The plain text without the blanks around it, and its entities. Raises Refused."""
    if len(text.encode()) > MOST_BYTES:
        raise bad("text is too long")
    mode = parse_mode.lower()
    if mode not in {"", "none", "html"}:
        raise bad("unsupported parse_mode")
    if mode == "html":
        text, found = _read_html(text)
    else:
        found = entities if isinstance(entities, list) else []
    begins = units(text) - units(text.lstrip())
    text = text.strip()
    length = units(text)
    return text, [moved for entity in found if isinstance(entity, dict) and (moved := _moved(entity, begins, length))]


def _moved(entity: dict[str, JSON], begins: int, length: int) -> dict[str, JSON] | None:
    """An entity where blanks were cut off; None: nothing is left of it."""
    offset, long = entity.get("offset"), entity.get("length")
    if not isinstance(offset, int) or not isinstance(long, int):
        raise bad('can\'t parse MessageEntity: field "offset" must be of type Number')
    start, end = max(0, offset - begins), min(length, offset - begins + long)
    return {**entity, "offset": start, "length": end - start} if end > start else None


def _read_html(text: str) -> tuple[str, list[JSON]]:
    plain: list[str] = []
    open_tags: list[Open] = []
    found: list[Entity] = []
    at = length = 0
    while at < len(text):
        start = text.find("<", at)
        piece = _unescaped(text[at : start if start >= 0 else len(text)])
        plain.append(piece)
        length += units(piece)
        if start < 0:
            break
        tag, rest = _tag_at(text, start)
        if tag[1]:
            _close(tag, open_tags, found, length, plain)
        else:
            open_tags.append((tag[2].lower(), length, _opened(tag, rest[1])))
        at = rest.end()
    if open_tags:
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{open_tags[-1][0]}\"")
    for entity in found:
        if entity["type"] == "code":
            entity.pop("language", None)
    found.sort(key=lambda entity: (entity["offset"], -int(str(entity["length"]))))
    return "".join(plain), list[JSON](found)


def _tag_at(text: str, start: int) -> tuple[re.Match[str], re.Match[str]]:
    """The name and the rest of the tag that begins there."""
    tag = _NAME.match(text, start)
    if tag is None or (tag.end() == len(text) and not tag[1]):
        raise _wrong("Unclosed start tag", text, start)
    if not tag[1] and tag[2].lower() not in TAGS:
        raise _wrong(f'Unsupported start tag "{tag[2].lower()}"', text, start)
    rest = _REST.match(text, tag.end())
    if rest is None:
        raise _wrong(f"Unclosed {'end' if tag[1] else 'start'} tag", text, start)
    return tag, rest


def _opened(tag: re.Match[str], rest: str) -> Entity:
    """What an opening tag says of its entity."""
    name = tag[2].lower()
    said = {one[1].lower(): _unescaped((one[2] or "").strip("\"'")) for one in _ATTRIBUTE.finditer(rest)}
    if name == "span" and said.get("class") != "tg-spoiler":
        raise _wrong('Tag "span" must have class "tg-spoiler"', tag.string, tag.start())
    entity: Entity = {"type": TAGS[name]}
    if name == "blockquote" and "expandable" in said:
        entity["type"] = "expandable_blockquote"
    if name == "tg-emoji":
        entity["custom_emoji_id"] = said.get("emoji-id", "")
    if name == "a":
        entity["url"] = said.get("href", "")
    if name == "code" and said.get("class", "").startswith("language-"):
        entity["language"] = said["class"].removeprefix("language-")
    return entity


def _close(tag: re.Match[str], open_tags: list[Open], found: list[Entity], length: int, plain: list[str]) -> None:
    """Keep the entity that a closing tag ends, where there is anything in it."""
    if not open_tags:
        raise _wrong("Unexpected end tag", tag.string, tag.start())
    opened, start, said = open_tags.pop()
    if (name := tag[2].lower()) and name != opened:
        raise _wrong("Unmatched end tag", tag.string, tag.start(), f', expected "</{opened}>", found "</{name}>"')
    if length == start:
        return
    entity: Entity = {**said, "offset": start, "length": length - start}
    inner = found[-1] if found else {}
    if opened == "pre" and "language" in inner and (inner["offset"], inner["length"]) == (start, length - start):
        inner["type"] = "pre"
        return
    if opened == "a" and not said["url"]:
        entity["url"] = "".join(plain).encode("utf-16-le")[2 * start :].decode("utf-16-le")
    if opened != "a" or re.search(r":|\.", str(entity["url"])):
        found.append(entity)


def _unescaped(text: str) -> str:
    """The few escapes that the Bot API knows."""
    return _ESCAPED.sub(lambda found: unescape(found[0]), text)


def _wrong(words: str, text: str, at: int, more: str = "") -> Refused:
    return bad(f"can't parse entities: {words} at byte offset {len(text[:at].encode())}{more}")
