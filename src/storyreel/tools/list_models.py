"""`list_models`: what can make the picture, what it can do, what it costs, whether it can be used here today."""

from typing import Annotated, ClassVar

from pydantic import Field

from storyreel.catalog.catalogue import is_open, narrowed
from storyreel.catalog.stock import Stock
from storyreel.catalog.usual import usual_price_usd
from storyreel.domain.model import Durations, Medium, Mode, Model, Route, Sound
from storyreel.domain.values import Value
from storyreel.tools.context import Context
from storyreel.tools.spec import ToolSpec
from storyreel.tools.tool import Tool


class ListArguments(Value):
    """What `list_models` is given."""

    search: Annotated[str, Field(max_length=200, description="Words that a name, title or provider has; empty: every model.")] = (
        ""
    )
    start: Annotated[
        Mode | None, Field(description="Only models that can start from it: text alone, a first frame, reference pictures...")
    ] = None
    medium: Annotated[Medium, Field(description="What they make: video, or image for keyframes.")] = Medium.VIDEO
    usable: Annotated[bool, Field(description="True: only those that can be used here today.")] = False


class WayInfo(Value):
    """One way to a model."""

    name: Annotated[str, Field(description="What `model` may be, to go this way.")]
    open: Annotated[bool, Field(description="Whether its provider takes requests today.")]
    has_key: bool
    usual_usd: Annotated[
        float | None,
        Field(description="US dollars for 8 s at 720p, or the nearest it makes; of an image model, one. Null: unknown."),
    ]
    starts_from: tuple[Mode, ...]


class ModelInfo(Value):
    """A model that can make the picture."""

    name: Annotated[str, Field(description="What `model` may be.")]
    title: str
    seconds: Annotated[Durations | None, Field(description="Lengths of a clip that it makes. Null: it makes pictures.")]
    resolutions: Annotated[tuple[str, ...], Field(description="Empty: any.")]
    aspects: Annotated[tuple[str, ...], Field(description="Empty: any.")]
    sound: Sound
    typical_s: Annotated[float, Field(description="Seconds that one clip takes to make.")]
    ways: tuple[WayInfo, ...]


class ListResult(Value):
    """The models."""

    models: tuple[ModelInfo, ...]


class ListModelsTool(Tool[ListArguments, ListResult]):
    """The catalogue, searched."""

    spec: ClassVar = ToolSpec(
        id="models",
        name="list_models",
        title="List the models",
        description=(
            "Lists the video models (or, with medium=image, those that draw keyframes): what each starts from, lengths, sizes, "
            "sound, price and whether its key is set. The names are what `model` takes in the other tools."
        ),
        arguments=ListArguments,
        result=ListResult,
        read_only=True,
    )

    async def run(self, args: ListArguments, context: Context) -> ListResult:
        """The models that are as wished."""
        studio = context.studio
        stock = Stock(studio.accounts, studio.today)
        found = studio.catalogue.search(args.search, args.medium)
        chosen = stock.chosen(found, medium=None, start=args.start, live=args.usable, mine=args.usable)
        return ListResult(models=tuple(_model(model, stock) for model in chosen))


def _model(model: Model, stock: Stock) -> ModelInfo:
    limits = model.limits
    return ModelInfo(
        name=model.id,
        title=model.title,
        seconds=limits.durations if model.medium is Medium.VIDEO else None,
        resolutions=limits.resolutions,
        aspects=limits.aspects,
        sound=limits.sound,
        typical_s=model.times.typical_s,
        ways=tuple(_way(model, route, stock) for route in model.routes),
    )


def _way(model: Model, route: Route, stock: Stock) -> WayInfo:
    usual = usual_price_usd(model, route)
    return WayInfo(
        name=f"{model.id}@{route.provider}",
        open=is_open(route, stock.today),
        has_key=stock.has_key(route),
        usual_usd=None if usual is None else float(usual),
        starts_from=narrowed(model, route).limits.modes,
    )
