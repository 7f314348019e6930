"""`/v1/videos` by the clients that people have: OpenAI's own, with nothing changed but address and key."""

import asyncio
import base64
import io
import json
import os
import shutil
import socket
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import av
import pytest
from PIL import Image
from pydantic import SecretStr

from storyreel.accounts import Account, accounts_of
from storyreel.library import videos
from storyreel.library.accepted import Entry, Names, accept_videos
from storyreel.library.videos import Video
from storyreel.standins.fixtures import Standin, standin, standin_studio
from storyreel.standins.gemini import Gemini
from tests.doors.server.conftest import Serve, Served

__all__ = ["standin", "standin_studio"]

SPEED = 5000.0
pytestmark = pytest.mark.filterwarnings("ignore:The Sora API:DeprecationWarning")
KEYS = (
    *("id", "object", "model", "status", "progress", "created_at", "completed_at", "expires_at"),
    *("prompt", "size", "seconds", "remixed_from_video_id", "error"),
)
INWARD = {"image_url": "http://127.0.0.1/"}
ASKED = {"prompt": "A fox runs through the snow", "model": "animatic", "seconds": "0.5", "size": "160x90"}
NODE, NODE_CLIENT = shutil.which("node"), Path(__file__).parents[2] / "standins" / "node"
NO_NODE = "Node or its client is missing: npm install --prefix tests/standins/node --no-package-lock"


def picture(width: int = 320, height: int = 180) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, "PNG")
    return file.getvalue()


def frames(clip: bytes) -> int:
    with av.open(io.BytesIO(clip), "r") as container:
        return len(list(container.decode(video=0)))


def client_of(server: Served, key: str) -> Any:
    """OpenAI's own client, for which the server is one more of OpenAI's."""
    import openai

    return openai.AsyncOpenAI(base_url=f"{server.url}/v1", api_key=key, max_retries=0)


async def raised(call: Any) -> tuple[int, str | None, str | None]:
    """The status, code and field of what the client raises."""
    import openai

    with pytest.raises(openai.APIStatusError) as caught:
        await call
    assert set(caught.value.response.json()) == {"error"}
    assert set(caught.value.response.json()["error"]) == {"message", "type", "param", "code"}
    return caught.value.status_code, caught.value.code, caught.value.param


@pytest.mark.journey
async def test_the_official_client_makes_polls_fetches_lists_remixes_and_deletes(serve: Serve) -> None:
    server = await serve()
    ann, bob = [(await server.key(name)).secret for name in ("ann", "bob")]
    async with client_of(server, ann) as client, client_of(server, bob) as other:
        first = await client.videos.create_and_poll(**ASKED, input_reference=("boat.png", picture()), poll_interval_ms=50)
        content = (await client.videos.download_content(first.id)).content
        stills = [(await client.videos.download_content(first.id, variant=one)).content for one in ("thumbnail", "spritesheet")]
        remix = await client.videos.remix(first.id, prompt="A fox sleeps")
        page = await client.videos.list(limit=1)
        every = [video.id async for video in client.videos.list(limit=1)]
        oldest = await client.videos.list(order="asc")

        assert (first.status, first.seconds, first.size, first.progress, first.error) == ("completed", "0.5", "160x90", 100, None)
        assert set(KEYS) <= first.model_dump().keys()
        assert frames(content) == 12
        assert [Image.open(io.BytesIO(still)).format for still in stills] == ["WEBP", "WEBP"]
        assert Image.open(io.BytesIO(stills[0])).size == (160, 90)
        assert (remix.remixed_from_video_id, remix.prompt, remix.seconds) == (first.id, "A fox sleeps", "0.5")
        assert (page.data[0].id, page.has_more, every) == (remix.id, True, [remix.id, first.id])
        assert oldest.model_extra["first_id"] == first.id

        assert await raised(other.videos.retrieve(first.id)) == (404, "unknown_video", None)
        assert await raised(other.videos.delete(first.id)) == (404, "unknown_video", None)
        assert (await other.videos.list()).data == []

        remade = await client.videos.poll(remix.id, poll_interval_ms=50)
        assert remade.status == "completed"
        deleted = await client.videos.delete(first.id)
        assert (deleted.deleted, deleted.id, deleted.object) == (True, first.id, "video.deleted")
        assert await raised(client.videos.retrieve(first.id)) == (404, "unknown_video", None)

        long = {**ASKED, "seconds": "60", "prompt": "A whale dives"}
        video = await client.videos.create(**long)
        await server.json("POST", f"/v1/videos/{video.id}/cancel", headers={"Authorization": f"Bearer {ann}"})
        ended = await client.videos.poll(video.id, poll_interval_ms=50)
        assert (ended.status, ended.error.code) == ("failed", "cancelled")
        assert await raised(client.videos.download_content(video.id)) == (409, "conflict", None)


@pytest.mark.journey
async def test_what_cannot_be_made_is_told_in_the_shape_s_own_errors(serve: Serve) -> None:
    server = await serve(works=False)
    async with client_of(server, "none") as client:
        cases: list[tuple[dict[str, Any], tuple[int, str | None, str | None]]] = [
            ({**ASKED, "model": "vio-3"}, (400, "model_not_found", "model")),
            ({**ASKED, "seconds": "90"}, (400, "invalid_request", "seconds")),
            ({**ASKED, "seconds": "soon"}, (400, "invalid_request", "seconds")),
            ({**ASKED, "size": "12x12"}, (400, "invalid_request", "size")),
            ({**ASKED, "prompt": " "}, (400, "invalid_request", "prompt")),
            ({**ASKED, "prompt": "x" * 32_001}, (400, "invalid_request", "prompt")),
            ({**ASKED, "extra_body": {"wish": 1}}, (400, "invalid_request", "wish")),
            ({**ASKED, "extra_body": {"seed": 2**31}}, (400, "invalid_request", "seed")),
            ({**ASKED, "model": "kling-2.5-turbo@replicate"}, (424, "authentication_failed", None)),
            ({**ASKED, "model": "sora-2"}, (400, "route_closed", None)),
            ({**ASKED, "input_reference": ("a.png", b"no picture")}, (400, "media_unusable", "input_reference")),
        ]
        for asked, expected in cases:
            assert await raised(client.videos.create(**asked)) == expected, asked
        assert await raised(client.videos.list(limit=101)) == (400, "invalid_request", "limit")
        assert await raised(client.videos.list(after="video_none")) == (400, "invalid_request", "after")
        assert await raised(client.videos.retrieve("video_none")) == (404, "unknown_video", None)
        assert (await client.videos.list()).data == []

    plain: list[tuple[str, str, dict[str, Any], int]] = [
        ("POST", "/v1/videos", {"data": b"{"}, 400),
        ("POST", "/v1/videos", {"json": [1]}, 400),
        ("POST", "/v1/videos", {"headers": {"Content-Length": "33000000"}}, 413),
        ("POST", "/v1/videos", {"json": ASKED, "headers": {"Host": "films.example"}}, 421),
        ("POST", "/v1/videos", {"json": ASKED, "headers": {"Origin": "http://evil.example"}}, 403),
        ("PUT", "/v1/videos", {}, 405),
        ("GET", "/v1/videos/a/b/c", {}, 404),
    ]
    for method, path, told, status in plain:
        body = await server.json(method, path, status=status, **told)
        assert set(body["error"]) == {"message", "type", "param", "code"}, path
    await server.key("ann")
    wrong = {"Authorization": "Bearer sr_0123_secret"}
    assert (await server.json("GET", "/v1/videos", status=401, headers=wrong))["error"]["code"] == "invalid_api_key"


async def test_the_same_request_is_one_video_and_a_budget_holds(serve: Serve) -> None:
    """A client of OpenAI asks again by itself where no answer came, and sends no key of its own."""
    account = Account("replicate", setting="REPLICATE_API_TOKEN", key=SecretStr("r8"))
    server = await serve(works=False, accounts={"replicate": account})
    ann, bob = [
        {"Authorization": f"Bearer {(await server.key(name, budget=usd)).secret}"} for name, usd in (("ann", 1), ("bob", None))
    ]
    asked: dict[str, Any] = {"prompt": "A boat", "model": "kling-2.5-turbo@replicate", "seconds": 5, "size": "1280x720"}

    async def make(status: int = 200, headers: dict[str, str] | None = None, **wishes: Any) -> Any:
        told = {**asked, **wishes}
        return await server.json("POST", "/v1/videos", status=status, json=told, headers=ann if headers is None else headers)

    first, again = await asyncio.gather(make(), make())  # in one commit
    form = {name: str(value) for name, value in asked.items()}
    posted = await server.json("POST", "/v1/videos", data=form, headers=ann)
    assert (first["id"], first["metadata"]["price_usd"]) == (again["id"], 0.35)
    assert first["id"] == posted["id"]
    named = {**ann, "Idempotency-Key": "one"}
    second = await make(headers=named)
    assert second["id"] != first["id"]

    refused = await make(402, prompt="A third boat")
    assert (refused["error"]["code"], refused["error"]["type"]) == ("budget_exceeded", "insufficient_quota")
    assert [(await make())["id"], (await make(headers=named))["id"]] == [first["id"], second["id"]]  # those are paid for
    assert (await make(400, headers=named, prompt="B", model="animatic"))["error"]["code"] == "idempotency_key_reused"
    assert (await make(402, headers=bob, budget=0.3))["error"]["code"] == "budget_exceeded"

    asset = await server.json("POST", "/v1/assets", status=201, data=picture(), headers=bob)
    pictured = await make(headers=bob, model="animatic", size=None, input_reference={"file_id": asset["id"]})
    assert (pictured["size"], pictured["seconds"]) == ("1280x720", "5")  # the picture's shape
    closed = await make(headers=bob, model="veo-3.1@gemini")
    assert closed["metadata"]["route"] == "veo-3.1@replicate"
    assert closed["metadata"]["notes"][0] == "veo-3.1@gemini was closed on 2026-10-22; veo-3.1@replicate makes it instead."
    assert (closed["seconds"], closed["size"]) == ("6", "1280x720")  # the nearest that it makes


@pytest.mark.journey
async def test_a_video_of_no_seed_has_one_that_its_provider_takes(serve: Serve, standin: Standin) -> None:
    """Gemini takes 31 bits; of eight numbers of 32 one is larger, but for one time in 256."""
    cloud = await standin(Gemini, speed=SPEED)
    server = await serve(accounts=accounts_of(cloud.environment(cloud.url)), pace=SPEED)
    asked = {"model": "gemini-omni-flash-1.2", "seconds": 3, "size": "640x360"}

    videos = [await server.json("POST", "/v1/videos", json={**asked, "prompt": f"A fox runs {n} times"}) for n in range(8)]
    films = [await server.ended((await begun(server, video["id"]))["metadata"]["film"]) for video in videos]

    assert {film["state"] for film in films} == {"ready"}, [film["error"] for film in films]
    assert len({str(job.body["generation_config"]) for job in cloud.jobs.values()}) == 8  # each has one of its own


async def test_a_video_accepted_by_a_process_that_died_is_made_once(serve: Serve) -> None:
    silent = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{silent.getsockname()[1]}"
    keys = accounts_of({"VIDEOS_API_KEY": "key", "VIDEOS_BASE_URL": address})
    server = await serve(works=False, accounts=keys)
    database = (await server.studio.line()).database
    stuck = left_behind("video_000").model_copy(update={"route": "videos:slow@videos"})  # whose provider does not answer
    broken = left_behind("video_00").model_copy(update={"size": "x"})  # which nobody can read
    video = left_behind("video_0123456789abcdef").model_copy(update={"seed": 2**31 + 7})  # drawn when those were longer
    names = Names("local", "", "", datetime.now(UTC))

    await database.write(accept_videos, [Entry(one, names) for one in (stuck, broken, video)], datetime.now(UTC))
    other = await server.json("POST", "/v1/videos", json=ASKED)  # which rings for both
    told = await begun(server, video.id)

    film = await server.studio.film(told["metadata"]["film"])
    assert (film.id, film.user, film.order.seed, film.order.cache) == ("video-0123456789abcdef", "local", 7, False)
    assert [shot.prompt for shot in film.storyboard.shots] == ["A fox"]
    assert not await database.write(videos.take_up, video.id, film)
    assert (await server.json("GET", f"/v1/videos/{broken.id}"))["error"]["code"] == "error"
    assert (await server.json("GET", f"/v1/videos/{stuck.id}"))["metadata"]["film"] is None
    silent.close()
    cancelled = await server.json("DELETE", f"/v1/videos/{other['id']}")
    assert cancelled == {"id": other["id"], "object": "video.deleted", "deleted": True}


async def begun(server: Served, id: str) -> Any:
    """The video once it has a film."""
    for _ in range(1000):
        told = await server.json("GET", f"/v1/videos/{id}")
        if told["metadata"]["film"]:
            return told
        await asyncio.sleep(0.01)
    raise AssertionError(id)


def left_behind(id: str) -> Video:
    """A video whose row is all that there is."""
    asked: dict[str, Any] = {"user": "local", "api_key": None, "model": "animatic", "route": "animatic@animatic"}
    return Video(
        **asked, id=id, prompt="A fox", seconds=0.5, size="160x90", seed=7, quote_usd=Decimal(0), created=datetime.now(UTC)
    )


@pytest.mark.journey
@pytest.mark.node
@pytest.mark.skipif(NODE is None or not (NODE_CLIENT / "node_modules" / "openai").is_dir(), reason=NO_NODE)
async def test_the_official_client_for_node_does_the_same(serve: Serve) -> None:
    server = await serve()
    environment = {"PATH": os.environ["PATH"], "OPENAI_API_KEY": (await server.key("ann")).secret}
    environment |= {"OPENAI_BASE_URL": f"{server.url}/v1", "PICTURE": base64.b64encode(picture()).decode()}
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        str(NODE), "flows.mjs", "served", cwd=NODE_CLIENT, env=environment, stdout=pipe, stderr=pipe
    )
    printed, problems = await process.communicate()

    assert process.returncode == 0, problems.decode()
    told = json.loads(printed)
    assert told == {"last": "completed", "kind": "ftyp", "still": "WEBP", "listed": 2, "remixed": True, "deleted": True}
