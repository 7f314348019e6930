"""What refusals mean in the words of OpenAI's API, and of the many servers that copy them.

Bodies: `{"error": {message, type, param, code}}`, `{"error": "..."}`, `{"detail": [{loc, msg}]}` of FastAPI, `{code, message}`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from storyreel.accounts import Account
from storyreel.domain.errors import ContentRejected, InsufficientCredit, InvalidRequest, ProviderUnavailable, StoryreelError
from storyreel.domain.values import JSON
from storyreel.providers.http import Answer, Explain
from storyreel.providers.late import late_or

MODERATED = frozenset(
    {"moderation_blocked", "content_policy_violation", "content_filter", "invalid_prompt", "sensitive_words_detected"}
)
EMPTY = frozenset(
    {"insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "insufficient_user_quota", "insufficient_credits"}
)
MODERATION = re.compile(r"moderat|safety system|content polic|sensitive content|flagged", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """What an error's body says."""

    message: str = ""
    code: str = ""  # of the code and the type, the one that says more
    param: str = ""


def told_in(body: JSON) -> Told:
    """What a body says is wrong; empty where it says nothing."""
    inner = body.get("error", body) if isinstance(body, dict) else None
    if isinstance(inner, str):
        return Told(inner)
    if not isinstance(inner, dict):
        return Told()
    detail = inner.get("detail")
    if isinstance(detail, list) and detail and isinstance(first := detail[0], dict):
        where = first.get("loc")
        param = ".".join(str(part) for part in where if part != "body") if isinstance(where, list) else ""
        return Told(str(first.get("msg") or ""), param=param)
    message = next((text for name in ("message", "detail", "msg") if isinstance(text := inner.get(name), str) and text), "")
    words = [str(inner.get(name) or "") for name in ("code", "type")]
    code = next((word for word in words if word in MODERATED | EMPTY), words[0])
    return Told(message, code, str(inner.get("param") or ""))


def explainer(account: Account, said: Callable[[object], str]) -> Explain:
    """What an answer that is no success means; None: what its status commonly means."""

    def explain(answer: Answer) -> StoryreelError | None:
        told = told_in(answer.json())
        reason = said(told.message or f"HTTP {answer.status}.")
        if told.code in EMPTY:
            return InsufficientCredit(provider=account.provider, detail=reason)
        if told.code in MODERATED or (answer.status in {400, 403} and MODERATION.search(told.message)):
            return ContentRejected(provider=account.provider, refused=_refused(told), reason=reason)
        if answer.status == 404 and told.code == "model_not_found":
            return InvalidRequest(f"{account.provider} does not have that model: {reason}", field="model")
        if answer.status in {400, 422} and told.param:
            return InvalidRequest(f"{account.provider} refuses {told.param}: {reason}", field=told.param)
        return None

    return explain


def failure_code(told: Told) -> str:
    """Why a generation failed, as a code of the taxonomy."""
    if told.code in EMPTY:
        return InsufficientCredit.code
    if told.code in MODERATED or MODERATION.search(told.message):
        return ContentRejected.code
    return late_or(told.message, ProviderUnavailable.code)


def _refused(told: Told) -> str:
    """Which input was refused, as far as it is said."""
    return "picture" if "image" in told.param or "reference" in told.param else "prompt"
