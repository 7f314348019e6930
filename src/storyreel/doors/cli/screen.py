"""Where output goes. With `--json` stdout has the answer alone, and stderr no more than how far the work is."""

import json
import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyreel.doors.cli.unheard import patient_console

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from rich.console import Console, RenderableType

    from storyreel.domain.values import JSON
    from storyreel.doors.languages.voice import Voice

WIDE = 160  # columns
LABEL = 11  # columns of the word at the left


@dataclass(frozen=True, slots=True)
class Screen:
    """What a command writes to."""

    console: "Console"  # for people
    said: "Voice"  # in which they are spoken to
    as_json: bool

    def answer(self, body: "JSON") -> None:
        """Print the object that a program reads on a line of its own, if it was asked for."""
        if self.as_json:
            sys.stdout.write(json.dumps(body, ensure_ascii=False) + "\n")
            sys.stdout.flush()

    def say(self, label: str, text: str = "") -> None:
        """One line of the answer for a person: a word at the left, what it says at the right. Programs have an object."""
        if not self.as_json:
            self.note(label, text)

    def show(self, what: "RenderableType") -> None:
        """A table or a paragraph of the answer for a person."""
        if not self.as_json:
            self.console.print(what, soft_wrap=isinstance(what, str))

    def note(self, label: str, text: str = "") -> None:
        """One line about the work itself, whoever reads the answer."""
        from rich.text import Text

        self.console.print(Text.assemble((f"{padded(label)}  ", "bold"), text), soft_wrap=True)

    @contextmanager
    def bar(self, label: str) -> "Generator[Callable[[float], None]]":
        """A bar that fills while the block runs, by the share from 0 to 1 that is told; nothing on a screen without a cursor."""
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn(f"[bold]{padded(label)} "), BarColumn(28), TimeRemainingColumn(compact=True))
        with Progress(*columns, console=self.console, transient=True, disable=not self.live) as progress:
            task = progress.add_task(label, total=1.0)
            yield lambda share: progress.update(task, completed=share)

    @property
    def live(self) -> bool:
        """Whether lines can be redrawn in place."""
        return self.console.is_terminal


def padded(label: str) -> str:
    """A word at the left of a line, as wide as all of them are on a terminal, where a Chinese character takes two columns."""
    from rich.cells import cell_len

    return label + " " * max(0, LABEL - cell_len(label))


def open_screen(said: "Voice", *, as_json: bool) -> Screen:
    """The screen of this process, for who is spoken to in that voice."""
    console = patient_console(stderr=as_json)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = WIDE  # into a file or a pipe: nothing is cut off
    return Screen(console=console, said=said, as_json=as_json)
