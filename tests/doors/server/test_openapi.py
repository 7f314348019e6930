"""The OpenAPI description tells every route whole, and every route asks who comes; see scripts/try_api.py for the answers."""

from typing import Any

from jsonschema_rs import Draft202012Validator

from storyreel.library.keys import Scope
from tests.doors.server.conftest import Serve

OPEN = {"/files/{sealed}", "/api/video-gen/generate", "/api/video-gen/status", "/api/video-gen/list"}
"""Routes that need no key: a link is its own, and the others have guests."""
READS = {"/v1/estimate"}
"""Asked by POST, and changing nothing."""
ID = "nobody-has-this-id"


def operations(api: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(method, path, told) for path, found in api["paths"].items() for method, told in found.items()]


def bodies(told: dict[str, Any]) -> list[dict[str, Any]]:
    answers = [told.get("requestBody", {}), *(answer for status, answer in told["responses"].items() if status < "300")]
    return [body for answer in answers for body in answer.get("content", {}).values()]


def at(api: dict[str, Any], place: str) -> dict[str, Any]:
    return api["components"]["schemas"][place.rpartition("/")[2]]


async def test_every_route_needs_a_key_that_may_and_what_is_another_s_is_not_there(serve: Serve) -> None:
    server = await serve(works=False)
    api = await server.json("GET", "/openapi.json")
    ann, reader = await server.key("ann"), await server.key("eve", scopes=[Scope.READ])
    mine, reading = [{"Authorization": f"Bearer {key.secret}"} for key in (ann, reader)]
    await server.json("GET", "/v1/films", headers=mine)  # from here on the server knows of the keys
    wrong: list[tuple[str, str, str, int]] = []
    for method, path, told in operations(api):
        where = path
        for parameter in told.get("parameters", ()):
            where = where.replace(f"{{{parameter['name']}}}", "1" if parameter["name"] == "number" else ID)
        if path in OPEN:
            continue
        body: dict[str, Any] = {"json": {}} if method in {"post", "put"} else {}
        async with server.client.request(method, where, **body) as response:
            wrong += [] if response.status == 401 else [(method, path, "without a key", response.status)]
        if method != "get" and path not in READS:
            async with server.client.request(method, where, headers=reading, **body) as response:
                wrong += [] if response.status == 403 else [(method, path, "with a key that reads", response.status)]
        elif path != where:
            async with server.client.request(method, where, headers=mine, **body) as response:
                wrong += [] if response.status == 404 else [(method, path, "of nobody", response.status)]
    assert wrong == []


async def test_every_route_shape_and_failure_is_described_with_examples_that_are_of_their_shape(serve: Serve) -> None:
    server = await serve(works=False)
    api = await server.json("GET", "/openapi.json")
    lacking = [f"{method} {path}" for method, path, told in operations(api) if not (told["summary"] and told["description"])]
    lacking += [name for name, schema in api["components"]["schemas"].items() if not schema.get("description")]
    lacking += [f"{method} {path}: default" for method, path, told in operations(api) if "default" in told["responses"]]
    for name, answer in api["components"]["responses"].items():
        lacking += [name for body in answer["content"].values() if not body.get("example")]
    for method, path, told in operations(api):
        shapes = {str(body.get("schema", {}).get("$ref")) for body in bodies(told)}
        lacking += [f"{method} {path}: {shape}" for shape in shapes - {"None"} if not at(api, shape).get("examples")]
    assert lacking == []

    wrong = [
        f"{name}: {error.message}; scripts/record_answers.py writes them anew"
        for name, schema in api["components"]["schemas"].items()
        for example in schema.get("examples", ())
        if not name.startswith("Body_")
        for error in Draft202012Validator({**api, "$ref": f"#/components/schemas/{name}"}).iter_errors(example)
    ]
    assert wrong == []
