"""Clips and pictures out of the store, whole or in part; nothing is served that a browser would run."""

import re
from collections.abc import AsyncGenerator
from http import HTTPStatus
from pathlib import Path

import anyio
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from storyreel.domain.values import Digest
from storyreel.doors.server.desk import Desk
from storyreel.doors.server.refusals import Refused

CHUNK_BYTES = 256 * 1024
RANGE = re.compile(r"^bytes=(\d{0,18})-(\d{0,18})$")  # longer numbers are none of a file's
FOREVER = "private, max-age=31536000, immutable"
"""Of what never changes: its address tells its digest."""

ASKED_AGAIN = "private, no-cache"
"""Of everything else: a film that is retaken or cut anew has the address that it had; an ETag spares the bytes."""

VERSION = "v"
TOLD = 12  # characters of a digest that tell it from every other


class RangeUnusable(Refused):
    """The part that is asked for is not in the file."""

    def __init__(self, size: int) -> None:
        told = f"The file has {size} bytes; the part that is asked for is not in it."
        status = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
        super().__init__(status, "range_unusable", told, {"Content-Range": f"bytes */{size}"})


async def blob_answer(desk: Desk, request: Request, digest: Digest, media_type: str, name: str) -> Response:
    """A blob, or the part of it that the request's Range asks for, under a name of ours. Raises RangeUnusable, StoreUnusable."""
    path = await desk.blobs.fetch(digest)
    size = (await anyio.Path(path).stat()).st_size
    etag = f'"{digest}"'
    disposition = "attachment" if "download" in request.query_params else "inline"
    headers = {
        "ETag": etag,
        "Accept-Ranges": "bytes",
        "Cache-Control": kept_for(request, digest),
        "Content-Disposition": f'{disposition}; filename="{name}"',
    }
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    part = _part(request.headers.get("range", ""), size) if request.headers.get("if-range", etag) == etag else None
    first, last = part or (0, size - 1)
    headers["Content-Length"] = str(last - first + 1)
    if part is not None:
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    status = HTTPStatus.OK if part is None else HTTPStatus.PARTIAL_CONTENT
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers, media_type=media_type)
    return StreamingResponse(_bytes(path, first, last), status_code=status, headers=headers, media_type=media_type)


def kept_for(request: Request, digest: str) -> str:
    """How long a copy of that may be kept: for good only where the address tells what comes, not where it tells another."""
    told = request.query_params.get(VERSION, "")
    return FOREVER if len(told) >= TOLD and digest.startswith(told) else ASKED_AGAIN


def _part(asked: str, size: int) -> tuple[int, int] | None:
    """The first and the last byte of one part; None where the whole is asked for, or what we do not understand."""
    found = RANGE.match(asked.strip())
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        first, last = str(max(0, size - int(last))), str(size - 1)
    begin, end = int(first), min(int(last or size - 1), size - 1)
    if begin > end:
        raise RangeUnusable(size)
    return begin, end


async def _bytes(path: Path, first: int, last: int) -> AsyncGenerator[bytes]:
    async with await anyio.open_file(path, "rb") as file:
        await file.seek(first)
        left = last - first + 1
        while left and (chunk := await file.read(min(CHUNK_BYTES, left))):
            left -= len(chunk)
            yield chunk
