"""Gemini Omni and Gemini's pictures: traps of the Interactions API, one by one. Requirement B4.

Files and inline clips, refusals that look like success, clips that are charged and lost, a key that goes nowhere else.
"""

import asyncio
import io
from collections.abc import AsyncGenerator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image

from storyreel.catalog.load import load_catalogue
from storyreel.domain.errors import (
    AuthenticationFailed,
    CapabilityMissing,
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
from storyreel.domain.values import JSON, Size
from storyreel.media.frames import first_frame, last_frame
from storyreel.media.pictures import png_bytes
from storyreel.providers.gemini import Gemini
from storyreel.providers.http import Http
from storyreel.standins.fixtures import Standin
from storyreel.standins.gemini import SORRY
from storyreel.standins.gemini import Gemini as Cloud
from tests.providers.kits import Pictures, a_kit, an_account

KEY = Key(film="kite", shot="s1", take=1, route="gemini-omni-flash-1.1@gemini")
SMALL = Size(width_px=640, height_px=360)
KITE = Request(prompt="A kite lifts off the sand", seconds=4, size=SMALL, seed=41)


@pytest.fixture
async def cloud(standin: Standin) -> Cloud:
    return await standin(Cloud, speed=20_000)


@pytest.fixture
async def gemini(cloud: Cloud, tmp_path: Path) -> AsyncGenerator[Gemini]:
    http = Http()
    account = replace(an_account("gemini", cloud.url, cloud.key), setting="GEMINI_API_KEY")
    yield Gemini(a_kit(tmp_path, account=account, http=http))
    await http.close()


@pytest.fixture
def framed(tmp_path: Path) -> Request:
    pictures = Pictures(tmp_path)
    first, last, someone = (
        pictures.put(png_bytes(Image.new("RGB", (320, 180), colour))) for colour in ("#c02020", "#2020c0", "teal")
    )
    return KITE.model_copy(update={"first_frame": first, "last_frame": last, "references": (someone,)})


def route(name: str = "gemini-omni-flash-1.1") -> Route:
    return load_catalogue().model(name).routes[0]


async def ended(gemini: Gemini, remote: str) -> Sighting:
    while True:
        sighting = await gemini.look(remote)
        if sighting.state.ended:
            return sighting
        await asyncio.sleep(0.002)


async def fetched(gemini: Gemini, output: str) -> bytes:
    return b"".join([chunk async for chunk in gemini.fetch(output)])


async def test_a_clip_begins_and_ends_on_its_frames_and_costs_what_its_tokens_cost(
    gemini: Gemini, cloud: Cloud, framed: Request, tmp_path: Path
) -> None:
    remote = await gemini.submit(framed, route(), KEY)
    sighting = await ended(gemini, remote)
    (tmp_path / "clip.mp4").write_bytes(await fetched(gemini, sighting.outputs[0]))

    reddest, bluest = (one(tmp_path / "clip.mp4").getpixel((300, 300)) for one in (first_frame, last_frame))
    assert isinstance(reddest, tuple)
    assert isinstance(bluest, tuple)
    assert reddest[0] > 150 > reddest[2]
    assert bluest[2] > 150 > bluest[0]
    assert sighting.cost_usd == cloud.submissions[0].cost_usd
    body = cloud.jobs[remote].body
    assert body["response_format"] == {
        "type": "video",
        "delivery": "uri",
        "duration": "4s",
        "aspect_ratio": "16:9",
        "resolution": "360p",
    }
    assert "generation_config" not in body  # frames and references: the tags say it all, and 1.1 has no seed
    assert cloud.jobs[remote].asked.prompt.startswith(
        "[# Sources <FIRST_FRAME>@Image1 <LAST_FRAME>@Image2] [# References <IMAGE_REF_0>@Image3] A kite"
    )
    assert len(cloud.jobs[remote].asked.references) == 1


@pytest.mark.parametrize(
    ("kept", "task"),
    [((), "text_to_video"), (("first_frame", "last_frame"), "image_to_video"), (("references",), "reference_to_video")],
)
async def test_the_task_follows_from_what_the_request_starts_from(
    gemini: Gemini, cloud: Cloud, framed: Request, kept: tuple[str, ...], task: str
) -> None:
    bare: dict[str, object] = {"first_frame": None, "last_frame": None, "references": ()}
    request = framed.model_copy(update={name: value for name, value in bare.items() if name not in kept})
    remote = await gemini.submit(request, route("gemini-omni-flash-1.2"), KEY)
    assert cloud.jobs[remote].body["generation_config"] == {"seed": 41, "video_config": {"task": task}}


async def test_a_last_frame_alone_is_not_sent(gemini: Gemini, cloud: Cloud, framed: Request) -> None:
    with pytest.raises(CapabilityMissing, match="without beginning on one"):
        await gemini.submit(framed.model_copy(update={"first_frame": None}), route(), KEY)
    assert not cloud.log


async def test_a_clip_inside_the_answer_is_fetched_without_being_carried_in_the_sighting(gemini: Gemini, cloud: Cloud) -> None:
    cloud.odd.inline = True
    remote = await gemini.submit(KITE, route(), KEY)
    sighting = await ended(gemini, remote)
    assert sighting.outputs == (f"inline:{remote}",)
    assert (await fetched(gemini, sighting.outputs[0]))[4:8] == b"ftyp"


async def test_a_file_that_is_still_written_is_running_and_one_that_is_gone_has_expired(cloud: Cloud, gemini: Gemini) -> None:
    remote = await gemini.submit(KITE, route(), KEY)
    sighting = await ended(gemini, remote)
    cloud.speed = 0.001  # the file becomes ACTIVE a second after it was made, at speed 1
    cloud.jobs[remote].queue_s = cloud.jobs[remote].run_s = 0
    assert (await gemini.look(remote)).state is GenerationState.RUNNING
    cloud.advance(49 * 3600)
    with pytest.raises(OutputExpired):
        await gemini.look(remote)
    with pytest.raises(OutputExpired):
        await fetched(gemini, sighting.outputs[0])


async def test_the_key_goes_to_no_other_host(gemini: Gemini, cloud: Cloud) -> None:
    cloud.files.elsewhere = True
    sighting = await ended(gemini, await gemini.submit(KITE, route(), KEY))
    assert (await fetched(gemini, sighting.outputs[0]))[4:8] == b"ftyp"
    assert any(call.path.startswith("/results/") for call in cloud.log)
    assert not cloud.leaks


async def test_a_file_s_id_is_looked_for_at_our_own_address_whatever_host_is_told(gemini: Gemini) -> None:
    sighting = await ended(gemini, await gemini.submit(KITE, route(), KEY))
    id = sighting.outputs[0].rpartition("/files/")[2].partition(":")[0]
    for form in (
        f"files/{id}",
        f"https://elsewhere.invalid/v1beta/files/{id}",
        f"https://elsewhere.invalid/v1/files/{id}:download",
    ):
        assert (await fetched(gemini, form))[4:8] == b"ftyp"


async def test_a_refusal_that_looks_like_success_is_a_refusal_that_costs_nothing(gemini: Gemini, cloud: Cloud) -> None:
    cloud.faults.add("moderation_later", "create", count=1)
    sighting = await ended(gemini, await gemini.submit(KITE, route(), KEY))
    assert (sighting.state, sighting.error_code, sighting.error) == (GenerationState.FAILED, "content_rejected", SORRY)
    assert sighting.cost_usd == 0 == cloud.submissions[0].cost_usd


async def test_a_charged_clip_that_the_answer_does_not_hold_is_read_once_more_and_never_made_again(
    gemini: Gemini, cloud: Cloud
) -> None:
    remote = await gemini.submit(KITE, route(), KEY)
    cloud.odd.lost = 1
    assert (await ended(gemini, remote)).state is GenerationState.READY
    cloud.odd.lost = 2
    sighting = await gemini.look(remote)
    assert (sighting.state, sighting.error_code) == (GenerationState.FAILED, "output_broken")
    assert "charged" in str(sighting.error)
    assert sighting.cost_usd == cloud.submissions[0].cost_usd
    assert len(cloud.submissions) == 1


async def test_a_look_that_is_answered_400_is_a_look_to_be_repeated(gemini: Gemini, cloud: Cloud) -> None:
    remote = await gemini.submit(KITE, route(), KEY)
    cloud.odd.spurious_400 = 1
    with pytest.raises(ProviderUnavailable, match="Invalid interaction name"):
        await gemini.look(remote)
    assert (await ended(gemini, remote)).state is GenerationState.READY


async def test_a_failure_and_an_end_by_us_are_told_apart_and_an_unknown_state_goes_on(gemini: Gemini, cloud: Cloud) -> None:
    cloud.faults.add("fails_later", "create", count=1)
    failed = await ended(gemini, await gemini.submit(KITE, route(), KEY))
    assert (failed.error_code, failed.error) == ("provider_unavailable", "The model broke off. Please try again.")
    cloud.faults.add("endless", "create", count=1)
    remote = await gemini.submit(KITE, route(), KEY)
    cloud.faults.add("unknown_state", "look", count=1)
    assert (await gemini.look(remote)).state is GenerationState.RUNNING
    await gemini.cancel(remote)
    assert (await gemini.look(remote)).state is GenerationState.CANCELLED
    await gemini.cancel(remote)  # it has ended: nothing happens


@pytest.mark.parametrize(
    ("fault", "error", "said"),
    [
        ("unauthorised", AuthenticationFailed, "GEMINI_API_KEY"),
        ("no_credit", InsufficientCredit, "prepayment credits are depleted"),
        ("moderation", ContentRejected, "usage guidelines"),
        ("rate_limited", RateLimited, "too many requests"),
        ("reset_after", SubmitOutcomeUnknown, "took a paid request is not known"),
        ("internal_after", SubmitOutcomeUnknown, "HTTP 500"),
        ("unavailable", SubmitOutcomeUnknown, "overloaded"),
        ("html_page", SubmitOutcomeUnknown, "a web page came"),
    ],
)
@pytest.mark.parametrize("listed", [False, True])
async def test_each_refusal_of_a_create_is_told_in_words_without_the_key(
    gemini: Gemini, cloud: Cloud, fault: str, error: type[StoryreelError], said: str, listed: bool
) -> None:
    cloud.odd.list_errors = listed
    cloud.faults.add(fault, "create", count=1, retry_after_s=7)
    with pytest.raises(error, match=said) as caught:
        await gemini.submit(KITE, route(), KEY)
    assert cloud.key not in str(caught.value)
    assert not isinstance(caught.value, RateLimited) or caught.value.retry_after_s == 7
    assert len([call for call in cloud.log if call.method == "POST"]) == 1


@pytest.mark.parametrize(
    ("status", "told", "error", "said"),
    [
        (
            400,
            {"code": 400, "status": "INVALID_ARGUMENT", "message": "API key not valid."},
            AuthenticationFailed,
            "GEMINI_API_KEY",
        ),
        (429, {"code": 429, "message": "Quota exceeded, free_tier limit: 0, model: x"}, InsufficientCredit, "limit: 0"),
        (400, {"code": 400, "status": "FAILED_PRECONDITION", "message": "Enable billing first."}, InsufficientCredit, "billing"),
        (
            400,
            {"code": 400, "status": "FAILED_PRECONDITION", "message": "User location is not supported."},
            InvalidRequest,
            "not serve this account from here",
        ),
        (400, {"code": "safety", "message": "Blocked: SAFETY"}, ContentRejected, "Blocked"),
        (400, {"code": "invalid_request", "message": "safety_settings is not supported"}, InvalidRequest, "safety_settings"),
        (403, {"code": "forbidden", "message": "no"}, AuthenticationFailed, "GEMINI_API_KEY"),
        (429, {"code": 429, "details": [{"retryDelay": "13s"}]}, RateLimited, "in 13 s"),
        (400, "odd", InvalidRequest, "odd"),
        (200, {"code": 13, "message": "late"}, SubmitOutcomeUnknown, "late"),
    ],
)
async def test_what_google_says_is_told_as_what_it_means(
    gemini: Gemini, cloud: Cloud, status: int, told: JSON, error: type[StoryreelError], said: str
) -> None:
    cloud.odd.says = (status, told)
    with pytest.raises(error, match=said):
        await gemini.submit(KITE, route(), KEY)


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("incomplete", "ran out of tokens"),
        ("requires_action", "a tool's answer"),
        ("requires_continuation", "second paid request"),
    ],
)
async def test_an_end_without_a_clip_is_told_with_what_it_cost(gemini: Gemini, cloud: Cloud, end: str, said: str) -> None:
    cloud.odd.end = end
    sighting = await ended(gemini, await gemini.submit(KITE, route(), KEY))
    assert (sighting.error_code, said in str(sighting.error)) == ("output_broken", True)
    assert sighting.cost_usd == cloud.submissions[0].cost_usd


async def test_a_length_that_the_model_does_not_make_is_told_with_its_limit(gemini: Gemini) -> None:
    with pytest.raises(InvalidRequest, match="between 3s and 10s"):
        await gemini.submit(KITE.model_copy(update={"seconds": 12.0}), route(), KEY)


async def test_a_closed_model_is_told_so(gemini: Gemini) -> None:
    gone = route().model_copy(update={"remote_name": "gemini-omni-flash-preview"})
    with pytest.raises(InvalidRequest, match="storyreel models"):
        await gemini.submit(KITE, gone, KEY)


async def test_without_a_key_nothing_is_sent_and_a_lost_create_is_never_looked_for(cloud: Cloud, tmp_path: Path) -> None:
    http = Http()
    account = replace(an_account("gemini", cloud.url), setting="GEMINI_API_KEY", key=None)
    gemini = Gemini(a_kit(tmp_path, account=account, http=http))
    with pytest.raises(AuthenticationFailed, match="Set GEMINI_API_KEY"):
        await gemini.submit(KITE, route(), KEY)
    with pytest.raises(SubmitOutcomeUnknown, match="no listing"):
        await gemini.find(KEY)
    assert not cloud.log
    await http.close()


async def test_a_picture_is_drawn_in_view_of_others_kept_and_priced(gemini: Gemini, cloud: Cloud, framed: Request) -> None:
    request = framed.model_copy(update={"size": Size(width_px=1280, height_px=720), "last_frame": None})
    remote = await gemini.submit(request, route("nano-banana-2.1"), KEY)
    sighting = await gemini.look(remote)
    drawn = Image.open(io.BytesIO(await fetched(gemini, sighting.outputs[0])))
    assert (drawn.format, drawn.size) == ("PNG", (1376, 768))
    assert sighting.cost_usd == Decimal("0.0336") == cloud.submissions[0].cost_usd
    assert len(cloud.jobs[cloud.submissions[0].id].asked.references) == 2
    await gemini.cancel(remote)


async def test_an_answer_without_a_picture_is_a_refusal(gemini: Gemini, cloud: Cloud) -> None:
    cloud.faults.add("moderation_later", "create", count=1)
    with pytest.raises(ContentRejected, match="goes against our policies"):
        await gemini.submit(KITE, route("nano-banana-2.1"), KEY)
    assert not cloud.submissions


async def test_a_relay_that_still_serves_veo_s_old_door_is_asked_by_a_route_of_one_s_own(
    gemini: Gemini, cloud: Cloud, framed: Request
) -> None:
    cloud.odd.veo_open = True
    at_google = next(route for route in load_catalogue().model("veo-3.1-fast").routes if route.provider == "vertex")
    words = {name: word for name, word in at_google.parameters.items() if name != "sound"}  # always on there
    door = at_google.model_copy(
        update={"provider": "gemini", "remote_name": "veo-3.1-fast-generate-preview", "parameters": words}
    )
    changes = {"references": (), "last_frame": None, "size": Size(width_px=1280, height_px=720)}
    request = framed.model_copy(update=changes)
    remote = await gemini.submit(request, door, KEY)
    await gemini.cancel(remote)  # nothing: it cannot be ended
    sighting = await ended(gemini, remote)
    cloud.advance(10)
    assert (await fetched(gemini, sighting.outputs[0]))[4:8] == b"ftyp"
    cloud.odd.veo_open = False
    with pytest.raises(InvalidRequest, match="storyreel models"):
        await gemini.submit(request, door, KEY)
