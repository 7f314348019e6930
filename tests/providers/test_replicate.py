"""What Replicate's adapter makes of predictions, at the stand-in.

Requirements B4, and F4 (its image models draw keyframes).
"""

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image

from storyreel.catalog.load import load_catalogue
from storyreel.catalog.quote import price_of
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
from storyreel.domain.generation import GenerationState, Key, RemoteId, Request, Sighting
from storyreel.domain.model import Route, RouteStatus
from storyreel.domain.values import JSON, Size
from storyreel.media.pictures import png_bytes
from storyreel.providers.http import Http
from storyreel.providers.replicate import Replicate, progress_in
from storyreel.providers.sent import token_of
from storyreel.standins.fixtures import Standin
from storyreel.standins.replicate import Replicate as ReplicateCloud
from storyreel.standins.replicate_models import version_of
from tests.providers.kits import Pictures, a_kit, a_picture, an_account

KEY = Key(film="f1", shot="s1", take=1, route="kling-2.5-turbo@replicate")
OTHER = Key(film="f1", shot="s2", take=1, route="kling-2.5-turbo@replicate")
CATALOGUE = load_catalogue()
MODELS = [model.id for model in CATALOGUE.models if any(route.provider == "replicate" for route in model.routes)]
LENGTHS = {"hailuo": 6.0, "veo": 8.0, "sora": 8.0, "ltx": 6.0}


def way(model: str) -> Route:
    return next(route for route in CATALOGUE.model(model).routes if route.provider == "replicate")


KLING = way("kling-2.5-turbo")


def wish(seconds: float = 5, **told: object) -> Request:
    asked: dict[str, object] = {"prompt": "a fox in the snow", "seconds": seconds, "size": Size(width_px=1280, height_px=720)}
    return Request.model_validate(asked | {"sound": False} | told)


class Bench:
    """An adapter at its stand-in."""

    def __init__(self, cloud: ReplicateCloud, folder: Path, *, url: str = "", key: str = "") -> None:
        self.cloud, self.http, self.pictures = cloud, Http(), Pictures(folder)
        account = an_account("replicate", url or cloud.url, key or cloud.key)
        self.replicate = Replicate(a_kit(folder, account=account, http=self.http))

    def picture(self, *, noisy: bool = False) -> str:
        return self.pictures.put(a_picture(noisy=noisy))

    async def submit(self, request: Request | None = None, route: Route = KLING, key: Key = KEY) -> RemoteId:
        return await self.replicate.submit(request or wish(), route, key)

    async def end(self, remote: RemoteId) -> Sighting:
        for _ in range(400):
            sighting = await self.replicate.look(remote)
            if sighting.state not in {GenerationState.QUEUED, GenerationState.RUNNING}:
                return sighting
            await asyncio.sleep(0.005)
        raise AssertionError("it does not end")

    async def fetched(self, sighting: Sighting) -> bytes:
        return b"".join([part async for part in self.replicate.fetch(sighting.outputs[0])])


@pytest_asyncio.fixture
async def bench(standin: Standin, tmp_path: Path) -> AsyncGenerator[Bench]:
    made = Bench(await standin(ReplicateCloud), tmp_path)
    yield made
    await made.http.close()


@pytest.mark.parametrize("model", MODELS)
async def test_every_route_of_the_catalogue_says_what_its_model_takes_and_costs(bench: Bench, model: str) -> None:
    """The stand-in refuses a word that a model does not know, and bills what the model's page asks."""
    route, entry = way(model), CATALOGUE.model(model)
    seconds = next((length for family, length in LENGTHS.items() if model.startswith(family)), 5.0)
    first, last = bench.picture(), bench.picture(noisy=True)
    starts: dict[str, dict[str, object]] = {
        "text": {},
        "first_frame": {"first_frame": first},
        "last_frame": {"first_frame": first, "last_frame": last},
        "references": {"references": (first, last)[: entry.limits.most_references]},
    }
    for resolution in route.resolutions or entry.limits.resolutions:
        size = Size.of_aspect("16:9", int(resolution.removesuffix("p")))
        for mode in route.modes or entry.limits.modes:
            request = wish(seconds, size=size, still=entry.medium == "image", **starts[mode])
            remote = await bench.submit(request, route)
            job, line = bench.cloud.jobs[remote], bench.cloud.submissions[-1]
            if model.startswith(("sora", "veo-3")) and route.status is RouteStatus.CLOSED:
                assert "no longer available" in str(job.facts["error"]) or "retired" in str(job.facts["error"])
                continue
            assert job.facts["error"] == ""
            assert (job.asked.seconds == pytest.approx(seconds, abs=0.1)) or entry.medium == "image"
            assert (bool(job.asked.first), bool(job.asked.last)) == ("frame" in mode, mode == "last_frame")
            priced = price_of(route, request)
            assert priced is None or line.cost_usd == priced


async def test_a_clip_comes_without_our_token_going_to_its_host(bench: Bench) -> None:
    sighting = await bench.end(await bench.submit(wish(first_frame=bench.picture())))

    assert sighting.state is GenerationState.READY
    assert (await bench.fetched(sighting))[4:8] == b"ftyp"
    assert not bench.cloud.leaks
    assert sighting.cost_usd is None  # Replicate tells no price


async def test_a_keyframe_is_a_picture_drawn_in_view_of_others(bench: Bench) -> None:
    request = wish(1, still=True, references=(bench.picture(), bench.picture(noisy=True)))

    sighting = await bench.end(await bench.submit(request, way("flux-2-pro")))

    assert (await bench.fetched(sighting))[:4] == b"\x89PNG"
    assert len(next(iter(bench.cloud.jobs.values())).asked.references) == 2


async def test_the_request_says_how_it_is_found_again_and_when_it_ends_by_itself(bench: Bench) -> None:
    facts = bench.cloud.jobs[await bench.submit()].facts

    assert facts["webhook"] == f"https://storyreel.invalid/hooks/replicate/{token_of(KEY)}"
    assert (facts["events"], facts["after_s"]) == (["completed"], 1800.0)


async def test_the_webhook_may_be_at_an_address_of_ones_own(standin: Standin, tmp_path: Path) -> None:
    cloud, http = await standin(ReplicateCloud), Http()
    account = an_account("replicate", cloud.url, cloud.key, hooks="https://films.example/hooks/")

    remote = await Replicate(a_kit(tmp_path, account=account, http=http)).submit(wish(), KLING, KEY)

    assert cloud.jobs[remote].facts["webhook"] == f"https://films.example/hooks/{token_of(KEY)}"
    await http.close()


async def test_a_small_picture_is_sent_as_it_is_and_a_large_one_is_uploaded(bench: Bench) -> None:
    remote = await bench.submit(wish(first_frame=bench.picture(), last_frame=bench.picture(noisy=True)))

    sent = bench.cloud.jobs[remote].facts["sent"]
    assert isinstance(sent, dict)
    assert str(sent["start_image"]).startswith("data:image/png;base64,")
    assert str(sent["end_image"]).startswith(f"{bench.cloud.url}/v1/files/")
    assert len(bench.cloud.submissions) == 1  # an upload costs nothing
    assert next(iter(bench.cloud.uploads.values())).media_type == "image/png"


@pytest.mark.parametrize("ending", ["", "/v1"])
async def test_the_address_may_be_that_of_either_official_client(standin: Standin, tmp_path: Path, ending: str) -> None:
    cloud = await standin(ReplicateCloud)
    bench = Bench(cloud, tmp_path, url=cloud.url + ending)

    assert await bench.submit() in cloud.jobs
    await bench.http.close()


async def test_a_version_of_a_community_model_is_asked_by_its_id(bench: Bench) -> None:
    name = KLING.remote_name
    route = KLING.model_copy(update={"remote_name": f"{name}:{version_of(name)}"})

    assert bench.cloud.jobs[await bench.submit(route=route)].model == name


async def test_a_lost_answer_is_found_by_the_token_in_the_webhook(bench: Bench) -> None:
    bench.cloud.faults.add("reset_after", "create", count=1)
    with pytest.raises(SubmitOutcomeUnknown):
        await bench.submit()
    bench.cloud.advance(3)

    assert await bench.replicate.find(KEY) == bench.cloud.submissions[0].id
    assert await bench.replicate.find(OTHER) is None
    assert len(bench.cloud.submissions) == 1


async def test_it_is_found_though_our_clock_was_set_back_since(bench: Bench) -> None:
    bench.cloud.advance(-3600)  # their clock is right, and ours was an hour ahead when we noted what left
    bench.cloud.faults.add("reset_after", "create", count=1)
    with pytest.raises(SubmitOutcomeUnknown):
        await bench.submit()
    bench.cloud.advance(3)

    assert await bench.replicate.find(KEY) == bench.cloud.submissions[0].id


async def test_it_is_found_behind_many_pages(bench: Bench) -> None:
    bench.cloud.faults.add("reset_after", "create", count=1)
    with pytest.raises(SubmitOutcomeUnknown):
        await bench.submit()
    for take in range(2, 108):
        await bench.submit(key=OTHER.model_copy(update={"take": take}))
    bench.cloud.advance(3)

    assert await bench.replicate.find(KEY) == bench.cloud.submissions[0].id


async def test_where_the_list_shows_no_webhook_the_words_tell(bench: Bench) -> None:
    bench.cloud.echoes_webhook = False
    bench.cloud.faults.add("reset_after", "create", count=1)
    with pytest.raises(SubmitOutcomeUnknown):
        await bench.submit(wish(first_frame=bench.picture()))
    await bench.submit(wish(prompt="a bear in the snow"), key=OTHER)
    bench.cloud.advance(3)

    assert await bench.replicate.find(KEY) == bench.cloud.submissions[0].id


@pytest.mark.parametrize("later_s", [3.0, 2 * 3600.0])
async def test_where_it_cannot_be_told_which_is_ours_nobody_guesses(bench: Bench, later_s: float) -> None:
    bench.cloud.echoes_webhook = False
    bench.cloud.faults.add("reset_after", "create", count=2)
    for key in (KEY, OTHER) if later_s < 3600 else (KEY,):
        with pytest.raises(SubmitOutcomeUnknown):
            await bench.submit(key=key)
    bench.cloud.advance(later_s)

    with pytest.raises(SubmitOutcomeUnknown, match="could be this one"):
        await bench.replicate.find(KEY)


async def test_a_known_prediction_needs_no_list_and_one_never_sent_is_not_there(bench: Bench) -> None:
    remote = await bench.submit()

    assert await bench.replicate.find(KEY) == remote
    assert await bench.replicate.find(OTHER) is None


@pytest.mark.parametrize("waits", [True, False])
async def test_what_ends_at_its_deadline_took_too_long(bench: Bench, waits: bool) -> None:
    """`aborted` is an end, and so is `canceled` by nobody."""
    bench.cloud.faults.add("endless", "create")
    remote = await bench.submit()
    bench.cloud.jobs[remote].queue_s = 1e9 if waits else 0
    bench.cloud.advance(3)

    sighting = await bench.replicate.look(remote)

    assert (sighting.state, sighting.error_code) == (GenerationState.FAILED, "timed_out")


async def test_what_we_end_is_cancelled_and_ending_it_twice_is_the_same(bench: Bench) -> None:
    bench.cloud.speed = 1.0
    remote = await bench.submit()

    for _ in range(2):
        await bench.replicate.cancel(remote)

    assert (await bench.replicate.look(remote)).state is GenerationState.CANCELLED


async def test_after_an_hour_the_result_is_gone(bench: Bench) -> None:
    remote = await bench.submit()
    before = await bench.end(remote)
    bench.cloud.advance(timedelta(hours=1, minutes=1).total_seconds())

    after = await bench.replicate.look(remote)

    assert (after.state, after.error_code) == (GenerationState.FAILED, "output_expired")
    with pytest.raises(OutputExpired):
        await bench.fetched(before)


async def test_progress_is_the_last_figure_of_the_log(bench: Bench) -> None:
    bench.cloud.speed = 1.0
    remote = await bench.submit()
    bench.cloud.advance(33)

    sighting = await bench.replicate.look(remote)

    assert sighting.state is GenerationState.RUNNING
    assert sighting.progress is not None
    assert 0 < sighting.progress < 1
    assert progress_in("  7%|x| 7/100\n 41%|xxxx| 41/100") == 0.41
    assert progress_in("loading") is None


@pytest.mark.parametrize(
    ("fault", "code", "words"),
    [("moderation_later", "content_rejected", "E005"), ("fails_later", "provider_unavailable", "E1000")],
)
async def test_a_prediction_that_fails_says_why(bench: Bench, fault: str, code: str, words: str) -> None:
    bench.cloud.faults.add(fault)

    sighting = await bench.end(await bench.submit())

    assert (sighting.state, sighting.error_code) == (GenerationState.FAILED, code)
    assert words in str(sighting.error)


async def test_a_state_that_nobody_documents_is_work_in_progress(bench: Bench) -> None:
    remote = await bench.submit()
    bench.cloud.faults.add("unknown_state")
    bench.cloud.faults.add("extra_fields")

    assert (await bench.replicate.look(remote)).state is GenerationState.RUNNING


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        ("unauthorised", AuthenticationFailed, "REPLICATE_KEY"),
        ("no_credit", InsufficientCredit, "some minutes"),
        ("moderation", ContentRejected, "Reword it"),
        ("rate_limited", RateLimited, "tries again in 1 s"),
        ("rate_limited_bare", RateLimited, "tries again later"),
        ("internal", SubmitOutcomeUnknown, "HTTP 500"),
        ("html_page", SubmitOutcomeUnknown, "may have arrived"),
    ],
)
async def test_a_create_that_is_refused_says_what_to_do(
    bench: Bench, fault: str, error: type[StoryreelError], words: str
) -> None:
    bench.cloud.faults.add(fault, "create")

    with pytest.raises(error, match=words) as refused:
        await bench.submit()

    assert bench.cloud.key not in str(refused.value)
    assert not bench.cloud.submissions


async def test_little_credit_means_one_prediction_at_a_time(bench: Bench) -> None:
    bench.cloud.credit_usd, bench.cloud.speed = Decimal(2), 1.0
    await bench.submit()

    with pytest.raises(RateLimited) as slow:
        await bench.submit(key=OTHER)

    assert slow.value.retry_after_s == 10.0


async def test_a_key_that_is_wrong_is_told_by_its_setting(bench: Bench, tmp_path: Path) -> None:
    stranger = Bench(bench.cloud, tmp_path, key="r8_wrong")

    with pytest.raises(AuthenticationFailed, match="REPLICATE_KEY") as refused:
        await stranger.submit()

    assert "r8_wrong" not in str(refused.value)
    await stranger.http.close()


@pytest.mark.parametrize(
    ("route", "request_", "field"),
    [
        (KLING, wish(7), "seconds"),
        (way("veo-3.1-fast"), wish(8, size=Size(width_px=854, height_px=480)), "resolution"),
        (KLING.model_copy(update={"fixed": {"loop": True}}), wish(), "loop"),
        (way("grok-imagine-1.5"), wish(), "first_frame"),
        (KLING.model_copy(update={"remote_name": "nobody/nothing"}), wish(), "model"),
        (KLING.model_copy(update={"remote_name": "nobody/nothing:0123"}), wish(), "model"),
    ],
)
async def test_a_refused_input_is_named_by_our_own_word(bench: Bench, route: Route, request_: Request, field: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        await bench.submit(request_, route)

    assert refused.value.field == field
    assert field in str(refused.value)
    assert not bench.cloud.submissions


async def test_nobody_there_is_not_a_paid_request(tmp_path: Path, bench: Bench) -> None:
    away = Bench(bench.cloud, tmp_path, url="http://127.0.0.1:9")

    with pytest.raises(ProviderUnavailable):
        await away.submit()
    await away.http.close()


async def test_a_picture_that_the_model_cannot_read_fails_the_prediction_and_costs_nothing(bench: Bench) -> None:
    small = bench.pictures.put(png_bytes(Image.new("RGB", (120, 120))))

    sighting = await bench.end(await bench.submit(wish(first_frame=small)))

    assert sighting.state is GenerationState.FAILED
    assert "120x120" in str(sighting.error)
    costs: list[JSON] = [str(line.cost_usd) for line in bench.cloud.submissions]
    assert costs == ["0"]
