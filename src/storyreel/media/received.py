"""What a stranger sent: judged by what is in it, never by its name, and kept in a form that is only what it seems to be.

A picture is drawn anew, so that nothing that was hidden in its file is left. A clip keeps its bytes, and is called an MP4 only
where it is one.
"""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from storyreel.domain.errors import MediaUnusable

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PICTURE_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
"""Of a picture's file; more is refused before it is decoded."""
MOST_SIDE_PX = 4096
"""Of a picture as it is kept; no model takes more."""
MOST_CLIP_PIXELS = 8192 * 4320
QUALITY = 95

PNG, JPEG, MP4 = "image/png", "image/jpeg", "video/mp4"
OTHER_CLIP = "application/octet-stream"
"""What a clip that is no MP4 is served as: it is downloaded, and never shown."""

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", *(b"P%d" % number for number in range(1, 7)))
_AVIF = {b"avif", b"avis", b"mif1"}
_QUICKTIME = b"qt  "


@dataclass(frozen=True, slots=True)
class Received:
    """A picture or a clip as it is kept."""

    media_type: str
    width_px: int
    height_px: int
    seconds: float | None  # None: a picture
    data: bytes | None  # of a picture, drawn anew; None: the clip's own file


def received(path: Path, *, called: str) -> Received:
    """A file that was sent, judged. `called`: what an error calls it. Raises MediaUnusable."""
    with path.open("rb") as file:
        head = file.read(16)
    if is_picture(head):
        if path.stat().st_size > MOST_PICTURE_BYTES:
            raise MediaUnusable(called, f"it is larger than {MOST_PICTURE_BYTES // 1024**2} MB")
        return received_picture(path.read_bytes(), called=called)
    try:
        return _clip(path, head)
    except MediaUnusable as error:
        raise MediaUnusable(called, error.problem) from error


def received_picture(data: bytes, *, called: str) -> Received:
    """A picture that was sent, judged and drawn anew, at most 4096 pixels long. Raises MediaUnusable."""
    from storyreel.media.pictures import open_picture

    image = open_picture(data, name=called, most_pixels=MOST_PIXELS, most_side_px=MOST_SIDE_PX)
    image.info.clear()  # comments and profiles would be written again
    media_type, drawn = _drawn(image, lossy=_is_lossy(data))
    return Received(media_type, image.width, image.height, None, drawn)


def is_picture(head: bytes) -> bool:
    """Whether a file that begins so says that it is a picture."""
    return head.startswith(_PICTURES) or _is_webp(head) or (head[4:8] == b"ftyp" and head[8:12] in _AVIF)


def _drawn(image: "Image", *, lossy: bool) -> tuple[str, bytes]:
    """As PNG, or as JPEG where it came like that or does not fit otherwise."""
    from storyreel.media.pictures import png_bytes

    if not lossy and len(drawn := png_bytes(image)) <= MOST_PICTURE_BYTES:
        return PNG, drawn
    file = io.BytesIO()
    image.save(file, format="JPEG", quality=QUALITY, subsampling=0)
    return JPEG, file.getvalue()


def _clip(path: Path, head: bytes) -> Received:
    from storyreel.media.probe import probe

    _must_be_bounded(path)
    facts = probe(path)
    is_mp4 = facts.container == "mp4" and head[4:8] == b"ftyp" and head[8:12] != _QUICKTIME
    return Received(MP4 if is_mp4 else OTHER_CLIP, facts.width_px, facts.height_px, facts.seconds, None)


def _must_be_bounded(path: Path) -> None:
    """Raises MediaUnusable for a clip whose pictures are too large, whatever its header says of them."""
    from av.error import FFmpegError

    from storyreel.media.opening import UNDECODABLE, opened, video_of

    with opened(path) as container:
        stream = video_of(container, path)
        codec = stream.codec_context
        if codec.width * codec.height > MOST_CLIP_PIXELS:
            raise MediaUnusable(path, f"its pictures have {codec.width}x{codec.height} pixels, too many to be read")
        codec.options = {"max_pixels": str(MOST_CLIP_PIXELS)}
        try:
            next(container.decode(stream), None)
        except (FFmpegError, ValueError) as error:
            raise MediaUnusable(path, UNDECODABLE) from error


def _is_webp(head: bytes) -> bool:
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


def _is_lossy(data: bytes) -> bool:
    return data.startswith(b"\xff\xd8\xff") or (_is_webp(data) and data[12:16] == b"VP8 ") or data[4:8] == b"ftyp"
