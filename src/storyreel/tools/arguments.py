"""A tool's arguments, as a program or a language model gave them, read; and what is wrong with them, in a sentence."""

from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from storyreel.domain.errors import InvalidRequest
from storyreel.tools.spec import ToolSpec

A = TypeVar("A", bound=BaseModel)


def read_arguments(spec: ToolSpec, kind: type[A], told: Mapping[str, object] | BaseModel) -> A:
    """The arguments; null is the same as nothing. Raises InvalidRequest, whose field is the first that is wrong."""
    given = told.model_dump(exclude_unset=True) if isinstance(told, BaseModel) else told
    try:
        return kind.model_validate({name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        raise InvalidRequest(told_of(error, spec), field=str(error.errors()[0]["loc"][:1][0])) from error


def told_of(error: ValidationError, spec: ToolSpec, *, field: str = "") -> str:
    """The first complaint, or the first about that field, as a person reads it."""
    wrong = [one for one in error.errors() if not field or one["loc"][:1] == (field,)]
    first = wrong[0]
    name = ".".join(map(str, first["loc"])) or "the arguments"
    if first["type"] == "missing":
        said = f"{name} is missing: {spec.arguments.model_fields[str(first['loc'][0])].description}"
    elif first["type"] == "extra_forbidden":
        said = f"{spec.name} has no argument {name}; it has {', '.join(spec.arguments.model_fields)}"
    else:
        reason = first["msg"].removeprefix("Value error, ").removeprefix("Input ")
        given = first["input"]
        shown = "" if isinstance(given, dict | list) else f"; {str(given)[:80]!r} was given"
        said = f"{name}: {reason}{shown}"
    more = f" ({len(wrong) - 1} more of the arguments are wrong)" if len(wrong) > 1 else ""
    return f"{said.rstrip('.')}.{more}"
