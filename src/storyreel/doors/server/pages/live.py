"""`/films/{id}/live`: what changes on a film's page, for as long as it is open (server-sent events).

`parts` are parts of the page, as they are now; `take` names a shot whose takes are others now; `whole` says that the page is to
be asked for anew; `again`, that this stream ends here and the next one goes on. The id of each is the number of the last event
that the page shows then, from which it goes on where it was cut off.
"""

import asyncio
from collections.abc import AsyncGenerator, Iterator

from fastapi import APIRouter
from starlette.responses import Response

from storyreel.domain.film import Film
from storyreel.doors.server.pages.page import APage, Page, PageRoute
from storyreel.doors.server.pages.screening import Screenings, Seen
from storyreel.doors.server.stream import EventStream

router = APIRouter(include_in_schema=False, route_class=PageRoute)

LONGEST_S = 600.0  # then the page comes again, and is asked once more who it is


@router.get("/films/{film}/live")
async def live(film: str, page: APage, seen: int = -1, shape: str = "") -> Response:
    """What changes on the film's page. `seen`: the last event that the page shows; `shape`: its shape."""
    known = await page.desk.film(page.caller, film)
    place = page.desk.streams.place(page.caller.name)
    return EventStream(_told(page, known, seen, shape), page.request.app.state.stopping, place)


async def _told(page: Page, film: Film, seen: int, shape: str) -> AsyncGenerator[str]:
    """Each part once it looks otherwise than it did."""
    screenings: Screenings = page.request.app.state.screenings
    until = asyncio.get_running_loop().time() + LONGEST_S
    async with screenings.of(page, film) as screening:
        now = await screening.after(None)
        while now is not None and now.latest < seen:  # the page is newer
            now = await screening.after(now)
        shown = Seen(latest=seen, shape=shape, parts={}, today="", takes={})
        if now is not None and (now.latest, now.shape) == (seen, shape):
            shown = now
        while now is not None:
            for message in _differences(shown, now):
                yield message
            shown = now
            try:
                async with asyncio.timeout_at(until):
                    now = await screening.after(shown)
            except TimeoutError:
                yield _message("again", "again", shown.latest)
                return


def _differences(before: Seen, now: Seen) -> Iterator[str]:
    if now.shape != before.shape:
        yield _message("whole", now.shape, now.latest)
        if now.today != before.today:
            yield _message("parts", now.today, now.latest)
        return
    today = now.today if now.today != before.today else ""
    if changed := today + "".join(html for look, html in now.parts.items() if look not in before.parts):
        yield _message("parts", changed, now.latest)
    for shot, takes in now.takes.items():
        if before.takes.get(shot) != takes:
            yield _message("take", shot, now.latest)


def _message(name: str, text: str, latest: int) -> str:
    """One server-sent event."""
    lines = "".join(f"data: {line}\n" for line in text.splitlines() if line.strip())
    return f"id: {latest}\nevent: {name}\n{lines}\n"
