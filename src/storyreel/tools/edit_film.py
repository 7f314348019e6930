"""`edit_film`: a film by another storyboard, or its shots in another order; only what that touches is made, and paid, again."""

import asyncio
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field
from typing_extensions import override

from storyreel.domain.errors import InvalidRequest
from storyreel.tools.changing import ChangeArguments, ChangeTool
from storyreel.tools.context import Context
from storyreel.tools.film_tool import FilmResult
from storyreel.tools.spec import ToolSpec

if TYPE_CHECKING:
    from storyreel.production.change import Change

LONGEST_STORYBOARD = 1_000_000


class EditArguments(ChangeArguments):
    """What `edit_film` is given."""

    storyboard: Annotated[
        str | None,
        Field(
            min_length=1,
            max_length=LONGEST_STORYBOARD,
            description="The whole storyboard as its file says it (YAML), with shots told otherwise, left out, added or moved.",
        ),
    ] = None
    order: Annotated[
        tuple[Annotated[str, Field(coerce_numbers_to_str=True)], ...],
        Field(description='Instead of a storyboard: every shot, by id or number, in the order that is wanted: ["s02", "s01"].'),
    ] = ()


class EditFilmTool(ChangeTool[EditArguments]):
    """A film by another storyboard."""

    spec: ClassVar = ToolSpec(
        id="edit",
        name="edit_film",
        title="Edit a film's storyboard",
        description=(
            "Makes a film by another storyboard: read the film's (the resource storyreel://films/FILM/storyboard), change it, "
            "give it whole; or give only the shots' `order`. Only shots that the change touches are made and paid again; locked "
            "ones stay. Set `budget_usd`."
        ),
        arguments=EditArguments,
        result=FilmResult,
        timeout_s=6 * 3600,
        spends=True,
    )

    @override
    async def change(self, args: EditArguments, context: Context) -> "Change":
        from storyreel.production.change import shot_named
        from storyreel.writing import read_edited

        film = await context.film(args.film)
        wishes = args.wishes(film, context)
        if (args.storyboard is None) is not bool(args.order):
            raise InvalidRequest("Give the whole `storyboard`, or every shot in its `order`: one of the two.", field="storyboard")
        if args.storyboard is None:
            return await context.studio.plan_order(film, [shot_named(film, one) for one in args.order], **wishes)
        read = await asyncio.to_thread(read_edited, args.storyboard)
        change = await context.studio.plan_edit(film, read.storyboard, **wishes)
        anew = (f"Shot {one.shot}: {one.message} {one.remedy}" for one in read.findings)
        return change.model_copy(update={"notes": (*anew, *change.notes)})
