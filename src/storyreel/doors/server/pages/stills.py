"""Pictures of shots and films: a frame of the take where there is one, otherwise the animatic's drawing."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Literal

from fastapi import APIRouter
from starlette.responses import Response

from storyreel.domain.film import Film
from storyreel.domain.generation import GenerationState, Take
from storyreel.domain.values import Digest
from storyreel.doors.server.files import kept_for
from storyreel.doors.server.pages.page import APage, Page, PageRoute
from storyreel.doors.server.refusals import NotFound
from storyreel.production.drawings import drawing, frame, request_of, version_of

if TYPE_CHECKING:
    from PIL.Image import Image

router = APIRouter(include_in_schema=False, route_class=PageRoute)

Which = Literal["first", "middle", "last"]


@router.get("/films/{film}/poster")
async def poster(film: str, page: APage) -> Response:
    """A frame from the middle of the finished film."""
    known = await page.desk.film(page.caller, film)
    if known.output is None:
        return await _shot(page, known, known.storyboard.shots[0].id, "middle")
    return await film_picture(page, known.output, "middle")


@router.get("/films/{film}/stills/{shot}")
async def still(film: str, shot: str, page: APage, which: Which = "middle", take: int | None = None) -> Response:
    """A shot's picture: of the take that it uses, or of that number; drawn, where it has none."""
    known = await page.desk.film(page.caller, film)
    if all(one.id != shot for one in known.storyboard.shots):
        raise NotFound("shot", shot)
    return await _shot(page, known, shot, which, take)


async def film_picture(page: Page, clip: Digest, which: Which) -> Response:
    """A frame of a clip in our store."""
    path = await page.desk.blobs.fetch(clip)
    return await _jpeg(page, f"{clip}:{which}", clip, partial(frame, path, which))


async def _shot(page: Page, film: Film, shot: str, which: Which, number: int | None = None) -> Response:
    made = await _take(page, film, shot, number)
    if made is not None and made.output is not None:
        return await film_picture(page, made.output, which)
    request = request_of(film, shot, page.desk.studio.catalogue.drawn_by())
    first = await page.desk.blobs.fetch(request.first_frame) if request.first_frame else None
    version = version_of(request)
    return await _jpeg(page, version, version, partial(drawing, request, first))


async def _take(page: Page, film: Film, shot: str, number: int | None) -> Take | None:
    """The take of that number, or the one that the shot uses, where it is ready."""
    if number is None:
        found = next((one.take for one in await page.desk.studio.shots(film) if one.id == shot), None)
    else:
        found = next((one for one in (await page.desk.studio.takes(film)).get(shot, ()) if one.number == number), None)
    return found if found is not None and found.state is GenerationState.READY else None


async def _jpeg(page: Page, name: str, version: str, make: "Callable[[], Image]") -> Response:
    data = await page.site.drawings.jpeg(name, make)
    return Response(data, media_type="image/jpeg", headers={"Cache-Control": kept_for(page.request, version)})
