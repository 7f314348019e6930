"""`/v1/films/{film}`: its storyboard edited, its shots put in another order, its price approved."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import ConfigDict, Field
from starlette.responses import Response

from storyreel.domain.film import MOST_SHOTS
from storyreel.domain.storyboard import Storyboard
from storyreel.doors.server.changing import ChangeRequest, ChangeView, DryRun, carried_out, change_once
from storyreel.doors.server.desk import ADesk, Maker
from storyreel.doors.server.once import IdempotencyKey

router = APIRouter(prefix="/v1/films/{film}", tags=["changes"])


class Approval(ChangeRequest):
    """That a film which waits for approval is to be made."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"at_any_price": False}]})

    at_any_price: Annotated[bool, Field(description="Also where it costs more today than was told.")] = False


class Ordering(ChangeRequest):
    """The order in which the shots are to come."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"shots": ["s2", "s1", "s3"]}]})

    shots: Annotated[list[str], Field(min_length=1, max_length=MOST_SHOTS, description="Every shot's id, once.")]


@router.put("/storyboard", response_model=ChangeView)
async def edit_storyboard(
    film: str,
    body: Storyboard,
    request: Request,
    desk: ADesk,
    caller: Maker,
    dry_run: DryRun = False,
    budget: Annotated[float | None, Query(ge=0, le=100_000, description="US dollars that the film may cost, all in all.")] = None,
    allow_unpriced: Annotated[bool, Query(description="Calls whose price nobody knows may be sent.")] = False,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Make the film by another storyboard: only what depends on what was changed is made again."""

    async def work() -> ChangeView:
        known = await desk.film(caller, film)
        change = await desk.studio.plan_edit(known, body, budget=budget, allow_unpriced=allow_unpriced)
        return await carried_out(desk, known, change, dry_run=dry_run)

    return await change_once(desk, caller, idempotency_key, request, work)


@router.post("/order", response_model=ChangeView)
async def order_shots(
    film: str,
    body: Ordering,
    request: Request,
    desk: ADesk,
    caller: Maker,
    dry_run: DryRun = False,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Put the shots in another order; a scene that another one comes between is parted."""

    async def work() -> ChangeView:
        known = await desk.film(caller, film)
        return await carried_out(desk, known, await desk.studio.plan_order(known, body.shots, **body.wishes), dry_run=dry_run)

    return await change_once(desk, caller, idempotency_key, request, work)


@router.post("/approve", response_model=ChangeView)
async def approve_film(
    film: str,
    request: Request,
    desk: ADesk,
    caller: Maker,
    body: Approval | None = None,
    dry_run: DryRun = False,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Let a film that waits for approval be made, for no more than was told last."""
    asked = body or Approval()

    async def work() -> ChangeView:
        known = await desk.film(caller, film)
        change = await desk.studio.plan_approval(known, **asked.wishes)
        if not (asked.at_any_price or dry_run):
            desk.studio.must_cost_as_told(change, await desk.studio.told_usd(known))
        return await carried_out(desk, known, change, dry_run=dry_run)

    return await change_once(desk, caller, idempotency_key, request, work)
