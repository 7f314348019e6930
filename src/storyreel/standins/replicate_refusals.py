"""Replicate's bodies for what it refuses: `{title, detail, status}`, with `invalid_fields` for inputs, as problem+json."""

from aiohttp import web

from storyreel.domain.values import JSON
from storyreel.standins.refusals import STATUS, Refusal, Refused

TITLES = {
    Refusal.UNAUTHORISED: ("Unauthenticated", "You did not pass a valid authentication token"),
    Refusal.NO_CREDIT: (
        "Insufficient credit",
        "You have insufficient credit to run this model. Buy credit on your billing page.",
    ),
    Refusal.NOT_FOUND: ("Not found", "The requested resource could not be found."),
    Refusal.MODERATION: ("Bad request", "The input was flagged as sensitive. Please try again with different inputs. (E005)"),
}
VERSION = ("Invalid version or not permitted", "The specified version does not exist, or you don't have permission to use it.")
PROBLEMS = {
    "required": "required",
    "choices": "enum",
    "most": "number_lte",
    "least": "number_gte",
    "longest": "string_lte",
    "type": "invalid_type",
    "address": "format",
    "unknown": "additional_property_not_allowed",
}
"""What is wrong with a field: what they call it."""


def refused_body(refused: Refused) -> web.Response:
    """A refusal in their words."""
    status = STATUS[refused.refusal]
    body: dict[str, JSON] = {"detail": refused.message}
    match refused.refusal:
        case Refusal.RATE_LIMITED:
            body = {"detail": refused.message or "Request was throttled."}
            if refused.retry_after_s is not None:
                body |= {"status": 429, "retry_after": refused.retry_after_s}
        case Refusal.INVALID if refused.problem == "version":
            status, body = 422, _problem(*VERSION, 422)
        case Refusal.INVALID if refused.problem in PROBLEMS:
            status, body = 422, _invalid(refused)
        case Refusal.INVALID:
            body = _problem("Bad request", refused.message, status)
        case refusal if refusal in TITLES:
            body = _problem(*TITLES[refusal], status)
        case _:
            pass
    return web.json_response(body, status=status, content_type="application/problem+json")


def _problem(title: str, detail: str, status: int) -> dict[str, JSON]:
    return {"title": title, "detail": detail, "status": status}


def _invalid(refused: Refused) -> dict[str, JSON]:
    """Of a field that is missing or not known, the object that it lies in is named; otherwise the field itself."""
    above, _, name = refused.field.rpartition(".")
    match refused.problem:
        case "required":
            field, description = above, f"{name} is required"
        case "unknown":
            field, description = above, f"Additional property {name} is not allowed"
        case _:
            field, description = refused.field, refused.message.removeprefix(f"{refused.field} ")
    row: dict[str, JSON] = {"type": PROBLEMS[refused.problem], "field": field or "(root)", "description": description}
    body = _problem("Input validation failed", f"- {field or '(root)'}: {description}\n", 422)
    body["invalid_fields"] = [row]
    return body
