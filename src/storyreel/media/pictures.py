"""A user's picture, read safely: bounded before it is decoded, upright, in sRGB, without transparency."""

import io
import re
import struct
import warnings
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from storyreel.domain.errors import MediaUnusable
from storyreel.domain.values import Size
from storyreel.media.kinds import HEAD_BYTES, kind_of
from storyreel.media.opening import must_be_a_file
from storyreel.media.picture_limits import Limit, limit_of, read_smaller
from storyreel.media.plain import plain

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

OURS = Limit("", 80_000_000)
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "PPM")  # none that runs another program, as EPS does
_LEAST_SIDE_PX = 64  # smaller, a picture says nothing
_NOT_A_PICTURE = "it is not a picture that can be read; PNG, JPEG, WebP, GIF, BMP, TIFF and AVIF are"
# What Pillow's readers raise on files that are cut off or wrong inside.
_BROKEN = (
    *(OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, struct.error, zlib.error, MemoryError),
    *(RuntimeError, ArithmeticError),  # of an AVIF
)


def open_picture(source: Path | bytes, *, name: str = "", stranger: bool = False, most_side_px: int | None = None) -> Image.Image:
    """The picture, RGB, upright as its camera held it; an animation's first; what is transparent is white.

    `name` is what an error calls it; one that is longer than `most_side_px` is scaled down to it while it is read. A
    `stranger`'s may have as many pixels as its format allows in 200 MB of memory (`picture_limits`). Raises MediaUnusable where
    it is none, is broken, or has too many pixels.
    """
    called: Path | str = name or (source if isinstance(source, Path) else "The picture")
    if isinstance(source, Path):
        must_be_a_file(source)
    with source.open("rb") if isinstance(source, Path) else io.BytesIO(source) as file:
        try:
            image = _opened(file)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            found = re.search(r"\d+", str(error))
            raise _too_large(called, int(found[0]) if found else OURS.pixels, OURS) from error
        except UnidentifiedImageError as error:
            raise MediaUnusable(called, _NOT_A_PICTURE) from error
        except _BROKEN as error:
            raise MediaUnusable(called, "it is broken inside and does not open") from error
        limit = limit_of(image, file) if stranger else OURS
        if image.width * image.height > limit.pixels:
            raise _too_large(called, image.width * image.height, limit)
        try:
            if most_side_px is not None:
                read_smaller(image, file, most_side_px)
            return plain(image, most_side_px)
        except _BROKEN as error:
            raise MediaUnusable(called, "it breaks off or is broken inside; save it again, or take another") from error


def png_bytes(image: Image.Image) -> bytes:
    """A picture as a PNG file: lossless, fast rather than small."""
    file = io.BytesIO()
    image.save(file, format="PNG", compress_level=1)
    return file.getvalue()


def png_within(image: Image.Image, most_bytes: int) -> bytes | None:
    """The same where it fits; None, and no more than that of memory, where it does not."""
    file = _Bounded(most_bytes)
    try:
        image.save(file, format="PNG", compress_level=1)
    except _Full:
        return None
    return file.getvalue()


def filled(image: Image.Image, size: Size) -> Image.Image:
    """A picture scaled to fill a frame, what stands over on two sides cut off evenly."""
    return ImageOps.fit(image, (size.width_px, size.height_px), Image.Resampling.LANCZOS)


def fitted_bytes(
    path: Path, *, types: Sequence[str], most_bytes: int | None = None, most_side_px: int | None = None
) -> tuple[bytes, str, tuple[int, int]]:
    """A picture's bytes, their type and its size in pixels: the file as it is where it fits the limits, otherwise made to fit.

    `types` are "image/png" and "image/jpeg", or one of them. It is written as PNG while that fits, then as JPEG of falling
    quality, then smaller. Raises MediaUnusable where no size fits.
    """
    data = path.read_bytes()
    image = open_picture(path)
    kind = kind_of(data[:HEAD_BYTES])
    found = kind.media_type if kind is not None else ""
    small_enough = most_side_px is None or max(image.size) <= most_side_px
    if found in types and small_enough and (most_bytes is None or len(data) <= most_bytes):
        return data, found, image.size
    if most_side_px is not None:
        image.thumbnail((most_side_px, most_side_px))
    while min(image.size) >= _LEAST_SIDE_PX:
        for kind, quality in (("image/png", 0), ("image/jpeg", 95), ("image/jpeg", 85)):
            if kind not in types:
                continue
            written = _written(image, kind, quality)
            if most_bytes is None or len(written) <= most_bytes:
                return written, kind, image.size
        image.thumbnail((image.width * 3 // 4, image.height * 3 // 4))
    raise MediaUnusable(path, f"it cannot be made to fit {most_bytes} bytes")


class _Full(Exception):
    """What is written is longer than it may be."""


class _Bounded(io.BytesIO):
    """A file in memory that grows to so many bytes, and then raises _Full."""

    def __init__(self, most_bytes: int) -> None:
        super().__init__()
        self._most_bytes = most_bytes

    def write(self, data: "Buffer", /) -> int:
        if self.tell() + memoryview(data).nbytes > self._most_bytes:
            raise _Full
        return super().write(data)


def _written(image: Image.Image, kind: str, quality: int) -> bytes:
    if kind == "image/png":
        return png_bytes(image)
    file = io.BytesIO()
    image.save(file, format="JPEG", quality=quality, subsampling=0)
    return file.getvalue()


def _opened(file: BinaryIO) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        return Image.open(file, formats=_FORMATS)


def _too_large(called: Path | str, pixels: int, limit: Limit) -> MediaUnusable:
    kind = f" in {limit.called}" if limit.called else ""
    digits = next(digits for digits in range(7) if _millions(pixels, digits) != _millions(limit.pixels, digits))
    has, most = (_millions(one, max(digits, 0 if one >= 100_000_000 else 1)) for one in (pixels, limit.pixels))
    return MediaUnusable(
        called,
        f"it has {has} million pixels, and{kind} at most {most} million are read;"
        " scale it down, to 4096 pixels on its longer side, say",
    )


def _millions(pixels: int, digits: int) -> str:
    millions = round(pixels / 1e6, digits)
    return f"{millions:,.0f}" if millions.is_integer() else f"{millions}"
