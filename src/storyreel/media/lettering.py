"""Lines of text in several scripts: each character in the first font that has it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

Face = ImageFont.FreeTypeFont | ImageFont.ImageFont
_MISSING = "\U0010ffff"  # no font has it: what is drawn for it is what is drawn for anything missing


class Lettering:
    """A size of text, in fonts that stand in for each other; without any, Pillow's own, which is Latin alone."""

    def __init__(self, fonts: Sequence[Path], size_px: int) -> None:
        self.size_px = size_px
        self._faces: list[Face] = [ImageFont.truetype(str(font), size_px) for font in fonts] or [ImageFont.load_default(size_px)]
        self._blanks = [_drawn(face, _MISSING) for face in self._faces]
        self._face_of: dict[str, Face] = {}

    def width(self, text: str) -> float:
        """How wide a line is, in pixels."""
        return sum(face.getlength(run) for face, run in self._runs(text))

    def draw(self, canvas: ImageDraw.ImageDraw, at: tuple[float, float], text: str, colour: str) -> None:
        """Draw a line from its left end; `at` is on the line that letters stand on."""
        x, y = at
        for face, run in self._runs(text):
            canvas.text((x, y), run, font=face, fill=colour, anchor="ls" if isinstance(face, ImageFont.FreeTypeFont) else None)
            x += face.getlength(run)

    def wrapped(self, text: str, width_px: float, most_lines: int) -> list[str]:
        """The text in lines that fit, broken at spaces and between Chinese characters; three dots where more was left."""
        lines, line = [""], ""
        for word in _words(text):
            line = lines[-1] + word
            if lines[-1] and self.width(line.rstrip()) > width_px:
                lines[-1] = lines[-1].rstrip()
                lines.append(word.lstrip())
            else:
                lines[-1] = line
        if len(lines) > most_lines:
            lines = [*lines[: most_lines - 1], self.clipped(lines[most_lines - 1] + " " + lines[most_lines], width_px)]
        return [self.clipped(line.strip(), width_px) for line in lines]

    def clipped(self, text: str, width_px: float) -> str:
        """The text, or as much of it as fits with three dots behind."""
        if self.width(text) <= width_px:
            return text
        while text and self.width(text + "…") > width_px:
            text = text[:-1]
        whole_words = text.rpartition(" ")[0]
        kept = whole_words if len(whole_words) > len(text) * 0.7 else text
        return kept.rstrip(" ,.;:，。") + "…"

    def _runs(self, text: str) -> Iterator[tuple[Face, str]]:
        run, face = "", self._faces[0]
        for character in text:
            wanted = face if character.isspace() else self._face_for(character)
            if run and wanted is not face:
                yield face, run
                run = ""
            run, face = run + character, wanted
        if run:
            yield face, run

    def _face_for(self, character: str) -> Face:
        if character not in self._face_of:
            having = (face for face, blank in zip(self._faces, self._blanks, strict=True) if _drawn(face, character) != blank)
            self._face_of[character] = next(having, self._faces[0])
        return self._face_of[character]


def _drawn(face: Face, character: str) -> bytes:
    side = 64
    glyph = Image.new("L", (side * 2, side * 2))
    ImageDraw.Draw(glyph).text((side // 2, side // 2), character, font=face, fill=255)
    return glyph.tobytes()


def _words(text: str) -> Iterator[str]:
    """Pieces that may be kept apart: words with the space before them, and single Chinese characters."""
    piece = ""
    for character in " ".join(text.split()):
        wide = "\u2e80" <= character <= "\u9fff" or "\uff00" <= character <= "\uffef"
        if character == " " or (wide and character not in "，。、！？；：”’）》"):
            if piece:
                yield piece
            piece = ""
        piece += character
    if piece:
        yield piece
