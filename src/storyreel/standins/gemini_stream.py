"""An interaction told as events, for those who asked for a stream: the facts of its JSON, in the order in which they came."""

import json
from collections.abc import Iterator, Mapping

from storyreel.domain.values import JSON


def events_of(told: Mapping[str, JSON], after: str = "") -> bytes:
    """Server-sent events of an interaction as it is now; with the last event's id, those that came after it."""
    lines: list[str] = []
    heard = not after
    for number, (kind, fields) in enumerate(_events(told)):
        id = f"{told['id']}-{number}"
        if heard:
            event = {"event_type": kind, "event_id": id, **fields}
            lines.append(f"event: {kind}\nid: {id}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n")
        heard = heard or id == after
    return "".join(lines).encode()


def _events(told: Mapping[str, JSON]) -> Iterator[tuple[str, dict[str, JSON]]]:
    """Each event's kind and fields."""
    bare = {name: value for name, value in told.items() if name not in {"steps", "usage"}}
    yield "interaction.created", {"interaction": {**bare, "status": "in_progress"}}
    yield "interaction.status_update", {"interaction_id": told["id"], "status": told["status"]}
    steps = told.get("steps")
    outputs = (
        [step for step in steps if isinstance(step, dict) and step.get("type") == "model_output"]
        if isinstance(steps, list)
        else []
    )
    for index, step in enumerate(outputs):
        yield "step.start", {"index": index, "step": {"type": "model_output"}}
        content = step.get("content")
        for part in content if isinstance(content, list) else []:
            yield "step.delta", {"index": index, "delta": part}
        yield "step.stop", {"index": index}
    if told["status"] not in {"queued", "in_progress"}:
        yield "interaction.completed", {"interaction": {**bare, "usage": told.get("usage")}}
