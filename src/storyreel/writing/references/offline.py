"""A picture read without any model: its colours, light and composition by measure. What it shows stays untold."""

import numpy as np

from storyreel.domain.references import PictureNote
from storyreel.writing.references.colours import Floats, chroma, named, palette_of, small_lab
from storyreel.writing.references.composition import composition_of
from storyreel.writing.references.light import light_of
from storyreel.writing.references.pictures import Picture

GREY, MUTED, VIVID = 0.012, 0.05, 0.12  # OKLab's chroma of the more colourful half


PLAIN = 0.08  # distance in OKLab within which an edge is of one colour


def measured(picture: Picture) -> PictureNote:
    """The note on a picture; the same picture gives the same note."""
    lab = small_lab(picture.image)
    return PictureNote(
        number=picture.number,
        subject="",
        setting=_background(lab),
        palette=palette_of(lab),
        light=light_of(lab),
        composition=composition_of(lab, picture.width_px, picture.height_px),
        style=_style(lab),
    )


def _background(lab: Floats) -> str:
    """What lies along the frame's edge."""
    rim = np.concatenate([lab[:3].reshape(-1, 3), lab[-3:].reshape(-1, 3), lab[:, :3].reshape(-1, 3), lab[:, -3:].reshape(-1, 3)])
    middle: Floats = np.median(rim, axis=0)
    spread = float(np.percentile(np.sqrt(((rim - middle) ** 2).sum(axis=1)), 80))
    return f"{'plain' if spread < PLAIN else 'detailed'} {named(middle)} background"


def _style(lab: Floats) -> str:
    colourful = float(np.percentile(chroma(lab), 75))
    if colourful < GREY:
        return "black and white"
    return "muted colours" if colourful < MUTED else "vivid colours" if colourful > VIVID else "natural colours"
