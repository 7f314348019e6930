"""Nscale behind the router: a picture in one answer.

As huggingface_hub 2.4.0 has it, 2026-11-20. It takes neither steps nor guidance.
"""

from storyreel.domain.values import JSON
from storyreel.providers.http import Answer
from storyreel.providers.huggingface.wire import TEXT_TO_IMAGE, Call, Served, Taken, Wire, inline

IMAGE = {"prompt": "prompt", "negative_prompt": "negative_prompt", "seed": "seed", "width": "width", "height": "height"}


def _order(served: Served, said: dict[str, JSON]) -> Call:
    if "width" in said and "height" in said:
        said["size"] = f"{said.pop('width')}x{said.pop('height')}"
    return Call("/v1/images/generations", {**said, "model": served.provider_id, "response_format": "b64_json"})


def _taken(answer: Answer) -> Taken:
    return Taken(data=inline(answer.json()))


WIRE = Wire(name="nscale", tasks=(TEXT_TO_IMAGE,), video={}, image=IMAGE, order=_order, taken=_taken, waits=(TEXT_TO_IMAGE,))
