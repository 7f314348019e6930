"""References read into one scene and its prompt: measured without a key, seen by a vision model with one.

Requirements D1, D2, D3.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from storyreel.domain.errors import AuthenticationFailed, InvalidRequest, MediaUnusable
from storyreel.domain.references import UseCase
from storyreel.standins.openai import OpenAI
from storyreel.writing.references import Motion, Reading, read_references
from tests.writing.pictures import lit, moved, png, texture, with_disc
from tests.writing.saying import KEY, Saying, account_at, completion, refused

RED_ON_GREY = png(with_disc(lit(left=90, right=90), (0.75, 0.5), 0.15, "#c81e28"))
SEEN = {
    "subject": "a ruby ring on a stand",
    "setting": "black velvet",
    "palette": ["deep red", "black"],
    "light": "one soft light from the left",
    "composition": "ring in the centre, near",
    "style": "photograph, calm",
}
MOVES = {"camera": "orbit", "subject_motion": "the ring stands still", "pace": "slow", "cuts": "one take"}
SCENE = {
    "subject": "a ruby ring",
    "setting": "on black velvet",
    "light": "soft light from the left",
    "palette": "deep red, black",
    "style": "photograph",
    "action": "its facets flash",
    "camera": "slow orbit",
}


async def measured(*pictures: bytes, **facts: Any) -> Reading:
    return await read_references(pictures, **facts)


def note_of(reading: Reading) -> str:
    assert reading.offline
    return reading.pictures[0].words


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ("#c81e28", "red"),
        ("#1c3fae", "blue"),
        ("#f0d640", "yellow"),
        ("#3c8c40", "green"),
        ("#ffffff", "white"),
        ("#0c0c0c", "black"),
    ],
)
async def test_colours_are_called_by_their_names(colour: str, name: str) -> None:
    assert (await measured(png(Image.new("RGB", (64, 64), colour)))).pictures[0].palette == (name,)


async def test_the_largest_colour_comes_first_and_specks_are_not_named() -> None:
    palette = (await measured(RED_ON_GREY)).pictures[0].palette

    assert palette[0] == "dark grey"
    assert "red" in palette


@pytest.mark.parametrize(
    ("picture", "told"),
    [
        (lit(left=30, right=150), "from the right"),
        (lit(left=150, right=30), "from the left"),
        (lit(left=150, right=30, size=(360, 640)).rotate(-90, expand=True), "from above"),
        (lit(left=20, right=20), "low key"),
        (lit(left=240, right=240), "high key"),
        (lit(left=0, right=255), "hard"),
        (lit(left=120, right=130), "soft"),
        (Image.new("RGB", (64, 64), "#e8a860"), "warm"),
        (Image.new("RGB", (64, 64), "#88a8e0"), "cold"),
    ],
)
async def test_light_is_told_by_its_key_hardness_warmth_and_direction(picture: Image.Image, told: str) -> None:
    assert told in (await measured(png(picture))).pictures[0].light


@pytest.mark.parametrize(
    ("middle", "told"),
    [
        ((0.5, 0.5), "centre"),
        ((0.8, 0.5), "right part"),
        ((0.2, 0.5), "left part"),
        ((0.2, 0.2), "upper left part"),
        ((0.8, 0.85), "lower right part"),
    ],
)
async def test_what_stands_out_is_found_in_its_place(middle: tuple[float, float], told: str) -> None:
    picture = with_disc(lit(left=90, right=90), middle, 0.12, "#c81e28")

    assert f"subject in the {told}" in note_of(await measured(png(picture)))


@pytest.mark.parametrize(
    ("size", "told"), [((640, 360), "wide frame (16:9)"), ((360, 640), "tall frame (9:16)"), ((300, 300), "square frame (1:1)")]
)
async def test_the_shape_of_a_picture_is_told(size: tuple[int, int], told: str) -> None:
    note = note_of(await measured(png(Image.new("RGB", size, "grey"))))

    assert told in note
    assert "without one clear subject" in note


async def test_a_sharp_subject_on_a_blurred_ground_has_a_shallow_depth_of_field() -> None:
    ground = Image.new("RGB", (640, 360), "#405060")
    stripes = np.tile(np.repeat([[60, 250]], 8, axis=1), (160, 10)).astype(np.uint8)
    ground.paste(Image.fromarray(stripes).convert("RGB"), (240, 100))

    assert "shallow depth of field" in note_of(await measured(png(ground)))


@pytest.mark.parametrize(
    "camera",
    ["static camera", "pan to the right", "pan to the left", "tilt up", "tilt down", "push in", "pull out", "handheld camera"],
)
async def test_the_motion_of_a_video_is_told(camera: str) -> None:
    reading = await measured(RED_ON_GREY, motion=moved(camera))

    assert reading.motion is not None
    assert (reading.motion.camera, reading.motion.cuts) == (camera, "one take")
    assert camera == "static camera" or camera in reading.prompt


async def test_a_faster_pan_is_told_as_faster() -> None:
    slow = moved("pan to the right")
    fast = replace(slow, seconds=0.4)
    paces = [(await measured(RED_ON_GREY, motion=one)).motion for one in (slow, fast)]

    assert [one.pace for one in paces if one] == ["slow", "fast"]


async def test_a_hard_cut_is_seen() -> None:
    still = moved("static camera").frames
    reading = await measured(RED_ON_GREY, motion=Motion([*still[:4], *[Image.new("RGB", (320, 180), "white")] * 4], 4.0))

    assert reading.motion is not None
    assert reading.motion.cuts == "2 takes, cut hard"


async def test_every_use_case_has_a_prompt_of_its_own_with_the_wishes() -> None:
    prompts = [(await measured(RED_ON_GREY, use_case=use, instructions="Snow falls outside")).prompt for use in UseCase]

    assert len(set(prompts)) == len(UseCase)
    assert all("Snow falls outside." in prompt and "{" not in prompt for prompt in prompts)


async def test_the_same_references_give_the_same_reading() -> None:
    twice = [await measured(RED_ON_GREY, png(texture())) for _ in range(2)]

    assert twice[0] == twice[1]


async def test_pictures_are_named_as_the_model_names_them() -> None:
    reading = await measured(RED_ON_GREY, RED_ON_GREY, family="gemini-omni")

    assert reading.prompt.startswith("<IMAGE_REF_0>, <IMAGE_REF_1> show how it looks.")
    assert "no music" in reading.prompt


async def test_music_is_not_forbidden_where_sound_is_wished() -> None:
    reading = await measured(RED_ON_GREY, family="gemini-omni", sound=True)

    assert reading.prompt.endswith("Nobody speaks.")


async def test_a_vision_models_notes_are_merged_into_one_scene(saying: Saying) -> None:
    saying.says(SEEN, SEEN, MOVES, SCENE)
    motion = moved("pan to the left")

    reading = await read_references(
        [RED_ON_GREY, RED_ON_GREY], motion, use_case="gemstone_closeup", instructions="Snow", account=saying.account
    )

    assert not reading.offline
    assert reading.description.startswith("A ruby ring, on black velvet. Its facets flash. Light: soft light from the left.")
    assert "macro" not in reading.description
    assert "sharp facets, fire and sparkle" in reading.prompt
    assert reading.spent.requests == 4
    assert reading.spent.cost_usd


async def test_the_model_is_shown_the_pictures_and_a_few_frames(saying: Saying) -> None:
    saying.says(SEEN, MOVES, SCENE)

    await read_references([RED_ON_GREY], moved("push in"), account=saying.account)

    sent = [json.dumps(one["messages"]).count("data:image/jpeg;base64,") for one in saying.asked]
    assert sorted(sent) == [0, 1, 8]


async def test_the_stand_in_reads_references_too(openai: OpenAI) -> None:
    account = account_at(f"{openai.url}/v1", openai.key)

    reading = await read_references([RED_ON_GREY], moved("pan to the right"), use_case="luxury_brand", account=account)

    assert not reading.offline
    assert len(openai.submissions) == 3
    assert "{" not in reading.prompt


@pytest.mark.parametrize(
    "answer", [refused(500, "Oh no"), completion("", refusal="No."), "nonsense", {**SEEN, "subject": "so " * 500}, 3.0]
)
async def test_a_vision_model_that_fails_is_replaced_by_measuring(saying: Saying, answer: Any) -> None:
    saying.says(answer)
    account = replace(saying.account, timeout_s=0.3)

    reading = await read_references([RED_ON_GREY], moved("push in"), account=account)

    assert reading.offline
    assert [one.rule for one in reading.warnings] == ["read-by-measure"]
    assert (
        reading.model_copy(update={"warnings": (), "spent": reading.spent}).prompt
        == (await read_references([RED_ON_GREY], moved("push in"))).prompt
    )
    assert KEY not in reading.model_dump_json()


async def test_a_key_that_is_refused_is_said(saying: Saying) -> None:
    saying.says(refused(401, f"Incorrect API key provided: {KEY}."))

    with pytest.raises(AuthenticationFailed, match="OPENAI_API_KEY") as raised:
        await read_references([RED_ON_GREY, RED_ON_GREY], account=saying.account)
    assert KEY not in str(raised.value)


async def test_an_account_without_a_key_is_read_by_measure() -> None:
    account = replace(account_at("", key=None), base_url=None)

    assert (await read_references([RED_ON_GREY], account=account)).offline


@pytest.mark.parametrize("count", [0, 4])
async def test_one_to_three_pictures_are_read(count: int) -> None:
    with pytest.raises(InvalidRequest, match="give 1 to 3"):
        await read_references([RED_ON_GREY] * count)


async def test_what_is_no_picture_is_refused_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a picture")

    for source, told in ((tmp_path / "notes.txt", "notes.txt"), (tmp_path / "gone.png", "gone.png"), (b"GIF89a", "reference 1")):
        with pytest.raises(MediaUnusable, match=told):
            await read_references([source])


async def test_a_picture_in_a_file_is_read_as_its_bytes_are(tmp_path: Path) -> None:
    (tmp_path / "ring.png").write_bytes(RED_ON_GREY)

    assert await read_references([tmp_path / "ring.png"]) == await read_references([RED_ON_GREY])


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"use_case": "wedding"}, "product_video, hero_image"),
        ({"instructions": "x" * 3000}, "at most 2,000"),
        ({"motion": Motion([], 1.0)}, "at least two frames"),
    ],
)
async def test_wishes_that_cannot_be_are_refused(facts: dict[str, Any], told: str) -> None:
    with pytest.raises(InvalidRequest, match=told):
        await read_references([RED_ON_GREY], **facts)
