"""`/v1/models`: the catalogue: what each model can do, every way to it, its price, and where and when that was read.

Also what a client of OpenAI's reads: `object`, `created`, `owned_by`.
"""

from datetime import UTC, date, datetime, time
from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field

from storyreel.catalog.stock import Stock
from storyreel.catalog.usual import usual_price_usd
from storyreel.domain.errors import UnknownModel
from storyreel.domain.model import Durations, Medium, Mode, Model, Route, RouteStatus, Sound, Tier
from storyreel.doors.server.desk import ADesk, Desk, Reader
from storyreel.doors.server.refusals import Refused
from storyreel.doors.server.views import View

router = APIRouter(prefix="/v1/models", tags=["models"])


class PriceView(View):
    """One line of a price table."""

    when: Annotated[dict[str, str | bool], Field(description="Holds where all of these do: resolution, sound, mode, seconds.")]
    usd_per_second: float | None
    usd_per_clip: Annotated[float | None, Field(description="Or for one picture.")]


class RouteView(View):
    """One way to a model."""

    name: Annotated[str, Field(description='What to ask for: "kling-2.5-turbo@replicate".')]
    provider: str
    remote_name: Annotated[str, Field(description="What its provider calls it.")]
    status: Annotated[RouteStatus, Field(description="As it is today.")]
    until: Annotated[date | None, Field(description="The first day on which it is closed.")]
    successor: str | None
    has_key: Annotated[bool, Field(description="Whether this installation can use it.")]
    prices: Annotated[tuple[PriceView, ...], Field(description="The first line that holds counts. Empty: no price is known.")]
    usual_usd: Annotated[
        float | None,
        Field(description="US dollars for 8 s at 720p with sound, or the nearest it makes; of a picture model, one."),
    ]
    source: str
    read_on: date


class LimitsView(View):
    """What a model accepts, whatever the way."""

    modes: Annotated[tuple[Mode, ...], Field(description="What it may start from.")]
    most_references: int
    seconds: Annotated[Durations | None, Field(description="The lengths it makes. Null: it makes pictures.")]
    aspects: Annotated[tuple[str, ...], Field(description="Empty: any.")]
    resolutions: Annotated[tuple[str, ...], Field(description="Empty: any.")]
    sound: Sound
    seed: bool
    negative_prompt: bool
    prompt_limit: Annotated[int | None, Field(description="Characters. Null: none is known.")]


class ModelView(View):
    """A model, and every way to it."""

    id: str
    object: Literal["model"] = "model"
    created: Annotated[int, Field(description="When its facts were read, in seconds since 1970.")]
    owned_by: Annotated[str, Field(description="The provider of its first way.")]
    title: str
    medium: Medium
    tier: Tier
    family: str
    by_name: Annotated[bool, Field(description="Stands for every model that its provider lists, by `ID:NAME`.")]
    typical_seconds: Annotated[float, Field(description="How long one generation takes.")]
    limits: LimitsView
    routes: tuple[RouteView, ...]
    source: str
    read_on: date


class ModelList(View):
    """Models."""

    object: Literal["list"] = "list"
    data: tuple[ModelView, ...]


@router.get("")
async def list_models(
    desk: ADesk,
    _caller: Reader,
    search: Annotated[str, Query(max_length=200, description="Words that the name, title or provider must have.")] = "",
    medium: Annotated[Medium | None, Query(description="Only those that make it.")] = None,
    start: Annotated[Mode | None, Query(description="Only those that can start from it.")] = None,
    usable: Annotated[bool, Query(description="Only ways that are open today and whose key is set.")] = False,
) -> ModelList:
    """Every model that is known."""
    stock = _stock(desk)
    found = stock.chosen(
        desk.studio.catalogue.search(search),
        medium=medium and medium.value,
        start=start and start.value,
        live=usable,
        mine=usable,
    )
    return ModelList(data=tuple(_view(stock, model) for model in found))


@router.get("/{model:path}")
async def retrieve_model(model: str, desk: ADesk, _caller: Reader) -> ModelView:
    """A model, by its name, with or without the provider."""
    try:
        return _view(_stock(desk), desk.studio.catalogue.model(model.partition("@")[0]))
    except UnknownModel as error:
        raise Refused(HTTPStatus.NOT_FOUND, "unknown_model", str(error)) from error


def _stock(desk: Desk) -> Stock:
    return Stock(desk.studio.accounts, desk.studio.today)


def _view(stock: Stock, model: Model) -> ModelView:
    limits = model.limits
    same = limits.model_dump(include=set(LimitsView.model_fields))
    return ModelView(
        **model.model_dump(include={"id", "title", "medium", "tier", "family", "by_name", "read_on"}),
        created=int(datetime.combine(model.read_on, time(), UTC).timestamp()),
        owned_by=model.routes[0].provider,
        typical_seconds=model.times.typical_s,
        limits=LimitsView(**same, seconds=limits.durations if model.medium is Medium.VIDEO else None),
        routes=tuple(_route(stock, model, route) for route in model.routes),
        source=str(model.source),
    )


def _route(stock: Stock, model: Model, route: Route) -> RouteView:
    usual = usual_price_usd(model, route)
    return RouteView(
        **route.model_dump(include={"provider", "remote_name", "until", "successor", "read_on"}),
        name=f"{model.id}@{route.provider}",
        status=RouteStatus(stock.status(route)),
        has_key=stock.has_key(route),
        prices=tuple(
            PriceView(
                when=row.when,
                usd_per_second=None if row.usd_per_second is None else float(row.usd_per_second),
                usd_per_clip=None if row.usd_per_clip is None else float(row.usd_per_clip),
            )
            for row in (route.price.rows if route.price else ())
        ),
        usual_usd=None if usual is None else float(usual),
        source=str(route.source),
    )
