"""Accepted videos wait for a provider that is away for a moment; nobody else waits with them."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from storyreel.accounts import accounts_of
from storyreel.library.accepted import Entry, Names, accept_videos
from storyreel.standins.fixtures import Standin, standin, standin_studio
from storyreel.standins.videos import Videos
from tests.doors.server.conftest import Serve, Served
from tests.doors.server.test_videos import left_behind

pytestmark = pytest.mark.journey

__all__ = ["standin", "standin_studio"]


async def decided(server: Served, id: str) -> Any:
    """The video once it has a film, or will have none."""
    async with asyncio.timeout(20):
        while True:
            told = await server.json("GET", f"/v1/videos/{id}")
            if told["metadata"]["film"] or told["error"]:
                return told
            await asyncio.sleep(0.01)


async def test_a_video_whose_provider_is_away_for_a_moment_waits_for_it_and_holds_up_nobody(
    serve: Serve, standin: Standin
) -> None:
    cloud = await standin(Videos)
    cloud.faults.add("unavailable", "other", count=1)
    server = await serve(works=False, accounts=accounts_of(cloud.environment(cloud.url)))
    asked = {"route": "videos:wan2.2@videos", "size": "1280x720", "seconds": 4.0, "allow_unpriced": True}
    away = left_behind("video_00").model_copy(update=asked)
    unknown = left_behind("video_01").model_copy(update={**asked, "route": "videos:no-such-model@videos"})
    entries = [Entry(one, Names("local", "", "", datetime.now(UTC))) for one in (away, unknown)]

    await (await server.studio.line()).database.write(accept_videos, entries, datetime.now(UTC))
    ended, waiting = await decided(server, unknown.id), await server.json("GET", f"/v1/videos/{away.id}")
    told = await decided(server, away.id)

    assert (ended["error"]["code"], waiting["status"], waiting["error"]) == ("unknown_model", "queued", None)
    assert (told["status"], told["error"]) == ("queued", None)
    assert (await server.studio.film(told["metadata"]["film"])).order.model == "videos:wan2.2@videos"
