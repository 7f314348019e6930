"""A contact sheet: every shot of a film on one dark page, with its number, length, camera and a line about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from PIL import Image, ImageDraw, ImageOps

from storyreel.media.atomic import whole_file
from storyreel.media.frames import frame_at
from storyreel.media.lettering import Lettering
from storyreel.media.probe import probe

_GROUND, _EDGE = "#121417", "#2a2e35"
_BRIGHT, _TEXT, _QUIET, _ACCENT = "#f1efe9", "#c2c6cd", "#8d939d", "#e8b04a"
_MARGIN, _GAP = 48, 32
_LINES = 2  # of a description


@dataclass(frozen=True, slots=True)
class SheetShot:
    """One shot on the sheet."""

    picture: Path | Image.Image  # a clip, whose middle is shown, or a picture
    number: int
    length: str  # "4.5 s"
    camera: str  # "wide, push in"
    description: str


def contact_sheet(
    shots: Sequence[SheetShot],
    output: Path,
    *,
    title: str = "",
    facts: str = "",
    fonts: Sequence[Path] = (),
    columns: int | None = None,
) -> None:
    """Draw the sheet to a PNG or JPEG, by the output's name; `fonts` stand in for each other, the first one first.

    `facts` stand beside the title: "6 shots · 54 s".

    Raises ValueError without shots, MediaUnusable naming a clip, OutputUnwritable.
    """
    if not shots:
        raise ValueError("a contact sheet needs at least one shot")
    sheet = _Sheet(shots, title, facts, fonts, columns)
    image = sheet.drawn()
    is_png = output.suffix.lower() == ".png"
    with whole_file(output) as part:
        image.save(part, format="PNG" if is_png else "JPEG", **({} if is_png else {"quality": 90, "subsampling": 0}))


def thumbnail(picture: Path | Image.Image, size: tuple[int, int]) -> Image.Image:
    """A picture, or the middle of a clip, scaled and cropped to fill that width and height. Raises MediaUnusable."""
    image = picture if isinstance(picture, Image.Image) else frame_at(picture, probe(picture).seconds / 2)
    return ImageOps.fit(image.convert("RGB"), size, Image.Resampling.LANCZOS)


class _Sheet:
    """The page being laid out: every measure follows from the first shot's shape and the number of shots."""

    def __init__(self, shots: Sequence[SheetShot], title: str, facts: str, fonts: Sequence[Path], columns: int | None) -> None:
        self._shots, self._title, self._facts = shots, title, facts
        self._pictures = [shot.picture if isinstance(shot.picture, Image.Image) else _middle(shot.picture) for shot in shots]
        aspect = self._pictures[0].width / self._pictures[0].height
        self._columns = columns or _columns(len(shots), aspect)
        self._cell = _cell(aspect)
        self._number, self._small = Lettering(fonts, 26), Lettering(fonts, 17)
        self._text, self._head = Lettering(fonts, 18), Lettering(fonts, 38)

    def drawn(self) -> Image.Image:
        """The finished page."""
        width_px, height_px = self._cell
        row = height_px + 42 + _LINES * 26 + _GAP
        top = _MARGIN + 76 if self._title else _MARGIN
        across = min(self._columns, len(self._shots))
        width = 2 * _MARGIN + across * (width_px + _GAP) - _GAP
        height = top + ceil(len(self._shots) / self._columns) * row - _GAP + _MARGIN
        page = Image.new("RGB", (width, height), _GROUND)
        canvas = ImageDraw.Draw(page)
        if self._title:
            self._draw_title(canvas, width)
        for place, (shot, picture) in enumerate(zip(self._shots, self._pictures, strict=True)):
            across, down = place % self._columns, place // self._columns
            self._draw_shot(page, canvas, (_MARGIN + across * (width_px + _GAP), top + down * row), shot, picture)
        return page

    def _draw_title(self, canvas: ImageDraw.ImageDraw, width: int) -> None:
        room = width - 2 * _MARGIN
        beside = self._small.width(self._facts)
        self._head.draw(canvas, (_MARGIN, _MARGIN + 32), self._head.clipped(self._title, room - beside - _GAP), _BRIGHT)
        self._small.draw(canvas, (width - _MARGIN - beside, _MARGIN + 32), self._facts, _QUIET)

    def _draw_shot(
        self, page: Image.Image, canvas: ImageDraw.ImageDraw, at: tuple[int, int], shot: SheetShot, picture: Image.Image
    ) -> None:
        (left, top), (width, height) = at, self._cell
        page.paste(thumbnail(picture, self._cell), at)
        canvas.rectangle((left - 1, top - 1, left + width, top + height), outline=_EDGE)
        line = top + height + 32
        self._number.draw(canvas, (left, line), f"{shot.number}", _ACCENT)
        beside = self._small.width(shot.length)
        after = left + self._number.width(f"{shot.number}") + 14
        self._small.draw(canvas, (after, line), self._small.clipped(shot.camera, left + width - beside - 16 - after), _BRIGHT)
        self._small.draw(canvas, (left + width - beside, line), shot.length, _QUIET)
        for number, text in enumerate(self._text.wrapped(shot.description, width, _LINES), 1):
            self._text.draw(canvas, (left, line + 4 + number * 25), text, _TEXT)


def _middle(clip: Path) -> Image.Image:
    return frame_at(clip, probe(clip).seconds / 2)


def _cell(aspect: float) -> tuple[int, int]:
    """A picture's place: the same area whatever its shape, and a text's width at least."""
    width = max(240, min(480, round((480 * 270 * aspect) ** 0.5)))
    return width, round(width / aspect)


def _columns(shots: int, aspect: float) -> int:
    if aspect < 1:
        return min(5 if shots <= 30 else 10, shots)
    if shots <= 12:
        return 2 if shots in {2, 4} else min(3, shots)
    return 4 if shots <= 24 else 6
