"""A file that is named where a text may stand: every command that takes a story reads the same."""

from pathlib import Path

import pytest

from tests.doors.conftest import Cli

SMALL = ("--size", "160x90", "--approve", "--json")


@pytest.fixture
def boats(cli: Cli, folder: Path) -> Path:
    """A folder with a script, a storyboard, and a film's folder."""
    (folder / "boats.txt").write_text("The boats leave.\n\nThe boats come home.\n")
    cli("storyboard", "A fox runs.", "--output", "fox.yaml")
    (folder / "fox-1").mkdir()
    (folder / "fox-1" / "storyboard.yaml").write_bytes((folder / "fox.yaml").read_bytes())
    (folder / "harbour").mkdir()
    return folder


@pytest.mark.parametrize("command", ["make", "estimate", "storyboard"])
@pytest.mark.parametrize(("name", "shown"), [("boats.txt", "boats"), ("fox.yaml", "fox"), ("fox-1/", "fox"), ("./fox-1", "fox")])
def test_a_file_or_a_film_s_folder_is_read_and_not_filmed_as_words(
    cli: Cli, boats: Path, command: str, name: str, shown: str
) -> None:
    ran = cli(command, name, "--approve", "--size", "160x90") if command == "make" else cli(command, name)

    assert (ran.code, shown in ran.out, name in ran.out.lower()) == (0, True, False), ran


@pytest.mark.parametrize("command", ["make", "estimate", "storyboard"])
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("none.txt", "none.txt cannot be read: No such file or directory."),
        ("none.yaml", "There is no storyboard file none.yaml."),
        ("harbour/", "There is no storyboard file harbour."),
    ],
)
def test_a_file_that_is_not_there_is_refused(cli: Cli, boats: Path, command: str, name: str, told: str) -> None:
    ran = cli(command, name)

    assert (ran.code, ran.err) == (2, f"storyreel: {told}\n")


def test_words_stay_words_though_a_folder_is_called_so_or_they_end_like_a_file(cli: Cli, boats: Path) -> None:
    for words in ("harbour", "She opens the letter.txt", "A boat."):
        assert cli("make", words, *SMALL).json["state"] == "awaiting_approval"
