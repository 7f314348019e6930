"""What a tool says to its client's person and model while it works, by both ways of the protocol: requests, and rounds."""

from importlib import metadata
from typing import Any, Literal

import pytest
from mcp import Client
from mcp.client.session import ClientRequestContext
from mcp.types import (
    CreateMessageRequestParams,
    CreateMessageResult,
    ElicitRequestFormParams,
    ElicitRequestParams,
    ElicitResult,
    ErrorData,
    InputRequiredResult,
    LoggingMessageNotificationParams,
    SetLevelRequest,
    SetLevelRequestParams,
    TextContent,
)
from mcp.types import EmptyResult as Empty

from storyreel.accounts import accounts_of
from tests.doors.mcp.conftest import Connect
from tests.doors.mcp.test_callers import refused
from tests.doors.server.conftest import Serve, Served

pytestmark = pytest.mark.journey

PAID = {"prompt": "A kite over the sea", "seconds": 5, "model": "kling-2.5-turbo"}
Action = Literal["accept", "decline", "cancel"]
EITHER = pytest.mark.parametrize("mode", ["legacy", "2026-07-28"])


class Person:
    """Who sits at a client, what was asked there, and what was heard."""

    def __init__(self, action: Action = "accept", **answers: Any) -> None:
        self.action: Action = action
        self.answers, self.asked, self.heard = answers, list[str](), list[tuple[str, str]]()

    async def answer(self, context: ClientRequestContext, params: ElicitRequestParams) -> ElicitResult:
        """What he answers."""
        assert isinstance(params, ElicitRequestFormParams)
        self.asked.append(params.message)
        return ElicitResult(action=self.action, content=self.answers if self.action == "accept" else None)

    async def hear(self, params: LoggingMessageNotificationParams) -> None:
        """What is logged to him."""
        self.heard.append((params.level, str(params.data)))


@pytest.fixture
async def server(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> Served:
    """A server that makes no films, though it has a key, with the suite's tools that speak to their client."""
    suite = "tests.doors.mcp.conformance.suite_tools"
    theirs = [metadata.EntryPoint(name.lower(), f"{suite}:{name}", "storyreel.tools") for name in ("Logs", "Asks", "Writes")]

    def installed(group: str) -> list[metadata.EntryPoint]:
        return theirs

    monkeypatch.setattr("storyreel.tools.toolbox.entry_points", installed)
    return await serve(works=False, accounts=accounts_of({"REPLICATE_API_TOKEN": "r8_one"}))


@EITHER
async def test_a_price_is_asked_about_once_and_what_was_agreed_to_is_the_films_budget(
    server: Served, connect: Connect, mode: str
) -> None:
    person, free = Person(agreed=True), {"prompt": "A kite", "seconds": 0.5, "model": "animatic"}
    async with connect(server, mode=mode, elicitation_callback=person.answer) as client:
        begun = (await client.call_tool("generate_video", PAID)).structured_content
        await client.call_tool("generate_video", {**PAID, "budget_usd": 2})
        await client.call_tool("generate_video", free)
        waiting = {"story": "A kite. It falls.", "shots": 2, "model": "kling-2.5-turbo", "approve": True}
        held = (await client.call_tool("make_film", waiting)).structured_content
        approved = (await client.call_tool("approve_film", {"film": held["film"]})).structured_content
        await client.call_tool("resume_film", {"film": begun["film"]})

    film = await server.studio.film(begun["film"])
    assert person.asked == [
        "Generate a video (A kite over the sea, kling-2.5-turbo): this costs $0.35, at worst $0.47 where takes have to be made "
        "again. Go on?"
    ]
    assert (begun["price_usd"], f"{film.order.budget_usd:.2f}") == (0.35, "0.47")
    assert len(await server.studio.films()) == 4
    assert approved["state"] == "queued"


@EITHER
async def test_who_does_not_agree_to_a_price_pays_nothing_and_who_cannot_be_asked_agrees_by_a_budget(
    server: Served, connect: Connect, mode: str
) -> None:
    for person in (Person("decline"), Person("cancel"), Person(agreed=False)):
        async with connect(server, mode=mode, elicitation_callback=person.answer) as client:
            code, sentence = await refused(client, "generate_video", **PAID)
        assert (code, len(person.asked)) == ("declined", 1)
        assert "did not agree" in sentence
        assert not await server.studio.films()

    async def broken(context: ClientRequestContext, params: ElicitRequestParams) -> ErrorData:
        return ErrorData(code=-1, message="no screen")

    async with connect(server, mode="legacy", elicitation_callback=broken) as client:
        assert (await refused(client, "generate_video", **PAID))[0] == "nobody_to_ask"
    async with connect(server, mode=mode) as client:
        code, sentence = await refused(client, "generate_video", **PAID)
        assert not await server.studio.films()
        begun = (await client.call_tool("generate_video", {**PAID, "budget_usd": 1})).structured_content
    assert (code, "This costs $0.35, at worst $0.47" in sentence, "`budget_usd`" in sentence) == ("budget_exceeded", True, True)
    assert begun["state"] == "queued"


async def test_the_last_round_of_a_call_that_comes_twice_is_one_film_and_a_round_of_another_call_is_refused(
    server: Served, connect: Connect
) -> None:
    person = Person(agreed=True)
    async with connect(server, mode="2026-07-28", elicitation_callback=person.answer) as client:
        asked = await client.session.call_tool("generate_video", PAID, allow_input_required=True)
        assert isinstance(asked, InputRequiredResult)
        assert asked.input_requests
        answers: Any = {name: ElicitResult(action="accept", content={"agreed": True}) for name in asked.input_requests}
        told: Any = {"input_responses": answers, "request_state": asked.request_state}
        first = await client.call_tool("generate_video", PAID, **told)
        again = await client.call_tool("generate_video", PAID, **told)
        with pytest.raises(Exception, match="Invalid or expired requestState"):
            await client.call_tool("generate_video", {**PAID, "seconds": 10}, **told)
        early = {**told, "request_state": None}
        await client.call_tool("generate_video", PAID, **early)

    assert first.structured_content["film"] == again.structured_content["film"]
    assert len(await server.studio.films()) == 2
    assert len(person.asked) == 1  # of the call without its state, whose answer counts for nothing


@EITHER
async def test_a_tool_asks_the_person_has_the_clients_model_write_and_logs_from_its_level_on_where_the_client_can(
    server: Served, connect: Connect, mode: str
) -> None:
    async def written(context: ClientRequestContext, params: CreateMessageRequestParams) -> CreateMessageResult:
        (message,) = params.messages
        words = f"to {getattr(message.content, 'text', '')}"
        return CreateMessageResult(role="assistant", content=TextContent(text=words), model="theirs")

    person, deaf = Person(username="ann", email="a@example.org"), Person()
    told: Any = {"logging_callback": person.hear, "log_level": "info", "sampling_callback": written}
    async with connect(server, mode=mode, elicitation_callback=person.answer, **told) as client:
        await client.call_tool("test_tool_with_logging", {})
        asked = await text(client, "test_elicitation", message="Who are you?")
        wrote = await text(client, "test_sampling", prompt="a sentence")
    async with connect(server, mode=mode, logging_callback=deaf.hear, log_level="error") as client:
        if mode == "legacy":
            await client.session.send_request(SetLevelRequest(params=SetLevelRequestParams(level="error")), Empty)
        await client.call_tool("test_tool_with_logging", {})
        unasked = await refused(client, "test_elicitation", message="Who are you?")
        unwritten = await refused(client, "test_sampling", prompt="a sentence")

    assert (person.asked, asked) == (["Who are you?"], "User response: Person(username='ann', email='a@example.org')")
    said = ["Tool execution started", "Tool processing data", "Tool execution completed"]
    assert (person.heard, deaf.heard) == ([("info", one) for one in said], [])
    assert wrote == "LLM response: to a sentence"
    assert unasked[0] == "nobody_to_ask"
    assert unwritten == (
        "invalid_request",
        "A language model is needed, and this installation lends its own to nobody elsewhere; lend yours (MCP sampling).",
    )


async def text(client: Client, tool: str, **arguments: object) -> str:
    """What a tool says."""
    (told,) = (await client.call_tool(tool, arguments)).content
    assert isinstance(told, TextContent)
    return told.text
