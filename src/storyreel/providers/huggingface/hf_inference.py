"""Hugging Face's own servers behind the router: the answer is the picture itself. As huggingface_hub 2.4.0 has it, 2026-11-20."""

from storyreel.domain.errors import OutputBroken
from storyreel.domain.values import JSON
from storyreel.providers.http import Answer
from storyreel.providers.huggingface.wire import IMAGE_TO_IMAGE, TEXT_TO_IMAGE, Call, Served, Taken, Wire

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
    if served.task == IMAGE_TO_IMAGE:
        inputs: JSON = str(said.pop("image", "")).partition(",")[2]  # bare base64, without the data URI's head
    else:
        inputs = said.pop("prompt", "")
    return Call(f"/models/{served.provider_id}", {"inputs": inputs, "parameters": said})


def _taken(answer: Answer) -> Taken:
    if not answer.headers.get("Content-Type", "").startswith("image/"):
        raise OutputBroken("the answer is not a picture")
    return Taken(data=answer.body)


WIRE = Wire(
    name="hf-inference",
    tasks=(TEXT_TO_IMAGE, IMAGE_TO_IMAGE),
    video={},
    image=IMAGE,
    order=_order,
    taken=_taken,
    waits=(TEXT_TO_IMAGE, IMAGE_TO_IMAGE),
)
