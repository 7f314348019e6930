"""fal behind the router: clips and edited pictures through its queue, pictures in one answer.

As huggingface_hub 2.4.0 has it, 2026-11-20. Traps: only the path of `response_url` counts, and it may name another app than the
one that was ordered; a finished job's result may be an error; `ERROR` is an end.
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
    first_of,
    job_of,
    link_of,
    sighting_of,
)

QUEUE = {"_subdomain": "queue"}
SD_LORA = "fal-ai/lora"  # the one app whose LoRAs need their base model named
SD_BASE = "stabilityai/stable-diffusion-xl-base-1.0"
STATES = {
    "IN_QUEUE": GenerationState.QUEUED,
    "IN_PROGRESS": GenerationState.RUNNING,
    "COMPLETED": GenerationState.READY,
    "ERROR": GenerationState.FAILED,
    "FAILED": GenerationState.FAILED,
    "CANCELLED": GenerationState.CANCELLED,
}
VIDEO = {
    "prompt": "prompt",
    "negative_prompt": "negative_prompt",
    "seed": "seed",
    "num_frames": "num_frames",
    "fps": "frames_per_second",
    "aspect_ratio": "aspect_ratio",
    "resolution": "resolution",
    "image": "image_url",
    "last_image": "end_image_url",
    "guidance_scale": "guidance_scale",
    "num_inference_steps": "num_inference_steps",
}
IMAGE = {
    "prompt": "prompt",
    "negative_prompt": "negative_prompt",
    "seed": "seed",
    "width": "width",
    "height": "height",
    "image": "image_url",
    "guidance_scale": "guidance_scale",
    "num_inference_steps": "num_inference_steps",
}


def _order(served: Served, said: dict[str, JSON]) -> Call:
    if "width" in said and "height" in said:
        said["image_size"] = {"width": said.pop("width"), "height": said.pop("height")}
    if served.task == IMAGE_TO_IMAGE and "image_url" in said:
        said["image_urls"] = [said["image_url"]]  # its apps read one or the other
    if served.lora_url:
        said["loras"] = [{"path": served.lora_url, "scale": 1}]
        if served.provider_id == SD_LORA:
            said["model_name"] = SD_BASE
    return Call(f"/{served.provider_id}", said, query={} if served.task == TEXT_TO_IMAGE else QUEUE)


def _taken(answer: Answer) -> Taken:
    told = dict_of(answer.json())
    if "request_id" in told:
        return job_of(urlsplit(str(told.get("response_url", ""))).path)
    return link_of(_link(told))


def _status(job: str) -> Call:
    return Call(f"{job}/status", query=QUEUE, method="GET")


def _result(job: str) -> Call:
    return Call(job, query=QUEUE, method="GET")


def _cancel(job: str) -> Call:
    return Call(f"{job}/cancel", query=QUEUE, method="PUT")


def _seen(answer: JSON) -> Sighting:
    told = dict_of(answer)
    if "status" not in told:  # a result
        return sighting_of("COMPLETED", STATES, outputs=_link(told))
    state = "ERROR" if told["status"] == "COMPLETED" and told.get("error") else told["status"]
    return sighting_of(state, STATES, error=told.get("error") or told.get("detail"))


def _link(told: dict[str, JSON]) -> JSON:
    return (
        dict_of(told.get("video")).get("url") or first_of(told.get("images")).get("url") or dict_of(told.get("image")).get("url")
    )


WIRE = Wire(
    name="fal-ai",
    tasks=(TEXT_TO_VIDEO, IMAGE_TO_VIDEO, "image-text-to-video", TEXT_TO_IMAGE, IMAGE_TO_IMAGE),
    video=VIDEO,
    image=IMAGE,
    order=_order,
    taken=_taken,
    status=_status,
    seen=_seen,
    result=_result,
    cancel=_cancel,
    waits=(TEXT_TO_IMAGE,),
)
