"""OpenRouter's stand-in keeps to its documentation. Requirement F9."""

import base64
import io
import json
from typing import Any

import aiohttp
import pytest
from PIL import Image

from storyreel.standins.fixtures import Standin
from storyreel.standins.openrouter import OpenRouter

ASKED = {"model": "alibaba/wan-2.7", "prompt": "a paper boat", "duration": 2, "resolution": "720p", "aspect_ratio": "9:16"}


@pytest.fixture
async def cloud(standin: Standin) -> OpenRouter:
    return await standin(OpenRouter, speed=1e6)


async def told(cloud: OpenRouter, method: str, path: str, **sent: Any) -> tuple[int, Any]:
    """What a plain call is answered."""
    headers = {"Authorization": f"Bearer {cloud.key}"}
    async with aiohttp.ClientSession(headers=headers) as session, session.request(method, cloud.url + path, **sent) as answer:
        return answer.status, json.loads(await answer.read())


def frame(kind: str) -> dict[str, Any]:
    file = io.BytesIO()
    Image.new("RGB", (72, 128), "teal").save(file, "PNG")
    address = f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"
    return {"type": "image_url", "image_url": {"url": address}, "frame_type": kind}


async def test_a_job_is_taken_with_202_and_ends_with_its_addresses_and_its_bill(cloud: OpenRouter) -> None:
    status, job = await told(cloud, "POST", "/api/v1/videos", json=ASKED)
    assert (status, set(job), job["status"]) == (202, {"id", "polling_url", "status"}, "pending")

    _, done = await told(cloud, "GET", job["polling_url"])

    assert (done["status"], done["usage"]) == ("completed", {"cost": 0.2, "is_byok": False})
    async with aiohttp.ClientSession() as anyone:
        async with anyone.get(done["urls"][0]) as signed:
            assert (await signed.read())[4:8] == b"ftyp"
        async with anyone.get(done["unsigned_urls"][0]) as unsigned:
            assert unsigned.status == 401  # it wants the key


async def test_states_follow_one_another(cloud: OpenRouter) -> None:
    cloud.speed = 1.0
    _, job = await told(cloud, "POST", "/api/v1/videos", json=ASKED)
    seen: list[str] = []
    for seconds in (0, 10, 100):
        cloud.advance(seconds)
        seen.append((await told(cloud, "GET", job["polling_url"]))[1]["status"])

    assert seen == ["pending", "in_progress", "completed"]


async def test_the_listing_tells_what_each_model_can_do(cloud: OpenRouter) -> None:
    _, listing = await told(cloud, "GET", "/api/v1/videos/models")

    wan = next(model for model in listing["data"] if model["id"] == "alibaba/wan-2.7")
    assert (wan["supported_durations"][0], wan["supported_frame_images"]) == (2, ["first_frame", "last_frame"])


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"prompt": None}, "prompt"),
        ({"duration": "5"}, "duration"),
        ({"duration": 40}, "duration"),
        ({"resolution": "480p"}, "resolution"),
        ({"aspect_ratio": "5:4"}, "aspect_ratio"),
        ({"frame_images": [frame("middle")]}, "frame_images[0].frame_type"),
        ({"frame_images": [{"type": "image_url", "frame_type": "first_frame"}]}, "frame_images[0].image_url.url"),
        (
            {"model": "minimax/hailuo-2.3", "duration": 6, "resolution": "768p", "frame_images": [frame("last_frame")]},
            "frame_images[0].frame_type",
        ),
    ],
)
async def test_a_wrong_request_is_a_zod_error(cloud: OpenRouter, change: dict[str, Any], path: str) -> None:
    status, body = await told(cloud, "POST", "/api/v1/videos", json=ASKED | change)

    assert (status, body["error"]["name"]) == (400, "ZodError")
    assert json.loads(body["error"]["message"])[0]["path"] == [path]
    assert not cloud.submissions


async def test_errors_have_the_code_of_their_status(cloud: OpenRouter) -> None:
    for fault, status in (("no_credit", 402), ("moderation", 403), ("rate_limited", 429), ("unauthorised", 401)):
        cloud.faults.add(fault, count=1)
        seen, body = await told(cloud, "POST", "/api/v1/videos", json=ASKED)
        assert (seen, body["error"]["code"]) == (status, status)
    assert (await told(cloud, "POST", "/api/v1/videos", json=ASKED | {"model": "nobody/none"}))[0] == 404
