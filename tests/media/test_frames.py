"""Single pictures: the very ones that a full decode gives. Requirement B5."""

from contextlib import suppress
from pathlib import Path

import av
import av.error
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from storyreel.domain.errors import InvalidRequest, MediaUnusable, OutputUnwritable
from storyreel.domain.values import Size
from storyreel.media.encode import ClipWriter
from storyreel.media.frames import first_frame, frame_at, last_frame, save_png
from tests.media.footage import every_picture, make_clip, numbers_on
from tests.properties import examples

WHOLE = [
    "plain.mp4",
    "no b frames.mp4",
    "one group.mp4",
    "open groups.mp4",
    "varying rate.mp4",
    "ntsc.mp4",
    "fragmented.mp4",
    "live.webm",
    "transport.ts",
    "edit list.mp4",
]


def difference(image: Image.Image, pixels: object) -> float:
    """The mean difference of two pictures, in levels; other roundings of the same frame differ by about one."""
    return float(np.abs(np.asarray(image).astype(int) - np.asarray(pixels).astype(int)).mean())


@pytest.mark.parametrize("name", WHOLE)
def test_the_last_picture_is_the_one_a_full_decode_ends_with(zoo: Path, name: str) -> None:
    every = every_picture(zoo / name)
    last = last_frame(zoo / name)

    assert numbers_on(np.asarray(last)) == numbers_on(every[-1])
    assert difference(last, every[-1]) < 3


@pytest.mark.parametrize("name", WHOLE)
def test_the_first_picture_is_the_first_that_is_shown(zoo: Path, name: str) -> None:
    assert numbers_on(np.asarray(first_frame(zoo / name))) == numbers_on(every_picture(zoo / name)[0])


def test_the_last_picture_of_a_clip_that_breaks_off_is_the_last_whole_one(zoo: Path) -> None:
    _, number = numbers_on(np.asarray(last_frame(zoo / "truncated.mp4")))

    assert number >= _decoded_until_it_breaks(zoo / "truncated.mp4") - 2  # the last may be half a picture


@pytest.mark.parametrize("name", ["plain.mp4", "open groups.mp4", "live.webm", "ntsc.mp4", "transport.ts", "edit list.mp4"])
def test_the_picture_at_a_time_is_the_one_on_screen_then(zoo: Path, name: str) -> None:
    every = every_picture(zoo / name)
    fps = 30_000 / 1001 if name == "ntsc.mp4" else 24

    for index in (0, 1, 7, 12, 13, len(every) - 1):
        at_its_start, near_its_end = frame_at(zoo / name, index / fps), frame_at(zoo / name, (index + 0.98) / fps)
        assert numbers_on(np.asarray(at_its_start)) == numbers_on(every[index])
        assert numbers_on(np.asarray(near_its_end)) == numbers_on(every[index])


@pytest.mark.parametrize("seconds", [-0.1, 1.0, 60.0])
def test_a_time_outside_the_clip_is_refused_with_its_length(zoo: Path, seconds: float) -> None:
    with pytest.raises(InvalidRequest, match="1 s long") as refused:
        frame_at(zoo / "plain.mp4", seconds)

    assert refused.value.field == "at"


def test_a_turned_clip_gives_upright_pictures(zoo: Path) -> None:
    upright = last_frame(zoo / "turned.mp4")

    assert upright.size == (90, 160)
    assert numbers_on(np.asarray(upright.rotate(90, expand=True))) == (0, 23)


@pytest.mark.parametrize(("size", "matrix"), [((160, 90), "BT.601"), ((1280, 720), "BT.709")])
def test_colours_of_untagged_clips_follow_their_height(tmp_path: Path, size: tuple[int, int], matrix: str) -> None:
    clip = make_clip(tmp_path / "clip.mp4", frames=1, size=size)

    red, green, blue = np.asarray(first_frame(clip))[-4:, : size[0] // 16].reshape(-1, 3).mean(axis=0)
    assert (red, green, blue) == pytest.approx((60, 200, 90), abs=7), matrix


def test_what_we_write_comes_back_in_the_same_colours(tmp_path: Path) -> None:
    shown = Image.new("RGB", (320, 180), (201, 64, 33))
    with ClipWriter(tmp_path / "clip.mp4", Size(width_px=320, height_px=180), sound=False) as clip:
        for _ in range(3):
            clip.write(shown)

    assert difference(last_frame(tmp_path / "clip.mp4"), shown) < 1


def test_a_picture_is_saved_without_loss(tmp_path: Path) -> None:
    noise = Image.fromarray(np.random.default_rng(0).integers(0, 256, (40, 60, 3), np.uint8))
    save_png(noise, tmp_path / "new folder" / "noise.png")

    with Image.open(tmp_path / "new folder" / "noise.png") as saved:
        assert np.array_equal(np.asarray(saved), np.asarray(noise))
    assert [file.name for file in (tmp_path / "new folder").iterdir()] == ["noise.png"]


def test_a_picture_that_cannot_be_saved_says_where(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(OutputUnwritable, match="cannot be written"):
        save_png(Image.new("RGB", (4, 4)), tmp_path / "file" / "picture.png")


@settings(
    max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(damage=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=30))
def test_bytes_changed_at_random_give_a_picture_or_a_typed_error(
    zoo: Path, tmp_path: Path, damage: list[tuple[float, int]]
) -> None:
    data = bytearray((zoo / "plain.mp4").read_bytes())
    for share, value in damage:
        data[int(share * (len(data) - 1))] = value
    (tmp_path / "damaged.mp4").write_bytes(data)

    with suppress(MediaUnusable):
        assert last_frame(tmp_path / "damaged.mp4").mode == "RGB"
        assert frame_at(tmp_path / "damaged.mp4", 0.0).mode == "RGB"


def _decoded_until_it_breaks(path: Path) -> int:
    count = 0
    with av.open(str(path)) as clip, suppress(av.error.FFmpegError):
        for _ in clip.decode(video=0):
            count += 1
    return count
