"""A picture of any kind made RGB, upright and no longer than asked, a strip at a time.

Beside the file's own pixels only the result is held, and never a second copy of all of them.
"""

import io
import math
from collections.abc import Callable
from functools import partial
from typing import cast

from PIL import Image, ImageCms

_ORIENTATION = 0x0112  # Exif 2.32, 4.6.4: how the camera was held
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_STRIP_PIXELS = 1_000_000
_LANCZOS_ROWS = 3  # how far Lanczos' window reaches, in rows of the smaller picture


def plain(image: Image.Image, most_side_px: int | None = None) -> Image.Image:
    """The picture RGB, in sRGB, upright, over white, nothing else told of it. `image` is used up.

    Raises what Pillow's readers raise of broken files.
    """
    image.load()
    # Pillow keeps the whole canvases of WebP's and AVIF's decoders, and what they made as bytes, for a next picture.
    vars(image).update(_decoder=None, fp=None)
    turn = _TURNS.get(cast(int, image.getexif().get(_ORIENTATION, 1)))
    size = _within(image.size, most_side_px)
    if image.mode == "RGB" and image.size == size and not image.info.keys() & {"transparency", "icc_profile"}:
        made = image
    else:
        made = _in_strips(image, size, _way_to_rgb(image))
        image.close()
    made.info.clear()
    return made.transpose(turn) if turn is not None else made


def _within(size: tuple[int, int], most_side_px: int | None) -> tuple[int, int]:
    """A size of the same shape whose longer side is at most that."""
    if most_side_px is None or max(size) <= most_side_px:
        return size
    scale = most_side_px / max(size)
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _in_strips(image: Image.Image, size: tuple[int, int], to_rgb: Callable[[Image.Image], Image.Image]) -> Image.Image:
    made = Image.new("RGB", size)
    scale = image.height / size[1]
    margin = 0 if size == image.size else math.ceil(_LANCZOS_ROWS * max(1.0, scale)) + 1
    rows = max(1, int(_STRIP_PIXELS / image.width / scale))
    for top in range(0, size[1], rows):
        bottom = min(top + rows, size[1])
        first, last = max(0, int(top * scale) - margin), min(image.height, math.ceil(bottom * scale) + margin)
        strip = to_rgb(image.crop((0, first, image.width, last)))
        if size != image.size:
            box = (0, top * scale - first, image.width, min(bottom * scale - first, last - first))
            strip = strip.resize((size[0], bottom - top), Image.Resampling.LANCZOS, box=box)
        made.paste(strip, (0, top))
    return made


def _way_to_rgb(image: Image.Image) -> Callable[[Image.Image], Image.Image]:
    """What makes a part of this picture RGB."""
    if image.mode.startswith(("I", "F")):
        brightest = cast(float, image.getextrema()[1])  # the stubs allow a pair for each band; here there is one band
        return partial(_of_many_levels, top=65535 if image.mode.startswith("I") else max(1.0, brightest))
    if "A" in image.getbands() or "transparency" in image.info:
        return _over_white
    profile = image.info.get("icc_profile")
    return (_into_srgb(image.mode, profile) if profile and image.mode in {"RGB", "CMYK"} else None) or _as_rgb


def _as_rgb(part: Image.Image) -> Image.Image:
    return part.convert("RGB")


def _over_white(part: Image.Image) -> Image.Image:
    clear, ground = part.convert("RGBA"), Image.new("RGB", part.size, "white")
    ground.paste(clear, mask=clear)
    return ground


def _of_many_levels(part: Image.Image, top: float) -> Image.Image:
    """Grey of 16 bits or of floating point, which Pillow would cut off at 255."""
    return part.convert("F").point(lambda level: level * (255 / top)).convert("L").convert("RGB")


def _into_srgb(mode: str, profile: bytes) -> Callable[[Image.Image], Image.Image] | None:
    """Colours as their profile means them; None where it cannot be used."""
    try:
        meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        way = ImageCms.buildTransform(meant, _srgb(), mode, "RGB")
    except (ImageCms.PyCMSError, OSError):
        return None
    return lambda part: ImageCms.applyTransform(part, way) or part.convert("RGB")


def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))  # pyright: ignore[reportUnknownArgumentType] - Pillow's C type
