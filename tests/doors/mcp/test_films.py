"""Films by agents over HTTP: begun at once, waited for, read as resources, changed; an agent in a loop. Requirements A2, A5."""

import asyncio
import base64
import json
from pathlib import Path
from typing import Any

from mcp.types import (
    BlobResourceContents,
    CallToolResult,
    EmptyResult,
    PromptReference,
    ResourceUpdatedNotification,
    SubscribeRequest,
    SubscribeRequestParams,
    TextContent,
    TextResourceContents,
    UnsubscribeRequest,
    UnsubscribeRequestParams,
)

from storyreel.media.pictures import open_picture
from storyreel.media.probe import probe
from tests.doors.mcp.conftest import FOX, Connect
from tests.doors.server.conftest import Serve


def said(result: CallToolResult) -> str:
    assert isinstance(result.content[0], TextContent)
    return result.content[0].text


async def test_a_film_is_a_handle_at_once_then_waited_for_read_had_and_changed(
    serve: Serve, connect: Connect, tmp_path: Path
) -> None:
    server = await serve()
    steps: list[tuple[float, float | None, str | None]] = []

    async def heard(progress: float, total: float | None, message: str | None) -> None:
        steps.append((progress, total, message))

    async with connect(server) as client, client.listen(resources_list_changed=True) as changes:
        begun = await client.call_tool("make_film", FOX)
        film = begun.structured_content["film"]
        status = await client.call_tool("film_status", {"film": film, "wait_s": 60}, progress_callback=heard)
        told = {uri: (await client.read_resource(f"storyreel://films/{film}{uri}")).contents[0] for uri in RESOURCES}
        listed = await client.list_resources()
        review = await client.get_prompt("review", {"film": film})
        again = await client.call_tool("retake_shot", {"film": film, "shot": "2", "seed": 7, "wait": True})
        async with server.client.get(again.structured_content["video"]) as response:
            clip = await response.read()
        completed = await client.complete(PromptReference(name="review"), {"name": "film", "value": film[:3]})
        changed = await anext(aiter(changes))

    assert (begun.structured_content["state"], begun.structured_content["price_usd"], begun.structured_content["video"]) == (
        "queued",
        0.0,
        None,
    )
    assert [step[0] for step in steps] == sorted({step[0] for step in steps})
    assert steps[-1] == (3.0, 3.0, "The film is ready.")
    assert status.structured_content["film"]["path"].startswith(f"{server.url}/files/")
    whole = json.loads(text_of(told[""]))
    assert (whole["state"], len(whole["shots"]), whole["shots"][0]["frame"]) == (
        "ready",
        2,
        f"storyreel://films/{film}/shots/s01/frame.png",
    )
    assert "A fox runs" in text_of(told["/storyboard"])
    assert open_picture(bytes_of(told["/shots/2/frame.png"])).size == (160, 90)
    assert open_picture(bytes_of(told["/sheet.jpg"])).width > 900
    for name, data in (("first.mp4", bytes_of(told["/film.mp4"])), ("again.mp4", clip)):
        (tmp_path / name).write_bytes(data)
        assert probe(tmp_path / name).seconds == 1.0
    assert [resource.uri for resource in listed.resources] == [f"storyreel://films/{film}{uri}" for uri in LISTED]
    assert [message.content.type for message in review.messages] == ["text", "resource", "resource", "image"]
    assert completed.completion.values == [film]
    assert type(changed).__name__ == "ResourcesListChanged"
    everything = json.dumps([begun.model_dump(), status.model_dump(), again.model_dump(), whole], default=str)
    assert str(tmp_path) not in everything


RESOURCES = ("", "/storyboard", "/film.mp4", "/sheet.jpg", "/shots/2/frame.png")
LISTED = ("", "/film.mp4", "/sheet.jpg")


def text_of(content: object) -> str:
    assert isinstance(content, TextResourceContents)
    return content.text


def bytes_of(content: object) -> bytes:
    assert isinstance(content, BlobResourceContents)
    return base64.b64decode(content.blob)


async def test_a_call_that_is_cancelled_leaves_its_film_and_older_clients_hear_of_it_by_subscription(
    serve: Serve, connect: Connect
) -> None:
    server = await serve()
    updated: asyncio.Queue[str] = asyncio.Queue()
    begun = asyncio.Event()

    async def handler(message: object) -> None:
        if isinstance(message, ResourceUpdatedNotification):
            updated.put_nowait(message.params.uri)

    async def heard(progress: float, total: float | None, message: str | None) -> None:
        begun.set()

    async with connect(server, mode="legacy", message_handler=handler) as client:
        calling = asyncio.ensure_future(client.call_tool("make_film", {**FOX, "wait": True}, progress_callback=heard))
        await begun.wait()
        calling.cancel()
        (film,) = await server.studio.films()
        uri = f"storyreel://films/{film.id}"
        await client.session.send_request(SubscribeRequest(params=SubscribeRequestParams(uri=uri)), EmptyResult)
        ended = await server.studio.wait(film)
        await server.studio.start_selection(film, "1", 1)
        heard_of = await asyncio.wait_for(updated.get(), 10)
        await client.session.send_request(UnsubscribeRequest(params=UnsubscribeRequestParams(uri=uri)), EmptyResult)

    assert (ended.state, heard_of) == ("ready", uri)


async def test_an_agent_of_pydantic_ai_makes_a_film(serve: Serve) -> None:
    from pydantic_ai import Agent
    from pydantic_ai.mcp import MCPToolset
    from pydantic_ai.messages import ModelMessage, ModelResponse, TextPart, ToolCallPart, ToolReturnPart
    from pydantic_ai.models.function import AgentInfo, FunctionModel

    server = await serve()

    async def scripted(messages: list[ModelMessage], about: AgentInfo) -> ModelResponse:
        """What a language model would say: the price, the film, its end, then where it is."""
        answers = [part for message in messages for part in message.parts if isinstance(part, ToolReturnPart)]
        script: list[tuple[str, dict[str, Any]]] = [
            ("estimate", {"story": FOX["story"], "shots": 2, "seconds": 0.5}),
            ("make_film", FOX),
            ("film_status", {"film": answers[1].content["film"] if len(answers) > 1 else "", "wait_s": 60}),  # pyright: ignore
        ]
        if len(answers) == len(script):
            film: dict[str, Any] = answers[-1].content["film"]  # pyright: ignore
            return ModelResponse(parts=[TextPart(f"{film['state']}: {film['path']}")])
        name, arguments = script[len(answers)]
        assert name in {tool.name for tool in about.function_tools}
        return ModelResponse(parts=[ToolCallPart(name, arguments)])

    agent = Agent(FunctionModel(scripted), toolsets=[MCPToolset(f"{server.url}/mcp")])
    async with agent:
        answer = await agent.run("Make a film of a fox in the snow.")
    state, _, link = answer.output.partition(": ")
    async with server.client.get(link) as response:
        assert (state, response.content_type) == ("ready", "video/mp4")
