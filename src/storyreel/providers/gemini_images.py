"""Gemini's pictures for keyframes: generateContent in and out of our words. Pure: no request is made here.

Read 2026-11-20: https://ai.google.dev/gemini-api/docs/image-generation. Trap: a refusal is a success without a picture; a picture
among the model's thoughts is a draft, not the result.
"""

import binascii
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from storyreel.domain.errors import ContentRejected, OutputBroken
from storyreel.domain.generation import Request
from storyreel.domain.values import JSON
from storyreel.providers.google_errors import error_in
from storyreel.providers.port import JPEG, PNG, Picture

PICTURE_PATIENCE = 3
"""How many times an account's time-out a picture may take, which is drawn while the call waits (15 to 40 s, 4K longer)."""

SUFFIXES = {PNG: ".png", JPEG: ".jpg"}

USD_PER_MILLION = {
    "gemini-nano-banana-2.1": "30",  # https://github.com/BerriAI/litellm/discussions/44983, 2026-11-21
    "gemini-3.1-flash-image": "60",  # https://ai.google.dev/gemini-api/docs/pricing, told 2026-02-27
}
"""Dollars for a million tokens of picture."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture as it came."""

    data: bytes
    suffix: str
    cost_usd: Decimal | None


def body_of_picture(request: Request, arguments: Mapping[str, JSON], pictures: Sequence[Picture]) -> dict[str, JSON]:
    """The body that asks for one picture, in view of others."""
    seen: list[JSON] = [{"inlineData": {"mimeType": picture.media_type, "data": picture.base64}} for picture in pictures]
    return {"contents": [{"role": "user", "parts": [{"text": request.prompt}, *seen]}], **arguments}


def picture_in(told: JSON, model: str, provider: str, said: Callable[[object], str]) -> Drawn:
    """The picture of an answer. Raises ContentRejected where there is none, OutputBroken where it is none."""
    answer = told if isinstance(told, dict) else {}
    found = [blob for part in _parts(answer) if not part.get("thought") and (blob := _blob(part))]
    if not found:
        raise ContentRejected(provider=provider, refused="prompt or picture", reason=said(_why_not(answer)))
    media_type, text = found[-1]
    try:
        data = b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise OutputBroken(f"{provider} sent a picture that is not base64") from error
    if media_type not in SUFFIXES:
        raise OutputBroken(f"{provider} sent {media_type}, which is neither PNG nor JPEG")
    return Drawn(data, SUFFIXES[media_type], _cost(answer, model))


def _candidates(answer: Mapping[str, JSON]) -> Iterator[dict[str, JSON]]:
    candidates = answer.get("candidates")
    if isinstance(candidates, list):
        yield from (candidate for candidate in candidates if isinstance(candidate, dict))


def _parts(answer: Mapping[str, JSON]) -> Iterator[dict[str, JSON]]:
    for candidate in _candidates(answer):
        content = candidate.get("content")
        parts = content.get("parts") if isinstance(content, dict) else None
        if isinstance(parts, list):
            yield from (part for part in parts if isinstance(part, dict))


def _blob(part: Mapping[str, JSON]) -> tuple[str, str] | None:
    """A part's media type and base64; both spellings of its names occur."""
    blob = part.get("inlineData") or part.get("inline_data")
    if not isinstance(blob, dict) or not isinstance(blob.get("data"), str):
        return None
    return str(blob.get("mimeType") or blob.get("mime_type")), str(blob["data"])


def _why_not(answer: Mapping[str, JSON]) -> str:
    """Why there is no picture: the model's own sentence, or the filter's word."""
    if error := error_in(dict(answer)):
        return error.message
    feedback = answer.get("promptFeedback")
    blocked = feedback.get("blockReasonMessage") or feedback.get("blockReason") if isinstance(feedback, dict) else None
    texts = [str(part["text"]) for part in _parts(answer) if part.get("text") and not part.get("thought")]
    reasons = [str(told) for candidate in _candidates(answer) for told in [candidate.get("finishMessage")] if told]
    finishes = [str(candidate.get("finishReason") or "") for candidate in _candidates(answer)]
    return str(blocked or " ".join(texts) or " ".join(reasons) or f"it drew nothing ({', '.join(finishes) or 'no reason'}).")


def _cost(answer: Mapping[str, JSON], model: str) -> Decimal | None:
    """Dollars by the picture's tokens; None where price or tokens are not known."""
    usage = answer.get("usageMetadata")
    details = usage.get("candidatesTokensDetails") if isinstance(usage, dict) else None
    told = [detail for detail in details if isinstance(detail, dict)] if isinstance(details, list) else []
    tokens = sum(
        count for detail in told if detail.get("modality") == "IMAGE" and isinstance(count := detail.get("tokenCount"), int)
    )
    price = USD_PER_MILLION.get(model)
    return (Decimal(price) * tokens / 1_000_000).quantize(Decimal("0.000001")) if price and tokens else None
