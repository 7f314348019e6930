"""Files that a tool wrote into the folder it was given, on their way into the chat."""

import asyncio
from collections.abc import Awaitable, Callable, Generator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from aiogram.methods import SendDocument, SendPhoto

from storyreel.doors.bot.files import FilmFile
from storyreel.doors.bot.step import Turn
from storyreel.tools.attachment import Attachment

MOST_FILES, PHOTO_BYTES, UPLOAD_S = 10, 10_000_000, 120
PHOTOS = {".png", ".jpg", ".jpeg"}


@contextmanager
def workplace() -> Generator[Path]:
    """An empty folder while the block runs, by the name that it has with links followed."""
    with TemporaryDirectory() as made:
        yield Path(made).resolve()


def written(folder: Path, most_bytes: int) -> Sequence[Path]:
    """What lies in the folder and may be sent, by name: at most ten files."""
    found = (one for one in sorted(folder.rglob("*")) if one.is_file() and not one.is_symlink())
    return [one for one in found if 0 < one.stat().st_size <= most_bytes][:MOST_FILES]


def attached_to(folder: Path) -> Callable[[Attachment], Awaitable[None]]:
    """What takes a tool's attachments, and makes files of them in the folder."""
    numbers = count(1)

    async def attach(one: Attachment) -> None:
        await asyncio.to_thread((folder / f"{next(numbers)}{one.ending}").write_bytes, one.file())

    return attach


async def hand_over(turn: Turn, files: Sequence[Path]) -> None:
    """Send each: a picture as a photo, where Telegram takes it as one."""
    chat, outbox = turn.place.chat, turn.booth.outbox
    for path in files:
        file = FilmFile(path, path.name)
        if path.suffix.lower() in PHOTOS and path.stat().st_size <= PHOTO_BYTES:
            await outbox.send(chat, SendPhoto(chat_id=chat, photo=file), timeout_s=UPLOAD_S)
        else:
            await outbox.send(chat, SendDocument(chat_id=chat, document=file), timeout_s=UPLOAD_S)
