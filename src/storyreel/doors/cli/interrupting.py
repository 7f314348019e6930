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
from storyreel.doors.cli.answering import is_yes
from storyreel.doors.cli.faults import error_text
from storyreel.doors.cli.screen import Screen
from storyreel.doors.languages.phrases import Phrase
from storyreel.doors.languages.voice import Voice

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
    message = Phrase("Ended. What is finished is kept: storyreel resume {film}", film=film.id)
    screen.answer({"error": {"code": "cancelled", "message": message}})
    screen.console.show_cursor()
    sys.stderr.write(f"\nstoryreel: {message.said(screen.said)}\n")
    sys.stderr.flush()
    os._exit(INTERRUPTED)


async def _ask(studio: "Studio", screen: Screen, film: Film, go_on: Callable[[], None]) -> None:
    said = screen.said
    if sys.stdin.isatty() and screen.live:
        screen.console.print(f"\n{_question(said)}")
        answer = await asyncio.to_thread(sys.stdin.readline)
        if not is_yes(said, answer):
            go_on()
            return
    else:
        screen.note(said("Stopping"), said("what is finished is kept; Ctrl-C again ends at once"))
    try:
        await studio.cancel(film)
    except StoryreelError as error:
        screen.note("", error_text(screen.said, error))


def _question(said: Voice) -> str:
    yes, no, at_once = said("yes")[:1], said("no")[:1], said("Ctrl-C again ends at once")
    keys = f"[b]{yes}[/b] {said('stop')}   [b]{no}[/b] {said('go on')}   ({at_once})"
    return f"{said('Stop this film? What is finished is kept.')}  {keys}"
