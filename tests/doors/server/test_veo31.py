"""`/veo31` by the commands of its earlier service, word for word, at stand-in clouds. Requirements D1, D3, D5 and D8."""

import asyncio
import io
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from storyreel.accounts import accounts_of
from storyreel.domain.values import Size
from storyreel.media.encode import ClipWriter
from storyreel.standins.fixtures import Standin, standin, standin_studio
from storyreel.standins.gemini import Gemini
from tests.doors.server.conftest import Serve, Served

__all__ = ["standin", "standin_studio"]

SPEED = 5000.0
GENERATE = """
curl -X POST "http://localhost:8000/veo31/generate" \\
  -F "reference_image1=@image1.jpg" \\
  -F "reference_image2=@image2.jpg" \\
  -F "reference_image3=@image3.jpg" \\
  -F "video_reference=@reference.mp4" \\
  -F "use_case=product_video" \\
  -F "duration_seconds=10" \\
  -F "aspect_ratio=16:9" \\
  -F "quality=high"
"""
FROM_URLS = """
curl -X POST "http://localhost:8000/veo31/generate-from-urls" \\
  -F "reference_image_urls=https://example.com/img1.jpg,https://example.com/img2.jpg,https://example.com/img3.jpg" \\
  -F "video_reference_url=https://example.com/ref.mp4" \\
  -F "use_case=product_video" \\
  -F "duration_seconds=10"
"""
STATUS = 'curl "http://localhost:8000/veo31/status/{task_id}"'


def picture(colour: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (640, 360), colour).save(file, "JPEG")
    return file.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What the commands speak of."""
    for number, colour in enumerate(("steelblue", "peru", "ivory"), start=1):
        (tmp_path / f"image{number}.jpg").write_bytes(picture(colour))
    with ClipWriter(tmp_path / "reference.mp4", Size(width_px=160, height_px=90)) as clip:
        for left in range(12):
            frame = Image.new("RGB", (160, 90), "black")
            frame.paste("white", (10 * left, 20, 10 * left + 30, 60))
            clip.write(frame)
    return tmp_path


async def curl(command: str, server: Served, folder: Path, *more: str) -> Any:
    """What a command answers, its server where ours is."""
    words = command.replace("http://localhost:8000", server.url).strip()
    shell = await asyncio.create_subprocess_shell(
        " ".join([words, "-sS", *more]), cwd=folder, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    said, complaint = await shell.communicate()
    assert shell.returncode == 0, complaint
    return json.loads(said)


async def test_the_commands_of_the_earlier_service_make_a_film_by_what_stands_in_veos_place(
    serve: Serve, standin: Standin, folder: Path
) -> None:
    cloud = await standin(Gemini, speed=SPEED)
    server = await serve(accounts=accounts_of(cloud.environment(cloud.url)), pace=SPEED)
    small = ["-F duration_seconds=3", "-F quality=standard"]  # of a field that comes twice the last counts

    told = await curl(GENERATE, server, folder, *small, '-H "Idempotency-Key: one"')
    again = await curl(GENERATE, server, folder, *small, '-H "Idempotency-Key: one"')
    step = told["step3_video_generation"]
    await server.ended(step["task_id"])
    status = await curl(STATUS.format(**step), server, folder)
    async with server.client.get(status["video_url"], headers={"Range": "bytes=0-99"}) as response:
        assert (response.status, response.content_type) == (206, "video/mp4")
    async with server.client.get(f"{status['video_url']}x") as response:
        assert response.status == 410

    assert again == told
    assert [note["number"] for note in told["step1_analysis"]["images"]] == [1, 2, 3]
    assert told["step1_analysis"]["motion"]["camera"]
    assert "reference" in told["step2_prompt"].lower()
    assert (step["status"], step["video_url"], step["error"]) == ("processing", None, None)
    assert (step["model"], step["provider"]) == ("gemini-omni-flash-1.2", "gemini")
    assert "closed at gemini since 2026-10-22" in step["notes"][0]
    assert (status["task_id"], status["status"], status["error"]) == (step["task_id"], "completed", None)
    assert len(cloud.submissions) == 1
