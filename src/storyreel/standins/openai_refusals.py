"""Refusals in the words of OpenAI's API, which many other servers share: `{"error": {message, type, param, code}}`."""

from aiohttp import web

from storyreel.domain.values import JSON
from storyreel.standins.refusals import STATUS, Refusal, Refused

CODES: dict[str, str | None] = {
    "required": "missing_required_parameter",
    "type": "invalid_type",
    "choices": "invalid_value",
    "unknown": "unknown_parameter",
    "least": "integer_below_min_value",
    "most": "integer_above_max_value",
    "longest": "string_above_max_length",
    "picture": "invalid_image_file",
    "picture_type": "unsupported_file_mimetype",
    "json": None,
    "form": None,
    "content_type": None,
    "": None,
}
"""What is wrong with a field, as the API calls it; what is not here is its own word already."""
ANSWERS: dict[Refusal, tuple[int, str, str | None, str]] = {
    Refusal.UNAUTHORISED: (401, "invalid_request_error", "invalid_api_key", "Incorrect API key provided."),
    Refusal.NO_CREDIT: (429, "insufficient_quota", "insufficient_quota", "You exceeded your current quota."),
    Refusal.RATE_LIMITED: (429, "requests", "rate_limit_exceeded", "Rate limit reached for requests."),
    Refusal.MODERATION: (
        400,
        "image_generation_user_error",
        "moderation_blocked",
        "Your request was rejected by the safety system.",
    ),
    Refusal.CLOSED: (404, "invalid_request_error", None, "This has been shut down."),
    Refusal.INTERNAL: (500, "server_error", None, "The server had an error processing your request. Sorry about that!"),
    Refusal.BAD_GATEWAY: (502, "server_error", None, "Bad gateway."),
    Refusal.UNAVAILABLE: (503, "server_error", None, "The engine is currently overloaded, please try again later."),
}
"""Status, type, code and message, where they are not those of a wrong request."""


def refused_body(refused: Refused) -> web.Response:
    """The answer to a request that is refused."""
    code: str | None = CODES.get(refused.problem, refused.problem)
    status, kind, fixed, message = ANSWERS.get(
        refused.refusal, (STATUS[refused.refusal], "invalid_request_error", None, refused.refusal.value)
    )
    told: JSON = {
        "message": refused.message or message,
        "type": kind,
        "param": refused.field or None,
        "code": fixed or code,
    }
    return web.json_response({"error": told}, status=status)
