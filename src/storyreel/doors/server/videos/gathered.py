"""Many small questions asked as one: what comes while one is being answered is asked together afterwards.

Nobody waits for company: who is alone is asked alone, at once.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Q = TypeVar("Q")
A = TypeVar("A")

MOST = 256  # in one


class Gathered(Generic[Q, A]):
    """Answers each question by an `ask` that takes several and gives their answers in order."""

    def __init__(self, ask: Callable[[Sequence[Q]], Awaitable[Sequence[A]]]) -> None:
        self._ask = ask
        self._waiting: list[tuple[Q, asyncio.Future[A]]] = []
        self._asking: asyncio.Task[None] | None = None

    async def asked(self, question: Q) -> A:
        """Its answer, found after it was asked. Raises what `ask` raises."""
        answer: asyncio.Future[A] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, answer))
        if self._asking is None:
            self._asking = asyncio.ensure_future(self._go_on())
        return await answer

    async def _go_on(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            try:
                answers = await self._ask([question for question, _ in batch])
            except Exception as error:  # noqa: BLE001  a task's outer edge: each who asked gets it
                for _, answer in batch:
                    if not answer.done():
                        answer.set_exception(error)
                continue
            for (_, answer), found in zip(batch, answers, strict=True):
                if not answer.done():  # its caller may be gone
                    answer.set_result(found)
        self._asking = None
