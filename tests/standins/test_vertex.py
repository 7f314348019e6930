"""Google Cloud's stand-in is what Google's own client, with a service account's file, takes for it. Requirement F9."""

import asyncio
import base64
import io
from collections.abc import AsyncGenerator
from decimal import Decimal
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from PIL import Image

from storyreel.media.frames import first_frame, last_frame
from storyreel.media.probe import probe
from storyreel.standins.fixtures import Standin
from storyreel.standins.vertex import LOCATION, PROJECT, Vertex

genai = pytest.importorskip("google.genai")

pytestmark = [
    pytest.mark.journey,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::UserWarning"),
]

VEO = "veo-3.1-fast-generate-001"
MODELS = f"/v1/projects/{PROJECT}/locations/{LOCATION}/publishers/google/models"


def png(colour: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (320, 180), colour).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
async def cloud(standin: Standin) -> Vertex:
    return await standin(Vertex)


@pytest.fixture
async def client(cloud: Vertex, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[Any]:
    """Google's own client in its Cloud mode; with an address of one's own it wants project and location told in words."""
    for name, value in cloud.environment(cloud.url).items():
        monkeypatch.setenv(name, value)
    client = genai.Client(enterprise=True, project=PROJECT, location=LOCATION)
    yield client
    client.close()
    await client.aio.aclose()


async def made_by(client: Any, **wanted: Any) -> Any:
    """The operation of a clip, once it is done."""
    types = genai.types
    images = {
        name: types.Image(image_bytes=png(colour), mime_type="image/png") for name, colour in (("a", "#c02020"), ("b", "#2020c0"))
    }
    config = types.GenerateVideosConfig(
        number_of_videos=1,
        duration_seconds=8,
        aspect_ratio="16:9",
        resolution="720p",
        generate_audio=True,
        seed=7,
        person_generation="allow_adult",
        last_frame=images["b"],
        **wanted,
    )
    source = types.GenerateVideosSource(prompt="A paper boat", image=images["a"])
    operation = await asyncio.to_thread(lambda: client.models.generate_videos(model=VEO, source=source, config=config))
    assert operation.done is None
    while not operation.done:
        operation = await asyncio.to_thread(client.operations.get, operation)
        await asyncio.sleep(0.005)
    return operation


async def test_the_official_client_makes_a_clip_between_two_frames(cloud: Vertex, client: Any, tmp_path: Path) -> None:
    operation = await made_by(client)
    path = tmp_path / "clip.mp4"
    path.write_bytes(operation.response.generated_videos[0].video.video_bytes)

    facts = probe(path)
    assert (facts.width_px, facts.height_px, facts.frames) == (1280, 720, 192)
    reddest, bluest = first_frame(path).getpixel((300, 200)), last_frame(path).getpixel((300, 200))
    assert isinstance(reddest, tuple)
    assert isinstance(bluest, tuple)
    assert reddest[0] > 150 > reddest[2]
    assert bluest[2] > 150 > bluest[0]
    assert [submission.cost_usd for submission in cloud.submissions] == [Decimal("0.80")]


async def test_the_official_client_is_told_the_place_in_its_bucket(cloud: Vertex, client: Any) -> None:
    operation = await made_by(client, output_gcs_uri="gs://films/run")
    uri = operation.response.generated_videos[0].video.uri
    assert uri.startswith("gs://films/run/")
    where = f"{cloud.url}/storage/v1/b/films/o/{uri.removeprefix('gs://films/').replace('/', '%2F')}?alt=media"
    async with aiohttp.ClientSession() as session:
        async with session.get(where) as answer:
            assert answer.status == 401
        async with session.get(where, headers={"Authorization": f"Bearer {cloud.tokens.hand_out()}"}) as answer:
            assert (await answer.read())[4:8] == b"ftyp"


async def test_the_official_client_sees_the_filter_s_reason_and_a_failure(cloud: Vertex, client: Any) -> None:
    cloud.faults.add("moderation_later", "create", count=1)
    refused = await made_by(client)
    assert refused.response.rai_media_filtered_count == 1
    assert "29310472" in refused.response.rai_media_filtered_reasons[0]
    cloud.faults.add("fails_later", "create", count=1)
    assert (await made_by(client)).error["code"] == 13


async def posted(cloud: Vertex, path: str, body: Any, **headers: str) -> tuple[int, Any]:
    sent = headers or {"Authorization": f"Bearer {cloud.tokens.hand_out()}"}
    async with aiohttp.ClientSession(headers=sent) as session, session.post(cloud.url + path, json=body) as answer:
        return answer.status, await answer.json()


def image(colour: str = "red") -> dict[str, str]:
    return {"bytesBase64Encoded": base64.b64encode(png(colour)).decode(), "mimeType": "image/png"}


@pytest.mark.parametrize(
    ("instance", "parameters", "reason"),
    [
        ({}, {}, "A prompt or an image is required"),
        ({"prompt": "x", "lastFrame": image()}, {}, "only supported together with image"),
        ({"prompt": "x", "image": {"inlineData": {}}}, {}, 'Unknown name "inlineData"'),
        ({"prompt": "x", "image": image(), "lastFrame": image()}, {"durationSeconds": 4}, "requires durationSeconds to be 8"),
        ({"prompt": "x", "referenceImages": [{"image": image(), "referenceType": "style"}]}, {}, "must be asset"),
        ({"prompt": "x"}, {"durationSeconds": 5}, "must be one of 4, 6, 8"),
        ({"prompt": "x"}, {"durationSeconds": "8"}, "must be int"),
        ({"prompt": "x"}, {"aspectRatio": "1:1"}, "must be one of 16:9, 9:16"),
        ({"prompt": "x"}, {"resolution": "480p"}, "must be one of 720p"),
        ({"prompt": "x"}, {"seed": -1}, "at least 0"),
        ({"prompt": "x"}, {"sampleCount": 5}, "at most 4"),
        ({"prompt": "x"}, {"promptOptimizer": True}, "is not a field"),
        ({"prompt": "x"}, {"storageUri": "/tmp"}, "Invalid storage URI"),
    ],
)
async def test_what_google_refuses_is_refused(
    cloud: Vertex, instance: dict[str, Any], parameters: dict[str, Any], reason: str
) -> None:
    status, told = await posted(cloud, f"{MODELS}/{VEO}:predictLongRunning", {"instances": [instance], "parameters": parameters})
    assert (status, told["error"]["status"]) == (400, "INVALID_ARGUMENT")
    assert reason in told["error"]["message"]
    assert not cloud.submissions


async def test_tokens_projects_and_models_are_checked(cloud: Vertex) -> None:
    body: dict[str, Any] = {"instances": [{"prompt": "x"}], "parameters": {}}
    status, told = await posted(cloud, f"{MODELS}/{VEO}:predictLongRunning", body, Authorization="Bearer ya29.old")
    assert (status, told["error"]["status"]) == (401, "UNAUTHENTICATED")
    status, _ = await posted(cloud, f"{MODELS}/{VEO}:predictLongRunning", body, **{"x-goog-api-key": cloud.key})
    assert status == 401
    status, _ = await posted(cloud, f"{MODELS.replace(PROJECT, 'another')}/{VEO}:predictLongRunning", body)
    assert status == 404
    status, told = await posted(cloud, f"{MODELS}/veo-3.0-generate-001:predictLongRunning", body)
    assert (status, "was not found" in told["error"]["message"]) == (404, True)
    status, told = await posted(
        cloud, f"/v1beta1/publishers/google/models/{VEO}:predictLongRunning", body, **{"x-goog-api-key": cloud.key}
    )
    assert (status, list(told)) == (200, ["name"])
    token = cloud.tokens.hand_out()
    cloud.advance(3600)
    status, _ = await posted(cloud, f"{MODELS}/{VEO}:predictLongRunning", body, Authorization=f"Bearer {token}")
    assert status == 401


async def test_an_assertion_that_another_key_signed_gets_no_token(cloud: Vertex) -> None:
    form = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": "eyJ.eyJ.sig"}
    async with aiohttp.ClientSession() as session, session.post(f"{cloud.url}/token", data=form) as answer:
        assert (answer.status, (await answer.json())["error"]) == (400, "invalid_grant")
