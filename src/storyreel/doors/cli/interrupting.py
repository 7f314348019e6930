"""Ctrl-C while a film is made: the first asks (or stops the film, where nobody can answer), the next ends the process at once."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from storyreel.domain.errors import StoryreelError
from storyreel.domain.film import Film
from storyreel.doors.cli.screen import Screen

if TYPE_CHECKING:
    from storyreel.studio import Studio

INTERRUPTED = 130


@contextmanager
def interruptible(studio: "Studio", screen: Screen, film: Film) -> Generator[None]:
    """While the block runs, Ctrl-C stops the film; once that was asked for, the next does not wait for what is under way."""
    loop = asyncio.get_running_loop()
    asked: list[asyncio.Task[None]] = []

    def interrupted() -> None:
        if asked:
            _end_at_once(screen, film)
        asked.append(loop.create_task(_ask(studio, screen, film, asked.clear)))

    if not _hear(interrupted):
        yield
        return
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGINT)


def all_is_told() -> None:
    """From now on Ctrl-C ends the process at once and says nothing: the answer stands, and only the closing is left."""

    def ended() -> None:
        sys.stdout.flush()
        os._exit(INTERRUPTED)

    _hear(ended)


def _hear(interrupted: Callable[[], None]) -> bool:
    """Whether Ctrl-C is heard so; not on Windows, nor outside the main thread, where it raises as usual."""
    try:
        asyncio.get_running_loop().add_signal_handler(signal.SIGINT, interrupted)
    except (NotImplementedError, RuntimeError):
        return False
    return True


def _end_at_once(screen: Screen, film: Film) -> None:
    """What was sent is on record, so nothing is lost but the wait for it."""
    message = f"Ended. What is finished is kept: storyreel resume {film.id}"
    screen.answer({"error": {"code": "cancelled", "message": message}})
    screen.console.show_cursor()
    sys.stderr.write(f"\nstoryreel: {message}\n")
    sys.stderr.flush()
    os._exit(INTERRUPTED)


async def _ask(studio: "Studio", screen: Screen, film: Film, go_on: Callable[[], None]) -> None:
    if sys.stdin.isatty() and screen.live:
        screen.console.print(
            "\nStop this film? What is finished is kept.  [b]y[/b] stop   [b]n[/b] go on   (Ctrl-C again ends at once)"
        )
        answer = await asyncio.to_thread(sys.stdin.readline)
        if not answer.strip().lower().startswith("y"):
            go_on()
            return
    else:
        screen.note("Stopping", "what is finished is kept; Ctrl-C again ends at once")
    try:
        await studio.cancel(film)
    except StoryreelError as error:
        screen.note("", str(error))
