"""`/v1/webhooks`: addresses that are told of a user's films, what they were told, and what became of it."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Literal, get_args

from fastapi import APIRouter, Query, Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from starlette.responses import Response

from storyreel.domain.events import Fact, Passing
from storyreel.doors.server.callers import Caller
from storyreel.doors.server.desk import ADesk, Desk, Maker, Reader
from storyreel.doors.server.hooks.sending import secret_text
from storyreel.doors.server.once import IdempotencyKey, once
from storyreel.doors.server.refusals import Conflict, NotFound
from storyreel.doors.server.views import View
from storyreel.fetcher import Fetcher
from storyreel.library import webhooks
from storyreel.library.webhooks import Delivery, DeliveryState, Webhook

router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"])

MOST_WEBHOOKS = 20
"""Of one user."""
ENDS = ("film.awaiting_approval", "film.ready", "film.failed", "film.cancelled")
KINDS = frozenset(str(kind.model_fields["kind"].default) for kind in get_args(get_args(Fact)[0]) if kind not in get_args(Passing))


def _known(kinds: tuple[str, ...]) -> tuple[str, ...]:
    if unknown := sorted(set(kinds) - KINDS):
        raise ValueError(f"{', '.join(unknown)} is no kind of event; they are {', '.join(sorted(KINDS))}")
    return tuple(dict.fromkeys(kinds))


class WebhookRequest(BaseModel):
    """An address that is to be told, and of what."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"url": "https://example.com/hooks/storyreel", "kinds": ["film.ready", "film.failed"]}]},
    )

    url: Annotated[str, Field(min_length=1, max_length=2000, description="In the public net; by https, where you can.")]
    kinds: Annotated[
        tuple[str, ...],
        Field(min_length=1, max_length=len(KINDS), description="Kinds of events (docs/events.md)."),
        AfterValidator(_known),
    ] = ENDS


class WebhookView(View):
    """An address that is told of what happens to the caller's films."""

    id: str
    object: Literal["webhook"] = "webhook"
    url: str
    kinds: tuple[str, ...]
    created: datetime
    stopped: Annotated[datetime | None, Field(description="Since when it is told nothing more; start it to go on.")]
    reason: Annotated[str | None, Field(description="Why it was stopped.")]


class NewWebhookView(WebhookView):
    """A webhook that was just made."""

    secret: Annotated[str, Field(description="`whsec_...`: what its messages are signed by (Standard Webhooks).")]


class SecretView(View):
    """What a webhook's messages are signed by."""

    secret: str


class WebhookList(View):
    """The caller's webhooks, the first one first."""

    object: Literal["list"] = "list"
    data: tuple[WebhookView, ...]


class DeliveryView(View):
    """One event, as it was or is to be told."""

    id: Annotated[str, Field(description="The same in each attempt, as the header `webhook-id`.")]
    object: Literal["delivery"] = "delivery"
    kind: str
    film: str
    event: Annotated[int, Field(description="The event's number.")]
    state: DeliveryState
    attempts: int
    next_attempt: datetime | None
    status: Annotated[int | None, Field(description="Of the last answer. Null: nobody answered yet.")]
    error: Annotated[str | None, Field(description="Why the last attempt came to nothing.")]
    body: Annotated[str, Field(description="What is told, as it is signed.")]
    created: datetime
    ended: datetime | None


class DeliveryPage(View):
    """Some deliveries, the newest event first."""

    object: Literal["list"] = "list"
    data: tuple[DeliveryView, ...]
    has_more: bool
    next: Annotated[int | None, Field(description="Give this as `before` to go on.")]


@router.post("", status_code=HTTPStatus.CREATED, response_model=NewWebhookView)
async def create_webhook(
    body: WebhookRequest, request: Request, desk: ADesk, caller: Maker, idempotency_key: IdempotencyKey = None
) -> Response:
    """Tell an address of what happens to the caller's films from now on."""

    async def work() -> NewWebhookView:
        await Fetcher(inward=desk.studio.settings.fetch_inward).must_lead_out(body.url, field="url")
        new = (caller.user, body.url, body.kinds, desk.now())
        made = await desk.database.write(webhooks.insert_webhook, *new, most=MOST_WEBHOOKS)
        if made is None:
            raise Conflict(f"There are {MOST_WEBHOOKS} webhooks already; delete one first.")
        return NewWebhookView(**_view(made).model_dump(), secret=secret_text(desk.seal, made.id))

    return await once(desk, caller, idempotency_key, request, work, status=HTTPStatus.CREATED)


@router.get("")
async def list_webhooks(desk: ADesk, caller: Reader) -> WebhookList:
    """The caller's webhooks."""
    return WebhookList(data=tuple(map(_view, await desk.database.read(webhooks.webhooks_of, caller.user))))


@router.get("/{webhook}")
async def retrieve_webhook(webhook: str, desk: ADesk, caller: Reader) -> WebhookView:
    """A webhook."""
    return _view(await _own(desk, caller, webhook))


@router.get("/{webhook}/secret")
async def retrieve_secret(webhook: str, desk: ADesk, caller: Maker) -> SecretView:
    """What a webhook's messages are signed by."""
    return SecretView(secret=secret_text(desk.seal, (await _own(desk, caller, webhook)).id))


@router.delete("/{webhook}", status_code=HTTPStatus.NO_CONTENT)
async def delete_webhook(webhook: str, desk: ADesk, caller: Maker) -> None:
    """Tell it nothing more, and forget what it was told."""
    await desk.database.write(webhooks.delete_webhook, (await _own(desk, caller, webhook)).id)


@router.post("/{webhook}/start")
async def start_webhook(webhook: str, desk: ADesk, caller: Maker) -> WebhookView:
    """Tell a webhook that was stopped what happens from now on, and what still waited for it."""
    await desk.database.write(webhooks.start_webhook, (await _own(desk, caller, webhook)).id, desk.now())
    return _view(await _own(desk, caller, webhook))


@router.get("/{webhook}/deliveries")
async def list_deliveries(
    webhook: str,
    desk: ADesk,
    caller: Reader,
    state: Annotated[DeliveryState | None, Query(description="Only those that stand so.")] = None,
    before: Annotated[int | None, Query(ge=0, lt=2**31, description="The `next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> DeliveryPage:
    """What a webhook was told, or is to be, in the last month."""
    own = await _own(desk, caller, webhook)
    found = await desk.database.read(webhooks.deliveries_of, own.id, before=before, state=state, limit=limit + 1)
    page = found[:limit]
    more = len(found) > limit
    return DeliveryPage(data=tuple(map(_told, page)), has_more=more, next=page[-1].event if more else None)


@router.post("/{webhook}/deliveries/{delivery}/redeliver")
async def redeliver(webhook: str, delivery: str, desk: ADesk, caller: Maker) -> DeliveryView:
    """Tell it once more, under the same id, and try again for as long as at first."""
    own = await _own(desk, caller, webhook)
    if own.stopped is not None:
        raise Conflict(f"The webhook {own.id} is stopped; start it first.")
    found = await desk.database.write(webhooks.redeliver, own.id, delivery, desk.now())
    if found is None:
        raise NotFound("delivery", delivery)
    return _told(found)


async def _own(desk: Desk, caller: Caller, id: str) -> Webhook:
    found = await desk.database.read(webhooks.webhook, caller.user, id)
    if found is None:
        raise NotFound("webhook", id)
    return found


def _view(webhook: Webhook) -> WebhookView:
    return WebhookView.model_validate(webhook.model_dump(exclude={"user"}))


def _told(delivery: Delivery) -> DeliveryView:
    return DeliveryView.model_validate(delivery.model_dump(exclude={"webhook"}))
