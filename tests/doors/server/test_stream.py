"""An answer that goes on beats in silence, and ends when its caller goes or the server stops."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import nullcontext

from starlette.types import Message

from storyreel.doors.server.stream import EventStream


async def silence() -> AsyncGenerator[str]:
    yield "event: first\n\n"
    await asyncio.Event().wait()


async def told(*, stopping: asyncio.Event, gone: asyncio.Event, then: asyncio.Event) -> bytes:
    """What a caller is told until `then`, which is one of the two others, is set after two beats."""
    body = b""

    async def receive() -> Message:
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        nonlocal body
        body += message.get("body", b"")
        if body.count(b": still here\n\n") == 2:
            then.set()

    await EventStream(silence(), stopping, nullcontext(), beat_s=0.001)({"type": "http"}, receive, send)
    return body


async def test_a_stream_beats_in_silence_until_its_caller_goes_or_the_server_stops() -> None:
    stopping, gone = asyncio.Event(), asyncio.Event()

    for then in (stopping, gone):
        async with asyncio.timeout(30):
            body = await told(stopping=stopping, gone=gone, then=then)
        assert body.startswith(b"retry: 1000\n\nevent: first\n\n: still here\n\n")
        stopping.clear()
