"""`/settings/webhooks`: addresses that are told of one's films, what they were told, and once more where that came to nothing."""

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.responses import Response

from storyreel.domain.errors import InvalidRequest
from storyreel.doors.server.hooks import webhooks as rest
from storyreel.doors.server.pages.page import AForm, AMaking, APage, Page, PageRoute, seen_at
from storyreel.library import webhooks

router = APIRouter(include_in_schema=False, route_class=PageRoute, prefix="/settings/webhooks")

HERE = "/settings/webhooks"
SHOWN = 10  # deliveries of each


@router.get("")
async def webhooks_page(page: APage) -> Response:
    """The webhooks, each with what it was told last."""
    return await _page(page)


@router.post("")
async def add(page: AMaking, form: AForm) -> Response:
    """One more; what its messages are signed by is shown with it."""
    kinds = tuple(form.texts("kind")) or rest.ENDS
    try:
        wanted = rest.WebhookRequest(url=form.text("url"), kinds=kinds)
    except ValidationError as error:
        raise InvalidRequest(f"{error.errors()[0]['loc'][0]}: {error.errors()[0]['msg']}.", field="url") from error
    await rest.create_webhook(wanted, page.request, page.desk, page.caller)
    return seen_at(HERE)


@router.post("/{webhook}/secret")
async def show_secret(webhook: str, page: AMaking, form: AForm) -> Response:  # noqa: ARG001  its token was looked at
    """What a webhook's messages are signed by."""
    return await _page(page, webhook, (await rest.retrieve_secret(webhook, page.desk, page.caller)).secret)


@router.post("/{webhook}/delete")
async def delete(webhook: str, page: AMaking, form: AForm) -> Response:  # noqa: ARG001
    """Tell it nothing more."""
    await rest.delete_webhook(webhook, page.desk, page.caller)
    return seen_at(HERE)


@router.post("/{webhook}/start")
async def start(webhook: str, page: AMaking, form: AForm) -> Response:  # noqa: ARG001
    """Go on with one that was stopped."""
    await rest.start_webhook(webhook, page.desk, page.caller)
    return seen_at(HERE)


@router.post("/{webhook}/redeliver")
async def redeliver(webhook: str, page: AMaking, form: AForm) -> Response:
    """Tell it an event once more."""
    await rest.redeliver(webhook, form.text("delivery"), page.desk, page.caller)
    return seen_at(HERE)


async def _page(page: Page, of: str = "", secret: str = "") -> Response:
    database = page.desk.database
    known = await database.read(webhooks.webhooks_of, page.caller.user)
    told = {one.id: await database.read(webhooks.deliveries_of, one.id, limit=SHOWN) for one in known}
    return page.answer("pages/webhooks", webhooks=known, deliveries=told, kinds=rest.ENDS, of=of, secret=secret)
