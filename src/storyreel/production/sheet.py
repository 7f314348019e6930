"""The contact sheet of a film: its shots on one page, labelled in its language."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from storyreel.domain.film import Film

if TYPE_CHECKING:
    from PIL import Image


def draw_sheet(film: Film, pictures: "Sequence[Path | Image.Image]", path: Path) -> None:
    """Draw a film's shots by their clips, or pictures, to a PNG or JPEG. Raises MediaUnusable naming a clip, OutputUnwritable."""
    from storyreel.animatic.lettering import FONTS
    from storyreel.media.sheet import SheetShot, contact_sheet
    from storyreel.writing.labels import camera_label, film_label, length_label

    shots, language = film.storyboard.shots, film.storyboard.language
    shown = [
        SheetShot(picture, number, length_label(shot.seconds, language), camera_label(shot, language), shot.description)
        for number, (picture, shot) in enumerate(zip(pictures, shots, strict=True), start=1)
    ]
    facts = film_label(len(shots), film.storyboard.seconds, language)
    contact_sheet(shown, path, title=film.title, facts=facts, fonts=sorted(FONTS.glob("*.ttf")))
