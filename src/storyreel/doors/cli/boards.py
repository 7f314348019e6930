"""Storyboards on the command line: from words, from files, from films; shown, kept, edited."""

import asyncio
import os
import re
import shlex
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from storyreel.domain.errors import InvalidRequest, OutputUnwritable, UnknownFilm
from storyreel.domain.film import LONGEST_TEXT
from storyreel.domain.storyboard import Storyboard
from storyreel.doors.cli.render import say_storyboard
from storyreel.doors.cli.screen import Screen
from storyreel.orders import FilmWishes, StoryWishes

if TYPE_CHECKING:
    from storyreel.studio import Studio

FILM_NAME = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)+$")
MOST_BYTES = 4 * LONGEST_TEXT  # of a script; a character is at most four bytes
MOST_BOARD_BYTES = 4_000_000


async def show_storyboard(
    studio: "Studio",
    screen: Screen,
    text: str | None,
    script: Path | None,
    wishes: StoryWishes,
    *,
    edit: bool,
    output: Path | None,
) -> None:
    """Print a storyboard; write it down where asked; edit it and make the film of what was saved."""
    from storyreel.doors.cli.filming import produce

    began = time.monotonic()
    board = await _board(studio, text, script, wishes)
    if edit:
        path = (output or Path(f"{_file_name(board)}.storyboard.yaml")).resolve()
        board = edited(board, path)
        size = wishes.get("size")
        film = FilmWishes(size=size, aspect=None if size else board.aspect)
        await produce(studio, screen, board, film, yes=False, began=began)
        return
    if output is not None:
        write_board(board, output)
    screen.answer(board.model_dump(mode="json"))
    say_storyboard(screen, board, f", {board.aspect}", studio.lint(board))
    if output is not None:
        screen.say("File", f"{output}   make it:  storyreel make --storyboard {shlex.quote(str(output))}")


async def _board(studio: "Studio", text: str | None, script: Path | None, wishes: StoryWishes) -> Storyboard:
    named = text is not None and script is None and (text.endswith((".yaml", ".yml")) or FILM_NAME.match(text))
    if named and text is not None:
        try:
            return await board_of(studio, text)
        except UnknownFilm:
            if Path(text).suffix:
                raise
    return await studio.storyboard(read_story(text, script), **wishes)


async def board_of(studio: "Studio", name: str) -> Storyboard:
    """The storyboard in a file or in a film's folder, or of a film. Raises StoryboardInvalid, UnknownFilm, InvalidRequest."""
    board = await asyncio.to_thread(_board_in, Path(name))
    return board or (await studio.film(name)).storyboard


def _board_in(path: Path) -> Storyboard | None:
    """The storyboard in a file or folder; None where there is neither."""
    from storyreel.writing import read_storyboard

    file = path / "storyboard.yaml" if path.is_dir() else path  # a film's own folder stands for what is in it
    if file.is_file():
        return read_storyboard(_read(file, MOST_BOARD_BYTES, "storyboard"), file)
    if path.suffix.lower() in {".yaml", ".yml"}:
        raise InvalidRequest(f"There is no storyboard file {path}.", field="storyboard")
    return None


def read_story(text: str | None, script: Path | None) -> str:
    """The words of a film: from the command line, a file, or standard input where the text is '-'."""
    if text is not None and script is not None:
        raise InvalidRequest("Give a text or a script, not both.", field="script")
    if script is not None:
        return _read(script, MOST_BYTES, "script")
    if text == "-":
        return sys.stdin.read(MOST_BYTES)
    if text is None:
        example = 'storyreel make "A harbour at dawn"'
        raise InvalidRequest(f"Say what the film tells, like  {example}  or give --script FILE.", field="text")
    return text


def _read(path: Path, most: int, field: str) -> str:
    try:
        if path.stat().st_size > most:
            raise InvalidRequest(f"{path} is larger than {most // 1000} kB.", field=field)
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidRequest(f"{path} is not a text in UTF-8.", field=field) from error
    except OSError as error:
        raise InvalidRequest(f"{path} cannot be read: {error.strerror}.", field=field) from error


def write_board(board: Storyboard, path: Path) -> None:
    """Write a storyboard file. Raises OutputUnwritable."""
    from storyreel.writing import storyboard_text

    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(storyboard_text(board), encoding="utf-8")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise OutputUnwritable(path, error.strerror or str(error)) from error


def edited(board: Storyboard, path: Path) -> Storyboard:
    """What the person's editor left in the file. Raises StoryboardInvalid, and keeps the file as it was saved."""
    from storyreel.writing import read_storyboard

    write_board(board, path)
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ("notepad" if os.name == "nt" else "vi")
    try:
        done = subprocess.run([*shlex.split(editor), str(path)], check=False)  # noqa: S603 - the person's own editor
    except OSError as error:
        problem = f"The editor {editor!r} cannot be started; set EDITOR. The storyboard is {path}."
        raise InvalidRequest(problem, field="EDITOR") from error
    if done.returncode:
        problem = f"The editor ended with {done.returncode}; nothing was made. The storyboard is {path}."
        raise InvalidRequest(problem, field="EDITOR")
    return read_storyboard(_read(path, MOST_BOARD_BYTES, "storyboard"), path)


def _file_name(board: Storyboard) -> str:
    from storyreel.library.names import new_film_id

    return new_film_id(board.title, "0000").removesuffix("-0000")
