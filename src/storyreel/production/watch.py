"""Which generations this process goes on with, and who here waits for their takes."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TypeAlias

from storyreel.domain.generation import RemoteId
from storyreel.library.ledger import Call

Where: TypeAlias = tuple[str, RemoteId]
"""A provider, and what it calls the generation."""


class Watch:
    """Empty is false. `nudge` is told of each generation that is watched from now on."""

    def __init__(self, nudge: Callable[[str, RemoteId], None]) -> None:
        self._nudge = nudge
        self._calls: dict[Where, Call] = {}
        self._waiting: dict[str, set[asyncio.Future[None]]] = defaultdict(set)

    def __bool__(self) -> bool:
        return bool(self._calls)

    def add(self, call: Call) -> None:
        """Go on with a call, if its provider has told what it calls it."""
        if call.remote_id is not None:
            self._calls[call.provider, call.remote_id] = call
            self._nudge(call.provider, call.remote_id)

    def drop(self, call: Call | None) -> None:
        """Go on with it no longer."""
        if call is not None and call.remote_id is not None:
            self._calls.pop((call.provider, call.remote_id), None)

    def at(self, where: Where) -> Call | None:
        """The call of a generation that is watched."""
        return self._calls.get(where)

    @contextmanager
    def waiting(self, take_id: str) -> Generator[asyncio.Future[None]]:
        """What is done once somebody wakes those who wait for a take."""
        ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[take_id].add(ended)
        try:
            yield ended
        finally:
            waiting = self._waiting.get(take_id, set())
            waiting.discard(ended)
            if not waiting:
                self._waiting.pop(take_id, None)

    def takes(self) -> list[str]:
        """The takes that somebody waits for."""
        return list(self._waiting)

    def wake(self, take_id: str, error: Exception | None = None) -> None:
        """Whoever waits for a take goes on, or hears what went wrong."""
        for ended in self._waiting.pop(take_id, set()):
            if not ended.done():
                ended.set_result(None) if error is None else ended.set_exception(error)
