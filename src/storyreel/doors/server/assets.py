"""`/v1/assets`: pictures and clips sent in, to be used in films; judged by what is in them, and sent again for nothing."""

import asyncio
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.values import JSON
from storyreel.doors.server.callers import Caller
from storyreel.doors.server.desk import ADesk, Desk, Maker, Reader
from storyreel.doors.server.files import blob_answer
from storyreel.doors.server.judging import FILE, LONGEST_NAME, MOST_CLIP_BYTES, MOST_WORDS_BYTES, digest_of, judged, sent_file
from storyreel.doors.server.refusals import NoRoom, NotFound
from storyreel.doors.server.views import View
from storyreel.library import uploads
from storyreel.library.sent import keep_sent
from storyreel.library.uploads import Upload
from storyreel.media.received import JPEG, MP4, OTHER_CLIP, PNG

router = APIRouter(prefix="/v1/assets", tags=["assets"])

PATH = "/v1/assets"
MOST_BODY_BYTES = MOST_CLIP_BYTES + MOST_WORDS_BYTES
ENDINGS = {PNG: "png", JPEG: "jpg", MP4: "mp4", OTHER_CLIP: "bin"}
BYTES: JSON = {"type": "string", "format": "binary"}
BODY: JSON = {
    "required": True,
    "content": {
        "application/octet-stream": {"schema": BYTES},
        "multipart/form-data": {"schema": {"type": "object", "properties": {FILE: BYTES}, "required": [FILE]}},
    },
}


class AssetView(View):
    """A picture or a clip that was sent in, as it is kept."""

    id: str
    object: Literal["asset"] = "asset"
    kind: Literal["picture", "clip"]
    name: Annotated[str, Field(description="As its sender called it.")]
    media_type: Annotated[str, Field(description="Of the content: image/png or image/jpeg; video/mp4, or octet-stream.")]
    bytes: Annotated[int, Field(description="Of the content.")]
    digest: Annotated[str, Field(description="SHA-256 of the content.")]
    width: Annotated[int, Field(description="Pixels.")]
    height: Annotated[int, Field(description="Pixels.")]
    seconds: Annotated[float | None, Field(description="Null: it is a picture.")]
    content: Annotated[str, Field(description="Where it is; it may be asked for in parts (Range).")]
    created: datetime


class AssetPage(View):
    """Some assets, newest first."""

    object: Literal["list"] = "list"
    data: tuple[AssetView, ...]
    has_more: bool
    next: Annotated[str | None, Field(description="Give this as `after` to go on.")]


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    openapi_extra={"requestBody": BODY},
    responses={200: {"model": AssetView, "description": "The same file was sent before: the asset that is there."}},
)
async def upload_asset(
    request: Request,
    response: Response,
    desk: ADesk,
    caller: Maker,
    name: Annotated[str, Query(max_length=LONGEST_NAME, description="What to call it; else the form's name of the file.")] = "",
) -> AssetView:
    """Send a picture (JPEG, PNG, WebP, GIF, BMP, TIFF, AVIF; up to 10 MB) or a clip (up to 100 MB).

    It is the body, or a form's `file`; what it is, is told by what is in it. A picture is drawn anew, upright, at most 4096
    pixels long. The same file again is the same asset.
    """
    upload, is_new = await kept(request, desk, caller, name)
    if not is_new:
        response.status_code = HTTPStatus.OK
    return _view(upload)


@router.get("")
async def list_assets(
    desk: ADesk,
    caller: Reader,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    after: Annotated[str, Query(max_length=64, description="The `next` of the page before.")] = "",
) -> AssetPage:
    """The caller's assets, newest first."""
    found = await desk.database.read(uploads.list_uploads, caller.user, after=after, limit=limit + 1)
    page, more = found[:limit], len(found) > limit
    return AssetPage(data=tuple(map(_view, page)), has_more=more, next=page[-1].id if more else None)


@router.get("/{asset}")
async def retrieve_asset(asset: str, desk: ADesk, caller: Reader) -> AssetView:
    """What is known of an asset."""
    return _view(await upload_of(desk, caller, asset))


@router.delete("/{asset}", status_code=HTTPStatus.NO_CONTENT)
async def delete_asset(asset: str, desk: ADesk, caller: Maker) -> None:
    """Forget an asset. Films that use it keep what they need."""
    if not await desk.database.write(uploads.drop_upload, caller.user, asset):
        raise NotFound("asset", asset)


@router.get(
    "/{asset}/content",
    response_class=Response,
    responses={200: {"content": {kind: {} for kind in ENDINGS}}, 206: {"description": "The part that was asked for."}},
)
async def download_asset(asset: str, request: Request, desk: ADesk, caller: Reader) -> Response:
    """The picture or clip as it is kept."""
    known = await upload_of(desk, caller, asset)
    name = f"{known.id}.{ENDINGS[known.media_type]}"
    return await blob_answer(desk, request, known.digest, known.media_type, name)


async def kept(request: Request, desk: Desk, caller: Caller, name: str, *, clips: bool = True) -> tuple[Upload, bool]:
    """The file that a request carries as an upload of the caller's, and whether it is a new one. `clips`: whether they are taken.

    Raises InvalidRequest, MediaUnusable, NoRoom, and what the porter raises of bodies.
    """
    room, now = desk.studio.settings.upload_space, desk.now()
    async with sent_file(request, name) as (path, called):
        sent = await asyncio.to_thread(digest_of, path)
        known = await desk.database.read(uploads.find_upload, caller.user, uploads.upload_id(caller.user, sent))
        if known is not None:
            _must_be_taken(known.seconds, clips=clips)
            return known, False
        found = await judged(desk, path)
        _must_be_taken(found.seconds, clips=clips)
        content = path if found.data is None else found.data
        told = {"user": caller.user, "sent": sent, "name": called}
        known = await keep_sent(desk.database, desk.blobs, content, found, **told, room=room, now=now)
    if known is None:
        raise NoRoom(await desk.database.read(uploads.space_taken, caller.user), room)
    return known, known.created == now


def _must_be_taken(seconds: float | None, *, clips: bool) -> None:
    """Raises InvalidRequest for a clip where only pictures are taken."""
    if seconds is not None and not clips:
        raise InvalidRequest("This is a clip; send a picture.", field=FILE)


async def upload_of(desk: Desk, caller: Caller, id: str) -> Upload:
    """An upload of the caller's own. Raises NotFound for anybody else's, as if it were not there."""
    found = await desk.database.read(uploads.find_upload, caller.user, id)
    if found is None:
        raise NotFound("asset", id)
    return found


async def picture_of(desk: Desk, caller: Caller, id: str, *, field: str = "picture") -> bytes:
    """The picture of an asset of the caller's, as PNG or JPEG. Raises NotFound, InvalidRequest for a clip, StoreUnusable."""
    known = await upload_of(desk, caller, id)
    if known.seconds is not None:
        raise InvalidRequest(f"The asset {id} is a clip; a picture is needed.", field=field)
    return await desk.blobs.get_bytes(known.digest)


def _view(upload: Upload) -> AssetView:
    return AssetView(
        id=upload.id,
        kind="picture" if upload.seconds is None else "clip",
        name=upload.name,
        media_type=upload.media_type,
        bytes=upload.bytes,
        digest=upload.digest,
        width=upload.width_px,
        height=upload.height_px,
        seconds=upload.seconds,
        content=f"{PATH}/{upload.id}/content",
        created=upload.created,
    )
