"""Hugging Face in the contract suite: a clip by fal's queue and by Replicate's predictions."""

from storyreel.standins.huggingface import HuggingFace
from tests.providers.contract import Case

CLIP = "huggingface:Wan-AI/Wan2.2-T2V-A14B"
OF_WORDS = "this model starts from words; those that start from a picture have a name of their own"
CASES = (
    Case(HuggingFace, f"{CLIP}:fal-ai", seconds=2, size="854x480", lacks={"frames": OF_WORDS}),
    Case(HuggingFace, f"{CLIP}:replicate", seconds=2, size="854x480", lacks={"frames": OF_WORDS}),
)
