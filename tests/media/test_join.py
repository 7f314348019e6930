"""Joining: every picture of every clip, in order, untouched where it can be; every sound at its place. Requirements F6 and B5."""

from collections.abc import Sequence
from fractions import Fraction
from hashlib import md5
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storyreel.domain.errors import Cancelled, InvalidRequest, MediaUnusable, OutputUnwritable
from storyreel.media.frames import first_frame, frame_at
from storyreel.media.join import SoundMode, join
from storyreel.media.probe import probe
from tests.media.footage import all_sound, click, click_times, every_picture, full_disk, make_clip, numbers_on
from tests.properties import examples


def digests(path: Path) -> list[str]:
    """Of each decoded picture, as stored."""
    with av.open(str(path)) as clip:
        return [md5(frame.to_ndarray().tobytes(), usedforsecurity=False).hexdigest() for frame in clip.decode(video=0)]


def shown_numbers(path: Path) -> list[tuple[int, int]]:
    """Clip's and picture's number of each picture of a film."""
    return [numbers_on(pixels) for pixels in every_picture(path)]


def found_by_seeking(path: Path, places: Sequence[int]) -> list[str]:
    """Digests of the pictures at these places, each sought in a file that stays open."""
    found: list[str] = []
    with av.open(str(path)) as clip:
        stream = clip.streams.video[0]
        tick = Fraction(stream.time_base or 1)
        for place in places:
            clip.seek(int(Fraction(place, 24) / tick), stream=stream)
            frame = next(frame for frame in clip.decode(stream) if frame.pts and frame.pts * tick >= Fraction(place, 24))
            found.append(md5(frame.to_ndarray().tobytes(), usedforsecurity=False).hexdigest())
    return found


@pytest.fixture(scope="module")
def likes(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Clips of one kind and of different lengths, each with a click in its middle."""
    folder = tmp_path_factory.mktemp("likes")
    lengths = [12, 7, 19, 24]
    return [
        make_clip(folder / f"{number}.mp4", clip=number, frames=frames, sound=click(frames / 24, frames / 48))
        for number, frames in enumerate(lengths)
    ]


def test_like_clips_are_copied_bit_for_bit(likes: list[Path], tmp_path: Path) -> None:
    report = join(likes, tmp_path / "film.mp4")

    assert digests(tmp_path / "film.mp4") == [digest for clip in likes for digest in digests(clip)]
    assert (report.copied, report.made_over, report.frames, report.fps) == (4, (), 62, 24)
    assert probe(tmp_path / "film.mp4").frames == 62


@settings(
    max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(order=st.lists(st.integers(0, 3), min_size=1, max_size=9))
def test_any_number_in_any_order_gives_their_pictures_in_that_order(likes: list[Path], tmp_path: Path, order: list[int]) -> None:
    film = tmp_path / "film.mp4"
    join([likes[number] for number in order], film)

    frames = [probe(likes[number]).frames for number in order]
    assert shown_numbers(film) == [(number, index) for number, count in zip(order, frames, strict=True) for index in range(count)]
    assert probe(film).damage is None


def test_at_the_end_of_thirty_clips_sound_and_picture_are_together(tmp_path: Path) -> None:
    # 11 pictures are 22,000 samples, which no whole number of AAC packets is: copied sound would drift by 14 ms a clip.
    clip = make_clip(tmp_path / "clip.mp4", frames=11, size=(64, 64), sound=click(11 / 24, 5 / 24))
    join([clip] * 30, tmp_path / "film.mp4")

    clicks = click_times(all_sound(tmp_path / "film.mp4"))
    assert clicks == pytest.approx([(11 * number + 5) / 24 for number in range(30)], abs=0.001)


def test_copied_sound_stays_within_a_packet_of_its_place(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", frames=11, size=(64, 64), sound=click(11 / 24, 5 / 24))
    report = join([clip] * 30, tmp_path / "film.mp4", sound=SoundMode.COPY)

    clicks = click_times(all_sound(tmp_path / "film.mp4"))
    assert report.sound is SoundMode.COPY
    assert clicks == pytest.approx([(11 * number + 5) / 24 for number in range(30)], abs=0.012)


def test_sound_that_cannot_be_copied_is_made_exact(zoo: Path, tmp_path: Path) -> None:
    report = join([zoo / "plain.mp4", zoo / "one group.mp4"], tmp_path / "film.mp4", sound=SoundMode.COPY)

    assert report.sound is SoundMode.EXACT
    assert click_times(all_sound(tmp_path / "film.mp4")) == pytest.approx([0.5, 1.5], abs=0.001)


def test_a_clip_without_sound_is_silent_and_the_next_is_in_time(zoo: Path, tmp_path: Path) -> None:
    join([zoo / "no b frames.mp4", zoo / "plain.mp4"], tmp_path / "film.mp4")

    assert click_times(all_sound(tmp_path / "film.mp4")) == pytest.approx([2.0], abs=0.001)


def test_clips_without_any_sound_make_a_film_without(zoo: Path, tmp_path: Path) -> None:
    report = join([zoo / "no b frames.mp4"] * 2, tmp_path / "film.mp4")

    assert report.sound is None
    assert probe(tmp_path / "film.mp4").sound is None


def test_every_join_is_soft(tmp_path: Path) -> None:
    loud = np.full((2, 48_000), 0.5, np.float32)
    clip = make_clip(tmp_path / "clip.mp4", size=(64, 64), sound=loud)
    join([clip, clip], tmp_path / "film.mp4")

    sound = all_sound(tmp_path / "film.mp4")
    assert np.abs(sound[47_990:48_010]).max() < 0.1
    assert sound[24_000] == pytest.approx(0.5, abs=0.05)


def test_two_encoders_clips_are_both_copied_and_can_be_sought_in(zoo: Path, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    names = ["no b frames.mp4", "open groups.mp4", "no b frames.mp4"]
    report = join([zoo / name for name in names], film)

    expected = [digest for name in names for digest in digests(zoo / name)]
    assert report.copied == 3
    assert digests(film) == expected
    assert found_by_seeking(film, (100, 40, 90, 5, 60)) == [expected[index] for index in (100, 40, 90, 5, 60)]


def test_a_film_with_a_clip_made_over_can_be_sought_in(likes: list[Path], tmp_path: Path) -> None:
    other = make_clip(tmp_path / "other.mp4", clip=9, frames=40, size=(240, 120))
    film = tmp_path / "film.mp4"
    join([likes[3], other, likes[3], other], film)

    every = digests(film)
    places = (100, 30, 70, 5, 127)
    assert found_by_seeking(film, places) == [every[index] for index in places]


def test_a_clip_of_full_range_keeps_its_colours_when_it_is_made_over(likes: list[Path], tmp_path: Path) -> None:
    full = make_clip(tmp_path / "full.mp4", pixel_format="yuvj420p", frames=6)
    join([likes[0], full, likes[1]], tmp_path / "film.mp4")

    before = np.asarray(first_frame(full)).astype(int)
    after = np.asarray(frame_at(tmp_path / "film.mp4", 12 / 24)).astype(int)
    assert np.abs(before - after).mean() < 3


def test_what_differs_is_made_over_and_the_rest_is_copied(likes: list[Path], zoo: Path, tmp_path: Path) -> None:
    other = make_clip(tmp_path / "other.mp4", clip=9, frames=30, fps=30, size=(240, 120))
    film = tmp_path / "film.mp4"
    report = join([likes[0], other, likes[2]], film)

    numbers = shown_numbers(film)
    assert report.made_over == (other,)
    assert (str(report.size), report.fps) == ("160x90", 24)
    assert digests(film)[:12] + digests(film)[36:] == digests(likes[0]) + digests(likes[2])
    assert [index for _, index in numbers[12:36]] == [round(index * 30 / 24 + 0.125) for index in range(24)]


def test_a_clip_of_another_shape_is_letterboxed(likes: list[Path], zoo: Path, tmp_path: Path) -> None:
    join([likes[0], zoo / "turned.mp4", likes[1]], tmp_path / "film.mp4")

    turned = every_picture(tmp_path / "film.mp4")[12]
    assert turned.shape == (90, 160, 3)
    assert turned[:, :50].max() < 30
    assert turned[:, 70:90].max() > 150


@pytest.mark.parametrize("name", ["varying rate.mp4", "live.webm", "transport.ts", "edit list.mp4", "ntsc.mp4", "fragmented.mp4"])
def test_any_kind_of_clip_takes_its_place(likes: list[Path], zoo: Path, tmp_path: Path, name: str) -> None:
    film = tmp_path / "film.mp4"
    join([likes[0], zoo / name, likes[1]], film)

    numbers, expected = shown_numbers(film), every_picture(zoo / name)
    length = round(probe(zoo / name).seconds * 24)
    assert numbers[:12] + numbers[-7:] == [(0, index) for index in range(12)] + [(1, index) for index in range(7)]
    assert len(numbers) == 12 + length + 7
    assert numbers[12] == numbers_on(expected[0])
    assert numbers[-8][1] in {numbers_on(expected[-1])[1], numbers_on(expected[-1])[1] - 1}


def test_sound_lies_with_its_picture_whatever_the_container(likes: list[Path], zoo: Path, tmp_path: Path) -> None:
    names = ["live.webm", "fragmented.mp4", "one group.mp4"]
    join([likes[0], *(zoo / name for name in names)], tmp_path / "film.mp4")

    assert click_times(all_sound(tmp_path / "film.mp4")) == pytest.approx([0.25, 1.0, 2.25, 4.25], abs=0.001)


def test_every_clip_can_be_made_over_for_players_that_stumble(likes: list[Path], tmp_path: Path) -> None:
    report = join(likes[:2], tmp_path / "film.mp4", reencode=True)

    assert (report.copied, len(report.made_over)) == (0, 2)
    assert shown_numbers(tmp_path / "film.mp4") == [(0, index) for index in range(12)] + [(1, index) for index in range(7)]


def test_the_same_clips_make_the_same_bytes(likes: list[Path], tmp_path: Path) -> None:
    for name in ("a.mp4", "b.mp4"):
        join(likes, tmp_path / name)

    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()


@pytest.mark.parametrize("name", ["truncated.mp4", "empty.mp4", "text.mp4", "missing.mp4"])
def test_a_damaged_clip_is_named_and_nothing_is_written(likes: list[Path], zoo: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(MediaUnusable, match=name.partition(".")[0]) as refused:
        join([likes[0], zoo / name], tmp_path / "film.mp4")

    assert refused.value.path == zoo / name
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_clip_is_skipped_where_that_is_asked(likes: list[Path], zoo: Path, tmp_path: Path) -> None:
    report = join([likes[0], zoo / "truncated.mp4", likes[1]], tmp_path / "film.mp4", skip_damaged=True)

    assert [(one.clip, "breaks off" in one.reason) for one in report.skipped] == [(zoo / "truncated.mp4", True)]
    assert report.frames == 19


def test_one_clip_may_be_joined_to_nothing(likes: list[Path], tmp_path: Path) -> None:
    assert join(likes[:1], tmp_path / "film.mp4").frames == 12


def test_no_clips_and_an_output_that_is_a_clip_are_refused(likes: list[Path], tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest, match="at least one"):
        join([], tmp_path / "film.mp4")
    with pytest.raises(InvalidRequest, match="one of the clips"):
        join(likes, likes[1])


@pytest.mark.parametrize("after", [0, 1, 5])
def test_a_join_that_is_cancelled_leaves_nothing(likes: list[Path], tmp_path: Path, after: int) -> None:
    asked = iter(range(1000))
    other = make_clip(tmp_path / "other.mp4", fps=30)

    with pytest.raises(Cancelled):
        join([*likes, other], tmp_path / "films" / "film.mp4", cancelled=lambda: next(asked) >= after + 5)

    assert not (tmp_path / "films").exists() or list((tmp_path / "films").iterdir()) == []


def test_progress_rises_to_the_end(likes: list[Path], tmp_path: Path) -> None:
    told: list[float] = []
    join(likes, tmp_path / "film.mp4", on_progress=told.append)

    assert told == sorted(told)
    assert told[-1] == 1.0


@pytest.mark.parametrize("reencode", [False, True])
def test_a_full_disk_is_said_and_nothing_stays(likes: list[Path], tmp_path: Path, reencode: bool) -> None:
    with full_disk(8_000), pytest.raises(OutputUnwritable, match="cannot be written"):
        join(likes, tmp_path / "film.mp4", reencode=reencode)

    assert list(tmp_path.iterdir()) == []


def test_a_place_that_is_no_folder_is_said(likes: list[Path], tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(OutputUnwritable, match="cannot be written"):
        join(likes, tmp_path / "file" / "film.mp4")
