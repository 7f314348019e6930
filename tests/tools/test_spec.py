"""A tool's description serves every agent: JSON Schema, OpenAI's shape, Google's. Requirement A5."""

from enum import StrEnum
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, Field, ValidationError

from storyreel.domain.values import JSON, Value, dict_of
from storyreel.tools import Toolbox, ToolSpec
from storyreel.tools.form import form_of
from storyreel.tools.toolbox import AnyTool

TOOLS = Toolbox.here([]).tools
GOOGLE_LACKS = {"$ref", "$defs", "additionalProperties", "exclusiveMinimum", "exclusiveMaximum", "const", "title", "oneOf"}


class Kind(StrEnum):
    """Two kinds."""

    OLD = "old"
    NEW = "new"


class Pair(Value):
    """Two numbers."""

    one: Annotated[int, Field(description="The first.")]


class Nested(Value):
    """Arguments with others in them."""

    title: Annotated[str, Field(description="A word that JSON Schema has, too.")]
    pairs: Annotated[tuple[Pair, ...], Field(description="Some pairs.")] = ()


class Endless(Value):
    """Arguments that hold themselves."""

    inner: Annotated["Endless | None", Field(description="Another.")] = None


def spec(arguments: type[BaseModel], **facts: Any) -> ToolSpec:
    told = {"id": "one", "name": "one", "title": "One", "description": "Does one thing, for a test.", "result": Pair}
    return ToolSpec.model_validate({**told, **facts, "arguments": arguments})


def words(schema: JSON) -> set[str]:
    """Every key of a schema, but for the arguments' names."""
    if isinstance(schema, list):
        return {word for one in schema for word in words(one)}
    inner: list[JSON] = []
    for word, told in dict_of(schema).items():
        inner += dict_of(told).values() if word == "properties" else [told]
    return set(dict_of(schema)).union(*map(words, inner))


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.spec.name)
def test_every_tool_is_told_in_the_words_that_each_agent_knows(tool: AnyTool) -> None:
    parameters: Any = tool.spec.parameters()
    declared: Any = tool.spec.declaration()["parameters"]

    assert "title" not in words(parameters)
    assert not GOOGLE_LACKS & words(declared)
    assert parameters["additionalProperties"] is False
    assert list(parameters["properties"]) == list(declared["properties"])
    assert tool.spec.function() == {
        "type": "function",
        "function": {"name": tool.spec.name, "description": tool.spec.description, "parameters": parameters},
    }


def test_what_is_needed_comes_first_and_what_may_be_null_is_said_so_to_google() -> None:
    film = Toolbox.here([]).tool("make_film").spec
    told: Any = film.declaration()["parameters"]

    assert next(iter(told["properties"])) == "story"
    assert (told["type"], told["properties"]["shots"]) == (
        "OBJECT",
        {
            "type": "INTEGER",
            "minimum": 1,
            "maximum": 200,
            "nullable": True,
            "default": None,
            "description": "How many shots, 1 to 200.",
        },
    )
    assert told["properties"]["joins"]["enum"] == ["auto", "chain", "keyframes", "cuts"]
    assert told["properties"]["references"]["items"] == {"type": "STRING"}


def test_definitions_stay_as_a_tool_gave_them_and_for_google_stand_in_their_place() -> None:
    told: Any = spec(Nested).parameters()
    declared: Any = spec(Nested).declaration()["parameters"]
    endless: Any = spec(Endless).parameters()

    assert told["properties"]["pairs"]["items"] == {"$ref": "#/$defs/Pair"}
    assert (told["$defs"]["Pair"]["additionalProperties"], told["additionalProperties"]) == (False, False)
    assert "title" in told["properties"]
    assert declared["properties"]["pairs"]["items"]["properties"]["one"]["type"] == "INTEGER"
    assert endless["$defs"]["Endless"]["properties"]["inner"]["anyOf"][0] == {"$ref": "#/$defs/Endless"}
    with pytest.raises(ValueError, match="hold Endless within itself"):
        spec(Endless).declaration()


class Answers(Value):
    """What a person may be asked for."""

    name: Annotated[str, Field(title="Name", description="Who it is.")]
    kind: Annotated[Kind, Field(description="Of which kind.")] = Kind.OLD
    years: int | None = None
    kinds: tuple[Kind, ...] = ()


def test_a_form_has_one_level_of_plain_fields() -> None:
    form: Any = form_of(Answers)

    assert form["required"] == ["name"]
    assert form["properties"]["name"] == {"type": "string", "title": "Name", "description": "Who it is."}
    assert (form["properties"]["kind"]["enum"], form["properties"]["kind"]["default"]) == (["old", "new"], "old")
    assert form["properties"]["years"] == {"type": "integer", "title": "Years"}
    assert form["properties"]["kinds"]["items"]["enum"] == ["old", "new"]
    for wrong in (Nested, Endless):
        with pytest.raises((TypeError, ValueError), match=r"pairs is no text|within itself"):
            form_of(wrong)


@pytest.mark.parametrize(
    ("arguments", "facts", "said"),
    [
        (Pair, {"id": "much_too_long"}, "id"),
        (Pair, {"name": "Not A Name"}, "name"),
        (BaseModel, {}, 'extra="forbid"'),
        (type("Mute", (Value,), {"__annotations__": {"word": str}}), {}, "the argument word has no description"),
    ],
)
def test_a_description_that_would_not_serve_is_refused(arguments: type[BaseModel], facts: dict[str, str], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        spec(arguments, **facts)
