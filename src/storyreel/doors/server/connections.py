"""Connections with bounds: a request's head has to come in time and be no larger than any that is meant.

Uvicorn itself waits for a head as long as its sender likes, and keeps as much of it as comes.
"""

import asyncio

from typing_extensions import override
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_S = 15.0
"""From a request's first byte, or from the connection's beginning, until its head is there."""
MOST_HEAD_BYTES = 64 * 1024


class Patient(HttpToolsProtocol):
    """One connection."""

    head_s: float = HEAD_S
    _head: asyncio.TimerHandle | None = None
    _head_bytes = 0

    @override
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait_for_head()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._head_is_there()
        super().connection_lost(exc)

    @override
    def data_received(self, data: bytes) -> None:
        if self._head is not None:
            self._head_bytes += len(data)
        super().data_received(data)
        if self._head is not None and self._head_bytes > MOST_HEAD_BYTES:
            self.send_400_response("The request's head is too large.")

    @override
    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self._head is None:
            self._wait_for_head()

    @override
    def on_headers_complete(self) -> None:
        self._head_is_there()
        super().on_headers_complete()

    def _wait_for_head(self) -> None:
        self._head, self._head_bytes = self.loop.call_later(self.head_s, self.transport.close), 0

    def _head_is_there(self) -> None:
        if self._head is not None:
            self._head.cancel()
            self._head = None


def patient(seconds: float) -> type[Patient]:
    """Connections that wait so long for a head."""

    class OfSo(Patient):
        head_s = seconds

    return OfSo
