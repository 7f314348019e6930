"""Films by agents over HTTP: begun at once, waited for, read as resources, changed; an agent in a loop. Requirements A2, A5."""

import asyncio
import base64
import json
from pathlib import Path
from typing import Any

import pytest
from mcp.shared.subscriptions import ResourcesListChanged
from mcp.types import (
    BlobResourceContents,
    EmptyResult,
    LoggingMessageNotificationParams,
    PromptReference,
    ResourceUpdatedNotification,
    SubscribeRequest,
    SubscribeRequestParams,
    TextResourceContents,
    UnsubscribeRequest,
    UnsubscribeRequestParams,
)

from storyreel.domain.errors import Cancelled
from storyreel.media.pictures import open_picture
from storyreel.media.probe import probe
from tests.doors.mcp.conftest import FOX, Connect
from tests.doors.server.conftest import Serve

pytestmark = pytest.mark.journey

RESOURCES = ("", "/storyboard", "/film.mp4", "/sheet.jpg", "/shots/2/frame.png")
LISTED = ("", "/film.mp4", "/sheet.jpg")


async def test_an_agent_makes_a_film_that_clients_then_read_have_and_change(
    serve: Serve, connect: Connect, tmp_path: Path
) -> None:
    pytest.importorskip("fastmcp", reason="the group 'clients' is not installed")
    server = await serve()
    steps: list[tuple[float, float | None, str | None]] = []
    lines: list[str] = []

    async def heard(progress: float, total: float | None, message: str | None) -> None:
        steps.append((progress, total, message))

    async def logged(line: LoggingMessageNotificationParams) -> None:
        lines.append(f"{line.level}: {line.data}")

    async with (
        connect(server, logging_callback=logged, log_level="info") as client,
        client.listen(resources_list_changed=True) as changes,
    ):
        answers = await made_by_an_agent(f"{server.url}/mcp")
        begun, status = answers[1], answers[2]
        film = begun["film"]
        told = {uri: (await client.read_resource(f"storyreel://films/{film}{uri}")).contents[0] for uri in RESOURCES}
        listed = await client.list_resources()
        review = await client.get_prompt("review", {"film": film})
        again = await client.call_tool(
            "retake_shot", {"film": film, "shot": "2", "seed": 7, "wait": "yes"}, progress_callback=heard
        )
        completed = await client.complete(PromptReference(name="review"), {"name": "film", "value": film[:3]})
        changed = await anext(aiter(changes))
        async with server.client.get(again.structured_content["video"]) as response:
            clip = await response.read()

    assert (begun["state"], begun["price_usd"], begun["video"]) == ("queued", 0.0, None)
    assert (status["film"]["state"], status["film"]["path"].startswith(f"{server.url}/files/")) == ("ready", True)
    assert steps[-2:] == [(2.0, 3.0, "Shot 2 of 2 is ready."), (3.0, 3.0, "The film is ready.")]
    assert {"info: Shot 2 of 2 is ready.", "info: The shots are being joined.", "info: The film is ready."} <= set(lines)
    whole = json.loads(text_of(told[""]))
    frame = f"storyreel://films/{film}/shots/s01/frame.png"
    assert (whole["state"], len(whole["shots"]), whole["shots"][0]["frame"]) == ("ready", 2, frame)
    assert "A fox runs" in text_of(told["/storyboard"])
    assert open_picture(bytes_of(told["/shots/2/frame.png"])).size == (160, 90)
    assert open_picture(bytes_of(told["/sheet.jpg"])).width > 900
    for name, data in (("first.mp4", bytes_of(told["/film.mp4"])), ("again.mp4", clip)):
        (tmp_path / name).write_bytes(data)
        assert probe(tmp_path / name).seconds == 1.0
    assert [resource.uri for resource in listed.resources] == [f"storyreel://films/{film}{uri}" for uri in LISTED]
    assert [message.content.type for message in review.messages] == ["text", "resource", "resource", "image"]
    assert completed.completion.values == [film]
    assert isinstance(changed, ResourcesListChanged)
    assert str(tmp_path) not in json.dumps([answers, again.model_dump(), whole], default=str)


async def made_by_an_agent(url: str) -> list[dict[str, Any]]:
    """What the tools answered to an agent of pydantic-ai that asks for the price, makes a film and waits for it."""
    from pydantic_ai import Agent
    from pydantic_ai.mcp import MCPToolset
    from pydantic_ai.messages import ModelMessage, ModelResponse, TextPart, ToolCallPart, ToolReturnPart
    from pydantic_ai.models.function import AgentInfo, FunctionModel

    answers: list[dict[str, Any]] = []

    async def scripted(messages: list[ModelMessage], about: AgentInfo) -> ModelResponse:
        """What a language model would say next."""
        returned = [part.model_response_object() for one in messages for part in one.parts if isinstance(part, ToolReturnPart)]
        answers[:] = returned
        if len(returned) == 3:
            return ModelResponse(parts=[TextPart(returned[-1]["film"]["path"])])
        script: tuple[tuple[str, dict[str, Any]], ...] = (
            ("estimate", {"story": FOX["story"], "shots": 2, "seconds": 0.5}),
            ("make_film", FOX),
            ("film_status", {"film": returned[-1].get("film", "") if returned else "", "wait_s": 60}),
        )
        name, arguments = script[len(returned)]
        assert name in {tool.name for tool in about.function_tools}
        return ModelResponse(parts=[ToolCallPart(name, arguments)])

    agent = Agent(FunctionModel(scripted), toolsets=[MCPToolset(url)])
    async with agent:
        answer = await agent.run("Make a film of a fox in the snow.")
    assert answer.output == answers[2]["film"]["path"]
    return answers


def text_of(content: object) -> str:
    assert isinstance(content, TextResourceContents)
    return content.text


def bytes_of(content: object) -> bytes:
    assert isinstance(content, BlobResourceContents)
    return base64.b64decode(content.blob)


async def test_a_call_that_is_cancelled_leaves_its_film_which_a_tool_calls_off_and_older_clients_subscribe_to(
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
        other = await client.call_tool("make_film", {**FOX, "shots": 1, "seconds": 20, "resolution": "720p"})
        await client.call_tool("cancel_film", {"film": other.structured_content["film"]})
        with pytest.raises(Cancelled):
            await server.studio.wait(other.structured_content["film"])
        await server.studio.start_selection(film, "1", 1)
        heard_of = await asyncio.wait_for(updated.get(), 10)
        await client.session.send_request(UnsubscribeRequest(params=UnsubscribeRequestParams(uri=uri)), EmptyResult)

    assert (ended.state, heard_of) == ("ready", uri)
