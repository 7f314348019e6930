"""`/films/{id}/live`: the parts of a film's page, sent again when they change, until the film ends (server-sent events)."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress

from fastapi import APIRouter
from starlette.responses import Response, StreamingResponse

from storyreel.domain.errors import StoryreelError
from storyreel.domain.events import Event, TakeFailed, TakeProgressed, TakeReady
from storyreel.domain.film import Film
from storyreel.doors.server.pages.film import facts
from storyreel.doors.server.pages.page import NO_STORE, APage, Page, PageRoute
from storyreel.doors.server.pages.reel import Reel, reel_of

router = APIRouter(include_in_schema=False, route_class=PageRoute)

GATHERED_S = 0.2  # what happens in so short a time is shown at once
STILL_THERE_S = 15.0  # without a word, one is said, so that nobody between closes the line
PARTS = ("steps", "actions", "trouble", "money", "log")


@router.get("/films/{film}/live")
async def live(film: str, page: APage, seen: int = -1) -> Response:
    """What changes on the film's page. `seen`: the last event that the page shows."""
    known = await page.desk.film(page.caller, film)
    headers = {**NO_STORE, "X-Accel-Buffering": "no"}
    return StreamingResponse(_told(page, known, seen), media_type="text/event-stream", headers=headers)


async def _told(page: Page, film: Film, seen: int) -> AsyncGenerator[str]:
    """Each part once it looks otherwise than it did, then that it is over."""
    shares: dict[str, float] = {}
    first = await _parts(page, film.id, shares)
    sent = first[0] if first[1] == seen else {}
    yield _message("parts", "".join(html for name, html in first[0].items() if sent.get(name) != html))
    sent = first[0]
    async for happened in _gathered(page.desk.studio.events(film.id, first[1])):
        if not happened:
            yield ": still here\n\n"
            continue
        _fold(shares, happened)
        now, _ = await _parts(page, film.id, shares)
        changed = {name: html for name, html in now.items() if sent.get(name) != html}
        sent = now
        if changed:
            yield _message("parts", "".join(changed.values()))
        if any(event.fact.kind == "film.ready" for event in happened):
            yield _message("parts", await _screen(page, film.id))
        for shot in dict.fromkeys(event.fact.shot for event in happened if isinstance(event.fact, TakeReady | TakeFailed)):
            yield _message(f"take-{shot}", "changed")
    yield _message("over", "over")


async def _screen(page: Page, film: str) -> str:
    """The player, once there is a film to play."""
    reel = await reel_of(page.desk, await page.desk.film(page.caller, film))
    return page.part("screen", reel=reel, tile=reel.tiles[0], swapped=True)


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
    """What happens, a few things at once; nothing, every little while in which nothing does."""
    queue: asyncio.Queue[Event | None] = asyncio.Queue()

    async def heard() -> None:
        with suppress(StoryreelError):  # why the film broke off is kept with it, and shown
            async for event in happening:
                queue.put_nowait(event)
        queue.put_nowait(None)

    listening = asyncio.create_task(heard())
    try:
        while True:
            gathered: list[Event | None] = []
            with suppress(TimeoutError):
                async with asyncio.timeout(STILL_THERE_S):
                    gathered.append(await queue.get())
                await asyncio.sleep(GATHERED_S)
            while not queue.empty():
                gathered.append(queue.get_nowait())
            yield [event for event in gathered if event is not None]
            if None in gathered:
                return
    finally:
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening


def _message(name: str, text: str) -> str:
    """One server-sent event."""
    lines = "".join(f"data: {line}\n" for line in text.splitlines() if line.strip())
    return f"event: {name}\n{lines}\n"
