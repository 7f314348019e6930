"""`/v1/films/{film}/shots/{shot}/takes` and `/cuts`: everything that was ever made for a film, each clip to be had."""

from datetime import datetime
from typing import Literal

from fastapi import APIRouter, Request
from starlette.responses import Response

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.film import Cut, Film
from storyreel.domain.generation import Take, is_keyframe
from storyreel.doors.server.callers import Caller
from storyreel.doors.server.desk import ADesk, Desk, Reader
from storyreel.doors.server.files import blob_answer
from storyreel.doors.server.refusals import Conflict, NotFound
from storyreel.doors.server.views import TakeView, View, take_view

router = APIRouter(prefix="/v1/films/{film}", tags=["shots"])

CLIP, PICTURE = "video/mp4", "image/png"


class TakeList(View):
    """Every take of a shot, the first one first."""

    object: Literal["list"] = "list"
    data: tuple[TakeView, ...]


class CutView(View):
    """A film as it was joined once."""

    number: int
    seconds: float
    takes: tuple[str, ...]
    film: str
    created: datetime


class CutList(View):
    """Every film that was joined of these shots, the first one first; the last is the film as it is."""

    object: Literal["list"] = "list"
    data: tuple[CutView, ...]


def shot_of(film: Film, text: str) -> str:
    """The id of the shot of that id or number, or of the frame it begins on. Raises NotFound."""
    from storyreel.production.change import shot_named

    try:
        return shot_named(film, text)
    except InvalidRequest as error:
        raise NotFound("shot", text) from error


@router.get("/shots/{shot}/takes")
async def list_takes(film: str, shot: str, desk: ADesk, caller: Reader) -> TakeList:
    """Every take of a shot, by its id or number; of the frame it begins on, where its id ends with `:keyframe`."""
    known = await desk.film(caller, film)
    made = (await desk.studio.takes(known)).get(shot_of(known, shot), ())
    unbilled = (await desk.studio.unbilled(known)).get(known.id, frozenset())
    return TakeList(data=tuple(take_view(take, unbilled) for take in made))


@router.get("/shots/{shot}/takes/{number}")
async def retrieve_take(film: str, shot: str, number: int, desk: ADesk, caller: Reader) -> TakeView:
    """One take of a shot."""
    take = await _take(desk, caller, film, shot, number)
    return take_view(take, (await desk.studio.unbilled(take.film)).get(take.film, frozenset()))


@router.get("/shots/{shot}/takes/{number}/content", response_class=Response, responses={200: {"content": {CLIP: {}}}})
async def download_take(film: str, shot: str, number: int, request: Request, desk: ADesk, caller: Reader) -> Response:
    """A take's clip, an MP4 (of a keyframe, a PNG). It may be asked for in parts (Range)."""
    take = await _take(desk, caller, film, shot, number)
    if take.output is None:
        raise Conflict(f"Take {number} of {take.shot} is {take.state.value}; it has no clip.")
    kind, end = (PICTURE, "png") if is_keyframe(take.shot) else (CLIP, "mp4")
    return await blob_answer(desk, request, take.output, kind, f"{take.film}-{take.output[:8]}.{end}")


@router.get("/shots/{shot}/takes/{number}/last-frame", response_class=Response, responses={200: {"content": {PICTURE: {}}}})
async def download_last_frame(film: str, shot: str, number: int, request: Request, desk: ADesk, caller: Reader) -> Response:
    """A take's very last frame, a PNG: what the next shot of a chain begins on."""
    take = await _take(desk, caller, film, shot, number)
    if take.last_frame is None:
        raise Conflict(f"Take {number} of {take.shot} is {take.state.value}; it has no last frame.")
    return await blob_answer(desk, request, take.last_frame, PICTURE, f"{take.film}-{take.last_frame[:8]}.png")


@router.get("/cuts")
async def list_cuts(film: str, desk: ADesk, caller: Reader) -> CutList:
    """Every film that was joined of this one's takes."""
    known = await desk.film(caller, film)
    return CutList(
        data=tuple(
            CutView(
                number=cut.number,
                seconds=cut.seconds,
                takes=cut.takes,
                film=f"/v1/films/{known.id}/cuts/{cut.number}/content",
                created=cut.created,
            )
            for cut in await desk.studio.cuts(known)
        )
    )


@router.get("/cuts/{number}/content", response_class=Response, responses={200: {"content": {CLIP: {}}}})
async def download_cut(film: str, number: int, request: Request, desk: ADesk, caller: Reader) -> Response:
    """An earlier cut of a film, an MP4. It may be asked for in parts (Range)."""
    known = await desk.film(caller, film)
    cut: Cut | None = next((one for one in await desk.studio.cuts(known) if one.number == number), None)
    if cut is None:
        raise NotFound("cut", str(number))
    return await blob_answer(desk, request, cut.output, CLIP, f"{known.id}-cut-{number}.mp4")


async def _take(desk: Desk, caller: Caller, film: str, shot: str, number: int) -> Take:
    known = await desk.film(caller, film)
    made = (await desk.studio.takes(known)).get(shot_of(known, shot), ())
    found = next((take for take in made if take.number == number), None)
    if found is None:
        raise NotFound("take", str(number))
    return found
