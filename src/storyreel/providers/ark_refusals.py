"""What Ark's error codes mean, in our taxonomy. A code is a word with dots: `InputTextSensitiveContentDetected.PolicyViolation`.

From https://www.volcengine.com/docs/82379/1299023, as of 2026-11-20.
"""

import re
from collections.abc import Callable

from storyreel.accounts import Account
from storyreel.domain.errors import (
    ContentRejected,
    InsufficientCredit,
    InvalidRequest,
    ProviderUnavailable,
    StoryreelError,
    TimedOut,
)
from storyreel.domain.values import JSON
from storyreel.providers.http import Answer

SENSITIVE = re.compile(r"(Input|Output)(Text|Image|Video|Audio)(SensitiveContentDetected|.*Risk)")
INPUTS = {"Text": "prompt", "Image": "picture", "Video": "video", "Audio": "sound"}
WHY = {".PolicyViolation": "It may be somebody else's work. ", ".PrivacyInformation": "It may show a real person. "}

OVERDUE = re.compile(r"Overdue|ArrearsBalance")
SPENT = re.compile(r"free trial|trial quota|exhausted|used up|balance|insufficient|额度|余额", re.IGNORECASE)
"""Of a QuotaExceeded: that there is nothing left. Any other is a queue or a plan's window that is full for now."""

FIELDS = {
    "duration": "seconds",
    "frames": "seconds",
    "ratio": "aspect",
    "resolution": "resolution",
    "generate_audio": "sound",
    "seed": "seed",
    "first_frame": "first_frame",
    "last_frame": "last_frame",
    "reference_image": "references",
    "image": "first_frame",
    "text": "prompt",
    "prompt": "prompt",
    "size": "size",
    "model": "model",
}
"""Their names of an input, in our words; the first that is spoken of holds."""


def explainer(account: Account, said: Callable[[object], str]) -> Callable[[Answer], StoryreelError | None]:
    """What an answer of Ark's means; None: what its status commonly means."""
    provider = account.provider

    def explain(answer: Answer) -> StoryreelError | None:
        body = answer.json()
        error = body.get("error") if isinstance(body, dict) else None
        if not isinstance(error, dict) or answer.status >= 500:
            return None
        code, words = str(error.get("code") or ""), said(error.get("message") or error.get("code") or "no reason is given")
        if found := SENSITIVE.match(code):
            return _rejected(provider, found, code, words)
        if OVERDUE.search(code) or (code == "QuotaExceeded" and SPENT.search(words)):
            return InsufficientCredit(provider=provider, detail=words)
        return _wrong(provider, answer.status, code, f"{code} {error.get('param') or ''} {words}", words)

    return explain


def _wrong(provider: str, status: int, code: str, whole: str, words: str) -> InvalidRequest | None:
    if status == 404 or "ServiceNotOpen" in code:
        remedy = "Switch the model on in the console there; `storyreel models` lists what is open."
        return InvalidRequest(f"{provider} does not have this for the account ({words}). {remedy}", field="model")
    if status != 400:
        return None
    field = next((ours for theirs, ours in FIELDS.items() if re.search(rf"\b{theirs}\b", whole)), "request")
    return InvalidRequest(f"{provider} refuses the {field} of this request ({words}).", field=field)


def code_of(code: JSON) -> str:
    """The code in our taxonomy of a task that failed with one of theirs."""
    told = str(code or "")
    if SENSITIVE.match(told):
        return ContentRejected.code
    if told.startswith(("InvalidParameter", "MissingParameter", "InvalidImageURL")):
        return InvalidRequest.code
    return TimedOut.code if "Timeout" in told else ProviderUnavailable.code


def _rejected(provider: str, found: re.Match[str], code: str, words: str) -> ContentRejected:
    refused = "result" if found[1] == "Output" else INPUTS[found[2]]
    why = next((why for ending, why in WHY.items() if code.endswith(ending)), "")
    return ContentRejected(provider=provider, refused=refused, reason=f"{why}{words}")
