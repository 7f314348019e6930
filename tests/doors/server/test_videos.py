"""`/v1/videos` by the clients that people have: OpenAI's own, with nothing changed but address and key."""

import io
from typing import Any

import av
import pytest
from openai import AsyncOpenAI

from tests.doors.server.conftest import Serve

pytestmark = pytest.mark.filterwarnings("ignore:The Sora API:DeprecationWarning")
FOX = "A fox runs through the snow"


async def test_the_official_client_makes_polls_and_downloads_a_video(serve: Serve) -> None:
    server = await serve()
    client: Any
    async with AsyncOpenAI(base_url=f"{server.url}/v1", api_key="none") as client:
        video = await client.videos.create_and_poll(
            prompt=FOX,
            model="animatic",
            seconds="1",
            size="160x90",
            poll_interval_ms=100,
        )
        content = await (await client.videos.download_content(video.id)).aread()
    assert (video.status, video.seconds, video.size, video.progress) == ("completed", "1", "160x90", 100)
    with av.open(io.BytesIO(content), "r") as clip:
        assert len(list(clip.decode(video=0))) == 24
