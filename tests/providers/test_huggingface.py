"""Hugging Face: who serves a model, eight wires, errors of each kind. Requirements C1, C2, C4, C5."""

from collections.abc import AsyncGenerator
from dataclasses import replace
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
from storyreel.media.pictures import png_bytes
from storyreel.providers.http import Http
from storyreel.providers.huggingface.mapping import Memory, read_served
from storyreel.providers.huggingface.provider import HuggingFace as Adapter
from storyreel.providers.port import Kit
from storyreel.standins.fixtures import Standin
from storyreel.standins.huggingface import HuggingFace as Cloud
from storyreel.standins.huggingface_upstreams import TOGETHER_MOST
from storyreel.standins.refusals import Refusal
from tests.providers.kits import Pictures, a_kit, an_account

T2V, I2V, FLUX = "Wan-AI/Wan2.2-T2V-A14B", "Wan-AI/Wan2.2-I2V-A14B", "black-forest-labs/FLUX.1-dev"
KEY = Key(film="fox", shot="s1", take=1, route=f"huggingface:{T2V}@huggingface")
CLIP = Request(prompt="a kite over the sea", seconds=2, size=Size(width_px=854, height_px=480), seed=7)
STILL = Request(prompt="a kite", seconds=1 / 24, size=Size(width_px=512, height_px=256), still=True)


@pytest.fixture
async def cloud(standin: Standin) -> Cloud:
    return await standin(Cloud, speed=1e5)


@pytest.fixture
async def kit(cloud: Cloud, tmp_path: Path) -> AsyncGenerator[Kit]:
    http = Http()
    yield a_kit(
        tmp_path, account=replace(an_account("huggingface", cloud.url, cloud.key, hub=cloud.url), setting="HF_TOKEN"), http=http
    )
    await http.close()


def told(kit: Kit, **facts: str) -> Kit:
    return replace(kit, account=replace(kit.account, facts={**kit.account.facts, **facts}))


def route(name: str, entry: str = "huggingface") -> Route:
    return load_catalogue().model(f"{entry}:{name}").routes[0]


def pictured(request: Request, folder: Path, side_px: int = 320) -> Request:
    noise = Image.effect_noise((side_px, side_px * 9 // 16), 80).convert("RGB")
    return request.model_copy(update={"first_frame": Pictures(folder).put(png_bytes(noise))})


async def ended(adapter: Adapter, remote: str) -> Sighting:
    while not (seen := await adapter.look(remote)).state.ended:
        pass
    return seen


async def fetched(adapter: Adapter, seen: Sighting) -> bytes:
    return b"".join([piece async for piece in adapter.fetch(seen.outputs[0])])


@pytest.mark.parametrize("provider", ["fal-ai", "replicate", "novita", "wavespeed", "together"])
async def test_a_clip_is_made_through_each_provider_and_found_again_after_a_restart(
    cloud: Cloud, kit: Kit, provider: str
) -> None:
    remote = await Adapter(kit).submit(CLIP, route(f"{T2V}:{provider}"), KEY)
    later = Adapter(kit)  # knows nothing but the remote id
    seen = await ended(later, remote)
    assert (seen.state, (await fetched(later, seen))[4:8]) == (GenerationState.READY, b"ftyp")
    (job,) = cloud.jobs.values()
    assert (job.facts["provider"], job.asked.prompt, job.asked.seed) == (provider, CLIP.prompt, CLIP.seed)
    assert not cloud.leaks


@pytest.mark.parametrize("provider", ["fal-ai", "replicate", "together"])
async def test_a_clip_is_as_long_and_as_large_as_was_asked(cloud: Cloud, kit: Kit, provider: str) -> None:
    await Adapter(kit).submit(CLIP, route(f"{T2V}:{provider}"), KEY)
    (job,) = cloud.jobs.values()
    assert (job.asked.seconds, job.asked.fps, job.asked.size) == (2, 24, (854, 480))


@pytest.mark.parametrize("provider", ["fal-ai", "wavespeed", "together"])
async def test_a_picture_is_animated_and_fits_what_the_provider_takes(
    cloud: Cloud, kit: Kit, tmp_path: Path, provider: str
) -> None:
    await Adapter(kit).submit(pictured(CLIP, tmp_path, side_px=1280), route(f"{I2V}:{provider}"), KEY)
    (job,) = cloud.jobs.values()
    assert job.asked.first is not None
    assert provider != "together" or len(job.asked.first) * 4 / 3 < TOGETHER_MOST


async def test_a_model_that_takes_picture_and_text_together_is_served_too(cloud: Cloud, kit: Kit, tmp_path: Path) -> None:
    await Adapter(kit).submit(pictured(CLIP, tmp_path), route("MiniMaxAI/MiniMax-H3"), KEY)
    assert [bool(job.asked.first) for job in cloud.jobs.values()] == [True]


async def test_first_and_last_frame_go_where_there_is_a_word_for_them(cloud: Cloud, kit: Kit, tmp_path: Path) -> None:
    both = pictured(CLIP, tmp_path)
    await Adapter(kit).submit(both.model_copy(update={"last_frame": both.first_frame}), route(f"{I2V}:fal-ai"), KEY)
    (job,) = cloud.jobs.values()
    assert job.asked.first
    assert job.asked.last


@pytest.mark.parametrize("provider", ["fal-ai", "replicate", "together", "nscale", "wavespeed", "hf-inference"])
async def test_a_picture_is_made_and_kept_for_a_look_after_a_restart(cloud: Cloud, kit: Kit, provider: str) -> None:
    remote = await Adapter(kit).submit(STILL, route(f"{FLUX}:{provider}", "huggingface-images"), KEY)
    later = Adapter(kit)
    seen = await ended(later, remote)
    assert (await fetched(later, seen))[:3] == b"\xff\xd8\xff"
    (job,) = cloud.jobs.values()
    assert job.asked.size == (512, 256)


@pytest.mark.parametrize("provider", ["fal-ai", "replicate", "together", "wavespeed", "hf-inference"])
async def test_a_picture_is_changed_in_view_of_a_reference(cloud: Cloud, kit: Kit, tmp_path: Path, provider: str) -> None:
    first = pictured(STILL, tmp_path).first_frame
    assert first is not None
    model = "black-forest-labs/FLUX.1-Kontext-dev"
    adapter = Adapter(kit)
    remote = await adapter.submit(
        STILL.model_copy(update={"references": (first,)}), route(f"{model}:{provider}", "huggingface-images"), KEY
    )
    assert (await ended(adapter, remote)).state is GenerationState.READY
    (job,) = cloud.jobs.values()
    assert job.asked.first


async def test_a_picture_by_jobs_comes_from_zai(kit: Kit) -> None:
    adapter = Adapter(kit)
    remote = await adapter.submit(STILL, route("zai-org/GLM-Image", "huggingface-images"), KEY)
    assert (await ended(adapter, remote)).state is GenerationState.READY


async def test_a_lora_is_named_to_its_provider(cloud: Cloud, kit: Kit) -> None:
    await Adapter(kit).submit(STILL, route("aleksa-codes/flux-ghibsky-illustration", "huggingface-images"), KEY)
    (job,) = cloud.jobs.values()
    where = "https://huggingface.co/aleksa-codes/flux-ghibsky-illustration/resolve/main/lora_v2.safetensors"
    assert job.body["loras"] == [{"path": where, "scale": 1}]


async def test_an_answer_that_comes_with_its_result_is_waited_for_longer(standin: Standin, kit: Kit) -> None:
    slow = await standin(Cloud, speed=100)  # the clip takes 0.44 s
    account = replace(kit.account, base_url=slow.url, facts={"hub": slow.url}, timeout_s=0.1)
    remote = await Adapter(replace(kit, account=account)).submit(CLIP, route(f"{T2V}:novita"), KEY)
    assert "http" not in remote  # the address may be signed: it is no part of what the database keeps


async def test_who_pays_and_by_whose_money_is_told(cloud: Cloud, kit: Kit) -> None:
    await Adapter(told(kit, bill_to="acme")).submit(CLIP, route(T2V), KEY)
    assert [job.facts["bill_to"] for job in cloud.jobs.values()] == ["acme"]


# Who serves a model.


async def test_the_hubs_order_holds_unless_the_user_has_one(kit: Kit) -> None:
    async def order(facts: str = "") -> list[str]:
        adapter = Adapter(told(kit, providers=facts))
        return [one.provider for one in await adapter.fitting(T2V, still=False, picture=False)]

    assert await order() == ["fal-ai", "replicate", "novita", "wavespeed", "together"]
    assert await order("wavespeed, -fal-ai, novita") == ["wavespeed", "novita", "replicate", "together"]


async def test_the_mapping_is_asked_once_in_half_an_hour(cloud: Cloud, kit: Kit) -> None:
    time = [0.0]
    adapter = Adapter(kit, memory=Memory(now=lambda: time[0]))
    asked: list[int] = []
    for time[0] in (0, 1799, 1801):
        await adapter.fitting(T2V, still=False, picture=False)
        asked.append(sum(call.path.startswith("/api/models/") for call in cloud.log))
    assert asked == [1, 1, 2]


async def test_the_mappings_life_is_a_setting_and_a_wrong_one_is_named(cloud: Cloud, kit: Kit) -> None:
    adapter = Adapter(told(kit, mapping_life_s="0"))
    for _ in range(2):
        await adapter.fitting(T2V, still=False, picture=False)
    assert sum(call.path.startswith("/api/models/") for call in cloud.log) == 2
    with pytest.raises(InvalidRequest, match="HF_MAPPING_LIFE cannot be 'long'"):
        Adapter(told(kit, mapping_life_s="long"))


async def test_what_is_staged_or_broken_is_left_out_and_can_be_pinned_all_the_same(kit: Kit) -> None:
    adapter = Adapter(kit)
    live = await adapter.fitting("Wan-AI/Wan2.2-TI2V-5B", still=False, picture=False)
    assert [one.provider for one in live] == ["fal-ai", "replicate"]
    with pytest.raises(InvalidRequest, match=r"novita \(staging\), fal-ai \(error\)\. Name one .*Lightricks/LTX-Video:novita"):
        await adapter.fitting("Lightricks/LTX-Video", still=False, picture=False)
    pinned = await adapter.fitting("Lightricks/LTX-Video:novita", still=False, picture=False)
    assert [(one.provider, one.status) for one in pinned] == [("novita", "staging")]


@pytest.mark.parametrize(
    ("name", "error", "message"),
    [
        (f"{T2V}:groq", InvalidRequest, f"groq does not serve {T2V}. Its providers: fal-ai, novita, replicate"),
        (I2V, CapabilityMissing, "text-to-video; it is served for image-to-video at fal-ai"),
        ("meta-llama/Llama-3.3-70B-Instruct", CapabilityMissing, "conversational at together"),
        ("nobody/nothing", InvalidRequest, "The Hub has no such model"),
        ("just-a-name", InvalidRequest, "has the form owner/name"),
    ],
)
async def test_a_model_that_cannot_be_ordered_is_refused_before_anything_is_sent(
    cloud: Cloud, kit: Kit, name: str, error: type[StoryreelError], message: str
) -> None:
    with pytest.raises(error, match=message):
        await Adapter(kit).submit(CLIP, route(name), KEY)
    assert not cloud.submissions


async def test_everything_that_is_served_is_listed_page_by_page(cloud: Cloud, kit: Kit) -> None:
    listed = [one async for one in Adapter(kit).mappings.listing(provider="fal-ai", tasks=["text-to-video"])]
    assert [(one.model, one.status) for one in listed] == [
        (T2V, "live"),
        ("Wan-AI/Wan2.2-TI2V-5B", "live"),
        ("Lightricks/LTX-Video", "error"),
    ]


def test_both_shapes_of_a_mapping_are_read_and_what_is_incomplete_is_left_out() -> None:
    row: dict[str, JSON] = {"status": "live", "providerId": "x/y", "task": "text-to-video"}
    as_object = read_served("a/b", {"fal-ai": row, "novita": {"status": "live"}})
    assert as_object == read_served("a/b", [{"provider": "fal-ai", **row}, {"provider": "novita"}, "odd"])
    assert read_served("a/b", None) == ()


@pytest.mark.parametrize(
    ("name", "there", "note"),
    [
        (T2V, True, ""),
        (f"{T2V}:groq", False, ""),
        ("nobody/nothing", False, ""),
        ("Lightricks/LTX-Video", True, "No provider is live: novita (staging), fal-ai (error)."),
    ],
)
async def test_the_catalogue_is_compared_with_who_serves_a_model_now(kit: Kit, name: str, there: bool, note: str) -> None:
    listed = await Adapter(kit).listed(route(name))
    assert (listed.there, listed.note) == (there, note)


# What goes wrong.


@pytest.mark.parametrize(
    ("refusal", "error", "message"),
    [
        (Refusal.UNAUTHORISED, AuthenticationFailed, "refuses the key in HF_TOKEN"),
        (Refusal.NO_CREDIT, InsufficientCredit, "fal-ai: Pay-as-you go is not enabled"),
        (Refusal.NOT_FOUND, InvalidRequest, "fal-ai through Hugging Face does not find fal-ai/wan/v2.2-a14b/text-to-video"),
        (Refusal.INVALID, InvalidRequest, "fal-ai through Hugging Face refuses the request: prompt: try again later"),
        (Refusal.MODERATION, ContentRejected, "flagged by a content checker"),
        (Refusal.RATE_LIMITED, RateLimited, "too many requests"),
        (Refusal.UNAVAILABLE, SubmitOutcomeUnknown, "HTTP 503"),
        (Refusal.BAD_GATEWAY, SubmitOutcomeUnknown, "HTTP 502"),
    ],
)
async def test_each_refusal_is_an_error_of_its_own_with_what_to_do(
    cloud: Cloud, kit: Kit, refusal: Refusal, error: type[StoryreelError], message: str
) -> None:
    cloud.refusing = {"fal-ai": refusal}
    with pytest.raises(error, match=message) as raised:
        await Adapter(kit).submit(CLIP, route(T2V), KEY)
    assert cloud.key not in str(raised.value)


@pytest.mark.parametrize("provider", ["replicate", "novita", "wavespeed", "together"])
async def test_every_providers_moderator_is_understood(cloud: Cloud, kit: Kit, provider: str) -> None:
    cloud.refusing = {provider: Refusal.MODERATION}
    with pytest.raises(ContentRejected, match="flagged"):
        await Adapter(kit).submit(CLIP, route(f"{T2V}:{provider}"), KEY)


async def test_a_gated_model_says_where_its_terms_are(cloud: Cloud, kit: Kit) -> None:
    cloud.gated = frozenset({FLUX})
    with pytest.raises(InvalidRequest, match=f"{FLUX} is gated. Accept its terms at https://huggingface.co/{FLUX}"):
        await Adapter(kit).submit(STILL, route(FLUX, "huggingface-images"), KEY)


async def test_without_a_key_nothing_is_asked_of_anyone(cloud: Cloud, kit: Kit) -> None:
    keyless = replace(kit, account=replace(kit.account, key=None))
    with pytest.raises(AuthenticationFailed, match="Set HF_TOKEN"):
        await Adapter(keyless).submit(CLIP, route(T2V), KEY)
    assert not cloud.log


@pytest.mark.parametrize("fault", ["reset_after", "internal_after", "html_page", "cut_off"])
async def test_a_lost_answer_leaves_the_order_unknown_and_nothing_to_look_for(cloud: Cloud, kit: Kit, fault: str) -> None:
    adapter = Adapter(kit)
    cloud.faults.add(fault, "create")
    with pytest.raises(SubmitOutcomeUnknown):
        await adapter.submit(CLIP, route(T2V), KEY)
    with pytest.raises(SubmitOutcomeUnknown, match="keeps no list"):
        await adapter.find(KEY)


@pytest.mark.parametrize("provider", ["fal-ai", "replicate", "wavespeed", "together"])
@pytest.mark.parametrize(("fault", "code"), [("moderation_later", "content_rejected"), ("fails_later", "provider_unavailable")])
async def test_a_generation_that_comes_to_nothing_tells_why(cloud: Cloud, kit: Kit, provider: str, fault: str, code: str) -> None:
    cloud.faults.add(fault)
    adapter = Adapter(kit)
    seen = await ended(adapter, await adapter.submit(CLIP, route(f"{T2V}:{provider}"), KEY))
    assert (seen.state, seen.error_code) == (GenerationState.FAILED, code)
    assert seen.error


async def test_a_state_that_nobody_knows_is_work_in_progress(cloud: Cloud, kit: Kit) -> None:
    adapter = Adapter(kit)
    remote = await adapter.submit(CLIP, route(T2V), KEY)
    cloud.faults.add("unknown_state", count=1)
    assert (await adapter.look(remote)).state is GenerationState.RUNNING


@pytest.mark.parametrize(("provider", "ends"), [("fal-ai", True), ("replicate", True), ("wavespeed", False)])
async def test_what_can_be_cancelled_is_and_the_rest_goes_on(standin: Standin, kit: Kit, provider: str, ends: bool) -> None:
    slow = await standin(Cloud, speed=1000)
    adapter = Adapter(replace(kit, account=replace(kit.account, base_url=slow.url, facts={"hub": slow.url})))
    slow.faults.add("endless")
    remote = await adapter.submit(CLIP, route(f"{T2V}:{provider}"), KEY)
    await adapter.cancel(remote)
    await adapter.cancel(remote)  # twice does no harm
    assert ((await adapter.look(remote)).state is GenerationState.CANCELLED) is ends


async def test_an_old_link_has_expired(cloud: Cloud, kit: Kit) -> None:
    adapter = Adapter(kit)
    seen = await ended(adapter, await adapter.submit(CLIP, route(T2V), KEY))
    cloud.advance(2 * 3600)
    with pytest.raises(OutputExpired):
        await fetched(adapter, seen)


async def test_a_hub_that_is_away_leaves_the_order_unsent(cloud: Cloud, kit: Kit) -> None:
    cloud.faults.add("unavailable", "other")
    with pytest.raises(ProviderUnavailable):
        await Adapter(kit).submit(CLIP, route(T2V), KEY)
    assert not cloud.submissions


async def test_together_tells_what_a_clip_cost(cloud: Cloud, kit: Kit) -> None:
    adapter = Adapter(kit)
    seen = await ended(adapter, await adapter.submit(CLIP, route(f"{T2V}:together"), KEY))
    assert seen.cost_usd == cloud.submissions[0].cost_usd
