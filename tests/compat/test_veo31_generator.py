"""`Veo31VideoGenerator`: a prompt read before anything is paid for, a missing key by its name. Requirements D3, D6, D8."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from storyreel.compat import Veo31VideoGenerator
from storyreel.domain.errors import AuthenticationFailed, MediaUnusable


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path | bytes]:
    """A file and bytes, in a folder of the test's own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STORYREEL_HOME", str(tmp_path / "home"))
    path, data = tmp_path / "ring.png", io.BytesIO()
    Image.new("RGB", (640, 360), "goldenrod").save(path)
    Image.new("RGB", (640, 360), "navy").save(data, "JPEG")
    return [path, data.getvalue()]


def test_a_prompt_is_read_without_any_key_and_a_film_is_refused_by_the_name_of_what_is_lacking(
    pictures: list[Path | bytes],
) -> None:
    generator = Veo31VideoGenerator()

    told: dict[str, Any] = generator.analyze_and_generate_prompt(pictures, additional_prompt="Slow and quiet.")

    assert told["prompt"] == told["step2_prompt"]
    assert "Slow and quiet." in told["prompt"]
    with pytest.raises(AuthenticationFailed, match=r"Set GEMINI_API_KEY, or REPLICATE_API_TOKEN"):
        generator.generate_from_references(pictures)
    with pytest.raises(AuthenticationFailed, match="GEMINI_API_KEY"):
        generator.generate_video_with_prompt("A ring turns in the light.", pictures)
    with pytest.raises(MediaUnusable, match="Reference image 2"):
        generator.analyze_and_generate_prompt([pictures[0], b"no picture"])
