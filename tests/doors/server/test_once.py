"""A request under a key is worked on once, however long it takes; who lost it answers nothing; its film is its answer."""

import asyncio
import sqlite3
from collections.abc import Generator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest

from storyreel.accounts import accounts_of
from storyreel.doors.server.callers import AT_THIS_MACHINE
from storyreel.doors.server.desk import open_desk
from storyreel.doors.server.once import UnderWay, kept_once
from storyreel.library import events, films
from storyreel.library.replies import SILENCE
from storyreel.studio import Studio
from tests.doors.server.conftest import Serve, Served
from tests.doors.server.test_veo31 import NOWHERE, picture
from tests.website import website

FOX = {"prompt": "A fox runs through the snow", "shots": 1, "seconds": 0.5, "size": "160x90"}


class Clock:
    """Goes on by all that an attempt may be silent, each time it is looked at."""

    def __init__(self) -> None:
        self.time, self.an_hour = datetime(2026, 11, 21, 12, tzinfo=UTC), asyncio.Event()
        self._until = self.time + timedelta(hours=1)

    def now(self) -> datetime:
        self.time += SILENCE
        if self.time > self._until:
            self.an_hour.set()
        return self.time


async def test_a_request_of_an_hour_is_not_begun_again_and_one_that_was_taken_over_is_broken_off(tmp_path: Path) -> None:
    clock, answers, begun = Clock(), asyncio.Queue[str](), asyncio.Queue[None]()

    async def work() -> str:
        begun.put_nowait(None)
        return await answers.get()

    async with open_desk(Studio(tmp_path), works=False, public_url="") as opened:
        desk = replace(opened, now=clock.now)

        def asked(beat_s: float) -> asyncio.Task[tuple[HTTPStatus, str]]:
            return asyncio.create_task(kept_once(desk, AT_THIS_MACHINE, "one", "d", work, HTTPStatus.OK, beat_s=beat_s))

        first = asked(0.001)
        await clock.an_hour.wait()
        with pytest.raises(UnderWay):
            await asked(0.001)
        await begun.get()
        first.cancel()
        await asyncio.wait([first])

        silent = asked(0.1)
        await begun.get()
        clock.time += SILENCE
        second = asked(1)
        with pytest.raises(UnderWay):
            await silent
        answers.put_nowait("film")
        assert await second == await asked(1) == (HTTPStatus.OK, "film")
        await begun.get()
        assert begun.empty()


async def test_who_was_given_up_accepts_nothing_and_who_is_cancelled_after_that_leaves_its_film_to_the_next(
    tmp_path: Path,
) -> None:
    now, go, begun, accepted = datetime(2026, 11, 21, 12, tzinfo=UTC), asyncio.Event(), asyncio.Event(), asyncio.Event()
    async with open_desk(Studio(tmp_path), works=False, public_url="") as opened:
        desk = replace(opened, now=lambda: now)

        async def waits() -> str:
            begun.set()
            await go.wait()
            return await film_made()

        async def film_made() -> str:
            return (await desk.studio.start_film("A fox runs through the snow", shots=1, deliver=False)).id

        async def stays() -> str:
            await film_made()
            accepted.set()
            await asyncio.Event().wait()
            return ""

        given_up = asyncio.create_task(kept_once(desk, AT_THIS_MACHINE, "one", "d", waits, HTTPStatus.OK))
        await begun.wait()
        now += SILENCE + timedelta(seconds=1)
        _, film = await kept_once(desk, AT_THIS_MACHINE, "one", "d", film_made, HTTPStatus.OK)
        go.set()
        with pytest.raises(UnderWay):
            await given_up
        assert [one.id for one in await desk.studio.films()] == [film]

        cancelled = asyncio.create_task(kept_once(desk, AT_THIS_MACHINE, "two", "d", stays, HTTPStatus.OK))
        await accepted.wait()
        cancelled.cancel()
        await asyncio.wait([cancelled])
        _, second = await kept_once(desk, AT_THIS_MACHINE, "two", "d", film_made, HTTPStatus.OK)
        assert {one.id for one in await desk.studio.films()} == {film, second}


@contextmanager
def refused(home: Path, *writes: str) -> Generator[None]:
    """The home's database refuses these writes while the block runs."""
    with closing(sqlite3.connect(home / "storyreel.db", isolation_level=None)) as database:
        for number, write in enumerate(writes):
            database.execute(f"CREATE TRIGGER refuses{number} BEFORE {write} BEGIN SELECT RAISE(ABORT, 'broken'); END")
        yield
        for number, _ in enumerate(writes):
            database.execute(f"DROP TRIGGER refuses{number}")


def silent(home: Path) -> None:
    """Who works on an answer was not heard of for so long that it is given up."""
    with closing(sqlite3.connect(home / "storyreel.db", isolation_level=None)) as database:
        earlier = (datetime.now(UTC) - SILENCE - timedelta(seconds=1)).strftime("%Y-%m-%d %H:%M:%S.%f")
        database.execute("UPDATE replies SET created = ?, renewed = ? WHERE status IS NULL", (earlier, earlier))


async def asked(server: Served, path: str, *, status: int, told: Mapping[str, Any], key: str = "one") -> Any:
    return await server.json("POST", path, status=status, headers={"Idempotency-Key": key}, **told)


@pytest.mark.journey
async def test_a_film_whose_answer_could_not_be_kept_is_what_its_key_is_answered_with(serve: Serve, tmp_path: Path) -> None:
    (tmp_path / "image.jpg").write_bytes(picture("peru"))
    server = await serve(works=False, fetch_inward=True, accounts=accounts_of({"GEMINI_API_KEY": "one", **NOWHERE}))
    answer, message = "UPDATE OF status ON replies", "UPDATE OF film ON messages"
    fox: dict[str, Any] = {"json": {**FOX, "model": "animatic"}}
    made: list[str] = []
    answers: list[Any] = []
    async with website(tmp_path) as url:
        veo = {"reference_image_urls": f"{url}/image.jpg", "prompt": "The ship turns slowly"}
        cases: list[tuple[str, int, dict[str, Any], str]] = [
            ("/v1/films", 201, fox, answer),
            ("/veo31/generate-with-prompt-urls", 200, {"data": veo}, answer),
            ("/api/video-gen/generate", 200, fox, answer),
            ("/api/video-gen/generate", 200, fox, message),
        ]
        for number, (path, status, told, write) in enumerate(cases):
            with refused(server.studio.home.root, write):
                await asked(server, path, status=500, told=told, key=str(number))
            answers.append(await asked(server, path, status=status, told=told, key=str(number)))
            assert await asked(server, path, status=status, told=told, key=str(number)) == answers[-1]
            [film] = {film.id for film in await server.studio.films()} - set(made)
            made.append(film)

    assert (answers[0]["id"], answers[1]["step3_video_generation"]["task_id"]) == (made[0], made[1])
    assert answers[1]["step2_prompt"] == veo["prompt"]
    database = (await server.studio.line()).database
    for film, told in zip(made[2:], answers[2:], strict=True):
        ids = {name: told[name] for name in ("conversation_id", "message_id")}
        assert (await server.json("GET", "/api/video-gen/status", params=ids))["task"]["status"] == "pending"
        await database.write(films.cancel_film, film, datetime.now(UTC))
        assert (await server.json("GET", "/api/video-gen/status", params=ids))["task"]["status"] == "failed"


async def test_a_film_whose_server_died_before_it_answered_is_what_its_key_is_answered_with(serve: Serve) -> None:
    server = await serve(works=False)
    home = server.studio.home.root
    with refused(home, "UPDATE OF status, token ON replies", "DELETE ON replies"):
        await asked(server, "/v1/films", status=500, told={"json": FOX})
    under_way = await asked(server, "/v1/films", status=409, told={"json": FOX})
    silent(home)
    other = await asked(server, "/v1/films", status=422, told={"json": {**FOX, "seed": 7}})
    answered = await asked(server, "/v1/films", status=201, told={"json": FOX})

    assert (under_way["code"], other["code"]) == ("request_under_way", "idempotency_key_reused")
    assert [film.id for film in await server.studio.films()] == [answered["id"]]


async def test_a_change_whose_answer_could_not_be_kept_is_made_once_and_told_to_who_asks_again(serve: Serve) -> None:
    server = await serve(works=False)
    film = await server.json("POST", "/v1/films", status=201, json={**FOX, "shots": 2, "approve": True})
    path = f"/v1/films/{film['id']}"
    board = await server.json("GET", f"{path}/storyboard")
    board["scenes"][0]["shots"][0]["description"] = "A wolf runs through the snow."
    changes: list[tuple[str, str, dict[str, Any]]] = [
        ("PUT", "/storyboard", board),
        ("POST", "/order", {"shots": [shot["id"] for scene in board["scenes"] for shot in scene["shots"]][::-1]}),
        ("POST", "/shots/1/retake", {"seed": 7}),
        ("POST", "/approve", {}),
    ]
    told: list[Any] = []
    for method, what, body in changes:
        ask = partial(server.json, method, path + what, headers={"Idempotency-Key": what}, json=body)
        with refused(server.studio.home.root, "UPDATE OF status ON replies"):
            await ask(status=500)
        told.append(await ask())
        assert await ask() == told[-1]

    assert [one["what"] for one in told] == ["edit", "edit", "retake", "approve"]
    assert all(one["started"] for one in told)
    assert [shot.id for shot in (await server.studio.film(film["id"])).storyboard.shots] == changes[1][2]["shots"]
    database = (await server.studio.line()).database
    assert await database.read(events.count_of, film["id"], {"film.changed", "film.approved"}) == len(changes)
