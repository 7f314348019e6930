"""The gate through which every paid request leaves: a stop waits for those outside, and who lost his place sends none."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar

Leave = Callable[[], Awaitable[None]]
"""Keeps that a request leaves now. Raises CancelledError where it must not."""
_leave: ContextVar[Leave | None] = ContextVar("_leave", default=None)


class Gate:
    """Open until it is closed, and while its holder holds its place."""

    def __init__(self) -> None:
        self.holds: Callable[[], bool] = lambda: True
        self._closed = False
        self._outside = 0
        self._home = asyncio.Event()

    @property
    def open(self) -> bool:
        """Whether a request may leave now."""
        return not self._closed and self.holds()

    def reopen(self) -> None:
        """Let requests leave again, while the place is held."""
        self._closed = False

    @asynccontextmanager
    async def outside(self, leave: Leave) -> AsyncGenerator[None]:
        """While a request is made ready, is on its way, or its answer is not kept yet; `leave` is asked as `leaving` says."""
        self._outside += 1
        token = _leave.set(leave)
        try:
            yield
        finally:
            _leave.reset(token)
            self._outside -= 1
            if not self._outside:
                self._home.set()

    async def leaving(self) -> None:
        """Called just before a paid request leaves: pictures may have been fetched and sent since it had its turn."""
        if leave := _leave.get():
            await leave()

    async def close(self, patience_s: float) -> None:
        """Let nothing leave any more, and wait so long for what is outside."""
        self._closed = True
        self._home.clear()
        if self._outside:
            with suppress(TimeoutError):
                async with asyncio.timeout(patience_s):
                    await self._home.wait()
