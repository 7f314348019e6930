"""Requests that may come twice and count once: by their Idempotency-Key, as the IETF's draft of that header says.

The answer to a key is kept for a day. The same key with another request is refused; a second one that comes while the first is
being worked on is told so. A film, or a change to one, is noted under its key as it is accepted: where its answer could not be
given, the next request is answered with that.
"""

import asyncio
import hashlib
import secrets
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from contextlib import suppress
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any, TypeVar

from fastapi import Header, Request
from pydantic import BaseModel
from starlette.datastructures import UploadFile
from starlette.responses import Response

from storyreel.domain.errors import StoreUnusable
from storyreel.doors.server.callers import Caller
from storyreel.doors.server.desk import Desk
from storyreel.doors.server.refusals import Refused
from storyreel.library import replies
from storyreel.library.replies import Accepted, Attempt

T = TypeVar("T", bound=BaseModel)

PIECE_BYTES = 256 * 1024
BEAT_S = 15.0  # an attempt that was not heard of for `replies.SILENCE` is given up
TOKEN_BYTES = 16
FORMS = ("multipart/", "application/x-www-form-urlencoded")
AGAIN = "again:"
"""What the key of a request begins with that came without one."""
WAIT_S = 0.2  # between two looks whether the first one is answered

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


async def _its_film(accepted: Accepted) -> str:
    """The answer of work that gives no more than its film's id."""
    return accepted.film


async def once(
    desk: Desk,
    caller: Caller,
    key: str | None,
    request: Request,
    work: Callable[[], Awaitable[BaseModel]],
    *,
    status: HTTPStatus = HTTPStatus.OK,
    of_accepted: Callable[[Accepted], Awaitable[BaseModel]] | None = None,
) -> Response:
    """The answer of this work, or the one that was given to the same key before. Raises KeyReused, UnderWay, and as the work.

    `of_accepted`: the answer where a film or change was accepted before, and nobody was told of it; of work that accepts one.
    """
    if key is None:
        return _answer(status, (await work()).model_dump_json())

    async def body() -> str:
        return (await work()).model_dump_json()

    found = _told_by(of_accepted) if of_accepted else _its_film
    return _answer(*await kept_once(desk, caller, key, await _digest(request), body, status, found=found))


async def once_in_a_while(
    desk: Desk,
    caller: Caller,
    key: str | None,
    request: Request,
    work: Callable[[], Awaitable[T]],
    is_kept: Callable[[T], bool],
    of_accepted: Callable[[Accepted], Awaitable[T]],
) -> Response:
    """The same, where a request without a key, too, that comes again word for word within the setting's seconds counts once.

    It waits for the answer to the first. Answers that are not to be kept are given to those who asked, and to nobody later.
    """
    window = timedelta(seconds=desk.studio.settings.repeat_window)
    if key is None and not window:
        return _answer(HTTPStatus.OK, (await work()).model_dump_json())

    async def body() -> str:
        found = await work()
        if not is_kept(found):
            raise _NotKept(found.model_dump_json())
        return found.model_dump_json()

    digest, found = await _digest(request), _told_by(of_accepted)
    name, kept = (f"{AGAIN}{digest}", window) if key is None else (key, replies.KEPT)
    while True:
        try:
            return _answer(*await kept_once(desk, caller, name, digest, body, HTTPStatus.OK, kept=kept, found=found))
        except _NotKept as answered:
            return _answer(HTTPStatus.OK, answered.body)
        except UnderWay:
            if key is not None:
                raise
            await asyncio.sleep(WAIT_S)


def _told_by(of_accepted: Callable[[Accepted], Awaitable[BaseModel]]) -> Callable[[Accepted], Coroutine[Any, Any, str]]:
    async def found(accepted: Accepted) -> str:
        return (await of_accepted(accepted)).model_dump_json()

    return found


class _NotKept(Exception):
    """What is answered, and forgotten."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.body = body


async def kept_once(
    desk: Desk,
    caller: Caller,
    key: str,
    digest: str,
    work: Callable[[], Coroutine[Any, Any, str]],
    status: HTTPStatus,
    *,
    kept: timedelta = replies.KEPT,
    found: Callable[[Accepted], Coroutine[Any, Any, str]] = _its_film,
    beat_s: float = BEAT_S,
) -> tuple[HTTPStatus, str]:
    """What this work gives under its key, with its status, or what was given before. Raises KeyReused, UnderWay, and as the work.

    `digest` is the request's: another one under the same key is refused. `kept`: for so long an answer counts. `found`: what is
    answered with what was accepted before, and of which nobody was told. `beat_s`: between two signs that it is still
    worked on.
    """
    attempt = Attempt(caller=caller.name, key=key, token=secrets.token_hex(TOKEN_BYTES))
    known = await desk.database.write(replies.begin_reply, attempt, digest, desk.now(), kept)
    if known is not None:
        if known.digest != digest:
            raise KeyReused
        if known.status is not None:
            return HTTPStatus(known.status), known.body or ""
        if known.left is None:
            raise UnderWay
        work = partial(found, known.left)
    try:
        body = await _worked(desk, attempt, work, beat_s)
        is_ours = await asyncio.shield(desk.database.write(replies.end_reply, attempt, status.value, body, desk.now()))
    except BaseException:  # the same key may be tried again; what was accepted is kept for who does
        await asyncio.shield(desk.database.write(replies.drop_reply, attempt))
        raise
    if not is_ours:
        raise UnderWay
    return status, body


async def _worked(desk: Desk, attempt: Attempt, work: Callable[[], Coroutine[Any, Any, str]], beat_s: float) -> str:
    """What the work gives, which is broken off where another attempt took over. Raises UnderWay then, and as the work."""
    with replies.answering(attempt):
        working = asyncio.create_task(work())
    beating = asyncio.create_task(_beat(desk, attempt, beat_s))
    try:
        await asyncio.wait((working, beating), return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise UnderWay
        return working.result()
    except replies.GivenUp as error:
        raise UnderWay from error
    finally:
        working.cancel()
        beating.cancel()
        await asyncio.gather(working, beating, return_exceptions=True)


async def _beat(desk: Desk, attempt: Attempt, beat_s: float) -> None:
    """Renews the attempt, as long as it is the request's."""
    is_ours = True
    while is_ours:
        await asyncio.sleep(beat_s)
        with suppress(StoreUnusable):  # the next one may be written
            is_ours = await desk.database.write(replies.renew_reply, attempt, desk.now())


async def _digest(request: Request) -> str:
    told = f"{request.method} {request.url.path}?{request.url.query}\n".encode()
    if not request.headers.get("content-type", "").startswith(FORMS):
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
