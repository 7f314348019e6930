"""`haiper_image_to_video` at vsegpt's stand-in, as the earlier plugin's callers call it. Requirements A1, A2 and A3."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from storyreel.accounts import accounts_of
from storyreel.domain.events import Event, TakeSent
from storyreel.domain.film import FilmState
from storyreel.media.probe import probe
from storyreel.settings import Settings
from storyreel.standins.fixtures import Standin
from storyreel.standins.vsegpt import Vsegpt
from storyreel.studio import Studio
from storyreel.tools import HaiperImageToVideoTool

SPEED = 1e5
TOOL = HaiperImageToVideoTool()


@pytest.fixture
async def cloud(standin: Standin, tmp_path: Path) -> Vsegpt:
    Image.new("RGB", (640, 360), "teal").save(tmp_path / "cat.png")
    return await standin(Vsegpt, speed=SPEED)


def studio_at(cloud: Vsegpt, home: Path) -> Studio:
    return Studio(home, settings=Settings(pace=SPEED, workers=1), accounts=accounts_of(cloud.environment(cloud.url)))


@pytest.fixture
async def ctx(cloud: Vsegpt, tmp_path: Path) -> AsyncGenerator[dict[str, Any]]:
    """A program's mapping, with keys of its own that mean nothing here."""
    async with studio_at(cloud, tmp_path / "home") as studio:
        yield {"cwd": str(tmp_path), "studio": studio, "chat_id": 7, "state_root": None}


@pytest.mark.journey
async def test_a_picture_becomes_a_clip_by_any_model_of_vsegpt_and_its_path_is_answered(
    ctx: dict[str, Any], cloud: Vsegpt, tmp_path: Path
) -> None:
    plain = {"image_path": "cat.png", "prompt": " ", "model": ""}
    others = ({**plain, "prompt": "it purrs", "model": model} for model in ("img2vid-ltx/097-distilled", "kling-2.5-turbo"))
    told = await asyncio.gather(*(TOOL.execute(args, ctx) for args in (plain, *others)))

    assert [one["success"] for one in told] == [True, True, True], told
    path = Path(str(told[0].get("output")))
    assert (path.suffix, path.is_relative_to(tmp_path), probe(path).width_px) == (".mp4", True, 1280)
    sent = {job.model: (job.body["prompt"], job.body["aspect_ratio"]) for job in cloud.jobs.values()}
    assert sent.pop("haiper-2.0") == ("animate image", "16:9")
    assert set(sent) == {"img2vid-ltx/097-distilled", "img2vid-kling/pro25-turbo"}


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ({}, "image_path is missing: The image"),
        ({"image_path": "cat.png", "words": "x"}, "has no argument words; it has image_path, prompt, model"),
        ({"image_path": "dog.png"}, "image_path: there is no file"),
        ({"image_path": "../../../etc/passwd"}, "outside"),
        ({"image_path": "note.txt"}, "is not a picture"),
        ({"image_path": "cat.png", "model": "ltx-2.5@replicate"}, "is not a model of vsegpt"),
        ({"image_path": "cat.png", "model": "txt2vid-ltx/097-distilled"}, "cannot do this: start from first frame"),
        ({"image_path": "cat.png", "model": "haiper-9"}, "'vsegpt:haiper-9' is not a model. Nearest: vsegpt:"),
    ],
)
async def test_what_cannot_be_is_told_in_a_sentence_and_nothing_is_sent(
    ctx: dict[str, Any], cloud: Vsegpt, tmp_path: Path, args: dict[str, str], said: str
) -> None:
    (tmp_path / "note.txt").write_text("no picture")
    told = await TOOL.execute(args, {**ctx, "root": tmp_path})

    assert told["success"] is False
    assert said in told["error"]
    assert not cloud.submissions


async def test_a_model_that_vsegpt_lists_no_more_is_refused_with_those_it_does(ctx: dict[str, Any], cloud: Vsegpt) -> None:
    cloud.ids = tuple(id for id in cloud.ids if id != "haiper-2.0")

    told = await TOOL.execute({"image_path": "cat.png"}, ctx)
    assert told["success"] is False
    assert "'vsegpt:haiper-2.0' is not a model. Nearest: vsegpt:img2vid-haiper-video-v2" in told["error"]


FAULTS = (
    ("no_credit", "create", "insufficient_credit", "Add credit there"),
    ("internal", "create", "submit_outcome_unknown", "HTTP 500"),
    ("moderation_later", None, "content_rejected", "content rejected"),
    ("expired_link", "fetch", "output_expired", "expired"),
    ("no url", None, "output_broken", "gives no clip"),
)


@pytest.mark.journey
async def test_each_failure_is_told_in_its_own_words(ctx: dict[str, Any], cloud: Vsegpt) -> None:
    for fault, on, code, said in FAULTS:
        cloud.without_url = fault == "no url"
        if not cloud.without_url:
            cloud.faults.add(fault, on)
        told = await TOOL.execute({"image_path": "cat.png", "prompt": fault}, ctx)
        cloud.faults.clear()

        assert told["success"] is False
        assert (told["code"], said in told["error"]) == (code, True), told


async def test_what_lasts_too_long_is_told(ctx: dict[str, Any]) -> None:
    class Impatient(HaiperImageToVideoTool):
        spec = TOOL.spec.model_copy(update={"timeout_s": 0.01})

    assert await Impatient().execute({"image_path": "cat.png"}, ctx) == {
        "success": False,
        "error": "haiper_image_to_video took longer than 0 s. `resume_film` goes on where it was.",
        "code": "timed_out",
    }


@pytest.mark.journey
async def test_nothing_is_lost_or_paid_twice_where_a_caller_is_ended(cloud: Vsegpt, tmp_path: Path) -> None:
    sent = asyncio.Event()

    async def tell(event: Event) -> None:
        if isinstance(event.fact, TakeSent):
            sent.set()

    cloud.faults.add("unknown_state")  # it is at work, and stays so
    async with studio_at(cloud, tmp_path / "home") as studio:
        program = {"cwd": tmp_path, "studio": studio, "tell": tell}
        calling = asyncio.create_task(TOOL.execute({"image_path": "cat.png"}, program))
        await sent.wait()
        calling.cancel()
        with pytest.raises(asyncio.CancelledError):
            await calling

    cloud.faults.clear()
    async with studio_at(cloud, tmp_path / "home") as studio:
        [film] = await studio.resume()
    assert (film.state, film.delivered and film.delivered.is_file(), len(cloud.submissions)) == (FilmState.READY, True, 1)


async def test_a_budget_refuses_what_nobody_has_a_price_for(ctx: dict[str, Any], cloud: Vsegpt) -> None:
    told = await TOOL.execute({"image_path": "cat.png"}, {**ctx, "budget": 1.0})

    assert told["success"] is False
    assert (told["code"], cloud.submissions) == ("budget_exceeded", [])
