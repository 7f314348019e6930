"""Questions that are answered by yes or no, in whichever language that is typed."""

import signal
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager

import typer

from storyreel.doors.cli.terminating import end
from storyreel.doors.languages.voice import Voice

YES = {"y", "yes"}
NO = {"", "n", "no"}


def is_yes(said: Voice, answer: str) -> bool:
    """Whether an answer is a yes, in English or in the language that is spoken."""
    told = answer.strip().lower()
    return told in YES | {said("yes"), said("yes")[:1]}


def asked(said: Voice, question: str) -> bool:
    """Whether a person says yes to a question on stderr; nothing typed is a no.

    Raises typer.Abort at Ctrl-C, or where the input ends.
    """
    no = NO | {said("no"), said("no")[:1]}
    while True:
        with _ended_by_signals():
            sys.stderr.write(f"{question} {said('[y/N]')}: ")
            sys.stderr.flush()
            answer = sys.stdin.readline()
        if not answer:
            raise typer.Abort
        if is_yes(said, answer):
            return True
        if answer.strip().lower() in no:
            return False


@contextmanager
def _ended_by_signals() -> Generator[None]:
    """Ctrl-C raises typer.Abort within, SIGTERM Terminated; a running loop would only note them, and the reading would go on."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heeded = [signal.SIGTERM] if callable(signal.getsignal(signal.SIGTERM)) else []
    before = {number: signal.signal(number, end) for number in heeded}
    before[signal.SIGINT] = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt as error:
        raise typer.Abort from error
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
