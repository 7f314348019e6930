"""`haiper_image_to_video`: an image and a few words to a video through vsegpt, as an earlier plugin of that name did it.

Kept of it: names, steps, defaults, answers. Its model's own service has gone: where vsegpt no longer lists it, nothing is sent.
"""

from typing import Annotated, ClassVar

from pydantic import Field

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.film import Film
from storyreel.domain.model import Quote
from storyreel.domain.values import JSON, Value
from storyreel.orders import FilmWishes
from storyreel.tools.context import Context
from storyreel.tools.dialog import PICTURES, Dialog, Step
from storyreel.tools.film_tool import FilmResult, FilmTool, quoted
from storyreel.tools.spec import ToolSpec

PROVIDER = "vsegpt"
ASPECT = "16:9"  # the earlier tool's, whatever the picture's
MODEL = "haiper-2.0"
NO_PROMPT = "animate image"


class HaiperArguments(Value):
    """What `haiper_image_to_video` is given."""

    image_path: Annotated[str, Field(min_length=1, description="The image: a file's path, or an http(s) address.")]
    prompt: Annotated[str, Field(max_length=5000, description="What moves, in words; empty: the image is animated.")] = ""
    model: Annotated[str, Field(max_length=200, description="A video model of vsegpt, by its id there.")] = MODEL


class HaiperImageToVideoTool(FilmTool[HaiperArguments]):
    """An image and words to a video through vsegpt."""

    spec: ClassVar = ToolSpec(
        id="haiper",
        name="haiper_image_to_video",
        title="Animate an image through vsegpt",
        description="Turns an image and a text into a short video (MP4) through vsegpt, and answers the path of its file.",
        arguments=HaiperArguments,
        result=FilmResult,
        timeout_s=3000,
        spends=True,
        parallel=False,
    )
    dialog: ClassVar = Dialog(
        menu_label="Haiper (video)",
        action="Создать видео",
        steps=(
            Step(
                field="image_path",
                called="wait_image",
                ask="Send the image that the video begins on.",
                hint="An image is needed: a photo, or an image sent as a file.",
                accepts=PICTURES,
            ),
            Step(
                field="prompt",
                ask="What should move, and how?",
                hint="Describe it in words, or skip this.",
                optional=True,
            ),
        ),
    )

    def get_source_name(self) -> str:
        """The name that the earlier plugin had."""
        return "HaiperImageToVideo"

    def get_menu_label(self) -> str:
        """The label that it had there; menus of ours say the dialog's in the reader's language."""
        return "Haiper (видео)"

    def output(self, result: FilmResult) -> JSON:
        """The path of the video."""
        return str(result.path) if result.path else result.film

    async def quote(self, args: HaiperArguments, context: Context) -> Quote:
        """What the video would cost and take."""
        picture = await context.picture(args.image_path, field="image_path")
        return await quoted(await context.studio.plan_animation(picture, _words(args), **self._wishes(args, context)), context)

    async def begin(self, args: HaiperArguments, context: Context) -> Film:
        """The video, accepted by the line."""
        picture = await context.picture(args.image_path, field="image_path")
        return await context.studio.start_animation(picture, _words(args), **self._wishes(args, context))

    def _wishes(self, args: HaiperArguments, context: Context) -> FilmWishes:
        return {**context.wishes(), "model": _model(args.model.strip() or MODEL, context), "aspect": ASPECT, "as_said": True}


def _words(args: HaiperArguments) -> str:
    return args.prompt.strip() or NO_PROMPT


def _model(named: str, context: Context) -> str:
    """A model that the catalogue knows by a name of its own, or one by vsegpt's id, which is sought in vsegpt's list first.

    Raises InvalidRequest for a model of somebody else's.
    """
    name, _, provider = named.removeprefix(f"{PROVIDER}:").partition("@")
    if provider not in {"", PROVIDER}:
        raise InvalidRequest(f"{named} is not a model of vsegpt; this tool makes videos there alone.", field="model")
    routes = [route for model in context.studio.catalogue.models if model.id == name for route in model.routes]
    known = any(route.provider == PROVIDER and route.remote_name != name for route in routes)
    return f"{name}@{PROVIDER}" if known else f"{PROVIDER}:{name}@{PROVIDER}"
