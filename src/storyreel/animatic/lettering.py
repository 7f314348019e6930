"""Text in the vendored fonts: Latin, Cyrillic and Chinese, measured, wrapped, and stamped on a frame at sub-pixel places."""

from bisect import bisect_right
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from storyreel.animatic.canvas import Canvas
from storyreel.animatic.colour import Rgb

FONTS = Path(__file__).parent / "fonts"
FIRST_CJK = 0x2E80


@lru_cache(maxsize=32)
def font(name: str, size_px: int) -> ImageFont.FreeTypeFont:
    """A vendored font at a size."""
    return ImageFont.truetype(FONTS / f"{name}.ttf", size_px)


def runs(text: str) -> list[tuple[str, bool]]:
    """The text in stretches of one script: (stretch, whether it is Chinese)."""
    out: list[tuple[str, bool]] = []
    for letter in text:
        if not letter.isprintable():  # control characters have no shape, and some fonts stumble over them
            continue
        chinese = ord(letter) >= FIRST_CJK
        if out and (out[-1][1] == chinese or letter == " "):
            out[-1] = (out[-1][0] + letter, out[-1][1])
        else:
            out.append((letter, chinese))
    return out


def width_px(text: str, size_px: int, *, bold: bool = False) -> float:
    """How wide a line is."""
    return sum(_font_of(chinese, size_px, bold=bold).getlength(part) for part, chinese in runs(text))


def write(
    image: Image.Image, text: str, x: float, baseline: float, size_px: int, fill: tuple[int, int, int, int], *, bold: bool = False
) -> float:
    """Write one line from x on the baseline; returns where it ends."""
    draw = ImageDraw.Draw(image)
    for part, chinese in runs(text):
        face = _font_of(chinese, size_px, bold=bold)
        draw.text((x, baseline), part, font=face, fill=fill, anchor="ls")
        x += face.getlength(part)
    return x


def wrapped(text: str, size_px: int, room_px: float, most: int) -> list[str]:
    """The text in at most `most` lines that fit; what does not fit ends in an ellipsis."""
    lines: list[str] = [""]
    for piece in _pieces(text):
        if width_px(lines[-1] + piece.rstrip(), size_px) <= room_px or not lines[-1]:
            lines[-1] += piece
        else:
            lines.append(piece.lstrip())
    lines = [line.strip() for line in lines]
    if len(lines) > most or any(width_px(line, size_px) > room_px for line in lines[:most]):
        return [
            _shortened(line, size_px, room_px, force=k == most - 1 and len(lines) > most) for k, line in enumerate(lines[:most])
        ]
    return lines


def stamp(canvas: Canvas, text: str, x: float, y: float, room_px: float, fill: Rgb) -> None:
    """Write a name about (x, y), scaled to the room it has; moves by parts of a pixel."""
    mask = _name_mask(text)
    factor = min(room_px / mask.width, room_px * 0.62 / mask.height)
    if factor * mask.height < 3:
        return
    canvas.stamp(mask, x, y, factor, fill)


def _font_of(chinese: bool, size_px: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    return font("NotoSansSC-Regular" if chinese else ("NotoSans-Bold" if bold else "NotoSans-Regular"), size_px)


def _pieces(text: str) -> list[str]:
    """Where a line may break: after a space, and around every Chinese character."""
    out: list[str] = [""]
    for letter in text:
        if ord(letter) >= FIRST_CJK:
            out.append(letter)
        else:
            out[-1] += letter
            if letter == " ":
                out.append("")
    return [piece for piece in out if piece]


def _shortened(line: str, size_px: int, room_px: float, *, force: bool) -> str:
    if not force and width_px(line, size_px) <= room_px:
        return line
    fits = bisect_right(range(1, len(line) + 1), room_px, key=lambda letters: width_px(line[:letters] + "…", size_px))
    return line[:fits].rstrip() + "…"


@lru_cache(maxsize=64)
def _name_mask(text: str) -> Image.Image:
    size = 56
    lines = wrapped(text, size, 420, 3)
    wide = max(width_px(line, size) for line in lines)
    mask = Image.new("RGBA", (int(wide) + 12, int(size * 1.3 * len(lines)) + 8))
    for k, line in enumerate(lines):
        write(mask, line, (mask.width - width_px(line, size)) / 2, size * (1.0 + 1.3 * k), size, (255, 255, 255, 255))
    return mask.getchannel("A")
