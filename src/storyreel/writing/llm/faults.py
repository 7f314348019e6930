"""What goes wrong with a language model, in our taxonomy; nothing of the key is ever told."""

import re
from collections.abc import Callable

from storyreel.accounts import Account
from storyreel.domain.errors import (
    AuthenticationFailed,
    ContentRejected,
    InsufficientCredit,
    InvalidRequest,
    ProviderUnavailable,
    RateLimited,
    StoryreelError,
)
from storyreel.domain.said import said
from storyreel.writing.llm.model import OURS, PATIENCE, WRITE_IT

PASSING = (ProviderUnavailable, RateLimited, ContentRejected)
"""What no setting of the person's would mend: the film goes on with what is written without the model."""


def translated(error: Exception, account: Account, model: str) -> StoryreelError:
    """An error of pydantic-ai as one of ours."""
    from pydantic_ai import exceptions as theirs

    theirs_alone = model.rpartition(":")[0]
    provider = theirs_alone or account.provider
    setting = f"{theirs_alone.upper()}_API_KEY" if theirs_alone not in {"", *OURS} else account.setting
    answers: tuple[tuple[type[Exception] | tuple[type[Exception], ...], Callable[[], StoryreelError]], ...] = (
        (
            theirs.ModelAuthenticationError,
            lambda: AuthenticationFailed(provider=provider, setting=setting, refused=True, otherwise=WRITE_IT),
        ),
        (theirs.ModelQuotaExceededError, lambda: InsufficientCredit(provider=provider, detail=_body(error, account))),
        (
            theirs.ModelRateLimitError,
            lambda: RateLimited(provider=provider, retry_after_s=getattr(error, "retry_after", None)),
        ),
        (
            theirs.ModelContextWindowExceededError,
            lambda: InvalidRequest(f"The text is longer than {model} can read at once.", field="text"),
        ),
        (
            theirs.ModelNotFoundError,
            lambda: InvalidRequest(
                f"{provider} has no language model {model!r}. Set STORYREEL_WRITER to another.", field="writer"
            ),
        ),
        (
            theirs.ContentFilterError,
            lambda: ContentRejected(provider=provider, refused="text", reason=_sentence(_refusal(error), account)),
        ),
        (
            theirs.ModelRequestRejectedError,
            lambda: InvalidRequest(f"{provider} refuses the request ({_body(error, account)}).", field="writer"),
        ),
        (
            (theirs.ModelTimeoutError, theirs.ModelRequestTimeout, theirs.RunTimedOut),
            lambda: ProviderUnavailable(provider=provider, detail=f"no answer within {account.timeout_s * PATIENCE:g} s"),
        ),
        (
            theirs.OutputTokenLimitExceeded,
            lambda: ProviderUnavailable(provider=provider, detail="the answer broke off at the model's limit"),
        ),
        (
            theirs.ModelAPIError,
            lambda: ProviderUnavailable(provider=provider, detail=_body(error, account) or _status(error, account)),
        ),
    )
    # The first that fits counts: the narrow ones stand before those they are kinds of.
    made = next((make for kind, make in answers if isinstance(error, kind)), None)
    return made() if made else unusable(provider, _reason(error, account))


def why(error: StoryreelError) -> str:
    """What went wrong, in a few words, for a warning beside which nothing is to be done."""
    match error:
        case RateLimited():
            return f"{error.provider} has too many requests from this account"
        case ProviderUnavailable():
            return f"{error.provider}: {error.detail}"
        case ContentRejected():
            return f"{error.provider} refused the text: {error.reason.rstrip('.')}"
        case _:
            return str(error).rstrip(".")


def unusable(provider: str, why: str) -> ProviderUnavailable:
    """An answer that came and is not what was asked for."""
    return ProviderUnavailable(provider=provider, detail=f"its answer cannot be used ({why})")


def _refusal(error: Exception) -> str:
    """A model's own words for why it will not."""
    told = str(error.args[0]) if error.args else ""
    return re.sub(r"^.*?refusal: *", "", told, flags=re.IGNORECASE).strip(" '\".") or told


def _status(error: Exception, account: Account) -> str:
    status: object = getattr(error, "status_code", None)
    return f"HTTP {status}" if status else _reason(error, account)


def _reason(error: Exception, account: Account) -> str:
    """What an error says in its first line; a body it carries is not told."""
    told = str(getattr(error, "message", "") or (error.args[0] if error.args else type(error).__name__))
    if told.startswith("Exceeded maximum"):
        return "it has not the form that was asked for"
    return _said(told.splitlines()[0] if told else type(error).__name__, account).rstrip(".")


def _body(error: Exception, account: Account) -> str:
    """What an error's body says is wrong."""
    body: object = getattr(error, "body", None)
    if isinstance(body, dict):
        inner: object = body.get("error", body)  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]
        message: object = inner.get("message", "") if isinstance(inner, dict) else inner  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]
        return _said(str(message), account).rstrip(".!")  # pyright: ignore[reportUnknownArgumentType]
    return "" if body is None or str(body).lstrip().startswith("<") else _said(str(body), account)


def _sentence(text: str, account: Account) -> str:
    told = _said(text, account) or "it gave no reason"
    return told if told[-1] in ".!?。！？" else f"{told}."


def _said(text: str, account: Account) -> str:
    return said(text, [account.key.get_secret_value()] if account.key else [])
