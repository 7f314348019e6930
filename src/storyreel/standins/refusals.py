"""What a cloud says no for, in words that all stand-ins share; each has its own body for it."""

from enum import StrEnum


class Refusal(StrEnum):
    """Why a request is not served."""

    UNAUTHORISED = "unauthorised"  # no key, or a wrong one
    NO_CREDIT = "no_credit"
    RATE_LIMITED = "rate_limited"  # with a Retry-After where `Refused.retry_after_s` is given
    MODERATION = "moderation"  # an input is refused at once
    INVALID = "invalid"  # a field is missing, unknown, out of range; `field` names it
    TOO_LARGE = "too_large"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"  # the wrong moment: a result that is not there yet, an end of what has ended
    CLOSED = "closed"  # the model is shut down
    EXPIRED = "expired"  # the result's link is dead
    INTERNAL = "internal"  # 500
    BAD_GATEWAY = "bad_gateway"  # 502
    UNAVAILABLE = "unavailable"  # 503


STATUS = {
    Refusal.UNAUTHORISED: 401,
    Refusal.NO_CREDIT: 402,
    Refusal.RATE_LIMITED: 429,
    Refusal.MODERATION: 400,
    Refusal.INVALID: 400,
    Refusal.TOO_LARGE: 413,
    Refusal.NOT_FOUND: 404,
    Refusal.CONFLICT: 409,
    Refusal.CLOSED: 410,
    Refusal.EXPIRED: 404,
    Refusal.INTERNAL: 500,
    Refusal.BAD_GATEWAY: 502,
    Refusal.UNAVAILABLE: 503,
}
"""The status that each commonly has; a provider that has others says so in its `error`."""


class Refused(Exception):
    """Raised anywhere in a handler: the cloud answers with its own body for it, made by `Cloud.error`."""

    def __init__(
        self,
        refusal: Refusal,
        message: str = "",
        *,
        field: str = "",
        problem: str = "",
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(message or refusal.value)
        self.refusal, self.message = refusal, message
        self.field = field  # the field's path: "input.duration"
        self.problem = problem  # what is wrong with it: "required", "type", "choices", "least", "most", "longest", "unknown"
        self.retry_after_s = retry_after_s
