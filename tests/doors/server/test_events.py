"""Events over REST: as they happen, each once, from where a watcher left."""

import asyncio
import io
from contextlib import suppress
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

import aiohttp
import pytest
from PIL import Image
from yarl import URL

from storyreel.domain.events import CutStarted
from storyreel.library import events, films
from storyreel.library.database import Database
from storyreel.library.home import Home
from tests.doors.server.conftest import Serve, Served
from tests.production.conftest import board, film_of

pytestmark = pytest.mark.journey

NOW = datetime(2026, 1, 1, tzinfo=UTC)

OWL = {"prompt": "An owl waits.", "seconds": 0.5, "size": "160x90"}


def picture() -> bytes:
    """A small PNG."""
    file = io.BytesIO()
    Image.new("RGB", (160, 90), "teal").save(file, "PNG")
    return file.getvalue()


async def streamed(server: Served, path: str, **headers: str) -> list[dict[str, str]]:
    """The fields of each event of a stream, until the server ends it."""
    async with server.client.get(path, headers={"Accept": "text/event-stream", **headers}) as response:
        assert response.content_type == "text/event-stream"
        blocks = (await response.text()).split("\n\n")
    return [dict(line.split(": ", 1) for line in block.split("\n")) for block in blocks if block and block[0] != ":"]


async def test_events_are_told_as_they_happen_each_once_from_where_a_watcher_left(serve: Serve) -> None:
    server = await serve()
    asset = await server.json("POST", "/v1/assets", status=201, data=picture())
    owl = {**OWL, "first_frame": asset["id"]}
    assert (await server.json("POST", "/v1/estimate", json=owl))["quote"]["expected_usd"] == 0
    for name, status in (("asset_of_nobody", 404), ("/etc/passwd", 422), ("http://127.0.0.1/owl.png", 422)):
        await server.json("POST", "/v1/films", status=status, json={**OWL, "first_frame": name})
    film = (await server.json("POST", "/v1/films", status=201, json=owl))["id"]

    told = await streamed(server, f"/v1/films/{film}/events")

    assert told[0] == {"retry": "1000"}
    assert (told[1]["event"], told[-2]["event"], told[-1]["event"]) == ("film.queued", "film.ready", "end")
    numbers = [int(one["id"]) for one in told[1:-1] if "id" in one]
    listed = await server.json("GET", f"/v1/films/{film}/events")
    assert [one["number"] for one in listed["data"]] == numbers == sorted(set(numbers))
    assert listed["data"][-1]["fact"]["cost_usd"] == 0.0

    rest = await streamed(server, f"/v1/films/{film}/events", **{"Last-Event-ID": str(numbers[3])})
    assert [int(one["id"]) for one in rest[1:-1] if "id" in one] == numbers[4:]


class Watcher:
    """A client that follows one film to its end, and comes back wherever it was cut off, as a browser does."""

    def __init__(self, client: aiohttp.ClientSession, film: str) -> None:
        self._client, self._path = client, f"/v1/films/{film}/events"
        self.heard: list[int] = []
        self.came = 0

    async def watch(self) -> None:
        """Until the film ends."""
        while True:
            since = {"Last-Event-ID": str(self.heard[-1])} if self.heard else {}
            with suppress(aiohttp.ClientError):
                async with self._client.get(self._path, headers={"Accept": "text/event-stream", **since}) as response:
                    self.came += 1
                    if response.status == HTTPStatus.NO_CONTENT or await self._told(response):
                        return  # it heard everything before it was cut off, or the end
            await asyncio.sleep(0.3)

    async def _told(self, response: aiohttp.ClientResponse) -> bool:
        kind = b""
        async for line in response.content:
            if line.startswith(b"event: "):
                kind = line[7:].strip()
            elif line.startswith(b"id: ") and kind != b"end":
                self.heard.append(int(line[4:]))
        return kind == b"end"


@pytest.mark.timeout(300)
async def test_500_watchers_go_on_through_a_restart_and_hear_each_event_once(serve: Serve, tmp_path: Path) -> None:
    first = await serve(works=False)
    ids = [f"ships-{number:04}" for number in range(10)]
    with Database.open(Home(tmp_path / "home").database_url) as elsewhere:  # a process that makes the films
        for id in ids:
            await elsewhere.write(films.insert_film, film_of(board(1), id))
            await elsewhere.write(films.start_film, id, NOW)
        async with aiohttp.ClientSession(first.url, connector=aiohttp.TCPConnector(limit=0)) as client:
            watchers = [Watcher(client, id) for id in ids for _ in range(50)]
            watching = [asyncio.ensure_future(watcher.watch()) for watcher in watchers]
            for number in range(9):
                for id in ids:
                    await elsewhere.write(events.append, id, CutStarted(clips=number), NOW)
                if number == 3:
                    await first.stop()
                if number == 5:
                    await serve(works=False, port=URL(first.url).port)
                await asyncio.sleep(0.05)
            for id in ids:
                await elsewhere.write(films.cancel_film, id, NOW)
            await asyncio.gather(*watching)
        told = {id: [one.number for one in elsewhere.read_now(events.since, id, 0)] for id in ids}

    assert all(len(numbers) == 12 for numbers in told.values())
    assert [watcher.heard for watcher in watchers] == [told[id] for id in ids for _ in range(50)]
    assert min(watcher.came for watcher in watchers) >= 2
