"""`make_film`: a sentence, a prompt or a script to a finished film of several shots."""

from typing import Annotated, ClassVar

from pydantic import Field

from storyreel.domain.film import LONGEST_TEXT, Film
from storyreel.domain.model import Mode, Quote
from storyreel.orders import FilmWishes, story_part
from storyreel.tools.context import Context
from storyreel.tools.dialog import Dialog, Step
from storyreel.tools.film_tool import FilmResult, FilmTool
from storyreel.tools.making import COUNTS, EITHER, Joins, Length, Making, Seconds, Shots, lengths, steps_for
from storyreel.tools.spec import ToolSpec

MOST_REFERENCES = 10


class FilmArguments(Making):
    """What `make_film` is given."""

    story: Annotated[
        str, Field(min_length=1, max_length=LONGEST_TEXT, description="What the film tells: a sentence, a prompt or a script.")
    ]
    shots: Shots = None
    seconds: Seconds = None
    length: Length = None
    joins: Joins = "auto"
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
        steps=(
            *steps_for(Mode.TEXT),
            Step(field="story", ask="What should the film tell? A sentence will do.", hint="Write it in words."),
            Step(
                field="seconds",
                ask="How long should each shot be?",
                hint="Choose, or write seconds: a number from 0.5 to 60.",
                accepts=EITHER,
                choices=lengths,
                optional=True,
            ),
            Step(
                field="shots",
                ask="How many shots?",
                hint="Choose, or write a whole number from 1 to 200.",
                accepts=EITHER,
                choices=COUNTS,
                optional=True,
            ),
        ),
    )

    async def quote(self, args: FilmArguments, context: Context) -> Quote:
        """What it would cost and take, by the storyboard that the rules write for it: no language model is paid for a price."""
        wishes = await self._wishes(args, context)
        board = await context.studio.storyboard(args.story, **{**story_part(wishes), "writer": "rules"})
        planned: FilmWishes = {**wishes, "shots": None, "seconds": None, "length": None}
        return (await context.studio.plan_film(board, **planned)).quote

    async def begin(self, args: FilmArguments, context: Context) -> Film:
        """The film, accepted by the line."""
        return await context.studio.start_film(args.story, **await self._wishes(args, context))

    async def _wishes(self, args: FilmArguments, context: Context) -> FilmWishes:
        return {
            **args.wishes(context),
            "shots": args.shots,
            "seconds": args.seconds,
            "length": args.length,
            "joins": args.joins,
            "writer": args.writer,
            "approve": args.approve,
            "references": [await context.picture(one, field="references") for one in args.references],
        }
