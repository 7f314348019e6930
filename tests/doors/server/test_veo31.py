"""`/veo31` by the commands of its earlier service, word for word, at stand-in clouds. Requirements D1, D3, D5 and D8."""

import asyncio
import io
import json
import shutil
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from PIL import Image

from storyreel.accounts import accounts_of
from storyreel.domain.values import Size
from storyreel.media.encode import ClipWriter
from storyreel.standins.fixtures import Standin, standin, standin_studio
from storyreel.standins.gemini import Gemini
from tests.doors.server.conftest import Serve, Served, held
from tests.website import website

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
NOWHERE = {"GOOGLE_GEMINI_BASE_URL": "http://127.0.0.1:1", "REPLICATE_BASE_URL": "http://127.0.0.1:1"}
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
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    words = command.replace("http://localhost:8000", server.url).strip()
    shell = await asyncio.create_subprocess_shell(
        " ".join([words, "-sS", *more]), cwd=folder, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    said, complaint = await shell.communicate()
    assert shell.returncode == 0, complaint
    return json.loads(said)


@pytest.fixture
async def elsewhere(folder: Path) -> AsyncGenerator[str]:
    """The address of the same files on the web of this machine."""
    async with website(folder) as url:
        yield url


@pytest.mark.journey
async def test_the_commands_of_the_earlier_service_make_a_film_by_what_stands_in_veos_place(
    serve: Serve, standin: Standin, folder: Path
) -> None:
    cloud = await standin(Gemini, speed=SPEED)
    server = await serve(accounts=accounts_of(cloud.environment(cloud.url)), pace=SPEED)
    small = ["-F duration_seconds=3", "-F quality=standard"]  # of a field that comes twice the last counts

    told, again = await asyncio.gather(*(curl(GENERATE, server, folder, *small) for _ in range(2)))
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
    assert [row["calls"] for row in (await server.json("GET", "/v1/usage"))["data"]] == [1]


@pytest.mark.journey
async def test_a_film_begins_by_addresses_and_by_an_edited_prompt_and_veos_own_way_comes_first(
    serve: Serve, folder: Path, elsewhere: str
) -> None:
    keys = accounts_of({"GEMINI_API_KEY": "one", "REPLICATE_API_TOKEN": "two", **NOWHERE})
    server = await serve(accounts=keys, works=False, fetch_inward=True)
    command = FROM_URLS.replace("https://example.com/img", f"{elsewhere}/image").replace(
        "example.com/ref", "example.com/reference"
    )

    told = await curl(command.replace("https://example.com", elsewhere), server, folder)
    read = await curl(
        GENERATE.replace("/generate", "/analyze-and-prompt"), server, folder, '-F "additional_prompt=Slow and quiet."'
    )
    async with held(server.studio.judging):
        waiting = asyncio.create_task(
            curl(command.replace("https://example.com", elsewhere), server, folder, '-F "quality=high"')
        )
        await asyncio.wait([waiting], timeout=0.3)
        assert not waiting.done()
    assert (await waiting)["step3_video_generation"]["task_id"]
    edited = f"{read['prompt']} Dust dances in the light."
    urls = {"reference_image_urls": f"{elsewhere}/image1.jpg", "aspect_ratio": "9:16"}
    begun = await server.json("POST", "/veo31/generate-with-prompt-urls", data={"prompt": edited, **urls})
    square = await server.json("POST", "/veo31/generate-with-prompt-urls", data={"prompt": edited, **urls, "aspect_ratio": "1:1"})

    step = told["step3_video_generation"]
    film = await server.studio.film(step["task_id"])
    assert (step["model"], step["provider"]) == ("veo-3.1", "replicate")
    assert film.order.fallbacks == ("gemini-omni-flash-1.2@gemini",)
    assert (read["ready_for_editing"], "Slow and quiet." in read["step2_prompt"]) == (True, True)
    other = await server.studio.film(begun["step3_video_generation"]["task_id"])
    assert (other.storyboard.shots[0].prompt, str(other.order.size)) == (edited, "1080x1920")
    assert "make 1:1" in square["step3_video_generation"]["error"]
    assert square["step2_prompt"] == edited
    nameless = await server.json("POST", "/veo31/generate-with-prompt-urls", data={"prompt": edited, **urls, "model": "zzz"})
    assert nameless["step3_video_generation"]["error"] == "'zzz' is not a model. `GET /v1/models` lists them."


async def test_what_cannot_be_used_is_refused_before_anything_is_read_or_fetched(serve: Serve, folder: Path) -> None:
    server = await serve(accounts=accounts_of({"GEMINI_API_KEY": "one", **NOWHERE}), works=False)
    keyless = await serve(folder / "keyless", accounts=accounts_of({}), works=False)
    addresses = {"reference_image_urls": "http://127.0.0.1:1/image.jpg"}
    cases: list[tuple[str, dict[str, str], str]] = [
        ("generate-from-urls", {"reference_image_urls": str(folder / "image1.jpg")}, "reference_image_urls"),
        ("generate-from-urls", {"reference_image_urls": ",".join(["https://example.com/a.jpg"] * 4)}, "reference_image_urls"),
        ("generate-from-urls", addresses, "reference_image1"),
        ("generate-from-urls", {**addresses, "video_reference_url": "file:///etc/passwd"}, "video_reference_url"),
        ("generate-from-urls", {**addresses, "quality": "best"}, "quality"),
        ("generate-from-urls", {**addresses, "duration_seconds": "90"}, "duration_seconds"),
        ("generate-from-urls", {**addresses, "aspect_ratio": "wide"}, "aspect"),
        ("generate-with-prompt-urls", {**addresses, "prompt": "short"}, "prompt"),
    ]
    for route, form, field in cases:
        problem = await server.json("POST", f"/veo31/{route}", data=form, status=422)
        assert problem["field"] == field, problem
    no_picture = aiohttp.FormData()
    no_picture.add_field("reference_image2", b"<svg/>", filename="image.svg", content_type="image/svg+xml")
    no_picture.add_field("reference_image1", picture("peru"), filename="image.jpg")
    problem = await server.json("POST", "/veo31/generate", data=no_picture, status=422)
    assert (problem["code"], problem["field"]) == ("media_unusable", "reference_image2")
    missing = await keyless.json("POST", "/veo31/generate-from-urls", data=addresses, status=424)
    assert "Set GEMINI_API_KEY, or REPLICATE_API_TOKEN" in missing["detail"]
    await server.json("GET", "/veo31/status/nobodys-film", status=404)
    async with server.client.get("/veo31", allow_redirects=False) as response:
        assert (response.status, response.headers["Location"]) == (307, "/references")
