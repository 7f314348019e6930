"""A tool's arguments, as a program or a language model gave them, read; and what is wrong with them, in a sentence."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.values import JSON
from storyreel.tools.spec import ToolSpec

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

A = TypeVar("A", bound=BaseModel)

MOST_TOLD, MOST_SHOWN = 3, 80  # complaints; characters of what was given
_ASIDE = re.compile(
    r"^(?:Value error, |(?:Input|String|Tuple) (?=should))|(?: after validation, not \d+|, unable to (?:parse|interpret) .*)?\.?$"
)
"""What pydantic says about itself, around what is wrong."""


def read_arguments(spec: ToolSpec, kind: type[A], told: Mapping[str, object] | BaseModel) -> A:
    """The arguments; null is the same as nothing. Raises InvalidRequest, whose field is the first that is wrong."""
    given = told.model_dump(exclude_unset=True) if isinstance(told, BaseModel) else told
    try:
        return kind.model_validate({name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        raise InvalidRequest(told_of(error, spec), field=_field(error)) from error


def typed(kind: type[BaseModel], field: str, value: JSON) -> JSON:
    """An argument's value as its kind has it: 2 where a person wrote "2". Raises ValidationError."""
    known = kind.model_fields[field]
    adapter: TypeAdapter[object] = TypeAdapter(Annotated[known.annotation, known])
    told: JSON = adapter.dump_python(adapter.validate_python(value), mode="json")
    return told


def told_of(error: ValidationError, spec: ToolSpec, *, field: str = "") -> str:
    """What is wrong with the arguments, or with that one, as a person reads it."""
    wrong = [_told(one, spec) for one in error.errors() if not field or one["loc"][:1] == (field,)]
    more = f" And {len(wrong) - MOST_TOLD} more are wrong." if len(wrong) > MOST_TOLD else ""
    return " ".join(wrong[:MOST_TOLD]) + more


def wanted_text(one: "ErrorDetails") -> str:
    """What a value should have been, without what pydantic says about itself: "should be a list"."""
    return "should be a list" if one["type"] == "tuple_type" else _ASIDE.sub("", one["msg"])


def _told(one: "ErrorDetails", spec: ToolSpec) -> str:
    name, first = ".".join(map(str, one["loc"])), str(next(iter(one["loc"]), ""))
    given, known = str(one["input"]), spec.arguments.model_fields.get(first)
    several = isinstance(one["input"], dict | list | tuple)
    wrong_kind = "a list" if one["type"] == "string_type" else ""
    shown = wrong_kind if several else repr(given[:MOST_SHOWN])
    if one["type"] == "extra_forbidden":
        return f"{spec.name} has no argument {name}; it has {', '.join(spec.arguments.model_fields)}."
    if known is not None and one["type"] == "missing":
        return f"{name} is missing: {known.description}"
    if known is not None and not given.strip():
        return f"{name} is empty: {known.description}"
    if known is not None and one["type"] == "string_pattern_mismatch":
        return f"{name} cannot be {shown}: {known.description}"
    return f"{name or 'The arguments'}: {wanted_text(one)}{shown and f'; {shown} was given'}."


def _field(error: ValidationError) -> str:
    return str(next(iter(error.errors()[0]["loc"]), "arguments"))
