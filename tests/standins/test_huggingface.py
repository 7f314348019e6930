"""The Hugging Face stand-in serves the official client, huggingface_hub, which is told its addresses and nothing else."""

import asyncio
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from PIL import Image

from storyreel.media.probe import probe
from storyreel.standins.fixtures import Standin
from storyreel.standins.huggingface import HuggingFace
from storyreel.standins.refusals import Refusal

pytest.importorskip("huggingface_hub", reason="the group `clients` is not installed")

pytestmark = pytest.mark.journey

T2V, I2V, FLUX = "Wan-AI/Wan2.2-T2V-A14B", "Wan-AI/Wan2.2-I2V-A14B", "black-forest-labs/FLUX.1-dev"
Client = Callable[[str], Any]  # a provider's name -> huggingface_hub.InferenceClient, whose own types are partly unknown


@pytest.fixture
async def cloud(standin: Standin) -> HuggingFace:
    return await standin(HuggingFace, speed=2000)


@pytest.fixture
def client(cloud: HuggingFace, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The official client of one provider, whose Hub and router are the stand-in; it asks more often than it would."""
    from huggingface_hub import InferenceClient, constants
    from huggingface_hub.inference import _providers as providers
    from huggingface_hub.inference._providers import fal_ai, together, wavespeed, zai_org

    monkeypatch.setattr(constants, "ENDPOINT", cloud.url)
    monkeypatch.setattr(constants, "INFERENCE_PROXY_TEMPLATE", f"{cloud.url}/{{provider}}")
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    for task in ("text-to-image", "image-to-image"):
        monkeypatch.setattr(providers.PROVIDERS["hf-inference"][task], "base_url", f"{cloud.url}/hf-inference")
    for module in (fal_ai, wavespeed, zai_org):
        monkeypatch.setattr(module, "_POLLING_INTERVAL", 0.01)
    monkeypatch.setattr(together, "_VIDEO_POLLING_INTERVAL", 0.01)
    made: Any = InferenceClient
    return lambda provider: made(provider=provider, api_key=cloud.key)


async def done(call: Callable[..., Any], *args: Any, **words: Any) -> Any:
    return await asyncio.to_thread(call, *args, **words)


def a_picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (160, 90), "teal").save(file, "JPEG")
    return file.getvalue()


@pytest.mark.parametrize("provider", ["fal-ai", "replicate", "novita", "wavespeed", "together"])
async def test_the_official_client_makes_a_clip_of_a_text(
    cloud: HuggingFace, client: Client, tmp_path: Path, provider: str
) -> None:
    clip = await done(client(provider).text_to_video, "a kite over the sea", model=T2V, seed=7)
    (tmp_path / "clip.mp4").write_bytes(clip)
    assert probe(tmp_path / "clip.mp4").seconds > 3
    assert [job.facts["provider"] for job in cloud.jobs.values()] == [provider]
    assert not cloud.leaks


@pytest.mark.parametrize("provider", ["fal-ai", "wavespeed", "together"])
async def test_the_official_client_animates_a_picture(cloud: HuggingFace, client: Client, provider: str) -> None:
    clip = await done(client(provider).image_to_video, a_picture(), model=I2V, prompt="it lifts off")
    assert clip[4:8] == b"ftyp"
    assert all(job.asked.first for job in cloud.jobs.values())


@pytest.mark.parametrize("provider", ["fal-ai", "replicate", "together", "nscale", "wavespeed", "hf-inference"])
async def test_the_official_client_makes_a_picture(client: Client, provider: str) -> None:
    picture = await done(client(provider).text_to_image, "a kite", model=FLUX, width=512, height=256)
    assert picture.size == ((1024, 1024) if provider == "wavespeed" else (512, 256))  # its size is a field of its own


async def test_the_official_client_makes_a_picture_through_zai(client: Client) -> None:
    assert (await done(client("zai-org").text_to_image, "a kite", model="zai-org/GLM-Image")).size == (1024, 1024)


@pytest.mark.parametrize("provider", ["fal-ai", "replicate", "together", "wavespeed", "hf-inference"])
async def test_the_official_client_changes_a_picture(cloud: HuggingFace, client: Client, provider: str) -> None:
    model = "black-forest-labs/FLUX.1-Kontext-dev"
    await done(client(provider).image_to_image, a_picture(), prompt="at night", model=model)
    assert all(job.asked.first for job in cloud.jobs.values())


@pytest.mark.parametrize(
    ("refusal", "status", "words"),
    [
        (Refusal.NO_CREDIT, 402, "Pay-as-you go is not enabled for provider fal-ai yet"),
        (Refusal.RATE_LIMITED, 429, "try again later"),
        (Refusal.UNAVAILABLE, 503, "try again later"),
        (Refusal.NOT_FOUND, 404, "try again later"),
    ],
)
async def test_the_official_client_reads_the_refusals(
    cloud: HuggingFace, client: Client, refusal: Refusal, status: int, words: str
) -> None:
    from huggingface_hub.errors import HfHubHTTPError

    cloud.refusing = {"fal-ai": refusal}
    with pytest.raises(HfHubHTTPError) as refused:
        await done(client("fal-ai").text_to_video, "a kite", model=T2V)
    assert refused.value.response.status_code == status
    assert words in refused.value.response.text


async def test_a_wrong_field_and_a_moderator_answer_as_each_upstream_does(cloud: HuggingFace) -> None:
    headers = {"Authorization": f"Bearer {cloud.key}"}
    cloud.faults.add("moderation", "create", after=1, count=1)
    async with aiohttp.ClientSession(cloud.url, headers=headers) as session:
        wrong = {"prompt": "x", "num_frames": 9999}
        async with session.post("/fal-ai/fal-ai/wan/v2.2-a14b/text-to-video?_subdomain=queue", json=wrong) as answer:
            fields = await answer.json()
        async with session.post("/replicate/v1/models/wan-video/wan-2.2-t2v-fast/predictions", json={"input": {}}) as answer:
            flagged = await answer.json()
    assert fields["detail"][0] | {} == {"loc": ["body", "num_frames"], "msg": "num_frames must be at most 241", "type": "most"}
    assert flagged["detail"].endswith("(E005)")
    assert not cloud.submissions


async def test_the_listing_is_paged_by_links_and_filtered(cloud: HuggingFace) -> None:
    where: str | None = "/api/models?inference_provider=all&pipeline_tag=text-to-video&limit=2&expand=inferenceProviderMapping"
    found: list[str] = []
    async with aiohttp.ClientSession(cloud.url) as session:
        while where:
            async with session.get(where) as answer:
                rows = await answer.json()
                found += [row["id"] for row in rows]
                assert all(isinstance(row["inferenceProviderMapping"], list) for row in rows)
                link = answer.links.get("next")
                where = str(link["url"]) if link else None
        async with session.get("/api/models/nobody/nothing") as answer:
            assert (answer.status, answer.headers["X-Error-Code"]) == (401, "RepoNotFound")
    assert found == [T2V, "Wan-AI/Wan2.2-TI2V-5B", "tencent/HunyuanVideo", "Lightricks/LTX-Video"]
