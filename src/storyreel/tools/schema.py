"""JSON Schema as function calling takes it: as a tool gave it, or all in its place, and for Google in the few words it knows."""

from storyreel.domain.values import JSON, dict_of

GOOGLE_KNOWS = frozenset(
    {"description", "enum", "format", "items", "maxItems", "maxLength", "maximum", "minItems", "minLength", "minimum", "pattern"}
    | {"properties", "required", "default"}
)
"""Words of its Schema object that are JSON Schema's too (ai.google.dev/api/caching#Schema, read 2026-11-20)."""


NAMED = ("properties", "$defs")
"""Words below which keys are names, and no words of JSON Schema."""
LITERAL = {"default", "examples", "enum", "const"}


def untitled(schema: dict[str, JSON]) -> dict[str, JSON]:
    """The schema as it was given, without the titles that pydantic makes of names."""
    return dict_of(_untitled({word: told for word, told in schema.items() if word != "title"}))


def _untitled(told: JSON) -> JSON:
    if isinstance(told, list):
        return [_untitled(one) for one in told]
    if not isinstance(told, dict):
        return told
    kept: dict[str, JSON] = {}
    for word, one in told.items():
        if word in NAMED:
            kept[word] = {name: _untitled(_bare(dict_of(field))) for name, field in dict_of(one).items()}
        else:
            kept[word] = one if word in LITERAL else _untitled(one)
    return kept


def _bare(field: dict[str, JSON]) -> dict[str, JSON]:
    return {word: told for word, told in field.items() if word != "title"}


def inlined(schema: dict[str, JSON]) -> dict[str, JSON]:
    """The schema with everything in its place, referred to from nowhere. Raises ValueError where it has no end."""
    definitions = dict_of(schema.get("$defs"))
    return dict_of(_inlined({word: told for word, told in schema.items() if word != "$defs"}, definitions, ()))


def _inlined(told: JSON, definitions: dict[str, JSON], within: tuple[str, ...]) -> JSON:
    if isinstance(told, list):
        return [_inlined(one, definitions, within) for one in told]
    if not isinstance(told, dict):
        return told
    if isinstance(reference := told.get("$ref"), str):
        name = reference.removeprefix("#/$defs/")
        if name in within:
            raise ValueError(f"the arguments hold {name} within itself, which has no end")
        meant = dict_of(_inlined(definitions[name], definitions, (*within, name)))
        own = {word: one for word, one in told.items() if word != "$ref"}
        return {**meant, **dict_of(_inlined(own, definitions, within))}
    kept: dict[str, JSON] = {}
    for word, one in told.items():
        if word in NAMED:
            kept[word] = {name: _inlined(field, definitions, within) for name, field in dict_of(one).items()}
        else:
            kept[word] = one if word in LITERAL else _inlined(one, definitions, within)
    return kept


def of_google(schema: dict[str, JSON]) -> dict[str, JSON]:
    """An inlined schema as Google's Schema object. What it cannot say is left out: our own check of the arguments still holds."""
    choices = [dict_of(one) for one in _list_of(schema.get("anyOf") or schema.get("oneOf"))]
    others = [one for one in choices if one.get("type") != "null"]
    if choices and len(others) == 1:
        own = {word: told for word, told in schema.items() if word not in {"anyOf", "oneOf"}}
        return of_google({**others[0], **own}) | ({"nullable": True} if len(choices) > 1 else {})
    told: dict[str, JSON] = {word: one for word, one in schema.items() if word in GOOGLE_KNOWS}
    if isinstance(kind := schema.get("type"), str):
        told["type"] = kind.upper()
    if "const" in schema:
        told["enum"] = [schema["const"]]
    if others:
        told["anyOf"] = [of_google(one) for one in others]
        told |= {"nullable": True} if len(others) < len(choices) else {}
    if "properties" in schema:
        told["properties"] = {name: of_google(dict_of(one)) for name, one in dict_of(schema["properties"]).items()}
    if "items" in schema:
        told["items"] = of_google(dict_of(schema["items"]))
    return told


def _list_of(told: JSON) -> list[JSON]:
    return told if isinstance(told, list) else []
