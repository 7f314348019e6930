"""Errors as RFC 9457 problem details: every failure has a type with a page of its own, a code, a sentence, a status.

`type` is an address on this server (`/problems/CODE`), where it says what the code means.
"""

import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Annotated, Any, TypeAlias

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from storyreel.domain.errors import InvalidRequest, RateLimited, StoryreelError
from storyreel.doors.server import refusals
from storyreel.doors.server.refusals import Refused
from storyreel.doors.server.remedies import REMEDIES
from storyreel.library.guard import ImpossibleChange

MEDIA_TYPE = "application/problem+json"

STATUSES: Mapping[str, HTTPStatus] = {
    "unknown_film": HTTPStatus.NOT_FOUND,
    "unknown_model": HTTPStatus.UNPROCESSABLE_ENTITY,
    "authentication_failed": HTTPStatus.FAILED_DEPENDENCY,  # the provider's key, not the caller's
    "insufficient_credit": HTTPStatus.PAYMENT_REQUIRED,
    "budget_exceeded": HTTPStatus.PAYMENT_REQUIRED,
    "rate_limited": HTTPStatus.TOO_MANY_REQUESTS,
    "provider_unavailable": HTTPStatus.BAD_GATEWAY,
    "submit_outcome_unknown": HTTPStatus.BAD_GATEWAY,
    "timed_out": HTTPStatus.GATEWAY_TIMEOUT,
    "cancelled": HTTPStatus.CONFLICT,
    "declined": HTTPStatus.CONFLICT,
    "line_busy": HTTPStatus.SERVICE_UNAVAILABLE,
    "no_worker": HTTPStatus.SERVICE_UNAVAILABLE,
    "place_lost": HTTPStatus.SERVICE_UNAVAILABLE,
    "store_unusable": HTTPStatus.SERVICE_UNAVAILABLE,
    "error": HTTPStatus.INTERNAL_SERVER_ERROR,
}
"""Of the taxonomy's codes; the others say that the request cannot be used as it is (422)."""

OWN = {
    "key_missing": refusals.KeyMissing,
    "key_unknown": refusals.KeyUnknown,
    "scope_missing": refusals.ScopeMissing,
    "conflict": refusals.Conflict,
    "too_large": refusals.TooLarge,
    "head_too_large": refusals.HeadTooLarge,
    "no_room": refusals.NoRoom,
    "too_slow": refusals.TooSlow,
    "too_many_requests": refusals.TooMany,
    "too_many_streams": refusals.TooManyStreams,
    "too_many_connections": refusals.TooManyConnections,
    "server_full": refusals.ServerFull,
    "wrong_host": refusals.WrongHost,
    "cross_site": refusals.CrossSite,
    "form_too_old": refusals.FormTooOld,
}
"""Codes of the server itself, each with the class whose docstring says what it means."""

UNREADABLE = "The body cannot be read: send JSON in UTF-8, not packed, nested less deeply."
FIELDS = {"text": "prompt"}
"""What requests and forms call a value that is called otherwise where it is refused."""
NOUNS = ("shot", "take", "cut", "video", "asset", "webhook", "delivery", "doubt", "message", "file", "problem")
"""What may be not there, besides what the taxonomy names: `unknown_shot`."""


class Problem(BaseModel):
    """What is wrong with a request, or went wrong with it (RFC 9457)."""

    model_config = ConfigDict(json_schema_extra={"examples": [{
        "type": "/problems/unknown_model", "title": "No model has that name.", "status": 422, "code": "unknown_model",
        "detail": "'vio' is not a model. Nearest: veo-3.1.", "field": "model", "retriable": False, "may_have_cost": False,
    }]})  # fmt: skip

    type: Annotated[str, Field(description="An address on this server that says what the code means.")]
    title: str
    status: int
    code: Annotated[str, Field(description="For programs; one of the taxonomy of errors.")]
    detail: Annotated[str, Field(description="For a person: what happened, and what to do next.")]
    field: Annotated[str | None, Field(description="The field that cannot be used.")] = None
    retriable: Annotated[bool, Field(description="The same request may work later.")] = False
    may_have_cost: Annotated[bool, Field(description="Money may have been spent.")] = False


def meanings() -> dict[str, str]:
    """What each code means, in a sentence."""
    kinds: list[type[StoryreelError]] = [StoryreelError]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
    told = {
        _code_of(status): f"{status.description or status.phrase}." for status in HTTPStatus if status >= HTTPStatus.BAD_REQUEST
    }
    told |= {f"unknown_{noun}": _meaning(refusals.NotFound) for noun in NOUNS}
    told |= {kind.code: _meaning(kind) for kind in reversed(kinds)}
    return told | {code: _meaning(kind) for code, kind in (OWN | _of_routes()).items()}


def _of_routes() -> dict[str, type[Refused]]:
    """Codes of single routes, which import this module."""
    from storyreel.doors.server.earlier.guests import GuestsRefused
    from storyreel.doors.server.files import RangeUnusable
    from storyreel.doors.server.links import LinkEnded
    from storyreel.doors.server.once import KeyReused, UnderWay

    return {
        "guests_refused": GuestsRefused,
        "range_unusable": RangeUnusable,
        "link_ended": LinkEnded,
        "idempotency_key_reused": KeyReused,
        "request_under_way": UnderWay,
    }


def _code_of(status: HTTPStatus) -> str:
    return status.phrase.lower().replace(" ", "_").replace("-", "_").replace("'", "")


def _meaning(kind: type[Exception]) -> str:
    return (kind.__doc__ or kind.__name__).split("\n\n")[0].splitlines()[0]


def problem_of(error: Exception) -> tuple[Problem, dict[str, str]]:
    """The problem that tells an error, and the headers that go with it; of what nobody foresaw, nothing but that."""
    if isinstance(error, Refused):
        return problem(error.code, error.status, error.detail), dict(error.headers or {})
    if isinstance(error, RequestValidationError):
        return problem_of_shape(error), {}
    if isinstance(error, ImpossibleChange):
        return problem("conflict", HTTPStatus.CONFLICT, f"It cannot be done now: {error}."), {}
    if isinstance(error, StoryreelError):
        status = STATUSES.get(error.code, HTTPStatus.UNPROCESSABLE_ENTITY)
        told = problem(error.code, status, error.worded(REMEDIES)).model_copy(
            update={
                "field": FIELDS.get(error.field, error.field) if isinstance(error, InvalidRequest) else None,
                "retriable": error.retriable,
                "may_have_cost": error.may_have_cost,
            }
        )
        waits = error.retry_after_s if isinstance(error, RateLimited) else None
        return told, {} if waits is None else {"Retry-After": str(max(1, round(waits)))}
    if isinstance(error, HTTPException):
        status = HTTPStatus(error.status_code)
        told = problem(_code_of(status), status, UNREADABLE if _is_unreadable(error) else str(error.detail))
        return told, dict(error.headers or {})
    return problem("error", HTTPStatus.INTERNAL_SERVER_ERROR, "Something broke here; the server's log says what."), {}


def problem_of_shape(error: RequestValidationError) -> Problem:
    """The problem of a request whose fields are not of the shape that is taken; the first one is told."""
    first: Mapping[str, Any] = error.errors()[0]
    if first["type"] == "json_invalid":
        why = f"{first['ctx']['error']}, at character {first['loc'][-1]}"
        detail = f"The body is not JSON: {why}. Mend it there, and send it again."
        return problem("invalid_request", HTTPStatus.UNPROCESSABLE_ENTITY, detail).model_copy(update={"field": "body"})
    field = ".".join(str(part) for part in first["loc"][1:]) or str(first["loc"][0])
    detail = f"{field}: {re.sub(r'^Value error, ', '', str(first['msg']))}."
    return problem("invalid_request", HTTPStatus.UNPROCESSABLE_ENTITY, detail).model_copy(update={"field": field})


def _is_unreadable(error: HTTPException) -> bool:
    """A body that is no UTF-8, or is nested too deeply for Python's reader, which FastAPI answers in words of its own."""
    return isinstance(error.__cause__, (UnicodeDecodeError, RecursionError))


def answer(problem: Problem, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The problem as an answer."""
    body = problem.model_dump(exclude_none=True)
    return JSONResponse(body, status_code=problem.status, headers=dict(headers or {}), media_type=MEDIA_TYPE)


Shape: TypeAlias = Callable[[Problem, Mapping[str, str]], Response]
"""How a problem and its headers are told."""
Tell: TypeAlias = Callable[[str, Exception], Response]
"""The answer that tells an error, at a path."""


def as_problem(_path: str, error: Exception) -> Response:
    """The answer that tells an error, as a problem."""
    return answer(*problem_of(error))


def shaped(shapes: Mapping[str, Shape]) -> Tell:
    """The same, where some paths, by their beginning, have a shape of their own for errors."""

    def tell(path: str, error: Exception) -> Response:
        shape = next((shape for beginning, shape in shapes.items() if _begins(path, beginning)), answer)
        return shape(*problem_of(error))

    return tell


def _begins(path: str, beginning: str) -> bool:
    return path == beginning or path.startswith(f"{beginning}/")


def problem(code: str, status: HTTPStatus, detail: str) -> Problem:
    """A problem of that code."""
    title = meanings().get(code) or f"{status.phrase}."
    return Problem(type=f"/problems/{code}", title=title, status=status, code=code, detail=detail)
