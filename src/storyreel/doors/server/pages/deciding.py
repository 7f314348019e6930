"""What a person decides about a call of which nobody can know whether it arrived: it is there, send it again, or do without."""

from fastapi import APIRouter
from starlette.responses import Response

from storyreel.domain.errors import InvalidRequest
from storyreel.doors.server.pages.page import AForm, AMaking, PageRoute, seen_at
from storyreel.doors.server.refusals import NotFound

router = APIRouter(include_in_schema=False, route_class=PageRoute)


@router.post("/films/{film}/doubts/{number}")
async def decide(film: str, number: str, page: AMaking, form: AForm) -> Response:
    """The film, on its way again with what was decided."""
    known, studio = await page.desk.film(page.caller, film), page.desk.studio
    found = next((one for one in await studio.doubts() if one.call.key.film == known.id and str(one.number) == number), None)
    if found is None:
        raise NotFound("doubt", number)
    match form.text("decision"):
        case "adopt":
            decided = await studio.adopt(found.call.take, form.text("remote_id"))
        case "resubmit":
            decided = await studio.resubmit(found.call.take)
        case "abandon":
            decided = await studio.abandon(found.call.take, charged=bool(form.text("charged")))
        case other:
            raise InvalidRequest(f"{other!r} is no decision: adopt, resubmit or abandon.", field="decision")
    await studio.restart(decided)
    return seen_at(f"/films/{known.id}")
