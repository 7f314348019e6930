"""How many shots are begun ahead of their turn: thousands that only wait for one need not be in memory."""

import asyncio
import heapq
from collections import Counter
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from itertools import count

AT_ONCE = 500  # of all films; far more than are weighed for the next turns
OF_EACH = 8  # that any film may have, however many others do: who waits for one provider keeps nobody from another


class Ahead:
    """Where films wait before they begin their next shot."""

    def __init__(self) -> None:
        self._asking: Counter[str] = Counter()  # takes that are not with their provider yet, by film
        self._in_all = 0  # of them
        self._waiting: dict[str, asyncio.Future[None]] = {}  # films
        self._in_order: list[tuple[int, str]] = []  # a heap of the same, and of some that were let in since
        self._places = count()

    def place(self) -> int:
        """For a film that begins its shots from now on: the lower goes first."""
        return next(self._places)

    @asynccontextmanager
    async def room(self, film: str, place: int) -> AsyncGenerator[None]:
        """Begin one shot in this block, which is entered once there is room for it. A film does so one after another."""
        try:
            if self._in_all >= AT_ONCE and self._asking[film] >= OF_EACH:
                self._waiting[film] = may_begin = asyncio.get_running_loop().create_future()
                heapq.heappush(self._in_order, (place, film))
                await may_begin
            yield
        finally:
            self._let_in(film)

    @contextmanager
    def asking(self, film: str) -> Generator[None]:
        """While the block runs, a take of that film is not with its provider."""
        self._count(film, 1)
        try:
            yield
        finally:
            self._count(film, -1)
            self._let_in(film)

    def _count(self, film: str, more: int) -> None:
        self._in_all += more
        self._asking[film] += more
        if not self._asking[film]:
            del self._asking[film]

    def _let_in(self, film: str) -> None:
        """The first of all that wait, or that film, of which one less is asked for."""
        if self._in_all >= AT_ONCE:
            if self._asking[film] < OF_EACH:
                self._call(film)
            return
        while self._in_order:
            if self._call(heapq.heappop(self._in_order)[1]):
                return

    def _call(self, film: str) -> bool:
        may_begin = self._waiting.pop(film, None)
        if may_begin is None or may_begin.done():
            return False
        may_begin.set_result(None)
        return True
