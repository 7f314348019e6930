"""`storyboard`: write it, read it, edit it."""

from pathlib import Path
from typing import Annotated

import typer

from storyreel.doors.cli.faults import told
from storyreel.doors.cli.make import Aspect, Length, Seconds, Shots, SizeText, Writer
from storyreel.doors.cli.options import AsJson, Force
from storyreel.doors.cli.screen import open_screen
from storyreel.doors.cli.session import leave_by, with_studio


def storyboard(
    context: typer.Context,
    text: Annotated[
        str | None, typer.Argument(help="A sentence or a story; or a storyboard file, or a film's name.", show_default=False)
    ] = None,
    script: Annotated[Path | None, typer.Option(help="Read the story from a text file.", show_default=False)] = None,
    shots: Shots = None,
    seconds: Seconds = None,
    length: Length = None,
    writer: Writer = None,
    size: SizeText = None,
    aspect: Aspect = None,
    edit: Annotated[bool, typer.Option("--edit", help="Open it in $EDITOR, then make the film of what was saved.")] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the storyboard file here.", show_default=False)
    ] = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Write the storyboard of a film: print it, keep it, or edit it and go on."""
    with told(context, as_json=as_json) as said:
        from storyreel.doors.cli.planning import show_storyboard
        from storyreel.orders import StoryWishes

        wishes = StoryWishes(shots=shots, seconds=seconds, length=length, writer=writer, size=size, aspect=aspect)
        screen = open_screen(said, as_json=as_json)
        leave_by(
            with_studio(
                lambda studio: show_storyboard(studio, screen, text, script, wishes, edit=edit, output=output, force=force)
            )
        )
