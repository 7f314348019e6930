"""Pictures that are sent in before a film is asked for: assets, told in the words of the earlier service."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel

from storyreel.domain.errors import InvalidRequest
from storyreel.doors.server.assets import BODY, kept
from storyreel.doors.server.desk import ADesk, Maker
from storyreel.doors.server.judging import LONGEST_NAME, MOST_WORDS_BYTES
from storyreel.media.received import MOST_PICTURE_BYTES

router = APIRouter(tags=["video-gen"])

PATHS = ("/api/video-gen/upload", "/api/file/upload")
MOST_BODY_BYTES = MOST_PICTURE_BYTES + MOST_WORDS_BYTES
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
    file_name: Annotated[str, Query(max_length=LONGEST_NAME)] = "",
) -> Attached:
    """Send a picture (JPEG, PNG, WebP and others, up to 10 MB), as the body or a form's `file`; it is an asset."""
    if file_type != PICTURE:
        raise InvalidRequest(f"file_type {file_type} is not taken: pictures are, as 2.", field="file_type")
    asset, _ = await kept(request, desk, caller, file_name, clips=False)
    measures = Measures(height=asset.height_px, width=asset.width_px)
    return Attached(key=asset.id, name=asset.name, identifier=asset.digest[:32], option=measures)
