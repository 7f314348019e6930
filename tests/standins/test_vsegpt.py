"""The vsegpt stand-in: refusals inside HTTP 200, letter case, two ways to sign, JPEG alone. It has no official client."""

import asyncio
import base64
import io
from typing import Any

import aiohttp
import pytest
from PIL import Image

from storyreel.standins.fixtures import Standin
from storyreel.standins.vsegpt import Vsegpt

ASKED = {"model": "img2vid-kling/pro25-turbo", "action": "generate", "prompt": "snow starts falling", "aspect_ratio": "16:9"}


def picture(kind: str = "JPEG", claimed: str = "image/jpeg") -> str:
    file = io.BytesIO()
    Image.new("RGB", (320, 180), "teal").save(file, kind)
    return f"data:{claimed};base64,{base64.b64encode(file.getvalue()).decode()}"


async def told(cloud: Vsegpt, method: str, path: str, *, signed: str = "Bearer", key: str = "", **more: Any) -> tuple[int, Any]:
    headers = {"Authorization": f"{signed} {key or cloud.key}"} if signed else {}
    async with aiohttp.ClientSession(headers=headers) as session, session.request(method, cloud.url + path, **more) as answer:
        return answer.status, await answer.json()


async def generated(cloud: Vsegpt, **changes: Any) -> tuple[int, Any]:
    body = {name: value for name, value in (ASKED | {"image_url": picture()} | changes).items() if value is not None}
    return await told(cloud, "POST", "/v1/video/generate", json=body)


async def test_a_job_goes_from_queued_to_done_and_its_link_gives_a_clip(standin: Standin) -> None:
    cloud = await standin(Vsegpt, speed=2000)
    _, made = await generated(cloud)
    states: set[str] = set()
    while True:
        _, seen = await told(cloud, "GET", "/v1/video/status", params={"request_id": made["request_id"]}, signed="Key")
        states.add(seen["status"].upper())
        if "url" in seen:
            break
        await asyncio.sleep(0.005)
    async with aiohttp.ClientSession() as anyone, anyone.get(seen["url"]) as answer:
        assert (await answer.read())[4:8] == b"ftyp"
    assert "COMPLETED" in states
    assert states <= {"IN_QUEUE", "PENDING", "IN_PROGRESS", "PROCESSING", "COMPLETED"}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"prompt": None}, "prompt is required"),
        ({"action": "start"}, "action must be one of generate"),
        ({"model": "img2vid-nobody"}, "model img2vid-nobody not found"),
        ({"aspect_ratio": "2:1"}, "aspect_ratio must be one of 16:9, 9:16, 1:1"),
        ({"image_url": None}, "image_url is required for img2vid-kling/pro25-turbo"),
        ({"image_url": picture("PNG", "image/png")}, "image_url must be a data URI with a JPEG image"),
        ({"image_url": picture("PNG")}, "image_url must be image/jpeg, and is image/jpeg"),
        ({"duration": 5}, "duration is not a field of this model"),
    ],
)
async def test_what_is_wrong_is_said_inside_http_200(standin: Standin, changes: dict[str, Any], reason: str) -> None:
    cloud = await standin(Vsegpt)
    status, answer = await generated(cloud, **changes)
    assert (status, answer) == (200, {"status": "error", "reason": reason})
    assert not cloud.submissions


async def test_a_model_that_is_switched_off_is_a_400_that_says_disabled(standin: Standin) -> None:
    status, answer = await generated(await standin(Vsegpt), model="img2vid-kling/standart16")
    assert (status, answer["reason"]) == (400, "Model img2vid-kling/standart16 is disabled")


async def test_only_the_list_needs_no_key_and_only_the_status_takes_the_word_key(standin: Standin) -> None:
    cloud = await standin(Vsegpt)
    assert (await told(cloud, "GET", "/v1/models", signed=""))[0] == 200
    assert (await told(cloud, "GET", "/v1/balance", signed="Key"))[0] == 401
    assert (await told(cloud, "GET", "/v1/video/status", key="another"))[0] == 401


async def test_the_balance_falls_by_what_was_ordered(standin: Standin) -> None:
    cloud = await standin(Vsegpt)
    before = float((await told(cloud, "GET", "/v1/balance"))[1]["data"]["credits"])
    await generated(cloud)
    after = float((await told(cloud, "GET", "/v1/balance"))[1]["data"]["credits"])
    assert before - after == pytest.approx(89.9)
