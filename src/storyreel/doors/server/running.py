"""The server as a process: where it listens, and how it ends."""

import asyncio
import gc
import logging
import socket
import sys
from collections.abc import Callable, Collection, Coroutine, Generator
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import replace

import uvicorn
from typing_extensions import override

from storyreel.domain.errors import InvalidRequest
from storyreel.doors.server.app import application
from storyreel.doors.server.connections import Bounds, bounded
from storyreel.doors.server.desk import Desk

LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")
BACKLOG = 2048  # connections that wait to be taken
LAST_ANSWERS_S = 10
MOST_OPEN_FILES, FILES_OF_OURS = 65_536, 256
NOISY = ("uvicorn.error", "python_multipart.multipart")
"""Who would write a line on stderr for whatever a stranger sends."""
COLLECTED = 10_000, 20, 50  # objects made before the collector looks; ten times as many as usual


class _Server(uvicorn.Server):
    """Uvicorn's server, which leaves the process's signals to whoever runs it."""

    @override
    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Nothing is captured."""
        yield


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises InvalidRequest, which says why it cannot."""
    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        opened = socket.socket(family, socket.SOCK_STREAM)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(place)
        opened.listen(BACKLOG)
    except OSError as error:
        message = f"The server cannot listen at {host}:{port} ({error.strerror}). Choose another --host or --port."
        raise InvalidRequest(message, field="port") from error
    return opened


def run(serving: Coroutine[object, object, None]) -> None:
    """Serve to the end, on the fastest event loop that there is for this system."""
    with asyncio.Runner(loop_factory=_event_loop) as runner:
        runner.run(serving)


def _event_loop() -> asyncio.AbstractEventLoop:
    if sys.platform == "win32":
        return asyncio.new_event_loop()
    import uvloop

    return uvloop.new_event_loop()


def spare_the_collector() -> None:
    """Let the garbage collector leave alone what stays for good, and look at the rest less often: it took a fifth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED)


def room_for_connections() -> int:
    """How many connections this process may have, once it asked for as many open files as it can get; more are told to wait."""
    if sys.platform == "win32":
        return BACKLOG
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_OPEN_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return max(64, min(soft, MOST_OPEN_FILES) - FILES_OF_OURS)


async def served(
    open_desk: Callable[[], AbstractAsyncContextManager[Desk]],
    at: socket.socket,
    names: Collection[str],
    stop: asyncio.Event,
    bounds: Bounds | None = None,
) -> None:
    """Serve until `stop` is set; what is being answered then is still answered. Raises what the desk's opening raises."""
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.ERROR)
    bounds = bounds or Bounds()
    bounds = replace(bounds, in_all=bounds.in_all or room_for_connections())
    server = _Server(
        uvicorn.Config(
            application(open_desk, names, stop, bounds.body_s),
            log_config=None,
            access_log=False,
            server_header=False,
            http=bounded(bounds),
            ws="none",
            timeout_graceful_shutdown=LAST_ANSWERS_S,
            lifespan="on",
        )
    )
    serving = asyncio.ensure_future(server.serve(sockets=[at]))
    stopped = asyncio.ensure_future(stop.wait())
    await asyncio.wait((serving, stopped), return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    stopped.cancel()
    await serving
