"""What Kling's adapter makes of its tasks, at the stand-in.

Requirement F2 (a task that was paid for is adopted, never made twice).
"""

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
    InsufficientCredit,
    InvalidRequest,
    ProviderUnavailable,
    RateLimited,
    StoryreelError,
)
from storyreel.domain.generation import GenerationState, Key, Request
from storyreel.domain.model import Route
from storyreel.domain.values import Size
from storyreel.media.pictures import png_bytes
from storyreel.providers.http import Answer, Http
from storyreel.providers.kling import Kling, external_id
from storyreel.standins.fixtures import Standin
from storyreel.standins.kling import Kling as KlingCloud
from tests.providers.kits import Pictures, a_kit, an_account

CATALOGUE = load_catalogue()
KEY = Key(film="f1", shot="s1", take=1, route="kling-3@kling")


def way(model: str) -> Route:
    return next(route for route in CATALOGUE.model(model).routes if route.provider == "kling")


def wish(seconds: float = 5, size: str = "1280x720", **told: object) -> Request:
    return Request.model_validate(
        {"prompt": "a fox in the snow", "seconds": seconds, "size": Size.parse(size), "sound": False} | told
    )


class Bench:
    """An adapter at its stand-in."""

    def __init__(self, cloud: KlingCloud, folder: Path) -> None:
        self.cloud, self.http, self.pictures = cloud, Http(), Pictures(folder)
        self.kling = Kling(a_kit(folder, account=an_account("kling", cloud.url, cloud.key), http=self.http))

    def picture(self, size: tuple[int, int] = (640, 360)) -> str:
        return self.pictures.put(png_bytes(Image.new("RGB", size, "#336699")))


@pytest_asyncio.fixture
async def bench(standin: Standin, tmp_path: Path) -> AsyncGenerator[Bench]:
    made = Bench(await standin(KlingCloud), tmp_path)
    yield made
    await made.http.close()


MODELS = [model.id for model in CATALOGUE.models if any(route.provider == "kling" for route in model.routes)]


@pytest.mark.parametrize("model", MODELS)
async def test_every_route_of_the_catalogue_says_what_the_model_takes(bench: Bench, model: str) -> None:
    route, entry = way(model), CATALOGUE.model(model)
    resolution = (route.resolutions or entry.limits.resolutions)[0]
    size = str(Size.of_aspect("16:9", int(resolution.removesuffix("p"))))
    picture = bench.picture()
    starts: dict[str, dict[str, Any]] = {
        "text": {},
        "first_frame": {"first_frame": picture},
        "last_frame": {"first_frame": picture, "last_frame": picture},
        "references": {"references": (picture, picture)},
    }
    for number, mode in enumerate(route.modes or entry.limits.modes):
        key = KEY.model_copy(update={"take": number})
        remote = await bench.kling.submit(wish(size=size, **starts[mode]), route, key)
        job = bench.cloud.jobs[remote]
        assert job.facts["multi_shot"] is False
        assert bool(job.asked.last) == (mode == "last_frame")
        assert len(job.asked.references) == (2 if mode == "references" else 0)


async def test_a_last_frame_of_the_older_models_is_asked_for_at_1080p(bench: Bench) -> None:
    picture = bench.picture()
    remote = await bench.kling.submit(wish(first_frame=picture, last_frame=picture), way("kling-2.5-turbo"), KEY)
    assert bench.cloud.jobs[remote].asked.size == (1920, 1080)


async def test_a_submit_that_comes_again_finds_the_first_ones_task_and_costs_nothing(bench: Bench) -> None:
    first = await bench.kling.submit(wish(), way("kling-3"), KEY)
    assert await bench.kling.submit(wish(), way("kling-3"), KEY) == first
    assert await bench.kling.find(KEY) == first
    assert await bench.kling.find(KEY.model_copy(update={"take": 2})) is None
    assert len(bench.cloud.submissions) == 1


async def test_the_task_bears_a_digest_of_the_key_and_not_the_key(bench: Bench) -> None:
    await bench.kling.submit(wish(), way("kling-3"), KEY)
    (job,) = bench.cloud.jobs.values()
    assert job.token == external_id(KEY)
    assert "f1" not in job.token


async def test_the_bill_in_units_is_told_in_dollars_once_the_task_succeeds(bench: Bench) -> None:
    remote = await bench.kling.submit(wish(sound=True), way("kling-3"), KEY)
    bench.cloud.advance(1)
    sighting = await bench.kling.look(remote)
    assert (sighting.state, sighting.cost_usd) == (GenerationState.READY, Decimal("0.63"))


async def test_a_clip_has_the_shape_of_the_picture_that_it_begins_on(bench: Bench) -> None:
    await bench.kling.submit(wish(first_frame=bench.picture((400, 600))), way("kling-3"), KEY)
    assert next(iter(bench.cloud.jobs.values())).asked.size == (720, 1080)


@pytest.mark.parametrize("size", [(200, 400), (1200, 310)])
async def test_a_picture_that_kling_would_refuse_is_refused_before_it_is_sent(bench: Bench, size: tuple[int, int]) -> None:
    with pytest.raises(InvalidRequest, match=f"{size[0]}x{size[1]}") as told:
        await bench.kling.submit(wish(first_frame=bench.picture(size)), way("kling-3"), KEY)
    assert told.value.field == "first_frame"
    assert not bench.cloud.log


async def test_a_wrong_value_is_named_in_our_words(bench: Bench) -> None:
    with pytest.raises(InvalidRequest) as told:
        await bench.kling.submit(wish(2), way("kling-3"), KEY)
    assert told.value.field == "seconds"


async def test_a_model_that_is_not_there_is_said_to_be_so(bench: Bench) -> None:
    route = way("kling-3").model_copy(update={"remote_name": "text-to-video/kling-9"})
    with pytest.raises(InvalidRequest, match="no such model") as told:
        await bench.kling.submit(wish(), route, KEY)
    assert told.value.field == "model"


async def test_a_task_that_is_not_shown_is_not_taken_for_an_end(bench: Bench) -> None:
    with pytest.raises(ProviderUnavailable):
        await bench.kling.look("404")


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [
        (401, 1002, AuthenticationFailed),
        (403, 1103, AuthenticationFailed),
        (429, 1100, InsufficientCredit),
        (429, 1101, InsufficientCredit),
        (429, 1102, InsufficientCredit),
        (429, 1302, RateLimited),
        (429, 1303, RateLimited),
        (429, 1304, InvalidRequest),
        (500, 5000, None),
    ],
)
def test_a_code_says_what_its_status_does_not(tmp_path: Path, status: int, code: int, error: type[StoryreelError] | None) -> None:
    kling = Kling(a_kit(tmp_path, account=an_account("kling", "http://127.0.0.1:9")))
    body = f'{{"code": {code}, "message": "told for sk-secret-0001"}}'.encode()
    told = kling._explain(Answer(status, {}, body))  # pyright: ignore[reportPrivateUsage] - what the stand-in cannot be asked for
    assert (type(told) if told else None) is error
    assert "sk-secret-0001" not in str(told)
