"""What the Hugging Face stand-in's Hub knows: a few models, who serves them, as what, how healthy; and its upstreams' rules.

The models are real ones or like real ones; which provider serves which changes daily, and is an example here.
"""

from dataclasses import dataclass

from storyreel.domain.values import JSON
from storyreel.standins.reading import Rule

T2V, I2V, IT2V = "text-to-video", "image-to-video", "image-text-to-video"
T2I, I2I = "text-to-image", "image-to-image"
LIVE, STAGING, ERROR = "live", "staging", "error"


@dataclass(frozen=True, slots=True)
class Offer:
    """One provider's row in a model's mapping."""

    provider: str
    provider_id: str
    task: str
    status: str = LIVE
    weights: str = ""  # a LoRA's file

    def told(self) -> dict[str, JSON]:
        """As the Hub's object shape has it, without the provider."""
        lora: dict[str, JSON] = {"adapter": "lora", "adapterWeightsPath": self.weights} if self.weights else {}
        kind = "tag-filter" if self.weights else "single-model"
        return {"status": self.status, "providerId": self.provider_id, "task": self.task, "type": kind} | lora


def _offers(task: str, /, **ids: str) -> tuple[Offer, ...]:
    return tuple(Offer(name.replace("_", "-"), id, task) for name, id in ids.items())


MODELS: dict[str, tuple[Offer, ...]] = {
    "Wan-AI/Wan2.2-T2V-A14B": (
        *_offers(
            T2V,
            fal_ai="fal-ai/wan/v2.2-a14b/text-to-video",
            replicate="wan-video/wan-2.2-t2v-fast",
            novita="wan-ai/wan2.2-t2v-a14b",
            wavespeed="wavespeed-ai/wan-2.2/t2v-480p",
            together="Wan-AI/Wan2.2-T2V-A14B",
        ),
    ),
    "Wan-AI/Wan2.2-I2V-A14B": (
        *_offers(
            I2V,
            fal_ai="fal-ai/wan/v2.2-a14b/image-to-video",
            wavespeed="wavespeed-ai/wan-2.2/i2v-480p",
            together="Wan-AI/Wan2.2-I2V-A14B",
        ),
    ),
    "Wan-AI/Wan2.2-TI2V-5B": (
        Offer("wavespeed", "wavespeed-ai/wan-2.2/5b", T2V, ERROR),
        Offer("fal-ai", "fal-ai/wan/v2.2-5b/text-to-video", T2V),
        Offer("replicate", "wan-video/wan-2.2-5b-fast", T2V),
    ),
    "tencent/HunyuanVideo": (
        Offer("replicate", "tencent/hunyuan-video:847dfa8b01e739637fc76f480ede0c1d76408e1d694b830b5dfb8e547bf98405", T2V),
        Offer("novita", "tencent/hunyuan-video", T2V, STAGING),
    ),
    "Lightricks/LTX-Video": (
        Offer("novita", "lightricks/ltx-video", T2V, STAGING),
        Offer("fal-ai", "fal-ai/ltx-video", T2V, ERROR),
    ),
    "MiniMaxAI/MiniMax-H3": (Offer("fal-ai", "fal-ai/minimax/h3", IT2V),),
    "black-forest-labs/FLUX.1-dev": (
        *_offers(
            T2I,
            fal_ai="fal-ai/flux/dev",
            replicate="black-forest-labs/flux-dev",
            together="black-forest-labs/FLUX.1-dev",
            nscale="black-forest-labs/FLUX.1-dev",
            wavespeed="wavespeed-ai/flux-dev",
            hf_inference="black-forest-labs/FLUX.1-dev",
        ),
    ),
    "black-forest-labs/FLUX.1-Kontext-dev": (
        *_offers(
            I2I,
            fal_ai="fal-ai/flux-kontext/dev",
            replicate="black-forest-labs/flux-kontext-dev",
            together="black-forest-labs/FLUX.1-kontext-dev",
            wavespeed="wavespeed-ai/flux-kontext-dev",
            hf_inference="black-forest-labs/FLUX.1-Kontext-dev",
        ),
    ),
    "aleksa-codes/flux-ghibsky-illustration": (Offer("fal-ai", "fal-ai/flux-lora", T2I, weights="lora_v2.safetensors"),),
    "zai-org/GLM-Image": (Offer("zai-org", "glm-image", T2I),),
    "meta-llama/Llama-3.3-70B-Instruct": (Offer("together", "meta-llama/Llama-3.3-70B-Instruct-Turbo", "conversational"),),
}

_TEXT = {"prompt": Rule(str, required=True, longest=10_000), "negative_prompt": Rule((str, list))}
_STEPS = {
    "seed": Rule(int, least=-1, most=2**32),
    "guidance_scale": Rule(float, least=0, most=30),
    "num_inference_steps": Rule(int, least=1, most=100),
}
_SIZE = {"width": Rule(int, least=64, most=4096), "height": Rule(int, least=64, most=4096)}
_CLIP = {
    "num_frames": Rule(int, least=1, most=241),
    "frames_per_second": Rule(int, least=4, most=60),
    "resolution": Rule(str, choices=("480p", "580p", "720p", "1080p")),
    "aspect_ratio": Rule(str, choices=("auto", "16:9", "9:16", "1:1")),
}

FAL_CLIP = {**_TEXT, **_STEPS, **_CLIP, "image_url": Rule(str), "end_image_url": Rule(str), "loras": Rule(list)}
FAL_PICTURE = {
    **_TEXT,
    **_STEPS,
    "image_size": Rule((dict, str)),
    "image_url": Rule(str),
    "image_urls": Rule(list),
    "loras": Rule(list),
}
REPLICATE = {
    **_TEXT,
    **_STEPS,
    **_SIZE,
    **_CLIP,
    "aspect_ratio": Rule(str),
    "image": Rule(str),
    "input_image": Rule(str),
    "lora_weights": Rule(str),
}
NOVITA = {**_TEXT, **_STEPS, "num_frames": Rule(int, least=1, most=241), "loras": Rule(list)}
WAVESPEED = {
    **_TEXT,
    **_STEPS,
    "image": Rule(str),
    "last_image": Rule(str),
    "duration": Rule(int, least=1, most=30),
    "size": Rule(str),
    "resolution": Rule(str),
    "aspect_ratio": Rule(str),
}
TOGETHER_CLIP = {
    **_TEXT,
    **_SIZE,
    "model": Rule(str, required=True),
    "seconds": Rule(str),
    "fps": Rule(int, least=1, most=60),
    "steps": Rule(int, least=10, most=50),
    "seed": Rule(int),
    "guidance_scale": Rule(float),
    "frame_images": Rule(list, longest=2),
}
TOGETHER_PICTURE = {
    **_TEXT,
    **_SIZE,
    "model": Rule(str, required=True),
    "steps": Rule(int, least=1, most=100),
    "seed": Rule(int),
    "guidance_scale": Rule(float),
    "response_format": Rule(str, choices=("base64", "url")),
    "image_url": Rule(str),
    "reference_images": Rule(list),
}
NSCALE = {
    **_TEXT,
    "model": Rule(str, required=True),
    "size": Rule(str),
    "seed": Rule(int),
    "response_format": Rule(str, required=True, choices=("b64_json",)),
}
ZAI = {"model": Rule(str, required=True), "prompt": Rule(str, required=True), "size": Rule(str), "seed": Rule(int)}
HF_INFERENCE = {**_STEPS, **_SIZE, "negative_prompt": Rule((str, list)), "prompt": Rule(str), "scheduler": Rule(str)}
