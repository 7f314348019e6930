"""Replicate behind the router. As huggingface_hub 2.4.0 has it, 2026-11-20.

Traps: an id with a colon is a version, ordered at another address; `Prefer: wait` holds the answer back for up to 60 s, so a
clip is not waited for and a picture a little; `aborted` is an end; a result is gone after an hour.
"""

from storyreel.domain.generation import GenerationState, Sighting
from storyreel.domain.values import JSON, dict_of
from storyreel.providers.http import Answer
from storyreel.providers.huggingface.wire import (
    IMAGE_TO_IMAGE,
    TEXT_TO_IMAGE,
    TEXT_TO_VIDEO,
    Call,
    Served,
    Taken,
    Wire,
    job_of,
    sighting_of,
)

WAIT = {"Prefer": "wait=5"}  # seconds; enough for most pictures, and for no clip
PICTURE_NAMES = ("image", "input_image")  # its models do not agree on one
STATES = {
    "starting": GenerationState.QUEUED,
    "processing": GenerationState.RUNNING,
    "succeeded": GenerationState.READY,
    "failed": GenerationState.FAILED,
    "canceled": GenerationState.CANCELLED,
    "aborted": GenerationState.CANCELLED,
}
VIDEO = {
    "prompt": "prompt",
    "negative_prompt": "negative_prompt",
    "seed": "seed",
    "num_frames": "num_frames",
    "fps": "frames_per_second",
    "aspect_ratio": "aspect_ratio",
    "resolution": "resolution",
    "image": "image",
    "guidance_scale": "guidance_scale",
    "num_inference_steps": "num_inference_steps",
}
IMAGE = {
    "prompt": "prompt",
    "negative_prompt": "negative_prompt",
    "seed": "seed",
    "width": "width",
    "height": "height",
    "aspect_ratio": "aspect_ratio",  # Flux's models know this alone
    "image": "image",
    "guidance_scale": "guidance_scale",
    "num_inference_steps": "num_inference_steps",
}


def _order(served: Served, said: dict[str, JSON]) -> Call:
    if served.task == IMAGE_TO_IMAGE and (picture := said.get("image")):
        for name in PICTURE_NAMES:
            said[name], said[f"{name}s"] = picture, [picture]
    if served.weights:
        said["lora_weights"] = f"https://huggingface.co/{served.model}"
    model, _, version = served.provider_id.partition(":")
    headers = {} if served.makes_video else WAIT
    if version:
        return Call("/v1/predictions", {"version": version, "input": said}, headers=headers)
    return Call(f"/v1/models/{model}/predictions", {"input": said}, headers=headers)


def _taken(answer: Answer) -> Taken:
    told = dict_of(answer.json())
    output = told.get("output")
    links = [output] if isinstance(output, str) else output if isinstance(output, list) else []
    if told.get("status") == "succeeded" and links:
        return Taken(links=tuple(str(link) for link in links))
    return job_of(told.get("id"))


def _status(job: str) -> Call:
    return Call(f"/v1/predictions/{job}", method="GET")


def _cancel(job: str) -> Call:
    return Call(f"/v1/predictions/{job}/cancel")


def _seen(answer: JSON) -> Sighting:
    told = dict_of(answer)
    return sighting_of(told.get("status"), STATES, outputs=told.get("output"), error=told.get("error"))


WIRE = Wire(
    name="replicate",
    tasks=(TEXT_TO_VIDEO, TEXT_TO_IMAGE, IMAGE_TO_IMAGE),
    video=VIDEO,
    image=IMAGE,
    order=_order,
    taken=_taken,
    status=_status,
    seen=_seen,
    cancel=_cancel,
)
