"""One thing at a time for one person in one chat, in the order in which things came."""

import asyncio
from collections import deque
from types import TracebackType
from typing import Self

from storyreel.library.chats import Place


class Turns:
    """Gives out tickets."""

    def __init__(self) -> None:
        self._waiting: dict[Place, deque[Ticket]] = {}

    def ticket(self, place: Place) -> "Ticket":
        """A place in the queue, taken now; `async with` waits until it is its turn. Whoever has one leaves, or all wait."""
        queue = self._waiting.setdefault(place, deque())
        ticket = Ticket(self, place)
        queue.append(ticket)
        if len(queue) == 1:
            ticket.call()
        return ticket

    def left(self, ticket: "Ticket") -> None:
        """It is the next one's turn."""
        queue = self._waiting.get(ticket.place)
        if queue is None or ticket not in queue:
            return
        queue.remove(ticket)
        if queue:
            queue[0].call()
        else:
            del self._waiting[ticket.place]


class Ticket:
    """A place in the queue of one person in one chat."""

    def __init__(self, turns: Turns, place: Place) -> None:
        self.place = place
        self._turns = turns
        self._called = asyncio.Event()

    def call(self) -> None:
        """It is this one's turn."""
        self._called.set()

    def leave(self) -> None:
        """Done, or not wanted any more."""
        self._turns.left(self)

    async def __aenter__(self) -> Self:
        try:
            await self._called.wait()
        except BaseException:
            self.leave()
            raise
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.leave()
