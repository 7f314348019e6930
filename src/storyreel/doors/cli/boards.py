"""Storyboards and stories from where a person keeps them: files, folders, films, standard input."""

import asyncio
import os
import re
import shlex
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
TYPED = Path("-")  # standard input, where a file is named
WRITTEN_AS_BOARD = re.compile(r"^(scenes|shots):[ \t]*(#.*)?\r?\n\s*-", re.MULTILINE)  # a list under one of its two first keys


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
    if path == TYPED:
        return _read_board(path)
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
    return _board_told(_read(file, MOST_BOARD_BYTES, "storyboard"), file)


def _board_told(text: str, file: Path) -> "Storyboard | Written":
    from storyreel.writing import lint, read_edited

    read = read_edited(text, file)
    if not read.findings:
        return read.storyboard
    from storyreel.writing.llm import Spent, Written

    return Written(storyboard=read.storyboard, warnings=(*read.findings, *lint(read.storyboard)), spent=Spent(model=""))


def story_told(text: str | None, script: Path | None) -> "str | Storyboard | Written":
    """As `read_story`; but where standard input has a storyboard in place of words, that."""
    words = read_story(text, script)
    is_board = script is None and text == str(TYPED) and WRITTEN_AS_BOARD.search(words)
    return _board_told(words, TYPED) if is_board else words


def read_story(text: str | None, script: Path | None) -> str:
    """The words of a film: from the command line, a file, or standard input where the text is '-'."""
    if text is not None and script is not None:
        raise InvalidRequest(Phrase("Give a text or a script, not both."), field="script")
    if script is not None:
        return _read(script, MOST_BYTES, "script")
    if text == "-":
        return _read(TYPED, MOST_BOARD_BYTES, "text")
    if text is None:
        example = Phrase("A harbour at dawn")
        message = Phrase('Say what the film tells, like  storyreel make "{example}"  or give --script FILE.', example=example)
        raise InvalidRequest(message, field="text")
    return text


def _read(path: Path, most: int, field: str) -> str:
    try:
        data = _bytes_of(path, most + 1)
        _must_be_words(path, data, field)
        if len(data) > most:
            message = Phrase("{path} is larger than {most} kB; split it into parts.", path=path, most=most // 1000)
            raise InvalidRequest(message, field=field)
        return data.decode("utf-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidRequest(Phrase("{path} is not a text in UTF-8; save it as UTF-8.", path=path), field=field) from error
    except OSError as error:
        raise InvalidRequest(Phrase("{path} cannot be read: {why}.", path=path, why=error.strerror), field=field) from error


def _bytes_of(path: Path, most: int) -> bytes:
    if path != TYPED:
        with path.open("rb") as file:
            return file.read(most)
    try:
        return sys.stdin.buffer.read(most)
    except (OSError, AttributeError) as error:  # a process may be begun without it
        why = getattr(error, "strerror", None) or Phrase("it is closed")
        raise InvalidRequest(Phrase("Standard input cannot be read: {why}.", why=why), field="text") from error


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
        message = Phrase("{path}: a storyboard is written as YAML; end the name with .yaml.", path=path.name or path)
        raise InvalidRequest(message, field="output")


def write_board(board: Storyboard, path: Path) -> None:
    """Write a storyboard file, whole or not at all. Raises InvalidRequest for another kind of file, OutputUnwritable."""
    from storyreel.media.atomic import whole_file
    from storyreel.writing import storyboard_text

    must_be_a_board(path)
    with whole_file(path) as part:
        part.write_text(storyboard_text(board), encoding="utf-8")
