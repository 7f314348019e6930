"""What a request's body says: fields by name and a picture, from JSON or from a form, whose names may have brackets."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.values import JSON

MOST_FIELDS = 50
MOST_BODY_BYTES = 15_000_000  # a picture of 10 MB, also where it is told as base64 text
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
PICTURE = "input_reference"


@dataclass(frozen=True, slots=True)
class Sent:
    """A body as it was sent."""

    fields: Mapping[str, JSON]
    picture: bytes | None = None  # a file called `input_reference`


async def sent(request: Request) -> Sent:
    """The body of a request. Raises InvalidRequest, which names the field."""
    kind = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if kind not in FORMS:
        return Sent(_json(await request.body()))
    try:
        async with request.form(max_files=1, max_fields=MOST_FIELDS) as form:
            return await _form(form)
    except HTTPException as error:
        raise InvalidRequest(f"The form cannot be read: {error.detail}", field="body") from error


async def _form(form: FormData) -> Sent:
    fields: dict[str, JSON] = {}
    picture: bytes | None = None
    for name, value in form.multi_items():
        if not isinstance(value, UploadFile):
            _put(fields, name, value)
        elif name == PICTURE:
            picture = await value.read()
        else:
            raise InvalidRequest(f"Unknown parameter: '{name}'. A file is taken as '{PICTURE}' only.", field=name)
    return Sent(fields, picture)


def _json(body: bytes) -> dict[str, JSON]:
    try:
        told: JSON = json.loads(body or b"{}")
    except (ValueError, RecursionError) as error:
        raise InvalidRequest("The body is not JSON that can be read.", field="body") from error
    if not isinstance(told, dict):
        raise InvalidRequest('The body has to be a JSON object, like {"prompt": "..."}.', field="body")
    return told


def _put(fields: dict[str, JSON], name: str, value: str) -> None:
    """`a[b]` is the key b of a; a field that comes twice is refused."""
    outer, _, inner = name.partition("[")
    if not inner:
        if outer in fields:
            raise InvalidRequest(f"'{outer}' comes twice.", field=outer)
        fields[outer] = value
        return
    within = fields.setdefault(outer, {})
    key = inner.removesuffix("]")
    if not isinstance(within, dict) or key in within or not key:
        raise InvalidRequest(f"'{name}' cannot be read.", field=outer)
    within[key] = value
