"""A user's picture, read safely: bounded before it is decoded, upright, in sRGB, without transparency."""

import io
import re
import struct
import warnings
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from storyreel.domain.errors import MediaUnusable
from storyreel.domain.values import Size
from storyreel.media.opening import must_be_a_file

MOST_PIXELS = 80_000_000
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "PPM")  # none that runs another program, as EPS does
_STARTS = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
_LEAST_SIDE_PX = 64  # smaller, a picture says nothing
_NOT_A_PICTURE = "it is not a picture that can be read; PNG, JPEG, WebP, GIF, BMP, TIFF and AVIF are"
# What Pillow's readers raise on files that are cut off or wrong inside.
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error, zlib.error, MemoryError)


def open_picture(
    source: Path | bytes, *, name: str = "", most_pixels: int = MOST_PIXELS, most_side_px: int | None = None
) -> Image.Image:
    """The picture, RGB, upright as its camera held it; an animation's first; what is transparent is white.

    `name` is what an error calls it; one that is longer than `most_side_px` is scaled down to it while it is read. Raises
    MediaUnusable where it is none, is broken, or has more than `most_pixels`.
    """
    called: Path | str = name or (source if isinstance(source, Path) else "The picture")
    if isinstance(source, Path):
        must_be_a_file(source)
    try:
        image = _opened(source)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        found = re.search(r"\d+", str(error))
        raise _too_large(called, int(found[0]) if found else most_pixels, most_pixels) from error
    except UnidentifiedImageError as error:
        raise MediaUnusable(called, _NOT_A_PICTURE) from error
    except _BROKEN as error:
        raise MediaUnusable(called, "it is broken inside and does not open") from error
    with image:
        if image.width * image.height > most_pixels:
            raise _too_large(called, image.width * image.height, most_pixels)
        try:
            return _plain(image) if most_side_px is None else _small(image, most_side_px)
        except _BROKEN as error:
            raise MediaUnusable(called, "it breaks off or is broken inside; save it again, or take another") from error


def png_bytes(image: Image.Image) -> bytes:
    """A picture as a PNG file: lossless, fast rather than small."""
    file = io.BytesIO()
    image.save(file, format="PNG", compress_level=1)
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
    found = next((kind for kind, start in _STARTS.items() if data.startswith(start)), None)
    small_enough = most_side_px is None or max(image.size) <= most_side_px
    if found is not None and found in types and small_enough and (most_bytes is None or len(data) <= most_bytes):
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


def _written(image: Image.Image, kind: str, quality: int) -> bytes:
    if kind == "image/png":
        return png_bytes(image)
    file = io.BytesIO()
    image.save(file, format="JPEG", quality=quality, subsampling=0)
    return file.getvalue()


def _opened(source: Path | bytes) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        return Image.open(source if isinstance(source, Path) else io.BytesIO(source), formats=_FORMATS)


def _too_large(called: Path | str, pixels: int, most_pixels: int) -> MediaUnusable:
    return MediaUnusable(
        called,
        f"it has {pixels / 1e6:,.0f} million pixels, and at most {most_pixels / 1e6:,.0f} million are read;"
        " scale it down, to 4096 pixels on its longer side, say",
    )


def _small(image: Image.Image, most_side_px: int) -> Image.Image:
    """The same, made smaller before anything else is made of it: memory is what the file's own pixels take, and little more."""
    image.draft(None, (most_side_px, most_side_px))  # a JPEG is decoded smaller at once
    image.load()
    if image.mode in {"P", "1"}:  # its colours cannot be mixed, and in full they take four times as much
        image.thumbnail((most_side_px, most_side_px), Image.Resampling.NEAREST)
    elif image.mode in {"L", "LA", "RGB", "RGBA", "CMYK"} and "transparency" not in image.info:
        image.thumbnail((most_side_px, most_side_px))
    plain = _plain(image)
    if max(plain.size) > most_side_px:
        plain.thumbnail((most_side_px, most_side_px))
    return plain


def _plain(image: Image.Image) -> Image.Image:
    image.load()
    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith(("I", "F")):
        return _of_many_levels(upright)
    profile = upright.info.get("icc_profile")
    if "A" in upright.getbands() or "transparency" in upright.info:
        clear = upright.convert("RGBA")
        ground = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(ground, clear).convert("RGB")
    if profile and upright.mode in {"RGB", "CMYK"}:
        return _in_srgb(upright, profile)
    return upright.convert("RGB")


def _of_many_levels(image: Image.Image) -> Image.Image:
    """A grey picture of 16 bits or of floating point, which Pillow would cut off at 255."""
    brightest = cast(float, image.getextrema()[1])  # the stubs allow a pair for each band; here there is one band
    top = 65535 if image.mode.startswith("I") else max(1.0, brightest)
    return image.convert("F").point(lambda level: level * (255 / top)).convert("L").convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """The picture's colours as its profile means them; as they are where the profile cannot be used."""
    try:
        meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, meant, _srgb(), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return image.convert("RGB")
    return converted if converted is not None else image.convert("RGB")


def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))  # pyright: ignore[reportUnknownArgumentType] - Pillow's C type
