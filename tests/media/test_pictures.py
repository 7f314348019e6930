"""Users' pictures: any honest one becomes RGB, any other is refused in a sentence."""

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from storyreel.domain.errors import MediaUnusable
from storyreel.media.pictures import open_picture


def corner(image: Image.Image) -> tuple[int, ...]:
    """The colour of the top left."""
    pixel = image.getpixel((0, 0))
    assert isinstance(pixel, tuple)
    return tuple(int(level) for level in pixel)


def huge_png(width: int, height: int) -> bytes:
    """A PNG that says it is that large; a hundred bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


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
