"""A shot that is taken out of a film keeps its take beside it, and has it back when it comes back."""

from pathlib import Path

import pytest
import yaml

from tests.doors.conftest import Cli


@pytest.mark.journey
def test_the_take_of_a_removed_shot_stays_and_is_not_there_twice_when_it_is_back(cli: Cli, folder: Path) -> None:
    film = cli("make", "A fox runs. The fox stops.", "--shots", 2, "--seconds", 0.5, "--size", "160x90", "--json").json["film"]
    takes, whole = folder / film / "takes", (folder / film / "storyboard.yaml").read_text()
    board = yaml.safe_load(whole)
    gone = board["scenes"][-1]["shots"].pop()["id"]
    (folder / "less.yaml").write_text(yaml.safe_dump(board, allow_unicode=True))
    (folder / "whole.yaml").write_text(whole)

    less = cli("edit", film, "--file", "less.yaml", "--json")
    assert (less.code, len(less.json["shots"])) == (0, 1)
    assert [one.name for one in (takes / "removed").iterdir()] == [f"{gone}-take-1.mp4"]

    assert cli("edit", film, "--file", "whole.yaml", "--json").code == 0
    assert not (takes / "removed").exists()
    assert (takes / "shot-02-take-1.mp4").exists()
