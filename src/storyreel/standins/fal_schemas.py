"""The OpenAPI document that fal's site publishes for each endpoint of the queue."""

from collections.abc import Mapping

from storyreel.domain.values import JSON
from storyreel.standins.fal_models import Endpoint
from storyreel.standins.reading import Rule

TYPES: Mapping[type, str] = {str: "string", int: "integer", float: "number", bool: "boolean", list: "array", dict: "object"}
QUEUE = "https://queue.fal.run"


def document_of(name: str, endpoint: Endpoint) -> dict[str, JSON]:
    """An endpoint's document: one path to submit to, and its input behind a reference."""
    title = "".join(part.title() for part in name.replace("/", "-").replace(".", "-").split("-")) + "Input"
    required: list[JSON] = [field for field, rule in endpoint.rules.items() if rule.required]
    properties: dict[str, JSON] = {field: _field(field, rule) for field, rule in endpoint.rules.items()}
    order: list[JSON] = list(endpoint.rules)
    shape: JSON = {
        "title": title,
        "type": "object",
        "properties": properties,
        "required": required,
        "x-fal-order-properties": order,
    }
    body: JSON = {"required": True, "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{title}"}}}}
    queued: JSON = {"type": "object", "properties": {"request_id": {"type": "string"}}}
    category = "text-to-image" if endpoint.media_type.startswith("image") else "video"
    return {
        "openapi": "3.0.4",
        "info": {
            "title": f"Queue OpenAPI for {name}",
            "version": "1.0.0",
            "x-fal-metadata": {"endpointId": name, "category": category},
        },
        "components": {"schemas": {title: shape, "QueueStatus": queued}},
        "paths": {f"/{name}": {"post": {"requestBody": body}}, f"/{name}/requests/{{request_id}}/status": {"get": {}}},
        "servers": [{"url": QUEUE}],
    }


def _field(name: str, rule: Rule) -> dict[str, JSON]:
    shown: dict[str, JSON] = {"title": name.replace("_", " ").title()}
    if rule.choices:
        shown |= {"enum": list(rule.choices), "type": "string" if isinstance(rule.choices[0], str) else "integer"}
    else:
        kinds = rule.kinds if isinstance(rule.kinds, tuple) else (rule.kinds,)
        types: list[JSON] = [{"type": TYPES[kind]} for kind in kinds]
        shown |= {"anyOf": types} if len(types) > 1 else {"type": TYPES[kinds[0]]}
    told = {"minimum": rule.least, "maximum": rule.most, "default": rule.default}
    return shown | {word: value for word, value in told.items() if value is not None}
