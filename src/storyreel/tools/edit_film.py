"""`edit_film`: another storyboard for a film that is there; only what the change touches is made, and paid, again."""

import asyncio
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field
from typing_extensions import override

from storyreel.domain.film import Film
from storyreel.domain.model import Quote
from storyreel.tools.changing import ChangeArguments
from storyreel.tools.context import Context
from storyreel.tools.film_tool import FilmResult, FilmTool
from storyreel.tools.spec import ToolSpec

if TYPE_CHECKING:
    from storyreel.production.change import Change

LONGEST_STORYBOARD = 1_000_000


class EditArguments(ChangeArguments):
    """What `edit_film` is given."""

    storyboard: Annotated[
        str,
        Field(
            min_length=1,
            max_length=LONGEST_STORYBOARD,
            description="The whole storyboard as its file says it (YAML), with shots told otherwise, left out, added or moved.",
        ),
    ]


class EditFilmTool(FilmTool[EditArguments]):
    """A film by another storyboard."""

    spec: ClassVar = ToolSpec(
        id="edit",
        name="edit_film",
        title="Edit a film's storyboard",
        description=(
            "Makes a film by another storyboard: read the film's (the resource storyreel://films/FILM/storyboard), change it, "
            "give it whole. Only shots that the change touches are made and paid again; locked ones stay. Set `budget_usd`."
        ),
        arguments=EditArguments,
        result=FilmResult,
        timeout_s=6 * 3600,
        spends=True,
    )

    @override
    async def quote(self, args: EditArguments, context: Context) -> Quote:
        """What the change would cost and take."""
        return (await self._change(args, context)).quote

    @override
    async def begin(self, args: EditArguments, context: Context) -> Film:
        """The film, changed, on its way."""
        return await context.studio.start_change(await self._change(args, context))

    async def _change(self, args: EditArguments, context: Context) -> "Change":
        from storyreel.writing import read_storyboard

        film = await context.film(args.film)
        board = await asyncio.to_thread(read_storyboard, args.storyboard)
        return await context.studio.plan_edit(film, board, **args.wishes(film, context))
