"""What Google's servers do before anything else: both spellings of a name, base64, pictures; and their two styles of errors."""

import re
from base64 import b64decode
from collections.abc import Iterable, Mapping
from math import ceil

from aiohttp import web

from storyreel.domain.values import JSON
from storyreel.standins.clips import JPEG, PNG, WEBP
from storyreel.standins.reading import PictureLimits, Upload, must_be_picture
from storyreel.standins.refusals import STATUS, Refusal, Refused

PICTURES = PictureLimits(types=(PNG, JPEG, WEBP))  # of those that it takes, what Pillow surely reads
MOST_REQUEST_BYTES = 100 * 1024 * 1024

STATUSES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    402: "FAILED_PRECONDITION",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ABORTED",
    413: "INVALID_ARGUMENT",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    502: "UNAVAILABLE",
    503: "UNAVAILABLE",
}

WORDS = {
    Refusal.UNAUTHORISED: "Request had invalid authentication credentials. Expected a valid API key or OAuth 2 access token.",
    Refusal.NO_CREDIT: "Your prepayment credits are depleted. Please add credit to this project's billing account.",
    Refusal.RATE_LIMITED: "You exceeded your current quota. Please wait, and try again.",
    Refusal.MODERATION: "The prompt could not be submitted: PROHIBITED_CONTENT. It goes against the usage guidelines.",
    Refusal.TOO_LARGE: f"Request payload size exceeds the limit: {MOST_REQUEST_BYTES} bytes.",
    Refusal.NOT_FOUND: "Requested entity was not found.",
    Refusal.CLOSED: "The model is not found for this API version, or is not supported for this method. Call ListModels.",
    Refusal.EXPIRED: "You do not have permission to access the File, or it may not exist.",
    Refusal.INTERNAL: "An internal error has occurred. Please retry.",
    Refusal.BAD_GATEWAY: "The server encountered a temporary error.",
    Refusal.UNAVAILABLE: "The model is overloaded. Please try again later.",
}

CODES = {**STATUS, Refusal.UNAUTHORISED: 403, Refusal.EXPIRED: 403, Refusal.CLOSED: 404, Refusal.TOO_LARGE: 400}
"""The status of each refusal; with OAuth a bad token is 401."""


class WordedCode(Refused):
    """A refusal by the Interactions layer, whose errors have a word for their code."""

    @classmethod
    def of(cls, refused: Refused) -> "WordedCode":
        """The same refusal, by that layer."""
        return cls(refused.refusal, refused.message, field=refused.field, problem=refused.problem)


def error_of(refused: Refused, *, unauthorised: int = 403, listed: bool = False) -> web.Response:
    """A refusal in Google's words; `listed`: in a list of one, as its front end sometimes answers."""
    status = unauthorised if refused.refusal is Refusal.UNAUTHORISED else CODES[refused.refusal]
    message = refused.message or WORDS.get(refused.refusal, refused.refusal.value)
    if isinstance(refused, WordedCode):
        worded = {404: "not_found", 409: "failed_precondition"}.get(status, "invalid_request")
        return web.json_response({"error": {"message": message, "code": worded}}, status=status)
    error: dict[str, JSON] = {"code": status, "message": message, "status": STATUSES[status]}
    if refused.refusal is Refusal.RATE_LIMITED and refused.retry_after_s is not None:
        kind = "type.googleapis.com/google.rpc.RetryInfo"
        error["details"] = [{"@type": kind, "retryDelay": f"{ceil(refused.retry_after_s)}s"}]
    body: JSON = {"error": error}
    return web.json_response([body] if listed else body, status=status)


def camel_of(told: JSON, field: str) -> dict[str, JSON]:
    """An object with its names as the classic API spells them. Raises Refused for anything else."""
    return {re.sub(r"_([a-z0-9])", lambda found: found[1].upper(), name): value for name, value in _object(told, field).items()}


def snake_of(told: JSON, field: str) -> dict[str, JSON]:
    """An object with its names as the Interactions API spells them. Raises Refused for anything else."""
    return {re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower(): value for name, value in _object(told, field).items()}


def invalid(message: str, field: str, problem: str = "") -> Refused:
    """A refusal of one field."""
    return Refused(Refusal.INVALID, message, field=field, problem=problem)


def bytes_of(text: JSON, field: str) -> bytes:
    """What base64 holds. Raises Refused."""
    if not isinstance(text, str) or not text:
        raise invalid(f"Invalid value at '{field}' (TYPE_BYTES): base64 is expected.", field, "required")
    try:
        return b64decode(text, validate=True)
    except ValueError as error:
        raise invalid(f"Invalid value at '{field}' (TYPE_BYTES), Base64 decoding failed.", field, "base64") from error


def picture_of(text: JSON, media_type: JSON, field: str) -> bytes:
    """A picture's file out of base64. Raises Refused for a type that is not taken, and for what is no picture."""
    data = bytes_of(text, field)
    if not isinstance(media_type, str) or not media_type.startswith("image/"):
        raise invalid(f"Unsupported MIME type: {media_type}", field, "choices")
    must_be_picture(Upload(data, media_type), field, PICTURES)
    return data


def none_of(told: Mapping[str, JSON], names: Iterable[str], why: str) -> None:
    """Names that the schema has and that cannot be here. Raises Refused."""
    for name in names:
        if told.get(name) is not None:
            raise invalid(f"'{name}' {why}", name, "unknown")


def _object(told: JSON, field: str) -> dict[str, JSON]:
    if not isinstance(told, dict):
        raise invalid(f"Invalid value at '{field}': an object is expected.", field, "type")
    return told
