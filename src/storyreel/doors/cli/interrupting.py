"""Ctrl-C while films are made: the first asks (or stops them, where nobody can answer), the next ends the process at once."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from storyreel.domain.errors import StoryreelError
from storyreel.domain.film import Film
from storyreel.doors.cli.answering import is_yes
from storyreel.doors.cli.faults import error_text
from storyreel.doors.cli.screen import Screen
from storyreel.doors.cli.terminating import TERMINATED
from storyreel.doors.cli.unheard import is_typed
from storyreel.doors.languages.phrases import Phrase
from storyreel.doors.languages.voice import Voice

if TYPE_CHECKING:
    from storyreel.studio import Studio

INTERRUPTED = 130
LONGEST_LINE = 4096  # bytes that a terminal hands on at once


@contextmanager
def interruptible(studio: "Studio", screen: Screen, films: Sequence[Film]) -> Generator[None]:
    """While the block runs, Ctrl-C stops the films; once that was asked for, the next does not wait for what is under way.

    A question that nobody has answered goes away with the block.
    """
    loop = asyncio.get_running_loop()
    asked: list[asyncio.Task[None]] = []

    def interrupted() -> None:
        if asked:
            _end_at_once(screen, films)
        asked.append(loop.create_task(_ask(studio, screen, films, asked.clear)))

    if not _hear(signal.SIGINT, interrupted):
        yield
        return
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGINT)
        for question in asked:
            question.cancel()


def all_is_told() -> None:
    """From now on Ctrl-C and SIGTERM end the process at once and say nothing: the answer stands, and only the closing is left."""

    def ended(code: int) -> Callable[[], None]:
        def end() -> None:
            sys.stdout.flush()
            os._exit(code)

        return end

    _hear(signal.SIGINT, ended(INTERRUPTED))
    _hear(signal.SIGTERM, ended(TERMINATED))


def _hear(number: signal.Signals, heard: Callable[[], None]) -> bool:
    """Whether a signal is heard so; not on Windows, nor outside the main thread, where it does as usual."""
    try:
        asyncio.get_running_loop().add_signal_handler(number, heard)
    except (NotImplementedError, RuntimeError, ValueError):
        return False
    return True


def _end_at_once(screen: Screen, films: Sequence[Film]) -> None:
    """What was sent is on record, so nothing is lost but the wait for it."""
    film = films[0].id if len(films) == 1 else "FILM"
    message = Phrase("Ended. What is finished is kept: storyreel resume {film}", film=film)
    screen.answer({"error": {"code": "cancelled", "message": message}})
    screen.console.show_cursor()
    sys.stderr.write(f"\nstoryreel: {message.said(screen.said)}\n")
    sys.stderr.flush()
    os._exit(INTERRUPTED)


async def _ask(studio: "Studio", screen: Screen, films: Sequence[Film], go_on: Callable[[], None]) -> None:
    said = screen.said
    if is_typed() and screen.live:
        screen.console.print(f"\n{_question(said, len(films))}")
        if not is_yes(said, await _typed_line()):
            go_on()
            return
    else:
        screen.note(said("Stopping"), said("what is finished is kept; Ctrl-C again ends at once"))
    for film in films:
        try:
            await studio.cancel(film)
        except StoryreelError as error:
            screen.note("", error_text(screen.said, error))


def _question(said: Voice, films: int) -> str:
    yes, no = said("yes")[:1], said("no")[:1]
    what = said("Stop this film?") if films == 1 else said.ngettext("Stop {number} film?", "Stop {number} films?", films)
    keys = f"[b]{yes}[/b] {said('stop')}   [b]{no}[/b] {said('go on')}   ({said('then Enter; Ctrl-C again ends at once')})"
    return f"{what} {said('What is finished is kept.')}  {keys}"


async def _typed_line() -> str:
    """The next line of the terminal. No thread waits for it: one that did would have to be waited for as the process ends."""
    loop, file = asyncio.get_running_loop(), sys.stdin.fileno()
    readable = asyncio.Event()
    loop.add_reader(file, readable.set)
    try:
        await readable.wait()
        return os.read(file, LONGEST_LINE).decode(errors="replace")
    finally:
        loop.remove_reader(file)
