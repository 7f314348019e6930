"""Output that nobody reads to its end, or that takes no more."""

import os
import sys
from errno import EBADF, EIO, ENOSPC
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeGuard

if TYPE_CHECKING:
    from rich.console import Console


class Unprinted(OSError):
    """An output took no more while a film was made, or told of."""


def is_of_the_output(error: BaseException) -> "TypeGuard[OSError]":
    """Whether an output took no more. What is read says so itself, and every other failure to write names its file."""
    return isinstance(error, OSError) and error.errno in {ENOSPC, EIO, EBADF} and error.filename is None


def fall_silent(stream: "IO[str] | None" = None) -> None:
    """Standard output, or that stream, goes nowhere from now on, and what it still holds too.

    Otherwise the interpreter complains as it ends.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, (stream or sys.stdout).fileno())
    os.close(nowhere)


def give_streams() -> None:
    """Give this process the outputs that it was started without (`>&-`): they go nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  as long as we live


def is_typed() -> bool:
    """Whether what this process reads comes from a person's keyboard; it may have been started without any (`<&-`)."""
    return sys.stdin is not None and sys.stdin.isatty()  # pyright: ignore[reportUnnecessaryComparison]


def patient_console(*, stderr: bool) -> "Console":
    """A console that falls silent where its reader has gone, and ends nothing: `storyreel make ... | head -1` makes the film."""
    from rich.console import Console

    class Patient(Console):
        def on_broken_pipe(self) -> None:
            """Write nowhere from now on."""
            self.quiet = True
            fall_silent(self.file)

    return Patient(stderr=stderr, highlight=False)
