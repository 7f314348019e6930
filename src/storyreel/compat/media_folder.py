"""Results as files of our own: named by what is in them, whole or not there at all."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from storyreel.domain.errors import MediaUnusable, OutputBroken, OutputUnwritable
from storyreel.domain.values import Digest
from storyreel.providers.port import Picture

STARTS = (
    (4, b"ftyp", ".mp4"),
    (0, b"\x1aE\xdf\xa3", ".webm"),
    (0, b"\x89PNG\r\n\x1a\n", ".png"),
    (0, b"\xff\xd8\xff", ".jpg"),
    (8, b"WEBP", ".webp"),
    (0, b"GIF8", ".gif"),
)
"""Where what stands in a file of each kind that is kept; nothing else is."""


class MediaFolder:
    """A folder of results; the same bytes twice are one file."""

    def __init__(self, root: Path) -> None:
        self._root = root

    async def keep(self, pieces: AsyncIterator[bytes]) -> Path:
        """A file with these bytes. Raises OutputBroken for what is no picture and no clip, OutputUnwritable."""
        part = self._root / f".{uuid4().hex}.part"
        try:
            await asyncio.to_thread(self._root.mkdir, parents=True, exist_ok=True)
            with await asyncio.to_thread(part.open, "wb") as file:
                digest, head = sha256(), b""
                async for piece in pieces:
                    head += piece[: 16 - len(head)]
                    digest.update(piece)
                    await asyncio.to_thread(file.write, piece)
                await asyncio.to_thread(_settle, file.fileno())
            path = self._root / f"{digest.hexdigest()[:32]}{_suffix(head)}"
            await asyncio.to_thread(part.replace, path)
        except OSError as error:
            raise OutputUnwritable(self._root, error.strerror or str(error)) from error
        finally:
            with suppress(OSError):  # it may never have been there
                part.unlink()
        return path


def _settle(file: int) -> None:
    os.fsync(file)


def _suffix(head: bytes) -> str:
    found = next((suffix for at, start, suffix in STARTS if head[at : at + len(start)] == start), None)
    if found is None:
        raise OutputBroken("it is neither a picture nor a clip")
    return found


class NoPictures:
    """No pictures by digest: here they are given by address."""

    async def path(self, digest: Digest) -> Path:
        """None. Raises MediaUnusable."""
        raise MediaUnusable(digest, "pictures are given by address here")

    async def picture(
        self,
        digest: Digest,
        *,
        types: tuple[str, ...] = (),  # noqa: ARG002  the port's words
        most_bytes: int | None = None,  # noqa: ARG002
        most_side_px: int | None = None,  # noqa: ARG002
    ) -> Picture:
        """None. Raises MediaUnusable."""
        raise MediaUnusable(digest, "pictures are given by address here")
