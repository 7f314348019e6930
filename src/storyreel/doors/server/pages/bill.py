"""A film's bill: a line for each call, in the order of the film, by the names that a person has for shots and takes."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.responses import Response

from storyreel.domain.film import Film
from storyreel.domain.generation import KEYFRAME
from storyreel.doors.languages.words import translations
from storyreel.doors.server.pages.page import APage, PageRoute
from storyreel.doors.server.pages.telling import take_called

if TYPE_CHECKING:
    from storyreel.production.bills import BillLine

router = APIRouter(include_in_schema=False, route_class=PageRoute)

STORYBOARD = "storyboard"
"""What a call counts for by which a language model wrote it."""


@router.get("/films/{film}/bill")
async def bill_page(film: str, page: APage) -> Response:
    """What the film was quoted, holds and has cost, a line for each call."""
    known = await page.desk.film(page.caller, film)
    bill = await page.desk.studio.bill(known.id)
    places = {shot.id: place for place, shot in enumerate(known.storyboard.shots)}
    ordered = sorted(bill.lines, key=lambda line: (places.get(line.shot.removesuffix(KEYFRAME), -1), line.created))
    said = translations(page.language).gettext
    return page.answer("pages/bill", film=known, bill=bill, lines=[(_named(known, line, said), line) for line in ordered])


def _named(film: Film, line: "BillLine", said: Callable[[str], str]) -> str:
    """What a person calls that call."""
    if line.shot == STORYBOARD:
        return said("Storyboard")
    return take_called(film, line.shot, line.take, said)
