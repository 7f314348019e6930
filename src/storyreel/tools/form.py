"""What a person is asked to fill in, as JSON Schema: one level of plain fields, which is all that a form has."""

from pydantic import BaseModel

from storyreel.domain.values import JSON, dict_of
from storyreel.tools.schema import inlined

PLAIN = {"string", "integer", "number", "boolean"}


def form_of(answers: type[BaseModel]) -> dict[str, JSON]:
    """The form by which a model's fields are asked for. Raises TypeError where one is no text, number, yes or no, or choice."""
    schema = inlined(answers.model_json_schema())
    fields = {name: _field(name, dict_of(told)) for name, told in dict_of(schema.get("properties")).items()}
    form: dict[str, JSON] = {"type": "object", "properties": {**fields}}
    return form | ({"required": schema["required"]} if schema.get("required") else {})


def _field(name: str, told: dict[str, JSON]) -> dict[str, JSON]:
    """A field, which may be left out where it may be null. Raises TypeError."""
    choices = told.get("anyOf")
    others = [dict_of(one) for one in choices if dict_of(one).get("type") != "null"] if isinstance(choices, list) else []
    if len(others) == 1:
        rest = {word: one for word, one in told.items() if word != "anyOf" and (word, one) != ("default", None)}
        told = {**others[0], **rest}
    kind, items = told.get("type"), dict_of(told.get("items"))
    several = kind == "array" and bool(items.get("enum") or items.get("anyOf"))
    if kind not in PLAIN and not several:
        raise TypeError(f"{name} is no text, number, yes or no, or choice, which is all that a person can be asked for")
    return told
