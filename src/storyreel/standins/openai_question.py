"""A question to a language model, read from the two shapes OpenAI's API takes it in, and checked as strictly: chat and responses.

Limits as in the API's own reference: names of schemas and tools, strict schemas, pictures as data addresses.
"""

import json
import re
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storyreel.domain.values import JSON, dict_of
from storyreel.standins.refusals import Refusal, Refused
from storyreel.standins.schema_writer import Told
from storyreel.standins.wording import Seen, seen_in

NAME = re.compile(r"^[A-Za-z0-9_-]{1,64}$")
PICTURE = re.compile(r"^data:image/(png|jpeg|webp|gif);base64,(.+)$", re.DOTALL)
MOST_PICTURE_BYTES = 50 * 1024 * 1024
ROLES = {"system", "developer", "user", "assistant", "tool", "function"}
DETAILS = {"low", "high", "auto", "original"}


@dataclass(frozen=True, slots=True)
class Tool:
    """A function that the model may call."""

    name: str
    parameters: JSON


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, whatever the shape."""

    model: str
    told: Told
    written: str  # everything in words, for counting tokens
    schema: JSON = None  # the answer must be JSON under it
    json: bool = False  # the answer must be JSON
    call: Tool | None = None  # the answer must be a call of it
    most_tokens: int | None = None
    stream: bool = False
    usage_in_stream: bool = True


def chat_question(body: Mapping[str, JSON]) -> Question:
    """What POST /v1/chat/completions asks. Raises Refused."""
    messages = _listed(body, "messages")
    words, seen, story = _messages(messages, "messages")
    form = dict_of(body.get("response_format"))
    kind = form.get("type", "text")
    if kind not in {"text", "json_object", "json_schema"}:
        raise invalid(f"Invalid value: '{kind}'.", "response_format.type", "invalid_value")
    schema = _schema(dict_of(form.get("json_schema")), "response_format.json_schema") if kind == "json_schema" else None
    if kind == "json_object":
        _json_is_mentioned(words)
    tools = [
        _tool(dict_of(dict_of(tool).get("function")), f"tools[{at}].function") for at, tool in enumerate(_list(body.get("tools")))
    ]
    choice = body.get("tool_choice")
    named = dict_of(dict_of(choice).get("function")).get("name") or choice
    return Question(
        model=_model(body),
        told=Told(story, seen),
        written=words,
        schema=schema,
        json=kind != "text",
        call=_to_call(tools, named, answered=_role(messages[-1]) == "tool"),
        most_tokens=_tokens(body, "max_completion_tokens") or _tokens(body, "max_tokens"),
        stream=body.get("stream") is True,
        usage_in_stream=dict_of(body.get("stream_options")).get("include_usage") is True,
    )


def responses_question(body: Mapping[str, JSON]) -> Question:
    """What POST /v1/responses asks. Raises Refused."""
    given = body.get("input")
    messages: Sequence[JSON] = [{"role": "user", "content": given}] if isinstance(given, str) else _listed(body, "input")
    words, seen, story = _messages([item for item in messages if "role" in dict_of(item)], "input")
    outputs = [str(dict_of(item).get("output", "")) for item in messages if dict_of(item).get("type") == "function_call_output"]
    form = dict_of(dict_of(body.get("text")).get("format"))
    kind = form.get("type", "text")
    if kind not in {"text", "json_object", "json_schema"}:
        raise invalid(f"Invalid value: '{kind}'.", "text.format.type", "invalid_value")
    words = "\n".join([str(body.get("instructions") or ""), words, *outputs])
    if kind == "json_object":
        _json_is_mentioned(words)
    functions = [dict_of(tool) for tool in _list(body.get("tools")) if dict_of(tool).get("type") == "function"]
    choice = body.get("tool_choice")
    return Question(
        model=_model(body),
        told=Told(story, seen),
        written=words,
        schema=_schema(form, "text.format") if kind == "json_schema" else None,
        json=kind != "text",
        call=_to_call(
            [_tool(tool, f"tools[{at}]") for at, tool in enumerate(functions)],
            dict_of(choice).get("name") or choice,
            answered=dict_of(messages[-1]).get("type") == "function_call_output",
        ),
        most_tokens=_tokens(body, "max_output_tokens"),
        stream=body.get("stream") is True,
    )


def invalid(message: str, param: str, code: str = "") -> Refused:
    """A refusal in the API's words, its parameter and code."""
    return Refused(Refusal.INVALID, message, field=param, problem=code)


def _messages(messages: Sequence[JSON], param: str) -> tuple[str, tuple[Seen, ...], str]:
    """All words, all pictures, and the words of users since the model last spoke."""
    words: list[str] = []
    seen: list[Seen] = []
    story: list[str] = []
    for at, message in enumerate(messages):
        role = _role(message)
        if role not in ROLES:
            raise invalid(f"Invalid value: '{role}'.", f"{param}[{at}].role", "invalid_value")
        text, pictures = _content(dict_of(message).get("content"), f"{param}[{at}].content", role)
        words.append(text)
        seen += pictures
        if role == "user":
            story.append(text)
    return "\n".join(words), tuple(seen), "\n".join(story)


def _content(content: JSON, param: str, role: str) -> tuple[str, list[Seen]]:
    if isinstance(content, str):
        return content, []
    if content is None and role == "assistant":
        return "", []
    if not isinstance(content, list) or (role == "user" and not content):
        raise invalid(f"Invalid type for '{param}': expected one of a string or array of objects.", param, "invalid_type")
    words: list[str] = []
    seen: list[Seen] = []
    for at, part in enumerate(dict_of(part) for part in content):
        match part.get("type"):
            case "text" | "input_text" | "output_text":
                words.append(_text(part, f"{param}[{at}]"))
            case "refusal":
                words.append(str(part.get("refusal")))
            case "image_url" | "input_image":
                seen.append(_picture(part, f"{param}[{at}]"))
            case other:
                raise invalid(f"Invalid value: '{other}'.", f"{param}[{at}].type", "invalid_value")
    return "\n".join(words), seen


def _text(part: Mapping[str, JSON], param: str) -> str:
    if not isinstance(text := part.get("text"), str):
        raise invalid(f"Missing required parameter: '{param}.text'.", f"{param}.text", "missing_required_parameter")
    return text


def _picture(part: Mapping[str, JSON], param: str) -> Seen:
    """The picture of a part. Raises Refused for one that does not decode."""
    address, detail = part.get("image_url"), part.get("detail", "auto")
    if isinstance(address, dict):
        address, detail = address.get("url"), address.get("detail", "auto")
    if detail not in DETAILS:
        raise invalid(f"Invalid value: '{detail}'.", f"{param}.detail", "invalid_value")
    if not isinstance(address, str):
        raise invalid(f"Missing required parameter: '{param}.image_url'.", f"{param}.image_url", "missing_required_parameter")
    if address.startswith(("http://", "https://")):
        raise invalid(f"Error while downloading {address.partition('?')[0]}.", f"{param}.image_url", "invalid_image_url")
    found = PICTURE.match(address)
    if not found:
        raise invalid("You uploaded an unsupported image. It is one of png, jpeg, gif, webp.", param, "invalid_image_format")
    try:
        data = b64decode(found[2], validate=True)
    except ValueError as error:
        raise invalid("Invalid base64 image_url.", f"{param}.image_url", "invalid_base64_image") from error
    if len(data) > MOST_PICTURE_BYTES:
        raise invalid("The image is too large.", f"{param}.image_url", "image_too_large")
    try:
        return seen_in(data)
    except ValueError as error:
        raise invalid("You uploaded an image that cannot be read.", f"{param}.image_url", "image_parse_error") from error


def _schema(told: Mapping[str, JSON], param: str) -> JSON:
    """The schema that an answer must keep to. Raises Refused for one that the API would not take."""
    name, schema = told.get("name"), told.get("schema")
    _named(name, f"{param}.name")
    if not isinstance(schema, dict):
        raise invalid(f"Missing required parameter: '{param}.schema'.", f"{param}.schema", "missing_required_parameter")
    if told.get("strict") is True and (problem := strict_problem(schema)):
        where = param.partition(".")[0]
        raise invalid(f"Invalid schema for {where} '{name}': {problem}", where, "invalid_json_schema")
    return schema


def _tool(told: Mapping[str, JSON], param: str) -> Tool:
    name, parameters = told.get("name"), told.get("parameters") or {"type": "object", "properties": {}}
    _named(name, f"{param}.name")
    if told.get("strict") is True and (problem := strict_problem(parameters)):
        raise invalid(f"Invalid schema for function '{name}': {problem}", f"{param}.parameters", "invalid_function_parameters")
    return Tool(str(name), parameters)


def _named(name: JSON, param: str) -> None:
    if name is None:
        raise invalid(f"Missing required parameter: '{param}'.", param, "missing_required_parameter")
    if not isinstance(name, str) or not NAME.match(name):
        raise invalid(f"Invalid '{param}': string does not match pattern. Expected '{NAME.pattern}'.", param, "invalid_value")


def _to_call(tools: Sequence[Tool], choice: JSON, *, answered: bool) -> Tool | None:
    """The tool that the model calls: the one it must; of several, one that ends the matter; none where one has answered."""
    if not tools or choice == "none":
        return None
    if isinstance(choice, str) and choice not in {"auto", "required"}:
        named = next((tool for tool in tools if tool.name == choice), None)
        if named is None:
            raise invalid(f"Tool choice '{choice}' not found in 'tools' parameter.", "tool_choice", "invalid_value")
        return named
    if answered and choice != "required":
        return next((tool for tool in tools if tool.name.startswith("final_result")), None)
    return next((tool for tool in tools if tool.name.startswith("final_result")), tools[0])


def strict_problem(schema: JSON, at: tuple[str, ...] = ()) -> str:
    """What a strict schema does wrong, as the API says it; empty where it is right."""
    if not isinstance(schema, dict):
        return ""
    context = f"In context={at!r}, "
    if not at and (schema.get("type") != "object" or "anyOf" in schema) and "$ref" not in schema:
        return f"schema must be a JSON Schema of 'type: \"object\"', got 'type: \"{schema.get('type')}\"'."
    if "$ref" in schema and len(schema) > 1 and at:
        return f"{context}$ref cannot have keywords {sorted(schema.keys() - {'$ref'})!r}."
    properties = dict_of(schema.get("properties"))
    if schema.get("type") == "object" or properties:
        if schema.get("additionalProperties") is not False:
            return f"{context}'additionalProperties' is required to be supplied and to be false."
        missing = [name for name in properties if name not in _list(schema.get("required"))]
        if missing:
            told = "'required' is required to be supplied and to be an array including every key in properties."
            return f"{context}{told} Missing '{missing[0]}'."
    below = [("properties", name, inner) for name, inner in properties.items()]
    below += [("$defs", name, inner) for name, inner in dict_of(schema.get("$defs")).items()]
    below += [("anyOf", str(nth), inner) for nth, inner in enumerate(_list(schema.get("anyOf")))]
    found = (strict_problem(inner, (*at, key, name)) for key, name, inner in below)
    return next(filter(None, found), "") or strict_problem(schema.get("items"), (*at, "items"))


def _json_is_mentioned(words: str) -> None:
    if "json" not in words.lower():
        message = "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'."
        raise invalid(message, "messages")


def _listed(body: Mapping[str, JSON], name: str) -> list[JSON]:
    if name not in body:
        raise invalid(f"Missing required parameter: '{name}'.", name, "missing_required_parameter")
    if not isinstance(listed := body[name], list) or not listed:
        raise invalid(
            f"Invalid '{name}': empty array or wrong type. Expected an array with minimum length 1.", name, "empty_array"
        )
    return listed


def _tokens(body: Mapping[str, JSON], name: str) -> int | None:
    value = body.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise invalid(f"Invalid '{name}': integer below minimum value. Expected a value >= 1.", name, "integer_below_min_value")
    return value


def _model(body: Mapping[str, JSON]) -> str:
    if not isinstance(model := body.get("model"), str) or not model:
        raise invalid("you must provide a model parameter", "model", "missing_required_parameter")
    return model


def _role(message: JSON) -> str:
    return str(dict_of(message).get("role"))


def _list(value: JSON) -> list[JSON]:
    return value if isinstance(value, list) else []


def as_text(value: JSON) -> str:
    """JSON as a model writes it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
