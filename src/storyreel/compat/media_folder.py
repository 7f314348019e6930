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
from storyreel.media import kinds
from storyreel.media.kinds import HEAD_BYTES, kind_of
from storyreel.providers.port import Picture

KEPT = (kinds.MP4, kinds.WEBM, kinds.PNG, kinds.JPEG, kinds.WEBP, kinds.GIF, kinds.AVIF)


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
                    head += piece[: HEAD_BYTES - len(head)]
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
    kind = kind_of(head)
    if kind is kinds.MOV:  # which an MP4's reader reads
        return kinds.MP4.suffix
    if kind is None or kind not in KEPT:
        raise OutputBroken("it is neither a picture nor a clip")
    return kind.suffix


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
