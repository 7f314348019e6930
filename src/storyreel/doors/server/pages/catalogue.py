"""`/models`: the truth of the catalogue: each way to a model, what it does and costs, whether its key is here, its source."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from fastapi import APIRouter
from starlette.responses import Response

from storyreel.accounts import VARIABLES
from storyreel.catalog.catalogue import narrowed
from storyreel.catalog.stock import Stock
from storyreel.catalog.usual import usual_clip
from storyreel.domain.model import Durations, Limits, Medium, Model, Route
from storyreel.doors.server.pages.page import APage, PageRoute
from storyreel.studio import Studio

router = APIRouter(include_in_schema=False, route_class=PageRoute)


MOST_LENGTHS = 4  # that are told one by one


@dataclass(frozen=True, slots=True)
class Row:
    """One way to a model."""

    model: Model
    route: Route
    limits: Limits
    status: str
    clip_usd: Decimal | None  # of the clip that comes nearest to 8 s at 720p, or of one picture
    clip_s: float | None
    has_key: bool
    setting: str  # that holds its key; empty where it needs none
    lengths: str | None  # in seconds; empty: any; None: it makes pictures


@router.get("/models")
async def models_page(page: APage, q: str = "", medium: str = "", mine: str = "") -> Response:
    """Every model that is known, with what is known of it."""
    rows = [row for row in _rows(page.desk.studio, q) if medium in {"", row.model.medium.value} and (row.has_key or not mine)]
    return page.answer("pages/models", rows=rows, q=q, medium=medium, mine=mine)


def _rows(studio: Studio, text: str) -> Iterator[Row]:
    stock = Stock(studio.accounts, studio.today)
    for model in studio.catalogue.search(text):
        for route in model.routes:
            limits = narrowed(model, route).limits
            price, seconds = usual_clip(model, route)
            yield Row(
                model=model,
                route=route,
                limits=limits,
                status=stock.status(route),
                clip_usd=price,
                clip_s=seconds if model.medium is Medium.VIDEO else None,
                has_key=stock.has_key(route),
                setting=studio.accounts[route.provider].setting if route.provider in VARIABLES else "",
                lengths=_lengths(limits.durations) if model.medium is Medium.VIDEO else None,
            )


def _lengths(durations: Durations) -> str:
    """The lengths that a model makes, in seconds: "5, 10", "3–15"; empty where it makes any."""
    choices = durations.choices_s
    if 0 < len(choices) <= MOST_LENGTHS:
        return ", ".join(f"{one:g}" for one in choices)
    least, most = (choices[0], choices[-1]) if choices else (durations.least_s or 0, durations.most_s)
    return "" if most is None else f"{least:g}–{most:g}"
