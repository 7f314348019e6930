"""`/v1/videos`: create, retrieve, list, content, delete, remix."""

import secrets

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from storyreel.doors.server.callers import Caller
from storyreel.doors.server.desk import Desk, desk_of
from storyreel.doors.server.files import blob_answer
from storyreel.doors.server.refusals import Conflict, NotFound
from storyreel.doors.server.videos.counter import Counter
from storyreel.doors.server.videos.fields import sent
from storyreel.doors.server.videos.offer import Asked
from storyreel.doors.server.videos.told import video_json
from storyreel.doors.server.videos.wish import USUAL_SIZE, wish_of
from storyreel.library import videos
from storyreel.library.keys import Scope
from storyreel.library.videos import PREFIX, Standing, Video

PATH = "/v1/videos"
router = APIRouter(prefix=PATH, tags=["videos"])
POLL_AFTER_MS = "2000"


@router.post("")
async def create_video(request: Request) -> Response:
    """Make a video. It is accepted at once and made in the background; ask for it until it is completed."""
    desk, caller = await _caller(request, Scope.MAKE)
    counter: Counter = request.app.state.counter
    told = await sent(request)
    wish = wish_of(told, desk.studio.settings.model)
    asked = Asked(
        model=wish.model,
        seconds=wish.seconds,
        size=wish.size or USUAL_SIZE,
        pictured=False,
        characters=len(wish.prompt),
        budget_usd=wish.budget_usd,
        allow_unpriced=wish.allow_unpriced,
    )
    offer = await counter.offers.offer(asked)
    token = secrets.token_hex(12)
    video = Video(
        id=f"{PREFIX}{token}",
        user=caller.user,
        api_key=caller.api_key,
        model=wish.model,
        route=offer.route,
        prompt=wish.prompt,
        seconds=offer.seconds,
        size=str(offer.size),
        seed=int(token[:8], 16) if wish.seed is None else wish.seed,
        budget_usd=wish.budget_usd,
        allow_unpriced=wish.allow_unpriced,
        notes=offer.notes,
        quote_usd=offer.quote_usd,
        created=desk.now(),
    )
    await desk.database.write(videos.insert_video, video)
    counter.intake.ring()
    return _answer(Standing(video=video, state=None))


@router.get("/{video}")
async def retrieve_video(video: str, request: Request) -> Response:
    """A video as it stands; one that failed says why in `error`."""
    desk, caller = await _caller(request, Scope.READ)
    return _answer(await _standing(desk, caller, video))


@router.get("/{video}/content")
async def download_video(video: str, request: Request) -> Response:
    """The finished video, an MP4. It may be asked for in parts (Range)."""
    desk, caller = await _caller(request, Scope.READ)
    standing = await _standing(desk, caller, video)
    if standing.output is None:
        raise Conflict(f"The video {video} is not completed; it can be had once it is.")
    return await blob_answer(desk, request, standing.output, "video/mp4", f"{video}.mp4")


async def _caller(request: Request, scope: Scope) -> tuple[Desk, Caller]:
    desk = desk_of(request)
    caller = await desk.callers.caller(request)
    desk.rates.must_allow(caller.name)
    caller.must(scope)
    return desk, caller


async def _standing(desk: Desk, caller: Caller, id: str) -> Standing:
    found = (await desk.database.read(videos.standings, [id])).get(id)
    if found is None or found.video.user != caller.user:
        raise NotFound("video", id)
    return found


def _answer(standing: Standing) -> Response:
    return JSONResponse(video_json(standing), headers={"openai-poll-after-ms": POLL_AFTER_MS})
