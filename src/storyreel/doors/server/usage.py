"""`/v1/usage`: what was spent, by day, route and key; `/metrics`: figures of the whole installation for Prometheus."""

from datetime import date, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from storyreel.domain.errors import InvalidRequest
from storyreel.doors.server.desk import ADesk, Admin, Reader
from storyreel.doors.server.views import Usd, View
from storyreel.library.keys import Scope, keys
from storyreel.library.usage import usage

router = APIRouter()

USUAL, LONGEST = timedelta(days=30), timedelta(days=366)
TEXT = "text/plain; version=0.0.4; charset=utf-8"


class UsageRow(View):
    """The calls of one day (UTC) by one route, asked for by one key."""

    day: date
    route: Annotated[str, Field(description='"kling-2.5-turbo@replicate"; of a language model, its name.')]
    key: Annotated[str | None, Field(description="The key's name. Null: asked for without one.")]
    calls: int
    cost_usd: Usd
    held_usd: Annotated[float, Field(ge=0, description="US dollars held for calls that are still open.")]


class UsageView(View):
    """What was spent, the latest day first."""

    object: Literal["usage"] = "usage"
    since: date
    until: date
    cost_usd: Usd
    held_usd: Usd
    data: tuple[UsageRow, ...]


@router.get("/v1/usage", tags=["usage"])
async def retrieve_usage(
    desk: ADesk,
    caller: Reader,
    since: Annotated[date | None, Query(description="The first day (UTC). Left out: 30 days before the last.")] = None,
    until: Annotated[date | None, Query(description="The last day (UTC). Left out: today.")] = None,
    everybody: Annotated[bool, Query(description="All users' instead of the caller's; needs the scope `admin`.")] = False,
) -> UsageView:
    """What the caller's films cost, by day, route and key."""
    if everybody:
        caller.must(Scope.ADMIN)
    last = until or max(desk.now().date(), since or date.min)
    first = since or last - min(USUAL, last - date.min)
    if not timedelta() <= last - first <= LONGEST:
        raise InvalidRequest(f"From {first} to {last}: ask for 1 to {LONGEST.days} days.", field="since")
    found = await desk.database.read(usage, first, last, None if everybody else caller.user)
    names = {key.id: key.name for key in await desk.database.read(keys)}
    return UsageView(
        since=first,
        until=last,
        cost_usd=float(sum(one.cost_usd for one in found)),
        held_usd=float(sum(one.held_usd for one in found)),
        data=tuple(
            UsageRow(
                day=one.day,
                route=one.route,
                key=names.get(one.api_key or ""),
                calls=one.calls,
                cost_usd=float(one.cost_usd),
                held_usd=float(one.held_usd),
            )
            for one in found
        ),
    )


@router.get("/metrics", tags=["usage"], response_class=Response, responses={200: {"content": {"text/plain": {}}}})
async def figures(desk: ADesk, _caller: Admin) -> Response:
    """Figures for Prometheus: films, calls, money, waiting; what all processes share, and what this one counts of its own."""
    return Response(await desk.metrics().text(), headers={"Content-Type": TEXT})
