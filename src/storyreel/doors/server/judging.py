"""Files that callers send: read off the wire onto the disk, judged one at a time, kept. Whatever else takes pictures uses this.

What a file is, is told by what is in it (`media.received`); its name and its told type count for nothing.
"""

import asyncio
import hashlib
import shutil
import unicodedata
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from fastapi import Request
from starlette.datastructures import UploadFile

from storyreel.domain.errors import InvalidRequest, MediaUnusable
from storyreel.domain.values import Digest
from storyreel.doors.server.desk import Desk
from storyreel.media.received import MOST_PICTURE_BYTES, Received, received, received_picture

FILE = "file"
"""The form's field that has the file."""
LONGEST_NAME = 255
MOST_CLIP_BYTES = 100 * 1024 * 1024
MOST_WORDS_BYTES = 100_000
"""What a form has around its files."""
CHUNK_BYTES = 1 << 20


async def judged_picture(desk: Desk, data: bytes, *, called: str = "The picture", field: str = FILE) -> Received:
    """A picture that was sent, drawn anew, so that its bytes are safe to keep, to send on and to serve. Raises MediaUnusable."""
    try:
        return await desk.judging(received_picture, data, called=called)
    except MediaUnusable as error:
        raise MediaUnusable(called, error.problem, field=field) from error


async def judged_pictures(desk: Desk, pictures: Sequence[UploadFile], *, field: str) -> list[bytes]:
    """A form's pictures, each drawn anew as PNG or JPEG, in their order. `field`: with `{}` for a picture's number.

    Raises MediaUnusable, before any is read for one that is too large.
    """
    fields = [field.format(number) for number in range(1, len(pictures) + 1)]
    for one, name in zip(pictures, fields, strict=True):
        _must_fit(one, MOST_PICTURE_BYTES, name)
    found = [
        await judged_picture(desk, await one.read(), called=f"Picture {number}", field=name)
        for number, (one, name) in enumerate(zip(pictures, fields, strict=True), start=1)
    ]
    return [one.data for one in found if one.data is not None]


@asynccontextmanager
async def judged_clip(desk: Desk, clip: UploadFile, *, field: str) -> AsyncGenerator[Path]:
    """A form's clip as a file of ours while the block runs. Raises MediaUnusable, also for a picture."""
    _must_fit(clip, MOST_CLIP_BYTES, field)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "clip"
        await asyncio.to_thread(_copied, clip, path)
        if (await judged(desk, path, field=field)).seconds is None:
            raise MediaUnusable("The file", "it is a picture; a video is needed", field=field)
        yield path


async def judged(desk: Desk, path: Path, *, field: str = FILE) -> Received:
    """A picture or a clip that was sent. Raises MediaUnusable."""
    try:
        return await desk.judging(received, path, called="The file")
    except MediaUnusable as error:
        raise MediaUnusable("The file", error.problem, field=field) from error


@asynccontextmanager
async def sent_file(request: Request, name: str = "") -> AsyncGenerator[tuple[Path, str]]:
    """The file that a request carries, as its body or in a form, and what its sender called it; while the block runs.

    Raises InvalidRequest, and what the porter raises of bodies.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sent"
        if request.headers.get("content-type", "").startswith("multipart/"):
            async with request.form(max_files=1, max_fields=10) as form:
                file = form.get(FILE)
                if not isinstance(file, UploadFile):
                    raise InvalidRequest(f"There is no file in the form's field `{FILE}`.", field=FILE)
                name = name or file.filename or ""
                await asyncio.to_thread(_copied, file, path)
        else:
            await _streamed(request, path)
        if not (await asyncio.to_thread(path.stat)).st_size:
            raise InvalidRequest("The file is empty.", field=FILE)
        yield path, plain_name(name)


def digest_of(path: Path) -> Digest:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def plain_name(told: str) -> str:
    """What a sender called a file, to be shown: its last part, without what no name has."""
    shown = "".join(sign for sign in told.replace("\\", "/") if unicodedata.category(sign)[0] != "C")
    return PurePosixPath(shown).name[:LONGEST_NAME]


async def _streamed(request: Request, path: Path) -> None:
    with path.open("wb") as file:
        async for chunk in request.stream():
            await asyncio.to_thread(file.write, chunk)


def _must_fit(upload: UploadFile, most_bytes: int, field: str) -> None:
    if (upload.size or 0) > most_bytes:
        raise MediaUnusable("The file", f"it is larger than {most_bytes // 1024**2} MB", field=field)


def _copied(upload: UploadFile, path: Path) -> None:
    with path.open("wb") as file:
        shutil.copyfileobj(upload.file, file, CHUNK_BYTES)
