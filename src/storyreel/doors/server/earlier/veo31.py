"""`/veo31`: Veo 3.1 from references, as the clients of its earlier service ask for it.

Its answers tell three steps: the analysis, the prompt, the video; a film that could not be started is told in the third.
"""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from storyreel.compat.veo31 import (
    Generation,
    Prompted,
    Steps,
    VeoOrder,
    generated,
    generated_with,
    prompted,
    standing,
    steps_of,
)
from storyreel.domain.advice import UNNAMED
from storyreel.domain.film import LONGEST_TEXT
from storyreel.doors.server.callers import Caller
from storyreel.doors.server.desk import ADesk, Desk, Maker, Reader
from storyreel.doors.server.earlier.veo31_forms import (
    Address,
    Files,
    Wished,
    addresses,
    bytes_of,
    files,
    motion_of,
    must_be_address,
    wished,
)
from storyreel.doors.server.known_first import KnownFirst
from storyreel.doors.server.links import link_to
from storyreel.doors.server.once import IdempotencyKey, once_in_a_while
from storyreel.doors.server.remedies import as_kept
from storyreel.library.replies import Accepted

PATH = "/veo31"
router = APIRouter(prefix=PATH, tags=["veo31"], route_class=KnownFirst)

AFiles = Annotated[Files, Depends(files)]
AWished = Annotated[Wished, Depends(wished)]
Addresses = Annotated[tuple[str, ...], Depends(addresses)]
Prompt = Annotated[str, Form(max_length=LONGEST_TEXT, description="As it was read and edited.")]


@router.get("", include_in_schema=False)
async def veo31_page() -> Response:
    """The page for people, which has moved."""
    return RedirectResponse("/references")


@router.post("/generate", response_model=Steps)
async def generate_veo31(
    given: AFiles, wishes: AWished, request: Request, desk: ADesk, caller: Maker, idempotency_key: IdempotencyKey = None
) -> Response:
    """Read one to three pictures, write the prompt, begin the video: all in one go."""

    async def work() -> Steps:
        async with motion_of(desk, given) as motion:
            steps, _ = await generated(desk.studio, _order(wishes, caller, await bytes_of(desk, given.pictures), motion))
            return _worded(steps)

    return await _once(desk, caller, idempotency_key, request, work)


@router.post("/generate-from-urls", response_model=Steps)
async def generate_veo31_from_urls(
    urls: Addresses,
    wishes: AWished,
    request: Request,
    desk: ADesk,
    caller: Maker,
    video_reference_url: Address = None,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """The same with pictures by their addresses."""

    async def work() -> Steps:
        steps, _ = await generated(desk.studio, _order(wishes, caller, urls, _address(video_reference_url)))
        return _worded(steps)

    return await _once(desk, caller, idempotency_key, request, work)


@router.post("/analyze-and-prompt")
async def prompt_veo31(given: AFiles, wishes: AWished, desk: ADesk, caller: Maker) -> Prompted:
    """Read the pictures and write the prompt, which may be edited; no video is begun."""
    async with motion_of(desk, given) as motion:
        return await prompted(desk.studio, _order(wishes, caller, await bytes_of(desk, given.pictures), motion))


@router.post("/generate-with-prompt", response_model=Steps)
async def generate_veo31_with_prompt(
    prompt: Prompt,
    given: AFiles,
    wishes: AWished,
    request: Request,
    desk: ADesk,
    caller: Maker,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Begin the video by a prompt that was read."""

    async def work() -> Steps:
        steps, _ = await generated_with(desk.studio, _order(wishes, caller, await bytes_of(desk, given.pictures)), prompt)
        return _worded(steps)

    return await _once(desk, caller, idempotency_key, request, work)


@router.post("/generate-with-prompt-urls", response_model=Steps)
async def generate_veo31_with_prompt_from_urls(
    prompt: Prompt,
    urls: Addresses,
    wishes: AWished,
    request: Request,
    desk: ADesk,
    caller: Maker,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """The same with pictures by their addresses."""

    async def work() -> Steps:
        steps, _ = await generated_with(desk.studio, _order(wishes, caller, urls), prompt)
        return _worded(steps)

    return await _once(desk, caller, idempotency_key, request, work)


@router.get("/status/{task_id}")
async def veo31_status(task_id: str, desk: ADesk, caller: Reader) -> Generation:
    """How the video stands; once it is completed, a link to it that lives for a day."""
    film = await desk.film(caller, task_id)
    return _told(standing(film, link_to(desk, film.output, f"{film.id}.mp4") if film.output else None))


async def _once(desk: Desk, caller: Caller, key: str | None, request: Request, work: Callable[[], Awaitable[Steps]]) -> Response:
    async def of_accepted(accepted: Accepted) -> Steps:
        return _worded(steps_of(await desk.film(caller, accepted.film)))

    return await once_in_a_while(desk, caller, key, request, work, _is_begun, of_accepted)


def _order(wishes: Wished, caller: Caller, pictures: Sequence[Path | str | bytes], motion: Path | str | None = None) -> VeoOrder:
    return VeoOrder(
        pictures,
        motion,
        use_case=wishes.use_case,
        seconds=wishes.seconds,
        aspect=wishes.aspect,
        quality=wishes.quality,
        instructions=wishes.instructions,
        model=wishes.model,
        user=caller.user,
        api_key=caller.api_key,
    )


def _is_begun(steps: Steps) -> bool:
    return steps.step3_video_generation.task_id is not None


def _worded(steps: Steps) -> Steps:
    return steps.model_copy(update={"step3_video_generation": _told(steps.step3_video_generation)})


def _told(third: Generation) -> Generation:
    """The same, what helps said by REST's fields and routes."""
    return third.model_copy(update={"error": third.error and as_kept(third.error, third.task_id or UNNAMED["film"])})


def _address(url: str | None) -> str | None:
    return must_be_address(url.strip(), "video_reference_url") if url and url.strip() else None
