"""`/v1/films/{film}/events`: what happens, as it happens (server-sent events) or so far (JSON).

An event that is kept has its number as its id, and who comes back with `Last-Event-ID` hears each once; progress has none.
"""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import datetime
from typing import Annotated, Any, Literal, TypeAlias

from fastapi import APIRouter, Header, Query
from pydantic import Field
from starlette.responses import Response, StreamingResponse

from storyreel.domain.events import Event
from storyreel.domain.values import JSON
from storyreel.doors.server.desk import ADesk, Reader
from storyreel.doors.server.views import View
from storyreel.library import events

router = APIRouter(prefix="/v1", tags=["events"])

STREAM = "text/event-stream"
BEAT_S = 15.0  # a comment after so long a silence, so that nobody between us closes the connection
AGAIN_MS = 1000  # after which a browser that was cut off comes back
MOST = 1000
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


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
Accept: TypeAlias = Annotated[str, Header(description="`text/event-stream` to be told as it happens.")]
LastEventId: TypeAlias = Annotated[
    int | None, Header(alias="Last-Event-ID", ge=0, lt=2**63, description="The same as `after`, as browsers send it.")
]
STREAMED: dict[int | str, dict[str, Any]] = {
    200: {"content": {STREAM: {}}, "description": "The events so far; as a stream, until nothing more happens."}
}


def event_view(event: Event) -> EventView:
    """An event as a program reads it."""
    told = json.dumps(event.fact.model_dump(exclude={"kind"}), default=float)  # only dollars are not JSON by themselves
    return EventView(number=event.number, film=event.film, at=event.at, kind=event.fact.kind, fact=json.loads(told))


@router.get("/films/{film}/events", response_model=EventPage, responses=STREAMED)
async def film_events(
    film: str,
    desk: ADesk,
    caller: Reader,
    after: After = 0,
    accept: Accept = "application/json",
    last_event_id: LastEventId = None,
) -> Response:
    """What happened to a film, and with `Accept: text/event-stream` what happens, until nothing more does by itself."""
    known = await desk.film(caller, film)
    since = after if last_event_id is None else last_event_id
    if STREAM not in accept:
        found = await desk.database.read(events.since, known.id, since, MOST + 1)
        page = tuple(map(event_view, found[:MOST]))
        told = EventPage(data=page, has_more=len(found) > MOST, next=page[-1].number if page else since)
        return Response(told.model_dump_json(), media_type="application/json")
    return StreamingResponse(_told(desk.studio.events(known.id, since), since), media_type=STREAM, headers=HEADERS)


async def _told(happening: AsyncGenerator[Event], last: int) -> AsyncGenerator[str]:
    """The stream's text; `end` says that nothing more happens by itself."""
    yield f"retry: {AGAIN_MS}\n\n"
    async with aclosing(_with_beats(happening)) as heard:
        async for event in heard:
            if event is None:
                yield ": still here\n\n"
                continue
            last = event.number or last
            yield text_of(event)
    yield f"event: end\nid: {last}\ndata: {{}}\n\n"


def text_of(event: Event) -> str:
    """An event as the stream has it."""
    numbered = f"id: {event.number}\n" if event.number else ""
    return f"{numbered}event: {event.fact.kind}\ndata: {event_view(event).model_dump_json()}\n\n"


async def _with_beats(happening: AsyncGenerator[Event]) -> AsyncGenerator[Event | None]:
    """The same, with None after each while in which nothing happened."""
    async with aclosing(happening):
        coming: asyncio.Future[Event] | None = None
        try:
            while True:
                coming = coming or asyncio.ensure_future(anext(happening))
                done, _ = await asyncio.wait((coming,), timeout=BEAT_S)
                if not done:
                    yield None
                    continue
                event, coming = coming, None
                try:
                    yield event.result()
                except StopAsyncIteration:
                    return
        finally:
            if coming is not None:
                coming.cancel()
                await asyncio.wait((coming,))
