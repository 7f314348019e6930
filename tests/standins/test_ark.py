"""The stand-ins of Volcengine Ark and BytePlus are what the official client takes for them: only `base_url` is given to it."""

import asyncio
from base64 import b64decode, b64encode
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from storyreel.standins.ark import Ark, BytePlus
from storyreel.standins.fixtures import Standin

pytestmark = [
    pytest.mark.journey,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::pydantic.PydanticDeprecatedSince20"),
]
sdk = pytest.importorskip("volcenginesdkarkruntime")
REFUSED = pytest.importorskip("volcenginesdkarkruntime._exceptions").ArkAPIError
TEXT = [{"type": "text", "text": "a fox in the snow"}]


def client_at(cloud: Ark, key: str | None = None) -> Any:
    return sdk.AsyncArk(base_url=f"{cloud.url}/api/v3", api_key=key or cloud.key, max_retries=0)


def a_picture() -> str:
    file = BytesIO()
    Image.new("RGB", (640, 360), "#336699").save(file, format="PNG")
    return f"data:image/png;base64,{b64encode(file.getvalue()).decode()}"


async def ended(client: Any, id: str) -> Any:
    for _ in range(200):
        task = await client.content_generation.tasks.get(task_id=id)
        if task.status not in {"queued", "running"}:
            return task
        await asyncio.sleep(0.005)
    raise AssertionError("it does not end")


async def test_the_official_client_creates_a_task_follows_and_lists_it(standin: Standin) -> None:
    cloud = await standin(BytePlus)
    async with client_at(cloud) as client:
        made = await client.content_generation.tasks.create(
            model="dreamina-seedance-2-0-260128",
            content=TEXT,
            duration=5,
            resolution="720p",
            ratio="16:9",
            return_last_frame=True,
        )
        task = await ended(client, made.id)
        listed = await client.content_generation.tasks.list(page_size=10)
    assert (task.status, task.usage.completion_tokens, task.framespersecond) == ("succeeded", 108_000, 24)
    assert task.content.video_url.startswith(cloud.results_url)
    assert task.content.last_frame_url
    assert (listed.total, listed.items[0].id) == (1, made.id)
    assert cloud.submissions[0].cost_usd == Decimal("0.756")


async def test_the_official_client_ends_what_waits_and_is_refused_to_end_what_runs(standin: Standin) -> None:
    cloud = await standin(Ark, speed=1)
    async with client_at(cloud) as client:
        tasks = client.content_generation.tasks
        waiting = await tasks.create(model="doubao-seedance-1-0-pro-250528", content=TEXT)
        await tasks.delete(task_id=waiting.id)
        assert (await tasks.get(task_id=waiting.id)).status == "cancelled"
        running = await tasks.create(model="doubao-seedance-1-0-pro-250528", content=TEXT)
        cloud.advance(10)
        with pytest.raises(REFUSED):
            await tasks.delete(task_id=running.id)


async def test_the_official_client_is_given_a_picture(standin: Standin) -> None:
    cloud = await standin(BytePlus)
    async with client_at(cloud) as client:
        told = {"model": "seedream-4-5-251128", "prompt": "a fox", "size": "2560x1440", "watermark": False}
        answer = await client.images.generate(**told, image=[a_picture()], response_format="b64_json")
    picture = Image.open(BytesIO(b64decode(answer.data[0].b64_json)))
    assert picture.size == (2560, 1440)
    assert len(cloud.submissions) == 1


@pytest.mark.parametrize(
    ("model", "told", "field"),
    [
        ("dreamina-seedance-2-0-fast-260128", {"resolution": "1080p"}, "resolution"),
        ("dreamina-seedance-2-5-260628", {"duration": 31}, "duration"),
        ("dreamina-seedance-2-5-260628", {"ratio": "16:9", "roles": ("first_frame",)}, "ratio"),
        ("dreamina-seedance-2-0-260128", {"roles": ("first_frame", "reference_image")}, "reference_image"),
        ("dreamina-seedance-2-0-260128", {"roles": ("last_frame",)}, "last_frame"),
        ("seedance-1-0-pro-250528", {"generate_audio": True}, "generate_audio"),
        ("seedance-1-0-pro-250528", {"ratio": "adaptive"}, "ratio"),
        ("seedance-1-5-pro-251215", {}, "seedance-1-5-pro"),
    ],
)
async def test_what_a_model_does_not_take_is_refused(standin: Standin, model: str, told: dict[str, Any], field: str) -> None:
    cloud = await standin(BytePlus)
    shown = [{"type": "image_url", "role": role, "image_url": {"url": a_picture()}} for role in told.pop("roles", ())]
    async with client_at(cloud) as client:
        with pytest.raises(REFUSED, match=field):
            await client.content_generation.tasks.create(model=model, content=[*TEXT, *shown], **told)
    assert not cloud.submissions


async def test_a_wrong_key_is_refused_with_its_own_code(standin: Standin) -> None:
    async with client_at(await standin(Ark), key="another") as client:
        with pytest.raises(REFUSED, match="AuthenticationError"):
            await client.content_generation.tasks.list()
