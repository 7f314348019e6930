"""The stand-in for /v1/videos is what OpenAI's own client takes for it; its dialects differ as the servers do. Requirement F9."""

import io
import json
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from PIL import Image

from storyreel.media.frames import first_frame
from storyreel.standins.faults import Fault
from storyreel.standins.fixtures import Standin
from storyreel.standins.videos import Videos

pytestmark = pytest.mark.journey
openai = pytest.importorskip("openai")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # the client's, for every video

ASKED = {"prompt": "a paper boat crosses a puddle", "model": "wan2.2", "seconds": "4", "size": "1280x720"}
SMALL = {"prompt": "a paper boat", "model": "wan2.2", "seconds": "1", "size": "160x90"}
KEYS = {
    "id",
    "object",
    "model",
    "status",
    "progress",
    "created_at",
    "completed_at",
    "expires_at",
    "prompt",
    "size",
    "seconds",
    "remixed_from_video_id",
    "error",
}


def png(colour: str = "teal") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (1280, 720), colour).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
async def cloud(standin: Standin) -> Videos:
    return await standin(Videos, speed=20_000)


@pytest.fixture
async def client(cloud: Videos) -> AsyncGenerator[Any]:
    async with openai.AsyncOpenAI(api_key=cloud.key, base_url=f"{cloud.url}/openai/v1", max_retries=0) as made:
        yield made


async def told(cloud: Videos, method: str, path: str, **sent: Any) -> tuple[int, Any]:
    """What a plain call is answered."""
    headers = {"Authorization": f"Bearer {cloud.key}"}
    async with aiohttp.ClientSession(headers=headers) as session, session.request(method, cloud.url + path, **sent) as answer:
        return answer.status, json.loads(await answer.read() or b"null")


async def test_the_client_makes_polls_fetches_lists_and_deletes(client: Any, cloud: Videos, tmp_path: Path) -> None:
    video = await client.videos.create_and_poll(**ASKED, input_reference=("boat.png", png(), "image/png"))
    content = await client.videos.download_content(video.id)
    still = await client.videos.download_content(video.id, variant="thumbnail")
    (tmp_path / "clip.mp4").write_bytes(content.content)

    assert (video.status, video.progress, video.seconds, video.size) == ("completed", 100, "4", "1280x720")
    assert set(json.loads(video.model_dump_json())) >= KEYS
    assert first_frame(tmp_path / "clip.mp4").getpixel((640, 360)) == pytest.approx((0, 128, 128), abs=6)
    assert Image.open(io.BytesIO(still.content)).format == "WEBP"
    assert [one.id async for one in client.videos.list()] == [video.id]
    assert (await client.videos.delete(video.id)).deleted
    with pytest.raises(openai.NotFoundError):
        await client.videos.retrieve(video.id)
    assert cloud.jobs[video.id].asked.first == png()


async def test_the_client_s_way_round_its_own_error_is_understood(client: Any, cloud: Videos) -> None:
    """An address as reference: as bracketed form fields, and as JSON."""
    address = f"{cloud.url}/uploads/{cloud.keep(upload(), 'boat')}"
    for headers in ({}, {"Content-Type": "application/json"}):
        video = await client.videos.create(**ASKED, extra_body={"input_reference": {"image_url": address}}, extra_headers=headers)
        assert cloud.jobs[video.id].asked.first == png()


def upload() -> Any:
    from storyreel.standins.reading import Upload

    return Upload(png(), "image/png")


async def test_a_list_has_pages(client: Any) -> None:
    made = [(await client.videos.create(**ASKED)).id for _ in range(5)]

    page = await client.videos.list(limit=2)
    assert ([one.id for one in page.data], page.has_more) == (made[:2:-1], True)
    assert [one.id async for one in client.videos.list(limit=2)] == made[::-1]
    assert [one.id async for one in client.videos.list(order="asc", after=made[2])] == made[3:]


async def test_a_remix_says_what_it_was_made_from(client: Any, cloud: Videos) -> None:
    video = await client.videos.create(**ASKED)

    again = await client.videos.remix(video.id, prompt="by night")

    assert (again.remixed_from_video_id, cloud.jobs[again.id].asked.prompt) == (video.id, "by night")


async def test_a_create_is_answered_with_the_job_as_it_was_taken_however_late_the_answer(client: Any, cloud: Videos) -> None:
    cloud.speed = 1e9  # done before the answer is written

    video = await client.videos.create(**ASKED)
    again = await client.videos.remix(video.id, prompt="by night")

    assert [(one.status, one.progress) for one in (video, again)] == [("queued", 0), ("queued", 0)]
    assert (await client.videos.retrieve(video.id)).status == "completed"


async def test_an_unfinished_video_can_neither_be_fetched_nor_deleted(client: Any, cloud: Videos) -> None:
    cloud.speed = 1.0
    video = await client.videos.create(**ASKED)

    with pytest.raises(openai.BadRequestError):
        await client.videos.download_content(video.id)
    with pytest.raises(openai.ConflictError):
        await client.videos.delete(video.id)


async def test_content_expires(client: Any, cloud: Videos) -> None:
    video = await client.videos.create_and_poll(**ASKED)
    assert video.expires_at == video.completed_at + 86_400
    cloud.advance(86_400 + 60)

    with pytest.raises(openai.NotFoundError):
        await client.videos.download_content(video.id)


async def test_a_failed_job_is_told_with_200_and_its_reason(client: Any, cloud: Videos) -> None:
    cloud.faults.add("moderation_later", count=1)

    video = await client.videos.create_and_poll(**ASKED)

    assert (video.status, video.error.code) == ("failed", "moderation_blocked")


@pytest.mark.parametrize(
    ("change", "param"),
    [
        ({"seconds": "5"}, "seconds"),
        ({"size": "1920x1080"}, "size"),
        ({"prompt": ""}, "prompt"),
        ({"prompt": "x" * 32_001}, "prompt"),
        ({"extra_body": {"seed": 3}}, "seed"),
        ({"input_reference": ("boat.png", b"not a picture", "image/png")}, "input_reference"),
    ],
)
async def test_a_wrong_request_is_refused_by_its_parameter(client: Any, cloud: Videos, change: Any, param: str) -> None:
    with pytest.raises(openai.BadRequestError) as error:
        await client.videos.create(**{**ASKED, **change})

    assert error.value.param == param
    assert not cloud.submissions


async def test_a_create_is_sent_again_by_the_client_and_makes_twins(cloud: Videos) -> None:
    """Why nothing of ours is sent through it."""
    cloud.faults.add("reset_after", "create", count=1)
    async with openai.AsyncOpenAI(api_key=cloud.key, base_url=f"{cloud.url}/openai/v1") as client:
        await client.videos.create(**ASKED)

    assert len(cloud.submissions) == 2


async def test_vllm_takes_forms_alone_and_any_size_and_the_model_it_serves(cloud: Videos) -> None:
    assert (await told(cloud, "POST", "/v1/videos", json=SMALL))[0] == 422
    status, job = await told(cloud, "POST", "/v1/videos", data=aiohttp.FormData(SMALL | {"size": "162x92", "seed": "3"}))
    assert (status, job["size"], job["id"][:10]) == (200, "162x92", "video_gen_")
    assert (await told(cloud, "POST", "/v1/videos", data=SMALL | {"model": "sora-2"}))[0] == 400


async def test_vllm_tells_a_failed_job_under_an_error_status_and_a_number_as_its_code(cloud: Videos) -> None:
    cloud.faults.add("fails_later", count=1)
    _, job = await told(cloud, "POST", "/v1/videos", data=SMALL)
    cloud.advance(10)

    status, job = await told(cloud, "GET", f"/v1/videos/{job['id']}")

    assert (status, job["status"], job["error"]["code"]) == (500, "failed", 500)
    assert (await told(cloud, "GET", f"/v1/videos/{job['id']}/content"))[0] == 422


async def test_vllm_ends_a_running_job_by_delete(cloud: Videos) -> None:
    cloud.speed = 1.0
    _, job = await told(cloud, "POST", "/v1/videos", data=SMALL)

    assert (await told(cloud, "DELETE", f"/v1/videos/{job['id']}"))[0] == 200
    assert cloud.jobs[job["id"]].cancelled
    assert (await told(cloud, "GET", f"/v1/videos/{job['id']}"))[0] == 404


async def test_sglang_forgets_a_job_that_runs_on_and_knows_no_variant(cloud: Videos) -> None:
    _, job = await told(cloud, "POST", "/sglang/v1/videos", json={**SMALL, "seconds": 1})
    cloud.advance(10)
    path = f"/sglang/v1/videos/{job['id']}"

    assert {"url", "urls", "file_path"} <= job.keys()
    assert (await told(cloud, "GET", f"{path}/content?variant=video"))[0] == 404
    status, gone = await told(cloud, "DELETE", path)
    assert (status, gone["status"], cloud.jobs[job["id"]].cancelled) == (200, "deleted", None)


async def test_litellm_tells_no_progress_and_cannot_delete(cloud: Videos) -> None:
    assert (await told(cloud, "POST", "/litellm/v1/videos", json={"prompt": "a boat"}))[0] == 400
    _, job = await told(cloud, "POST", "/litellm/v1/videos", json=SMALL)

    assert (job["progress"], job["id"][:6]) == (None, "video_")
    assert (await told(cloud, "DELETE", f"/litellm/v1/videos/{job['id']}"))[0] == 405


async def test_new_api_leaves_out_what_is_null_and_has_no_list(cloud: Videos) -> None:
    _, job = await told(cloud, "POST", "/newapi/v1/videos", json=SMALL)

    assert "error" not in job
    assert "remixed_from_video_id" not in job
    assert (await told(cloud, "GET", "/newapi/v1/videos"))[0] in {404, 405}
    status, refused = await told(cloud, "POST", "/newapi/v1/videos", json=SMALL | {"size": "large"})
    assert (status, set(refused)) == (400, {"code", "message", "data"})


async def test_a_job_belongs_to_the_server_that_made_it(cloud: Videos) -> None:
    _, job = await told(cloud, "POST", "/v1/videos", data=SMALL)

    assert (await told(cloud, "GET", f"/sglang/v1/videos/{job['id']}"))[0] == 404
    assert (await told(cloud, "GET", f"/vllm/v1/videos/{job['id']}"))[0] == 200


class Hasty:
    """A clock that goes on whenever it is read: what is read twice is read at two moments."""

    def __init__(self) -> None:
        self.now, self.step_s = datetime(2026, 1, 1, tzinfo=UTC), 0.0

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=self.step_s)
        return self.now


async def test_the_status_of_a_look_and_the_state_in_its_body_agree() -> None:
    clock = Hasty()
    async with Videos(clock=clock) as cloud:
        cloud.faults.add(Fault.MODERATION_LATER)
        for tenths in range(20, 40):  # so that the job ends between any two readings of a look
            clock.step_s = tenths / 10
            _, job = await told(cloud, "POST", "/v1/videos", data=SMALL)
            while job["status"] != "failed":
                status, job = await told(cloud, "GET", f"/v1/videos/{job['id']}")
                assert (status == 400) == (job["status"] == "failed")
