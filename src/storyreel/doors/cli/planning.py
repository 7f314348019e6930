"""What `storyboard` does with a studio and a screen."""

import asyncio
import os
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from storyreel.domain.errors import InvalidRequest, UnknownFilm
from storyreel.domain.storyboard import Storyboard
from storyreel.doors.cli.boards import board_in_file, board_of, must_be_a_board, read_story, story_told, write_board
from storyreel.doors.cli.editing import edited
from storyreel.doors.cli.filming import board_in, produce
from storyreel.doors.cli.naming import BOARDS, file_named, is_board
from storyreel.doors.cli.render import say_storyboard, say_writer
from storyreel.doors.cli.replacing import must_be_free
from storyreel.doors.cli.screen import Screen
from storyreel.doors.languages.phrases import Phrase
from storyreel.orders import FilmWishes, StoryWishes, must_leave_storyboard

if TYPE_CHECKING:
    from storyreel.studio import Studio
    from storyreel.writing.llm import Written

FILM_NAME = re.compile(r"^(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*-?$", re.IGNORECASE)  # or its beginning


async def show_storyboard(
    studio: "Studio",
    screen: Screen,
    text: str | None,
    script: Path | None,
    wishes: StoryWishes,
    *,
    edit: bool,
    output: Path | None,
    force: bool,
) -> int:
    """Print a storyboard; write it down where asked; edit it and make the film of what was saved. Gives the exit code."""
    own = _own_file(text) if edit and output is None else None
    if own is not None:
        must_leave_storyboard(wishes)
        story: Storyboard | Written = edited(screen, own, _goes_on(own))  # with what the person wrote beside the keys
    else:
        if output is not None:
            must_be_a_board(output)  # before a writer is paid
            must_be_free(output, force=force)
        story = await story_of(studio, text, script, wishes)
        output = output or (Path(f"{_file_name(board_in(story))}.storyboard.yaml") if edit else None)
        if edit:
            must_not_be_begun(output, force=force)
        story = _written_down(screen, story, output, edit=edit, force=force)
    if edit:
        size = wishes.get("size")
        film = FilmWishes(size=size, aspect=None if size else board_in(story).aspect, replace=False)
        return await produce(studio, screen, story, film, yes=False)
    _show(studio, screen, story)
    if output is not None:
        said = screen.said
        screen.say(said("File"), f"{output}   {said('make it:')}  storyreel make --storyboard {shlex.quote(str(output))}")
    return os.EX_OK


def _goes_on(board: Path) -> str:
    """The command that edits a storyboard's file where it is."""
    return shlex.join(("storyreel", "storyboard", str(board), "--edit"))


def must_not_be_begun(board: Path | None, *, force: bool) -> None:
    """Raises InvalidRequest where an edit before left the file, with the command that goes on with it."""
    try:
        must_be_free(board, force=force)
    except InvalidRequest as error:
        message = Phrase(
            "{path} is there already, as after an edit that broke off. Go on with it:  {command}  or replace it by --force.",
            path=board,
            command=_goes_on(board or Path()),
        )
        raise InvalidRequest(message, field="output") from error


def _written_down(
    screen: Screen, story: "Storyboard | Written", output: Path | None, *, edit: bool, force: bool
) -> "Storyboard | Written":
    """The story, in that file too if one is told, and as a person's editor left it there. Raises InvalidRequest."""
    must_be_free(output, force=force)
    if output is None:
        return story
    write_board(board_in(story), output)
    if not edit:
        return story
    saved = edited(screen, output, _goes_on(output))
    if isinstance(story, Storyboard):
        return saved
    warnings = story.warnings if isinstance(saved, Storyboard) else (*story.warnings, *saved.warnings)
    return story.model_copy(update={"storyboard": board_in(saved), "warnings": tuple(dict.fromkeys(warnings))})


def _show(studio: "Studio", screen: Screen, story: "Storyboard | Written") -> None:
    board = board_in(story)
    screen.answer(board.model_dump(mode="json"))
    aspect = screen.said(", {aspect}", aspect=board.aspect)
    say_storyboard(screen, board, aspect, studio.lint(board) if isinstance(story, Storyboard) else story.warnings)
    if not isinstance(story, Storyboard):
        say_writer(screen, story.spent)


async def story_of(studio: "Studio", text: str | None, script: Path | None, wishes: StoryWishes) -> "Storyboard | Written":
    """The storyboard of a text, a script's file, a storyboard's file, or a film that is named, were it by its beginning.

    Raises UnknownFilm where several begin so.
    """
    named = file_named(text) if script is None else None
    if named is not None and is_board(named):
        must_leave_storyboard(wishes)
        return await asyncio.to_thread(board_in_file, named)
    if named is not None:
        return await studio.write(read_story(None, named), **wishes)
    if text is not None and script is None and FILM_NAME.match(text):
        try:
            board = await board_of(studio, text)
        except UnknownFilm as error:
            if error.several:
                raise
        else:
            must_leave_storyboard(wishes)
            return board
    story = story_told(text, script)
    if isinstance(story, str):
        return await studio.write(story, **wishes)
    must_leave_storyboard(wishes)
    return story


def _own_file(text: str | None) -> Path | None:
    """The storyboard file that a person names, to be edited where it is."""
    return Path(text) if text is not None and text.endswith(BOARDS) and Path(text).is_file() else None


def _file_name(board: Storyboard) -> str:
    from storyreel.library.names import new_film_id

    return new_film_id(board.title, "0000").removesuffix("-0000")
