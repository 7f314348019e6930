"""vsegpt: its list before its bill, errors inside HTTP 200, two ways to sign. Requirements A1, A3."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pydantic import SecretStr

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
from storyreel.domain.values import Size
from storyreel.media.pictures import png_bytes
from storyreel.providers.http import Http
from storyreel.providers.port import Kit
from storyreel.providers.vsegpt import Vsegpt as Adapter
from storyreel.standins.fixtures import Standin
from storyreel.standins.vsegpt import Vsegpt as Cloud
from tests.providers.kits import Pictures, a_kit, an_account

KEY = Key(film="fox", shot="s1", take=1, route="haiper-2.0@vsegpt")
WIDE = Size(width_px=1280, height_px=720)


@pytest.fixture
async def cloud(standin: Standin) -> Cloud:
    return await standin(Cloud, speed=1e6)


@pytest.fixture
async def kit(cloud: Cloud, tmp_path: Path) -> AsyncGenerator[Kit]:
    http = Http()
    account = replace(an_account("vsegpt", f"{cloud.url}/v1", cloud.key), setting="VSEGPT_API_KEY")
    yield a_kit(tmp_path, account=account, http=http)
    await http.close()


@pytest.fixture
def animated(tmp_path: Path) -> Request:
    digest = Pictures(tmp_path).put(png_bytes(Image.new("RGB", (320, 180), "teal")))
    return Request(prompt="snow starts falling", seconds=5, size=WIDE, first_frame=digest)


def route(name: str) -> Route:
    return load_catalogue().model(name).routes[0]


async def ended(adapter: Adapter, remote: str) -> Sighting:
    while not (seen := await adapter.look(remote)).state.ended:
        pass
    return seen


async def test_haiper_animates_a_picture_and_a_png_is_sent_as_a_real_jpeg(cloud: Cloud, kit: Kit, animated: Request) -> None:
    adapter = Adapter(kit)
    remote = await adapter.submit(animated, route("haiper-2.0"), KEY)
    seen = await ended(adapter, remote)
    clip = b"".join([piece async for piece in adapter.fetch(seen.outputs[0])])
    assert (seen.state, clip[4:8]) == (GenerationState.READY, b"ftyp")
    sent = cloud.jobs[remote].body
    assert (sent["model"], sent["action"], sent["aspect_ratio"]) == ("haiper-2.0", "generate", "16:9")
    assert cloud.jobs[remote].asked.first is not None  # the cloud decodes it, and takes nothing but JPEG
    assert not cloud.leaks


async def test_an_empty_text_is_said_as_the_tool_said_it(cloud: Cloud, kit: Kit, animated: Request) -> None:
    remote = await Adapter(kit).submit(animated.model_copy(update={"prompt": ""}), route("haiper-2.0"), KEY)
    assert cloud.jobs[remote].body["prompt"] == "animate image"


async def test_any_listed_model_is_named_by_its_id(cloud: Cloud, kit: Kit, animated: Request) -> None:
    remote = await Adapter(kit).submit(animated, route("vsegpt:img2vid-kling/pro25-turbo-10s"), KEY)
    assert (cloud.jobs[remote].model, cloud.jobs[remote].asked.seconds) == ("img2vid-kling/pro25-turbo-10s", 10)


@pytest.mark.parametrize(
    ("model", "wishes", "id"),
    [
        ("kling-2.5-turbo", {"seconds": 5}, "img2vid-kling/pro25-turbo"),
        ("kling-2.5-turbo", {"seconds": 10}, "img2vid-kling/pro25-turbo-10s"),
        ("veo-3.1-fast", {"seconds": 8, "sound": True}, "img2vid-google/veo3.1-fast-with-audio"),
        ("veo-3.1-fast", {"seconds": 8, "sound": False, "first_frame": None}, "txt2vid-google/veo3.1-fast-no-audio"),
    ],
)
async def test_what_is_part_of_an_id_comes_from_the_request(
    cloud: Cloud, kit: Kit, animated: Request, model: str, wishes: dict[str, Any], id: str
) -> None:
    _, way = load_catalogue().route(f"{model}@vsegpt", date(2026, 11, 21))
    remote = await Adapter(kit).submit(animated.model_copy(update=wishes), way, KEY)
    assert (cloud.jobs[remote].model, "model" in cloud.jobs[remote].body) == (id, True)


async def test_an_id_that_the_list_lacks_is_refused_with_near_ones_and_nothing_is_sent(
    cloud: Cloud, kit: Kit, animated: Request
) -> None:
    cloud.ids = tuple(id for id in cloud.ids if id != "haiper-2.0")
    with pytest.raises(
        InvalidRequest, match=r"lists no model 'haiper-2.0'.*img2vid-haiper-video-v2.*`storyreel models`"
    ) as wrong:
        await Adapter(kit).submit(animated, route("haiper-2.0"), KEY)
    assert wrong.value.field == "model"
    assert not [call for call in cloud.log if call.method == "POST"]


async def test_the_list_is_read_once_for_several_clips(cloud: Cloud, kit: Kit, animated: Request) -> None:
    adapter = Adapter(kit)
    for _ in range(2):
        await adapter.submit(animated, route("haiper-2.0"), KEY)
    assert [call.path for call in cloud.log].count("/v1/models") == 1


async def test_a_picture_is_not_given_to_a_model_that_would_not_look_at_it(kit: Kit, animated: Request) -> None:
    with pytest.raises(CapabilityMissing, match=r"start from a picture.*vsegpt:img2vid-ltx/097-distilled"):
        await Adapter(kit).submit(animated, route("vsegpt:txt2vid-ltx/097-distilled"), KEY)


@pytest.mark.parametrize("scheme", ["bearer", "key"])
async def test_the_status_is_signed_either_way(cloud: Cloud, kit: Kit, animated: Request, scheme: str) -> None:
    cloud.status_schemes = (scheme,)
    adapter = Adapter(kit)
    assert (await ended(adapter, await adapter.submit(animated, route("haiper-2.0"), KEY))).state is GenerationState.READY
    refused = sum(call.status == 401 for call in cloud.log)
    assert refused == (0 if scheme == "bearer" else 1)  # what worked is remembered


@pytest.mark.parametrize(
    ("fault", "error", "message"),
    [
        ("moderation", ContentRejected, "vsegpt refused the request: content rejected by moderation. Reword it"),
        ("no_credit", InsufficientCredit, "Add credit there"),
        ("unauthorised", AuthenticationFailed, "vsegpt refuses the key in VSEGPT_API_KEY"),
        ("rate_limited", RateLimited, "tries again in 1 s"),
        ("internal", SubmitOutcomeUnknown, "HTTP 500"),
        ("reset_after", SubmitOutcomeUnknown, "look for it in your account"),
        ("html_page", SubmitOutcomeUnknown, "a web page came instead"),
    ],
)
async def test_a_refused_order_says_what_to_do(
    cloud: Cloud, kit: Kit, animated: Request, fault: str, error: type[StoryreelError], message: str
) -> None:
    cloud.faults.add(fault, "create")
    with pytest.raises(error, match=message) as told:
        await Adapter(kit).submit(animated, route("haiper-2.0"), KEY)
    assert cloud.key not in str(told.value)


async def test_a_wrong_key_is_told_by_its_variable(kit: Kit, animated: Request) -> None:
    stranger = replace(kit, account=replace(kit.account, key=SecretStr("sk-wrong-0001")))
    with pytest.raises(AuthenticationFailed, match="VSEGPT_API_KEY"):
        await Adapter(stranger).submit(animated, route("haiper-2.0"), KEY)


async def test_a_model_that_is_switched_off_is_said_so(kit: Kit, animated: Request) -> None:
    with pytest.raises(InvalidRequest, match="Model img2vid-kling/standart16 is disabled"):
        await Adapter(kit).submit(animated, route("vsegpt:img2vid-kling/standart16"), KEY)


@pytest.mark.parametrize(("fault", "code"), [("moderation_later", "content_rejected"), ("fails_later", "provider_unavailable")])
async def test_a_generation_that_comes_to_nothing_tells_why(
    cloud: Cloud, kit: Kit, animated: Request, fault: str, code: str
) -> None:
    cloud.faults.add(fault)
    adapter = Adapter(kit)
    seen = await ended(adapter, await adapter.submit(animated, route("haiper-2.0"), KEY))
    assert (seen.state, seen.error_code) == (GenerationState.FAILED, code)
    assert seen.error


async def test_completed_without_an_address_is_a_failure(cloud: Cloud, kit: Kit, animated: Request) -> None:
    cloud.without_url = True
    adapter = Adapter(kit)
    seen = await ended(adapter, await adapter.submit(animated, route("haiper-2.0"), KEY))
    assert (seen.state, seen.error_code) == (GenerationState.FAILED, "output_broken")


async def test_a_state_that_nobody_knows_is_work_in_progress(cloud: Cloud, kit: Kit, animated: Request) -> None:
    adapter = Adapter(kit)
    remote = await adapter.submit(animated, route("haiper-2.0"), KEY)
    cloud.faults.add("unknown_state", count=1)
    assert (await adapter.look(remote)).state is GenerationState.RUNNING


async def test_an_old_link_has_expired(cloud: Cloud, kit: Kit, animated: Request) -> None:
    adapter = Adapter(kit)
    seen = await ended(adapter, await adapter.submit(animated, route("haiper-2.0"), KEY))
    cloud.advance(48 * 3600)
    with pytest.raises(OutputExpired):
        [piece async for piece in adapter.fetch(seen.outputs[0])]


async def test_a_list_that_does_not_come_leaves_the_order_unsent(cloud: Cloud, kit: Kit, animated: Request) -> None:
    cloud.faults.add("unavailable", "other")
    with pytest.raises(ProviderUnavailable):
        await Adapter(kit).submit(animated, route("haiper-2.0"), KEY)
    assert not cloud.submissions


async def test_a_lost_order_cannot_be_looked_for(kit: Kit) -> None:
    with pytest.raises(SubmitOutcomeUnknown, match="keeps no list"):
        await Adapter(kit).find(KEY)


async def test_the_balance_is_told_in_roubles(cloud: Cloud, kit: Kit) -> None:
    assert await Adapter(kit).balance() == cloud.credits_rub


async def test_the_catalogue_is_compared_with_the_list(cloud: Cloud, kit: Kit) -> None:
    cloud.ids = ("img2vid-kling/pro25-turbo-10s",)
    kling = await Adapter(kit).listed(load_catalogue().route("kling-2.5-turbo@vsegpt", date(2026, 11, 21))[1])
    assert (kling.there, kling.note) == (True, "Not in the list: txt2vid-kling/pro25-turbo.")
    assert not (await Adapter(kit).listed(route("haiper-2.0"))).there
