"""`/library`: the caller's films, found by words and state."""

from fastapi import APIRouter
from starlette.responses import Response

from storyreel.domain.film import FilmState
from storyreel.doors.server.pages.page import APage, PageRoute
from storyreel.doors.server.pages.reel import stills_of
from storyreel.library import films

router = APIRouter(include_in_schema=False, route_class=PageRoute)

AT_ONCE = 24


@router.get("/library")
async def library_page(page: APage, q: str = "", state: str = "", after: str = "") -> Response:
    """Films, the newest first, some at a time."""
    states = [FilmState(state)] if state in set(FilmState) else None
    found = await page.desk.database.read(
        films.films, limit=AT_ONCE + 1, states=states, user=page.caller.user, after=after, search=q[:200].replace("\0", "")
    )
    shown = found[:AT_ONCE]
    return page.answer(
        "pages/library",
        films=shown,
        stills=stills_of(shown, page.desk.studio.catalogue),
        more=shown[-1].id if len(found) > AT_ONCE else "",
        q=q,
        state=state,
        states=tuple(FilmState),
    )
