"""`join` of clips that are broken, and outputs that take no more: what is told, and what helps."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.doors.conftest import Cli
from tests.media.footage import cut_off, make_clip


@pytest.fixture
def clips(folder: Path) -> list[Path]:
    """A whole clip, one without its index, and no clip at all."""
    (folder / "no.mp4").write_text("no clip")
    return [make_clip(folder / "good.mp4"), cut_off(make_clip(folder / "cut.mp4"), 0.6), folder / "no.mp4"]


def test_a_clip_without_its_index_breaks_off_and_what_leaves_it_out_is_told(cli: Cli, clips: list[Path]) -> None:
    ran = cli("join", *clips, "-o", "film.mp4")

    assert (ran.code, "cut.mp4: it breaks off: the index" in ran.err) == (2, True), ran.err
    assert "--skip-damaged leaves out clips that do not decode" in ran.out
    assert cli("join", *clips, "-o", "film.mp4", "--skip-damaged").code == 0


def test_where_no_clip_can_be_used_every_one_is_named(cli: Cli, clips: list[Path]) -> None:
    ran = cli("join", *clips[1:], "-o", "film.mp4", "--skip-damaged")

    assert (ran.code, "cut.mp4: it breaks off" in ran.err, "no.mp4: it is not a video" in ran.err) == (2, True, True), ran.err


def test_an_output_that_is_full_before_a_film_was_begun_tells_of_none(folder: Path) -> None:
    words = [sys.executable, "-m", "storyreel", "make", "A fox runs", "--shots", "1"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(words, cwd=folder, stdout=full, stderr=subprocess.PIPE, text=True, check=False)

    assert (done.returncode, done.stderr) == (5, "storyreel: This cannot be printed: no space left on device.\n")


def test_in_what_a_clip_differs_is_told(cli: Cli, folder: Path) -> None:
    clips = [make_clip(folder / f"{number}.mp4", clip=number) for number in range(2)]
    other = make_clip(folder / "other.mp4", size=(128, 96), fps=30)

    told = cli("join", *clips, other, "-o", "film.mp4").out
    anew = cli("join", *clips, "-o", "anew.mp4", "--reencode").out

    assert f"encoded anew, it differs from the others (picture size, frame rate): {other}" in told
    assert f"encoded anew: {clips[0]}" in anew
