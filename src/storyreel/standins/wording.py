"""Words and pictures as the stand-in for a language model reads them: sentences, JSON in a question, colours, names."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from storyreel.domain.values import JSON

MOST_SIDE_PX = 8192
COLOURS = {
    "black": (16, 16, 16),
    "grey": (128, 128, 128),
    "white": (240, 240, 240),
    "red": (190, 40, 40),
    "orange": (225, 130, 40),
    "yellow": (225, 205, 70),
    "green": (60, 140, 70),
    "teal": (40, 140, 140),
    "blue": (50, 90, 180),
    "purple": (120, 60, 150),
    "pink": (230, 150, 180),
    "brown": (110, 75, 45),
    "beige": (220, 200, 170),
}
TAGGED = re.compile(r"<(story|script|text|prompt|source|scene)>(.*?)</\1>", re.IGNORECASE | re.DOTALL)
ENDS = re.compile(r"(?<=[.!?…。！？])[\s\"'»”)]*\s*|\n+")


@dataclass(frozen=True, slots=True)
class Seen:
    """What the writer sees in a picture."""

    width_px: int
    height_px: int
    colours: tuple[str, ...]  # '#rrggbb', the most common first
    names: tuple[str, ...]  # of those colours
    brightness: float  # 0 to 1

    @property
    def sentence(self) -> str:
        """The picture in a few words."""
        light = "dark" if self.brightness < 0.35 else "bright" if self.brightness > 0.65 else "evenly lit"
        shape = "wide" if self.width_px > self.height_px else "tall" if self.height_px > self.width_px else "square"
        return f"A {light}, {shape} picture in {' and '.join(self.names[:2])}."


def seen_in(data: bytes) -> Seen:
    """What a picture shows. Raises ValueError where the bytes are no picture."""
    try:
        with Image.open(BytesIO(data)) as picture:
            size = picture.size
            small = picture.convert("RGB").resize((48, 48))
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise ValueError(f"the bytes are not a picture: {error}") from error
    if max(size) > MOST_SIDE_PX:
        raise ValueError(f"the picture is larger than {MOST_SIDE_PX} pixels")
    few = small.quantize(5)
    table = few.getpalette() or []
    counted = sorted(few.getcolors() or [], key=lambda found: (-found[0], str(found[1])))
    shades = [(table[3 * at], table[3 * at + 1], table[3 * at + 2]) for _, at in counted if isinstance(at, int)]
    total = sum(count for count, _ in counted)
    light = sum(count * sum(shade) for (count, _), shade in zip(counted, shades, strict=True)) / (total * 3 * 255)
    names = tuple(dict.fromkeys(_named(shade) for shade in shades))
    return Seen(*size, tuple("#{:02x}{:02x}{:02x}".format(*shade) for shade in shades), names, light)


def _named(shade: tuple[int, int, int]) -> str:
    return min(COLOURS, key=lambda name: sum((one - other) ** 2 for one, other in zip(COLOURS[name], shade, strict=True)))


def colours_of(seen: Sequence[Seen]) -> list[str]:
    """The colours of all pictures, each once."""
    return list(dict.fromkeys(colour for one in seen for colour in one.colours))


def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of the story in a question: what stands within tags such as <story>, or else all but JSON."""
    told = TAGGED.search(text)
    story = told[2] if told else re.sub(r"```.*?```|[\[{].*[\]}]", " ", text, flags=re.DOTALL)
    parts = (" ".join(part.split()) for part in ENDS.split(story if story.strip() else text))
    return tuple(part for part in parts if re.search(r"\w", part))


def echoes_of(text: str) -> dict[str, JSON]:
    """Every name and value of the JSON that a question holds, the outermost of a name first."""
    found: dict[str, JSON] = {}
    for value in json_in(text):
        _gather(value, found)
    return found


def json_in(text: str) -> list[JSON]:
    """The objects and lists that a text holds."""
    found: list[JSON] = []
    decoder = json.JSONDecoder()
    at = 0
    while (start := min((spot for spot in (text.find("{", at), text.find("[", at)) if spot >= 0), default=-1)) >= 0:
        try:
            value, at = decoder.raw_decode(text, start)
        except ValueError:
            at = start + 1
            continue
        found.append(value)
    return found


def _gather(value: JSON, found: dict[str, JSON]) -> None:
    """Names and values of an object and of what lies within; of what lies in a list, the lists alone."""
    if isinstance(value, dict):
        for name, inner in value.items():
            found.setdefault(name, inner)
        for inner in value.values():
            _gather(inner, found)
    elif isinstance(value, list):
        for inner in value:
            deeper: dict[str, JSON] = inner if isinstance(inner, dict) else {}
            _gather({name: item for name, item in deeper.items() if isinstance(item, list)}, found)


def worded(name: str, nth: int, words: Sequence[str], seen: Sequence[Seen]) -> str:
    """A text for a field of that name."""
    story = " ".join(words) or " ".join(one.sentence for one in seen) or "Nothing was told."
    if seen and re.search("colou?r|palette", name):
        return colours_of(seen)[nth % len(colours_of(seen))]
    if seen and re.search("subject|look|appearance|style|light|mood|description|summary|composition|background", name):
        return " ".join(one.sentence for one in seen)
    if re.search("title|heading|caption", name):
        return " ".join(re.findall(r"[\w'’-]+", story)[:6]) or "Untitled"
    if name in {"name", "character", "speaker", "who"}:
        return names_in(story)[nth % len(names_in(story))]
    return story


def names_in(text: str) -> list[str]:
    """Words that begin with a capital within a sentence; otherwise a name for somebody."""
    found = re.findall(r"(?<=[a-zа-яё,;] )[A-ZА-ЯЁ][\w-]{2,}", text)
    return list(dict.fromkeys(found)) or ["Somebody"]


def singular(name: str) -> str:
    """'stories' as 'story', 'shots' as 'shot'."""
    last = name.lower()
    return last[:-3] + "y" if last.endswith("ies") else last[:-1] if last.endswith("s") and not last.endswith("ss") else last


def language_of(text: str) -> str:
    """'zh', 'ru' or 'en', by its letters."""
    counts = {"zh": r"[\u4e00-\u9fff]", "ru": r"[а-яё]", "en": r"[a-z]"}
    return max(counts, key=lambda code: len(re.findall(counts[code], text.lower())) * (2 if code == "zh" else 1))
