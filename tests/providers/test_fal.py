"""What fal's adapter makes of its queue, at the stand-in.

Requirement F4 (its image models draw keyframes).
"""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image

from storyreel.catalog.load import load_catalogue
from storyreel.domain.errors import AuthenticationFailed, InsufficientCredit, InvalidRequest, RateLimited, SubmitOutcomeUnknown
from storyreel.domain.generation import GenerationState, Key, RemoteId, Request, Sighting
from storyreel.domain.model import Route
from storyreel.domain.values import Size
from storyreel.media.pictures import png_bytes
from storyreel.providers.fal import Fal
from storyreel.providers.http import Http
from storyreel.standins.fal import Fal as FalCloud
from storyreel.standins.fixtures import Standin
from tests.providers.kits import Pictures, a_kit, a_picture, an_account

SIZE = Size(width_px=1280, height_px=720)
CATALOGUE = load_catalogue()
KEY = Key(film="f1", shot="s1", take=1, route="kling-3@fal")


def way(model: str) -> Route:
    return next(route for route in CATALOGUE.model(model).routes if route.provider == "fal")


def wish(seconds: float = 5, **told: object) -> Request:
    return Request.model_validate({"prompt": "a fox in the snow", "seconds": seconds, "size": SIZE, "sound": False} | told)


class Bench:
    """An adapter at its stand-in."""

    def __init__(self, cloud: FalCloud, folder: Path) -> None:
        self.cloud, self.http, self.pictures = cloud, Http(), Pictures(folder)
        account = an_account("fal", cloud.url, cloud.key, storage=cloud.url)
        self.fal = Fal(a_kit(folder, account=account, http=self.http))

    def picture(self, *, noisy: bool = False) -> str:
        return self.pictures.put(a_picture(noisy=noisy))

    async def end(self, remote: RemoteId) -> Sighting:
        for _ in range(200):
            sighting = await self.fal.look(remote)
            if sighting.state not in {GenerationState.QUEUED, GenerationState.RUNNING}:
                return sighting
            await asyncio.sleep(0.005)
        raise AssertionError("it does not end")


@pytest_asyncio.fixture
async def bench(standin: Standin, tmp_path: Path) -> AsyncGenerator[Bench]:
    made = Bench(await standin(FalCloud), tmp_path)
    yield made
    await made.http.close()


MODELS = [model.id for model in CATALOGUE.models if any(route.provider == "fal" for route in model.routes)]


@pytest.mark.parametrize("model", MODELS)
async def test_every_route_of_the_catalogue_says_what_its_endpoints_take(bench: Bench, model: str) -> None:
    """The stand-in refuses what an endpoint does not know, so a clip means that each word arrived as the page has it."""
    route, entry = way(model), CATALOGUE.model(model)
    seconds = 8 if model.startswith(("veo", "ltx")) else 5
    resolution = (route.resolutions or entry.limits.resolutions)[-1]
    size = Size.of_aspect("16:9", int(resolution.removesuffix("p")))
    first, last = bench.picture(), bench.picture(noisy=True)
    starts: dict[str, dict[str, object]] = {
        "text": {},
        "first_frame": {"first_frame": first},
        "last_frame": {"first_frame": first, "last_frame": last},
        "references": {"references": (first, last)},
    }
    for mode in route.modes or entry.limits.modes:
        remote = await bench.fal.submit(wish(seconds, size=size, **starts[mode]), route, KEY)
        job = bench.cloud.jobs[remote.partition(" ")[0]]
        assert job.facts["wrong"] is None
        assert job.asked.size == (size.width_px, size.height_px)
        assert job.asked.seconds in {seconds, 0}
        assert bool(job.asked.last) == (mode == "last_frame")


async def test_a_clip_comes_and_the_look_needs_nothing_but_the_remote_id(bench: Bench, tmp_path: Path) -> None:
    remote = await bench.fal.submit(wish(first_frame=bench.picture(noisy=True)), way("kling-3"), KEY)
    again = Bench(bench.cloud, tmp_path)
    sighting = await again.end(remote)
    assert sighting.state is GenerationState.READY
    assert b"".join([part async for part in again.fal.fetch(sighting.outputs[0])])[4:8] == b"ftyp"
    assert not bench.cloud.leaks
    await again.http.close()


async def test_a_clip_has_the_shape_of_the_picture_that_it_begins_on(bench: Bench) -> None:
    await bench.fal.submit(
        wish(first_frame=bench.pictures.put(png_bytes(Image.new("RGB", (400, 600), "teal")))), way("kling-3"), KEY
    )
    assert next(iter(bench.cloud.jobs.values())).asked.size == (720, 1080)


async def test_a_large_picture_is_uploaded_and_a_small_one_travels_along(bench: Bench) -> None:
    await bench.fal.submit(wish(first_frame=bench.picture(), last_frame=bench.picture(noisy=True)), way("kling-3"), KEY)
    body = next(iter(bench.cloud.jobs.values())).body
    assert str(body["start_image_url"]).startswith("data:image/png;base64,")
    assert str(body["end_image_url"]).startswith(bench.cloud.results_url)


async def test_fal_is_told_not_to_run_a_request_again_and_how_long_to_keep_it(bench: Bench) -> None:
    await bench.fal.submit(wish(), way("kling-3"), KEY)
    facts = next(iter(bench.cloud.jobs.values())).facts
    assert (facts["no_retry"], facts["keep_s"]) == ("1", float(way("kling-3").link_life_s or 0))


async def test_progress_is_what_the_logs_tell(standin: Standin, tmp_path: Path) -> None:
    bench = Bench(await standin(FalCloud, speed=1), tmp_path)
    remote = await bench.fal.submit(wish(), way("kling-3"), KEY)
    assert (await bench.fal.look(remote)).state is GenerationState.QUEUED
    bench.cloud.advance(27)
    sighting = await bench.fal.look(remote)
    assert (sighting.state, sighting.progress) == (GenerationState.RUNNING, 0.5)
    await bench.http.close()


async def test_completed_may_mean_refused_and_the_input_is_named_in_our_words(bench: Bench) -> None:
    bench.cloud.faults.add("moderation_later")
    refused = await bench.end(await bench.fal.submit(wish(), way("kling-3"), KEY))
    assert (refused.state, refused.error_code) == (GenerationState.FAILED, "content_rejected")
    assert "refused the prompt" in (refused.error or "")
    bench.cloud.faults.clear()
    wrong = await bench.end(await bench.fal.submit(wish(2), way("kling-3"), KEY))
    assert (wrong.state, wrong.error_code) == (GenerationState.FAILED, "invalid_request")
    assert "seconds" in (wrong.error or "")


async def test_completed_may_mean_broken_on_their_side(bench: Bench) -> None:
    bench.cloud.faults.add("fails_later")
    broken = await bench.end(await bench.fal.submit(wish(), way("kling-3"), KEY))
    assert (broken.state, broken.error_code) == (GenerationState.FAILED, "provider_unavailable")


async def test_a_cancelled_request_is_seen_as_cancelled_and_cancelling_an_end_is_nothing(
    standin: Standin, tmp_path: Path
) -> None:
    bench = Bench(await standin(FalCloud, speed=1), tmp_path)
    remote = await bench.fal.submit(wish(), way("kling-3"), KEY)
    await bench.fal.cancel(remote)
    assert (await bench.fal.look(remote)).state is GenerationState.CANCELLED
    done = await bench.fal.submit(wish(), way("kling-3"), KEY)
    bench.cloud.advance(100)
    await bench.fal.cancel(done)
    assert (await bench.fal.look(done)).state is GenerationState.READY
    await bench.http.close()


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("no_credit", InsufficientCredit),
        ("unauthorised", AuthenticationFailed),
        ("rate_limited", RateLimited),
        ("internal_after", SubmitOutcomeUnknown),
        ("reset_after", SubmitOutcomeUnknown),
    ],
)
async def test_a_refusal_of_the_queue_is_told_without_the_key(bench: Bench, fault: str, error: type[Exception]) -> None:
    bench.cloud.faults.add(fault, "create")
    with pytest.raises(error) as told:
        await bench.fal.submit(wish(), way("kling-3"), KEY)
    assert bench.cloud.key not in str(told.value)


async def test_a_model_that_is_not_there_is_said_to_be_so(bench: Bench) -> None:
    route = way("kling-3").model_copy(update={"remote_name": "fal-ai/nothing/here"})
    with pytest.raises(InvalidRequest, match="no such model") as told:
        await bench.fal.submit(wish(), route, KEY)
    assert told.value.field == "model"


async def test_a_lost_submit_cannot_be_found_and_says_so(bench: Bench) -> None:
    with pytest.raises(SubmitOutcomeUnknown):
        await bench.fal.find(KEY)
