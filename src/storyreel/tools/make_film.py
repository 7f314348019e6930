"""`make_film`: a sentence, a prompt or a script to a finished film of several shots."""

from typing import Annotated, ClassVar

from pydantic import Field

from storyreel.domain.film import Film
from storyreel.domain.model import Mode, Quote
from storyreel.orders import FilmWishes
from storyreel.tools.asking import ASK_STORY, HOW_MANY, how_long, steps_for
from storyreel.tools.context import Context
from storyreel.tools.dialog import Dialog
from storyreel.tools.film_tool import FilmResult, FilmTool, quoted
from storyreel.tools.making import Making, Story
from storyreel.tools.spec import ToolSpec

MOST_REFERENCES = 10


class FilmArguments(Making, Story):
    """What `make_film` is given."""

    references: Annotated[
        tuple[str, ...],
        Field(
            max_length=MOST_REFERENCES,
            description="Pictures that every shot resembles, up to 10: file paths, http(s) addresses, data URIs or digests.",
        ),
    ] = ()
    writer: Annotated[
        str | None, Field(max_length=100, description='Who writes the storyboard: "rules" (free), "model", or a model\'s name.')
    ] = None
    approve: Annotated[bool, Field(description="True: nothing is paid before a person approves the storyboard.")] = False


class MakeFilmTool(FilmTool[FilmArguments]):
    """A film from words."""

    spec: ClassVar = ToolSpec(
        id="film",
        name="make_film",
        title="Make a film",
        description=(
            "Turns a sentence, a prompt or a script into a finished film (MP4): writes its storyboard, has each shot made by a "
            "video model and joins them. It may cost money and take minutes: ask `estimate` first, and set `budget_usd`."
        ),
        arguments=FilmArguments,
        result=FilmResult,
        timeout_s=6 * 3600,
        spends=True,
    )
    dialog: ClassVar = Dialog(
        menu_label="Film from words",
        action="Make a film",
        commands={"film": "Make a film from a sentence"},
        steps=(*steps_for(Mode.TEXT), ASK_STORY, how_long(Mode.TEXT, "How long should each shot be?"), HOW_MANY),
    )

    async def quote(self, args: FilmArguments, context: Context) -> Quote:
        """What it would cost and take, by the storyboard that the rules write for it."""
        board, wishes = await args.drafted(await self._wishes(args, context), context)
        return await quoted(await context.studio.plan_film(board, **wishes), context)

    async def begin(self, args: FilmArguments, context: Context) -> Film:
        """The film, accepted by the line."""
        return await context.studio.start_film(args.story, **await self._wishes(args, context))

    async def _wishes(self, args: FilmArguments, context: Context) -> FilmWishes:
        return {
            **args.wishes(context),
            **args.cut(),
            "writer": args.writer,
            "approve": args.approve,
            "references": [await context.picture(one, field="references") for one in args.references],
        }
