"""A film's file as it is uploaded: read piece by piece, so that no file stays open when an upload breaks off."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

from aiogram import Bot
from aiogram.types import InputFile

CHUNK_BYTES = 1 << 20


class FilmFile(InputFile):
    """A file that is there for as long as it is sent."""

    def __init__(self, path: Path, name: str) -> None:
        super().__init__(filename=name, chunk_size=CHUNK_BYTES)
        self.path = path

    async def read(self, bot: Bot) -> AsyncGenerator[bytes]:  # noqa: ARG002  aiogram's
        """The file's bytes, a piece at a time."""
        offset = 0
        while piece := await asyncio.to_thread(_piece, self.path, offset):
            offset += len(piece)
            yield piece


def _piece(path: Path, offset: int) -> bytes:
    with path.open("rb") as file:
        file.seek(offset)
        return file.read(CHUNK_BYTES)
