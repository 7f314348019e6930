"""`poster`: one frame of a finished film as a picture. A tool of another package, all of it."""

import asyncio
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import Field

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.values import Value
from storyreel.media.frames import save_png
from storyreel.tools import Accept, Context, Dialog, Step, Tool, ToolSpec
from storyreel.tools.film_status import films


class PosterArguments(Value):
    """What `poster` is given."""

    film: Annotated[str, Field(min_length=1, description="The film's id.")]
    at: Annotated[float, Field(ge=0, le=3600, description="The second of the film that is shown, 0 to 3600.")] = 0


class Replacing(Value):
    """What a person is asked before a poster is replaced."""

    replace: Annotated[bool, Field(description="Yes: the new poster takes its place. No: the old one stays.")]


class PosterResult(Value):
    """Where the poster is."""

    path: Path


class PosterTool(Tool[PosterArguments, PosterResult]):
    """A film's poster."""

    spec: ClassVar = ToolSpec(
        id="poster",
        name="poster",
        title="Make a film's poster",
        description="Writes one frame of a finished film as a PNG beside it, and answers the picture's path.",
        arguments=PosterArguments,
        result=PosterResult,
    )
    dialog: ClassVar = Dialog(
        menu_label="Poster",
        action="Make a poster",
        commands={"poster": "Make a poster of a film"},
        steps=(Step("film", "Of which film?", "Choose it, or write its id.", frozenset({Accept.CHOICE, Accept.TEXT}), films),),
    )

    async def run(self, args: PosterArguments, context: Context) -> PosterResult:
        """The poster, written."""
        if not context.local_files:
            raise InvalidRequest("A poster is a file on this machine, which nobody elsewhere can have.", field="film")
        film = await context.film(args.film)
        if film.output is None:
            raise InvalidRequest(f"The film {film.id} is {film.state.value}; wait for its end by film_status.", field="film")
        clip = await (await context.studio.line()).blobs.fetch(film.output)
        picture = context.path(f"{film.id}-poster.png", field="film")
        if picture.exists() and not (await context.ask(f"{picture.name} is there already. Replace it?", Replacing)).replace:
            await context.log("info", "The poster stays as it was.")
            return PosterResult(path=picture)
        await asyncio.to_thread(save_png, await context.studio.frame(clip, args.at), picture)
        return PosterResult(path=picture)
