"""What all clouds share: jobs, links, the bill, the log, the checks. Requirement F9."""

import asyncio
import base64
import math
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from PIL import Image

from storyreel.domain.errors import InvalidRequest
from storyreel.media.frames import first_frame
from storyreel.media.pictures import png_bytes
from storyreel.media.probe import probe
from storyreel.standins.fixtures import Standin
from storyreel.standins.reading import PictureLimits, Rule, Upload, checked, from_data_uri, must_be_picture, paged
from storyreel.standins.refusals import Refusal, Refused
from storyreel.standins.serve import CLOUDS, cloud_class, running
from tests.standins.tiny import TinyCloud

PROMPT = {"prompt": "a fox in the snow"}
SMALL = png_bytes(Image.new("RGB", (320, 180), "#b03060"))


def keyed(cloud: TinyCloud, key: str | None = None) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(cloud.url, headers={"Authorization": f"Bearer {key or cloud.key}"})


async def made(session: aiohttp.ClientSession, **body: Any) -> dict[str, Any]:
    async with session.post("/clips", json=PROMPT | body) as answer:
        return await answer.json()


async def seen(session: aiohttp.ClientSession, id: str) -> dict[str, Any]:
    async with session.get(f"/clips/{id}") as answer:
        return await answer.json()


async def ended(session: aiohttp.ClientSession, id: str) -> dict[str, Any]:
    for _ in range(1000):
        job = await seen(session, id)
        if job["state"] in {"done", "broken", "ended"}:
            return job
        await asyncio.sleep(0.005)
    raise AssertionError("the job does not end")


async def got(url: str, **headers: str) -> tuple[int, bytes]:
    async with aiohttp.ClientSession() as anyone, anyone.get(url, headers=headers) as answer:
        return answer.status, await answer.read()


async def test_a_clip_comes_of_exactly_the_asked_length_and_size(standin: Standin, tmp_path: Path) -> None:
    cloud = await standin(TinyCloud)
    async with keyed(cloud) as session:
        job = await ended(session, (await made(session, seconds=2))["id"])
    (tmp_path / "clip.mp4").write_bytes((await got(job["link"]))[1])
    facts = probe(tmp_path / "clip.mp4")
    assert (facts.frames, facts.width_px, facts.height_px) == (48, 320, 180)
    assert not cloud.leaks


async def test_a_clip_begins_on_the_picture_that_came_in_the_body(standin: Standin, tmp_path: Path) -> None:
    cloud = await standin(TinyCloud)
    async with keyed(cloud) as session:
        picture = f"data:image/png;base64,{base64.b64encode(SMALL).decode()}"
        job = await ended(session, (await made(session, image=picture))["id"])
    (tmp_path / "clip.mp4").write_bytes((await got(job["link"]))[1])
    red, green, blue = first_frame(tmp_path / "clip.mp4").resize((1, 1)).tobytes()
    assert all(abs(a - b) < 6 for a, b in zip((red, green, blue), (0xB0, 0x30, 0x60), strict=True))


async def test_a_picture_may_lie_at_an_address(standin: Standin) -> None:
    cloud, other = await standin(TinyCloud), await standin(TinyCloud, seed=1)
    elsewhere = other.upload_url(other.keep(Upload(SMALL, "image/png")))
    ours = cloud.upload_url(cloud.keep(Upload(SMALL, "image/png")))
    async with keyed(cloud) as session:
        for address in (elsewhere, ours):
            await made(session, image=address)
        assert (await made(session, image=f"{other.results_url}/uploads/nothing"))["error"]["code"] == "invalid"
    assert [job.asked.first for job in cloud.jobs.values()] == [SMALL, SMALL]


async def test_a_job_waits_runs_and_is_done_by_the_clock_alone(standin: Standin) -> None:
    cloud = await standin(TinyCloud, speed=10)
    async with keyed(cloud) as session:
        id = (await made(session))["id"]
        states = [(await seen(session, id))["state"]]
        cloud.advance(1.2)  # at this speed 12 of its 2 + 20 seconds
        half = await seen(session, id)
        cloud.advance(1.2)
        states += [half["state"], (await seen(session, id))["state"]]
    assert states == ["waiting", "busy", "done"]
    assert 0.4 < half["progress"] < 0.8


async def test_a_job_that_is_ended_stays_ended_and_one_that_is_done_cannot_be(standin: Standin) -> None:
    cloud = await standin(TinyCloud, speed=0.01)
    async with keyed(cloud) as session:
        first, second = (await made(session))["id"], (await made(session))["id"]
        async with session.post(f"/clips/{first}/cancel") as answer:
            assert (await answer.json())["state"] == "ended"
        cloud.advance(10_000)
        async with session.post(f"/clips/{second}/cancel") as answer:
            assert (await answer.json())["state"] == "done"
        assert (await seen(session, first))["state"] == "ended"


async def test_each_paid_request_is_on_the_bill_and_no_refused_one(standin: Standin) -> None:
    cloud = await standin(TinyCloud)
    async with keyed(cloud) as session:
        job = await made(session, key="film/s1")
        assert (await made(session, seconds=3))["error"]["message"] == "seconds must be one of 1, 2, 5"
        async with session.get("/_standin/submissions") as answer:
            (line,) = await answer.json()
    assert (line["id"], line["key"], line["cost_usd"]) == (job["id"], "film/s1", "0.10")
    assert cloud.job_of_token("film/s1") is cloud.jobs[job["id"]]
    assert cloud.job_of_token("") is None


async def test_the_log_has_every_call_and_no_key(standin: Standin) -> None:
    cloud = await standin(TinyCloud)
    async with keyed(cloud) as session, keyed(cloud, "wrong-key") as stranger:
        await made(session)
        await made(stranger)
        async with session.get("/nothing/here?secret=1") as answer:
            assert answer.status == 404
        async with session.get("/_standin/log") as answer:
            told = await answer.text()
            calls = await answer.json()
    assert [(call["kind"], call["status"]) for call in calls] == [("create", 201), ("create", 401), ("other", 404)]
    assert calls[0]["account"] != calls[1]["account"]
    assert not [secret for secret in (cloud.key, "wrong-key", "secret") if secret in told]


async def test_a_link_dies_at_its_hour_and_holds_only_as_it_was_given(standin: Standin) -> None:
    cloud = await standin(TinyCloud)
    async with keyed(cloud) as session:
        link = (await ended(session, (await made(session))["id"]))["link"]
    assert (await got(link))[0] == 200
    assert (await got(link.replace("Expires=1", "Expires=2")))[0] == 403
    assert (await got(link.replace("%2B", "+")))[0] == 403
    cloud.advance(61)
    assert (await got(link))[0] == 404


async def test_a_key_that_is_shown_to_the_results_host_is_noted(standin: Standin) -> None:
    cloud = await standin(TinyCloud)
    async with keyed(cloud) as session:
        link = (await ended(session, (await made(session))["id"]))["link"]
    await got(link, Authorization=f"Bearer {cloud.key}")
    assert len(cloud.leaks) == 1


async def test_the_listing_lags_behind(standin: Standin) -> None:
    cloud = await standin(TinyCloud, speed=1)
    async with keyed(cloud) as session:
        ids = [(await made(session))["id"] for _ in range(2)]
        async with session.get("/clips") as answer:
            assert (await answer.json())["clips"] == []
        cloud.advance(1)
        async with session.get("/clips") as answer:
            assert [job["id"] for job in (await answer.json())["clips"]] == ids[::-1]


async def test_the_same_seed_gives_the_same_ids() -> None:
    assert [TinyCloud(seed=3).new_id() for _ in range(2)] == [TinyCloud(seed=3).new_id()] * 2
    assert TinyCloud(seed=3).new_id() != TinyCloud(seed=4).new_id()


async def test_several_clouds_share_a_run_and_end_with_it() -> None:
    for speed in (math.inf, math.nan, 0.0):
        with pytest.raises(InvalidRequest, match="speed is a number above 0"):
            await running(["replicate"], speed=speed).__aenter__()
    async with running(["replicate", "fal"], speed=50) as clouds:
        assert [cloud.name for cloud in clouds] == ["replicate", "fal"]
        urls = [cloud.url for cloud in clouds]
        assert len({*urls, *(cloud.results_url for cloud in clouds)}) == 4
    with pytest.raises(aiohttp.ClientConnectorError):
        await got(urls[0])


@pytest.mark.parametrize("name", CLOUDS)
async def test_every_cloud_starts_and_tells_its_variables(standin: Standin, name: str) -> None:
    cloud = await standin(name)
    assert cloud.name == name
    assert any(cloud.url in value for value in cloud.environment(cloud.url).values())
    status, told = await got(f"{cloud.url}/no/such/path")
    assert 400 <= status < 500 or told


def test_a_cloud_that_is_not_there_is_said_with_the_nearest() -> None:
    with pytest.raises(InvalidRequest, match="Nearest: replicate"):
        cloud_class("replicat")


@pytest.mark.parametrize(
    ("body", "problem", "field"),
    [
        ({}, "required", "input.prompt"),
        ({"prompt": "x" * 11}, "longest", "input.prompt"),
        ({"prompt": 5}, "type", "input.prompt"),
        ({"prompt": "x", "n": 11}, "most", "input.n"),
        ({"prompt": "x", "n": 0}, "least", "input.n"),
        ({"prompt": "x", "n": 1.5}, "type", "input.n"),
        ({"prompt": "x", "n": True}, "type", "input.n"),
        ({"prompt": "x", "mode": "slow"}, "choices", "input.mode"),
        ({"prompt": "x", "guess": 1}, "unknown", "input.guess"),
    ],
)
def test_a_field_that_breaks_a_rule_is_refused_by_its_name(body: dict[str, Any], problem: str, field: str) -> None:
    rules = {"prompt": Rule(str, required=True, longest=10), "n": Rule(int, least=1, most=10), "mode": Rule(choices=("fast",))}
    with pytest.raises(Refused) as caught:
        checked(body, rules, within="input.")
    assert (caught.value.refusal, caught.value.problem, caught.value.field) == (Refusal.INVALID, problem, field)


def test_fields_that_keep_the_rules_come_with_defaults() -> None:
    rules = {"prompt": Rule(str, required=True), "scale": Rule(float, default=0.5), "on": Rule(bool, default=True)}
    assert checked({"prompt": "x", "scale": 1}, rules) == {"prompt": "x", "scale": 1, "on": True}


@pytest.mark.parametrize(
    ("upload", "limits", "refusal"),
    [
        (Upload(b"no picture", "image/png"), PictureLimits(), Refusal.INVALID),
        (Upload(SMALL, "image/jpeg"), PictureLimits(), Refusal.INVALID),
        (Upload(SMALL[:200], "image/png"), PictureLimits(), Refusal.INVALID),
        (SMALL, PictureLimits(types=("image/jpeg",)), Refusal.INVALID),
        (SMALL, PictureLimits(most_bytes=100), Refusal.TOO_LARGE),
        (SMALL, PictureLimits(least_side_px=300), Refusal.INVALID),
        (SMALL, PictureLimits(most_aspect=1.5), Refusal.INVALID),
    ],
)
def test_a_picture_that_a_cloud_does_not_take_is_refused(upload: Upload | bytes, limits: PictureLimits, refusal: Refusal) -> None:
    with pytest.raises(Refused) as caught:
        must_be_picture(upload, "image", limits)
    assert (caught.value.refusal, caught.value.field) == (refusal, "image")


@pytest.mark.parametrize("address", ["data:image/png;base64,@@@", "data:image/png,abc", "image.png"])
def test_what_is_no_data_uri_is_refused(address: str) -> None:
    with pytest.raises(Refused):
        from_data_uri(address, "image")


def test_a_list_comes_in_pages() -> None:
    items, pages, cursor = list(range(5)), list[list[int]](), ""
    for _ in range(3):
        page, cursor = paged(items, 2, cursor)
        pages.append(list(page))
    assert (pages, cursor) == ([[0, 1], [2, 3], [4]], "")
    with pytest.raises(Refused):
        paged(items, 2, "not ours")


async def test_a_handler_that_breaks_is_a_fault_of_the_cloud_and_logged(standin: Standin) -> None:
    class Broken(TinyCloud):
        async def create(self, request: web.Request) -> web.Response:
            raise Refused(Refusal.UNAVAILABLE, "we are full", retry_after_s=9)

    cloud = await standin(Broken)
    async with keyed(cloud) as session, session.post("/clips", json=PROMPT) as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (503, "9")
    assert [call.status for call in cloud.log] == [503]
