"""A motion video as a few frames."""

from pathlib import Path

import pytest
from PIL import Image

from storyreel.domain.errors import MediaUnusable
from storyreel.domain.values import Size
from storyreel.media.encode import ClipWriter
from storyreel.media.received import received
from storyreel.media.sampling import sampled
from tests.media.footage import make_clip


def a_clip(path: Path, frames: int) -> Path:
    """A clip that brightens evenly."""
    with ClipWriter(path, Size(width_px=320, height_px=180), sound=False) as clip:
        for number in range(frames):
            clip.write(Image.new("RGB", (320, 180), (round(255 * number / max(1, frames - 1)),) * 3))
    return path


def test_frames_are_spaced_evenly_from_the_first_on(tmp_path: Path) -> None:
    found = sampled(a_clip(tmp_path / "clip.mp4", 48), 8, longest_side_px=160)

    shades = [frame.convert("L").resize((1, 1)).tobytes()[0] for frame in found.frames]
    assert (len(shades), found.seconds, found.frames[0].size) == (8, 2.0, (160, 90))
    assert shades == sorted(shades)
    assert shades[0] < 5
    assert abs(shades[-1] - 255 * 42 / 47) < 7


def test_a_video_of_one_picture_moves_nowhere(tmp_path: Path) -> None:
    with pytest.raises(MediaUnusable, match="at least two"):
        sampled(a_clip(tmp_path / "clip.mp4", 1))


def test_a_clip_of_huge_pictures_is_refused_before_it_is_watched(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "huge.mp4", size=(4096, 2306), frames=1)

    with pytest.raises(MediaUnusable, match="4096x2306 pixels, and at most as many as 4096x2304"):
        received(clip, called="The file")
