"""The OpenAPI description made whole: of each operation every answer that it may give, each with an example of its own.

Which answers those are follows from what an operation takes: a body, names in its path, a key; and from whether it asks others.
"""

import json
from collections.abc import Generator, Mapping
from http import HTTPStatus
from importlib import resources
from typing import Any, TypeAlias

from fastapi import FastAPI
from typing_extensions import override

from storyreel.doors.server.problems import MEDIA_TYPE, UNREADABLE, Problem, problem

Described: TypeAlias = dict[str, Any]
"""A part of the description, as it is written in JSON."""

PART = {HTTPStatus.PARTIAL_CONTENT: "The part that was asked for (Range).", HTTPStatus.NOT_MODIFIED: "It is as it was (ETag)."}
ASKS_PROVIDERS = ("/v1/films", "/v1/estimate", "/v1/videos", "/veo31", "/api/video-gen/generate", "/v1/models")
FILES = ("/content", "/last-frame", "/files/{sealed}")
PROBLEM = "Problem"
ANSWERS = "answers.json"
"""What a server answered once, by the name of its shape; written by scripts/record_answers.py."""
OPEN = "/api/video-gen"
"""Where guests need no key."""
THEIRS = ("422", "HTTPValidationError", "ValidationError")
"""What FastAPI says of a request that is of no use, and the shapes of that; it is told otherwise here."""
CHANGES = {"post", "put", "delete"}

DETAILS: Mapping[HTTPStatus, tuple[str, str]] = {
    HTTPStatus.BAD_REQUEST: ("bad_request", UNREADABLE),
    HTTPStatus.UNAUTHORIZED: ("key_missing", "This server needs a key: send `Authorization: Bearer KEY`."),
    HTTPStatus.PAYMENT_REQUIRED: ("budget_exceeded", "It costs $2.10, more than the $1 that is left of the budget."),
    HTTPStatus.FORBIDDEN: ("scope_missing", "This key may not make: it lacks the scope 'make'."),
    HTTPStatus.NOT_FOUND: ("unknown_film", "There is no film 'lighthouse-7k2m'."),
    HTTPStatus.REQUEST_TIMEOUT: ("too_slow", "The request's body came too slowly."),
    HTTPStatus.CONFLICT: ("conflict", "The film lighthouse-7k2m is producing; it can be had once it is ready."),
    HTTPStatus.GONE: ("link_ended", "This link has ended, or was never one of this server's."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ("too_large", "The request is larger than the 1 MB that are taken here."),
    HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE: ("range_unusable", "The file has 184213 bytes."),
    HTTPStatus.MISDIRECTED_REQUEST: ("wrong_host", "This server is not called 'films.example.net'."),
    HTTPStatus.UNPROCESSABLE_ENTITY: ("invalid_request", "shots: Input should be less than or equal to 200."),
    HTTPStatus.FAILED_DEPENDENCY: ("authentication_failed", "Replicate refuses its key; set REPLICATE_API_TOKEN."),
    HTTPStatus.TOO_MANY_REQUESTS: ("too_many_requests", "Too many requests at once; try again in 2 s."),
    HTTPStatus.INTERNAL_SERVER_ERROR: ("error", "Something broke here; the server's log says what."),
    HTTPStatus.BAD_GATEWAY: ("provider_unavailable", "Replicate answered HTTP 503."),
    HTTPStatus.SERVICE_UNAVAILABLE: ("store_unusable", "The database does not answer."),
    HTTPStatus.GATEWAY_TIMEOUT: ("timed_out", "Replicate did not answer within 30 s."),
}
"""Of each status an example: a code, and what it may say."""


class WholeAPI(FastAPI):
    """An application that describes every answer."""

    @override
    def openapi(self) -> Described:
        """The description, made once."""
        if self.openapi_schema is None:
            self.openapi_schema = _whole(super().openapi())
        return self.openapi_schema


def _whole(api: Described) -> Described:
    """The description with every failure in place of `default`."""
    schemas: Described = api["components"]["schemas"]
    schemas[PROBLEM] = Problem.model_json_schema()
    for name in THEIRS[1:]:
        schemas.pop(name, None)
    told: Described = api["components"].setdefault("responses", {})
    for path, operations in api["paths"].items():
        for method, operation in operations.items():
            told |= _told_failures(path, method, operation)
    known: Described = json.loads(resources.files(__package__ or "").joinpath(ANSWERS).read_text("utf-8"))
    for name, schema in schemas.items():
        is_form = name.startswith("Body_")
        schema.setdefault("description", "A form." if is_form else "Any JSON.")
        if is_form or name in known:
            schema["examples"] = [_filled_in(schema) if is_form else known[name]]
    return api


def _told_failures(path: str, method: str, operation: Described) -> Described:
    """Put an operation's failures in place of `default`; the descriptions that it refers to, by name."""
    told: Described = {}
    answers: Described = operation["responses"]
    answers.pop(THEIRS[0], None)
    shape = _shape_of(answers.pop("default")) if "default" in answers else PROBLEM
    for status in sorted(set(_failures(path, method, operation, shape))):
        name = f"{shape}{status.value}"
        told[name] = _failure(status, shape)
        answers.setdefault(str(status.value), {"$ref": f"#/components/responses/{name}"})
    if path.endswith(FILES):
        for status, description in PART.items():
            answers.setdefault(str(status.value), {"description": description})
    return told


def _filled_in(form: Described) -> Described:
    """A form as it may be sent; its files are left out."""
    told = {name: field.get("default", next(iter(field.get("examples", ())), None)) for name, field in form["properties"].items()}
    return {name: value for name, value in told.items() if value is not None}


def _failures(path: str, method: str, operation: Described, shape: str) -> Generator[HTTPStatus]:
    """The failures that an operation may answer with."""
    yield from (HTTPStatus.MISDIRECTED_REQUEST, HTTPStatus.TOO_MANY_REQUESTS)
    yield from (HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.SERVICE_UNAVAILABLE)
    named = any(one["in"] == "path" for one in operation.get("parameters", ()))
    if path == "/files/{sealed}":
        yield from (HTTPStatus.GONE, HTTPStatus.UNPROCESSABLE_ENTITY)
    else:
        yield from (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
    if named or path.startswith(OPEN) or "requestBody" in operation:  # a body may name assets
        yield HTTPStatus.NOT_FOUND
    if named or operation.get("parameters") or "requestBody" in operation:
        yield HTTPStatus.BAD_REQUEST if shape != PROBLEM else HTTPStatus.UNPROCESSABLE_ENTITY
    if path.endswith(FILES):
        yield from (HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, HTTPStatus.CONFLICT)
    if method in CHANGES:
        yield from (HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if path.startswith(ASKS_PROVIDERS) and (method in CHANGES or path.startswith("/v1/models")):
        yield from (HTTPStatus.PAYMENT_REQUIRED, HTTPStatus.FAILED_DEPENDENCY)
        yield from (HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT)


def _failure(status: HTTPStatus, shape: str) -> Described:
    """An answer that tells a failure, with an example."""
    code, detail = DETAILS[status]
    example = problem(code, status, detail).model_dump(exclude_none=True)
    if shape != PROBLEM:
        example = {"error": {"message": detail, "type": "invalid_request_error", "param": None, "code": code}}
    body = {"schema": {"$ref": f"#/components/schemas/{shape}"}, "example": example}
    found: Described = {
        "description": f"{status.phrase}: {example.get('title', detail)}",
        "content": {MEDIA_TYPE if shape == PROBLEM else "application/json": body},
    }
    if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.UNAUTHORIZED}:
        name = "Retry-After" if status is HTTPStatus.TOO_MANY_REQUESTS else "WWW-Authenticate"
        found["headers"] = {
            name: {"schema": {"type": "string"}, "description": "Seconds." if name == "Retry-After" else "Bearer."}
        }
    return found


def _shape_of(answer: Described) -> str:
    """The name of the schema in which an operation tells failures."""
    return str(answer["content"]["application/json"]["schema"]["$ref"]).rpartition("/")[2]
