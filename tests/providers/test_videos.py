"""Servers that speak /v1/videos, in five dialects. Requirements B7, F2."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from PIL import Image

from storyreel.catalog.load import load_catalogue
from storyreel.domain.errors import (
    AuthenticationFailed,
    ContentRejected,
    InsufficientCredit,
    InvalidRequest,
    OutputBroken,
    OutputExpired,
    ProviderUnavailable,
    RateLimited,
    RouteClosed,
    StoryreelError,
    SubmitOutcomeUnknown,
)
from storyreel.domain.generation import GenerationState, Key, RemoteId, Repeat, Request, Sighting
from storyreel.domain.values import JSON, Size
from storyreel.media.pictures import png_bytes
from storyreel.providers.http import Http
from storyreel.providers.port import Kit
from storyreel.providers.videos import Videos as Adapter
from storyreel.standins.fixtures import Standin
from storyreel.standins.videos import Videos as Cloud
from tests.providers.kits import Pictures, a_kit, an_account

KEY = Key(film="paper-boat", shot="s1", take=1, route="videos:wan2.2@videos")
SMALL = Request(prompt="a paper boat crosses a puddle", seconds=1, size=Size(width_px=320, height_px=180))
WIDE = SMALL.model_copy(update={"seconds": 4.0, "size": Size(width_px=1280, height_px=720)})
ROUTE = load_catalogue().model("videos:wan2.2").routes[0]
DIALECTS = ("openai", "vllm", "sglang", "litellm", "newapi")


@pytest.fixture
async def cloud(standin: Standin) -> Cloud:
    return await standin(Cloud, speed=1e6)


@pytest.fixture
async def http() -> AsyncGenerator[Http]:
    made = Http()
    yield made
    await made.close()


@pytest.fixture
def kit(cloud: Cloud, http: Http, tmp_path: Path) -> Kit:
    return kit_at(f"{cloud.url}/v1", cloud, http, tmp_path)


def kit_at(url: str, cloud: Cloud, http: Http, folder: Path) -> Kit:
    account = replace(an_account("videos", url, cloud.key), setting="VIDEOS_API_KEY")
    return a_kit(folder, account=account, http=http)


async def submitted(kit: Kit, request: Request = SMALL) -> tuple[Adapter, RemoteId]:
    adapter = Adapter(kit)
    return adapter, await adapter.submit(request, ROUTE, KEY)


async def ended(adapter: Adapter, remote: RemoteId) -> Sighting:
    while not (seen := await adapter.look(remote)).state.ended:
        pass
    return seen


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_a_clip_comes_from_every_server(dialect: str, cloud: Cloud, http: Http, tmp_path: Path) -> None:
    kit = kit_at(f"{cloud.url}/{dialect}/v1", cloud, http, tmp_path)
    request = WIDE if dialect == "openai" else SMALL  # which makes no others
    adapter, remote = await submitted(kit, request)

    seen = await ended(adapter, remote)
    clip = b"".join([piece async for piece in adapter.fetch(seen.outputs[0])])

    assert (seen.state, seen.progress, clip[4:8]) == (GenerationState.READY, 1.0, b"ftyp")
    asked = cloud.jobs[remote].asked
    shape = (request.size.width_px, request.size.height_px)
    assert (asked.model, asked.prompt, asked.seconds, asked.size) == ("wan2.2", request.prompt, request.seconds, shape)


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_the_first_frame_goes_as_a_file_of_its_type(dialect: str, cloud: Cloud, http: Http, tmp_path: Path) -> None:
    picture = png_bytes(Image.new("RGB", (320, 180), "teal"))
    framed = WIDE.model_copy(update={"first_frame": Pictures(tmp_path).put(picture)})

    _, remote = await submitted(kit_at(f"{cloud.url}/{dialect}/v1", cloud, http, tmp_path), framed)

    assert cloud.jobs[remote].asked.first == picture


async def test_what_a_catalogue_file_of_one_s_own_adds_is_sent_too(kit: Kit, cloud: Cloud, tmp_path: Path) -> None:
    told = {"seed": {"name": "seed", "type": "integer"}, "references": {"name": "input_references", "type": "list"}}
    wider = type(ROUTE).model_validate(
        ROUTE.model_dump() | {"parameters": {**ROUTE.model_dump()["parameters"], **told}, "fixed": {"extra_params": {"a": 1.5}}}
    )
    pictures = [png_bytes(Image.new("RGB", (64, 64), colour)) for colour in ("red", "blue")]
    digests = tuple(Pictures(tmp_path).put(picture) for picture in pictures)
    request = SMALL.model_copy(update={"seed": 7, "references": digests})

    remote = await Adapter(kit).submit(request, wider, KEY)

    job = cloud.jobs[remote]
    assert (job.body["seed"], job.body["extra_params"]) == ("7", '{"a": 1.5}')
    assert {job.asked.first, *job.asked.references} == set(pictures)


@pytest.mark.parametrize(("dialect", "progress"), [("vllm", True), ("litellm", False)])
async def test_progress_is_told_where_it_is_known(
    dialect: str, progress: bool, standin: Standin, http: Http, tmp_path: Path
) -> None:
    cloud = await standin(Cloud, speed=1.0)
    adapter, remote = await submitted(kit_at(f"{cloud.url}/{dialect}/v1", cloud, http, tmp_path))
    assert (await adapter.look(remote)).state is GenerationState.QUEUED
    cloud.advance(32)

    seen = await adapter.look(remote)

    assert (seen.state, seen.progress) == (GenerationState.RUNNING, 0.5 if progress else None)


async def test_a_state_that_nobody_documents_is_that_of_a_job_that_runs(kit: Kit, cloud: Cloud) -> None:
    cloud.faults.add("unknown_state", count=1)
    adapter, remote = await submitted(kit)

    assert (await adapter.look(remote)).state is GenerationState.RUNNING
    assert (await ended(adapter, remote)).state is GenerationState.READY


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    ("fault", "code", "word"),
    [("moderation_later", "content_rejected", "moderation"), ("fails_later", "provider_unavailable", "out of memory")],
)
async def test_a_job_that_failed_says_why_under_whatever_status(
    dialect: str, fault: str, code: str, word: str, cloud: Cloud, http: Http, tmp_path: Path
) -> None:
    cloud.faults.add(fault)
    adapter, remote = await submitted(kit_at(f"{cloud.url}/{dialect}/v1", cloud, http, tmp_path), WIDE)

    seen = await ended(adapter, remote)

    assert (seen.state, seen.error_code) == (GenerationState.FAILED, code)
    assert word in str(seen.error)


async def test_a_job_that_the_server_forgot_has_failed(kit: Kit, cloud: Cloud) -> None:
    adapter, remote = await submitted(kit)
    cloud.jobs.clear()  # as when it restarts

    seen = await adapter.look(remote)

    assert (seen.state, seen.error_code) == (GenerationState.FAILED, "output_expired")
    assert "restart" in str(seen.error)


@pytest.mark.parametrize(
    "said",
    [
        {"status": "error", "message": "Bad gateway"},
        {"status": "error", "id": "req_9f"},
        {"status": "failed", "id": "req_9f"},
        {"status": "in_progress", "id": "video_1"},
    ],
)
async def test_a_gateway_s_error_is_no_end_of_the_job_behind_it(said: JSON, http: Http, cloud: Cloud, tmp_path: Path) -> None:
    with pytest.raises(ProviderUnavailable):
        await look_through(said, http, cloud, tmp_path)


@pytest.mark.parametrize("told", [{}, {"id": "video_1"}, {"task_id": "video_1"}, {"id": "other_form", "object": "video"}])
async def test_a_job_that_failed_is_told_so_under_an_error_too(
    told: dict[str, JSON], http: Http, cloud: Cloud, tmp_path: Path
) -> None:
    seen = await look_through({"status": "failed", "error": {"message": "no memory"}, **told}, http, cloud, tmp_path)

    assert (seen.state, seen.error) == (GenerationState.FAILED, "no memory")


async def look_through(said: JSON, http: Http, cloud: Cloud, folder: Path) -> Sighting:
    """What is seen of the job `video_1` behind a gateway that answers so."""

    async def answer(_: web.Request) -> web.Response:
        return web.json_response(said, status=502)

    gateway = web.Application()
    gateway.router.add_get("/v1/videos/video_1", answer)
    async with TestServer(gateway) as server:
        return await Adapter(kit_at(str(server.make_url("/v1")), cloud, http, folder)).look("video_1")


@pytest.mark.parametrize(
    ("dialect", "stops"), [("openai", False), ("vllm", True), ("sglang", False), ("litellm", False), ("newapi", False)]
)
async def test_a_job_is_ended_where_the_server_can(
    dialect: str, stops: bool, standin: Standin, http: Http, tmp_path: Path
) -> None:
    cloud = await standin(Cloud, speed=1.0)
    adapter, remote = await submitted(kit_at(f"{cloud.url}/{dialect}/v1", cloud, http, tmp_path), WIDE)

    await adapter.cancel(remote)

    assert (cloud.jobs[remote].cancelled is not None) is stops


async def test_a_result_in_a_store_outside_is_fetched_there_without_our_key(cloud: Cloud, http: Http, tmp_path: Path) -> None:
    cloud.stores = True
    adapter, remote = await submitted(kit_at(f"{cloud.url}/sglang/v1", cloud, http, tmp_path))

    seen = await ended(adapter, remote)
    clip = b"".join([piece async for piece in adapter.fetch(seen.outputs[0])])

    assert (seen.outputs[0].startswith(cloud.results_url), clip[4:8], cloud.leaks) == (True, b"ftyp", [])


async def test_an_address_without_a_path_is_one_whose_api_lies_under_v1(cloud: Cloud, http: Http, tmp_path: Path) -> None:
    _, remote = await submitted(kit_at(cloud.url, cloud, http, tmp_path))

    assert remote in cloud.jobs


async def test_the_ledger_s_key_is_sent_for_servers_that_honour_it(kit: Kit, cloud: Cloud) -> None:
    adapter, _ = await submitted(kit)

    assert cloud.submissions[0].key == "paper-boat/s1/1/videos%3Awan2.2%40videos"
    assert adapter.repeat is Repeat.NONE
    with pytest.raises(SubmitOutcomeUnknown, match="paper-boat"):
        await adapter.find(KEY)


async def test_a_server_of_one_s_own_needs_no_key(kit: Kit, cloud: Cloud) -> None:
    keyless = replace(kit, account=replace(kit.account, key=None))

    with pytest.raises(AuthenticationFailed):
        await Adapter(keyless).submit(SMALL, ROUTE, KEY)

    assert cloud.log[-1].account == ""  # it was asked, without any


async def test_without_a_server_or_at_openai_s_own_nothing_is_sent(kit: Kit) -> None:
    for url, kind, words in (
        (None, InvalidRequest, "Set VIDEOS_BASE_URL"),
        ("https://api.openai.com/v1", RouteClosed, "2026-09-24"),
    ):
        adapter = Adapter(replace(kit, account=replace(kit.account, base_url=url)))
        with pytest.raises(kind, match=words):
            await adapter.submit(SMALL, ROUTE, KEY)
        with pytest.raises(kind):
            await adapter.look("video_1")


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        ("unauthorised", AuthenticationFailed, "VIDEOS_API_KEY"),
        ("no_credit", InsufficientCredit, "no credit"),
        ("rate_limited", RateLimited, "in 1 s"),
        ("rate_limited_bare", RateLimited, "later"),
        ("moderation", ContentRejected, "refused the prompt"),
        ("internal", SubmitOutcomeUnknown, "500"),
        ("reset_after", SubmitOutcomeUnknown, "look for it"),
        ("html_page", SubmitOutcomeUnknown, "web page"),
        ("html_error", SubmitOutcomeUnknown, "502"),
    ],
)
async def test_what_a_create_is_refused_for_is_said(
    fault: str, kind: type[StoryreelError], words: str, kit: Kit, cloud: Cloud
) -> None:
    cloud.faults.add(fault, "create")

    with pytest.raises(kind, match=words) as error:
        await submitted(kit)

    assert cloud.key not in str(error.value)


@pytest.mark.parametrize(
    ("dialect", "change", "field"),
    [
        ("vllm", {"remote_name": "sora-2"}, "request"),
        ("litellm", {"remote_name": "sora-2"}, "model"),
        ("openai", {"fixed": {"seed": 3}}, "seed"),
        ("newapi", {"fixed": {"size": "large"}, "parameters": {}}, "request"),
    ],
)
async def test_a_wrong_request_names_what_is_wrong(
    dialect: str, change: dict[str, object], field: str, cloud: Cloud, http: Http, tmp_path: Path
) -> None:
    adapter = Adapter(kit_at(f"{cloud.url}/{dialect}/v1", cloud, http, tmp_path))

    with pytest.raises(InvalidRequest) as error:
        await adapter.submit(WIDE, ROUTE.model_copy(update=change), KEY)

    assert error.value.field == field
    assert not cloud.submissions


@pytest.mark.parametrize("fault", ["unavailable", "html_page", "html_error"])
async def test_a_look_without_an_answer_may_be_made_again(fault: str, kit: Kit, cloud: Cloud) -> None:
    adapter, remote = await submitted(kit)
    cloud.faults.add(fault, "look", count=1)

    with pytest.raises(ProviderUnavailable):
        await adapter.look(remote)

    assert (await ended(adapter, remote)).state is GenerationState.READY


@pytest.mark.parametrize(
    ("fault", "kind"), [("expired_link", OutputExpired), ("wrong_type", OutputBroken), ("cut_off", ProviderUnavailable)]
)
async def test_a_result_that_does_not_come_is_told_so(fault: str, kind: type[StoryreelError], kit: Kit, cloud: Cloud) -> None:
    adapter, remote = await submitted(kit)
    seen = await ended(adapter, remote)
    cloud.faults.add(fault, "fetch", count=1)

    with pytest.raises(kind):
        _ = [piece async for piece in adapter.fetch(seen.outputs[0])]
