"""The slate below the picture: number, size and move, who says what, and what is seen; in all three scripts."""

from dataclasses import dataclass

from PIL import Image, ImageDraw

from storyreel.animatic.lettering import width_px, wrapped, write
from storyreel.domain.generation import Request
from storyreel.domain.values import Size

GREY, PALE, WARM = (158, 162, 172, 255), (232, 230, 224, 255), (255, 214, 150, 255)


@dataclass(frozen=True, slots=True)
class Slate:
    """A strip of text, ready to be laid on every frame."""

    strip: Image.Image  # RGBA, as wide as the frame

    @classmethod
    def of(cls, request: Request) -> "Slate":
        """The slate of a request's shot."""
        size, caption = request.size, request.caption
        high = room_below(request)
        strip = Image.new("RGBA", (size.width_px, high), (9, 10, 13, 255))
        unit = _unit(size)
        ImageDraw.Draw(strip).rectangle((0, 0, size.width_px, max(1, unit // 14)), fill=(52, 56, 66, 255))
        left, line = unit * 1.3, unit * 1.75
        after = write(strip, f"{request.number}", left, line, int(unit * 1.35), WARM, bold=True) + unit
        small = int(unit * 0.86)
        if caption is not None:
            write(strip, caption.camera, after, line, small, GREY)
            write(strip, caption.length, size.width_px - left - width_px(caption.length, small), line, small, GREY)
        y = line + unit * 1.5
        for text, fill in _lines(request):
            write(strip, text, left, y, unit, fill)
            y += unit * 1.4
        return cls(strip)

    def lay(self, frame: Image.Image) -> None:
        """Lay it on a frame, at the bottom."""
        frame.paste(self.strip, (0, frame.height - self.strip.height))


def room_below(request: Request) -> int:
    """How many rows the slate of a request's shot takes, in pixels; even."""
    size = request.size
    return min(size.height_px // 2, 2 * round(_unit(size) * (2.5 + 1.4 * len(_lines(request))) / 2))


def _unit(size: Size) -> int:
    """The height of the text, in pixels."""
    return max(7, round(min(size.height_px, size.width_px) * 0.026))


def _lines(request: Request) -> list[tuple[str, tuple[int, int, int, int]]]:
    unit = _unit(request.size)
    room = request.size.width_px - unit * 2.6
    description = request.shot.description if request.shot else request.prompt
    out = [(text, PALE) for text in wrapped(description, unit, room, 2) if text]
    for line in request.caption.lines[:2] if request.caption else ():
        out += [(text, WARM) for text in wrapped(line, unit, room, 2)]
    return out
