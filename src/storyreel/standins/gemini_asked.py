"""A request to the Interactions API for a clip by Gemini Omni, checked, and what it asks for. From the sheet of 2026-11-20."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from storyreel.domain.values import JSON
from storyreel.standins.clips import Asked
from storyreel.standins.google_reading import invalid, none_of, picture_of, snake_of
from storyreel.standins.reading import Rule, checked
from storyreel.standins.refusals import Refusal, Refused

SIZES = {"360p": (640, 360), "720p": (1280, 720), "1080p": (1920, 1080), "4k": (3840, 2160)}
TOKENS_PER_S = {"360p": 1738, "720p": 5792, "1080p": 8688, "4k": 17376}  # at 720p as documented, elsewhere by the prices
TOKENS_PER_PICTURE = 258
TASKS = ("text_to_video", "image_to_video", "reference_to_video", "edit", "extend", "upscale")
MOST_REFERENCES = 6
DURATION = re.compile(r"^(\d+(?:\.\d{1,9})?)s$")
TAG = re.compile(r"<(FIRST_FRAME|LAST_FRAME|IMAGE_REF_\d+)>@Image(\d+)")

TOP = {
    "model": Rule(str, required=True),
    "input": Rule((str, list), required=True),
    "response_format": Rule((dict, list)),
    "generation_config": Rule(dict, default={}),
    "background": Rule(bool, default=False),
    "store": Rule(bool, default=True),
    "stream": Rule(bool, default=False),
    "previous_interaction_id": Rule(str),
    "service_tier": Rule(str, choices=("flex", "standard", "priority", "deferred")),
    "labels": Rule(dict),
    "webhook_config": Rule(dict),
    "continuation_token": Rule(str),
    **{
        name: Rule((str, list, dict, bool))
        for name in ("tools", "system_instruction", "safety_settings", "response_modalities", "response_mime_type")
    },
    **{name: Rule((str, dict)) for name in ("cached_content", "environment", "agent", "agent_config")},
}
FORMAT = {
    "type": Rule(str, required=True, choices=("video", "image", "audio", "text")),
    "aspect_ratio": Rule(str, choices=("16:9", "9:16"), default="16:9"),
    "resolution": Rule(str, choices=tuple(SIZES), default="720p"),
    "duration": Rule(str, default="10s"),
    "delivery": Rule(str, choices=("inline", "uri"), default="inline"),
    "gcs_uri": Rule(str),
}
CONFIG = {
    "video_config": Rule(dict, default={}),
    "seed": Rule(int, least=0, most=2**31 - 1),
    "thinking_level": Rule(str, choices=("minimal", "low", "medium", "high", "xhigh")),
    **{name: Rule((float, str, list, dict)) for name in ("temperature", "top_p", "stop_sequences", "max_output_tokens")},
    **{name: Rule((str, list, dict)) for name in ("image_config", "speech_config", "thinking_summaries", "tool_choice")},
}
NOT_OMNI = ("system_instruction", "safety_settings", "tools", "response_modalities", "response_mime_type", "cached_content")


@dataclass(frozen=True, slots=True)
class Omni:
    """One edition of the model."""

    most_s: float
    usd_per_million: tuple[str, str] | None = None  # tokens in, tokens of video: what the bill counts
    usd_per_s: Mapping[str, str] | None = None  # of an edition whose tokens' prices are not known

    def cost_usd(self, order: "Order") -> Decimal:
        """What a clip costs."""
        if self.usd_per_million is not None:
            given, made = (Decimal(price) / 1_000_000 for price in self.usd_per_million)
            return (given * order.input_tokens + made * order.video_tokens).quantize(Decimal("0.000001"))
        per_s = Decimal((self.usd_per_s or {})[order.resolution])
        return (per_s * Decimal(str(order.asked.seconds))).quantize(Decimal("0.000001"))


# 1.1: https://wavespeed.ai/blog/ai-models/gemini-omni-1-1-flash-api/, 2026-11-20; 1.2:
# https://docs.laozhang.ai/en/api-capabilities/gemini-omni-video-generation, 2026-11-21.
MODELS = {
    "gemini-omni-1.2-flash": Omni(15, usd_per_s={"360p": "0.023", "720p": "0.07", "1080p": "0.105", "4k": "0.21"}),
    "gemini-omni-1.1-flash": Omni(10, usd_per_million=("1.50", "17.50")),
}
CLOSED = ("gemini-omni-flash-preview",)


@dataclass(frozen=True, slots=True)
class Order:
    """What an interaction is to make, and how it is to be handed over."""

    asked: Asked
    resolution: str
    inline: bool
    background: bool
    input_tokens: int

    @property
    def video_tokens(self) -> int:
        """What the clip counts."""
        return round(TOKENS_PER_S[self.resolution] * self.asked.seconds)


Stored = Callable[[str, str], bytes]
"""The bytes of an uploaded file by its address. Raises Refused."""


def order_of(body: Mapping[str, JSON], stored: Stored) -> Order:
    """What is asked for. Raises Refused."""
    told = checked(snake_of(dict(body), "body"), TOP)
    model = str(told["model"]).removeprefix("models/")
    if model not in MODELS:
        raise Refused(Refusal.CLOSED, f"models/{model} is not found, or is not supported for interactions.")
    none_of(told, NOT_OMNI, f"is not supported by {model}.")
    if told["background"] and not told["store"]:
        raise invalid("background=true requires store=true.", "background", "conflict")
    form = checked(_format(told["response_format"]), FORMAT, within="response_format.")
    if form["type"] != "video":
        raise invalid(f"{model} makes video only.", "response_format.type", "choices")
    if form["gcs_uri"] is not None:
        raise invalid("gcs_uri is only supported on Agent Platform.", "response_format.gcs_uri", "unknown")
    config = checked(snake_of(told["generation_config"], "generation_config"), CONFIG, within="generation_config.")
    none_of(config, ("temperature", "top_p", "stop_sequences"), f"is not supported by {model}.")
    words, pictures = _input(told["input"], stored)
    task = checked(
        snake_of(config["video_config"], "video_config"),
        {"task": Rule(str, choices=TASKS)},
        within="generation_config.video_config.",
    )["task"]
    asked = _asked(model, words, pictures, str(task or ""), form, config)
    tokens = len(words) // 4 + TOKENS_PER_PICTURE * len(pictures)
    return Order(asked, str(form["resolution"]), form["delivery"] == "inline", bool(told["background"]), tokens)


def _format(told: JSON) -> dict[str, JSON]:
    if isinstance(told, list):
        if len(told) != 1:
            raise invalid("Exactly one response_format is supported.", "response_format", "longest")
        told = told[0]
    return snake_of(told, "response_format") if told is not None else {"type": "video"}


def _input(told: JSON, stored: Stored) -> tuple[str, list[bytes]]:
    """The words, and the pictures in their order."""
    if isinstance(told, str):
        return told, []
    words: list[str] = []
    pictures: list[bytes] = []
    blocks = told if isinstance(told, list) else []
    for nth, entry in enumerate(blocks):
        block = snake_of(entry, f"input[{nth}]")
        if block.get("type") == "user_input":
            content = block.get("content")
            inner_words, inner_pictures = _input(content if isinstance(content, list | str) else [], stored)
            words.append(inner_words)
            pictures += inner_pictures
            continue
        match block.get("type"):
            case "text":
                if not isinstance(block.get("text"), str):
                    raise invalid("A text block needs its text.", f"input[{nth}].text", "required")
                words.append(str(block["text"]))
            case "image" | "document":
                pictures.append(_picture(block, f"input[{nth}]", stored))
            case "video":
                raise invalid("Editing and extending of uploaded video is not available in this region.", f"input[{nth}]")
            case other:
                raise invalid(f"Unsupported content type: {other!r}.", f"input[{nth}].type", "choices")
    return "\n".join(word for word in words if word), pictures


def _picture(block: Mapping[str, JSON], field: str, stored: Stored) -> bytes:
    if isinstance(uri := block.get("uri"), str):
        return stored(uri, field)
    return picture_of(block.get("data"), block.get("mime_type"), field)


def _asked(
    model: str, words: str, pictures: list[bytes], task: str, form: Mapping[str, JSON], config: Mapping[str, JSON]
) -> Asked:
    if not words.strip():
        raise invalid("A prompt in words is required.", "input", "required")
    if task in {"edit", "extend", "upscale"}:
        raise invalid(f"{task} needs a video or previous_interaction_id.", "generation_config.video_config.task", "conflict")
    if (task == "text_to_video" and pictures) or (task.startswith(("image", "reference")) and not pictures):
        raise invalid(f"{task} does not go with {len(pictures)} images.", "generation_config.video_config.task", "conflict")
    if task == "image_to_video" and len(pictures) > 2:
        raise invalid("image_to_video takes one or two images.", "input", "longest")
    first, last, references = _roles(words, pictures, task)
    if len(references) > MOST_REFERENCES:
        raise invalid(f"At most {MOST_REFERENCES} reference images are supported.", "input", "longest")
    width, height = SIZES[str(form["resolution"])]
    seed = config["seed"]
    return Asked(
        model=model,
        prompt=words,
        size=(width, height) if form["aspect_ratio"] == "16:9" else (height, width),
        seconds=_seconds(str(form["duration"]), MODELS[model].most_s),
        sound=True,
        seed=seed if isinstance(seed, int) else None,
        first=first,
        last=last,
        references=tuple(references),
        notes=(f"task {task}",) if task else (),
    )


def _seconds(text: str, most_s: float) -> float:
    found = DURATION.match(text)
    if not found:
        raise invalid(
            f"Invalid duration {text!r}: a duration string such as '8s' is expected.", "response_format.duration", "type"
        )
    seconds = float(found[1])
    if not 3 <= seconds <= most_s:
        raise invalid(f"Duration must be between 3s and {most_s:g}s, and is {text}.", "response_format.duration", "most")
    return seconds


def _roles(words: str, pictures: list[bytes], task: str) -> tuple[bytes | None, bytes | None, list[bytes]]:
    """First, last and references: as the tags bind them, otherwise as the task means them."""
    bound = {name: int(number) - 1 for name, number in TAG.findall(words)}
    if bound:
        missing = next((name for name, index in bound.items() if not 0 <= index < len(pictures)), None)
        if missing:
            raise invalid(f"<{missing}> names an image that is not attached.", "input", "choices")
        first = pictures[bound["FIRST_FRAME"]] if "FIRST_FRAME" in bound else None
        last = pictures[bound["LAST_FRAME"]] if "LAST_FRAME" in bound and first else None
        taken = {index for name, index in bound.items() if name in {"FIRST_FRAME", "LAST_FRAME"}}
        return first, last, [picture for index, picture in enumerate(pictures) if index not in taken]
    if task == "reference_to_video" or len(pictures) > 2:
        return None, None, pictures
    return (pictures[0] if pictures else None), (pictures[1] if len(pictures) == 2 else None), []
