"""Joining by bytes: the same film as packet by packet, and never where a clip is out of the plain."""

from hashlib import md5
from pathlib import Path

import av
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storyreel.domain.errors import MediaUnusable, OutputBroken
from storyreel.media.bytewise import alike, index_of
from storyreel.media.join import SoundMode, join
from storyreel.media.packetwise import join_packets
from storyreel.media.probe import probe
from storyreel.media.watch import Watch
from tests.media.footage import click, cut_off, make_clip
from tests.properties import examples


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Clips of one encoder, with sound, of lengths that no whole number of AAC packets fills."""
    folder = tmp_path_factory.mktemp("plain")
    return [
        make_clip(folder / f"{number}.mp4", clip=number, frames=frames, sound=click(frames / 24, frames / 48))
        for number, frames in enumerate((11, 19, 24))
    ]


def shown(path: Path) -> list[tuple[int, str]]:
    """Time and digest of each picture of a film."""
    with av.open(str(path)) as film:
        return [
            (round(frame.time * 1000), md5(frame.to_ndarray().tobytes(), usedforsecurity=False).hexdigest())
            for frame in film.decode(video=0)
        ]


def heard(path: Path) -> list[tuple[float, bytes]]:
    """Time and bytes of each packet of its sound."""
    with av.open(str(path)) as film:
        tick = float(film.streams.audio[0].time_base or 1)
        packets = film.demux(audio=0)
        return [(round(packet.pts * tick, 4), bytes(packet)) for packet in packets if packet.pts is not None and packet.size]


@settings(
    max_examples=examples(10), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(order=st.lists(st.integers(0, 2), min_size=1, max_size=6))
def test_pictures_and_sound_are_those_of_packet_by_packet(plain: list[Path], tmp_path: Path, order: list[int]) -> None:
    clips = [plain[number] for number in order]
    report = join(clips, tmp_path / "bytes.mp4", sound=SoundMode.COPY)
    whole = join_packets(
        clips, tmp_path / "packets.mp4", sound=SoundMode.COPY, reencode=False, skip_damaged=False, watch=Watch("")
    )

    assert shown(tmp_path / "bytes.mp4") == shown(tmp_path / "packets.mp4")
    assert heard(tmp_path / "bytes.mp4") == heard(tmp_path / "packets.mp4")
    assert (report.frames, report.fps, report.size, report.sound) == (whole.frames, whole.fps, whole.size, whole.sound)
    assert probe(tmp_path / "bytes.mp4").damage is None


def test_a_film_of_bytes_can_itself_be_joined_by_bytes(plain: list[Path], tmp_path: Path) -> None:
    join(plain, tmp_path / "film.mp4", sound=SoundMode.COPY)

    assert alike([tmp_path / "film.mp4"] * 2) is not None


def test_pictures_without_b_frames_and_without_sound_are_copied_too(zoo: Path, tmp_path: Path) -> None:
    clip = zoo / "no b frames.mp4"
    join([clip, clip], tmp_path / "film.mp4")

    assert [digest for _, digest in shown(tmp_path / "film.mp4")] == [digest for _, digest in shown(clip)] * 2


@pytest.mark.parametrize(
    "odd",
    [
        *("varying rate.mp4", "turned.mp4", "fragmented.mp4", "truncated.mp4", "truncated without index.mp4", "live.webm"),
        *("transport.ts", "edit list.mp4", "empty.mp4", "text.mp4", "not there.mp4"),
    ],
)
def test_what_is_out_of_the_plain_is_left_to_packets(zoo: Path, odd: str) -> None:
    assert alike([zoo / odd]) is None


def test_clips_that_differ_in_anything_are_left_to_packets(zoo: Path) -> None:
    assert alike([zoo / "plain.mp4", zoo / "one group.mp4"]) is None
    assert alike([zoo / "no b frames.mp4", zoo / "open groups.mp4"]) is None


def test_a_clip_that_breaks_off_is_named(plain: list[Path], tmp_path: Path) -> None:
    broken = make_clip(tmp_path / "broken.mp4", frames=48, muxing={"movflags": "+faststart"})
    cut_off(broken, 0.6)

    with pytest.raises(MediaUnusable, match="breaks off"):
        join([broken, broken], tmp_path / "film.mp4", sound=SoundMode.COPY)
    assert not (tmp_path / "film.mp4").exists()


@settings(
    max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_whatever_an_index_says_it_is_taken_or_left(plain: list[Path], tmp_path: Path, data: st.DataObject) -> None:
    clip = bytearray(plain[0].read_bytes())
    begin = clip.rindex(b"moov")
    for _ in range(data.draw(st.integers(1, 4))):
        clip[data.draw(st.integers(begin, len(clip) - 1))] = data.draw(st.integers(0, 255))
    (tmp_path / "odd.mp4").write_bytes(clip)

    found = alike([tmp_path / "odd.mp4"])
    assert found is None or index_of(found) is None or len(found) == 1


def test_a_film_that_does_not_hold_its_clips_is_refused(plain: list[Path], tmp_path: Path) -> None:
    from storyreel.media import bytewise

    clips = alike(plain)
    assert clips is not None
    index = index_of(clips)
    assert index is not None
    with pytest.raises(OutputBroken):
        bytewise.write(clips, index[:-16], tmp_path / "film.mp4", Watch(""))
