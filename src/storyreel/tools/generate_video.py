"""`generate_video`: a prompt to a single clip, its words said to the model as they stand."""

from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from storyreel.domain.as_said import as_said
from storyreel.domain.film import Film
from storyreel.domain.model import Mode, Quote
from storyreel.domain.storyboard import Storyboard
from storyreel.orders import FilmWishes
from storyreel.tools.asking import how_long, steps_for
from storyreel.tools.context import Context
from storyreel.tools.dialog import Dialog, Step
from storyreel.tools.film_tool import FilmResult, FilmTool, quoted
from storyreel.tools.making import Making, Seconds
from storyreel.tools.spec import ToolSpec

USUAL_S = 6.0


class VideoArguments(Making):
    """What `generate_video` is given."""

    prompt: Annotated[
        str,
        StringConstraints(strip_whitespace=True),
        Field(min_length=1, max_length=5000, description="What the clip shows; the model is told it word for word."),
    ]
    seconds: Seconds = USUAL_S


class GenerateVideoTool(FilmTool[VideoArguments]):
    """A single clip from words."""

    spec: ClassVar = ToolSpec(
        id="video",
        name="generate_video",
        title="Generate a video",
        description=(
            "Turns a prompt into one video clip (MP4) by a video model; a film of several shots is make_film's. It may cost "
            "money: set `budget_usd`."
        ),
        arguments=VideoArguments,
        result=FilmResult,
        timeout_s=3600,
        spends=True,
    )
    dialog: ClassVar = Dialog(
        menu_label="Single clip",
        action="Make a clip",
        commands={"video": "Make a single clip from words"},
        steps=(
            *steps_for(Mode.TEXT),
            Step(field="prompt", ask="What should the clip show?", hint="Write it in words."),
            how_long(Mode.TEXT),
        ),
    )

    async def quote(self, args: VideoArguments, context: Context) -> Quote:
        """What it would cost and take."""
        wishes = args.wishes(context)
        return await quoted(await context.studio.plan_film(await self._board(args, context, wishes), **wishes), context)

    async def begin(self, args: VideoArguments, context: Context) -> Film:
        """The film of one shot, accepted by the line."""
        wishes = args.wishes(context)
        return await context.studio.start_film(await self._board(args, context, wishes), **wishes)

    async def _board(self, args: VideoArguments, context: Context, wishes: FilmWishes) -> Storyboard:
        """One shot, drawn as the rules read the words, said to a model as they stand."""
        from storyreel.writing import animate_shot

        seconds, aspect = args.seconds or USUAL_S, wishes.get("aspect")
        if not any(map(str.isalpha, args.prompt)):  # a model may make something of "🦊"; the rules read words
            return as_said(animate_shot(args.prompt, seconds, aspect=aspect or "16:9"), args.prompt, seconds)
        board = await context.studio.storyboard(args.prompt, shots=1, seconds=seconds, aspect=aspect, writer="rules")
        return as_said(board, args.prompt, seconds)
