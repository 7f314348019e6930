"""Storyboards and stories from where a person keeps them: files, folders, films, standard input, an editor."""

import asyncio
import os
import shlex
import subprocess
import sys
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path
from typing import TYPE_CHECKING

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.film import LONGEST_TEXT
from storyreel.domain.storyboard import Storyboard
from storyreel.doors.cli.naming import BOARDS
from storyreel.doors.languages.phrases import Phrase
from storyreel.media.kinds import HEAD_BYTES, kind_of

if TYPE_CHECKING:
    from storyreel.studio import Studio
    from storyreel.writing.llm import Written

MOST_BYTES = 4 * LONGEST_TEXT  # of a script; a character is at most four bytes
MOST_BOARD_BYTES = 4_000_000


async def board_of(studio: "Studio", name: str) -> "Storyboard | Written":
    """The storyboard in a file or in a film's folder, or of a film. Raises StoryboardInvalid, UnknownFilm, InvalidRequest."""
    board = await asyncio.to_thread(_board_in, Path(name))
    return board or (await studio.film(name)).storyboard


def board_in_file(path: Path) -> "Storyboard | Written":
    """The storyboard in a file or in a film's folder. Raises StoryboardInvalid, and InvalidRequest where there is none."""
    if board := _board_in(path):
        return board
    raise _no_file(path)


def _no_file(path: Path) -> InvalidRequest:
    return InvalidRequest(Phrase("There is no storyboard file {path}.", path=path), field="storyboard")


def _board_in(path: Path) -> "Storyboard | Written | None":
    """The storyboard in a file or folder; None where there is neither."""
    is_folder = os.path.isdir(path)  # noqa: PTH112  Path.is_dir raises an error for a name that is too long
    file = path / "storyboard.yaml" if is_folder else path  # a film's own folder stands for what is in it
    if os.path.isfile(file):  # noqa: PTH113  the same
        return _read_board(file)
    is_film = path.suffix.lower() not in BOARDS and not (is_folder and path.name != str(path))  # a folder with a path is none
    if not is_film:
        raise _no_file(file)
    return None


def _read_board(file: Path) -> "Storyboard | Written":
    """The storyboard of a file; with what to look at in it where something was found otherwise than it stands there."""
    from storyreel.writing import lint, read_edited

    read = read_edited(_read(file, MOST_BOARD_BYTES, "storyboard"), file)
    if not read.findings:
        return read.storyboard
    from storyreel.writing.llm import Spent, Written

    return Written(storyboard=read.storyboard, warnings=(*read.findings, *lint(read.storyboard)), spent=Spent(model=""))


def read_story(text: str | None, script: Path | None) -> str:
    """The words of a film: from the command line, a file, or standard input where the text is '-'."""
    if text is not None and script is not None:
        raise InvalidRequest(Phrase("Give a text or a script, not both."), field="script")
    if script is not None:
        return _read(script, MOST_BYTES, "script")
    if text == "-":
        return _typed()
    if text is None:
        example = Phrase("A harbour at dawn")
        message = Phrase('Say what the film tells, like  storyreel make "{example}"  or give --script FILE.', example=example)
        raise InvalidRequest(message, field="text")
    return text


def _typed() -> str:
    try:
        return sys.stdin.read(MOST_BYTES)
    except OSError as error:
        why = error.strerror or str(error)
        raise InvalidRequest(Phrase("Standard input cannot be read: {why}.", why=why), field="text") from error


def _read(path: Path, most: int, field: str) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
        _must_be_words(path, data, field)
        if len(data) > most:
            message = Phrase("{path} is larger than {most} kB; split it into parts.", path=path, most=most // 1000)
            raise InvalidRequest(message, field=field)
        return data.decode("utf-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidRequest(Phrase("{path} is not a text in UTF-8; save it as UTF-8.", path=path), field=field) from error
    except OSError as error:
        raise InvalidRequest(Phrase("{path} cannot be read: {why}.", path=path, why=error.strerror), field=field) from error


def _must_be_words(path: Path, data: bytes, field: str) -> None:
    """Raises InvalidRequest for a picture or a clip."""
    kind = kind_of(data[:HEAD_BYTES])
    if kind is None or b"\0" not in data:  # a text may begin as a picture does, like "BMW"
        return
    if not kind.is_picture:
        raise InvalidRequest(Phrase("{path} is a clip, not a text.", path=path), field=field)
    command = shlex.join(("storyreel", "animate", str(path)))
    told = Phrase("{path} is a picture, not a text. To bring it to life:  {command}", path=path, command=command)
    raise InvalidRequest(told, field=field)


def must_be_a_board(path: Path) -> None:
    """Raises InvalidRequest for a name that no storyboard file has."""
    if path.suffix.lower() not in BOARDS:
        message = Phrase("{path}: a storyboard is written as YAML; end the name with .yaml.", path=path.name)
        raise InvalidRequest(message, field="output")


def write_board(board: Storyboard, path: Path) -> None:
    """Write a storyboard file, whole or not at all. Raises InvalidRequest for another kind of file, OutputUnwritable."""
    from storyreel.media.atomic import whole_file
    from storyreel.writing import storyboard_text

    must_be_a_board(path)
    with whole_file(path) as part:
        part.write_text(storyboard_text(board), encoding="utf-8")


def editor_for(path: Path) -> str:
    """The person's editor, else what is there. Raises InvalidRequest where it would wait for ever, since nobody can type."""
    if told := os.environ.get("VISUAL") or os.environ.get("EDITOR"):
        return told
    if os.name == "nt":
        return "notepad"
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise InvalidRequest(
            Phrase("There is no terminal to edit in; set EDITOR. The storyboard is {path}.", path=path), field="EDITOR"
        )
    return "vi"


def edited(path: Path) -> "Storyboard | Written":
    """What the person's editor left in the file. Raises StoryboardInvalid, and keeps the file as it was saved."""
    path = path.resolve()
    editor = editor_for(path)
    try:
        done = subprocess.run([*shlex.split(editor), str(path)], check=False)  # noqa: S603 - the person's own editor
    except OSError as error:
        problem = Phrase(
            "The editor '{editor}' cannot be started; set EDITOR. The storyboard is {path}.", editor=editor, path=path
        )
        raise InvalidRequest(problem, field="EDITOR") from error
    if done.returncode:
        code = done.returncode
        problem = Phrase("The editor ended with {code}; nothing was made. The storyboard is {path}.", code=code, path=path)
        raise InvalidRequest(problem, field="EDITOR")
    if not path.exists():
        raise InvalidRequest(Phrase("The editor left no {path}; nothing was made.", path=path), field="EDITOR")
    return _read_board(path)
