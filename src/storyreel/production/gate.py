"""The gate through which every paid request leaves: a stop waits for those outside, and who lost his place sends none."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress


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
    async def outside(self) -> AsyncGenerator[None]:
        """While a request is on its way and its answer is not kept yet."""
        self._outside += 1
        try:
            yield
        finally:
            self._outside -= 1
            if not self._outside:
                self._home.set()

    async def close(self, patience_s: float) -> None:
        """Let nothing leave any more, and wait so long for what is outside."""
        self._closed = True
        self._home.clear()
        if self._outside:
            with suppress(TimeoutError):
                async with asyncio.timeout(patience_s):
                    await self._home.wait()
