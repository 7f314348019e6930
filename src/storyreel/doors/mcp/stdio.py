"""The studio over a process's own input and output: on stdout the protocol and nothing else."""

import asyncio
import os
import sys
import threading
from collections.abc import AsyncIterator
from typing import Literal, cast

import anyio
from mcp.server.stdio import stdio_server

from storyreel.doors.mcp.client import AT_THIS_PROCESS
from storyreel.doors.mcp.server import open_server
from storyreel.doors.server.desk import open_desk
from storyreel.studio import Studio
from storyreel.tools.toolbox import Toolbox

CHUNK_BYTES = 65_536


async def serve_stdio(studio: Studio, stop: asyncio.Event) -> None:
    """Serve until the input ends or `stop` is set; what is being sent then is still sent. Raises StoreUnusable."""
    async with open_desk(studio, works=True, public_url="") as desk:
        lines = Lines(sys.stdin.fileno(), stop)
        async with (
            stdio_server(stdin=cast("anyio.AsyncFile[str]", lines)) as (
                read,
                write,
            ),  # from here on, what others print is on stderr
            open_server(desk, Toolbox.here(), lambda _request: AT_THIS_PROCESS) as served,
        ):
            try:
                await served.server.run(read, write, served.server.create_initialization_options())
            finally:
                sys.stdout.flush()


class Lines:
    """The lines of a file of the system's, read by a thread that nothing has to wait for: a read cannot be called off."""

    def __init__(self, file: int, stop: asyncio.Event) -> None:
        self._stop = stop
        self._read: asyncio.Queue[bytes] = asyncio.Queue()
        loop = asyncio.get_running_loop()
        threading.Thread(target=_read_all, args=(file, loop, self._read), daemon=True, name="stdin").start()

    async def __aiter__(self) -> AsyncIterator[str]:
        rest = b""
        stopped = asyncio.ensure_future(self._stop.wait())
        try:
            while chunk := await self._next(stopped):
                *whole, rest = (rest + chunk).split(b"\n")
                for line in whole:
                    yield line.decode("utf-8", errors="replace")
        finally:
            stopped.cancel()

    async def _next(self, stopped: "asyncio.Task[Literal[True]]") -> bytes:
        """What was read; nothing at the end, or once it is to stop."""
        reading = asyncio.ensure_future(self._read.get())
        await asyncio.wait((reading, stopped), return_when=asyncio.FIRST_COMPLETED)
        if reading.done():
            return reading.result()
        reading.cancel()
        return b""


def _read_all(file: int, loop: asyncio.AbstractEventLoop, into: "asyncio.Queue[bytes]") -> None:
    while True:
        try:
            chunk = os.read(file, CHUNK_BYTES)
        except OSError:
            chunk = b""
        if loop.is_closed():
            return
        loop.call_soon_threadsafe(into.put_nowait, chunk)
        if not chunk:
            return
