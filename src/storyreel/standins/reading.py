"""Reading what a client sent, as strictly as a cloud does: JSON, forms, pictures as addresses or base64, fields by rules.

Everything here raises `Refused`, which the cloud answers in its own words.
"""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import aiohttp
from aiohttp import BodyPartReader, web
from PIL import Image

from storyreel.domain.errors import MediaUnusable
from storyreel.domain.values import JSON, Size
from storyreel.media.pictures import open_picture
from storyreel.standins.clips import JPEG, PNG, WEBP
from storyreel.standins.refusals import Refusal, Refused

_STARTS = {PNG: b"\x89PNG\r\n\x1a\n", JPEG: b"\xff\xd8\xff", WEBP: b"RIFF"}
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in a form, or was uploaded before."""

    data: bytes
    media_type: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class PictureLimits:
    """What pictures a cloud takes."""

    types: tuple[str, ...] = (PNG, JPEG)
    most_bytes: int = 20 * 1024 * 1024
    least_side_px: int = 1
    most_side_px: int = 100_000
    least_aspect: float = 0.0  # width over height
    most_aspect: float = 1000.0


@dataclass(frozen=True, slots=True)
class Rule:
    """What a field may be: `{"prompt": Rule(str, required=True, longest=2500), "duration": Rule(int, choices=(5, 10))}`."""

    kinds: type | tuple[type, ...] = str  # float takes whole numbers too; bool is never a number
    required: bool = False
    choices: tuple[JSON, ...] = ()
    least: float | None = None
    most: float | None = None
    longest: int | None = None  # characters, or entries of a list
    default: JSON = None  # what it is where it was not sent


def checked(
    body: Mapping[str, JSON], rules: Mapping[str, Rule], *, within: str = "", refuse_unknown: bool = True
) -> dict[str, JSON]:
    """The fields with their defaults. `within` goes before a field's name in a refusal: "input." gives `input.duration`.

    Raises Refused INVALID with `field` and `problem`: required, type, choices, least, most, longest, unknown.
    """
    for name in body:
        if refuse_unknown and name not in rules:
            raise _wrong(within + name, "unknown", "is not a field of this model")
    kept: dict[str, JSON] = {}
    for name, rule in rules.items():
        value = body.get(name)
        if value is None:
            if rule.required:
                raise _wrong(within + name, "required", "is required")
            kept[name] = rule.default
        else:
            kept[name] = _must_hold(within + name, value, rule)
    return kept


def _must_hold(field: str, value: JSON, rule: Rule) -> JSON:
    kinds = rule.kinds if isinstance(rule.kinds, tuple) else (rule.kinds,)
    if not _is_of(value, kinds):
        raise _wrong(field, "type", f"must be {' or '.join(kind.__name__ for kind in kinds)}")
    if rule.choices and value not in rule.choices:
        raise _wrong(field, "choices", f"must be one of {', '.join(str(choice) for choice in rule.choices)}")
    if isinstance(value, int | float):
        _must_be_within(field, value, rule)
    elif rule.longest is not None and isinstance(value, str | list) and len(value) > rule.longest:
        unit = "characters" if isinstance(value, str) else "entries"
        raise _wrong(field, "longest", f"must have at most {rule.longest} {unit}")
    return value


def _is_of(value: JSON, kinds: tuple[type, ...]) -> bool:
    """Whether a value is of one of these kinds: a whole number is a float too, a bool never a number."""
    if isinstance(value, bool):
        return bool in kinds
    return isinstance(value, kinds) or (isinstance(value, int) and float in kinds)


def _must_be_within(field: str, value: float, rule: Rule) -> None:
    if rule.least is not None and value < rule.least:
        raise _wrong(field, "least", f"must be at least {rule.least:g}")
    if rule.most is not None and value > rule.most:
        raise _wrong(field, "most", f"must be at most {rule.most:g}")


def _wrong(field: str, problem: str, message: str) -> Refused:
    return Refused(Refusal.INVALID, f"{field} {message}", field=field, problem=problem)


async def json_of(request: web.Request) -> dict[str, JSON]:
    """The body as a JSON object. Raises Refused INVALID for anything else, also for a wrong content type."""
    if request.content_type != "application/json":
        raise Refused(Refusal.INVALID, f"Content-Type is {request.content_type}, not application/json", problem="content_type")
    try:
        told: JSON = json.loads(await request.read())
    except (ValueError, UnicodeDecodeError) as error:
        raise Refused(Refusal.INVALID, "the body is not JSON", problem="json") from error
    if not isinstance(told, dict):
        raise Refused(Refusal.INVALID, "the body is not a JSON object", problem="json")
    return told


async def form_of(request: web.Request) -> tuple[dict[str, str], dict[str, list[Upload]]]:
    """A form's fields and files by name, in order; also of a form without files. Raises Refused INVALID."""
    fields: dict[str, str] = {}
    files: dict[str, list[Upload]] = {}
    if request.content_type == "application/x-www-form-urlencoded":
        return {name: str(value) for name, value in (await request.post()).items()}, files
    if request.content_type != "multipart/form-data":
        raise Refused(Refusal.INVALID, f"Content-Type is {request.content_type}, not multipart/form-data", problem="content_type")
    try:
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or part.name is None:
                raise Refused(Refusal.INVALID, "a part of the form has no name", problem="form")
            data = await part.read(decode=True)
            if part.filename is None:
                fields[part.name] = bytes(data).decode("utf-8")
            else:
                kind = part.headers.get("Content-Type", "application/octet-stream").partition(";")[0]
                files.setdefault(part.name, []).append(Upload(bytes(data), kind, part.filename))
    except ValueError as error:
        raise Refused(Refusal.INVALID, "the form cannot be read", problem="form") from error
    return fields, files


def text_of(body: Mapping[str, JSON], name: str) -> str:
    """A field that is a text; empty where it is not there. Raises Refused INVALID for another type."""
    value = body.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _wrong(name, "type", "must be str")
    return value


def object_of(body: Mapping[str, JSON], name: str) -> dict[str, JSON]:
    """A field that is an object; empty where it is not there. Raises Refused INVALID for another type."""
    value = body.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise _wrong(name, "type", "must be an object")
    return value


def list_of(body: Mapping[str, JSON], name: str) -> list[JSON]:
    """A field that is a list; empty where it is not there. Raises Refused INVALID for another type."""
    value = body.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise _wrong(name, "type", "must be a list")
    return value


def from_base64(text: str, field: str) -> bytes:
    """The bytes of bare base64: no "data:" before it, no line breaks. Raises Refused INVALID."""
    try:
        return base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error) as error:
        raise _wrong(field, "base64", "is not base64") from error


def from_data_uri(text: str, field: str) -> Upload:
    """The file in a `data:image/png;base64,...` address. Raises Refused INVALID."""
    head, comma, body = text.partition(",")
    if not head.startswith("data:") or not head.endswith(";base64") or not comma:
        raise _wrong(field, "address", "is not a data URI with base64")
    return Upload(from_base64(body, field), head.removeprefix("data:").partition(";")[0])


def must_be_picture(upload: Upload | bytes, field: str, limits: PictureLimits | None = None) -> Image.Image:
    """The decoded picture. Raises Refused INVALID or TOO_LARGE: it is none, beyond the limits, or not of the type it claims."""
    limits = limits or PictureLimits()
    data = upload if isinstance(upload, bytes) else upload.data
    found = next((kind for kind, start in _STARTS.items() if data.startswith(start)), "")
    claimed = found if isinstance(upload, bytes) else upload.media_type
    if len(data) > limits.most_bytes:
        raise Refused(Refusal.TOO_LARGE, f"{field} is larger than {limits.most_bytes} bytes", field=field, problem="size")
    if found not in limits.types or claimed not in (found, "image/jpg", "application/octet-stream"):
        raise _wrong(field, "picture_type", f"must be {' or '.join(limits.types)}, and is {claimed or 'something else'}")
    try:
        picture = open_picture(data, name=field)
    except MediaUnusable as error:
        raise _wrong(field, "picture", f"cannot be decoded: {error.problem}") from error
    if min(picture.size) < limits.least_side_px or max(picture.size) > limits.most_side_px:
        raise _wrong(field, "picture_size", f"has {picture.width}x{picture.height} pixels")
    if not limits.least_aspect <= picture.width / picture.height <= limits.most_aspect:
        raise _wrong(field, "picture_aspect", f"has an aspect of {picture.width / picture.height:.3f}")
    return picture


def size_like(picture: bytes, short_side_px: int) -> tuple[int, int]:
    """The size of a clip that follows a picture's shape, in pixels, even."""
    seen = open_picture(picture)
    size = Size.of_aspect(f"{seen.width}:{seen.height}", short_side_px)
    return size.width_px, size.height_px


def paged(items: Sequence[Item], size: int, cursor: str = "") -> tuple[Sequence[Item], str]:
    """One page, and the cursor of the next; empty: there is none. Raises Refused INVALID for a cursor that is not ours."""
    try:
        start = int(base64.urlsafe_b64decode(cursor)) if cursor else 0
    except ValueError as error:
        raise _wrong("cursor", "choices", "is not a cursor of this list") from error
    end = start + size
    return items[start:end], base64.urlsafe_b64encode(str(end).encode()).decode() if end < len(items) else ""


async def fetched(address: str, field: str) -> Upload:
    """A picture at an address elsewhere, as clouds fetch it themselves. Raises Refused INVALID."""
    if not address.startswith(("http://", "https://")):
        raise Refused(Refusal.INVALID, f"{field} is not an address", field=field, problem="address")
    try:
        limits = aiohttp.ClientTimeout(total=10)
        async with aiohttp.ClientSession(timeout=limits) as session, session.get(address) as response:
            response.raise_for_status()
            return Upload(await response.read(), response.content_type)
    except (aiohttp.ClientError, TimeoutError) as error:
        raise Refused(Refusal.INVALID, f"{field} could not be fetched", field=field, problem="address") from error
