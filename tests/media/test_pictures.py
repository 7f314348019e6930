"""Users' pictures: any honest one becomes RGB, any other is refused in a sentence."""

import io
import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from storyreel.domain.errors import MediaUnusable
from storyreel.media.pictures import open_picture, png_bytes
from tests.media.huge import huge_jpeg, huge_png, huge_webp


def corner(image: Image.Image) -> tuple[int, ...]:
    """The colour of the top left."""
    pixel = image.getpixel((0, 0))
    assert isinstance(pixel, tuple)
    return tuple(int(level) for level in pixel)


@pytest.mark.parametrize(
    ("mode", "ending"), [("RGB", "png"), ("L", "jpg"), ("P", "gif"), ("1", "png"), ("RGB", "webp"), ("CMYK", "tiff")]
)
def test_every_mode_becomes_rgb(tmp_path: Path, mode: str, ending: str) -> None:
    Image.new("RGB", (20, 10), (130, 130, 130)).convert(mode).save(tmp_path / f"picture.{ending}")

    picture = open_picture(tmp_path / f"picture.{ending}")
    assert (picture.mode, picture.size) == ("RGB", (20, 10))


def test_bytes_are_as_good_as_a_file(tmp_path: Path) -> None:
    Image.new("RGB", (20, 10), "red").save(tmp_path / "picture.png")

    assert corner(open_picture((tmp_path / "picture.png").read_bytes())) == (255, 0, 0)


def test_a_photograph_stands_as_its_camera_was_held(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise
    Image.new("RGB", (20, 10)).save(tmp_path / "photo.jpg", exif=exif)

    assert open_picture(tmp_path / "photo.jpg").size == (10, 20)


def test_what_is_transparent_is_white(tmp_path: Path) -> None:
    Image.new("RGBA", (20, 10), (255, 0, 0, 0)).save(tmp_path / "logo.png")

    assert corner(open_picture(tmp_path / "logo.png")) == (255, 255, 255)


def test_sixteen_bits_are_scaled_and_not_cut_off(tmp_path: Path) -> None:
    Image.fromarray(np.full((10, 20), 32_768, np.uint16)).save(tmp_path / "deep.png")

    assert corner(open_picture(tmp_path / "deep.png")) == pytest.approx((128, 128, 128), abs=1)


def test_an_animation_gives_its_first_picture(tmp_path: Path) -> None:
    red, blue = Image.new("RGB", (20, 10), "red"), Image.new("RGB", (20, 10), "blue")
    red.save(tmp_path / "moving.gif", save_all=True, append_images=[blue])

    assert corner(open_picture(tmp_path / "moving.gif")) == (255, 0, 0)


@pytest.mark.parametrize(
    ("width", "height", "said"),
    [(20_000, 20_000, "400 million"), (10_000, 9_000, "90 million"), (60_000, 60_000, "3,600 million")],
)
def test_a_huge_picture_is_refused_before_it_is_decoded(tmp_path: Path, width: int, height: int, said: str) -> None:
    (tmp_path / "huge.png").write_bytes(huge_png(width, height))

    with pytest.raises(MediaUnusable, match=said) as refused:
        open_picture(tmp_path / "huge.png")
    assert "scale it down" in str(refused.value)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (huge_jpeg(8700, 5800), "50.5 million pixels, and in JPEG at most 50.3 million"),
        (huge_jpeg(5800, 4400, 0xC2), "25.5 million pixels, and in progressive JPEG at most 25 million"),
        (huge_jpeg(5800, 4400, 0xC0, scanned=1), "25.5 million pixels, and in progressive JPEG at most 25 million"),
        (huge_png(7680, 4321), "33.19 million pixels, and in PNG at most 33.18 million"),
        (huge_webp(4097, 3073), "12.59 million pixels, and in WebP at most 12.58 million"),
        (huge_webp(13_000, 13_000), "169 million pixels, and at most 80 million"),
        (b"GIF89a" + struct.pack("<HH", 9000, 6000) + bytes(20), "not a picture|broken|54 million"),
    ],
)
def test_a_stranger_s_picture_has_the_pixels_that_its_format_can_be_read_with(data: bytes, said: str) -> None:
    with pytest.raises(MediaUnusable, match=said):
        open_picture(data, stranger=True, most_side_px=4096)


@pytest.mark.parametrize(("progressive", "size"), [(False, (5600, 4480)), (True, (4200, 3000))])
def test_a_large_photograph_is_read_at_half_of_its_size_so_that_memory_suffices(progressive: bool, size: tuple[int, int]) -> None:
    file = io.BytesIO()
    Image.new("L", size, 130).save(file, "JPEG", progressive=progressive)

    picture = open_picture(file.getvalue(), stranger=True, most_side_px=4096)
    assert picture.size == (size[0] // 2, size[1] // 2)
    assert corner(picture) == (130, 130, 130)


def test_what_is_made_smaller_in_strips_is_what_it_would_be_at_once() -> None:
    noise = Image.fromarray(np.random.default_rng(0).integers(0, 256, (1700, 1300, 3), np.uint8))

    small = open_picture(png_bytes(noise), most_side_px=999)
    whole = noise.resize(small.size, Image.Resampling.LANCZOS)
    assert max(small.size) == 999
    assert np.abs(np.asarray(small, np.int16) - np.asarray(whole, np.int16)).max() <= 1


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b"A text under a picture's name.\n", "not a picture"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n", "not a picture"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "not a picture|broken"),
        (huge_png(20, 10), "broken"),
    ],
)
def test_what_is_no_picture_is_refused_in_a_sentence(tmp_path: Path, content: bytes, problem: str) -> None:
    (tmp_path / "picture.png").write_bytes(content)

    with pytest.raises(MediaUnusable, match=problem):
        open_picture(tmp_path / "picture.png")


def test_a_picture_that_breaks_off_is_refused(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (90, 160, 3), np.uint8)
    Image.fromarray(noise).save(tmp_path / "whole.jpg")
    data = (tmp_path / "whole.jpg").read_bytes()

    with pytest.raises(MediaUnusable, match="upload: it breaks off"):
        open_picture(data[: len(data) // 2], name="upload")


def test_an_avif_that_is_broken_inside_is_refused_as_any_other() -> None:
    one, other = (Image.effect_noise((64, 48), spread).convert("RGB") for spread in (40, 80))
    still, moving = io.BytesIO(), io.BytesIO()
    one.save(still, "AVIF")
    one.save(moving, "AVIF", save_all=True, append_images=[other])
    colours, clock = bytearray(still.getvalue()), bytearray(moving.getvalue())
    at = colours.index(b"mdat") + 4
    colours[at : at + 40] = bytes(40)
    at = clock.index(b"mdhd") + 24  # ISO 14496-12, 8.4.2, version 1: how many ticks a second has
    clock[at : at + 4] = bytes(4)

    for data in (colours, clock):
        with pytest.raises(MediaUnusable, match="broken inside"):
            open_picture(bytes(data), name="upload")
