"""How many pixels a stranger's picture may have, by its format: to read one must take no more than about 200 MB of memory.

What Pillow's readers hold for each pixel, in bytes: a PNG, and a JPEG that comes in one scan, 4; a JPEG in several scans 6 more,
as libjpeg keeps every coefficient; a GIF 1; a TIFF 8 to 12, since a strip may be all of it; AVIF 8 to 14; WebP 16, two canvases.
"""

import struct
from typing import BinaryIO, NamedTuple

from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile


class Limit(NamedTuple):
    """What a kind of picture is called, and how many pixels one may have."""

    called: str
    pixels: int


LIMITS = {
    "GIF": Limit("GIF", 50_000_000),
    "PNG": Limit("PNG", 7680 * 4320),
    "BMP": Limit("BMP", 7680 * 4320),
    "PPM": Limit("PPM", 7680 * 4320),
    "TIFF": Limit("TIFF", 4096 * 4096),
    "WEBP": Limit("WebP", 4096 * 3072),
    "AVIF": Limit("AVIF", 4096 * 3072),
}
"""By Pillow's name of the format."""
JPEG, JPEG_IN_SCANS = Limit("JPEG", 8192 * 6144), Limit("progressive JPEG", 25_000_000)
_WHOLE_PIXELS, _WHOLE_IN_SCANS = 25_000_000, 4096 * 3072
"""Above these a JPEG is read at half of its size at once."""
_SCALES = (1, 2, 4, 8)  # what libjpeg decodes at
_START_OF_SCAN, _END = 0xDA, 0xD9
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # ITU-T T.81, table B.1: SOF0 to SOF15


def limit_of(image: Image.Image, file: BinaryIO) -> Limit:
    """What holds for an opened picture of a stranger's; `file` is where it lies."""
    if isinstance(image, JpegImageFile):  # also one with a second picture behind it, which Pillow calls MPO
        return JPEG_IN_SCANS if comes_in_scans(file) else JPEG
    return LIMITS[image.format or ""]


def read_smaller(image: Image.Image, file: BinaryIO, most_side_px: int) -> None:
    """Has a large JPEG decoded at a half, a quarter or an eighth of its size; below `most_side_px` only to spare memory."""
    if not isinstance(image, JpegImageFile):
        return
    whole = _WHOLE_IN_SCANS if comes_in_scans(file) else _WHOLE_PIXELS
    pixels, side = image.width * image.height, max(image.size)
    wanted = max(scale for scale in _SCALES if scale == 1 or side // scale >= most_side_px)
    needed = next((scale for scale in _SCALES if pixels <= whole * scale**2), _SCALES[-1])
    scale = max(wanted, needed)
    if scale > 1:
        image.draft(None, (image.width // scale, image.height // scale))


def comes_in_scans(file: BinaryIO) -> bool:
    """Whether a JPEG is sent in several scans, so that all of it must be held before a row of it can be drawn."""
    at = file.tell()
    try:
        file.seek(2)
        return _in_scans(file)
    finally:
        file.seek(at)


def _in_scans(file: BinaryIO) -> bool:
    components = 0
    while len(head := file.read(4)) == 4:
        marker, length = head[1], struct.unpack(">H", head[2:])[0]
        if head[0] != 0xFF or marker == _END or length < 2:
            break
        if marker == 0xFF:  # one more filling byte
            file.seek(-3, 1)
            continue
        body = file.read(length - 2)
        if marker in _FRAMES:
            components = body[5] if len(body) > 5 else 0
            if marker not in {0xC0, 0xC1}:
                return True
        elif marker == _START_OF_SCAN:
            return body[:1] != bytes([components])
    return True
