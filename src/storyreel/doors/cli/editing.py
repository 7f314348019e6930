"""A storyboard in the person's own editor."""

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from storyreel.domain.errors import InvalidRequest, StoryboardInvalid
from storyreel.domain.storyboard import Storyboard
from storyreel.doors.cli.boards import board_in_file
from storyreel.doors.cli.screen import Screen
from storyreel.doors.cli.unheard import is_typed
from storyreel.doors.languages.phrases import Phrase

if TYPE_CHECKING:
    from storyreel.writing.llm import Written


def has_editor() -> bool:
    """Whether an editor can be begun: one that is set, or one that a person can type in."""
    return bool(os.environ.get("VISUAL") or os.environ.get("EDITOR") or os.name == "nt" or _is_terminal())


def edited(screen: Screen, path: Path, command: str) -> "Storyboard | Written":
    """What the person's editor left in the file. Raises StoryboardInvalid, and keeps the file as it was saved.

    `command` goes on with the file as it is then, which is told where it was not edited to a storyboard.
    """
    path = path.resolve()
    if not has_editor():  # it would wait for ever, since nobody can type
        problem = Phrase(
            "There is no terminal to edit in; set EDITOR. The storyboard is {path}; go on with it:  {command}",
            path=path,
            command=command,
        )
        raise InvalidRequest(problem, field="EDITOR")
    _edit(path, command)
    if not path.exists():
        raise InvalidRequest(Phrase("The editor left no {path}; nothing was made.", path=path), field="EDITOR")
    try:
        return board_in_file(path)
    except StoryboardInvalid:
        screen.note(screen.said("Next"), f"{screen.said('go on with it:')}  {command}")
        raise


def _edit(path: Path, command: str) -> None:
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ("notepad" if os.name == "nt" else "vi")
    try:
        done = subprocess.run([*shlex.split(editor), str(path)], check=False)  # noqa: S603 - the person's own editor
    except OSError as error:
        problem = Phrase(
            "The editor '{editor}' cannot be started; set EDITOR. The storyboard is {path}; go on with it:  {command}",
            editor=editor,
            path=path,
            command=command,
        )
        raise InvalidRequest(problem, field="EDITOR") from error
    if done.returncode:
        problem = Phrase(
            "The editor ended with {code}; nothing was made. The storyboard is {path}; go on with it:  {command}",
            code=done.returncode,
            path=path,
            command=command,
        )
        raise InvalidRequest(problem, field="EDITOR")


def _is_terminal() -> bool:
    return is_typed() and sys.stdout.isatty()
