"""Draws every subject of the lexicon, with its words in three languages, to be looked at.

Run: python scripts/contact_sheet.py OUT.png [--glyphs] [ID ...]

One page of 60 subjects to a file: OUT-01.png, OUT-02.png and so on. `--glyphs` shows the vendored outlines even where a family
of figures draws the subject. A blue F marks a figure of our own, a red one a subject that nothing draws.
"""

import argparse
from importlib.resources import files
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFont

from storyreel.animatic import figures, glyphs
from storyreel.animatic.outline import Drawing, Shape, Tone
from storyreel.domain.values import Language
from storyreel.lexicon import Concept, Faces, all_concepts

COLUMNS, ROWS, CELL, PICTURE = 10, 6, 170, 108
KEYS = glyphs.keys()
INK = {
    Tone.BODY: "#26303f",
    Tone.SHADE: "#10151d",
    Tone.PALE: "#aab4c4",
    Tone.ACCENT: "#c0392b",
    Tone.SKIN: "#d9a982",
    Tone.WINDOW: "#f2c65a",
    Tone.GLOW: "#ffdf80",
}


def drawing_of(concept: Concept, *, prefer_glyph: bool) -> Drawing | None:
    """The subject's outline, facing right; None where nothing draws it."""
    drawn_by_rule = concept.figure in figures.families()
    if concept.figure and drawn_by_rule and not (prefer_glyph and concept.glyph):
        variant = str((concept.params or {}).get("variant", ""))
        return figures.draw(concept.figure, variant=variant, height_m=concept.height_m, look=concept.look, near=True)
    if concept.glyph and concept.glyph in KEYS:
        return glyphs.glyph(concept.glyph)
    return None


def picture(drawing: Drawing, *, mirrored: bool) -> Image.Image:
    """A drawing fitted into a square of PICTURE pixels."""
    points = np.concatenate([ring for shape in drawing.shapes for ring in shape.rings])
    low, high = points.min(axis=0), points.max(axis=0)
    scale = (PICTURE * 3 - 12) / max(*(high - low), 1e-6)
    image = Image.new("RGB", (PICTURE * 3, PICTURE * 3), "#eef1f6")
    for shape in drawing.shapes:
        image.paste(INK[shape.tone], mask=_mask(shape, low, high, scale, image.size))
    small = image.resize((PICTURE, PICTURE), Image.Resampling.LANCZOS)
    return small.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if mirrored else small


def _mask(shape: Shape, low: "np.ndarray", high: "np.ndarray", scale: float, size: tuple[int, int]) -> Image.Image:
    total = Image.new("1", size)
    across = (size[0] - (high[0] - low[0]) * scale) / 2
    for ring in shape.rings:
        one = Image.new("1", size)
        x, y = across + (ring[:, 0] - low[0]) * scale, size[1] - 6 - (ring[:, 1] - low[1]) * scale
        ImageDraw.Draw(one).polygon(list(zip(x.tolist(), y.tolist(), strict=True)), fill=1)
        total = ImageChops.logical_xor(total, one)
    return total


def page(concepts: list[Concept], *, prefer_glyph: bool) -> Image.Image:
    """One sheet of subjects."""
    fonts = files("storyreel.animatic") / "fonts"
    latin = ImageFont.truetype(str(fonts / "NotoSans-Regular.ttf"), 13)
    chinese = ImageFont.truetype(str(fonts / "NotoSansSC-Regular.ttf"), 13)
    sheet = Image.new("RGB", (COLUMNS * CELL, ROWS * CELL), "white")
    draw = ImageDraw.Draw(sheet)
    for at, concept in enumerate(concepts):
        x, y = at % COLUMNS * CELL, at // COLUMNS * CELL
        drawing = drawing_of(concept, prefer_glyph=prefer_glyph)
        if drawing is not None:
            by_rule = concept.figure in figures.families() and not (prefer_glyph and concept.glyph)
            sheet.paste(picture(drawing, mirrored=concept.faces is Faces.LEFT and not by_rule), (x + 4, y + 2))
            if by_rule:
                draw.text((x + PICTURE + 10, y + 4), "F", font=latin, fill="#2060c0")
        else:
            draw.text((x + 50, y + 40), "?", font=latin, fill="#c02020")
        draw.text((x + PICTURE + 8, y + 90), f"{concept.height_m:g} m", font=latin, fill="#8090a0")
        draw.text((x + 4, y + 111), concept.id[:22], font=latin, fill="black")
        draw.text((x + 4, y + 128), concept.word(Language.RUSSIAN)[:22], font=latin, fill="#405060")
        draw.text((x + 4, y + 146), concept.word(Language.CHINESE)[:11], font=chinese, fill="#405060")
    return sheet


def main() -> None:
    """Write the pages."""
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("ids", nargs="*")
    parser.add_argument("--glyphs", action="store_true")
    asked = parser.parse_args()
    concepts = [one for one in all_concepts() if not asked.ids or one.id in asked.ids]
    size = COLUMNS * ROWS
    for number, start in enumerate(range(0, len(concepts), size), 1):
        path = asked.out.with_name(f"{asked.out.stem}-{number:02}{asked.out.suffix}")
        page(concepts[start : start + size], prefer_glyph=asked.glyphs).save(path)
        print(path)


if __name__ == "__main__":
    main()
