"""Veo on Google Cloud: credentials, operations, clips inside answers and in buckets, the filter's reasons. Requirement B4."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pydantic import SecretStr

from storyreel.accounts import Account, account_of
from storyreel.catalog.load import load_catalogue
from storyreel.domain.errors import (
    AuthenticationFailed,
    ContentRejected,
    InsufficientCredit,
    InvalidRequest,
    OutputExpired,
    ProviderUnavailable,
    RateLimited,
    StoryreelError,
    SubmitOutcomeUnknown,
)
from storyreel.domain.generation import GenerationState, Key, Request, Sighting
from storyreel.domain.model import Route
from storyreel.domain.values import Size
from storyreel.media.pictures import png_bytes
from storyreel.providers.google_auth import Passport
from storyreel.providers.google_errors import GROUPS, why_filtered
from storyreel.providers.http import Http
from storyreel.providers.vertex import Vertex
from storyreel.standins.fixtures import Standin
from storyreel.standins.vertex import Vertex as Cloud
from tests.providers.kits import Pictures, a_kit

KEY = Key(film="boat", shot="s1", take=1, route="veo-3.1-fast@vertex")
WIDE = Size(width_px=1280, height_px=720)
BOAT = Request(prompt="A paper boat", seconds=4, size=WIDE, sound=False, seed=7, negative_prompt="text")


@pytest.fixture
async def cloud(standin: Standin) -> Cloud:
    return await standin(Cloud, speed=20_000)


@pytest.fixture
def environment(cloud: Cloud) -> dict[str, str]:
    return cloud.environment(cloud.url)


@pytest.fixture
async def http() -> AsyncGenerator[Http]:
    http = Http()
    yield http
    await http.close()


@pytest.fixture
def vertex(environment: Mapping[str, str], http: Http, tmp_path: Path) -> Vertex:
    return opened(account_of("vertex", environment), http, tmp_path)


@pytest.fixture
def framed(tmp_path: Path) -> Request:
    pictures = Pictures(tmp_path)
    first, last = (pictures.put(png_bytes(Image.new("RGB", (320, 180), colour))) for colour in ("#c02020", "#2020c0"))
    return BOAT.model_copy(update={"first_frame": first, "last_frame": last, "seconds": 8.0})


def opened(account: Account, http: Http, folder: Path) -> Vertex:
    return Vertex(a_kit(folder, account=replace(account, timeout_s=5.0), http=http))


def route(name: str = "veo-3.1-fast", **fixed: Any) -> Route:
    found = next(route for route in load_catalogue().model(name).routes if route.provider == "vertex")
    return found.model_copy(update={"fixed": {**found.fixed, **fixed}})


async def ended(vertex: Vertex, remote: str) -> Sighting:
    while True:
        sighting = await vertex.look(remote)
        if sighting.state.ended:
            return sighting
        await asyncio.sleep(0.002)


async def fetched(vertex: Vertex, output: str) -> bytes:
    return b"".join([chunk async for chunk in vertex.fetch(output)])


async def test_a_clip_is_asked_for_with_everything_that_has_a_price_and_comes_out_of_the_answer(
    vertex: Vertex, cloud: Cloud, framed: Request
) -> None:
    remote = await vertex.submit(framed, route(), KEY)
    assert (await vertex.look(remote)).state is not GenerationState.FAILED
    sighting = await ended(vertex, remote)
    assert sighting.outputs == (f"inline:{remote}",)
    assert (await fetched(vertex, sighting.outputs[0]))[4:8] == b"ftyp"
    body = next(iter(cloud.jobs.values())).body
    assert body["parameters"] == {
        "sampleCount": 1,
        "durationSeconds": 8,
        "aspectRatio": "16:9",
        "resolution": "720p",
        "generateAudio": False,
        "seed": 7,
        "negativePrompt": "text",
        "personGeneration": "allow_adult",
    }


async def test_a_person_is_not_mentioned_where_there_is_text_alone(vertex: Vertex, cloud: Cloud) -> None:
    await vertex.submit(BOAT, route(), KEY)
    parameters = next(iter(cloud.jobs.values())).body["parameters"]
    assert isinstance(parameters, dict)
    assert "personGeneration" not in parameters


async def test_references_go_as_assets(vertex: Vertex, cloud: Cloud, tmp_path: Path) -> None:
    someone = Pictures(tmp_path).put(png_bytes(Image.new("RGB", (320, 180), "teal")))
    await vertex.submit(BOAT.model_copy(update={"references": (someone,), "seconds": 8.0}), route("veo-3.1"), KEY)
    assert len(next(iter(cloud.jobs.values())).asked.references) == 1


async def test_a_clip_in_a_bucket_is_read_with_the_token(vertex: Vertex) -> None:
    sighting = await ended(vertex, await vertex.submit(BOAT, route(**{"parameters.storageUri": "gs://films/a run"}), KEY))
    assert sighting.outputs[0].startswith("gs://films/a run/")
    assert (await fetched(vertex, sighting.outputs[0]))[4:8] == b"ftyp"
    with pytest.raises(OutputExpired):
        await fetched(vertex, "gs://films/a run/nothing.mp4")


async def test_an_express_key_needs_no_project_and_opens_no_bucket(cloud: Cloud, http: Http, tmp_path: Path) -> None:
    told = {"GOOGLE_CLOUD_API_KEY": cloud.key, "GOOGLE_VERTEX_BASE_URL": cloud.url}
    vertex = opened(account_of("vertex", told), http, tmp_path)
    sighting = await ended(vertex, await vertex.submit(BOAT, route(), KEY))
    assert (await fetched(vertex, sighting.outputs[0]))[4:8] == b"ftyp"
    with pytest.raises(AuthenticationFailed, match="GOOGLE_APPLICATION_CREDENTIALS"):
        await fetched(vertex, "gs://films/clip.mp4")


async def test_a_token_of_one_s_own_needs_a_project(
    cloud: Cloud, environment: dict[str, str], http: Http, tmp_path: Path
) -> None:
    del environment["GOOGLE_APPLICATION_CREDENTIALS"]
    environment["GOOGLE_VERTEX_TOKEN"] = cloud.tokens.hand_out()
    vertex = opened(account_of("vertex", environment), http, tmp_path)
    assert "/operations/" in await vertex.submit(BOAT, route(), KEY)
    cloud.advance(3600)
    with pytest.raises(AuthenticationFailed, match="GOOGLE_VERTEX_TOKEN") as caught:
        await vertex.submit(BOAT, route(), KEY)
    assert environment["GOOGLE_VERTEX_TOKEN"] not in str(caught.value)
    del environment["GOOGLE_CLOUD_PROJECT"]
    with pytest.raises(AuthenticationFailed, match="Set GOOGLE_CLOUD_PROJECT"):
        await opened(account_of("vertex", environment), http, tmp_path).submit(BOAT, route(), KEY)


async def test_what_is_missing_is_named(http: Http, tmp_path: Path) -> None:
    with pytest.raises(AuthenticationFailed, match=r"GOOGLE_APPLICATION_CREDENTIALS .* or GOOGLE_CLOUD_API_KEY"):
        await opened(account_of("vertex", {}), http, tmp_path).submit(BOAT, route(), KEY)
    told = {"GOOGLE_APPLICATION_CREDENTIALS": str(tmp_path / "none.json")}
    with pytest.raises(InvalidRequest, match="GOOGLE_APPLICATION_CREDENTIALS names a file that cannot be read"):
        await opened(account_of("vertex", told), http, tmp_path).submit(BOAT, route(), KEY)


@pytest.fixture
def service_account(environment: dict[str, str], tmp_path: Path) -> Callable[..., dict[str, str]]:
    """The environment with another service account's file."""

    def changed(text: str = "", **changes: str) -> dict[str, str]:
        told = json.loads(Path(environment["GOOGLE_APPLICATION_CREDENTIALS"]).read_text())
        path = tmp_path / "another.json"
        path.write_text(text or json.dumps({**told, **changes}))
        return {**environment, "GOOGLE_APPLICATION_CREDENTIALS": str(path)}

    return changed


async def test_a_service_account_that_google_does_not_know_is_refused(
    service_account: Callable[..., dict[str, str]], http: Http, tmp_path: Path
) -> None:
    told = service_account(client_email="nobody@example.org")
    with pytest.raises(AuthenticationFailed, match="refuses the key in GOOGLE_APPLICATION_CREDENTIALS"):
        await opened(account_of("vertex", told), http, tmp_path).submit(BOAT, route(), KEY)
    with pytest.raises(InvalidRequest, match="no JSON"):
        await opened(account_of("vertex", service_account("not JSON")), http, tmp_path).submit(BOAT, route(), KEY)


async def test_a_token_server_that_cannot_be_reached_is_asked_again_later(
    service_account: Callable[..., dict[str, str]], http: Http, tmp_path: Path
) -> None:
    told = service_account(token_uri="http://127.0.0.1:9/token")
    with pytest.raises(ProviderUnavailable, match="token server"):
        await opened(account_of("vertex", told), http, tmp_path).submit(BOAT, route(), KEY)


async def test_a_service_account_may_stand_in_the_variable_itself(
    service_account: Callable[..., dict[str, str]], environment: dict[str, str]
) -> None:
    environment["GOOGLE_APPLICATION_CREDENTIALS"] = json.dumps(account_of("vertex", service_account()).credentials())
    passport = Passport(account_of("vertex", environment))
    await passport.ready()
    assert passport.headers()["Authorization"].startswith("Bearer ")


async def test_a_token_is_asked_for_once_and_again_when_it_has_grown_old(environment: Mapping[str, str]) -> None:
    passport = Passport(account_of("vertex", environment))
    await asyncio.gather(*(passport.ready() for _ in range(5)))
    first = passport.headers()
    await passport.ready()
    assert passport.headers() == first
    assert passport.project == "standin-project"


@pytest.mark.parametrize("by_error", [False, True])
async def test_the_filter_s_reason_is_told_with_what_its_code_means_and_costs_nothing(
    vertex: Vertex, cloud: Cloud, by_error: bool
) -> None:
    cloud.odd.refuses_by_error = by_error
    cloud.faults.add("moderation_later", "create", count=1)
    sighting = await ended(vertex, await vertex.submit(BOAT, route(), KEY))
    assert (sighting.state, sighting.error_code, sighting.cost_usd) == (GenerationState.FAILED, "content_rejected", 0)
    assert str(sighting.error).startswith("its filter saw a celebrity: Veo could not generate videos")


def test_every_support_code_has_its_words() -> None:
    assert why_filtered(["Support codes: 58061214, 61493863"]).startswith("its filter saw a child and violence:")
    assert why_filtered(["Support codes: 11111111"]).startswith("its filter withheld the clip:")
    assert why_filtered(None) == "its filter withheld the clip."
    codes = [code for group in GROUPS.values() for code in group]
    assert len(codes) == len(set(codes)) == 25


async def test_a_failure_a_missing_clip_and_an_unknown_state(vertex: Vertex, cloud: Cloud) -> None:
    cloud.faults.add("fails_later", "create", count=1)
    failed = await ended(vertex, await vertex.submit(BOAT, route(), KEY))
    assert (failed.error_code, "internal server issue" in str(failed.error)) == ("provider_unavailable", True)
    remote = await vertex.submit(BOAT, route(), KEY)
    cloud.faults.add("unknown_state", "look", count=1)
    assert (await vertex.look(remote)).state is GenerationState.RUNNING
    cloud.odd.empty = 1
    empty = await ended(vertex, remote)
    assert (empty.error_code, empty.error) == ("output_broken", "it says that it is done, and holds no clip")


async def test_what_has_begun_cannot_be_ended_nor_looked_for(vertex: Vertex, cloud: Cloud) -> None:
    cloud.faults.add("endless", "create", count=1)
    remote = await vertex.submit(BOAT, route(), KEY)
    calls = len(cloud.log)
    await vertex.cancel(remote)
    with pytest.raises(SubmitOutcomeUnknown, match="no listing"):
        await vertex.find(KEY)
    assert len(cloud.log) == calls
    assert (await vertex.look(remote)).state is GenerationState.RUNNING


@pytest.mark.parametrize(
    ("fault", "error", "said"),
    [
        ("unauthorised", AuthenticationFailed, "GOOGLE_APPLICATION_CREDENTIALS"),
        ("no_credit", InsufficientCredit, "prepayment credits are depleted"),
        ("moderation", ContentRejected, "usage guidelines"),
        ("rate_limited", RateLimited, "too many requests"),
        ("reset_after", SubmitOutcomeUnknown, "took a paid request is not known"),
        ("bad_gateway", SubmitOutcomeUnknown, "HTTP 502"),
        ("html_page", SubmitOutcomeUnknown, "a web page came"),
    ],
)
async def test_each_refusal_of_a_create_is_told_in_words(
    vertex: Vertex, cloud: Cloud, fault: str, error: type[StoryreelError], said: str
) -> None:
    cloud.faults.add(fault, "create", count=1, retry_after_s=7)
    with pytest.raises(error, match=said) as caught:
        await vertex.submit(BOAT, route(), KEY)
    assert "ya29" not in str(caught.value)
    assert len([call for call in cloud.log if call.kind == "create"]) == 1


async def test_a_retired_model_and_a_length_it_does_not_make_are_told(vertex: Vertex) -> None:
    with pytest.raises(InvalidRequest, match="storyreel models"):
        await vertex.submit(BOAT, route().model_copy(update={"remote_name": "veo-3.0-generate-001"}), KEY)
    with pytest.raises(InvalidRequest, match="must be one of 4, 6, 8"):
        await vertex.submit(BOAT.model_copy(update={"seconds": 5.0}), route(), KEY)


async def test_a_look_that_gets_no_sense_is_a_look_to_be_repeated(vertex: Vertex, cloud: Cloud) -> None:
    remote = await vertex.submit(BOAT, route(), KEY)
    for fault in ("html_page", "unavailable", "reset_before"):
        cloud.faults.add(fault, "look", count=1)
        with pytest.raises(ProviderUnavailable):
            await vertex.look(remote)
    with pytest.raises(ProviderUnavailable, match="Operation not found"):
        await vertex.look(f"{remote[:-4]}0000")


def test_its_own_address_follows_from_the_location(http: Http, tmp_path: Path) -> None:
    account = Account("vertex", setting="GOOGLE_CLOUD_API_KEY", key=SecretStr("AQ.x"))
    places = {"europe-west4": "https://europe-west4-aiplatform.googleapis.com", "global": "https://aiplatform.googleapis.com"}
    for place, url in places.items():
        assert opened(replace(account, facts={"location": place}), http, tmp_path).base_url == url
    assert opened(account, http, tmp_path).base_url == "https://aiplatform.googleapis.com"
