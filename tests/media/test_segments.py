"""A clip of segments that were made side by side: every picture in its order, the sound in time, whole or not at all."""

from pathlib import Path

import numpy as np
import pytest

from storyreel.domain.errors import MediaUnusable
from storyreel.domain.values import Size
from storyreel.media import bytewise
from storyreel.media.encode import ClipWriter
from storyreel.media.probe import probe
from storyreel.media.segments import put_together
from storyreel.media.sound_track import Samples
from tests.media.footage import all_sound, click, click_times, cut_off, every_picture, numbers_on, picture

SMALL = Size(width_px=160, height_px=90)


@pytest.fixture
def segments(tmp_path: Path) -> list[Path]:
    """Three silent ones, of pictures that are numbered through."""
    return [written(tmp_path / f"{part}.mp4", numbers) for part, numbers in enumerate((range(48), range(48, 96), range(96, 126)))]


def written(path: Path, numbers: range, sound: Samples | None = None) -> Path:
    with ClipWriter(path, SMALL, sound=sound is not None) as clip:
        if sound is not None:
            clip.write_sound(sound)
        for number in numbers:
            clip.write(picture(number))
    return path


def clicking(at: float) -> Samples:
    """Six seconds, longer than the pictures."""
    return np.ascontiguousarray(click(6, at).T)


def test_their_pictures_come_in_order_and_on_time(segments: list[Path], tmp_path: Path) -> None:
    put_together(segments, tmp_path / "clip.mp4", sound=clicking(1))

    facts = probe(tmp_path / "clip.mp4")
    assert (facts.frames, facts.fps, facts.damage) == (126, 24, None)
    assert [numbers_on(pixels)[1] for pixels in every_picture(tmp_path / "clip.mp4")] == list(range(126))


def test_the_sound_is_in_time_and_as_long_as_the_pictures(segments: list[Path], tmp_path: Path) -> None:
    put_together(segments, tmp_path / "clip.mp4", sound=clicking(4.1))

    sound = all_sound(tmp_path / "clip.mp4")
    assert click_times(sound) == pytest.approx([4.1], abs=0.001)
    assert 0 <= len(sound) - 126 * 2000 < 1024  # the last AAC packet is always whole


def test_it_is_joined_byte_by_byte_with_a_clip_that_was_made_at_once(segments: list[Path], tmp_path: Path) -> None:
    put_together(segments, tmp_path / "clip.mp4", sound=clicking(1))
    whole = written(tmp_path / "whole.mp4", range(60), clicking(1))

    assert bytewise.alike([whole, tmp_path / "clip.mp4", whole]) is not None


def test_without_sound_it_has_none(segments: list[Path], tmp_path: Path) -> None:
    put_together(segments, tmp_path / "clip.mp4")

    assert probe(tmp_path / "clip.mp4").sound is None


def test_a_segment_that_is_cut_off_is_named_and_no_clip_is_left(segments: list[Path], tmp_path: Path) -> None:
    cut_off(segments[1], 0.6)

    with pytest.raises(MediaUnusable, match=r"1\.mp4"):
        put_together(segments, tmp_path / "clip.mp4", sound=clicking(1))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0.mp4", "1.mp4", "2.mp4"]
