"""Faults on demand: each does to a call what its name says, as often as it was asked for. Requirement F9."""

import json
from collections.abc import AsyncGenerator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from storyreel.domain.errors import InvalidRequest
from storyreel.standins.faults import HEADER, Fault, Faults, Kind, Order, read_file, read_orders
from storyreel.standins.fixtures import Standin
from tests.standins.test_cloud import PROMPT, ended, got, made, seen
from tests.standins.tiny import TinyCloud


@pytest_asyncio.fixture
async def cloud(standin: Standin) -> TinyCloud:
    return await standin(TinyCloud)


@pytest_asyncio.fixture
async def session(cloud: TinyCloud) -> AsyncGenerator[aiohttp.ClientSession]:
    limits = aiohttp.ClientTimeout(total=5, sock_read=0.5)
    headers = {"Authorization": f"Bearer {cloud.key}"}
    async with aiohttp.ClientSession(cloud.url, headers=headers, timeout=limits) as opened:
        yield opened


@pytest.mark.parametrize(
    ("fault", "status", "retry_after"),
    [
        (Fault.RATE_LIMITED, 429, "3"),
        (Fault.RATE_LIMITED_BARE, 429, None),
        (Fault.INTERNAL, 500, None),
        (Fault.BAD_GATEWAY, 502, None),
        (Fault.UNAVAILABLE, 503, None),
        (Fault.HTML_ERROR, 502, None),
        (Fault.NO_CREDIT, 402, None),
        (Fault.UNAUTHORISED, 401, None),
        (Fault.MODERATION, 400, None),
    ],
)
async def test_a_refusal_takes_nothing(
    cloud: TinyCloud, session: aiohttp.ClientSession, fault: Fault, status: int, retry_after: str | None
) -> None:
    cloud.faults.add(fault, count=1, retry_after_s=3)
    async with session.post("/clips", json=PROMPT) as answer:
        assert (answer.status, answer.headers.get("Retry-After")) == (status, retry_after)
    assert cloud.submissions == []
    await made(session)
    assert len(cloud.submissions) == 1


@pytest.mark.parametrize(("fault", "taken"), [(Fault.RESET_BEFORE, 0), (Fault.RESET_AFTER, 1), (Fault.CUT_OFF, 1)])
async def test_a_reset_is_no_answer_and_the_job_was_made_or_not(
    cloud: TinyCloud, session: aiohttp.ClientSession, fault: Fault, taken: int
) -> None:
    cloud.faults.add(fault, Kind.CREATE)
    with pytest.raises((aiohttp.ClientConnectionError, aiohttp.ClientPayloadError)):
        await made(session)
    assert len(cloud.submissions) == taken


@pytest.mark.parametrize("fault", [Fault.SILENT, Fault.STALLED])
async def test_an_answer_never_comes_whole_though_the_job_was_made(
    cloud: TinyCloud, session: aiohttp.ClientSession, fault: Fault
) -> None:
    cloud.faults.add(fault, Kind.CREATE)
    with pytest.raises(TimeoutError):
        await made(session)
    assert len(cloud.submissions) == 1


async def test_the_job_is_made_and_500_is_answered(cloud: TinyCloud, session: aiohttp.ClientSession) -> None:
    cloud.faults.add(Fault.INTERNAL_AFTER)
    async with session.post("/clips", json=PROMPT) as answer:
        assert answer.status == 500
    assert len(cloud.submissions) == 1


async def test_a_page_comes_with_200(cloud: TinyCloud, session: aiohttp.ClientSession) -> None:
    cloud.faults.add(Fault.HTML_PAGE, Kind.CREATE)
    async with session.post("/clips", json=PROMPT) as answer:
        assert (answer.status, answer.content_type) == (200, "text/html")
    assert cloud.submissions == []


@pytest.mark.parametrize(
    ("fault", "state"), [(Fault.MODERATION_LATER, "broken"), (Fault.FAILS_LATER, "broken"), (Fault.ENDLESS, "busy")]
)
async def test_a_job_s_fate_shows_later(cloud: TinyCloud, session: aiohttp.ClientSession, fault: Fault, state: str) -> None:
    cloud.faults.add(fault, count=1)
    id = (await made(session))["id"]
    cloud.advance(100)
    assert (await seen(session, id))["state"] == state
    assert cloud.jobs[id].fate is fault


async def test_a_state_and_fields_that_nobody_knows(cloud: TinyCloud, session: aiohttp.ClientSession) -> None:
    id = (await made(session))["id"]
    cloud.faults.add(Fault.UNKNOWN_STATE, count=1)
    assert (await seen(session, id))["state"] == "hydrating"
    cloud.faults.add(Fault.EXTRA_FIELDS, count=1)
    assert {"id", "x_new_field", "x_trace"} <= set(await seen(session, id))
    assert set(await seen(session, id)) == {"id", "state", "progress", "link"}


async def test_a_result_s_faults_change_its_bytes_alone(cloud: TinyCloud, session: aiohttp.ClientSession) -> None:
    link = (await ended(session, (await made(session))["id"]))["link"]
    _, whole = await got(link)
    cloud.faults.extend(Order(fault=fault, count=1) for fault in (Fault.TRUNCATED, Fault.CORRUPT, Fault.EXPIRED_LINK))
    (_, half), (_, wrong), (dead, _), (_, again) = [await got(link) for _ in range(4)]
    assert half == whole[: len(whole) // 2]
    assert len(wrong) == len(whole)
    assert wrong != whole
    assert (dead, again) == (404, whole)


async def test_a_slow_answer_comes_whole(cloud: TinyCloud, session: aiohttp.ClientSession) -> None:
    cloud.speed = 1.0  # so that it waits still, however late its answer comes
    cloud.faults.add(Fault.SLOW, Kind.CREATE)
    assert (await made(session))["state"] == "waiting"


async def test_a_wrong_type_is_told(cloud: TinyCloud, session: aiohttp.ClientSession) -> None:
    cloud.faults.add(Fault.WRONG_TYPE)
    async with session.post("/clips", json=PROMPT) as answer:
        assert answer.content_type == "text/plain"


async def test_a_call_asks_for_its_own_fault_in_a_header(cloud: TinyCloud, session: aiohttp.ClientSession) -> None:
    async with session.post("/clips", json=PROMPT, headers={HEADER: "unavailable"}) as answer:
        assert answer.status == 503
    async with session.post("/clips", json=PROMPT, headers={HEADER: "nonsense"}) as answer:
        assert answer.status == 400
    async with session.post("/clips", json=PROMPT) as answer:
        assert answer.status == 201


async def test_faults_are_shown_added_and_cleared_by_http(cloud: TinyCloud, session: aiohttp.ClientSession) -> None:
    async with session.post("/_standin/faults", json=["endless", {"fault": "slow", "on": "fetch"}]) as answer:
        assert [fault["fault"] for fault in await answer.json()] == ["endless", "slow"]
    async with session.post("/_standin/faults", json={"fault": "slow", "on": "teatime"}) as answer:
        assert (answer.status, "on" in str((await answer.json())["error"])) == (400, True)
    async with session.post("/_standin/faults", data=b"{") as answer:
        assert answer.status == 400
    async with session.delete("/_standin/faults") as answer:
        assert await answer.json() == []


async def test_time_passes_by_http(cloud: TinyCloud, session: aiohttp.ClientSession) -> None:
    before = cloud.now()
    async with session.post("/_standin/clock", json={"advance_s": 3600}) as answer:
        assert answer.status == 200
    assert (cloud.now() - before).total_seconds() >= 3600
    for wrong in (b'{"advance": 1}', b"an hour", b"[3600]"):
        async with session.post("/_standin/clock", data=wrong) as answer:
            assert (answer.status, "error" in await answer.json()) == (400, True)


def drawn(faults: Faults, kind: Kind, times: int) -> list[Fault | None]:
    return [order.fault if (order := faults.draw(kind)) else None for _ in range(times)]


def test_a_fault_happens_on_its_calls_so_often_and_after_so_many() -> None:
    faults = Faults([Order(fault=Fault.INTERNAL, on=Kind.LOOK, count=2, after=1)])
    assert drawn(faults, Kind.CREATE, 2) == [None, None]
    assert drawn(faults, Kind.LOOK, 4) == [None, Fault.INTERNAL, Fault.INTERNAL, None]
    assert faults.orders == []


def test_chance_repeats_with_its_seed() -> None:
    def run(seed: int) -> list[Fault | None]:
        return drawn(Faults([Order(fault=Fault.INTERNAL, probability=0.3)], seed=seed), Kind.LOOK, 200)

    assert run(1) == run(1) != run(2)
    assert 30 < run(1).count(Fault.INTERNAL) < 90


@pytest.mark.parametrize("fault", [Fault.EXPIRED_LINK, Fault.TRUNCATED])
def test_a_fault_of_results_leaves_other_calls_alone(fault: Fault) -> None:
    assert drawn(Faults([Order(fault=fault)]), Kind.CREATE, 1) == [None]
    assert drawn(Faults([Order(fault=fault)]), Kind.FETCH, 1) == [fault]


def test_faults_are_read_from_toml_and_json(tmp_path: Path) -> None:
    (tmp_path / "f.toml").write_text('[[fal]]\nfault = "slow"\n[["*"]]\nfault = "endless"\nprobability = 0.5\n')
    (tmp_path / "f.json").write_text(json.dumps({"fal": "slow", "*": [{"fault": "endless", "probability": 0.5}]}))
    told = {"fal": (Order(fault=Fault.SLOW),), "*": (Order(fault=Fault.ENDLESS, probability=0.5),)}
    assert read_file(tmp_path / "f.toml") == read_file(tmp_path / "f.json") == told


@pytest.mark.parametrize("text", ["[[fal]]\nfault = 1\n", "[[fal]]\nfault = 'slow'\ncolour = 'red'\n", "nonsense", "fal = 3\n"])
def test_a_file_of_faults_that_cannot_be_read_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / "f.toml").write_text(text)
    with pytest.raises(InvalidRequest):
        read_file(tmp_path / "f.toml")


def test_an_unknown_fault_is_refused_with_those_there_are() -> None:
    with pytest.raises(InvalidRequest, match="'sleepy' is none") as caught:
        read_orders("sleepy")
    assert str(caught.value).count("'reset_after'") == 1
    assert str(caught.value).count("reset_after") == 1
