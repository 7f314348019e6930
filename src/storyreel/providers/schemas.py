"""A model's inputs as its OpenAPI schema tells them: names, and the values that each may have."""

from collections.abc import Mapping

from storyreel.domain.values import JSON

MOST_COUNTED = 64
"""A range of whole numbers up to this long is counted out."""

Inputs = dict[str, tuple[str, ...]]
"""A name -> its values as text; none: any."""


def inputs_of(shape: JSON, schemas: Mapping[str, JSON]) -> Inputs:
    """The inputs of an object's schema; `schemas` are those that it refers to. Empty where it is none."""
    told = _followed(shape, schemas).get("properties")
    return {name: values_of(one, schemas) for name, one in told.items()} if isinstance(told, dict) else {}


def together(every: list[Inputs]) -> Inputs:
    """The inputs of all: what any of them takes. One that takes any value makes it any."""
    names = dict.fromkeys(name for inputs in every for name in inputs)
    return {name: _union([inputs[name] for inputs in every if name in inputs]) for name in names}


def values_of(shape: JSON, schemas: Mapping[str, JSON]) -> tuple[str, ...]:
    """The values that one schema allows, as text; none: any. Choices may stand behind `$ref`, `allOf`, `anyOf` or `oneOf`."""
    told = _followed(shape, schemas)
    if isinstance(choices := told.get("enum"), list):
        return tuple(_text(choice) for choice in choices)
    if isinstance(parts := told.get("allOf"), list):
        return next((values for part in parts if (values := values_of(part, schemas))), ())
    for word in ("anyOf", "oneOf"):
        if isinstance(parts := told.get(word), list):
            return _union([values_of(part, schemas) for part in parts if part != {"type": "null"}])
    least, most = told.get("minimum"), told.get("maximum")
    if told.get("type") == "integer" and isinstance(least, int) and isinstance(most, int) and most - least < MOST_COUNTED:
        return tuple(str(number) for number in range(least, most + 1))
    return ()


def _union(every: list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for values in every for value in values)) if all(every) else ()


def _followed(shape: JSON, schemas: Mapping[str, JSON]) -> dict[str, JSON]:
    """The schema itself, where this only refers to it."""
    for _ in range(8):
        if not isinstance(shape, dict):
            return {}
        reference = shape.get("$ref")
        if not isinstance(reference, str):
            return shape
        shape = schemas.get(reference.rpartition("/")[2])
    return {}


def _text(value: JSON) -> str:
    match value:
        case bool():
            return str(value).lower()
        case float():
            return f"{value:g}"
        case _:
            return str(value)
