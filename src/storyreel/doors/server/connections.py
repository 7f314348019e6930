"""Connections with bounds: how many there are, how long a request's head takes and how large it is, how long nobody reads.

Uvicorn itself waits for a head, and for who is to read an answer, as long as they like, and keeps as much of a head as comes.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from typing_extensions import override
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from storyreel.doors.server.callers import is_loopback
from storyreel.doors.server.refusals import HeadTooLarge, Refused, ServerFull, TooManyConnections

HEAD_S = 15.0
"""From a request's first byte, or from the connection's beginning, until its head is there."""
BODY_S = 30.0
"""For a body that is under way, and a second more for every so many bytes of it that came (`porter`)."""
MOST_HEAD_BYTES = 64 * 1024
MOST_REST_BYTES = 1_000_000
"""Of a body that is answered before it is whole; more of it than that ends the connection."""
UNFINISHED = b"HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n"
"""Before what is told of a head that is not there in full."""
UNREAD_S = 60.0
"""For which nothing of an answer is taken: then nobody is there, or somebody who only wants to be waited for."""
UNTOLD = 2
"""So many times as many connections as may be are closed without a word."""
REFUSED = "storyreel.refused"
"""Where a request's state has why it is not served, whatever it asks."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Of connections: times in seconds."""

    head_s: float = HEAD_S
    body_s: float = BODY_S
    unread_s: float = UNREAD_S
    in_all: int | None = None  # None: as many as there are
    of_address: int = 0  # 0: as many as it likes
    spared: Callable[[str], bool] = is_loopback  # addresses that are not counted, like that of a proxy


@dataclass(frozen=True, slots=True)
class Bounded:
    """The connections of a server as they are bounded."""

    bounds: Bounds
    open: Counter[str] = field(default_factory=Counter[str])  # by address

    def times_too_many(self, address: str) -> float:
        """How many times as many connections an address has as it may have."""
        most = self.bounds.of_address
        return 0 if not most or self.bounds.spared(address) else self.open[address] / most

    def come(self, address: str) -> None:
        """One more."""
        self.open[address] += 1

    def gone(self, address: str) -> None:
        """One less."""
        self.open[address] -= 1
        if not self.open[address]:
            del self.open[address]


class Patient(HttpToolsProtocol):
    """One connection."""

    bounded: Bounded = Bounded(Bounds())
    _address = ""
    _refused: Refused | None = None
    _head: asyncio.TimerHandle | None = None
    _head_bytes = 0
    _rests = False  # what comes is of a body that nobody waits for
    _unread: asyncio.TimerHandle | None = None
    _unread_bytes = 0

    @override
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._address = self.client[0] if self.client else ""
        self.bounded.come(self._address)
        times = self.bounded.times_too_many(self._address)
        if times > UNTOLD:
            transport.abort()
        elif times > 1:
            self._refused = TooManyConnections(self.bounded.bounds.of_address)
        self._wait_for_head()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self.bounded.gone(self._address)
        self._head_is_there()
        self._is_read()
        super().connection_lost(exc)

    @override
    def data_received(self, data: bytes) -> None:
        if self._head is not None:
            self._head_bytes += len(data)
        super().data_received(data)
        if self._head is None:
            return
        if self._rests and self._head_bytes > MOST_REST_BYTES:
            self.transport.abort()
        elif not self._rests and self._head_bytes > MOST_HEAD_BYTES:
            self.transport.write(UNFINISHED + str(HeadTooLarge(MOST_HEAD_BYTES)).encode())
            self.transport.close()

    @override
    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self._rests:
            self._head_is_there()
        if self._head is None:
            self._wait_for_head()

    @override
    def on_headers_complete(self) -> None:
        self._head_is_there()
        most = self.bounded.bounds.in_all
        refused = ServerFull() if most is not None and len(self.connections) > most else self._refused
        if len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > MOST_HEAD_BYTES:
            refused = HeadTooLarge(MOST_HEAD_BYTES)  # which came in one piece
        if refused is not None:
            self.scope.setdefault("state", {})[REFUSED] = refused
        super().on_headers_complete()

    @override
    def pause_writing(self) -> None:
        super().pause_writing()
        self._wait_for_reader()

    @override
    def resume_writing(self) -> None:
        self._is_read()
        super().resume_writing()

    @override
    def on_response_complete(self) -> None:
        rests = self.cycle.more_body and not self.pipeline
        super().on_response_complete()
        if rests and self._head is None:
            self._wait_for_head()
            self._rests = True
        self._wait_where_it_closes()

    @override
    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        self._wait_where_it_closes()

    def _wait_for_head(self) -> None:
        self._head, self._head_bytes = self.loop.call_later(self.bounded.bounds.head_s, self.transport.close), 0

    def _head_is_there(self) -> None:
        self._rests = False
        if self._head is not None:
            self._head.cancel()
            self._head = None

    def _wait_where_it_closes(self) -> None:
        """A connection that is closed stays until its last answer is read."""
        if self.transport.is_closing() and self.transport.get_write_buffer_size():
            self._wait_for_reader()

    def _wait_for_reader(self) -> None:
        self._is_read()
        self._unread_bytes = self.transport.get_write_buffer_size()
        self._unread = self.loop.call_later(self.bounded.bounds.unread_s, self._look_for_reader)

    def _look_for_reader(self) -> None:
        """Nothing was written meanwhile, so that what there is less was read."""
        if self.transport.get_write_buffer_size() < self._unread_bytes:
            self._wait_for_reader()
        else:
            self.transport.abort()

    def _is_read(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None


def bounded(bounds: Bounds) -> type[Patient]:
    """Connections within these bounds, counted together."""

    class OfThese(Patient):
        bounded = Bounded(bounds)

    return OfThese
