"""Draws every family of figures on one labelled sheet, to look at: `python scripts/figure_sheet.py sheet.png [name ...]`."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from storyreel.animatic.figures import draw, families
from storyreel.animatic.outline import Drawing, Tone

CELL_PX = 150
COLUMNS = 12
FINE = 3  # drawn so many times larger, then reduced
PAPER = (120, 150, 182)
PAINT: Mapping[Tone, tuple[int, int, int]] = {
    Tone.BODY: (38, 44, 68),
    Tone.SHADE: (23, 27, 44),
    Tone.PALE: (150, 154, 172),
    Tone.ACCENT: (186, 74, 52),
    Tone.SKIN: (206, 158, 128),
    Tone.WINDOW: (255, 208, 120),
    Tone.GLOW: (255, 243, 190),
}


def cell(name: str, drawing: Drawing) -> Image.Image:
    """One drawing, fitted into a square with its name below."""
    side = CELL_PX * FINE
    picture = Image.new("RGB", (side, side), PAPER)
    pen = ImageDraw.Draw(picture)
    every = np.concatenate([ring for shape in drawing.shapes for ring in shape.rings])
    low, high = every.min(axis=0), every.max(axis=0)
    scale = 0.82 * side / max(float(high[0] - low[0]), float(high[1] - low[1]))
    for shape in drawing.shapes:
        for k, ring in enumerate(shape.rings):
            points = (ring - (low + high) / 2) * (scale, -scale) + side / 2
            pen.polygon([(float(x), float(y)) for x, y in points], fill=PAPER if k else PAINT[shape.tone])
    small = picture.resize((CELL_PX, CELL_PX), Image.Resampling.LANCZOS)
    ImageDraw.Draw(small).text((4, CELL_PX - 13), name, fill=(20, 24, 34))
    return small


def sheet(names: Sequence[str]) -> Image.Image:
    """All of them, row by row."""
    rows = -(-len(names) // COLUMNS)
    whole = Image.new("RGB", (min(len(names), COLUMNS) * CELL_PX, rows * CELL_PX), PAPER)
    for index, name in enumerate(names):
        place = (index % COLUMNS * CELL_PX, index // COLUMNS * CELL_PX)
        whole.paste(cell(name, draw(name, height_m=2.0, phase_s=0.3)), place)
    return whole


if __name__ == "__main__":
    target, *wanted = sys.argv[1:]
    sheet(wanted or sorted(families())).save(Path(target))
