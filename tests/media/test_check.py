"""The check of a finished take: what is asked, to its end. Requirement F5 (broken takes)."""

from pathlib import Path

import numpy as np
import pytest

from storyreel.domain.errors import Cancelled, OutputBroken
from storyreel.domain.values import Size
from storyreel.media.check import Wanted, check_take
from tests.media.footage import numbers_on


def test_a_good_take_gives_its_facts_and_the_picture_it_ends_on(zoo: Path) -> None:
    checked = check_take(zoo / "plain.mp4", Wanted(1.0, Size(width_px=160, height_px=90), exact=True))

    assert checked.facts.frames == 24
    assert numbers_on(np.asarray(checked.last_frame)) == (0, 23)


@pytest.mark.parametrize(
    "name", ["varying rate.mp4", "live.webm", "edit list.mp4", "open groups.mp4", "turned.mp4", "fragmented.mp4"]
)
def test_an_odd_take_is_not_a_broken_one(zoo: Path, name: str) -> None:
    assert check_take(zoo / name).facts.damage is None


@pytest.mark.parametrize(
    ("name", "problem"), [("truncated.mp4", "breaks off"), ("empty.mp4", "empty"), ("text.mp4", "not a video")]
)
def test_a_broken_take_says_what_is_wrong(zoo: Path, name: str, problem: str) -> None:
    with pytest.raises(OutputBroken, match=problem):
        check_take(zoo / name)


def test_a_take_of_our_own_that_is_not_what_was_asked_is_refused(zoo: Path) -> None:
    with pytest.raises(OutputBroken, match=r"1\.00 s long; 8\.00 s were asked"):
        check_take(zoo / "plain.mp4", Wanted(8, exact=True))
    with pytest.raises(OutputBroken, match="160x90; 1280x720 was asked"):
        check_take(zoo / "plain.mp4", Wanted(size=Size(width_px=1280, height_px=720), exact=True))


def test_pictures_that_do_not_decode_break_a_take(zoo: Path, tmp_path: Path) -> None:
    data = bytearray((zoo / "plain.mp4").read_bytes())
    data[3_000:3_400] = b"\xff" * 400
    (tmp_path / "hurt.mp4").write_bytes(data)

    with pytest.raises(OutputBroken, match="damaged in 1 of its 24 pictures"):
        check_take(tmp_path / "hurt.mp4")


def test_a_check_can_be_ended(zoo: Path) -> None:
    with pytest.raises(Cancelled):
        check_take(zoo / "plain.mp4", cancelled=lambda: True)
