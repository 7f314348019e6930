"""`/api/video-gen`: a single film from words or a picture, as the clients of its earlier service ask for it.

A film is a message in a conversation there. It reaches the models of that service by their official API.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from storyreel.domain.film import LONGEST_TEXT, FilmState
from storyreel.doors.server.assets import picture_of
from storyreel.doors.server.callers import Caller
from storyreel.doors.server.desk import ADesk, Desk
from storyreel.doors.server.earlier.guests import AGuest, AMaker, guest_of
from storyreel.doors.server.earlier.talk import Talk, begun, begun_before
from storyreel.doors.server.earlier.veo31_forms import must_be_address
from storyreel.doors.server.links import link_to
from storyreel.doors.server.once import IdempotencyKey, once, once_in_a_while
from storyreel.doors.server.refusals import KeyMissing, NotFound
from storyreel.doors.server.remedies import as_kept
from storyreel.library import messages
from storyreel.library.messages import Message, Told
from storyreel.library.replies import Accepted

PATH = "/api/video-gen"
router = APIRouter(prefix=PATH, tags=["video-gen"])

BEGUN_WITHIN = timedelta(minutes=10)
"""A message that has no film for so long gets none: whoever began it is gone."""
ID = r"^[\w.:-]{1,64}$"
Status = Literal["pending", "processing", "completed", "failed"]
STATUSES: Mapping[FilmState, Status] = {
    FilmState.QUEUED: "pending",
    FilmState.AWAITING_APPROVAL: "pending",
    FilmState.PRODUCING: "processing",
    FilmState.READY: "completed",
}
"""Of a film; the other states are the failures."""


class Attachment(BaseModel):
    """A picture that was uploaded, as the upload's answer told it; only its key counts."""

    model_config = ConfigDict(extra="ignore")

    key: Annotated[str, Field(min_length=1, max_length=1_000)]


class VideoRequest(BaseModel):
    """A film that is asked for: by words alone, or with a picture on which it begins."""

    model_config = ConfigDict(
        extra="ignore", json_schema_extra={"examples": [{"prompt": "Waves roll onto a beach at sunset", "guest": False}]}
    )

    prompt: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
    image_url: Annotated[str | None, Field(max_length=2_000, description="http or https, in a public place.")] = None
    image_attachment: Annotated[Attachment | None, Field(description="The upload's whole answer.")] = None
    guest: Annotated[bool, Field(description="Needs no key, and has a guest's limits.")] = False
    conversation_id: Annotated[str | None, Field(pattern=ID)] = None
    section_id: Annotated[str | None, Field(pattern=ID)] = None
    model: Annotated[str | None, Field(max_length=200, description="Another model, or model@provider.")] = None
    seconds: Annotated[float, Field(ge=0.5, le=60)] = 5
    size: Annotated[str | None, Field(pattern=r"^\d{2,4}x\d{2,4}$", examples=["1280x720"])] = None


class VideoAccepted(BaseModel):
    """What was accepted; its status is asked for by both ids."""

    success: Literal[True] = True
    message: str
    conversation_id: str
    message_id: str
    section_id: str
    task_status: Status
    estimated_time: str
    estimated_seconds: Annotated[list[float], Field(min_length=2, max_length=2, description="From and to.")]


class VideoTask(BaseModel):
    """A film as it stands."""

    conversation_id: str
    message_id: str
    status: Status
    video_urls: Annotated[list[str], Field(description="Links to our own copy, which live for a day.")]
    retry_count: int
    max_retries: int
    created_at: str
    updated_at: str
    error: str | None


class VideoStatus(BaseModel):
    """A film that was asked for."""

    success: Literal[True] = True
    task: VideoTask


class VideoTasks(BaseModel):
    """Films, the newest first."""

    success: Literal[True] = True
    total: int
    tasks: list[VideoTask]


@router.post("/generate", response_model=VideoAccepted)
async def generate_video(
    body: VideoRequest, request: Request, desk: ADesk, maker: AMaker, idempotency_key: IdempotencyKey = None
) -> Response:
    """Begin a film. It is accepted at once and made in the background. A guest's Idempotency-Key is not looked at."""
    caller = guest_of(request, desk) if body.guest else maker
    if caller is None:
        raise KeyMissing
    sender = maker or caller  # who sent the picture in: a caller may ask as a guest

    async def work() -> VideoAccepted:
        return _accepted(body, *await begun(desk, caller, _talk(body, await _picture(desk, sender, body))))

    async def of_accepted(accepted: Accepted) -> VideoAccepted:
        return _accepted(body, *await begun_before(desk, caller, _talk(body, None), accepted.film))

    if body.guest:  # who shares a name with others is told nothing of theirs
        return await once(desk, caller, None, request, work)
    return await once_in_a_while(desk, caller, idempotency_key, request, work, lambda _: True, of_accepted)


def _talk(body: VideoRequest, picture: str | bytes | None) -> Talk:
    return Talk(body.prompt, picture, body.conversation_id, body.model, body.seconds, body.size)


def _accepted(body: VideoRequest, message: Message, estimate: tuple[float, float]) -> VideoAccepted:
    return VideoAccepted(
        message="The film is on its way; ask for its status.",
        conversation_id=message.conversation,
        message_id=message.id,
        section_id=body.section_id or message.conversation,
        task_status="pending",
        estimated_time=estimate_text(*estimate),
        estimated_seconds=list(estimate),
    )


@router.get("/status")
async def video_status(
    conversation_id: Annotated[str, Query(pattern=ID)],
    message_id: Annotated[str, Query(pattern=ID)],
    desk: ADesk,
    reader: AGuest,
) -> VideoStatus:
    """How a film stands. A guest's is told to whoever knows both ids."""
    for user in reader:
        if told := await desk.database.read(messages.message, user, conversation_id, message_id):
            return VideoStatus(task=_task(desk, told))
    raise NotFound("message", message_id)


@router.get("/list")
async def list_videos(
    desk: ADesk, reader: AGuest, conversation_id: Annotated[str | None, Query(pattern=ID)] = None
) -> VideoTasks:
    """The caller's films, or those of one conversation; a guest tells its conversation."""
    *own, guests = reader
    if not own and conversation_id is None:
        raise KeyMissing
    users = [*own, guests] if conversation_id is not None else own
    found = [told for user in users for told in await desk.database.read(messages.messages, user, conversation_id)]
    return VideoTasks(total=len(found), tasks=[_task(desk, told) for told in found])


def estimate_text(least_s: float, most_s: float) -> str:
    """How long it takes, for a person."""
    if most_s < 60:
        return "less than a minute"
    least, most = max(1, round(least_s / 60)), max(2, round(most_s / 60 + 0.4))
    return f"about {least} to {most} minutes"


async def _picture(desk: Desk, caller: Caller, body: VideoRequest) -> str | bytes | None:
    """The picture on which the film begins: its address, or what was uploaded. Raises InvalidRequest, NotFound."""
    if body.image_url:
        return must_be_address(body.image_url, "image_url")
    if body.image_attachment:
        return await picture_of(desk, caller, body.image_attachment.key, field="image_attachment")
    return None


def _task(desk: Desk, told: Told) -> VideoTask:
    message, film, status = told.message, told.film, _status(told, desk.now())
    return VideoTask(
        conversation_id=message.conversation,
        message_id=message.id,
        status=status,
        video_urls=[link_to(desk, film.output, f"{film.id}.mp4")] if film and film.output and status == "completed" else [],
        retry_count=0,
        max_retries=film.order.retries if film else 0,
        created_at=message.created.isoformat(),
        updated_at=((film and film.ended) or desk.now()).isoformat(),
        error=_error(told) if status == "failed" else None,
    )


def _status(told: Told, now: datetime) -> Status:
    if told.film is not None:
        return STATUSES.get(told.film.state, "failed")
    is_begun = told.message.film is None and now - told.message.created < BEGUN_WITHIN
    return "pending" if is_begun else "failed"


def _error(told: Told) -> str:
    film = told.film
    if film is not None:
        return as_kept(film.error or f"The film is {film.state.value}.", film.id)
    return "There is no such film any more." if told.message.film else "The film could not be begun; ask for it again."
