"""A language model's answer in the two shapes of OpenAI's API, whole or as a stream of events: chat and responses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from storyreel.domain.values import JSON
from storyreel.standins.faults import Fault
from storyreel.standins.openai_question import Question, Tool, as_text
from storyreel.standins.schema_writer import written
from storyreel.standins.wording import json_in, sentences_of

REFUSAL = "I'm sorry, but I can't help with that."
PATCH_PX, MOST_PATCHES = 32, 1536  # how a picture is counted as tokens
PIECE = 24  # characters in one event of a stream
ECHOED = ("instructions", "metadata", "temperature", "top_p", "max_output_tokens", "previous_response_id", "reasoning", "user")
FATES = {Fault.MODERATION_LATER: "refusal", Fault.FAILS_LATER: "content_filter", Fault.ENDLESS: "length"}
"""What the faults of a job's life mean for an answer that comes at once."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model says."""

    text: str
    finish: str  # "stop", "length", "content_filter", "tool_calls"
    input_tokens: int
    output_tokens: int
    call: Tool | None = None
    refused: bool = False


def reply_to(question: Question, fate: Fault | None = None) -> Reply:
    """The answer to a question; with a fate, one that breaks off or is refused."""
    pictures = sum(min(MOST_PATCHES, -(-one.width_px // PATCH_PX) * -(-one.height_px // PATCH_PX)) for one in question.told.seen)
    asked = tokens_in(question.written) + tokens_in(as_text(question.schema)) + pictures
    ending = FATES.get(fate) if fate else None
    if ending == "refusal":
        return Reply(REFUSAL, "stop", asked, tokens_in(REFUSAL), refused=True)
    text = _said(question)
    most = question.most_tokens if question.most_tokens is not None else tokens_in(text)
    if ending or tokens_in(text) > most:
        most = min(most, tokens_in(text) // 2)
        return Reply(text[: 4 * most], ending or "length", asked, most, call=question.call)
    return Reply(text, "tool_calls" if question.call else "stop", asked, tokens_in(text), call=question.call)


def tokens_in(text: str) -> int:
    """How many tokens a text counts for: one for four bytes."""
    return -(-len(text.encode()) // 4)


def _said(question: Question) -> str:
    if question.call:
        return as_text(written(question.call.parameters, question.told))
    if question.schema is not None:
        return as_text(written(question.schema, question.told))
    if question.json:
        schemas = [found for found in json_in(question.written) if isinstance(found, dict) and "properties" in found]
        return as_text(written(schemas[0] if schemas else {"type": "object"}, question.told))
    pictures = [one.sentence for one in question.told.seen]
    return "\n".join([*pictures, *sentences_of(question.told.text)]) or "Yes."


def chat_completion(question: Question, reply: Reply, id: str, created: int) -> dict[str, JSON]:
    """The body of an answer to POST /v1/chat/completions."""
    message: dict[str, JSON] = {"role": "assistant", "content": None, "refusal": None, "annotations": []}
    if reply.call:
        message["tool_calls"] = [_chat_call(reply, id)]
    else:
        message["refusal" if reply.refused else "content"] = reply.text
    choice: JSON = {"index": 0, "message": message, "logprobs": None, "finish_reason": reply.finish}
    head = _chat_head(question, id, created, "chat.completion")
    return {**head, "choices": [choice], "usage": _chat_usage(reply)}


def chat_chunks(question: Question, reply: Reply, id: str, created: int) -> Iterator[dict[str, JSON]]:
    """The same, in pieces."""
    head = {**_chat_head(question, id, created, "chat.completion.chunk")}
    if question.usage_in_stream:
        head["usage"] = None

    def chunk(delta: JSON, finish: str | None = None) -> dict[str, JSON]:
        return {**head, "choices": [{"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}]}

    yield chunk({"role": "assistant", "content": None if reply.call else "", "refusal": None})
    if reply.call:
        yield chunk({"tool_calls": [{"index": 0, **_chat_call(reply, id, "")}]})
    for piece in _pieces(reply.text):
        if reply.call:
            yield chunk({"tool_calls": [{"index": 0, "function": {"arguments": piece}}]})
        else:
            yield chunk({"refusal" if reply.refused else "content": piece})
    yield chunk({}, reply.finish)
    if question.usage_in_stream:
        yield {**head, "choices": [], "usage": _chat_usage(reply)}


def _chat_head(question: Question, id: str, created: int, object: str) -> dict[str, JSON]:
    return {
        "id": f"chatcmpl-{id}",
        "object": object,
        "created": created,
        "model": question.model,
        "service_tier": "default",
        "system_fingerprint": None,
    }


def _chat_call(reply: Reply, id: str, arguments: str | None = None) -> dict[str, JSON]:
    name = reply.call.name if reply.call else ""
    told = reply.text if arguments is None else arguments
    return {"id": f"call_{id}", "type": "function", "function": {"name": name, "arguments": told}}


def _chat_usage(reply: Reply) -> dict[str, JSON]:
    return {
        "prompt_tokens": reply.input_tokens,
        "completion_tokens": reply.output_tokens,
        "total_tokens": reply.input_tokens + reply.output_tokens,
        "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": 0, "audio_tokens": 0},
    }


def response(question: Question, reply: Reply, id: str, created: int, body: Mapping[str, JSON]) -> dict[str, JSON]:
    """The body of an answer to POST /v1/responses."""
    reasons = {"length": "max_output_tokens", "content_filter": "content_filter"}
    broken = reasons.get(reply.finish)
    return {
        **_response_head(question, id, created, body),
        "status": "incomplete" if broken else "completed",
        "incomplete_details": {"reason": broken} if broken else None,
        "completed_at": None if broken else created,
        "output": [_item(reply, id, "incomplete" if broken else "completed")],
        "usage": {
            "input_tokens": reply.input_tokens,
            "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
            "output_tokens": reply.output_tokens,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": reply.input_tokens + reply.output_tokens,
        },
    }


def response_events(whole: Mapping[str, JSON], reply: Reply) -> Iterator[dict[str, JSON]]:
    """The same, as the events of a stream in their order; each is to be numbered."""
    id = str(whole["id"]).removeprefix("resp_")
    running: dict[str, JSON] = {**whole, "status": "in_progress", "output": [], "usage": None, "incomplete_details": None}
    item, status = _item(reply, id, "in_progress"), str(whole["status"])
    done = _item(reply, id, status)
    at: dict[str, JSON] = {"output_index": 0, "item_id": item["id"]}
    yield {"type": "response.created", "response": running}
    yield {"type": "response.in_progress", "response": running}
    if reply.call:
        yield {"type": "response.output_item.added", "output_index": 0, "item": {**item, "arguments": ""}}
        for piece in _pieces(reply.text):
            yield {"type": "response.function_call_arguments.delta", **at, "delta": piece}
        yield {"type": "response.function_call_arguments.done", **at, "arguments": reply.text, "name": reply.call.name}
    else:
        kind, key = ("refusal", "refusal") if reply.refused else ("output_text", "text")
        extra: dict[str, JSON] = {} if reply.refused else {"logprobs": []}
        empty: dict[str, JSON] = {**_part(reply), key: ""}
        yield {"type": "response.output_item.added", "output_index": 0, "item": {**item, "content": []}}
        yield {"type": "response.content_part.added", **at, "content_index": 0, "part": empty}
        for piece in _pieces(reply.text):
            yield {"type": f"response.{kind}.delta", **at, "content_index": 0, "delta": piece, **extra}
        yield {"type": f"response.{kind}.done", **at, "content_index": 0, key: reply.text, **extra}
        yield {"type": "response.content_part.done", **at, "content_index": 0, "part": _part(reply)}
    yield {"type": "response.output_item.done", "output_index": 0, "item": done}
    yield {"type": f"response.{status}", "response": dict(whole)}


def _response_head(question: Question, id: str, created: int, body: Mapping[str, JSON]) -> dict[str, JSON]:
    """What a response repeats of its question."""
    return {
        "id": f"resp_{id}",
        "object": "response",
        "created_at": created,
        "error": None,
        "model": question.model,
        **{name: body.get(name) for name in ECHOED},
        "parallel_tool_calls": body.get("parallel_tool_calls", True),
        "store": body.get("store", True),
        "text": body.get("text") or {"format": {"type": "text"}},
        "tool_choice": body.get("tool_choice", "auto"),
        "tools": body.get("tools") or [],
        "truncation": body.get("truncation") or "disabled",
    }


def _item(reply: Reply, id: str, status: str) -> dict[str, JSON]:
    if reply.call:
        return {
            "id": f"fc_{id}",
            "type": "function_call",
            "status": status,
            "call_id": f"call_{id}",
            "name": reply.call.name,
            "arguments": reply.text,
        }
    return {"id": f"msg_{id}", "type": "message", "role": "assistant", "status": status, "content": [_part(reply)]}


def _part(reply: Reply) -> dict[str, JSON]:
    if reply.refused:
        return {"type": "refusal", "refusal": reply.text}
    return {"type": "output_text", "text": reply.text, "annotations": [], "logprobs": []}


def _pieces(text: str) -> Iterator[str]:
    for start in range(0, len(text), PIECE):
        yield text[start : start + PIECE]
