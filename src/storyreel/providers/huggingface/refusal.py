"""What an answer that is not a success means, at the router, at an upstream behind it, and at the Hub."""

import re
from collections.abc import Callable

from storyreel.domain.errors import ContentRejected, InsufficientCredit, InvalidRequest, ProviderUnavailable, StoryreelError
from storyreel.domain.values import JSON, dict_of
from storyreel.providers.http import Answer
from storyreel.providers.huggingface.wire import Served, first_of
from storyreel.providers.late import late_or

NAME = "huggingface"
MODERATED = re.compile(r"content.?policy|nsfw|moderat|flagged|sensitive|safety (filter|check|system)|prohibited", re.IGNORECASE)
Said = Callable[[object], str]
"""Makes a provider's words fit to be shown."""


def code_of(reason: str) -> str:
    """The code of a failure, by its reason."""
    return "content_rejected" if MODERATED.search(reason) else late_or(reason, "provider_unavailable")


def explain_upstream(served: Served, answer: Answer, said: Said) -> StoryreelError | None:
    """What an upstream's refusal means; None: what its status commonly means."""
    told = _reason(answer.json())
    reason, who = said(told).rstrip("."), f"{served.provider} through Hugging Face"
    if answer.status == 402:
        return InsufficientCredit(provider=NAME, detail=f"{served.provider}: {reason}.")
    if answer.status == 503 and "loading" in told.lower():
        return ProviderUnavailable(provider=who, detail=reason)
    if answer.status in {400, 422} and MODERATED.search(told):
        return ContentRejected(provider=who, refused="request", reason=f"{reason}.")
    if answer.status in {400, 422}:
        return InvalidRequest(f"{who} refuses the request: {reason}.", field=_field(answer.json()))
    return _not_there(served, answer, reason, who)


def _not_there(served: Served, answer: Answer, reason: str, who: str) -> StoryreelError | None:
    """Whether the model is gone from an upstream, or may not be used."""
    if answer.status == 404:
        return InvalidRequest(f"{who} does not find {served.provider_id} ({reason}). Try another provider.", field="model")
    if answer.status == 403 and (answer.headers.get("X-Error-Code") == "GatedRepo" or "gated" in reason.lower()):
        page = f"https://huggingface.co/{served.model}"
        return InvalidRequest(f"{served.model} is gated. Accept its terms at {page} with the account of the key.", field="model")
    return None


def explain_hub(answer: Answer) -> StoryreelError | None:
    """What the Hub's refusal means: it says 401 for a model that is not there, where nobody is logged in."""
    missing = answer.headers.get("X-Error-Code") == "RepoNotFound" or answer.status == 404
    if missing:
        where = "https://huggingface.co/models?inference_provider=all"
        return InvalidRequest(
            f"The Hub has no such model, or none that this key may see. {where} lists what is served.", field="model"
        )
    return None


def _reason(told: JSON) -> str:
    """What an answer says, in any of the shapes that upstreams have."""
    told = dict_of(told)
    detail = told.get("detail")
    if isinstance(detail, list):  # fal and others that validate alike
        return "; ".join(f"{_place(row)}{row.get('msg', '')} ({row.get('type', '')})" for row in map(dict_of, detail))
    error = told.get("error")
    inner = dict_of(error).get("message") if isinstance(error, dict) else error
    return str(inner or detail or told.get("message") or told.get("title") or "it does not say why")


def _place(row: dict[str, JSON]) -> str:
    at = row.get("loc")
    return f"{at[-1]}: " if isinstance(at, list) and at else ""


def _field(told: JSON) -> str:
    at = first_of(dict_of(told).get("detail")).get("loc")
    return str(at[-1]) if isinstance(at, list) and at else "request"
