"""What the adapter of Volcengine Ark and BytePlus makes of tasks and pictures, at the stand-ins.

Requirements E1, E3, E5, F4.
"""

import asyncio
from collections.abc import AsyncGenerator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from PIL import Image

from storyreel.catalog.load import load_catalogue
from storyreel.domain.errors import (
    AuthenticationFailed,
    ContentRejected,
    InsufficientCredit,
    InvalidRequest,
    RateLimited,
    StoryreelError,
    SubmitOutcomeUnknown,
)
from storyreel.domain.generation import GenerationState, Key, RemoteId, Request, Sighting
from storyreel.domain.model import Route
from storyreel.domain.values import Size
from storyreel.media.pictures import open_picture, png_bytes
from storyreel.providers.ark import Ark, BytePlus, body_of, wait_s
from storyreel.providers.ark_refusals import code_of, explainer
from storyreel.providers.http import Answer, Http
from storyreel.standins.ark import Ark as ArkCloud
from storyreel.standins.ark import BytePlus as BytePlusCloud
from storyreel.standins.fixtures import Standin
from tests.providers.kits import Pictures, a_kit, a_picture, an_account

CATALOGUE = load_catalogue()
KEY = Key(film="f1", shot="s1", take=1, route="seedance-2@byteplus")
ROUTES = [
    (model.id, route.provider)
    for model in CATALOGUE.models
    for route in model.routes
    if route.provider in {"ark", "byteplus"} and route.status != "closed"
]
CLOUDS: dict[str, type[ArkCloud]] = {"ark": ArkCloud, "byteplus": BytePlusCloud}


def way(model: str, provider: str = "byteplus") -> Route:
    return next(route for route in CATALOGUE.model(model).routes if route.provider == provider)


def wish(seconds: float = 5, size: str = "1280x720", **told: object) -> Request:
    return Request.model_validate(
        {"prompt": "a fox in the snow", "seconds": seconds, "size": Size.parse(size), "sound": False} | told
    )


class Bench:
    """An adapter at its stand-in."""

    def __init__(self, cloud: ArkCloud, folder: Path) -> None:
        self.cloud, self.http, self.pictures = cloud, Http(), Pictures(folder)
        account = an_account(cloud.name, f"{cloud.url}/api/v3", cloud.key)
        self.ark = (Ark if cloud.name == "ark" else BytePlus)(a_kit(folder, account=account, http=self.http))

    def picture(self, kind: str = "PNG") -> str:
        if kind == "PNG":
            return self.pictures.put(a_picture())
        path = self.pictures._folder / f"given.{kind.lower()}"  # pyright: ignore[reportPrivateUsage] - where a person's file would lie
        Image.new("RGB", (640, 360), "#336699").save(path, format=kind)
        return self.pictures.put(path.read_bytes())

    async def end(self, remote: RemoteId) -> Sighting:
        for _ in range(200):
            sighting = await self.ark.look(remote)
            if sighting.state not in {GenerationState.QUEUED, GenerationState.RUNNING}:
                return sighting
            await asyncio.sleep(0.005)
        raise AssertionError("it does not end")


@pytest_asyncio.fixture
async def bench(standin: Standin, tmp_path: Path) -> AsyncGenerator[Bench]:
    made = Bench(await standin(BytePlusCloud), tmp_path)
    yield made
    await made.http.close()


@pytest.mark.parametrize(("model", "provider"), ROUTES)
async def test_every_route_of_the_catalogue_says_what_the_model_takes(
    standin: Standin, tmp_path: Path, model: str, provider: str
) -> None:
    bench = Bench(await standin(CLOUDS[provider]), tmp_path)
    route, entry = way(model, provider), CATALOGUE.model(model)
    resolution = (route.resolutions or entry.limits.resolutions)[0]
    size = Size.of_aspect("16:9", int(resolution.removesuffix("p")))
    picture = bench.picture()
    starts: dict[str, dict[str, Any]] = {
        "text": {},
        "first_frame": {"first_frame": picture},
        "last_frame": {"first_frame": picture, "last_frame": picture},
        "references": {"references": (picture, picture)},
    }
    for number, mode in enumerate(route.modes or entry.limits.modes):
        still = entry.medium == "image"
        key = KEY.model_copy(update={"take": number})
        await bench.ark.submit(wish(size=str(size), still=still, **starts[mode]), route, key)
        job = list(bench.cloud.jobs.values())[-1]
        assert min(job.asked.size) == min(size.width_px, size.height_px)
        assert bool(job.asked.last) == (mode == "last_frame")
        assert len(job.asked.references) == (2 if mode == "references" else 0)
        assert "watermark" not in job.asked.notes
        assert not job.asked.sound
    await bench.http.close()


async def test_a_clip_has_the_shape_of_the_picture_that_it_begins_on(bench: Bench) -> None:
    await bench.ark.submit(
        wish(first_frame=bench.pictures.put(png_bytes(Image.new("RGB", (400, 600), "teal")))), way("seedance-2"), KEY
    )
    assert next(iter(bench.cloud.jobs.values())).asked.size == (720, 1080)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
async def test_a_local_picture_of_any_common_kind_becomes_the_first_frame(bench: Bench, kind: str) -> None:
    remote = await bench.ark.submit(wish(first_frame=bench.picture(kind)), way("seedance-2"), KEY)
    assert bench.cloud.jobs[remote].asked.first
    assert (await bench.end(remote)).state is GenerationState.READY


async def test_the_tokens_that_were_used_are_told_in_dollars_where_their_price_is_known(
    bench: Bench, standin: Standin, tmp_path: Path
) -> None:
    sighting = await bench.end(await bench.ark.submit(wish(), way("seedance-2"), KEY))
    assert sighting.cost_usd == bench.cloud.submissions[0].cost_usd == Decimal("0.756")
    home = Bench(await standin(ArkCloud), tmp_path)
    sighting = await home.end(await home.ark.submit(wish(), way("seedance-2", "ark"), KEY))
    assert (sighting.state, sighting.cost_usd) == (GenerationState.READY, None)
    await home.http.close()


async def test_a_task_that_is_known_to_be_another_s_is_never_adopted(bench: Bench) -> None:
    numbers: dict[int, Key] = {}
    keys = (KEY.model_copy(update={"take": number}) for number in range(5000))
    alike, other = next((key, numbers[wait_s(key)]) for key in keys if numbers.setdefault(wait_s(key), key) is not key)
    await bench.ark.submit(wish(), way("seedance-2"), other)
    assert await bench.ark.find(alike) is None
    remote = await bench.ark.submit(wish(), way("seedance-2"), alike)
    assert await bench.ark.find(alike) == remote


async def test_a_list_that_is_too_long_to_be_read_to_its_end_proves_nothing(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storyreel.providers.ark.PAGE", 1)
    for number in range(5):
        await bench.ark.submit(wish(), way("seedance-2"), KEY.model_copy(update={"take": number + 2}))
    with pytest.raises(SubmitOutcomeUnknown, match="more than 4"):
        await bench.ark.find(KEY)


async def test_a_lost_task_is_found_by_how_long_it_may_wait(bench: Bench) -> None:
    remote = await bench.ark.submit(wish(), way("seedance-2"), KEY)
    assert await bench.ark.find(KEY) == remote
    assert await bench.ark.find(KEY.model_copy(update={"take": 2})) is None
    assert 3600 <= wait_s(KEY) <= 259_200


async def test_two_tasks_that_could_be_it_are_neither_adopted(bench: Bench) -> None:
    for _ in range(2):
        await bench.ark.submit(wish(), way("seedance-2"), KEY)
    with pytest.raises(SubmitOutcomeUnknown, match="could both be it"):
        await bench.ark.find(KEY)


async def test_what_runs_or_has_ended_is_not_deleted(standin: Standin, tmp_path: Path) -> None:
    bench = Bench(await standin(BytePlusCloud, speed=1), tmp_path)
    remote = await bench.ark.submit(wish(), way("seedance-2"), KEY)
    bench.cloud.advance(30)
    await bench.ark.cancel(remote)
    bench.cloud.advance(100)
    await bench.ark.cancel(remote)
    assert (await bench.ark.look(remote)).state is GenerationState.READY
    assert not [call for call in bench.cloud.log if call.method == "DELETE"]
    await bench.http.close()


async def test_a_task_that_waited_too_long_has_timed_out_and_a_record_that_is_gone_has_expired(bench: Bench) -> None:
    bench.cloud.faults.add("endless")
    remote = await bench.ark.submit(wish(), way("seedance-2"), KEY)
    bench.cloud.advance(wait_s(KEY) + 10)
    sighting = await bench.ark.look(remote)
    assert (sighting.state, sighting.error_code) == (GenerationState.FAILED, "timed_out")
    bench.cloud.advance(8 * 24 * 3600)
    assert (await bench.ark.look(remote)).error_code == "output_expired"


async def test_a_picture_comes_with_the_answer_and_is_kept(bench: Bench) -> None:
    request = wish(1 / 24, size="3840x2160", still=True, references=(bench.picture(),))
    remote = await bench.ark.submit(request, way("seedream-4.5"), KEY)
    sighting = await bench.ark.look(remote)
    data = b"".join([part async for part in bench.ark.fetch(sighting.outputs[0])])
    assert open_picture(data, name="picture").size == (3840, 2160)
    await bench.ark.cancel(remote)
    assert len(bench.cloud.submissions) == 1


async def test_a_lost_picture_cannot_be_found_and_says_so(bench: Bench) -> None:
    bench.cloud.faults.add("reset_after", "create")
    with pytest.raises(SubmitOutcomeUnknown):
        await bench.ark.submit(wish(1 / 24, size="3840x2160", still=True), way("seedream-4.5"), KEY)
    for key in (KEY.model_copy(update={"shot": "s1:keyframe"}), KEY.model_copy(update={"route": "seedream-4.5@byteplus"})):
        with pytest.raises(SubmitOutcomeUnknown, match="pictures are in no list"):
            await bench.ark.find(key)


async def test_a_wrong_value_is_named_in_our_words(bench: Bench) -> None:
    with pytest.raises(InvalidRequest) as told:
        await bench.ark.submit(wish(31), way("seedance-2.5"), KEY)
    assert told.value.field == "seconds"


def test_settings_within_a_prompt_are_taken_out() -> None:
    body = body_of({"prompt": "a fox --rs 1080p runs --dur 12 --seed 3", "duration": 5})
    assert body == {"content": [{"type": "text", "text": "a fox runs"}], "duration": 5}


@pytest.mark.parametrize(
    ("status", "code", "message", "error"),
    [
        (401, "AuthenticationError", "no", AuthenticationFailed),
        (403, "AccountOverdueError", "pay", InsufficientCredit),
        (429, "QuotaExceeded", "Your free trial quota is used up", InsufficientCredit),
        (429, "QuotaExceeded", "The queue is full", RateLimited),
        (429, "ModelAccountRpmRateLimitExceeded", "slow down", RateLimited),
        (404, "ModelNotOpen", "not activated", InvalidRequest),
        (403, "OperationDenied.ServiceNotOpen", "not open", InvalidRequest),
        (400, "InputImageSensitiveContentDetected.PrivacyInformation", "a face", ContentRejected),
        (400, "OutputVideoSensitiveContentDetected.PolicyViolation", "a song", ContentRejected),
        (400, "InvalidParameter.ratio", "ratio is not valid", InvalidRequest),
    ],
)
def test_a_code_says_what_it_means(status: int, code: str, message: str, error: type[StoryreelError]) -> None:
    account = an_account("byteplus", "http://127.0.0.1:9")
    answer = Answer(status, {}, f'{{"error": {{"code": "{code}", "message": "{message}"}}}}'.encode())
    told = explainer(account, str)(answer)
    common = {401: AuthenticationFailed, 429: RateLimited}
    assert (type(told) if told else common[status]) is error


def test_the_code_of_a_failed_task_is_told_in_our_taxonomy() -> None:
    told = [code_of(code) for code in ("OutputVideoSensitiveContentDetected", "InvalidParameter.X", "InternalServiceError", None)]
    assert told == ["content_rejected", "invalid_request", "provider_unavailable", "provider_unavailable"]


def test_a_first_look_waits_for_most_of_the_typical_time() -> None:
    for model, _ in ROUTES:
        times, medium = CATALOGUE.model(model).times, CATALOGUE.model(model).medium
        assert medium == "image" or times.typical_s / 4 <= times.first_look_s <= times.typical_s
