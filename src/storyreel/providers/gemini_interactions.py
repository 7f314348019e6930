"""Interactions in and out of our words: what is sent to Gemini Omni, and what a finished or failed one says.

Pure: no request is made here. The prompt's tags bind the attached pictures, in their order, to what each is for.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from storyreel.domain.errors import ContentRejected, OutputBroken
from storyreel.domain.generation import GenerationState, Request, Sighting
from storyreel.domain.model import Mode
from storyreel.domain.values import JSON
from storyreel.providers.google_errors import Told, error_in, told_of
from storyreel.providers.port import Picture
from storyreel.providers.veo import INLINE

Said = Callable[[object], str]

STATES = {
    "queued": GenerationState.QUEUED,
    "in_progress": GenerationState.RUNNING,
    "completed": GenerationState.READY,
    "failed": GenerationState.FAILED,
    "cancelled": GenerationState.CANCELLED,
    "incomplete": GenerationState.FAILED,
    "budget_exceeded": GenerationState.FAILED,
    "requires_action": GenerationState.FAILED,
    "requires_continuation": GenerationState.FAILED,
}
"""Theirs to ours; a state that is not here is one that goes on."""

ENDS = {
    "incomplete": "it ran out of tokens before the clip was finished; ask for a shorter shot",
    "budget_exceeded": "it ran out of tokens before the clip was finished; ask for a shorter shot",
    "requires_action": "it waits for a tool's answer, which no clip needs",
    "requires_continuation": "it wants a second paid request before it goes on, which is never sent by itself",
}

USD_PER_MILLION = {"gemini-omni-1.1-flash": ("1.50", "9", "17.50")}
"""Dollars for a million tokens: input, text and thought, video (https://ai.google.dev/gemini-api/docs/pricing, 2026-11-20)."""


def body_of_video(request: Request, model: str, arguments: Mapping[str, JSON], pictures: Sequence[Picture]) -> dict[str, JSON]:
    """The body that creates an interaction: pictures in the order opening, closing, references; then the words."""
    attached: list[JSON] = [{"type": "image", "mime_type": picture.media_type, "data": picture.base64} for picture in pictures]
    words: JSON = {"type": "text", "text": prompt_of(request)}
    body: dict[str, JSON] = {"model": model, "input": [*attached, words], **arguments}
    if task := _task(request.modes):
        inner = body.setdefault("generation_config", {})
        if isinstance(inner, dict):
            inner["video_config"] = {"task": task}
    return body


def prompt_of(request: Request) -> str:
    """The request's prompt after the declarations that bind its pictures, which are counted from 1 as attached."""
    sources: list[str] = []
    if request.first_frame:
        sources.append("<FIRST_FRAME>")
    if request.last_frame:
        sources.append("<LAST_FRAME>")
    references = [f"<IMAGE_REF_{number}>" for number in range(len(request.references))]
    declared = _declared("Sources", sources, 1) + _declared("References", references, 1 + len(sources))
    return f"{declared}{request.prompt}"


def _declared(kind: str, tags: Sequence[str], first: int) -> str:
    bound = " ".join(f"{tag}@Image{number}" for number, tag in enumerate(tags, first))
    return f"[# {kind} {bound}] " if bound else ""


def _task(modes: Sequence[Mode]) -> str | None:
    """Its own word for what the request starts from; None where frames and references go together: the tags say it."""
    frames = Mode.FIRST_FRAME in modes or Mode.LAST_FRAME in modes
    if frames and Mode.REFERENCES in modes:
        return None
    if frames:
        return "image_to_video"
    return "reference_to_video" if Mode.REFERENCES in modes else "text_to_video"


def sighting_of(told: Mapping[str, JSON], said: Said) -> Sighting:
    """What an interaction shows. An output is a file's address, or INLINE and the interaction's id: never the clip itself."""
    status = str(told.get("status"))
    state = STATES.get(status, GenerationState.RUNNING)
    cost = cost_of(told)
    if state is GenerationState.READY:
        return _finished(told, cost, said)
    if state is not GenerationState.FAILED:
        return Sighting(state=state, cost_usd=cost if state is GenerationState.CANCELLED else None)
    if status in ENDS:
        return Sighting(state=state, error=ENDS[status], error_code=OutputBroken.code, cost_usd=cost)
    error = _failure(told)
    return Sighting(state=state, error=said(error.message), error_code=error.taxonomy, cost_usd=cost)


def _finished(told: Mapping[str, JSON], cost: Decimal | None, said: Said) -> Sighting:
    video = video_in(told)
    if video is not None:
        uri = video.get("uri")
        output = uri if isinstance(uri, str) and uri else f"{INLINE}{told.get('id')}"
        return Sighting(state=GenerationState.READY, progress=1.0, outputs=(output,), cost_usd=cost)
    if is_lost(told):
        words = "the clip was made and charged, and its answer does not hold it; it is not asked for again by itself"
        return Sighting(state=GenerationState.FAILED, error=words, error_code=OutputBroken.code, cost_usd=cost)
    words = said(" ".join(_sentences(told)) or "it made no clip and does not say why")
    return Sighting(
        state=GenerationState.FAILED,
        error=words,
        error_code=ContentRejected.code,
        cost_usd=Decimal(0),  # without video tokens nothing is charged
    )


def is_lost(told: Mapping[str, JSON]) -> bool:
    """Whether a clip was charged that the answer does not hold."""
    return told.get("status") == "completed" and video_in(told) is None and _tokens(told)["video"] > 0


def video_in(told: Mapping[str, JSON]) -> dict[str, JSON] | None:
    """The video of the last step that has one: `uri` or `data`, and `mime_type`."""
    found = [part for part in _outputs(told) if part.get("type") == "video" and (part.get("uri") or part.get("data"))]
    return found[-1] if found else None


def file_id(address: str) -> str | None:
    """The id of a file in whatever form its address has; None for an address that is not a file's."""
    found = re.search(r"(?:^|/v1(?:beta)?/)files/([A-Za-z0-9_-]+)(?::download)?(?:\?.*)?$", address)
    return found[1] if found else None


def cost_of(told: Mapping[str, JSON]) -> Decimal | None:
    """Dollars by the tokens told; None where the model's prices, or its tokens, are not known."""
    prices = USD_PER_MILLION.get(str(told.get("model")))
    tokens = _tokens(told)
    if prices is None or not any(tokens.values()):
        return None
    counts = (tokens["input"], tokens["text"], tokens["video"])
    total = sum((Decimal(price) * count for price, count in zip(prices, counts, strict=True)), Decimal(0))
    return (total / 1_000_000).quantize(Decimal("0.000001"))


def _tokens(told: Mapping[str, JSON]) -> dict[str, int]:
    """How many tokens went in, came out as words and thoughts, and came out as video."""
    usage = told.get("usage")
    usage = usage if isinstance(usage, dict) else {}
    modalities = usage.get("output_tokens_by_modality")
    parts = [part for part in modalities if isinstance(part, dict)] if isinstance(modalities, list) else []
    video = sum(_count(part.get("tokens")) for part in parts if str(part.get("modality")).lower() == "video")
    text = _count(usage.get("total_output_tokens")) - video + _count(usage.get("total_thought_tokens"))
    return {"input": _count(usage.get("total_input_tokens")), "text": max(0, text), "video": video}


def _count(value: JSON) -> int:
    return int(value) if isinstance(value, int | float) else 0


def _outputs(told: Mapping[str, JSON]) -> list[dict[str, JSON]]:
    """The parts of everything that the model put out, in order."""
    parts: list[dict[str, JSON]] = []
    for step in _steps(told):
        content = step.get("content")
        if step.get("type") == "model_output" and isinstance(content, list):
            parts += [part for part in content if isinstance(part, dict)]
    return parts


def _steps(told: Mapping[str, JSON]) -> list[dict[str, JSON]]:
    steps = told.get("steps")
    return [step for step in steps if isinstance(step, dict)] if isinstance(steps, list) else []


def _sentences(told: Mapping[str, JSON]) -> list[str]:
    return [str(part["text"]) for part in _outputs(told) if part.get("type") == "text" and part.get("text")]


def _failure(told: Mapping[str, JSON]) -> Told:
    """The error of a failed interaction: at its top, in its list, or in a step."""
    errors = told.get("errors")
    listed = [error for error in errors if isinstance(error, dict)] if isinstance(errors, list) else []
    if listed:
        return told_of(listed[-1])
    inner = [error for step in _steps(told) if (error := error_in(dict(step)))]
    return (inner or [error_in(dict(told)) or told_of({"message": " ".join(_sentences(told))})])[-1]
