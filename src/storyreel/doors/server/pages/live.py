"""`/films/{id}/live`: the parts of a film's page, sent again when they change, until the film ends (server-sent events)."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress

from fastapi import APIRouter
from starlette.responses import Response

from storyreel.domain.errors import StoryreelError
from storyreel.domain.events import Event, TakeFailed, TakeProgressed, TakeReady
from storyreel.domain.film import Film
from storyreel.doors.server.pages.film import facts
from storyreel.doors.server.pages.page import APage, Page, PageRoute
from storyreel.doors.server.pages.reel import Reel
from storyreel.doors.server.stream import EventStream

router = APIRouter(include_in_schema=False, route_class=PageRoute)

GATHERED_S = 0.2  # what happens in so short a time is shown at once
PARTS = ("steps", "actions", "trouble", "money", "log")


@router.get("/films/{film}/live")
async def live(film: str, page: APage, seen: int = -1) -> Response:
    """What changes on the film's page. `seen`: the last event that the page shows."""
    known = await page.desk.film(page.caller, film)
    return EventStream(_told(page, known, seen), page.request.app.state.stopping)


async def _told(page: Page, film: Film, seen: int) -> AsyncGenerator[str]:
    """Each part once it looks otherwise than it did, then that it is over."""
    shares: dict[str, float] = {}
    first = await _parts(page, film.id, shares)
    sent = first[0] if first[1] == seen else {}
    yield _message("parts", "".join(html for name, html in first[0].items() if sent.get(name) != html))
    sent = first[0]
    async with aclosing(_gathered(page.desk.studio.events(film.id, first[1]))) as happening:
        async for happened in happening:
            _fold(shares, happened)
            now, _ = await _parts(page, film.id, shares)
            changed = {name: html for name, html in now.items() if sent.get(name) != html}
            sent = now
            if changed:
                yield _message("parts", "".join(changed.values()))
            for shot in dict.fromkeys(event.fact.shot for event in happened if isinstance(event.fact, TakeReady | TakeFailed)):
                yield _message(f"take-{shot}", "changed")
    yield _message("over", "over")


async def _parts(page: Page, film: str, shares: dict[str, float]) -> tuple[dict[str, str], int]:
    """Every part as it looks now, and the last event that it shows."""
    told = await facts(page, await page.desk.film(page.caller, film), shares)
    reel: Reel = told["reel"]  # pyright: ignore[reportAssignmentType]
    made = {name: page.part(name, **told, swapped=True) for name in PARTS}
    made |= {tile.id: page.part("tile", reel=reel, one=tile, swapped=True) for tile in reel.tiles}
    latest: int = told["latest"]  # pyright: ignore[reportAssignmentType]
    return made, latest


def _fold(shares: dict[str, float], happened: list[Event]) -> None:
    for event in happened:
        match event.fact:
            case TakeProgressed(shot=shot, progress=progress):
                shares[shot] = progress
            case TakeReady(shot=shot) | TakeFailed(shot=shot):
                shares.pop(shot, None)
            case _:
                pass


async def _gathered(happening: AsyncGenerator[Event]) -> AsyncGenerator[list[Event]]:
    """What happens, a few things at once."""
    queue: asyncio.Queue[Event | None] = asyncio.Queue()

    async def heard() -> None:
        try:
            with suppress(StoryreelError):  # why the film broke off is kept with it, and shown
                async with aclosing(happening):
                    async for event in happening:
                        queue.put_nowait(event)
        finally:
            queue.put_nowait(None)

    listening = asyncio.create_task(heard())
    try:
        gathered: list[Event | None] = []
        while None not in gathered:
            gathered = [await queue.get()]
            await asyncio.sleep(GATHERED_S)
            while not queue.empty():
                gathered.append(queue.get_nowait())
            if events := [event for event in gathered if event is not None]:
                yield events
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)


def _message(name: str, text: str) -> str:
    """One server-sent event."""
    lines = "".join(f"data: {line}\n" for line in text.splitlines() if line.strip())
    return f"event: {name}\n{lines}\n"
