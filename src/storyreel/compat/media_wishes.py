"""What is asked of `HuggingFaceMedia`, in the words of the inference providers: the prompt, the size, the seeds."""

import secrets
from collections.abc import Mapping, Sequence

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.values import JSON, Size

SIZES = {
    "1:1": (1024, 1024),
    "16:9": (1024, 576),
    "9:16": (576, 1024),
    "4:3": (1024, 768),
    "3:4": (768, 1024),
    "3:2": (1024, 682),
    "2:3": (682, 1024),
    "21:9": (1024, 440),
    "9:21": (440, 1024),
    "4:5": (832, 1040),
    "5:4": (1040, 832),
    "2:1": (1024, 512),
    "1:2": (512, 1024),
}
"""The aspects that are taken, and a picture's size for each where none is given."""


def last_words(messages: Sequence[Mapping[str, JSON]]) -> str:
    """The text of the last message that the user wrote. Raises InvalidRequest where there is none."""
    for message in reversed(messages):
        if message.get("role") != "user":
            continue
        content = message.get("content")
        parts = [part.get("text") for part in content if isinstance(part, dict)] if isinstance(content, list) else [content]
        if text := " ".join(part for part in parts if isinstance(part, str)).strip():
            return text
    raise InvalidRequest("There is nothing to show: give a prompt, or messages with one of the user's.", field="prompt")


def size_words(still: bool, aspect: str | None, width: int | None, height: int | None, resolution: str) -> dict[str, JSON]:
    """The size in every word that a provider may know. Raises InvalidRequest."""
    aspect = aspect or ("1:1" if still else "16:9")
    if aspect not in SIZES:
        raise InvalidRequest(f"aspect_ratio cannot be {aspect!r}: it is one of {', '.join(SIZES)}.", field="aspect_ratio")
    if still:
        across, down = SIZES[aspect]
        told: dict[str, JSON] = {"width": width or across, "height": height or down}
        return told if width or height else told | {"aspect_ratio": aspect}
    lines = resolution.removesuffix("p")
    if not lines.isdigit() or not 64 <= int(lines) <= 4320:
        raise InvalidRequest(f"resolution cannot be {resolution!r}: it is like 480p or 720p.", field="resolution")
    size = Size.of_aspect(aspect, int(lines))
    return {
        "resolution": resolution,
        "aspect_ratio": aspect,
        "width": width or size.width_px,
        "height": height or size.height_px,
    }


def seeds_for(told: JSON, n: int) -> list[int]:
    """A seed for each result, so that each can be made again."""
    first = told if isinstance(told, int) else secrets.randbelow(2**31 - 64)
    return [first + number for number in range(n)]
