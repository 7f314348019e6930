"""SIGTERM ends a command as Ctrl-C does: nothing half-made stays, and what is finished is kept. A second one ends it at once."""

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

TERMINATED = 143  # the exit code: 128 and the signal's number, as of a process that is ended by it


class Terminated(BaseException):
    """SIGTERM asked for the end."""


@contextmanager
def heeding_sigterm() -> Generator[None]:
    """SIGTERM raises Terminated within; not where it is heard or left unheard already, nor outside the main thread."""
    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def is_heeded() -> bool:
    """Whether SIGTERM raises Terminated now."""
    return signal.getsignal(signal.SIGTERM) is end


def end(_number: int, _frame: FrameType | None) -> NoReturn:
    """Raises Terminated; the next SIGTERM waits for nothing."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    raise Terminated
