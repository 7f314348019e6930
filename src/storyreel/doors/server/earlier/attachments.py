"""Pictures that are sent in before a film is asked for: judged by what is in them, kept as PNG, named by a key that ends.

A key is sealed for its sender, and ends before a sweep may remove what no film refers to.
"""

import asyncio
import hashlib
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.datastructures import UploadFile

from storyreel.domain.errors import InvalidRequest, MediaUnusable
from storyreel.domain.values import JSON
from storyreel.doors.server.callers import Caller
from storyreel.doors.server.desk import ADesk, Desk, Maker
from storyreel.doors.server.refusals import NotFound
from storyreel.fetcher import MOST_PICTURE_BYTES
from storyreel.library.sweep import GRACE

router = APIRouter(tags=["video-gen"])

PATHS = ("/api/video-gen/upload", "/api/file/upload")
MOST_BODY_BYTES = MOST_PICTURE_BYTES + 100_000  # a form has words around the file
PURPOSE = "attachment"
KEY_S = GRACE.total_seconds() / 2
FILE: JSON = {"type": "string", "format": "binary"}
BODY: JSON = {
    "required": True,
    "content": {
        "application/octet-stream": {"schema": FILE},
        "multipart/form-data": {"schema": {"type": "object", "properties": {"file": FILE}, "required": ["file"]}},
    },
}
PICTURE = 2
"""The `file_type` of a picture."""


class Measures(BaseModel):
    """A picture's size in pixels."""

    height: int
    width: int


class Attached(BaseModel):
    """A picture that was taken: give all of this as `image_attachment`."""

    key: str
    name: str
    type: Literal["vlm_image"] = "vlm_image"
    file_review_state: int = 3  # as the earlier service told what was looked at and found good
    file_parse_state: int = 3
    identifier: str
    option: Measures


@router.post(PATHS[0], openapi_extra={"requestBody": BODY})
@router.post(PATHS[1], include_in_schema=False)
async def upload_picture(
    request: Request,
    desk: ADesk,
    caller: Maker,
    file_type: Annotated[int, Query(description="2: a picture; nothing else is taken.")] = PICTURE,
    file_name: Annotated[str, Query(max_length=255)] = "image.jpg",
) -> Attached:
    """Send a picture (JPEG, PNG, WebP and others, up to 10 MB), as the body or a form's `file`; its key lives half an hour."""
    from storyreel.media.pictures import open_picture, png_bytes

    if file_type != PICTURE:
        raise InvalidRequest(f"file_type {file_type} is not taken: pictures are, as 2.", field="file_type")
    data = await _sent(request)
    if not 0 < len(data) <= MOST_PICTURE_BYTES:
        problem = "it is empty" if not data else f"it is larger than {MOST_PICTURE_BYTES // 1024**2} MB"
        raise MediaUnusable("The picture", problem, field="file")
    image = await asyncio.to_thread(open_picture, data)
    digest = await desk.blobs.put_bytes(await asyncio.to_thread(png_bytes, image))
    return Attached(
        key=desk.seal.closed(PURPOSE, f"{digest} {caller.user}", KEY_S),
        name=file_name,
        identifier=hashlib.sha256(data).hexdigest()[:32],
        option=Measures(height=image.height, width=image.width),
    )


async def picture_behind(desk: Desk, caller: Caller, key: str) -> bytes:
    """The picture of a key. Raises NotFound where it has ended or is another's."""
    digest, _, user = desk.seal.opened(PURPOSE, key).partition(" ")
    if not digest or user != caller.user:
        raise NotFound("attachment", key)
    return await desk.blobs.get_bytes(digest)


async def _sent(request: Request) -> bytes:
    if not request.headers.get("content-type", "").startswith("multipart/"):
        return await request.body()
    async with request.form(max_files=1) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise InvalidRequest("There is no `file` in the form.", field="file")
        return await file.read()
