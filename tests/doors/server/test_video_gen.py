"""`/api/video-gen` as the clients of its earlier service speak to it, at a stand-in of Ark. Requirements E1, E2, E4, E5, D8."""

import asyncio
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from PIL import Image

from storyreel.accounts import accounts_of
from storyreel.doors.server.callers import JUST_MADE_S
from storyreel.library import films, messages
from storyreel.library.messages import Message
from storyreel.standins.ark import BytePlus
from storyreel.standins.fixtures import Standin, standin, standin_studio
from tests.doors.server.conftest import Serve, Served
from tests.media.footage import make_clip

__all__ = ["standin", "standin_studio"]

PATH = "/api/video-gen"
SUNSET = {"prompt": "生成一个海边日落的5秒视频", "guest": False}
DRAWN = {"prompt": "A fox runs through the snow", "model": "animatic", "seconds": 0.5, "size": "160x90"}


async def completed(server: Served, told: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The task once nothing more happens to it."""
    ids = {name: told[name] for name in ("conversation_id", "message_id")}
    async with asyncio.timeout(30):
        while True:
            task = (await server.json("GET", f"{PATH}/status", params=ids, **more))["task"]
            if task["status"] not in {"pending", "processing"}:
                return task
            await asyncio.sleep(0.02)


@pytest.mark.journey
@pytest.mark.usefixtures("drawers")
async def test_a_film_is_asked_for_by_both_ids_until_it_is_there_and_is_nobody_elses(serve: Serve) -> None:
    server = await serve(guest_films=1)
    key: dict[str, Any]
    other: dict[str, Any]
    key, other = [{"headers": {"Authorization": f"Bearer {(await server.key(name)).secret}"}} for name in ("ann", "bob")]
    await asyncio.sleep(JUST_MADE_S)

    told, again = await asyncio.gather(*(server.json("POST", f"{PATH}/generate", json=DRAWN, **key) for _ in range(2)))
    task = await completed(server, told, **key)
    assert again == told
    async with server.client.get(task["video_urls"][0]) as response:
        assert (response.status, response.content_type) == (200, "video/mp4")
    ids = {name: told[name] for name in ("conversation_id", "message_id")}
    assert (told["success"], told["task_status"], told["estimated_time"]) == (True, "pending", "less than a minute")
    assert (task["status"], task["error"], task["conversation_id"]) == ("completed", None, told["conversation_id"])
    assert (await server.json("GET", f"{PATH}/list", **key))["total"] == 1
    await server.json("GET", f"{PATH}/status", params=ids, status=404, **other)
    await server.json("GET", f"{PATH}/status", params=ids, status=404)
    assert (await server.json("GET", f"{PATH}/list", **other))["tasks"] == []
    assert (await server.json("GET", f"{PATH}/list", status=401))["code"] == "key_missing"
    assert (await server.json("POST", f"{PATH}/generate", json=DRAWN, status=401))["code"] == "key_missing"

    guest = {**DRAWN, "guest": True, "conversation_id": told["conversation_id"]}
    mine = await server.json("POST", f"{PATH}/generate", json=guest)
    refused = await server.json("POST", f"{PATH}/generate", json=guest, status=429)
    assert mine["conversation_id"] != told["conversation_id"]
    assert (await completed(server, mine))["video_urls"]
    listed = await server.json("GET", f"{PATH}/list", params={"conversation_id": mine["conversation_id"]})
    assert [one["message_id"] for one in listed["tasks"]] == [mine["message_id"]]
    assert "STORYREEL_GUEST_FILMS" in refused["detail"]


@pytest.mark.journey
async def test_words_become_a_clip_of_seedance_through_ark_and_a_missing_key_is_named(
    serve: Serve, standin: Standin, tmp_path: Path
) -> None:
    cloud = await standin(BytePlus, speed=1)
    server = await serve(accounts=accounts_of(cloud.environment(cloud.url)), guest_budget=0.1)
    keyless = await serve(tmp_path / "keyless", works=False, accounts=accounts_of({}))

    told = await server.json("POST", f"{PATH}/generate", json=SUNSET)
    dear = await server.json("POST", f"{PATH}/generate", json={**SUNSET, "guest": True}, status=402)
    missing = await keyless.json("POST", f"{PATH}/generate", json=SUNSET, status=424)

    assert told["estimated_time"] == "about 1 to 3 minutes"
    assert dear["code"] == "budget_exceeded"
    assert "ARK_API_KEY" in missing["detail"]
    async for event in server.studio.events((await server.studio.films())[0]):
        if event.fact.kind == "take.sent":
            break
    assert [job.asked.prompt for job in cloud.jobs.values()] == [SUNSET["prompt"]]


@pytest.mark.journey
async def test_an_upload_is_a_picture_by_what_is_in_it_and_its_senders_alone(serve: Serve, tmp_path: Path) -> None:
    server = await serve(works=False)
    ann, bob = [{"Authorization": f"Bearer {(await server.key(name)).secret}"} for name in ("ann", "bob")]
    await asyncio.sleep(JUST_MADE_S)
    file = io.BytesIO()
    Image.new("RGB", (320, 180), "peru").save(file, "WEBP")
    form = aiohttp.FormData()
    form.add_field("file", file.getvalue(), filename="../../beach.exe", content_type="text/html")

    raw: dict[str, Any] = {"params": {"file_type": 2, "file_name": "beach.webp"}, "data": file.getvalue(), "headers": ann}
    told = await server.json("POST", "/api/file/upload", **raw)
    formed = await server.json("POST", f"{PATH}/upload", data=form, headers=ann)
    wish = {**DRAWN, "image_attachment": told}
    once = {**ann, "Idempotency-Key": "one"}
    begun = await server.json("POST", f"{PATH}/generate", json=wish, headers=once)
    again = await server.json("POST", f"{PATH}/generate", json=wish, headers=once)
    (task,) = (await server.json("GET", f"{PATH}/list", headers=ann))["tasks"]
    film = (await server.studio.films())[0]

    assert (told["name"], told["type"], told["option"]) == ("beach.webp", "vlm_image", {"height": 180, "width": 320})
    assert (formed["option"], again) == (told["option"], begun)
    assert (task["message_id"], film.order.first_frame is None) == (begun["message_id"], False)
    await server.json("POST", f"{PATH}/generate", json=wish, headers=bob, status=404)
    await server.json("POST", f"{PATH}/generate", json={**wish, "guest": True}, status=404)
    assert (await server.json("POST", f"{PATH}/generate", json={**wish, "guest": True}, headers=ann))["success"]
    for refused in (b"<html><script>alert(1)</script>", file.getvalue()[:100]):
        problem = await server.json("POST", f"{PATH}/upload", data=refused, headers=ann, status=422)
        assert problem["code"] == "media_unusable"
    clip = make_clip(tmp_path / "clip.mp4").read_bytes()
    assert "send a picture" in (await server.json("POST", f"{PATH}/upload", data=clip, headers=ann, status=422))["detail"]
    assert {one["kind"] for one in (await server.json("GET", "/v1/assets", headers=ann))["data"]} == {"picture"}
    await server.json("POST", f"{PATH}/generate", json={**DRAWN, "image_url": "/etc/passwd"}, headers=ann, status=422)
    await server.json("POST", f"{PATH}/generate", json={**DRAWN, "image_url": server.url}, headers=ann, status=422)
    assert (await server.json("GET", f"{PATH}/list", headers=ann))["total"] == 1


async def test_a_film_that_was_removed_and_one_whose_start_died_have_failed_and_say_so(serve: Serve) -> None:
    server = await serve(works=False)
    database, now = (await server.studio.line()).database, datetime.now(UTC)
    told = await server.json("POST", f"{PATH}/generate", json=DRAWN)
    [film] = await server.studio.films()
    for id, created in (("new", now), ("old", now - timedelta(hours=1))):
        await database.write(messages.begin_message, Message(id=id, conversation="c", user="local", created=created))

    async def stands(conversation: str, message: str) -> tuple[str, str | None]:
        ids = {"conversation_id": conversation, "message_id": message}
        task = (await server.json("GET", f"{PATH}/status", params=ids))["task"]
        return task["status"], task["error"]

    assert await stands(told["conversation_id"], told["message_id"]) == ("pending", None)
    await database.write(films.cancel_film, film.id, now)
    await database.write(films.delete_film, film.id)
    assert await stands(told["conversation_id"], told["message_id"]) == ("failed", "There is no such film any more.")
    assert await stands("c", "new") == ("pending", None)
    assert await stands("c", "old") == ("failed", "The film could not be begun; ask for it again.")
