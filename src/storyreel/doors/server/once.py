"""Requests that may come twice and count once: by their Idempotency-Key, as the IETF's draft of that header says.

The answer to a key is kept for a day. The same key with another request is refused; a second one that comes while the first is
being worked on is told so.
"""

import asyncio
import hashlib
from collections.abc import AsyncGenerator, Awaitable, Callable
from http import HTTPStatus
from typing import Annotated

from fastapi import Header, Request
from pydantic import BaseModel
from starlette.datastructures import UploadFile
from starlette.responses import Response

from storyreel.doors.server.callers import Caller
from storyreel.doors.server.desk import Desk
from storyreel.doors.server.refusals import Refused
from storyreel.library import replies

PIECE_BYTES = 256 * 1024

IdempotencyKey = Annotated[
    str | None,
    Header(alias="Idempotency-Key", max_length=255, description="Any text of yours; the same one again is answered the same."),
]


class KeyReused(Refused):
    """An Idempotency-Key came again with another request."""

    def __init__(self) -> None:
        told = "This Idempotency-Key was used for another request; choose a new one for a new request."
        super().__init__(HTTPStatus.UNPROCESSABLE_ENTITY, "idempotency_key_reused", told)


class UnderWay(Refused):
    """The first request with an Idempotency-Key is still being worked on."""

    def __init__(self) -> None:
        told = "The first request with this Idempotency-Key is still being worked on; ask again in a moment."
        super().__init__(HTTPStatus.CONFLICT, "request_under_way", told, {"Retry-After": "1"})


async def once(
    desk: Desk,
    caller: Caller,
    key: str | None,
    request: Request,
    work: Callable[[], Awaitable[BaseModel]],
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    """The answer of this work, or the one that was given to the same key before. Raises KeyReused, UnderWay, and as the work."""
    if key is None:
        return _answer(status, (await work()).model_dump_json())

    async def body() -> str:
        return (await work()).model_dump_json()

    return _answer(*await kept_once(desk, caller, key, await _digest(request), body, status))


async def kept_once(
    desk: Desk, caller: Caller, key: str, digest: str, work: Callable[[], Awaitable[str]], status: HTTPStatus
) -> tuple[HTTPStatus, str]:
    """What this work gives under its key, with its status, or what was given before. Raises KeyReused, UnderWay, and as the work.

    `digest` is the request's: another one under the same key is refused.
    """
    known = await desk.database.write(replies.begin_reply, caller.name, key, digest, desk.now())
    if known is not None:
        if known.digest != digest:
            raise KeyReused
        if known.status is None:
            raise UnderWay
        return HTTPStatus(known.status), known.body or ""
    try:
        body = await work()
    except BaseException:  # nothing was accepted: the same key may be tried again
        await asyncio.shield(desk.database.write(replies.drop_reply, caller.name, key))
        raise
    await asyncio.shield(desk.database.write(replies.end_reply, caller.name, key, status.value, body))
    return status, body


async def _digest(request: Request) -> str:
    told = f"{request.method} {request.url.path}?{request.url.query}\n".encode()
    if not request.headers.get("content-type", "").startswith("multipart/"):
        return hashlib.sha256(told + await request.body()).hexdigest()
    digest = hashlib.sha256(told)
    for name, value in (await request.form()).multi_items():  # read already; the boundary between its parts is new each time
        size = len(value.encode()) if isinstance(value, str) else value.size
        digest.update(f"{len(name)} {size}\n{name}".encode())
        if isinstance(value, str):
            digest.update(value.encode())
        else:
            async for piece in _pieces(value):
                digest.update(piece)
    return digest.hexdigest()


async def _pieces(upload: UploadFile) -> AsyncGenerator[bytes]:
    """An upload's bytes, a piece at a time; it can be read again."""
    await upload.seek(0)
    while piece := await upload.read(PIECE_BYTES):
        yield piece
    await upload.seek(0)


def _answer(status: HTTPStatus, body: str) -> Response:
    return Response(body, status_code=status, media_type="application/json")
