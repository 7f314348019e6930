"""OpenRouter's videos: its own contract under a well-known path. Requirements B7, F2."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image

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
from storyreel.domain.generation import GenerationState, Key, RemoteId, Repeat, Request, Sighting
from storyreel.domain.model import Route
from storyreel.domain.values import Size
from storyreel.media.pictures import png_bytes
from storyreel.providers.http import Http
from storyreel.providers.huggingface.refusal import code_of
from storyreel.providers.openai_errors import Told, failure_code
from storyreel.providers.openrouter import OpenRouter as Adapter
from storyreel.providers.port import Kit
from storyreel.standins.fixtures import Standin
from storyreel.standins.jobs import Life
from storyreel.standins.openrouter import STATES
from storyreel.standins.openrouter import OpenRouter as Cloud
from tests.providers.kits import Pictures, a_kit, an_account

KEY = Key(film="paper-boat", shot="s1", take=1, route="openrouter:alibaba/wan-2.7@openrouter")
ASKED = Request(prompt="a paper boat", seconds=2, size=Size(width_px=1280, height_px=720), sound=False)


@pytest.fixture
async def cloud(standin: Standin) -> Cloud:
    return await standin(Cloud, speed=1e6)


@pytest.fixture
async def kit(cloud: Cloud, tmp_path: Path) -> AsyncGenerator[Kit]:
    http = Http()
    account = replace(an_account("openrouter", f"{cloud.url}/api/v1", cloud.key), setting="OPENROUTER_API_KEY")
    yield a_kit(tmp_path, account=account, http=http)
    await http.close()


def route(model: str = "alibaba/wan-2.7") -> Route:
    return load_catalogue().model(f"openrouter:{model}").routes[0]


async def ended(adapter: Adapter, remote: RemoteId) -> Sighting:
    while not (seen := await adapter.look(remote)).state.ended:
        pass
    return seen


async def test_a_clip_comes_with_its_bill(kit: Kit, cloud: Cloud) -> None:
    adapter = Adapter(kit)
    remote = await adapter.submit(ASKED, route(), KEY)

    seen = await ended(adapter, remote)
    clip = b"".join([piece async for piece in adapter.fetch(seen.outputs[0])])

    assert (seen.state, seen.cost_usd, clip[4:8]) == (GenerationState.READY, Decimal("0.2"), b"ftyp")
    assert cloud.jobs[remote].body == {
        "model": "alibaba/wan-2.7",
        "prompt": "a paper boat",
        "duration": 2,
        "resolution": "720p",
        "aspect_ratio": "16:9",
        "generate_audio": False,
    }


async def test_frames_and_references_are_each_in_their_own_list(kit: Kit, cloud: Cloud, tmp_path: Path) -> None:
    first, last, one, two = (png_bytes(Image.new("RGB", (64, 36), colour)) for colour in ("red", "blue", "green", "white"))
    put = Pictures(tmp_path).put
    framed = ASKED.model_copy(update={"first_frame": put(first), "last_frame": put(last)})
    alike = ASKED.model_copy(update={"references": (put(one), put(two))})

    remotes = [await Adapter(kit).submit(request, route(), KEY) for request in (framed, alike)]

    shown = [cloud.jobs[remote].asked for remote in remotes]
    assert (shown[0].first, shown[0].last, shown[1].references) == (first, last, (one, two))


async def test_a_state_that_nobody_documents_is_that_of_a_job_that_runs(kit: Kit, cloud: Cloud) -> None:
    cloud.faults.add("unknown_state", count=1)
    adapter = Adapter(kit)
    remote = await adapter.submit(ASKED, route(), KEY)

    assert (await adapter.look(remote)).state is GenerationState.RUNNING


@pytest.mark.parametrize(("fault", "code"), [("moderation_later", "content_rejected"), ("fails_later", "provider_unavailable")])
async def test_a_job_that_failed_says_why_and_costs_nothing(fault: str, code: str, kit: Kit, cloud: Cloud) -> None:
    cloud.faults.add(fault)
    adapter = Adapter(kit)

    seen = await ended(adapter, await adapter.submit(ASKED, route(), KEY))

    assert (seen.state, seen.error_code, seen.cost_usd) == (GenerationState.FAILED, code, Decimal(0))


async def test_nothing_there_can_be_ended_or_found_by_our_key(kit: Kit, cloud: Cloud) -> None:
    adapter = Adapter(kit)
    remote = await adapter.submit(ASKED, route(), KEY)

    await adapter.cancel(remote)

    assert (await ended(adapter, remote)).state is GenerationState.READY
    assert adapter.repeat is Repeat.NONE
    with pytest.raises(SubmitOutcomeUnknown, match="no listing"):
        await adapter.find(KEY)


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        ("unauthorised", AuthenticationFailed, "OPENROUTER_API_KEY"),
        ("no_credit", InsufficientCredit, "Add credit"),
        ("rate_limited", RateLimited, "in 1 s"),
        ("moderation", ContentRejected, "refused the prompt: Your input was flagged"),
        ("unavailable", SubmitOutcomeUnknown, "503"),
        ("reset_after", SubmitOutcomeUnknown, "look for it"),
        ("html_page", SubmitOutcomeUnknown, "web page"),
    ],
)
async def test_what_a_create_is_refused_for_is_said(
    fault: str, kind: type[StoryreelError], words: str, kit: Kit, cloud: Cloud
) -> None:
    cloud.faults.add(fault, "create")

    with pytest.raises(kind, match=words) as error:
        await Adapter(kit).submit(ASKED, route(), KEY)

    assert cloud.key not in str(error.value)


async def test_what_a_model_there_cannot_do_is_told_in_its_words(kit: Kit, cloud: Cloud) -> None:
    with pytest.raises(InvalidRequest, match="openrouter refuses duration: duration 20 is not supported; supported: 2, 3"):
        await Adapter(kit).submit(ASKED.model_copy(update={"seconds": 20.0}), route(), KEY)
    with pytest.raises(InvalidRequest, match="No endpoints found for nobody/none"):
        await Adapter(kit).submit(ASKED, route("nobody/none"), KEY)

    assert not cloud.submissions


@pytest.mark.parametrize("fault", ["unavailable", "html_page"])
async def test_a_look_without_an_answer_may_be_made_again(fault: str, kit: Kit, cloud: Cloud) -> None:
    adapter = Adapter(kit)
    remote = await adapter.submit(ASKED, route(), KEY)
    cloud.faults.add(fault, "look", count=1)

    with pytest.raises(ProviderUnavailable):
        await adapter.look(remote)


async def test_a_job_that_was_given_up_has_timed_out(kit: Kit, cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(STATES, Life.FAILED, "expired")
    cloud.faults.add("fails_later")
    adapter = Adapter(kit)

    seen = await ended(adapter, await adapter.submit(ASKED, route(), KEY))

    assert (seen.state, seen.error_code) == (GenerationState.FAILED, "timed_out")


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("Request timed out after 600 s", "timed_out"),
        ("context deadline exceeded", "timed_out"),
        ("upstream timeout", "timed_out"),
        ("out of memory", "provider_unavailable"),
        ("flagged by moderation after a timeout", "content_rejected"),
    ],
)
def test_a_reason_that_speaks_of_time_is_a_time_out(reason: str, code: str) -> None:
    assert (failure_code(Told(reason)), code_of(reason)) == (code, code)


async def test_a_result_that_is_gone_has_expired(kit: Kit, cloud: Cloud) -> None:
    adapter = Adapter(kit)
    seen = await ended(adapter, await adapter.submit(ASKED, route(), KEY))
    cloud.faults.add("expired_link", "fetch", count=1)

    with pytest.raises(OutputExpired):
        _ = [piece async for piece in adapter.fetch(seen.outputs[0])]


async def test_its_feed_tells_what_a_model_takes_and_costs(kit: Kit, cloud: Cloud) -> None:
    adapter = Adapter(kit)

    veo, hailuo, none = [await adapter.listed(route(name)) for name in ("google/veo-3.1", "minimax/hailuo-2.3", "nobody/none")]

    assert (veo.there, veo.usd_per_second) == (True, Decimal("0.40"))
    assert veo.parameters is not None
    assert hailuo.parameters is not None
    assert (veo.parameters["duration"], "last_frame" in veo.parameters) == (("4", "6", "8"), True)
    assert {"last_frame", "generate_audio"} & hailuo.parameters.keys() == set()
    assert not none.there
    cloud.faults.add("html_page", count=1)
    with pytest.raises(ProviderUnavailable):
        await adapter.listed(route())
