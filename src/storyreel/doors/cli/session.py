"""One command's time with the studio: opened, used, closed, whatever happens."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

import typer

from storyreel.doors.cli.terminating import Terminated, end, is_heeded

if TYPE_CHECKING:
    from storyreel.studio import Studio

T = TypeVar("T")


def with_studio(action: "Callable[[Studio], Awaitable[T]]") -> T:
    """What the action gives back, run to its end. Raises Terminated at SIGTERM, once everything is closed."""
    import asyncio
    import signal

    heeded = is_heeded()
    try:
        return asyncio.run(_heeding(action) if heeded else _opened(action))
    finally:
        if heeded:  # a loop that is closed has forgotten it
            signal.signal(signal.SIGTERM, end)


def leave_by(code: int) -> None:
    """Leave with an exit code that says how the work ended."""
    if code:
        raise typer.Exit(code)


async def _heeding(action: "Callable[[Studio], Awaitable[T]]") -> T:
    """The action's result. Raises Terminated at SIGTERM: a loop hears of it only by its own handler."""
    import asyncio
    import signal
    from contextlib import suppress

    loop, work, terminated = asyncio.get_running_loop(), asyncio.current_task(), asyncio.Event()

    def stop() -> None:
        loop.remove_signal_handler(signal.SIGTERM)  # the next one ends the process at once
        terminated.set()
        if work is not None:
            work.cancel()

    with suppress(NotImplementedError):  # on Windows, where nobody sends it
        loop.add_signal_handler(signal.SIGTERM, stop)
    try:
        return await _opened(action)
    except asyncio.CancelledError:
        if terminated.is_set():
            raise Terminated from None
        raise


async def _opened(action: "Callable[[Studio], Awaitable[T]]") -> T:
    from storyreel.studio import Studio

    async with Studio() as studio:
        return await action(studio)
