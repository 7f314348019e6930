"""`HuggingFaceMedia`: listing, mapping, results as they come, the next provider. Requirements C1, C2, C3, C4, C5, C6."""

import asyncio
import inspect
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest

from storyreel.compat import hugging_face_media
from storyreel.compat.hugging_face_media import HuggingFaceMedia
from storyreel.compat.media_answers import Answer, ImageResponse, MediaResponse, ProviderInfo, Reasoning, VideoResponse
from storyreel.compat.media_wishes import SIZES
from storyreel.domain.errors import (
    AuthenticationFailed,
    CapabilityMissing,
    ContentRejected,
    InsufficientCredit,
    InvalidRequest,
    ProviderUnavailable,
    StoryreelError,
    SubmitOutcomeUnknown,
    TimedOut,
)
from storyreel.media.probe import probe
from storyreel.providers.huggingface.mapping import Memory
from storyreel.standins.fixtures import Standin
from storyreel.standins.huggingface import HuggingFace as Cloud
from storyreel.standins.refusals import Refusal

T2V, I2V, FLUX = "Wan-AI/Wan2.2-T2V-A14B", "Wan-AI/Wan2.2-I2V-A14B", "black-forest-labs/FLUX.1-dev"
SMALL: dict[str, Any] = {"num_frames": 17, "seed": 11}


def settle(cloud: Cloud, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in cloud.environment(cloud.url).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("STORYREEL_HOME", str(home))
    monkeypatch.setattr(HuggingFaceMedia, "_memory", Memory())
    monkeypatch.setattr(HuggingFaceMedia, "_listed_at", float("-inf"))
    monkeypatch.setattr(HuggingFaceMedia, "interval_s", 0.005)
    for name in ("models", "image_models", "video_models"):
        monkeypatch.setattr(HuggingFaceMedia, name, [])
    for name in ("task_mapping", "provider_mapping"):
        monkeypatch.setattr(HuggingFaceMedia, name, {})


@pytest.fixture
async def cloud(standin: Standin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cloud:
    started = await standin(Cloud, speed=2000)
    settle(started, tmp_path / "home", monkeypatch)
    return started


def asked(model: str, **wishes: Any) -> AsyncGenerator[Answer]:
    wishes = {"prompt": "a kite over the sea", "extra_data": SMALL} | wishes
    return HuggingFaceMedia.create_async_generator(model, wishes.pop("messages", []), **wishes)


async def answered(model: str, **wishes: Any) -> list[Answer]:
    return [answer async for answer in asked(model, **wishes)]


def media(answers: list[Answer]) -> list[MediaResponse]:
    return [answer for answer in answers if isinstance(answer, MediaResponse)]


# C6: the interface stands.


def test_the_documented_names_and_words_are_there() -> None:
    sized = ["aspect_ratio", "height", "width", "resolution"]
    words = ["model", "messages", "api_key", "extra_data", "prompt", "proxy", "timeout", "n", *sized]
    assert list(inspect.signature(HuggingFaceMedia.create_async_generator).parameters)[: len(words)] == words
    assert inspect.iscoroutinefunction(HuggingFaceMedia.get_mapping)
    assert list(inspect.signature(HuggingFaceMedia.get_mapping).parameters) == ["model", "api_key"]
    for name in ("models", "image_models", "video_models", "task_mapping", "provider_mapping"):
        assert hasattr(HuggingFaceMedia, name)


async def test_who_works_comes_first_then_how_far_it_is_and_last_the_clip(cloud: Cloud) -> None:
    cloud.speed = 100  # the clip takes longer than the first look
    first, *between, last = await answered(T2V)
    assert isinstance(first, ProviderInfo)
    assert (first.label, first.provider_id, first.seed) == ("HuggingFace (fal-ai)", "fal-ai/wan/v2.2-a14b/text-to-video", 11)
    assert between
    assert all(isinstance(answer, Reasoning) for answer in between)
    assert isinstance(last, VideoResponse)
    assert (last.width, last.height, last.provider) == (854, 480, "fal-ai")  # what it really is


async def test_a_result_lies_in_our_own_storage_with_its_address(cloud: Cloud, tmp_path: Path) -> None:
    (clip,) = media(await answered(T2V))
    assert clip.path.parent == tmp_path / "home" / "media"
    assert clip.url == clip.path.as_uri()
    assert probe(clip.path).frames == 17
    assert clip.source.startswith(cloud.results_url)
    assert not cloud.leaks
    (other,) = media(await answered(T2V, folder=tmp_path / "mine"))
    assert other.path == tmp_path / "mine" / clip.path.name  # the same bytes have the same name


# C1, C2: what there is, and who serves it.


async def test_images_and_videos_that_somebody_serves_are_listed_apart(cloud: Cloud) -> None:
    models = await asyncio.to_thread(HuggingFaceMedia.get_models)  # it waits, and the stand-in is in this very loop
    assert models[:3] == [T2V, f"{T2V}:fal-ai", f"{T2V}:replicate"]
    assert models == HuggingFaceMedia.video_models + HuggingFaceMedia.image_models
    assert "Lightricks/LTX-Video" not in models  # nobody serves it now
    assert f"{FLUX}:nscale" in HuggingFaceMedia.image_models
    assert HuggingFaceMedia.task_mapping[I2V] == "image-to-video"
    asked_before = len(cloud.log)
    await asyncio.to_thread(HuggingFaceMedia.get_models, api_key=cloud.key)
    assert len(cloud.log) == asked_before


async def test_a_hub_that_is_away_leaves_what_was_known_and_says_so(cloud: Cloud) -> None:
    cloud.faults.add("unavailable", "list")
    assert await asyncio.to_thread(HuggingFaceMedia.get_models) == []
    assert "not answering" in HuggingFaceMedia.problem


async def test_the_mapping_tells_each_provider_and_is_remembered(cloud: Cloud) -> None:
    mapping = await HuggingFaceMedia.get_mapping(f"{T2V}:fal-ai", cloud.key)
    assert mapping["replicate"] == {"providerId": "wan-video/wan-2.2-t2v-fast", "status": "live", "task": "text-to-video"}
    assert HuggingFaceMedia.provider_mapping[T2V] == mapping
    await HuggingFaceMedia.get_mapping(T2V, cloud.key)
    assert sum(call.path.startswith("/api/models/") for call in cloud.log) == 1


# C3, C4: several at once, and the words of each provider.


async def test_several_are_made_at_once_each_with_its_own_seed(cloud: Cloud) -> None:
    answers = await answered(FLUX, n=3, extra_data={"seed": 5}, width=128, height=64)
    made = media(answers)
    assert sorted(picture.seed for picture in made) == [5, 6, 7]
    assert all(isinstance(picture, ImageResponse) and (picture.width, picture.height) == (128, 64) for picture in made)
    infos = [place for place, answer in enumerate(answers) if isinstance(answer, ProviderInfo)]
    assert infos == [0, 1, 2]  # all were begun before the first was there


@pytest.mark.parametrize("provider", ["fal-ai", "replicate", "novita", "wavespeed", "together"])
async def test_extra_data_and_typed_wishes_reach_every_provider(cloud: Cloud, provider: str) -> None:
    extra = {"seed": 3, "num_inference_steps": 12, "motion_bucket": "high"}
    await answered(f"{T2V}:{provider}", aspect_ratio="9:16", extra_data=extra)
    (job,) = cloud.jobs.values()
    body: Any = job.body.get("input", job.body)
    assert (body["motion_bucket"], body["seed"]) == ("high", 3)
    assert body["steps" if provider == "together" else "num_inference_steps"] == 12
    assert None not in body.values()
    assert provider == "novita" or job.asked.size == (480, 854)


async def test_a_wish_that_a_provider_has_no_word_for_is_told(cloud: Cloud) -> None:
    first, *_ = await answered(f"{T2V}:novita", aspect_ratio="9:16")
    assert isinstance(first, ProviderInfo)
    assert first.left_out == ("aspect_ratio",)


@pytest.mark.parametrize(("aspect", "size"), SIZES.items())
def test_a_picture_has_a_size_for_each_of_the_thirteen_aspects(aspect: str, size: tuple[int, int]) -> None:
    words = hugging_face_media.size_words(True, aspect, None, None, "480p")
    assert (words["width"], words["height"]) == size


async def test_the_prompt_is_the_users_last_message_where_there_is_no_other(cloud: Cloud) -> None:
    talk: list[dict[str, Any]] = [
        {"role": "user", "content": "a dog"},
        {"role": "user", "content": [{"type": "text", "text": "a kite"}, {"type": "image_url", "image_url": "x"}]},
        {"role": "assistant", "content": "which kite?"},
    ]
    (clip,) = media(await answered(T2V, messages=talk, prompt=None))
    assert clip.alt == "a kite"
    assert [job.asked.prompt for job in cloud.jobs.values()] == ["a kite"]


async def test_a_picture_to_start_from_chooses_the_task(cloud: Cloud) -> None:
    source = media(await answered(FLUX, width=128, height=64))[0].source
    (clip,) = media(await answered(I2V, extra_data={**SMALL, "image": source}))
    assert isinstance(clip, VideoResponse)


# C5: what fails, and the next.


@pytest.mark.parametrize(
    "refusal", [Refusal.UNAUTHORISED, Refusal.NO_CREDIT, Refusal.NOT_FOUND, Refusal.INVALID, Refusal.RATE_LIMITED]
)
async def test_the_next_provider_is_asked_where_one_refuses(cloud: Cloud, refusal: Refusal) -> None:
    cloud.refusing = {"fal-ai": refusal}
    answers = await answered(T2V)
    asked_of = [answer.provider for answer in answers if isinstance(answer, ProviderInfo)]
    assert asked_of == ["fal-ai", "replicate"]
    assert any("asks the next provider" in answer.label for answer in answers if isinstance(answer, Reasoning))
    assert [clip.provider for clip in media(answers)] == ["replicate"]


async def test_a_generation_that_failed_is_made_by_the_next(cloud: Cloud) -> None:
    cloud.faults.add("fails_later", "create", count=1)
    assert [clip.provider for clip in media(await answered(T2V))] == ["replicate"]


@pytest.mark.parametrize(
    ("fault", "error"),
    [("reset_after", SubmitOutcomeUnknown), ("internal_after", SubmitOutcomeUnknown), ("moderation_later", ContentRejected)],
)
async def test_no_other_is_asked_where_one_may_have_been_paid_or_a_moderator_said_no(
    cloud: Cloud, fault: str, error: type[StoryreelError]
) -> None:
    cloud.faults.add(fault, "create")
    with pytest.raises(error):
        await answered(T2V)
    assert len(cloud.submissions) == 1


async def test_what_is_finished_is_kept_where_another_of_the_n_fails(cloud: Cloud) -> None:
    cloud.faults.add("moderation_later", "create", count=1)
    answers = await answered(T2V, n=2)
    assert len(media(answers)) == 1
    assert any("gives this one up" in answer.label for answer in answers if isinstance(answer, Reasoning))


@pytest.mark.parametrize(
    ("refusal", "error", "message"),
    [
        (Refusal.UNAUTHORISED, AuthenticationFailed, "refuses the key in HF_TOKEN"),
        (Refusal.NO_CREDIT, InsufficientCredit, "Pay-as-you go is not enabled"),
        (Refusal.NOT_FOUND, InvalidRequest, "does not find fal-ai/wan"),
        (Refusal.INVALID, InvalidRequest, "refuses the request"),
    ],
)
async def test_each_refusal_is_its_own_error_where_the_provider_is_pinned(
    cloud: Cloud, refusal: Refusal, error: type[StoryreelError], message: str
) -> None:
    cloud.refusing = {"fal-ai": refusal}
    with pytest.raises(error, match=message) as raised:
        await answered(f"{T2V}:fal-ai")
    assert cloud.key not in str(raised.value)


@pytest.mark.parametrize(
    ("model", "wishes", "error", "message"),
    [
        ("meta-llama/Llama-3.3-70B-Instruct", {}, CapabilityMissing, "it is served for conversational"),
        (I2V, {}, CapabilityMissing, "text-to-video; it is served for image-to-video"),
        (f"{T2V}:groq", {}, InvalidRequest, "groq does not serve"),
        (T2V, {"prompt": None}, InvalidRequest, "give a prompt"),
        (T2V, {"aspect_ratio": "7:3"}, InvalidRequest, "one of 1:1, 16:9"),
        (T2V, {"resolution": "high"}, InvalidRequest, "like 480p"),
        (T2V, {"n": 0}, InvalidRequest, "from 1 to 16"),
    ],
)
async def test_what_cannot_be_is_refused_before_anything_is_paid(
    cloud: Cloud, model: str, wishes: dict[str, Any], error: type[StoryreelError], message: str
) -> None:
    with pytest.raises(error, match=message):
        await answered(model, **wishes)
    assert not cloud.submissions


async def test_without_a_key_its_variable_is_named(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_TOKEN")
    with pytest.raises(AuthenticationFailed, match="Set HF_TOKEN"):
        await answered(T2V)
    assert media(await answered(T2V, api_key=cloud.key))


async def test_a_proxy_of_the_call_is_the_way_to_everything(cloud: Cloud) -> None:
    with pytest.raises(ProviderUnavailable):
        await answered(T2V, proxy="http://127.0.0.1:9")
    assert not cloud.log


async def test_what_takes_too_long_is_ended_there_and_told(
    standin: Standin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = await standin(Cloud, speed=1)
    settle(slow, tmp_path, monkeypatch)
    with pytest.raises(TimedOut):
        await answered(T2V, timeout=0.05)
    (job,) = slow.jobs.values()
    assert job.cancelled


async def test_whoever_stops_listening_ends_what_is_being_made(
    standin: Standin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = await standin(Cloud, speed=1)
    settle(slow, tmp_path, monkeypatch)
    async with aclosing(asked(T2V, n=2)) as answers:
        async for answer in answers:
            if isinstance(answer, Reasoning) and len(slow.jobs) == 2:
                break
    assert all(job.cancelled for job in slow.jobs.values())


async def test_a_link_that_died_and_a_page_instead_of_a_clip_are_fetched_again(cloud: Cloud) -> None:
    cloud.faults.add("expired_link", count=1)
    cloud.faults.add("html_page", "fetch", count=1)
    assert len(media(await answered(T2V))) == 1
    assert len(cloud.submissions) == 1
