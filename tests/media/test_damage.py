"""A clip that is damaged is told so in one way, whoever looks at it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from storyreel.domain.errors import MediaUnusable
from storyreel.media.frames import first_frame, frame_at, last_frame
from storyreel.media.join import SoundMode, join
from storyreel.media.probe import probe
from tests.media.footage import make_clip

UNDECODABLE = "it is damaged: no picture of it can be decoded"


def overwritten(path: Path, begin: float, end: float, byte: int = 0) -> Path:
    """The clip with its media, from one share of it to another, made one byte."""
    data = bytearray(path.read_bytes())
    media, index = data.index(b"mdat") + 4, data.rindex(b"moov") - 4
    at, until = media + int((index - media) * begin), media + int((index - media) * end)
    data[at:until] = bytes([byte]) * (until - at)
    path.write_bytes(data)
    return path


@pytest.fixture
def undecodable(tmp_path: Path) -> Path:
    """A clip of which nothing but the index is left."""
    return overwritten(make_clip(tmp_path / "clip.mp4"), 0, 1, 0xFF)


LOOKS: list[Callable[[Path], object]] = [
    probe,
    first_frame,
    last_frame,
    lambda clip: frame_at(clip, 0.0),
    lambda clip: join([clip, clip], clip.with_name("film.mp4")),
    lambda clip: join([clip, clip], clip.with_name("film.mp4"), sound=SoundMode.COPY),
]


@pytest.mark.parametrize("look", LOOKS, ids=["probe", "first", "last", "at", "exact", "copy"])
def test_a_clip_without_a_picture_is_told_in_one_sentence(undecodable: Path, look: Callable[[Path], object]) -> None:
    with pytest.raises(MediaUnusable) as told:
        look(undecodable)

    assert told.value.problem == UNDECODABLE


def test_a_gap_that_a_download_left_is_found_without_decoding(tmp_path: Path) -> None:
    clip = overwritten(make_clip(tmp_path / "clip.mp4", frames=48), 0.5, 0.8)

    said = probe(clip).damage
    assert said is not None
    assert "of its 48 pictures" in said
    for sound in SoundMode:
        with pytest.raises(MediaUnusable) as told:
            join([clip, clip], tmp_path / "film.mp4", sound=sound)
        assert told.value.problem == said
    with pytest.raises(MediaUnusable) as told:
        frame_at(clip, 1.5)
    assert told.value.problem == f"{said}: none can be decoded at 1.5 s"
