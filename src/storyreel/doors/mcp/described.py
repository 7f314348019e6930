"""A tool as the protocol lists it: the schemas of its arguments and of its answer, and hints of what it may do."""

from typing import Any

from mcp.types import Tool, ToolAnnotations

from storyreel.domain.values import JSON, dict_of
from storyreel.doors.mcp.handed import Handed
from storyreel.tools.film_tool import FilmTool
from storyreel.tools.schema import untitled
from storyreel.tools.toolbox import AnyTool

WAIT = "wait"
"""The argument by which a call that makes a film waits for its end; without it, or where it is false, none does."""
WAITS = "True: answer once the film has ended. Otherwise answer at once with its id, for film_status to wait."


def described(tool: AnyTool) -> Tool:
    """The tool as the protocol lists it."""
    spec = tool.spec
    return Tool(
        name=spec.name,
        title=spec.title,
        description=spec.description,
        input_schema=_input_schema(tool),
        output_schema=_output_schema(tool),
        annotations=ToolAnnotations(
            title=spec.title,
            read_only_hint=spec.read_only,
            destructive_hint=False,  # takes are added, and never lost
            idempotent_hint=spec.read_only,
            open_world_hint=not spec.read_only,
        ),
    )


def _input_schema(tool: AnyTool) -> dict[str, JSON]:
    """The schema of the arguments; here a film is waited for only where that is asked."""
    schema = tool.spec.parameters()
    waits = dict_of(dict_of(schema.get("properties")).get(WAIT))
    if isinstance(tool, FilmTool) and waits:
        waits.update(default=False, description=WAITS)
    return schema


def _output_schema(tool: AnyTool) -> dict[str, Any] | None:
    """The schema of what a call answers; None where that is no object."""
    result = Handed if isinstance(tool, FilmTool) else tool.spec.result
    schema: dict[str, Any] = result.model_json_schema(mode="serialization")
    if schema.get("type") != "object":
        return None
    return dict_of(_known(untitled(schema)))


def _known(schema: JSON) -> JSON:
    """The schema without pydantic's own format of paths: here a path is told as an address, and clients complain of the word."""
    if isinstance(schema, list):
        return [_known(one) for one in schema]
    if isinstance(schema, dict):
        return {word: _known(told) for word, told in schema.items() if (word, told) != ("format", "path")}
    return schema
