"""`/v1/videos`: create, retrieve, list, content, cancel, delete, remix."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse, Response

from storyreel.doors.server.callers import Caller
from storyreel.doors.server.desk import ADesk, Desk, Maker, Reader, caller_of, desk_of
from storyreel.doors.server.files import blob_answer
from storyreel.doors.server.refusals import Conflict
from storyreel.doors.server.videos import described
from storyreel.doors.server.videos.accepting import Acceptance, asking
from storyreel.doors.server.videos.described import ErrorBody, VideoDeleted, VideoPage, VideoView
from storyreel.doors.server.videos.fields import sent
from storyreel.doors.server.videos.stills import WEBP
from storyreel.doors.server.videos.told import deleted_json, page_json, video_json
from storyreel.doors.server.videos.wish import remix_wish, wish_of
from storyreel.library.keys import Scope
from storyreel.library.videos import Standing

PATH = "/v1/videos"
POLL_AFTER_MS = "2000"
VIDEO: dict[int | str, dict[str, Any]] = {200: {"model": VideoView}}
FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"video/mp4": {}, WEBP: {}}, "description": "The file."},
    206: {"content": {"video/mp4": {}, WEBP: {}}, "description": "The part of it that was asked for."},
}
router = APIRouter(prefix=PATH, tags=["videos"], responses={"default": {"model": ErrorBody, "description": "What went wrong."}})


@router.post("", responses=VIDEO, openapi_extra=described.CREATE)
async def create_video(request: Request) -> Response:
    """Make a video. It is accepted at once and made in the background; ask for it until it is completed."""
    desk, caller = await _caller(request, Scope.MAKE)
    wish = wish_of(await sent(request), desk.studio.settings.model)
    return _answer(await _acceptance(request).accept(asking(caller, request.headers, wish.digest), wish))


@router.get("", responses={200: {"model": VideoPage}})
async def list_videos(
    request: Request,
    caller: Reader,
    limit: Annotated[int, Query(ge=0, le=100)] = 20,
    after: Annotated[str, Query(max_length=64, description="The `last_id` of the page before.")] = "",
    order: Literal["asc", "desc"] = "desc",
) -> Response:
    """The caller's videos, the newest first unless `order` says otherwise."""
    found = await _acceptance(request).page(caller, limit + 1, after, oldest_first=order == "asc")
    return JSONResponse(page_json(found[:limit], has_more=len(found) > limit))


@router.get("/{video}", responses=VIDEO, openapi_extra=described.RETRIEVE)
async def retrieve_video(request: Request) -> Response:
    """A video as it stands; one that failed says why in `error`."""
    _, caller = await _caller(request, Scope.READ)
    return _answer(await _acceptance(request).standing(caller, request.path_params["video"]))


@router.get("/{video}/content", response_class=Response, responses=FILE)
async def download_video(
    video: str,
    request: Request,
    desk: ADesk,
    caller: Reader,
    variant: Annotated[Literal["video", "thumbnail", "spritesheet"], Query(description="The stills are WebP.")] = "video",
) -> Response:
    """The finished video, an MP4, or stills of it. Either may be asked for in parts (Range)."""
    standing = await _acceptance(request).standing(caller, video)
    if standing.output is None:
        raise Conflict(f"The video {video} is {video_json(standing)['status']}; it can be had once it is completed.")
    if variant == "video":
        return await blob_answer(desk, request, standing.output, "video/mp4", f"{video}.mp4")
    still = await _acceptance(request).stills.still(standing.output, variant)
    return await blob_answer(desk, request, still, WEBP, f"{video}.webp")


@router.post("/{video}/cancel", responses=VIDEO)
async def cancel_video(video: str, request: Request, caller: Maker) -> Response:
    """End a video: nothing more is sent for it. It fails with the code `cancelled`; one that has ended stays as it is."""
    return _answer(await _acceptance(request).cancel(caller, video))


@router.delete("/{video}", responses={200: {"model": VideoDeleted}})
async def delete_video(video: str, request: Request, caller: Maker) -> Response:
    """Remove a video; one that is being made is cancelled first."""
    await _acceptance(request).delete(caller, video)
    return JSONResponse(deleted_json(video))


@router.post("/{video}/remix", responses=VIDEO, openapi_extra=described.REMIX)
async def remix_video(request: Request) -> Response:
    """Make a video once more by other words: of the same model, length, size, first frame and seed."""
    _, caller = await _caller(request, Scope.MAKE)
    acceptance = _acceptance(request)
    told = await sent(request)
    first = (await acceptance.standing(caller, request.path_params["video"])).video
    wish = remix_wish(told, first)
    return _answer(await acceptance.accept(asking(caller, request.headers, wish.digest, first.id), wish, remixed=first))


async def _caller(request: Request, scope: Scope) -> tuple[Desk, Caller]:
    """As `Reader` and `Maker` find it, for routes that are reached without the application."""
    desk = desk_of(request)
    caller = await caller_of(request, desk)
    caller.must(scope)
    return desk, caller


def _acceptance(request: Request) -> Acceptance:
    found: Acceptance = request.app.state.counter
    return found


def _answer(standing: Standing) -> Response:
    return JSONResponse(video_json(standing), headers={"openai-poll-after-ms": POLL_AFTER_MS})


OFTEN = {("POST", PATH): (create_video, ""), ("GET", f"{PATH}/"): (retrieve_video, "video")}
"""What is asked so often that it is found before anything else."""
