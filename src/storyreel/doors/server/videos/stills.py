"""Stills of a video as WebP pictures: its first frame, and frames from all of it on one sheet. Made when first asked for."""

import asyncio
import io
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING

from storyreel.domain.values import Digest
from storyreel.library.blobs import Blobs

if TYPE_CHECKING:
    from PIL.Image import Image

WEBP = "image/webp"
COLUMNS, ROWS = 4, 4
CELL_PX, THUMBNAIL_PX = 240, 640  # the longer side
REMEMBERED = 1000
VARIANTS = ("thumbnail", "spritesheet")


class Stills:
    """Stills that were made, by the clip's digest and what they are."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._made: OrderedDict[tuple[Digest, str], Digest] = OrderedDict()
        self._drawing = asyncio.Lock()

    async def still(self, clip: Digest, variant: str) -> Digest:
        """The blob of a thumbnail or a spritesheet. Raises MediaUnusable, StoreUnusable."""
        async with self._drawing:
            known = self._made.get((clip, variant))
            if known is None or not await self._blobs.exists(known):
                path = await self._blobs.fetch(clip)
                known = await self._blobs.put_bytes(await asyncio.to_thread(_drawn, path, variant))
                self._made[clip, variant] = known
                if len(self._made) > REMEMBERED:
                    self._made.popitem(last=False)
            return known


def _drawn(clip: Path, variant: str) -> bytes:
    from storyreel.media.frames import first_frame

    image = spritesheet(clip) if variant == "spritesheet" else first_frame(clip)
    if variant == "thumbnail":
        image.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX))
    file = io.BytesIO()
    image.save(file, format="WEBP", quality=80, method=2)
    return file.getvalue()


def spritesheet(clip: Path, columns: int = COLUMNS, rows: int = ROWS) -> "Image":
    """Frames at even distances, from left to right and top to bottom, the first one first. Raises MediaUnusable."""
    from PIL import Image

    from storyreel.media.frames import frame_at
    from storyreel.media.probe import probe

    count, seconds = columns * rows, probe(clip).seconds
    frames = [frame_at(clip, seconds * place / count) for place in range(count)]
    for frame in frames:
        frame.thumbnail((CELL_PX, CELL_PX))
    width, height = frames[0].size
    sheet = Image.new("RGB", (columns * width, rows * height))
    for place, frame in enumerate(frames):
        sheet.paste(frame, (place % columns * width, place // columns * height))
    return sheet
