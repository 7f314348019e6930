"""Novita behind the router: one answer, which comes when the clip is there. As huggingface_hub 2.4.0 has it, 2026-11-20."""

from storyreel.domain.values import JSON, dict_of
from storyreel.providers.http import Answer
from storyreel.providers.huggingface.wire import TEXT_TO_VIDEO, Call, Served, Taken, Wire, link_of

VIDEO = {
    "prompt": "prompt",
    "negative_prompt": "negative_prompt",
    "seed": "seed",
    "num_frames": "num_frames",
    "guidance_scale": "guidance_scale",
    "num_inference_steps": "num_inference_steps",
}


def _order(served: Served, said: dict[str, JSON]) -> Call:
    return Call(f"/v3/hf/{served.provider_id}", said)


def _taken(answer: Answer) -> Taken:
    return link_of(dict_of(dict_of(answer.json()).get("video")).get("video_url"))


WIRE = Wire(name="novita", tasks=(TEXT_TO_VIDEO,), video=VIDEO, image={}, order=_order, taken=_taken, waits=(TEXT_TO_VIDEO,))
