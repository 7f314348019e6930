"""`animate_image`: a picture to a clip that begins on it and moves as the words say."""

from typing import Annotated, ClassVar

from pydantic import Field

from storyreel.domain.film import Film
from storyreel.domain.model import Mode, Quote
from storyreel.orders import FilmWishes
from storyreel.tools.asking import how_long, steps_for
from storyreel.tools.context import Context
from storyreel.tools.dialog import PICTURES, Dialog, Step
from storyreel.tools.film_tool import FilmResult, FilmTool, quoted
from storyreel.tools.making import Making, Seconds
from storyreel.tools.spec import ToolSpec


class AnimateArguments(Making):
    """What `animate_image` is given."""

    image: Annotated[
        str,
        Field(min_length=1, description="The picture to begin on: a file path, an http(s) address, a data URI or a digest."),
    ]
    prompt: Annotated[
        str, Field(max_length=5000, description="What moves, and how the camera does; said to the model as it stands.")
    ] = ""
    seconds: Seconds = None


class AnimateImageTool(FilmTool[AnimateArguments]):
    """A clip from a picture."""

    spec: ClassVar = ToolSpec(
        id="animate",
        name="animate_image",
        title="Animate an image",
        description=(
            "Turns a picture into a video clip (MP4) that begins on it and moves as the words say, by a video model. The clip "
            "has the picture's shape unless `aspect` is given. It may cost money: set `budget_usd`."
        ),
        arguments=AnimateArguments,
        result=FilmResult,
        timeout_s=3600,
        spends=True,
    )
    dialog: ClassVar = Dialog(
        menu_label="Animate a picture",
        action="Animate a picture",
        commands={"animate": "Bring a picture to life"},
        steps=(
            Step(
                field="image",
                ask="Send the picture that the clip begins on.",
                hint="A picture is needed: a photo, or an image sent as a file.",
                accepts=PICTURES,
            ),
            *(step for step in steps_for(Mode.FIRST_FRAME) if step.field != "aspect"),
            Step(
                field="prompt",
                ask="What should move, and how?",
                hint="Describe it in words, or skip this.",
                optional=True,
            ),
            how_long(Mode.FIRST_FRAME),
        ),
    )

    async def quote(self, args: AnimateArguments, context: Context) -> Quote:
        """What it would cost and take."""
        picture = await context.picture(args.image, field="image")
        return await quoted(await context.studio.plan_animation(picture, args.prompt, **self._wishes(args, context)), context)

    async def begin(self, args: AnimateArguments, context: Context) -> Film:
        """The film of one shot, accepted by the line."""
        picture = await context.picture(args.image, field="image")
        return await context.studio.start_animation(picture, args.prompt, **self._wishes(args, context))

    def _wishes(self, args: AnimateArguments, context: Context) -> FilmWishes:
        return {**args.wishes(context), "seconds": args.seconds, "as_said": True}
