"""`join`, `frame`, `probe`: work on clips that are there already."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from storyreel.doors.cli.faults import told
from storyreel.doors.cli.options import AsJson, Force
from storyreel.doors.cli.replacing import must_be_free
from storyreel.doors.cli.screen import open_screen
from storyreel.doors.cli.session import with_studio
from storyreel.doors.languages.phrases import Phrase

if TYPE_CHECKING:
    from PIL.Image import Image

    from storyreel.media.probe import ClipFacts
    from storyreel.studio import Studio


def join(
    context: typer.Context,
    clips: Annotated[list[Path], typer.Argument(help="Clips, in the order of the film.", show_default=False)],
    output: Annotated[Path, typer.Option("--output", "-o", help="The film to write.", show_default=False)],
    sound: Annotated[Literal["exact", "copy"], typer.Option(help="exact: encoded once, to the sample. copy: fastest.")] = "exact",
    reencode: Annotated[bool, typer.Option("--reencode", help="Encode every clip anew, for players that stumble.")] = False,
    skip_damaged: Annotated[bool, typer.Option("--skip-damaged", help="Leave out clips that do not decode, and say so.")] = False,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Join clips into one film; video is copied wherever the clips agree."""
    with told(context, as_json=as_json) as said:
        from storyreel.domain.errors import MediaUnusable
        from storyreel.doors.cli.footage import joined_object, say_joined

        if output not in clips:  # that is refused for better reasons
            must_be_free(output, force=force)
        screen = open_screen(said, as_json=as_json)
        try:
            report = with_studio(
                lambda studio: studio.join(clips, output, sound=sound, reencode=reencode, skip_damaged=skip_damaged)
            )
        except MediaUnusable:
            if not skip_damaged and len(clips) > 1:
                screen.note(said("Next"), said("--skip-damaged leaves out clips that do not decode"))
            raise
        screen.answer(joined_object(report))
        say_joined(screen, report)


def frame(
    context: typer.Context,
    clip: Annotated[Path, typer.Argument(help="The clip.", show_default=False)],
    output: Annotated[Path, typer.Option("--output", "-o", help="The PNG to write.", show_default=False)],
    first: Annotated[bool, typer.Option("--first", help="The first frame.")] = False,
    last: Annotated[bool, typer.Option("--last", help="The very last frame.")] = False,
    at: Annotated[float | None, typer.Option("--at", help="The frame that is shown at this second.", show_default=False)] = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Write one exact frame of a clip as PNG."""
    with told(context, as_json=as_json) as said:
        from storyreel.doors.cli.footage import say_damage
        from storyreel.media.frames import save_png

        moment = _moment(first=first, last=last, at=at)
        _must_be_apart(clip, output)
        must_be_free(output, force=force)
        screen = open_screen(said, as_json=as_json)
        image, facts = with_studio(lambda studio: _framed(studio, clip, moment))
        save_png(image, output)
        screen.answer({"path": str(output), "width": image.width, "height": image.height, "damage": facts.damage})
        screen.say(said("Picture"), f"{output}   {image.width}x{image.height}")
        say_damage(screen, facts)


async def _framed(studio: "Studio", clip: Path, moment: "float | Literal['first', 'last']") -> "tuple[Image, ClipFacts]":
    return await studio.frame(clip, moment), await studio.probe(clip)


def _must_be_apart(clip: Path, output: Path) -> None:
    from storyreel.domain.errors import InvalidRequest

    if output.suffix.lower() != ".png":
        message = Phrase("{name}: a frame is written as PNG; end the name with .png.", name=output.name)
        raise InvalidRequest(message, field="output")
    if os.path.exists(output) and os.path.exists(clip) and output.samefile(clip):  # noqa: PTH110  of names of any length
        message = Phrase("{path} is the clip itself; give the frame another name.", path=output)
        raise InvalidRequest(message, field="output")


def _moment(*, first: bool, last: bool, at: float | None) -> "float | Literal['first', 'last']":
    from storyreel.domain.errors import InvalidRequest

    if [first, last, at is not None].count(True) != 1:
        raise InvalidRequest(Phrase("Say which frame: one of --first, --last or --at SECONDS."), field="at")
    if at is not None:
        return at
    return "first" if first else "last"


def probe(
    context: typer.Context,
    clip: Annotated[Path, typer.Argument(help="The clip.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Show what a clip is: length, frames, rate, size, codecs, sound."""
    with told(context, as_json=as_json) as said:
        from storyreel.doors.cli.footage import say_probed

        screen = open_screen(said, as_json=as_json)
        facts = with_studio(lambda studio: studio.probe(clip))
        screen.answer({"path": str(clip), **facts.model_dump(mode="json")})
        say_probed(screen, clip, facts)
