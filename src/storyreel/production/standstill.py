"""Calls that stand still: one task tells of them all, since thousands may wait for their turn at once."""

import asyncio
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

from storyreel.domain.errors import StoreUnusable
from storyreel.domain.events import Passing
from storyreel.production.hub import Hub

AGAIN_S = 2.0
ROUND_S = 0.25  # between two looks at who stands still


@dataclass(slots=True, eq=False)
class _Standing:
    film: str
    fact: Callable[[], Awaitable[Passing]]
    due: float  # by the loop's clock


class Standstills:
    """Who stands still at the moment."""

    def __init__(self, hub: Hub, now: Callable[[], datetime], pace: float) -> None:
        self._hub, self._now, self._round_s = hub, now, ROUND_S / pace
        self._standing: dict[_Standing, None] = {}  # in the order in which they came
        self._bell = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @contextmanager
    def told(self, film: str, fact: Callable[[], Awaitable[Passing]], *, after_s: float) -> Generator[None]:
        """While the block runs, who follows the film hears the fact, again and again; the first time after so many seconds."""
        one = _Standing(film, fact, asyncio.get_running_loop().time() + after_s)
        self._standing[one] = None
        if not after_s:
            self._bell.set()
        if self._task is None or self._task.done():
            self._task = asyncio.ensure_future(self._tell())
        try:
            yield
        finally:
            del self._standing[one]
            if not self._standing:
                self._task.cancel()

    async def _tell(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            self._bell.clear()
            for one in [one for one in self._standing if one.due <= loop.time()]:
                one.due = loop.time() + AGAIN_S
                if one in self._standing and self._hub.followed(one.film):
                    with suppress(StoreUnusable):  # which others tell
                        self._hub.tell(one.film, await one.fact(), self._now())
            with suppress(TimeoutError):
                async with asyncio.timeout(self._round_s):
                    await self._bell.wait()
