"""Given pictures: they begin and end exactly where they must, and move in between."""

import itertools

import numpy as np
import pytest
from PIL import Image
from tests.animatic.conftest import Ask

from storyreel.animatic.engine import compose
from storyreel.animatic.photo import Still
from storyreel.domain.storyboard import Move, Weather
from storyreel.domain.values import Size


@pytest.fixture
def photo() -> Image.Image:
    random = np.random.default_rng(3)
    small = Image.fromarray(random.integers(0, 255, (12, 20, 3), dtype=np.uint8))
    return small.resize((400, 240), Image.Resampling.BICUBIC)


def same(one: Image.Image, other: Image.Image) -> bool:
    return one.tobytes() == other.tobytes()


@pytest.mark.parametrize("move", list(Move))
def test_the_clip_begins_on_the_given_picture(ask: Ask, photo: Image.Image, move: Move) -> None:
    clip = compose(ask(subjects=(), move=move), first_frame=photo)
    assert same(clip.frame(0), Still.fitted(photo, Size.parse("160x90")).whole)
    assert not same(clip.frame(clip.frames - 1), clip.frame(0))


def test_a_chained_shot_begins_on_the_very_frame_before_it(ask: Ask) -> None:
    before = compose(ask(place="forest"))
    last = before.frame(before.frames - 1)
    after = compose(ask(place="meadow", move=Move.PUSH_IN), first_frame=last)
    assert same(after.frame(0), last)
    drawn = compose(ask(place="meadow", move=Move.PUSH_IN))
    assert same(after.frame(after.frames - 1), drawn.frame(drawn.frames - 1))


def test_a_chained_shot_leaves_the_frame_before_it_without_a_jump(ask: Ask, photo: Image.Image) -> None:
    clip = compose(ask(seconds=2), first_frame=photo)
    frames = [np.asarray(clip.frame(k), dtype=float) for k in range(clip.frames)]
    steps = [float(np.abs(b - a).mean()) for a, b in itertools.pairwise(frames)]
    assert max(steps) < 12
    assert steps[0] < 4


def test_from_one_picture_to_another_both_ends_are_exact(ask: Ask, photo: Image.Image) -> None:
    other = photo.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    clip = compose(ask(seconds=1), first_frame=photo, last_frame=other)
    size = Size.parse("160x90")
    assert same(clip.frame(0), Still.fitted(photo, size).whole)
    assert same(clip.frame(clip.frames - 1), Still.fitted(other, size).whole)


def test_a_last_frame_alone_is_reached_exactly(ask: Ask, photo: Image.Image) -> None:
    clip = compose(ask(), last_frame=photo)
    assert same(clip.frame(clip.frames - 1), Still.fitted(photo, Size.parse("160x90")).whole)


@pytest.mark.parametrize("weather", [Weather.RAIN, Weather.SNOW, Weather.FOG, Weather.STORM, Weather.SAND])
def test_weather_falls_on_a_photo_but_not_on_its_first_frame(ask: Ask, photo: Image.Image, weather: Weather) -> None:
    dry = compose(ask(subjects=()), first_frame=photo)
    wet = compose(ask(subjects=(), weather=weather), first_frame=photo)
    assert same(dry.frame(0), wet.frame(0))
    assert not same(dry.frame(20), wet.frame(20))


def test_a_huge_photo_is_kept_at_one_and_a_half_times_the_frame() -> None:
    still = Still.fitted(Image.new("RGB", (3000, 2000)), Size.parse("160x90"))
    assert still.source.size == (240, 135)


def test_a_photo_is_turned_upright_by_its_own_tag() -> None:
    lying = Image.new("RGB", (90, 160), "red")
    lying.paste("blue", (0, 80, 90, 160))
    exif = lying.getexif()
    exif[0x0112] = 6
    lying.info["exif"] = exif.tobytes()
    whole = Still.fitted(lying, Size.parse("160x90")).whole
    assert whole.getpixel((10, 45)) == (0, 0, 255)
