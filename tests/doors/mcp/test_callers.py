"""Who may do what over HTTP: by the server's keys, and nobody sees or names what is somebody else's."""

import io
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib import metadata

import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError
from PIL import Image

from storyreel.domain.film import LOCAL
from storyreel.doors.mcp.extra import MISSING
from storyreel.doors.mcp.faults import CODE
from storyreel.library import films
from storyreel.library.keys import Scope
from tests.doors.mcp.conftest import FOX, Connect
from tests.doors.server.conftest import Serve, Served

pytestmark = pytest.mark.journey


@pytest.fixture
async def server(serve: Serve) -> Served:
    """A server that makes no films."""
    return await serve(works=False)


async def refused(client: Client, tool: str, **arguments: object) -> tuple[str, str]:
    """The code and the sentence of a call that fails."""
    result = await client.call_tool(tool, arguments)
    assert result.is_error
    return (result.meta or {})[CODE], getattr(result.content[0], "text")  # noqa: B009  a text


async def test_without_its_own_key_nobody_sees_a_film_or_uses_an_asset(server: Served, connect: Connect) -> None:
    anna, boris = await server.key("anna"), await server.key("boris", user=LOCAL)
    reader = await server.key("reader", user="anna", scopes={Scope.READ})
    picture = io.BytesIO()
    Image.new("RGB", (64, 36), "teal").save(picture, "PNG")
    as_anna = {"Authorization": f"Bearer {anna.secret}"}
    asset = await server.json("POST", "/v1/assets", status=201, data=picture.getvalue(), headers=as_anna)

    async with connect(server, anna.secret) as client:
        begun = await client.call_tool("animate_image", {"image": asset["id"], "seconds": 0.5})
        film = begun.structured_content["film"]
    async with connect(server, reader.secret) as client:
        assert len((await client.list_resources()).resources) == 1
        assert (await refused(client, "cancel_film", film=film))[0] == "scope_missing"
        code, _ = await refused(client, "make_film", **FOX)
        assert code == "scope_missing"
    async with connect(server, boris.secret) as client:
        assert (await client.list_resources()).resources == []
        assert (await refused(client, "film_status", film=film))[0] == "unknown_film"
        assert (await refused(client, "retake_shot", film=film, shot="1"))[0] == "unknown_film"
        assert (await refused(client, "cancel_film", film=film[:5]))[0] == "unknown_film"
        for named in (asset["id"], asset["digest"], "/etc/passwd"):
            assert (await refused(client, "animate_image", image=named))[0] in {"unknown_asset", "invalid_request"}
        for uri in ("", "/storyboard", "/film.mp4", "/sheet.jpg", "/shots/1/frame.png"):
            with pytest.raises(MCPError, match="There is no film"):
                await client.read_resource(f"storyreel://films/{film}{uri}")
    async with connect(server, anna.secret) as client:
        assert (await client.call_tool("cancel_film", {"film": film})).structured_content["film"] == film
    (kept,) = await server.studio.films()
    assert (kept.user, kept.api_key) == ("anna", anna.key.id)


async def test_a_session_is_of_who_began_it_and_a_wrong_key_or_a_page_elsewhere_begins_none(server: Served) -> None:
    anna, boris = await server.key("anna"), await server.key("boris")
    hello = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    body = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello}
    accept = {"Accept": "application/json, text/event-stream"}

    async def post(status: int, body: Mapping[str, object], **headers: str) -> str:
        async with server.client.post("/mcp", json=body, headers={**accept, **headers}) as response:
            assert response.status == status, await response.text()
            return response.headers.get("Mcp-Session-Id", "")

    session = await post(200, body, Authorization=f"Bearer {anna.secret}")
    more = {"jsonrpc": "2.0", "id": 2, "method": "tools/list"}
    await post(404, more, Authorization=f"Bearer {boris.secret}", **{"Mcp-Session-Id": session})
    await post(401, body)
    await post(401, body, Authorization="Bearer sr_none_none")
    await post(403, body, Origin="https://evil.example")
    await post(421, body, Host="evil.example")


async def test_what_another_package_brings_is_called_like_our_own(
    server: Served, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    suite = "tests.doors.mcp.conformance.suite_tools"
    theirs = {"storyreel.tools": ("Mixes", "Counts"), "storyreel.mcp": ("EXTRAS", "ABOUT")}

    def installed(group: str) -> list[metadata.EntryPoint]:
        return [metadata.EntryPoint(name.lower(), f"{suite}:{name}", group) for name in theirs[group]]

    monkeypatch.setattr("storyreel.tools.toolbox.entry_points", installed)
    monkeypatch.setattr("storyreel.doors.mcp.extras.entry_points", installed)
    heard: list[tuple[float, float | None]] = []

    async def hear(progress: float, total: float | None, message: str | None) -> None:
        heard.append((progress, total))

    async with connect(server) as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        said = await client.call_tool("test_multiple_content_types", {})
        await client.call_tool("test_tool_with_progress", {}, progress_callback=hear)
        (read,) = (await client.read_resource("test://template/7/data")).contents
        prompt = await client.get_prompt("test_prompt_with_image")
        code, sentence = await refused(client, "make_film", shots=2)
        unpaid = await refused(client, "make_film", story="A kite", model="kling-2.5-turbo")

    assert [one.type for one in said.content] == ["text", "image", "resource"]
    assert heard == [(0, 100), (50, 100), (100, 100)]
    assert "Data for ID: 7" in getattr(read, "text", "")
    assert [one.content.type for one in prompt.messages] == ["image", "text"]
    hints = tools["make_film"].annotations
    assert hints
    assert (hints.read_only_hint, hints.destructive_hint, hints.open_world_hint) == (False, False, True)
    assert tools["make_film"].input_schema["properties"]["wait"]["default"] is False
    reads = tools["film_status"].annotations
    assert reads
    assert reads.read_only_hint
    assert (code, sentence.partition(":")[0]) == ("invalid_request", "story is missing")
    assert unpaid[0] == "authentication_failed"
    assert unpaid[1].endswith('or draw the film for free with `model` "animatic".')


async def test_what_helps_is_told_by_tools_requests_and_routes_also_where_it_was_kept(server: Served, connect: Connect) -> None:
    kept = "Shot 1 was refused. Say it otherwise: storyreel retake {0} s01 --prompt '...' Or wait, then `storyreel resume`."
    async with connect(server) as client:
        film = (await client.call_tool("make_film", {**FOX, "shots": 1})).structured_content["film"]
        line = await server.studio.line()
        await line.database.write(films.fail_film, film, "content_rejected", kept.format(film), datetime.now(UTC))
        told = (await client.call_tool("film_status", {"film": film})).structured_content["film"]["error"]
        _, waited = await refused(client, "animate_image", image="/etc/passwd")
        _, unknown = await refused(client, "film_status", film="nobody")
        with pytest.raises(MCPError, match="`tools/list` has them all"):
            await client.call_tool("make_movie", {})
        (listed,) = (await client.list_resources()).resources
    fault = (await server.json("GET", f"/v1/films/{film}"))["error"]["message"]
    happened = (await server.json("GET", f"/v1/films/{film}/events"))["data"]

    go_on = f"Or wait, then `POST /v1/films/{film}/resume`."
    assert told == "Shot 1 was refused. Say it otherwise: `retake_shot` with another `prompt` Or wait, then `resume_film`."
    retake = f"`POST /v1/films/{film}/shots/s01/retake` with another `prompt`"
    assert fault == f"Shot 1 was refused. Say it otherwise: {retake} {go_on}"
    assert happened[-1]["fact"]["message"] == fault
    assert waited.endswith("or the id of an asset of yours.")
    assert unknown.endswith("`resources/list` lists them.")
    assert listed.description == "1 shot, failed."


async def test_where_the_sdk_is_not_installed_the_rest_of_the_server_is_there(
    server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "mcp", None)

    problem = await server.json("POST", "/mcp", status=501, json={})

    assert problem["detail"] == MISSING
    await server.json("GET", "/v1/films")
