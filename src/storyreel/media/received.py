"""What a stranger sent: judged by what is in it, never by its name, and kept in a form that is only what it seems to be.

A picture is drawn anew, so that nothing that was hidden in its file is left. A clip keeps its bytes, and is called an MP4 only
where it is one.
"""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from storyreel.domain.errors import MediaUnusable
from storyreel.media import kinds
from storyreel.media.kinds import HEAD_BYTES, Kind, kind_of

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PICTURE_BYTES = 10 * 1024 * 1024
"""Of a file that a person gives as a picture, sent or fetched."""
MOST_SIDE_PX = 4096
"""Of a picture as it is kept; no model takes more."""
MOST_CLIP = 4096, 2304
"""Pixels of a clip's pictures, in either direction, by their product: a decoder holds up to 16 of them, and its own."""
MOST_CLIP_PIXELS = MOST_CLIP[0] * MOST_CLIP[1]
QUALITY = 95

PNG, JPEG, MP4 = kinds.PNG.media_type, kinds.JPEG.media_type, kinds.MP4.media_type
OTHER_CLIP = "application/octet-stream"
"""What a clip that is no MP4 is served as: it is downloaded, and never shown."""


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
        kind = kind_of(file.read(HEAD_BYTES))
    if kind is not None and kind.is_picture:
        if path.stat().st_size > MOST_PICTURE_BYTES:
            raise MediaUnusable(called, f"it is larger than {MOST_PICTURE_BYTES // 1024**2} MB")
        return received_picture(path.read_bytes(), called=called)
    try:
        return _clip(path, kind)
    except MediaUnusable as error:
        raise MediaUnusable(called, error.problem) from error


def received_picture(data: bytes, *, called: str) -> Received:
    """A picture that was sent, judged and drawn anew, at most 4096 pixels long. Raises MediaUnusable."""
    from storyreel.media.pictures import open_picture

    image = open_picture(data, name=called, stranger=True, most_side_px=MOST_SIDE_PX)
    media_type, drawn = _drawn(image, lossy=_is_lossy(data))
    return Received(media_type, image.width, image.height, None, drawn)


def _drawn(image: "Image", *, lossy: bool) -> tuple[str, bytes]:
    """As PNG, or as JPEG where it came like that or does not fit otherwise."""
    from storyreel.media.pictures import png_within

    if not lossy and (drawn := png_within(image, MOST_PICTURE_BYTES)) is not None:
        return PNG, drawn
    file = io.BytesIO()
    image.save(file, format="JPEG", quality=QUALITY, subsampling=0)
    return JPEG, file.getvalue()


def _clip(path: Path, kind: Kind | None) -> Received:
    from storyreel.media.probe import probe

    must_be_bounded(path)
    facts = probe(path)
    is_mp4 = facts.container == "mp4" and kind is kinds.MP4
    return Received(MP4 if is_mp4 else OTHER_CLIP, facts.width_px, facts.height_px, facts.seconds, None)


def must_be_bounded(path: Path) -> None:
    """Raises MediaUnusable for a clip whose pictures are too large, whatever its header says of them."""
    from av.error import FFmpegError

    from storyreel.media.opening import UNDECODABLE, opened, video_of

    with opened(path) as container:
        stream = video_of(container, path)
        codec = stream.codec_context
        if codec.width * codec.height > MOST_CLIP_PIXELS:
            most = f"at most as many as {MOST_CLIP[0]}x{MOST_CLIP[1]} are read"
            raise MediaUnusable(path, f"its pictures have {codec.width}x{codec.height} pixels, and {most}")
        codec.options = {"max_pixels": str(MOST_CLIP_PIXELS)}
        try:
            next(container.decode(stream), None)
        except (FFmpegError, ValueError) as error:
            raise MediaUnusable(path, UNDECODABLE) from error


def _is_lossy(data: bytes) -> bool:
    kind = kind_of(data[:HEAD_BYTES])
    return kind in {kinds.JPEG, kinds.AVIF} or (kind is kinds.WEBP and data[12:16] == b"VP8 ")
