"""fal's stand-in is what the official client takes for fal.

Its addresses are constants with https:// that it builds when it is imported; here they are the stand-in's, nothing else is ours.
"""

from collections.abc import AsyncGenerator
from typing import Any

import pytest
import pytest_asyncio

from storyreel.standins.fal import Fal
from storyreel.standins.fixtures import Standin

fal_client = pytest.importorskip("fal_client")

pytestmark = pytest.mark.journey
MODEL = "fal-ai/kling-video/v3/standard/text-to-video"
ASKED = {"prompt": "a fox in the snow", "duration": "5", "generate_audio": False}


@pytest_asyncio.fixture
async def client_at(monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[Any]:
    made: list[Any] = []

    def client(cloud: Fal, key: str | None = None) -> Any:
        monkeypatch.setattr("fal_client.client.QUEUE_URL_FORMAT", f"{cloud.url}/")
        monkeypatch.setattr("fal_client.client.REST_URL", cloud.url)
        monkeypatch.setattr("fal_client.client.CDN_URL", cloud.url)
        made.append(fal_client.AsyncClient(key=key or cloud.key))
        return made[-1]

    yield client
    for one in made:
        await (await one._client).aclose()  # it has no close of its own


async def test_the_official_client_submits_follows_and_reads(standin: Standin, client_at: Any) -> None:
    cloud = await standin(Fal)
    client = client_at(cloud)
    handle = await client.submit(MODEL, ASKED)
    seen = [type(event).__name__ async for event in handle.iter_events(with_logs=True, interval=0.005)]
    assert seen[-1] == "Completed"
    result = await handle.get()
    assert result["video"]["content_type"] == "video/mp4"
    assert len(cloud.submissions) == 1


async def test_the_official_client_is_told_of_a_refused_field(standin: Standin, client_at: Any) -> None:
    client = client_at(await standin(Fal))
    with pytest.raises(fal_client.FalClientHTTPError, match="duration") as told:
        await client.subscribe(MODEL, ASKED | {"duration": 5})
    assert told.value.status_code == 422


async def test_the_official_client_uploads_a_file_and_cancels_a_request(standin: Standin, client_at: Any) -> None:
    cloud = await standin(Fal, speed=1)
    client = client_at(cloud)
    address = await client.upload(b"\x89PNG\r\n\x1a\n1234", "image/png", "a.png")
    assert cloud.uploads[address.rpartition("/")[2]].media_type == "image/png"
    handle = await client.submit(MODEL, ASKED)
    assert type(await handle.status(with_logs=True)).__name__ == "Queued"
    await handle.cancel()
    with pytest.raises(fal_client.FalClientHTTPError):
        await handle.status()


async def test_a_key_that_is_not_theirs_is_refused(standin: Standin, client_at: Any) -> None:
    cloud = await standin(Fal)
    with pytest.raises(fal_client.FalClientHTTPError):
        await client_at(cloud, key="another").submit(MODEL, ASKED)
    assert not cloud.submissions
