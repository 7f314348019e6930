"""The slate below the picture: number, size and move, who says what, and what is seen; in all three scripts."""

from dataclasses import dataclass

from PIL import Image, ImageDraw

from storyreel.animatic.lettering import width_px, wrapped, write
from storyreel.domain.storyboard import Move, Shot
from storyreel.domain.values import Size

GREY, PALE, WARM = (158, 162, 172, 255), (232, 230, 224, 255), (255, 214, 150, 255)


@dataclass(frozen=True, slots=True)
class Slate:
    """A strip of text, ready to be laid on every frame."""

    strip: Image.Image  # RGBA, as wide as the frame

    @classmethod
    def of(cls, shot: Shot, number: int, size: Size) -> "Slate":
        """The slate of a shot."""
        high = room_below(shot, size)
        strip = Image.new("RGBA", (size.width_px, high), (9, 10, 13, 255))
        unit = _unit(size)
        ImageDraw.Draw(strip).rectangle((0, 0, size.width_px, max(1, unit // 14)), fill=(52, 56, 66, 255))
        left, line = unit * 1.3, unit * 1.75
        after = write(strip, f"{number}", left, line, int(unit * 1.35), WARM, bold=True) + unit
        camera = f"{shot.size.value.upper()}  ·  {_camera(shot)}"
        write(strip, camera, after, line, int(unit * 0.86), GREY)
        clock = f"{shot.seconds:g} s"
        write(strip, clock, size.width_px - left - width_px(clock, int(unit * 0.86)), line, int(unit * 0.86), GREY)
        y = line + unit * 1.5
        for text, fill in _lines(shot, size):
            write(strip, text, left, y, unit, fill)
            y += unit * 1.4
        return cls(strip)

    def lay(self, frame: Image.Image) -> None:
        """Lay it on a frame, at the bottom."""
        frame.paste(self.strip, (0, frame.height - self.strip.height))


def room_below(shot: Shot, size: Size) -> int:
    """How many rows the slate of a shot takes, in pixels; even."""
    lines = len(_lines(shot, size))
    return min(size.height_px // 2, 2 * round(_unit(size) * (2.5 + 1.4 * lines) / 2))


def _unit(size: Size) -> int:
    """The height of the text, in pixels."""
    return max(7, round(min(size.height_px, size.width_px) * 0.026))


def _camera(shot: Shot) -> str:
    move = shot.move.value if shot.move is Move.STATIC else f"{shot.pace.value} {shot.move.value}"
    return f"{shot.angle.value}  ·  {move}"


def _lines(shot: Shot, size: Size) -> list[tuple[str, tuple[int, int, int, int]]]:
    unit = _unit(size)
    room = size.width_px - unit * 2.6
    out = [(text, PALE) for text in wrapped(shot.description, unit, room, 2) if text]
    for line in shot.dialogue[:2]:
        out += [(text, WARM) for text in wrapped(f"{line.speaker}: {line.words}", unit, room, 2)]
    return out
