"""What clouds make: real clips and pictures that show what was asked. Requirement F9."""

import asyncio
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from storyreel.media.frames import first_frame, frame_at, last_frame
from storyreel.media.join import join
from storyreel.media.pictures import png_bytes
from storyreel.media.probe import probe
from storyreel.standins.clips import Asked, Studio, clip_of, picture_of

PROMPT = "A lone keeper climbs the stairs; маяк у моря; 灯塔"


def a_picture(colour: str, size: tuple[int, int] = (640, 360)) -> bytes:
    picture = Image.new("RGB", size, colour)
    picture.paste("#f0e0a0", (size[0] // 4, size[1] // 4, size[0] // 2, size[1] // 2))
    return png_bytes(picture)


def unlike(seen: Image.Image, given: bytes) -> float:
    other = Image.open(BytesIO(given)).convert("RGB").resize(seen.size)
    return float(np.abs(np.asarray(seen, np.int16) - np.asarray(other, np.int16)).mean())


def saved(folder: Path, asked: Asked) -> Path:
    path = folder / f"{asked.digest[:8]}.mp4"
    path.write_bytes(clip_of(asked))
    return path


@pytest.mark.parametrize(
    ("size", "seconds", "fps", "frames"),
    [((320, 180), 5.0, 24, 120), ((180, 320), 1.5, 30, 45), ((256, 256), 0.04, 24, 1), ((640, 272), 2.02, 25, 50)],
)
@pytest.mark.parametrize("sound", [True, False])
def test_a_clip_is_whole_and_exactly_as_asked(
    tmp_path: Path, size: tuple[int, int], seconds: float, fps: int, frames: int, *, sound: bool
) -> None:
    facts = probe(saved(tmp_path, Asked("m", PROMPT, size, seconds, fps, sound)))
    assert (facts.frames, facts.fps, facts.width_px, facts.height_px) == (frames, fps, *size)
    assert (facts.video_codec, facts.constant_rate, facts.damage) == ("h264", True, None)
    assert (facts.sound.codec if facts.sound else None) == ("aac" if sound else None)


def test_it_begins_on_the_first_frame_and_ends_on_the_last(tmp_path: Path) -> None:
    first, last = a_picture("#203a63"), a_picture("#7a3b1c")
    clip = saved(tmp_path, Asked("m", PROMPT, (640, 360), 2.0, first=first, last=last))
    assert unlike(first_frame(clip), first) < 3
    assert unlike(last_frame(clip), last) < 3
    assert unlike(frame_at(clip, 1.0), first) > 10


def test_a_frame_of_another_size_and_shape_fills_the_clip(tmp_path: Path) -> None:
    tall = a_picture("#203a63", (300, 700))
    clip = saved(tmp_path, Asked("m", PROMPT, (320, 180), 1.0, first=tall))
    assert first_frame(clip).size == (320, 180)
    assert first_frame(clip).getpixel((2, 2)) != (0, 0, 0)


def test_two_shots_differ_and_the_same_shot_does_not() -> None:
    one, two = Asked("m", "a fox", (320, 180), 1.0), Asked("m", "an owl", (320, 180), 1.0)
    assert clip_of(one) == clip_of(one)
    assert clip_of(one) != clip_of(two)
    assert len({asked.digest for asked in (one, two, Asked("m", "a fox", (320, 180), 1.0, first=b"x"))}) == 3


def test_clips_of_one_size_are_joined_without_encoding_again(tmp_path: Path) -> None:
    clips = [saved(tmp_path, Asked("m", prompt, (320, 180), 1.0, sound=True)) for prompt in ("a fox", "an owl")]
    report = join(clips, tmp_path / "film.mp4")
    assert (report.frames, report.copied) == (48, 2)


@pytest.mark.parametrize(("media_type", "format"), [("image/png", "PNG"), ("image/jpeg", "JPEG"), ("image/webp", "WEBP")])
def test_a_picture_is_of_the_asked_size_and_type(media_type: str, format: str) -> None:
    picture = Image.open(BytesIO(picture_of(Asked("m", PROMPT, (512, 384)), media_type)))
    assert (picture.format, picture.size) == (format, (512, 384))


def test_a_picture_shows_those_it_was_made_from() -> None:
    plain, red = Asked("m", PROMPT, (512, 512)), Asked("m", PROMPT, (512, 512), references=(a_picture("#ff0000"),))
    pictures = [np.asarray(Image.open(BytesIO(picture_of(asked))).convert("RGB")) for asked in (plain, red)]
    assert [int((picture == (255, 0, 0)).all(axis=2).sum()) > 1000 for picture in pictures] == [False, True]


async def test_a_result_is_made_once_however_often_it_is_asked_for() -> None:
    studio, asked = Studio(), Asked("m", PROMPT, (320, 180), 1.0)
    first, second = await asyncio.gather(studio.make(asked), studio.make(asked))
    assert first is second is await studio.make(asked)


async def test_what_is_kept_has_a_bound() -> None:
    studio = Studio(most_bytes=1)
    asked = [Asked("m", f"{number}", (64, 64)) for number in range(3)]
    made = [await studio.make(one, "image/png") for one in asked]
    assert await studio.make(asked[2], "image/png") is made[2]
    assert await studio.make(asked[0], "image/png") is not made[0]
