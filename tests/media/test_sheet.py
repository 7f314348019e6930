"""The contact sheet: every shot is there, in every script, whatever the length of its words."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from storyreel.domain.errors import MediaUnusable
from storyreel.media.lettering import Lettering
from storyreel.media.sheet import SheetShot, contact_sheet, thumbnail


def shots(count: int, picture: Path | Image.Image, description: str = "A keeper walks home.") -> list[SheetShot]:
    """That many alike."""
    return [SheetShot(picture, number, "4 s", "wide, push in", description) for number in range(1, count + 1)]


@pytest.mark.parametrize("count", [1, 2, 5, 13, 40])
def test_a_sheet_has_a_place_for_every_shot(tmp_path: Path, count: int) -> None:
    red = Image.new("RGB", (320, 180), (250, 0, 0))
    contact_sheet(shots(count, red), tmp_path / "sheet.png", title="Six words")

    with Image.open(tmp_path / "sheet.png") as sheet:
        red_pixels = (np.asarray(sheet)[:, :, 0] == 250).sum()
        assert sheet.width < 4000
    assert red_pixels == pytest.approx(count * 480 * 270, rel=0.03)


def test_clips_are_shown_by_their_middle_and_jpeg_by_the_name(zoo: Path, tmp_path: Path) -> None:
    contact_sheet(shots(2, zoo / "plain.mp4"), tmp_path / "sheet.jpg")

    with Image.open(tmp_path / "sheet.jpg") as sheet:
        assert sheet.format == "JPEG"


def test_a_broken_clip_is_named_and_leaves_no_sheet(zoo: Path, tmp_path: Path) -> None:
    with pytest.raises(MediaUnusable, match=r"text\.mp4"):
        contact_sheet(shots(1, zoo / "text.mp4"), tmp_path / "sheet.png")

    assert list(tmp_path.iterdir()) == []


def test_a_thumbnail_fills_its_size(zoo: Path) -> None:
    assert thumbnail(zoo / "turned.mp4", (64, 36)).size == (64, 36)


@pytest.mark.parametrize(
    "text",
    [
        "a keeper finds a message in a bottle at dawn",
        "старый смотритель находит бутылку с письмом",
        "老灯塔看守人在海滩上发现了一个漂流瓶，里面有一封信",
    ],
)
@pytest.mark.parametrize("width", [40, 90, 200, 2000])
def test_lines_fit_their_width_and_lose_nothing_until_the_dots(text: str, width: int) -> None:
    lettering = Lettering([], 14)

    lines = lettering.wrapped(text, width, 3)
    kept = "".join(lines).replace("…", "").replace(" ", "")
    assert len(lines) <= 3
    assert all(lettering.width(line) <= width for line in lines)
    assert "…" in lines[-1] or kept == text.replace(" ", "")


def test_letters_are_drawn_where_the_font_has_them() -> None:
    page = Image.new("L", (200, 40))
    Lettering([], 20).draw(ImageDraw.Draw(page), (5, 30), "Dawn", "white")

    ink = np.asarray(page)
    assert ink[:, 5:60].max() == 255
    assert ink[31:].max() == 0
