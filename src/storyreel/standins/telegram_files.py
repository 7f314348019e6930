"""A bot's files: sent to it or by it, under ids that only it can use."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from PIL import Image, UnidentifiedImageError

from storyreel.domain.values import JSON
from storyreel.media.boxes import boxes_in
from storyreel.standins.telegram_refusals import bad
from storyreel.standins.telegram_rules import PHOTO_PX, PHOTO_RATIO, THUMBNAIL_BYTES, THUMBNAIL_PX

STARTS = {"photo": "AgACAgIAAxk", "video": "BAACAgIAAxk", "document": "BQACAgIAAxk", "thumbnail": "AAMCAgADGQ"}
SIDES_PX = (90, 320, 800, 1280)
"""The longer sides of a photo's sizes."""
JPEG_QUALITY = 87
ENDS, TAIL_BYTES = ((b"\xff\xd8", b"\xff\xd9"), (b"\x89PNG", b"IEND")), 32
"""How a JPEG and a PNG begin, and end where nothing was cut off."""


@dataclass(slots=True, eq=False)
class Stored:
    """A file, or a smaller picture of it, which is drawn when it is asked for."""

    id: str
    kind: str
    data: bytes
    unique: str  # the same for the same bytes, for every bot
    path: str  # below the bot's address of files
    facts: dict[str, JSON]  # what is told of it besides its ids
    shrunk_px: tuple[int, int] | None = None
    sizes: list["Stored"] = field(default_factory=list["Stored"])  # of a photo, all of them
    opened: datetime | None = None  # when its path was last told
    streams: bool = False  # a video that was said to play while it loads, and can
    _drawn: bytes = b""

    def told(self) -> dict[str, JSON]:
        """As a `PhotoSize`, `Video` or `Document`; the size of what was not drawn yet is left out."""
        size: dict[str, JSON] = {} if self.shrunk_px else {"file_size": len(self.data)}
        return {"file_id": self.id, "file_unique_id": self.unique, **size, **self.facts}

    def bytes(self) -> bytes:
        """The file itself."""
        if self.shrunk_px and not self._drawn:
            self._drawn = as_jpeg(self.data, self.shrunk_px)
        return self._drawn or self.data


class Files:
    """All files that one bot knows."""

    def __init__(self, new_id: Callable[[], str]) -> None:
        self._new_id = new_id
        self._known: dict[str, Stored] = {}
        self._paths: dict[str, Stored] = {}
        self._bodies: dict[bytes, bytes] = {}  # the same bytes are kept once, however often they come

    def keep(self, kind: str, data: bytes, facts: dict[str, JSON], *, ending: str = "") -> Stored:
        """A new file."""
        return self._kept(kind, data, facts, ending, None, [])

    def keep_video(self, data: bytes, facts: dict[str, JSON], *, streams: bool) -> Stored:
        """A new MP4; it streams where that was said and its index lies before its pictures."""
        stored = self.keep("video", data, facts, ending="mp4")
        stored.streams = streams and _begins_with_index(data)
        return stored

    def keep_photo(self, data: bytes, most_bytes: int | None = None) -> list[Stored]:
        """A photo in all its sizes, the smallest first. Raises Refused where Telegram takes none such."""
        if most_bytes is not None and len(data) > most_bytes:
            raise bad(f"file of size {len(data)} bytes is too big for a photo; the maximum size is {most_bytes} bytes")
        width, height = _photo_px(data)
        sizes: list[Stored] = []
        sides = [side for side in SIDES_PX if side < max(width, height)]
        for side in sides:
            across, down = (max(1, round(one * side / max(width, height))) for one in (width, height))
            self._kept("photo", data, {"width": across, "height": down}, "jpg", (across, down), sizes)
        if len(sides) < len(SIDES_PX):
            self._kept("photo", data, {"width": width, "height": height}, "jpg", None, sizes)
        return sizes

    def of(self, id: str, kind: str = "") -> Stored:
        """The file of that id. Raises Refused: there is none, or it is of another kind."""
        stored = self._known.get(id)
        if stored is None:
            raise bad("wrong file identifier/HTTP URL specified")
        if kind and stored.kind != kind:
            raise bad("type of file mismatch")
        return stored

    def at(self, path: str) -> Stored | None:
        """The file at a path below the bot's address."""
        return self._paths.get(path)

    def _kept(
        self, kind: str, data: bytes, facts: dict[str, JSON], ending: str, shrunk: tuple[int, int] | None, sizes: list[Stored]
    ) -> Stored:
        id = f"{STARTS.get(kind, STARTS['document'])}{self._new_id()}"
        path = f"{kind}s/file_{len(self._known)}{f'.{ending}' if ending else ''}"
        digest = sha256(data)
        body = self._bodies.setdefault(digest.digest(), data)
        unique = f"AQAD{digest.hexdigest()[:12]}{len(sizes) or ''}"
        stored = self._known[id] = self._paths[path] = Stored(id, kind, body, unique, path, facts, shrunk, sizes)
        sizes.append(stored)
        return stored


def _photo_px(data: bytes) -> tuple[int, int]:
    """A photo's width and height in pixels. Raises Refused where it is none, or has no shape of a photo."""
    width, height = _px(data, "IMAGE_PROCESS_FAILED")
    if any(data.startswith(start) and end not in data[-TAIL_BYTES:] for start, end in ENDS):
        raise bad("IMAGE_PROCESS_FAILED")
    if width + height > PHOTO_PX or max(width, height) > PHOTO_RATIO * min(width, height):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    return width, height


def thumbnail_px(data: bytes) -> tuple[int, int]:
    """A thumbnail's width and height in pixels. Raises Refused: it must be a small JPEG."""
    if len(data) > THUMBNAIL_BYTES:
        raise bad(f"file of size {len(data)} bytes is too big for a thumbnail; the maximum size is {THUMBNAIL_BYTES} bytes")
    width, height = _px(data, "wrong thumbnail: it is no JPEG")
    if not data.startswith(b"\xff\xd8") or max(width, height) > THUMBNAIL_PX:
        raise bad(f"wrong thumbnail: it must be a JPEG of at most {THUMBNAIL_PX} pixels a side")
    return width, height


def as_jpeg(data: bytes, size_px: tuple[int, int] | None = None, *, most_px: int = PHOTO_PX) -> bytes:
    """A picture as Telegram keeps photos: a JPEG, of that size, or with sides of at most so many pixels. Raises Refused."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if size_px is None and picture.format == "JPEG" and max(picture.size) <= most_px:
                return data
            drawn = picture.convert("RGB")
    except (OSError, ValueError) as error:
        raise bad("IMAGE_PROCESS_FAILED") from error
    drawn.thumbnail((most_px, most_px))
    file = io.BytesIO()
    (drawn.resize(size_px) if size_px else drawn).save(file, "JPEG", quality=JPEG_QUALITY)
    return file.getvalue()


def _begins_with_index(data: bytes) -> bool:
    try:
        return next((kind for kind, _ in boxes_in(data) if kind in {b"moov", b"mdat"}), b"") == b"moov"
    except ValueError:
        return False


def _px(data: bytes, words: str) -> tuple[int, int]:
    try:
        with Image.open(io.BytesIO(data)) as picture:
            return picture.size
    except (UnidentifiedImageError, OSError, ValueError) as error:
        raise bad(words) from error
