"""A finished film shared by a link that ends: whoever has it sees that film, as it is now, and nothing else."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from storyreel.doors.server.addresses import SHARED, SHARED_S, shared_address
from storyreel.doors.server.desk import ADesk
from storyreel.doors.server.links import LinkEnded, link_to
from storyreel.doors.server.pages.page import NO_STORE, AForm, AMaking, PageRoute, language_of, site_of
from storyreel.doors.server.refusals import Conflict
from storyreel.library import films

router = APIRouter(include_in_schema=False, route_class=PageRoute)


@router.post("/films/{film}/share")
async def share(film: str, page: AMaking, form: AForm) -> Response:  # noqa: ARG001  its token was looked at
    """A link for others, and until when it leads here."""
    known = await page.desk.film(page.caller, film)
    if known.output is None:
        raise Conflict(f"The film {known.id} is {known.state.value}; it can be shared once it is ready.")
    address = shared_address(page.desk.public_url, page.desk.seal, known.id, known.output)
    return page.answer("pages/share", film=known, address=address, days=round(SHARED_S / 86_400))


@router.get("/shared/{sealed}")
async def shared(sealed: str, request: Request, desk: ADesk) -> Response:
    """The film that a link leads to."""
    id, _, output = desk.seal.opened(SHARED, sealed).partition("/")
    if not output:
        raise LinkEnded
    film = await desk.database.read(films.film, id)
    source = link_to(desk, output, f"{film.id}.mp4").removeprefix(desk.public_url)
    text = site_of(request).rendered(language_of(request), "pages/shared.html", page=None, film=film, source=source)
    return HTMLResponse(text, headers=NO_STORE)
