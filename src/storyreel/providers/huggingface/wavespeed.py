"""WaveSpeed behind the router: a job and its results' address. As huggingface_hub 2.4.0 has it, 2026-11-20.

Traps: a refusal may come as a `code` inside HTTP 200; only the path of `data.urls.get` counts.
"""

from urllib.parse import urlsplit

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
    job_of,
    sighting_of,
)

STATES = {
    "created": GenerationState.QUEUED,
    "processing": GenerationState.RUNNING,
    "completed": GenerationState.READY,
    "failed": GenerationState.FAILED,
}
VIDEO = {
    "prompt": "prompt",
    "negative_prompt": "negative_prompt",
    "seed": "seed",
    "duration": "duration",
    "aspect_ratio": "aspect_ratio",
    "resolution": "resolution",
    "image": "image",
    "last_image": "last_image",
    "guidance_scale": "guidance_scale",
    "num_inference_steps": "num_inference_steps",
}
IMAGE = {
    "prompt": "prompt",
    "negative_prompt": "negative_prompt",
    "seed": "seed",
    "width": "width",
    "height": "height",
    "image": "image",
    "guidance_scale": "guidance_scale",
    "num_inference_steps": "num_inference_steps",
}


def _order(served: Served, said: dict[str, JSON]) -> Call:
    if "width" in said and "height" in said:
        said["size"] = f"{said.pop('width')}*{said.pop('height')}"
    if isinstance(seconds := said.get("duration"), int | float):
        said["duration"] = round(seconds)
    return Call(f"/api/v3/{served.provider_id}", said)


def _taken(answer: Answer) -> Taken:
    urls = dict_of(dict_of(dict_of(answer.json()).get("data")).get("urls"))
    return job_of(urlsplit(str(urls.get("get", ""))).path)


def _status(job: str) -> Call:
    return Call(job, method="GET")


def _seen(answer: JSON) -> Sighting:
    data = dict_of(dict_of(answer).get("data"))
    return sighting_of(data.get("status"), STATES, outputs=data.get("outputs"), error=data.get("error"))


WIRE = Wire(
    name="wavespeed",
    tasks=(TEXT_TO_VIDEO, IMAGE_TO_VIDEO, "image-text-to-video", TEXT_TO_IMAGE, IMAGE_TO_IMAGE),
    video=VIDEO,
    image=IMAGE,
    order=_order,
    taken=_taken,
    status=_status,
    seen=_seen,
)
