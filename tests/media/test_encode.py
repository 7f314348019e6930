"""Writing clips: what was drawn comes back, in time, whole or not at all, and the same every time."""

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from storyreel.domain.errors import OutputUnwritable
from storyreel.domain.values import Size
from storyreel.media.encode import ClipWriter, Layout, Pixels
from storyreel.media.join import join
from storyreel.media.probe import probe
from storyreel.media.sound_track import Samples
from tests.media.footage import all_sound, click, click_times, every_picture, full_disk, numbers_on, picture

SMALL = Size(width_px=160, height_px=90)


def write(path: Path, frames: int = 30, *, clip: int = 0, fps: int = 24, sound: bool = True) -> Path:
    """A clip of numbered pictures with a click at half a second."""
    with ClipWriter(path, SMALL, fps=fps, sound=sound) as writer:
        if sound:
            writer.write_sound(np.ascontiguousarray(click(3, 0.5).T))
        for index in range(frames):
            writer.write(picture(index, clip=clip))
    return path


def write_all(path: Path, pictures: Iterable[Pixels]) -> None:
    """A clip of these pictures, without sound."""
    with ClipWriter(path, SMALL, sound=False) as writer:
        for one in pictures:
            writer.write(one)


def test_pictures_come_back_in_order_and_on_time(tmp_path: Path) -> None:
    clip = write(tmp_path / "clip.mp4")

    facts = probe(clip)
    assert (facts.frames, facts.fps, facts.width_px, facts.height_px, facts.damage) == (30, 24, 160, 90, None)
    assert [numbers_on(pixels)[1] for pixels in every_picture(clip)] == list(range(30))


def test_sound_is_as_long_as_the_pictures_and_in_time_with_them(tmp_path: Path) -> None:
    clip = write(tmp_path / "clip.mp4")

    sound = all_sound(clip)
    assert click_times(sound) == pytest.approx([0.5], abs=0.001)
    assert 0 <= len(sound) - 30 * 2000 < 1024  # the last AAC packet is always whole


def test_sound_that_is_missing_is_silence(tmp_path: Path) -> None:
    with ClipWriter(tmp_path / "clip.mp4", SMALL) as writer:
        for index in range(30):
            writer.write(picture(index))

    assert len(all_sound(tmp_path / "clip.mp4")) >= 60_000
    assert np.abs(all_sound(tmp_path / "clip.mp4")).max() < 0.001


def test_a_clip_without_sound_has_none(tmp_path: Path) -> None:
    assert probe(write(tmp_path / "clip.mp4", sound=False)).sound is None


def test_the_same_pictures_make_the_same_bytes(tmp_path: Path) -> None:
    assert write(tmp_path / "a.mp4").read_bytes() == write(tmp_path / "b.mp4").read_bytes()


def test_sound_that_is_still_being_made_is_waited_for_and_gives_the_same_bytes(tmp_path: Path) -> None:
    late: Future[Samples] = Future()
    with ClipWriter(tmp_path / "late.mp4", SMALL) as writer:
        writer.write_sound(late)
        for index in range(6):
            writer.write(picture(index))
        late.set_result(np.ascontiguousarray(click(3, 0.5).T))
        for index in range(6, 30):
            writer.write(picture(index))

    assert (tmp_path / "late.mp4").read_bytes() == write(tmp_path / "clip.mp4").read_bytes()


@pytest.mark.parametrize("error", [RuntimeError("the string tore"), OSError("the string tore")])
def test_a_clip_whose_sound_fails_leaves_nothing(tmp_path: Path, error: Exception) -> None:
    torn: Future[Samples] = Future()
    torn.set_exception(error)

    def write_torn() -> None:
        with ClipWriter(tmp_path / "clip.mp4", SMALL) as writer:
            writer.write_sound(torn)
            for index in range(30):
                writer.write(picture(index))

    with pytest.raises(RuntimeError, match="string tore"):
        write_torn()

    assert list(tmp_path.iterdir()) == []


def test_clips_of_one_size_have_the_same_parameters_and_join_without_encoding(tmp_path: Path) -> None:
    clips = [write(tmp_path / f"{number}.mp4", 13 + 20 * number, clip=number) for number in range(3)]
    headers: set[bytes | None] = set()
    for clip in clips:
        with av.open(str(clip)) as container:
            headers.add(container.streams.video[0].codec_context.extradata)

    assert len(headers) == 1
    assert join(clips, tmp_path / "film.mp4").copied == 3


def test_every_second_can_be_decoded_alone(tmp_path: Path) -> None:
    with av.open(str(write(tmp_path / "clip.mp4", 60))) as clip:
        stream = clip.streams.video[0]
        keys = [
            packet.pts * (stream.time_base or 1) for packet in clip.demux(stream) if packet.pts is not None and packet.is_keyframe
        ]

    assert keys == [Fraction(0), Fraction(1), Fraction(2)]


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "RGBX", "L", "CMYK"])
def test_any_kind_of_pillow_picture_is_taken(tmp_path: Path, mode: str) -> None:
    grey = Image.new("RGB", (160, 90), (120, 120, 120)).convert(mode)
    with ClipWriter(tmp_path / "clip.mp4", SMALL, sound=False) as writer:
        writer.write(grey)

    assert np.abs(every_picture(tmp_path / "clip.mp4")[0].astype(int) - 120).max() <= 3


def test_buffers_in_other_orders_of_bytes_give_the_same_picture(tmp_path: Path) -> None:
    red = np.zeros((90, 160, 4), np.uint8)
    red[..., 0] = 200
    orders: tuple[tuple[str, Pixels, Layout], ...] = (
        ("a", red, "RGBX"),
        ("b", np.ascontiguousarray(red[..., [2, 1, 0, 3]]), "BGRX"),
        ("c", red[..., :3], "RGB"),
    )
    for name, pixels, layout in orders:
        with ClipWriter(tmp_path / f"{name}.mp4", SMALL, sound=False) as writer:
            writer.write_pixels(pixels.tobytes(), layout)
    with ClipWriter(tmp_path / "d.mp4", SMALL, sound=False) as writer:
        writer.write_pixels(red[..., :3].ravel(), "RGB")

    assert (tmp_path / "d.mp4").read_bytes() == (tmp_path / "c.mp4").read_bytes()
    shown = [every_picture(tmp_path / f"{name}.mp4")[0].astype(int).mean(axis=(0, 1)) for name in "abc"]
    assert shown[0] == pytest.approx(shown[1], abs=1)
    assert shown[0] == pytest.approx(shown[2], abs=1)
    assert shown[0][0] > 180


def test_a_buffer_may_be_drawn_over_at_once(tmp_path: Path) -> None:
    pixels = np.empty((90, 160, 3), np.uint8)
    with ClipWriter(tmp_path / "clip.mp4", SMALL, sound=False) as writer:
        for index in range(20):
            pixels[:] = picture(index)
            writer.write(pixels)

    assert [numbers_on(shown)[1] for shown in every_picture(tmp_path / "clip.mp4")] == list(range(20))


def test_a_clip_whose_drawing_fails_leaves_nothing(tmp_path: Path) -> None:
    def pictures() -> Iterator[Pixels]:
        yield from (picture(index) for index in range(20))
        raise RuntimeError("the pen broke")

    with pytest.raises(RuntimeError, match="pen broke"):
        write_all(tmp_path / "clip.mp4", pictures())

    assert list(tmp_path.iterdir()) == []


def test_a_clip_without_pictures_is_a_mistake_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="without a picture"), ClipWriter(tmp_path / "clip.mp4", SMALL):
        pass

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("shape", [(90, 150, 3), (80, 160, 3)])
def test_a_picture_of_another_size_is_refused(tmp_path: Path, shape: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="160x90"), ClipWriter(tmp_path / "clip.mp4", SMALL) as writer:
        writer.write(np.zeros(shape, np.uint8))


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (90, 160, 3), np.uint8)
    with full_disk(20_000), pytest.raises(OutputUnwritable, match="cannot be written"):
        write_all(tmp_path / "clip.mp4", [noise] * 60)

    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(OutputUnwritable), ClipWriter(tmp_path / "file" / "clip.mp4", SMALL):
        pass


def test_what_was_there_stays_until_the_new_clip_is_whole(tmp_path: Path) -> None:
    (tmp_path / "clip.mp4").write_text("old")
    with ClipWriter(tmp_path / "clip.mp4", SMALL) as writer:
        writer.write(picture(0))
        assert (tmp_path / "clip.mp4").read_text() == "old"

    assert probe(tmp_path / "clip.mp4").frames == 1
    assert [file.name for file in tmp_path.iterdir()] == ["clip.mp4"]


def test_a_name_with_a_colon_is_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    clip = write(Path("scene 1: dawn, 100%d.mp4"))

    assert join([clip], Path("http:film.mp4")).frames == 30
    assert sorted(file.name for file in tmp_path.iterdir()) == ["http:film.mp4", "scene 1: dawn, 100%d.mp4"]


CLIP = """
import hashlib, io, sys
from pathlib import Path
import numpy as np
from storyreel.domain.values import Size
from storyreel.media.encode import ClipWriter

y, x = np.mgrid[:90, :160]
ground = np.stack([x * 1.2, y * 2.2, 120 + 60 * np.sin(x / 9) * np.cos(y / 7)], axis=2)
with ClipWriter(Path(sys.argv[1]), Size(width_px=160, height_px=90)) as clip:
    for number in range(24):
        disc = (x - 20 - 4 * number) ** 2 + (y - 50) ** 2 < 400
        clip.write(np.where(disc[:, :, None], 240, ground + number / 3).astype(np.uint8))
    clip.write_sound(np.random.default_rng(1).normal(0, 0.1, (48_000, 2)).astype(np.float32))
print(hashlib.sha256(Path(sys.argv[1]).read_bytes()).hexdigest())
"""


@pytest.mark.journey
def test_the_same_pictures_give_the_same_bytes_whatever_the_memory_held_before(tmp_path: Path) -> None:
    def made(held: int) -> str:
        environment = {**os.environ, "MALLOC_PERTURB_": str(held)}  # glibc fills what it gives with this; others ignore it
        command = [sys.executable, "-c", CLIP, str(tmp_path / f"clip{held}.mp4")]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout

    assert made(85) == made(170)
