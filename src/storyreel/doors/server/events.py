"""`/v1/films/{film}/events`: what happens, as it happens (server-sent events) or so far (JSON).

An event that is kept has its number as its id, and who comes back with `Last-Event-ID` hears each once; progress has none.
"""

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal, TypeAlias

from fastapi import APIRouter, Header, Query, Request
from pydantic import Field
from starlette.responses import Response

from storyreel.domain.errors import StoreUnusable
from storyreel.domain.events import Event
from storyreel.domain.values import JSON
from storyreel.doors.server import stream
from storyreel.doors.server.desk import ADesk, Desk, Reader
from storyreel.doors.server.remedies import as_kept
from storyreel.doors.server.stream import EventStream
from storyreel.doors.server.views import View
from storyreel.library import events
from storyreel.production.hub import is_over
from storyreel.production.news import settled_now

router = APIRouter(prefix="/v1", tags=["events"])

MOST = 1000  # events of a page


class EventView(View):
    """A past fact of one film."""

    number: Annotated[int, Field(description="Grows over all films. 0: told as it happens, and not kept.")]
    film: str
    at: datetime
    kind: Annotated[str, Field(description='"take.ready"; what each means: docs/events.md.')]
    fact: Annotated[dict[str, JSON], Field(description="What the kind tells: ids, numbers, US dollars.")]


class EventPage(View):
    """Some events, the first one first."""

    object: Literal["list"] = "list"
    data: tuple[EventView, ...]
    has_more: bool
    next: Annotated[int, Field(description="Give this as `after` to go on.")]


After: TypeAlias = Annotated[int, Query(ge=0, lt=2**63, description="Only events of a higher number.")]
Accept: TypeAlias = Annotated[str, Header(include_in_schema=False)]  # which OpenAPI tells by the answers' media types
LastEventId: TypeAlias = Annotated[
    int | None, Header(alias="Last-Event-ID", ge=0, lt=2**63, description="The same as `after`, as browsers send it.")
]
STREAMED: dict[int | str, dict[str, Any]] = {
    200: {"content": {stream.MEDIA_TYPE: {}}, "description": "The events so far; as a stream, until nothing more happens."},
    204: {"description": "To who comes back by Last-Event-ID: nothing more happens by itself."},
}


def event_view(event: Event) -> EventView:
    """An event as a program reads it."""
    told = json.dumps(event.fact.model_dump(exclude={"kind"}), default=float)  # only dollars are not JSON by themselves
    fact: dict[str, JSON] = json.loads(told)
    if isinstance(message := fact.get("message"), str):
        fact["message"] = as_kept(message, event.film)
    return EventView(number=event.number, film=event.film, at=event.at, kind=event.fact.kind, fact=fact)


@router.get("/films/{film}/events", response_model=EventPage, responses=STREAMED)
async def film_events(
    film: str,
    request: Request,
    desk: ADesk,
    caller: Reader,
    after: After = 0,
    accept: Accept = "application/json",
    last_event_id: LastEventId = None,
) -> Response:
    """What happened to a film, and with `Accept: text/event-stream` what happens, until nothing more does by itself."""
    known = await desk.film(caller, film)
    since = after if last_event_id is None else last_event_id
    if stream.MEDIA_TYPE not in accept:
        return _page(await desk.database.read(events.since, known.id, since, MOST + 1), since)
    if last_event_id is not None and is_over(known) and not await desk.database.read(events.since, known.id, since, 1):
        return Response(status_code=HTTPStatus.NO_CONTENT)
    texts = _texts(desk, desk.studio.events(known.id, since), since)
    return EventStream(texts, request.app.state.stopping, desk.streams.place(caller.name))


@router.get("/events", response_model=EventPage, responses={200: STREAMED[200]})
async def all_events(
    request: Request,
    desk: ADesk,
    caller: Reader,
    after: After = 0,
    accept: Accept = "application/json",
    last_event_id: LastEventId = None,
) -> Response:
    """What happened to all of the caller's films; as a stream it does not end by itself, and progress is not in it."""
    since = after if last_event_id is None else last_event_id
    if stream.MEDIA_TYPE in accept:
        texts = _texts(desk, desk.studio.events_of(caller.user, since), since)
        return EventStream(texts, request.app.state.stopping, desk.streams.place(caller.name))
    until = await settled_now(desk.database)
    return _page(await desk.database.read(events.of_user, caller.user, since, until, MOST + 1), since)


def _page(found: list[Event], since: int) -> Response:
    page = tuple(map(event_view, found[:MOST]))
    told = EventPage(data=page, has_more=len(found) > MOST, next=page[-1].number if page else since)
    return Response(told.model_dump_json(), media_type="application/json")


async def _texts(desk: Desk, happening: AsyncGenerator[Event], last: int) -> AsyncGenerator[str]:
    """The stream's text; `end` says that nothing more happens by itself. Where the store fails it breaks off."""
    try:
        async with aclosing(happening) as told:
            async for event in told:
                last = event.number or last
                yield _text(event)
    except StoreUnusable as error:
        desk.observer.warn("events.broken", message=str(error))
        return
    yield f"event: end\nid: {last}\ndata: {{}}\n\n"


def _text(event: Event) -> str:
    numbered = f"id: {event.number}\n" if event.number else ""
    return f"{numbered}event: {event.fact.kind}\ndata: {event_view(event).model_dump_json()}\n\n"
