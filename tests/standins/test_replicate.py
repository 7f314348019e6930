"""Replicate's stand-in is what Replicate's own client takes for it, and refuses what Replicate refuses. Requirement F9."""

import asyncio
import io
import json
from collections.abc import AsyncGenerator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from PIL import Image
from yarl import URL

from storyreel.media.frames import first_frame, last_frame
from storyreel.media.probe import probe
from storyreel.standins.cloud import Cloud
from storyreel.standins.fixtures import Standin
from storyreel.standins.replicate import Replicate

replicate = pytest.importorskip("replicate")

pytestmark = [
    pytest.mark.journey,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::UserWarning"),
]

KLING, FAST, LITE = "kwaivgi/kling-v2.5-turbo-pro", "google/veo-3.1-fast", "google/veo-3.1-lite"
FLUX = "black-forest-labs/flux-kontext-pro"
SHORT = {"prompt": "a kite lifts off", "duration": 4, "resolution": "720p", "generate_audio": False}


def png(colour: str, size: tuple[int, int] = (640, 360)) -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    file.seek(0)
    file.name = "frame.png"
    return file


@pytest.fixture
async def cloud(standin: Standin) -> Replicate:
    return await standin(Replicate)


@pytest_asyncio.fixture
async def client(cloud: Replicate, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[Any]:
    """The official client, told where the cloud is by the variables alone."""
    for name, value in cloud.environment(cloud.url).items():
        monkeypatch.setenv(name, value)
    made = replicate.Client()
    made.poll_interval = 0.01
    yield made
    await made._async_client.aclose()
    made._client.close()


@pytest_asyncio.fixture
async def session(cloud: Replicate) -> AsyncGenerator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(cloud.url, headers={"Authorization": f"Bearer {cloud.key}"}) as made:
        yield made


async def saved(address: str, path: Path) -> Path:
    async with aiohttp.ClientSession() as anyone, anyone.get(URL(str(address), encoded=True)) as answer:
        await asyncio.to_thread(path.write_bytes, await answer.read())
    return path


async def posted(session: aiohttp.ClientSession, path: str, body: Any, **headers: str) -> tuple[int, dict[str, Any]]:
    async with session.post(path, json=body, headers=headers) as answer:
        return answer.status, await answer.json(content_type=None)


async def test_the_official_client_runs_a_model_and_waits_for_its_clip(cloud: Replicate, client: Any, tmp_path: Path) -> None:
    frames = {"start_image": png("red"), "end_image": png("blue")}  # it uploads them itself

    output = await asyncio.to_thread(client.run, KLING, {"prompt": "a kite", **frames})

    clip = await saved(output, tmp_path / "clip.mp4")
    facts = probe(clip)
    assert (facts.width_px, facts.height_px, facts.frames) == (1280, 720, 120)
    assert first_frame(clip).resize((1, 1)).getpixel((0, 0)) == pytest.approx((255, 0, 0), abs=25)
    assert last_frame(clip).resize((1, 1)).getpixel((0, 0)) == pytest.approx((0, 0, 255), abs=25)
    assert [str(line.cost_usd) for line in cloud.submissions] == ["0.350"]


async def test_the_official_client_creates_polls_and_sees_how_far_it_is(cloud: Replicate, client: Any) -> None:
    cloud.faults.add("endless", "create", count=1)
    endless = await client.predictions.async_create(model=FAST, input=SHORT)
    cloud.jobs[endless.id].run_s = 1e4
    made = await client.predictions.async_create(model=FAST, input=SHORT)
    await made.async_wait()
    cloud.advance(1)
    await endless.async_reload()

    assert (made.status, made.version) == ("succeeded", "hidden")
    assert made.metrics["predict_time"] == 60.0
    assert 0 < endless.progress.percentage < 1


async def test_the_official_client_cancels_and_lists_page_after_page(client: Any, cloud: Replicate) -> None:
    cloud.speed = 1.0
    made = [await client.predictions.async_create(model=LITE, input={"prompt": "a kite"}) for _ in range(103)]
    last = made[-1]
    await last.async_cancel()
    cloud.advance(3)

    page = await client.predictions.async_list()
    rest = await client.predictions.async_list(page.next)

    assert last.status == "canceled"
    assert (len(page), len(rest), rest.next) == (100, 3, None)
    assert page[0].id == last.id


async def test_the_official_client_reads_schemas_versions_account_and_secret(client: Any) -> None:
    model = await client.models.async_get(KLING)
    version = await asyncio.to_thread(model.versions.get, model.latest_version.id)
    schemas = version.openapi_schema["components"]["schemas"]

    assert schemas["Input"]["properties"]["duration"]["allOf"] == [{"$ref": "#/components/schemas/duration"}]
    assert schemas["duration"]["enum"] == [5, 10]
    assert schemas["Input"]["required"] == ["prompt"]
    assert (await client.accounts.async_current()).username == "standin"
    assert (await client.webhooks.default.async_secret()).key.startswith("whsec_")


async def test_a_version_may_be_named_in_three_ways(cloud: Replicate, client: Any) -> None:
    version = (await client.models.async_get(LITE)).latest_version.id
    for name in (version, f"{LITE}:{version}", LITE):
        await client.predictions.async_create(version=name, input={"prompt": "a kite"})

    assert [line.model for line in cloud.submissions] == [LITE] * 3
    with pytest.raises(replicate.exceptions.ReplicateError, match="Invalid version or not permitted"):
        await client.predictions.async_create(version="0" * 64, input={"prompt": "a kite"})


async def test_files_are_there_for_a_day(cloud: Replicate, client: Any) -> None:
    kept = await client.files.async_create(png("red"))
    gone = await client.files.async_create(png("blue"))
    assert await client.files.async_delete(gone.id)
    assert [one.id for one in await client.files.async_list()] == [kept.id]
    assert (kept.content_type, kept.checksums["sha256"]) == (
        "image/png",
        (await client.files.async_get(kept.id)).checksums["sha256"],
    )

    cloud.advance(timedelta(days=1, minutes=1).total_seconds())

    assert await client.files.async_list() == []
    used = await client.predictions.async_create(model=LITE, input={"prompt": "a kite", "image": kept.urls["get"]})
    await used.async_wait()
    assert "could not be fetched" in used.error


@pytest.mark.parametrize(
    ("model", "wrong", "told"),
    [
        (KLING, {}, ("required", "input", "prompt is required")),
        (KLING, {"prompt": "x", "duration": 7}, ("enum", "input.duration", "must be one of 5, 10")),
        (
            KLING,
            {"prompt": "x", "loop": True},
            ("additional_property_not_allowed", "input", "Additional property loop is not allowed"),
        ),
        ("alibaba/wan-3", {"prompt": "x", "duration": 31}, ("number_lte", "input.duration", "must be at most 30")),
        (FAST, {"prompt": "x", "generate_audio": "yes"}, ("invalid_type", "input.generate_audio", "must be bool")),
        (FAST, {"prompt": "x", "image": "frame.png"}, ("format", "input.image", "Does not match format 'uri'")),
        ("xai/grok-imagine-video-1.5", {"prompt": "x"}, ("required", "input", "image is required")),
    ],
)
async def test_inputs_are_held_against_the_model_s_schema(
    session: aiohttp.ClientSession, cloud: Replicate, model: str, wrong: dict[str, Any], told: tuple[str, str, str]
) -> None:
    status, body = await posted(session, f"/v1/models/{model}/predictions", {"input": wrong})

    row = body["invalid_fields"][0]
    assert (status, body["title"], body["status"]) == (422, "Input validation failed", 422)
    assert (row["type"], row["field"], row["description"]) == told
    assert body["detail"] == f"- {told[1]}: {told[2]}\n"
    assert not cloud.submissions


@pytest.mark.parametrize(
    ("model", "wrong", "words"),
    [
        (LITE, {"duration": 4, "resolution": "1080p"}, "1080p supports only 8 seconds"),
        (KLING, {"end_image": "data:image/png;base64,"}, "end_image requires start_image"),
        ("openai/sora-2", {}, "no longer available"),
    ],
)
async def test_what_fits_the_schema_and_not_the_model_fails_once_it_runs_and_costs_nothing(
    client: Any, cloud: Replicate, model: str, wrong: dict[str, Any], words: str
) -> None:
    made = await client.predictions.async_create(model=model, input={"prompt": "a kite", **wrong})
    await made.async_wait()

    assert made.status == "failed"
    assert words in made.error
    assert [str(line.cost_usd) for line in cloud.submissions] == ["0"]


@pytest.mark.parametrize(
    ("body", "headers", "words"),
    [
        ({"input": {"prompt": "x"}, "model": KLING}, {}, "Additional property model"),
        ({"input": {"prompt": "x"}, "version": "0" * 64}, {}, "Additional property version"),
        ({"input": {"prompt": "x"}, "webhook": "http://example.org/hook"}, {}, "webhook: URL must be HTTPS"),
        ({"input": {"prompt": "x"}, "webhook_events_filter": ["end"]}, {}, "must be one of start"),
        ({"input": {"prompt": "x"}}, {"Cancel-After": "4s"}, "at least 5 seconds"),
        ({"input": {"prompt": "x"}}, {"Cancel-After": "soon"}, "at least 5 seconds"),
        ({}, {}, "input is required"),
    ],
)
async def test_the_envelope_is_held_against_the_specification(
    session: aiohttp.ClientSession, body: dict[str, Any], headers: dict[str, str], words: str
) -> None:
    status, told = await posted(session, f"/v1/models/{KLING}/predictions", body, **headers)

    assert status in {400, 422}
    assert words in told["detail"]


async def test_preferring_to_wait_holds_the_answer_for_a_minute_at_most(session: aiohttp.ClientSession, cloud: Replicate) -> None:
    status, done = await posted(session, f"/v1/models/{FLUX}/predictions", {"input": {"prompt": "x"}}, Prefer="wait")
    assert (status, done["status"]) == (201, "succeeded")

    cloud.faults.add("endless", "create")
    status, going = await posted(session, f"/v1/models/{LITE}/predictions", {"input": {"prompt": "x"}}, Prefer="wait=60")
    assert (status, going["status"], going["output"]) == (202, "starting", None)


async def test_a_deadline_ends_what_waits_as_aborted_and_what_runs_as_canceled(
    session: aiohttp.ClientSession, cloud: Replicate
) -> None:
    cloud.faults.add("endless", "create")
    ids = [
        (await posted(session, f"/v1/models/{LITE}/predictions", {"input": {"prompt": "x"}}, **{"Cancel-After": after}))[1]["id"]
        for after in ("1m30s", "90")
    ]
    cloud.jobs[ids[0]].queue_s = 1e9
    cloud.advance(1)

    for id, state in zip(ids, ("aborted", "canceled"), strict=True):
        async with session.get(f"/v1/predictions/{id}") as answer:
            told = await answer.json()
        assert (told["status"], told["completed_at"]) == (state, told["deadline"])
        assert (told["started_at"] is None) == (state == "aborted")


async def test_after_an_hour_only_the_frame_of_a_prediction_is_left(
    session: aiohttp.ClientSession, client: Any, cloud: Replicate, tmp_path: Path
) -> None:
    made = await client.predictions.async_create(model=FAST, input=SHORT)
    await made.async_wait()
    cloud.advance(3700)
    await made.async_reload()

    assert (made.status, made.output, made.input, made.logs) == ("succeeded", None, {}, "")
    async with session.get(f"/v1/predictions/{made.id}") as answer:
        assert (await answer.json())["data_removed"] is True


async def test_the_list_is_of_a_window_and_shows_what_is_new_after_a_moment(
    session: aiohttp.ClientSession, client: Any, cloud: Replicate
) -> None:
    cloud.speed = 1.0
    old = await client.predictions.async_create(model=LITE, input={"prompt": "x"})
    cloud.advance(60)
    new = await client.predictions.async_create(model=LITE, input={"prompt": "x"})

    async def seen(**window: str) -> list[str]:
        async with session.get("/v1/predictions", params=window) as answer:
            return [row["id"] for row in (await answer.json())["results"]]

    assert await seen() == [old.id]
    cloud.advance(3)
    assert await seen() == [new.id, old.id]
    assert await seen(created_after=new.created_at) == [new.id]
    assert await seen(created_before=new.created_at) == [old.id]
    assert await seen(source="web") == []


async def test_below_five_dollars_one_prediction_at_a_time_and_without_any_none(client: Any, cloud: Replicate) -> None:
    cloud.credit_usd = type(cloud.credit_usd)("0.70")
    cloud.speed = 1.0
    await client.predictions.async_create(model=KLING, input={"prompt": "x"})
    with pytest.raises(replicate.exceptions.ReplicateError, match=r"less than \$5\.0 in credit") as slow:
        await client.predictions.async_create(model=KLING, input={"prompt": "x"})
    assert slow.value.status == 429

    cloud.advance(10)
    await client.predictions.async_create(model=KLING, input={"prompt": "x"})
    with pytest.raises(replicate.exceptions.ReplicateError, match="Insufficient credit") as none:
        await client.predictions.async_create(model=KLING, input={"prompt": "x"})
    assert none.value.status == 402


async def test_a_wrong_key_is_refused_and_the_older_scheme_is_not(cloud: Replicate) -> None:
    for value, status in (("Bearer r8_wrong", 401), (f"Token {cloud.key}", 200)):
        async with aiohttp.ClientSession(cloud.url, headers={"Authorization": value}) as one, one.get("/v1/account") as answer:
            assert answer.status == status
            assert answer.content_type == ("application/problem+json" if status == 401 else "application/json")


async def test_a_webhook_is_called_and_its_signature_holds_for_the_official_client(client: Any, cloud: Replicate) -> None:
    heard: asyncio.Queue[tuple[bytes, dict[str, str]]] = asyncio.Queue()

    async def hear(request: web.Request) -> web.Response:
        await heard.put((await request.read(), dict(request.headers)))
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook/{token}", hear)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]

    hook = f"http://127.0.0.1:{port}/hook/abc"
    made = await client.predictions.async_create(
        model=LITE, input={"prompt": "x"}, webhook=hook, webhook_events_filter=["start", "completed"]
    )
    secret = await client.webhooks.default.async_secret()
    states: list[str] = []
    for _ in range(2):
        body, headers = await asyncio.wait_for(heard.get(), 5)
        lower = {name.lower(): value for name, value in headers.items()}
        replicate.webhook.Webhooks.validate(headers=lower, body=body.decode(), secret=secret)
        states.append(replicate.prediction._json_to_prediction(client, json.loads(body)).status)
    await runner.cleanup()

    assert states[-1] == "succeeded"
    assert cloud.job_of_token("abc") is cloud.jobs[made.id]


async def test_a_link_is_on_another_host_than_the_api_and_dies_after_an_hour(client: Any, cloud: Cloud) -> None:
    made = await client.predictions.async_create(model=FAST, input=SHORT)
    await made.async_wait()
    assert not made.output.startswith(cloud.url)
    until = datetime.fromisoformat(made.completed_at).timestamp() + 3600
    assert int(made.output.partition("Expires=")[2].partition("&")[0]) == pytest.approx(until, abs=2)
