"""Callers of a server that speaks /v1/videos, each with a connection of its own, as fast as they are answered.

    python benchmarks/callers.py URL KEY create|read SECONDS CALLERS IDS

A caller costs some tens of microseconds a request, so that it is the server that is measured. Creates leave their ids
in the file IDS, from which reads take them. Prints one line of JSON: requests a second, p50 and p99 in milliseconds, refusals.
"""

import asyncio
import json
import sys
import time
import uuid
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

MODEL = "sora-2"
ASKED = {"model": MODEL, "seconds": "4", "size": "1280x720"}


class Caller(asyncio.Protocol):
    """Asks, waits for the answer, and asks again until the time is over."""

    def __init__(self, crowd: "Crowd", number: int) -> None:
        self._crowd, self._number, self._asked = crowd, number, 0
        self._read, self._began = b"", 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask first."""
        self._transport = cast(asyncio.WriteTransport, transport)
        self._ask()

    def data_received(self, data: bytes) -> None:
        """Count an answer that is whole."""
        self._read += data
        head, found, body = self._read.partition(b"\r\n\r\n")
        if not found or len(body) < _length(head):
            return
        self._read = b""
        now = time.perf_counter()
        self._crowd.count(head, body, now - self._began)
        if now < self._crowd.until:
            self._ask()
        else:
            self._transport.close()
            self.done.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody waits for a caller that was cut off."""
        if not self.done.done():
            self._crowd.refused.append(repr(exc))
            self.done.set_result(None)

    def _ask(self) -> None:
        self._asked += 1
        self._began = time.perf_counter()
        self._transport.write(self._crowd.request(self._number, self._asked))


class Crowd:
    """All callers, and what they were answered."""

    def __init__(self, url: str, key: str, what: str, seconds: float, ids: list[str]) -> None:
        self.until = time.perf_counter() + seconds
        self.times: list[float] = []
        self.refused: list[str] = []
        self.made: list[str] = []
        self._ids, self._creates = ids, what == "create"
        self._head = f"Host: {urlsplit(url).netloc}\r\nAuthorization: Bearer {key}\r\n"

    def request(self, number: int, asked: int) -> bytes:
        """One request, unlike all others."""
        if not self._creates:
            id = self._ids[(number * 7919 + asked) % len(self._ids)]
            return f"GET /v1/videos/{id} HTTP/1.1\r\n{self._head}\r\n".encode()
        body = json.dumps({**ASKED, "prompt": f"A paper boat crosses puddle {number} of {uuid.uuid4().hex}"}).encode()
        told = f"Content-Type: application/json\r\nIdempotency-Key: {uuid.uuid4().hex}\r\nContent-Length: {len(body)}"
        return f"POST /v1/videos HTTP/1.1\r\n{self._head}{told}\r\n\r\n".encode() + body

    def count(self, head: bytes, body: bytes, seconds: float) -> None:
        """One answer."""
        self.times.append(seconds)
        if not head.startswith(b"HTTP/1.1 200"):
            self.refused.append(body[:200].decode(errors="replace"))
        elif self._creates:
            self.made.append(json.loads(body)["id"])


async def called(
    url: str, key: str, what: str, seconds: float, callers: int, ids: list[str]
) -> tuple[dict[str, object], list[str]]:
    """What so many callers were answered in that time, and the ids of what was made."""
    crowd, at = Crowd(url, key, what, seconds, ids), urlsplit(url)
    host, port = at.hostname or "127.0.0.1", at.port or 80
    loop, began = asyncio.get_running_loop(), time.perf_counter()
    every = [Caller(crowd, number) for number in range(callers)]
    for caller in every:
        await loop.create_connection(lambda caller=caller: caller, host, port)
    await asyncio.gather(*(caller.done for caller in every))
    times, elapsed = sorted(crowd.times), time.perf_counter() - began
    figures: dict[str, object] = {
        "answered": len(times),
        "per_second": len(times) / elapsed,
        "p50_ms": times[len(times) // 2] * 1000,
        "p99_ms": times[len(times) * 99 // 100] * 1000,
        "refused": len(crowd.refused),
        "why": crowd.refused[:1],
    }
    return figures, crowd.made


def _length(head: bytes) -> int:
    lines = head.lower().split(b"\r\n")
    return next((int(line.partition(b":")[2]) for line in lines if line.startswith(b"content-length:")), 0)


if __name__ == "__main__":
    import uvloop

    url, key, what, seconds, callers = sys.argv[1:6]
    kept = Path(sys.argv[6])
    known: list[str] = json.loads(kept.read_text()) if what == "read" else []
    figures, made = uvloop.run(called(url, key, what, float(seconds), int(callers), known))
    if what == "create":
        kept.write_text(json.dumps(made))
    print(json.dumps(figures))
