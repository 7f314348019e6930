"""Together behind the router: clips by jobs, pictures in one answer. As huggingface_hub 2.4.0 has it, 2026-11-20.

Traps: a frame's data URI may have about 60 KB; steps are `steps`; of two names for an edited picture each model takes one.
"""

from decimal import Decimal

from storyreel.domain.generation import GenerationState, Sighting
from storyreel.domain.values import JSON, dict_of
from storyreel.providers.http import Answer
from storyreel.providers.huggingface.wire import (
    IMAGE_TO_IMAGE,
    IMAGE_TO_VIDEO,
    TEXT_TO_IMAGE,
    TEXT_TO_VIDEO,
    Call,
    Served,
    Taken,
    Wire,
    inline,
    job_of,
    sighting_of,
)

MOST_PICTURE_BYTES = 44_000  # in base64 a third more
STATES = {
    "queued": GenerationState.QUEUED,
    "in_progress": GenerationState.RUNNING,
    "completed": GenerationState.READY,
    "failed": GenerationState.FAILED,
    "cancelled": GenerationState.CANCELLED,
}
VIDEO = {
    "prompt": "prompt",
    "negative_prompt": "negative_prompt",
    "seed": "seed",
    "duration": "seconds",
    "fps": "fps",
    "width": "width",
    "height": "height",
    "image": "image",
    "last_image": "last_image",
    "guidance_scale": "guidance_scale",
    "num_inference_steps": "steps",
}
IMAGE = {
    "prompt": "prompt",
    "negative_prompt": "negative_prompt",
    "seed": "seed",
    "width": "width",
    "height": "height",
    "image": "image",
    "guidance_scale": "guidance_scale",
    "num_inference_steps": "steps",
}


def _order(served: Served, said: dict[str, JSON]) -> Call:
    said["model"] = served.provider_id
    first, last = said.pop("image", None), said.pop("last_image", None)
    if not served.makes_video:
        if first is not None:
            said |= {"image_url": first} if _is_kontext(served.provider_id) else {"reference_images": [first]}
        return Call("/v1/images/generations", said | {"response_format": "base64"})
    if isinstance(seconds := said.get("seconds"), int | float):
        said["seconds"] = f"{seconds:g}"
    frames: list[JSON] = [{"input_image": at, "frame": end} for at, end in ((first, "first"), (last, "last")) if at is not None]
    if frames:
        said["frame_images"] = frames
    return Call("/v2/videos", said)


def _taken(answer: Answer) -> Taken:
    told = answer.json()
    return Taken(data=inline(told)) if "data" in dict_of(told) else job_of(dict_of(told).get("id"))


def _status(job: str) -> Call:
    return Call(f"/v2/videos/{job}", method="GET")


def _seen(answer: JSON) -> Sighting:
    told = dict_of(answer)
    outputs = dict_of(told.get("outputs"))
    error = dict_of(told.get("error")).get("message") or told.get("error")
    sighting = sighting_of(told.get("status"), STATES, outputs=outputs.get("video_url"), error=error)
    cost = outputs.get("cost")
    return sighting.model_copy(update={"cost_usd": Decimal(str(cost))}) if isinstance(cost, int | float) else sighting


def _is_kontext(model: str) -> bool:
    return "kontext" in model.lower() and "flux.1" in model.lower()


WIRE = Wire(
    name="together",
    tasks=(TEXT_TO_VIDEO, IMAGE_TO_VIDEO, TEXT_TO_IMAGE, IMAGE_TO_IMAGE),
    video=VIDEO,
    image=IMAGE,
    order=_order,
    taken=_taken,
    status=_status,
    seen=_seen,
    waits=(TEXT_TO_IMAGE, IMAGE_TO_IMAGE),
    most_picture_bytes=MOST_PICTURE_BYTES,
)
