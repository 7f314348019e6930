"""The routes of videos as OpenAPI tells them: they read their requests themselves, in every form that OpenAI's clients send."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from storyreel.domain.seeds import MOST_SEED
from storyreel.doors.server.videos.fields import PICTURE
from storyreel.doors.server.videos.wish import LEAST_S, LONGEST_MODEL, LONGEST_PROMPT, MOST_S

EXAMPLE: JsonDict = {
    "id": "video_5f3c0a9e1b7d4c2f8a6e9d01",
    "object": "video",
    "model": "kling-2.5-turbo",
    "status": "in_progress",
    "progress": 40,
    "created_at": 1795255200,
    "completed_at": None,
    "expires_at": None,
    "prompt": "A paper boat crosses a puddle",
    "size": "1280x720",
    "seconds": "5",
    "remixed_from_video_id": None,
    "error": None,
    "metadata": {"route": "kling-2.5-turbo@replicate", "price_usd": 0.35, "film": "video-5f3c0a9e1b7d4c2f8a6e9d01", "notes": []},
}


class VideoFailure(BaseModel):
    """Why a video failed."""

    code: str
    message: str


class VideoMetadata(BaseModel):
    """What Storyreel tells of a video besides."""

    route: Annotated[str, Field(description="By which it is made.")]
    price_usd: Annotated[float | None, Field(description="As it was accepted. Null: no price is known.")]
    film: Annotated[str | None, Field(description="Its film, at `/v1/films/{film}`. Null: it is not begun.")]
    notes: Annotated[list[str], Field(description="What is otherwise than asked.")]


class VideoView(BaseModel):
    """A video as it stands; every key is always there."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    id: str
    object: Literal["video"]
    model: str
    status: Literal["queued", "in_progress", "completed", "failed"]
    progress: Annotated[int, Field(ge=0, le=100, description="Per cent, as far as its provider tells.")]
    created_at: Annotated[int, Field(description="Unix seconds.")]
    completed_at: int | None
    expires_at: Annotated[int | None, Field(description="Always null: a video stays until it is deleted.")]
    prompt: str
    size: Annotated[str, Field(description="As it is made, which may be otherwise than asked.")]
    seconds: Annotated[str, Field(description="As it is made, which may be otherwise than asked.")]
    remixed_from_video_id: str | None
    error: VideoFailure | None
    metadata: VideoMetadata


class VideoPage(BaseModel):
    """Some videos."""

    object: Literal["list"]
    data: list[VideoView]
    first_id: str | None
    last_id: str | None
    has_more: bool


class VideoDeleted(BaseModel):
    """A video that is not there any more."""

    id: str
    object: Literal["video.deleted"]
    deleted: Literal[True]


class ErrorFacts(BaseModel):
    """What is wrong with a request."""

    message: str
    type: str
    param: str | None
    code: str | None


class ErrorBody(BaseModel):
    """An error in OpenAI's shape."""

    error: ErrorFacts


WISHES: dict[str, Any] = {
    "prompt": {"type": "string", "minLength": 1, "maxLength": LONGEST_PROMPT},
    "model": {
        "type": "string",
        "maxLength": LONGEST_MODEL,
        "description": "Any of `/v1/models`, as `model` or `model@provider`.",
    },
    "seconds": {
        "anyOf": [{"type": "string", "pattern": r"^\d+(\.\d+)?$"}, {"type": "number", "minimum": LEAST_S, "maximum": MOST_S}],
        "default": "4",
    },
    "size": {"type": "string", "pattern": r"^\d{2,4}x\d{2,4}$", "default": "720x1280"},
    "aspect_ratio": {"type": "string", "description": "Instead of a size: `16:9`."},
    "resolution": {"type": "string", "description": "With an aspect ratio: `720p`."},
    "seed": {"type": "integer", "minimum": 0, "maximum": MOST_SEED},
    "budget": {"type": "number", "minimum": 0, "description": "US dollars that it may cost."},
    "allow_unpriced": {"type": "boolean", "default": False},
}
REFERENCE = {
    "type": "object",
    "properties": {
        "image_url": {"type": "string", "description": "An https address, or a data URL."},
        "file_id": {"type": "string", "description": "A picture of `/v1/assets`."},
    },
    "minProperties": 1,
    "maxProperties": 1,
    "additionalProperties": False,
}
ASKED = {"prompt": "A paper boat crosses a puddle", "model": "animatic", "seconds": "4", "size": "1280x720"}


def body_of(wishes: dict[str, Any], picture: dict[str, Any] | None, example: dict[str, Any]) -> dict[str, Any]:
    """A request's body, as JSON or as a form, whose file is the picture."""

    def schema(reference: dict[str, Any] | None) -> dict[str, Any]:
        known = wishes if reference is None else {**wishes, PICTURE: reference}
        return {"type": "object", "properties": known, "required": ["prompt"], "additionalProperties": False}

    file = None if picture is None else {"type": "string", "format": "binary"}
    content = {
        "application/json": {"schema": schema(picture), "example": example},
        "multipart/form-data": {"schema": schema(file), "example": example},
    }
    return {"requestBody": {"required": True, "content": content}}


VIDEO_IN_PATH = {"name": "video", "in": "path", "required": True, "schema": {"type": "string"}}
KEY_IN_HEADER = {
    "name": "Idempotency-Key",
    "in": "header",
    "schema": {"type": "string", "maxLength": 255},
    "description": "Any text of yours; the same one again is answered with the same video.",
}
BEARER: dict[str, Any] = {"security": [{"HTTPBearer": []}]}
CREATE = {**body_of(WISHES, REFERENCE, ASKED), **BEARER, "parameters": [KEY_IN_HEADER]}
RETRIEVE = {**BEARER, "parameters": [VIDEO_IN_PATH]}
REMIX = {
    **body_of({"prompt": WISHES["prompt"]}, None, {"prompt": "The same at night"}),
    **BEARER,
    "parameters": [VIDEO_IN_PATH, KEY_IN_HEADER],
}
