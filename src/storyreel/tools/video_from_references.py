"""`video_from_references`: one to three pictures, and perhaps a motion video, to a film that resembles them."""

from typing import Annotated, ClassVar

from pydantic import Field

from storyreel.domain.film import LONGEST_FILM_S, Film
from storyreel.domain.model import Mode, Quote
from storyreel.domain.references import UseCase
from storyreel.domain.storyboard import Storyboard
from storyreel.orders import FilmWishes
from storyreel.tools.asking import ONE_OF, steps_for
from storyreel.tools.context import Context
from storyreel.tools.dialog import PICTURES, Choice, Dialog, Step
from storyreel.tools.film_tool import FilmResult, FilmTool, quoted
from storyreel.tools.making import Making
from storyreel.tools.spec import ToolSpec

MOST = 3
LONGEST_TITLE = 60  # characters
USES = {
    UseCase.GENERAL: "Anything",
    UseCase.PRODUCT_VIDEO: "Product video",
    UseCase.HERO_IMAGE: "Hero image",
    UseCase.GEMSTONE_CLOSEUP: "Gemstone close-up",
    UseCase.LUXURY_BRAND: "Luxury brand",
}


class ReferenceArguments(Making):
    """What `video_from_references` is given."""

    images: Annotated[
        tuple[str, ...],
        Field(
            min_length=1,
            max_length=MOST,
            description="1 to 3 pictures to resemble: file paths, http(s) addresses, data URIs or digests.",
        ),
    ]
    prompt: Annotated[
        str,
        Field(max_length=5000, description="What the model is told, word for word. Left out: written from the pictures."),
    ] = ""
    instructions: Annotated[str, Field(max_length=2000, description="What a prompt written from the pictures should heed.")] = ""
    use_case: Annotated[UseCase, Field(description="What the film is for.")] = UseCase.GENERAL
    motion: Annotated[
        str | None, Field(description="A video to move like: a file path, an http(s) address, a data URI or a digest.")
    ] = None
    length: Annotated[float, Field(ge=0.5, le=LONGEST_FILM_S, description="Length of the whole film in seconds.")] = 8.0


class VideoFromReferencesTool(FilmTool[ReferenceArguments]):
    """A film from reference pictures."""

    spec: ClassVar = ToolSpec(
        id="refs",
        name="video_from_references",
        title="Make a video from reference pictures",
        description=(
            "Turns 1 to 3 reference pictures, and perhaps a video to move like, into a film (MP4) that resembles them. It may "
            "cost money: set `budget_usd`. The model must take references: list_models with start=references tells which do."
        ),
        arguments=ReferenceArguments,
        result=FilmResult,
        timeout_s=2 * 3600,
        spends=True,
    )
    dialog: ClassVar = Dialog(
        menu_label="From references",
        action="Make a video",
        commands={"references": "Make a video that resembles your pictures"},
        steps=(
            Step(
                field="images",
                ask="Send one to three pictures that the video should resemble.",
                hint="A picture is needed: a photo, or an image sent as a file.",
                accepts=PICTURES,
                most=MOST,
            ),
            *steps_for(Mode.REFERENCES),
            Step(
                field="use_case",
                ask="What is the video for?",
                hint="Choose one.",
                accepts=ONE_OF,
                choices=tuple(Choice(label=label, value=name) for name, label in USES.items()),
            ),
            Step(
                field="instructions",
                ask="Is there anything that it should heed?",
                hint="Write it in words, or skip this.",
                optional=True,
            ),
        ),
    )

    async def quote(self, args: ReferenceArguments, context: Context) -> Quote:
        """What it would cost and take; the pictures are read by measure, for nothing."""
        wishes = await self._wishes(args, context)
        return await quoted(
            await context.studio.plan_film(await self._board(args, context, wishes, writer="rules"), **wishes), context
        )

    async def begin(self, args: ReferenceArguments, context: Context) -> Film:
        """The film, accepted by the line."""
        wishes = await self._wishes(args, context)
        return await context.studio.start_film(await self._board(args, context, wishes), **wishes)

    async def _board(
        self, args: ReferenceArguments, context: Context, wishes: FilmWishes, *, writer: str | None = None
    ) -> Storyboard:
        studio, model = context.studio, wishes.get("model")
        motion = await context.picture(args.motion, field="motion") if args.motion else None
        reading = await studio.read(
            wishes.get("references", ()),
            motion=motion,
            use_case=args.use_case,
            instructions=args.instructions,
            writer="rules" if args.prompt else writer,
            model=model,
            sound=args.sound,
        )
        board = studio.board_of(reading, args.prompt, model=model, length=args.length, aspect=wishes.get("aspect"))
        words = " ".join((args.prompt or args.instructions).split())
        return board.model_copy(update={"title": words[:LONGEST_TITLE]}) if words else board  # in the language of who asks

    async def _wishes(self, args: ReferenceArguments, context: Context) -> FilmWishes:
        pictures = [await context.picture(one, field="images") for one in args.images]
        return {**args.wishes(context), "references": pictures}
