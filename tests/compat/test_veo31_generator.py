"""`Veo31VideoGenerator`: three steps in one call, a prompt read before, a missing key by its name. Requirements D3, D6, D8."""

import asyncio
import io
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image

from storyreel.compat import Veo31VideoGenerator
from storyreel.domain.errors import AuthenticationFailed
from storyreel.media.probe import probe
from storyreel.standins.fixtures import Standin
from storyreel.standins.gemini import Gemini

SPEED = 5000.0


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path | bytes]:
    """A file and bytes, in a folder of the test's own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STORYREEL_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("STORYREEL_PACE", str(SPEED))
    path, data = tmp_path / "ring.png", io.BytesIO()
    Image.new("RGB", (640, 360), "goldenrod").save(path)
    Image.new("RGB", (640, 360), "navy").save(data, "JPEG")
    return [path, data.getvalue()]


async def test_a_film_comes_in_one_call_and_its_status_later(
    standin: Standin, pictures: list[Path | bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud = await standin(Gemini, speed=SPEED)
    monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", cloud.url)
    generator = Veo31VideoGenerator(gemini_api_key=cloud.key)

    def generate() -> dict[str, Any]:
        return generator.generate_from_references(
            reference_images=pictures, use_case="gemstone_closeup", duration_seconds=3, quality="standard"
        )

    told = await asyncio.to_thread(generate)
    video = told["step3_video_generation"]
    status = await asyncio.to_thread(generator.check_status, video["task_id"])

    assert (video["status"], video["model"], video["error"]) == ("completed", "gemini-omni-flash-1.2", None)
    assert probe(Path(urlsplit(str(video["video_url"])).path)).damage is None
    assert status == {**video, "quote_usd": None, "notes": []}
    assert [note["number"] for note in told["step1_analysis"]["images"]] == [1, 2]
    assert float(cloud.submissions[0].cost_usd) == video["quote_usd"] == 0.21


def test_a_prompt_is_read_without_any_key_and_a_film_is_refused_by_the_name_of_what_is_lacking(
    pictures: list[Path | bytes],
) -> None:
    generator = Veo31VideoGenerator()

    told: dict[str, Any] = generator.analyze_and_generate_prompt(pictures, additional_prompt="Slow and quiet.")

    assert told["prompt"] == told["step2_prompt"]
    assert "Slow and quiet." in told["prompt"]
    with pytest.raises(AuthenticationFailed, match=r"Set GEMINI_API_KEY, or REPLICATE_API_TOKEN"):
        generator.generate_from_references(pictures)
