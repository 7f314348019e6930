"""Which generations this process goes on with, and who here waits for their takes: in memory, or parked."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TypeAlias

from storyreel.domain.generation import RemoteId
from storyreel.library.ledger import Call
from storyreel.production.engine import Parked

Where: TypeAlias = tuple[str, RemoteId]
"""A provider, and what it calls the generation."""


class Watch:
    """Empty is false. `nudge` is told of each generation that is watched from now on, `rouse` of each parked take that ended.

    As many as `at_hand` wait in memory.
    """

    def __init__(self, nudge: Callable[[str, RemoteId], None], rouse: Callable[[str], None], at_hand: int) -> None:
        self._nudge, self._rouse, self._at_hand = nudge, rouse, at_hand
        self._watched: set[Where] = set()
        self._waiting: dict[str, set[asyncio.Future[None]]] = defaultdict(set)
        self._parked: set[str] = set()
        self._troubles: dict[str, Exception] = {}  # of parked takes, which whoever waited for them is still to hear

    def __bool__(self) -> bool:
        return bool(self._watched)

    def add(self, call: Call) -> None:
        """Go on with a call, if its provider has told what it calls it."""
        if call.remote_id is not None:
            self._watched.add((call.provider, call.remote_id))
            self._nudge(call.provider, call.remote_id)

    def drop(self, call: Call | None) -> None:
        """Go on with it no longer."""
        if call is not None and call.remote_id is not None:
            self._watched.discard((call.provider, call.remote_id))

    def among(self, wheres: set[Where]) -> set[Where]:
        """Those that are watched."""
        return wheres & self._watched

    @contextmanager
    def waiting(self, take_id: str) -> Generator[asyncio.Future[None]]:
        """What is done once somebody wakes those who wait for a take. Raises what went wrong while nobody did."""
        if (trouble := self._troubles.pop(take_id, None)) is not None:
            raise trouble
        ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[take_id].add(ended)
        try:
            yield ended
        finally:
            waiting = self._waiting.get(take_id, set())
            waiting.discard(ended)
            if not waiting:
                self._waiting.pop(take_id, None)

    def must_have_room(self, take_id: str) -> None:
        """Raises Parked where enough wait in memory beside who waits for that take."""
        if len(self._waiting) > self._at_hand:
            self._parked.add(take_id)
            raise Parked(take_id)

    def takes(self) -> list[str]:
        """The takes that somebody waits for."""
        return [*self._waiting, *self._parked]

    def wake(self, take_id: str, error: Exception | None = None) -> None:
        """Whoever waits for a take goes on, or hears what went wrong."""
        for ended in self._waiting.pop(take_id, set()):
            if not ended.done():
                ended.set_result(None) if error is None else ended.set_exception(error)
        if take_id in self._parked:
            self._parked.discard(take_id)
            if error is not None:
                self._troubles[take_id] = error
            self._rouse(take_id)
