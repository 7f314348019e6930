"""A film's file as it is sent: read piece by piece into an upload, or, by a Bot API server beside us, from its path."""

import asyncio
import os
import shutil
import uuid
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeAlias

from aiogram import Bot
from aiogram.types import InputFile

from storyreel.doors.bot.booth import Booth

CHUNK_BYTES = 1 << 20
FOLDER = "telegram"  # below the home's folder of work, which is swept

Sent: TypeAlias = "FilmFile | str"
"""A file as a method of the Bot API takes it."""


class FilmFile(InputFile):
    """A file that is there for as long as it is sent: no file stays open when an upload breaks off."""

    def __init__(self, path: Path, name: str) -> None:
        super().__init__(filename=name, chunk_size=CHUNK_BYTES)
        self.path = path

    async def read(self, bot: Bot) -> AsyncGenerator[bytes]:  # noqa: ARG002  aiogram's
        """The file's bytes, a piece at a time."""
        offset = 0
        while piece := await asyncio.to_thread(_piece, self.path, offset):
            offset += len(piece)
            yield piece


@asynccontextmanager
async def sent_as(booth: Booth, path: Path, name: str) -> AsyncGenerator[Sent]:
    """The file as it is sent by that name, while the block runs; a server beside us reads it itself, and calls it by its path."""
    if not booth.local:
        yield FilmFile(path, name)
        return
    folder = booth.studio.home.work / FOLDER / uuid.uuid4().hex
    try:
        yield (await asyncio.to_thread(_named, path, folder / name)).as_uri()
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # one file, and at once: who is being ended waits for no thread


def _piece(path: Path, offset: int) -> bytes:
    with path.open("rb") as file:
        file.seek(offset)
        return file.read(CHUNK_BYTES)


def _named(path: Path, link: Path) -> Path:
    """The same file under that name; a copy where it lies on another disk."""
    link.parent.mkdir(parents=True)
    try:
        os.link(path, link)
    except OSError:
        shutil.copyfile(path, link)
    return link.resolve()
