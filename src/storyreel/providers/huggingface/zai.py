"""Z.ai behind the router: pictures by jobs. As huggingface_hub 2.4.0 has it, 2026-11-20."""

from storyreel.domain.generation import GenerationState, Sighting
from storyreel.domain.values import JSON, dict_of
from storyreel.providers.http import Answer
from storyreel.providers.huggingface.wire import (
    TEXT_TO_IMAGE,
    Call,
    Served,
    Taken,
    Wire,
    first_of,
    job_of,
    sighting_of,
)

HEADERS = {"Accept-Language": "en-US,en", "x-source-channel": "hugging_face"}
STATES = {"PROCESSING": GenerationState.RUNNING, "SUCCESS": GenerationState.READY, "FAIL": GenerationState.FAILED}
IMAGE = {"prompt": "prompt", "seed": "seed", "width": "width", "height": "height"}


def _order(served: Served, said: dict[str, JSON]) -> Call:
    if "width" in said and "height" in said:
        said["size"] = f"{said.pop('width')}x{said.pop('height')}"
    return Call("/api/paas/v4/async/images/generations", {**said, "model": served.provider_id}, headers=HEADERS)


def _taken(answer: Answer) -> Taken:
    return job_of(dict_of(answer.json()).get("id"))


def _status(job: str) -> Call:
    return Call(f"/api/paas/v4/async-result/{job}", headers=HEADERS, method="GET")


def _seen(answer: JSON) -> Sighting:
    told = dict_of(answer)
    error = dict_of(told.get("error")).get("message")
    return sighting_of(told.get("task_status"), STATES, outputs=first_of(told.get("image_result")).get("url"), error=error)


WIRE = Wire(
    name="zai-org",
    tasks=(TEXT_TO_IMAGE,),
    video={},
    image=IMAGE,
    order=_order,
    taken=_taken,
    status=_status,
    seen=_seen,
)
