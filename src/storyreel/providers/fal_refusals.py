"""Why a model at fal refused or failed: the kinds of its error bodies, in our taxonomy and our words.

A model's own error is a list of {loc, msg, type}; the platform's is a sentence beside `error_type`.
Source: https://fal.ai/docs/model-apis/errors, read 2026-11-20.
"""

from dataclasses import dataclass

from storyreel.domain.errors import ContentRejected, InvalidRequest, ProviderUnavailable, StoryreelError, TimedOut
from storyreel.domain.values import JSON

START_WITHIN_S = 3600
"""A request that waits longer for a machine is given up by fal, unpaid."""

FIELDS = {
    "prompt": "prompt",
    "negative_prompt": "negative_prompt",
    "image_url": "first_frame",
    "start_image_url": "first_frame",
    "first_frame_url": "first_frame",
    "end_image_url": "last_frame",
    "tail_image_url": "last_frame",
    "last_frame_url": "last_frame",
    "image_urls": "references",
    "reference_image_urls": "references",
    "duration": "seconds",
    "num_frames": "seconds",
    "aspect_ratio": "aspect",
    "resolution": "resolution",
    "image_size": "size",
    "generate_audio": "sound",
    "seed": "seed",
}
"""Their names of an input, in our words."""

LATE = frozenset({"request_timeout", "generation_timeout"})
THEIRS = frozenset(
    {
        "startup_timeout",
        "runner_scheduling_failure",
        "runner_connection_timeout",
        "runner_disconnected",
        "runner_connection_refused",
        "runner_connection_error",
        "runner_incomplete_response",
        "runner_server_error",
        "internal_error",
        "internal_server_error",
        "downstream_service_error",
        "downstream_service_unavailable",
    }
)
"""Faults on their side: the same request may work later."""


class RequestBroke(ProviderUnavailable):
    """A request ended by a fault on their side: no later look will tell otherwise."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """What an error body says."""

    message: str
    kind: str = ""
    field: str = "request"  # in our words

    def error(self, provider: str, told: str, *, theirs: bool = False) -> StoryreelError:
        """It in our taxonomy; `told` is its message as it may be shown; `theirs`: what has no kind is a fault on their side."""
        if self.kind in LATE:
            return TimedOut(f"A request at {provider} ({told})", after_s=START_WITHIN_S)
        if self.kind == "content_policy_violation":
            what = {"first_frame": "first frame", "last_frame": "last frame", "request": "prompt or picture"}
            return ContentRejected(provider=provider, refused=what.get(self.field, self.field), reason=told)
        if self.kind in THEIRS or theirs:
            return RequestBroke(provider=provider, detail=f"{self.kind}: {told}" if self.kind else told)
        return InvalidRequest(f"{provider} refuses the {self.field} of this request ({told}).", field=self.field)


def refusal_in(body: JSON) -> Refusal:
    """The first thing that an error body names."""
    told = body if isinstance(body, dict) else {}
    detail, kind = told.get("detail", told.get("error")), str(told.get("error_type") or "")
    first = detail[0] if isinstance(detail, list) and detail else detail
    if not isinstance(first, dict):
        return Refusal(str(first or kind or "no reason is given"), kind)
    where = first.get("loc")
    names = [str(part) for part in where if part != "body"] if isinstance(where, list) else []
    field = next((FIELDS[name] for name in names if name in FIELDS), names[0] if names else "request")
    return Refusal(str(first.get("msg") or kind), str(first.get("type") or kind), field)
