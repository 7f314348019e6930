"""What keeps a film from being made is told before anything is printed, by its own exit code."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.doors.conftest import Cli

MAKE = ("make", "A fox runs", "--shots", "1", "--seconds", "1", "--size", "160x90")


def test_a_home_that_cannot_be_used_is_told_before_the_storyboard(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "file").touch()
    monkeypatch.setenv("STORYREEL_HOME", str(folder / "file"))
    a_file = cli(*MAKE)
    (folder / "damaged").mkdir()
    (folder / "damaged" / "storyreel.db").write_bytes(b"no database at all, but long enough to be taken for one" * 100)
    monkeypatch.setenv("STORYREEL_HOME", str(folder / "damaged"))
    damaged = cli(*MAKE)

    assert (a_file.code, a_file.out, "a file is where this folder should be" in a_file.err) == (5, "", True), a_file.err
    assert (damaged.code, damaged.out) == (5, ""), damaged.err


@pytest.mark.parametrize(
    ("output", "code", "words"),
    [
        ("ы" * 126 + ".mp4", 5, "file name too long"),
        (os.fsdecode(b"\xff.mp4"), 2, "is not a name in UTF-8"),
        ("", 2, "is a folder; name the film's file, like"),
    ],
)
def test_a_name_that_no_film_can_have_is_told_first(cli: Cli, output: str, code: int, words: str) -> None:
    ran = cli(*MAKE, "--output", output)

    assert (ran.code, ran.out, words in ran.err) == (code, "", True), ran.err


@pytest.mark.journey
def test_a_film_may_have_as_long_a_name_as_the_disk_takes(cli: Cli, folder: Path) -> None:
    name = "ы" * 125 + ".mp4"  # 254 bytes

    assert cli(*MAKE, "--output", name).code == 0
    assert (folder / name).is_file()


@pytest.mark.parametrize("words", [MAKE, ("storyboard", "A fox runs")])
def test_a_folder_that_was_deleted_is_told(folder: Path, words: tuple[str, ...]) -> None:
    begin = "import os; os.rmdir(os.getcwd()); from storyreel.doors.cli.main import main; main()"
    done = subprocess.run([sys.executable, "-P", "-c", begin, *words], cwd=folder, capture_output=True, text=True, check=False)

    told = "storyreel: The current folder was deleted; go to one that is there, and try again.\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", told)
