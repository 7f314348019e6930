"""An answer that goes on: server-sent events, until nothing more happens, the caller goes, or the server stops.

Written against ASGI itself, since a framework's stream costs a task for each event of each watcher.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AbstractContextManager, aclosing

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from typing_extensions import override

MEDIA_TYPE = "text/event-stream"
BEAT_S = 15.0  # between two comments, without which somebody between us may close the connection
AGAIN_MS = 1000  # after which a browser that was cut off comes back
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class EventStream(Response):
    """Texts of events as they come; a server that stops ends it, and the caller comes back to the next one.

    `place` is held as long as it goes on; what that raises is told instead.
    """

    media_type = MEDIA_TYPE
    charset = "utf-8"

    def __init__(
        self,
        texts: AsyncGenerator[str],
        stopping: asyncio.Event,
        place: AbstractContextManager[None],
        *,
        beat_s: float = BEAT_S,
    ) -> None:
        super().__init__(headers=HEADERS)
        del self.headers["content-length"]
        self._texts, self._stopping, self._place, self._beat_s = texts, stopping, place, beat_s

    @override
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._place:
            await self._go_on(receive, send)

    async def _go_on(self, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        telling = asyncio.ensure_future(self._tell(send))
        beside = [asyncio.ensure_future(one) for one in (_beat(send, self._beat_s), _gone(receive), self._stopping.wait())]
        try:
            await asyncio.wait((telling, *beside[1:]), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (telling, *beside):
                task.cancel()
            await asyncio.gather(telling, *beside, return_exceptions=True)
        if not telling.cancelled():
            telling.result()
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _tell(self, send: Send) -> None:
        await _send(send, f"retry: {AGAIN_MS}\n\n")
        async with aclosing(self._texts) as texts:
            async for text in texts:
                await _send(send, text)


async def _beat(send: Send, beat_s: float) -> None:
    while True:
        await asyncio.sleep(beat_s)
        await _send(send, ": still here\n\n")


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})
