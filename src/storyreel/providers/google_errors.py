"""What Google's APIs say is wrong, in our taxonomy.

An error body is an object or a list of one; its code is a number or a word; a refusal for content hides in either or in the
sentence; 429 may mean that the account is empty.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from storyreel.accounts import Account
from storyreel.domain.errors import (
    AuthenticationFailed,
    ContentRejected,
    InsufficientCredit,
    InvalidRequest,
    RateLimited,
    StoryreelError,
)
from storyreel.domain.values import JSON
from storyreel.providers.http import Answer

REFUSED = re.compile(
    r"\b(IMAGE_)?SAFETY\b|PROHIBITED_CONTENT|BLOCKLIST|\bSPII\b|\bRAI\b|RECITATION"
    r"|[Rr]esponsible AI|usage guidelines|sensitive words|safety polic|content_policy|content_blocked|[Ss]upport codes?:"
)
EMPTY = re.compile(r"billing|credits? (?:are|is|have been) (?:depleted|exhausted)|limit: 0\b|prepay", re.IGNORECASE)
WRONG_KEY = re.compile(r"API_KEY_INVALID|API key not valid|API key expired", re.IGNORECASE)
REGION = re.compile(r"location is not supported|not available in your (?:country|region)", re.IGNORECASE)

GROUPS = {
    "a child": (58061214, 17301594),
    "a celebrity": (29310472, 15236754),
    "unsafe video": (64151117, 42237218),
    "dangerous content": (62263041,),
    "hate": (57734940, 22137204),
    "prohibited content": (89371032, 49114662, 63429089, 72817394, 60599140),
    "somebody else's content": (35561574, 35561575),
    "sexual content": (90789179, 43188360),
    "toxic content": (78610348,),
    "violence": (61493863, 56562880),
    "vulgar content": (32635315,),
    "another safety rule": (74803281, 29578790, 42876398),
}
"""What the support codes of Google's responsible-AI page for Veo stand for, read 2026-11-20."""

OF_CODES = {
    3: "invalid_request",
    4: "timed_out",
    7: "authentication_failed",
    8: "rate_limited",
    9: "invalid_request",
    16: "authentication_failed",
}
"""gRPC's codes, as a failed operation bears them, in our taxonomy."""


@dataclass(frozen=True, slots=True)
class Told:
    """An error as Google told it."""

    code: str  # a gRPC or HTTP number, or a word, as text
    status: str
    message: str
    retry_after_s: float | None
    whole: str  # all of it, to be searched

    @property
    def refused(self) -> bool:
        """Whether it is about what the request shows or says."""
        return REFUSED.search(self.whole) is not None

    @property
    def taxonomy(self) -> str:
        """The code in our taxonomy of a generation that failed with it."""
        if self.refused:
            return ContentRejected.code
        if self.code.isdecimal():
            return OF_CODES.get(int(self.code), "provider_unavailable")
        return "rate_limited" if "RESOURCE_EXHAUSTED" in self.whole else "provider_unavailable"


def error_in(body: JSON) -> Told | None:
    """The error in a body, whatever its form; None where there is none."""
    if isinstance(body, list):
        body = body[0] if body else None
    error = body.get("error") if isinstance(body, dict) else None
    if isinstance(error, str):
        error = {"message": error}
    return told_of(error) if isinstance(error, dict) and error else None


def told_of(error: Mapping[str, JSON]) -> Told:
    """An error object, read."""
    details = error.get("details")
    delay = next(
        (str(detail["retryDelay"]) for detail in _objects(details) if detail.get("retryDelay")),
        "",
    )
    seconds = re.fullmatch(r"(\d+(?:\.\d+)?)s", delay)
    code, status, message = (str(error.get(name) or "") for name in ("code", "status", "message"))
    return Told(
        code=code,
        status=status,
        message=message or status or code or "no reason is given",
        retry_after_s=float(seconds[1]) if seconds else None,
        whole=f"{code} {status} {message} {details or ''}",
    )


def _objects(value: JSON) -> list[dict[str, JSON]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def why_filtered(reasons: JSON) -> str:
    """The sentences of a responsible-AI filter, after what their support codes stand for."""
    told = " ".join(str(reason) for reason in reasons) if isinstance(reasons, list) else str(reasons or "")
    codes = {int(code) for code in re.findall(r"\b\d{8}\b", told)}
    groups = [group for group, theirs in GROUPS.items() if codes.intersection(theirs)]
    shown = f"its filter saw {' and '.join(groups)}" if groups else "its filter withheld the clip"
    return f"{shown}: {told}" if told else f"{shown}."


def explainer(account: Account, said: Callable[[object], str], setting: str) -> Callable[[Answer], StoryreelError | None]:
    """What an answer of Google's means; None: what its status commonly means. `setting` holds the key or credentials."""

    def explain(answer: Answer) -> StoryreelError | None:
        told = error_in(answer.json())
        if told is None or answer.status >= 500 or answer.status == 408:
            return None
        words = said(told.message)
        return _of_account(answer, told, words, account.provider, setting) or _of_request(answer, told, words, account.provider)

    return explain


def _of_account(answer: Answer, told: Told, words: str, provider: str, setting: str) -> StoryreelError | None:
    """The error, where it is about who asks and how often."""
    if answer.status in {401, 403} or WRONG_KEY.search(told.whole):
        return AuthenticationFailed(provider=provider, setting=setting, refused=True)
    if answer.status == 402 or (answer.status in {400, 429} and EMPTY.search(told.message)):
        return InsufficientCredit(provider=provider, detail=words)
    if answer.status == 429:
        return RateLimited(provider=provider, retry_after_s=told.retry_after_s or answer.retry_after_s)
    if REGION.search(told.message):
        return InvalidRequest(f"{provider} does not serve this account from here ({words}).", field="account")
    return None


def _of_request(answer: Answer, told: Told, words: str, provider: str) -> StoryreelError:
    """The error, where it is about what is asked."""
    if told.refused:
        return ContentRejected(provider=provider, refused="prompt or picture", reason=words)
    if answer.status == 404:
        gone = "A model that it no longer has is closed: `storyreel models` lists what is open."
        return InvalidRequest(f"{provider} does not have what was asked for ({words}). {gone}", field="model")
    return InvalidRequest(f"{provider} refuses the request: {words}", field="request")
