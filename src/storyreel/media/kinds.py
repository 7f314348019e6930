"""What kind of file it is, by how it begins; what it is called, or says of itself elsewhere, counts for nothing."""

from typing import NamedTuple

HEAD_BYTES = 16
"""Of a file's beginning, enough to tell."""


class Kind(NamedTuple):
    """A kind of picture or clip."""

    suffix: str
    media_type: str
    is_picture: bool


PNG, JPEG = Kind(".png", "image/png", True), Kind(".jpg", "image/jpeg", True)
WEBP, GIF = Kind(".webp", "image/webp", True), Kind(".gif", "image/gif", True)
AVIF, BMP = Kind(".avif", "image/avif", True), Kind(".bmp", "image/bmp", True)
TIFF, PPM = Kind(".tiff", "image/tiff", True), Kind(".ppm", "image/x-portable-anymap", True)
HEIC = Kind(".heic", "image/heic", True)  # which nothing here reads
MP4, MOV = Kind(".mp4", "video/mp4", False), Kind(".mov", "video/quicktime", False)
WEBM = Kind(".webm", "video/webm", False)

STARTS = (
    (0, b"\x89PNG", PNG),
    (0, b"\xff\xd8\xff", JPEG),
    (0, b"GIF8", GIF),
    (0, b"BM", BMP),
    (0, b"II*\x00", TIFF),
    (0, b"MM\x00*", TIFF),
    *((0, b"P%d" % number, PPM) for number in range(1, 7)),
    *((4, b"ftyp" + brand, AVIF) for brand in (b"avif", b"avis", b"mif1")),
    *((4, b"ftyp" + brand, HEIC) for brand in (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"msf1")),
    (4, b"ftypqt  ", MOV),
    (4, b"ftyp", MP4),
    (0, b"\x1aE\xdf\xa3", WEBM),
)
"""Where what stands: the first that is there."""


def kind_of(head: bytes) -> Kind | None:
    """The kind of a file that begins so; None for one that is not known."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    return next((kind for at, start, kind in STARTS if head[at : at + len(start)] == start), None)
