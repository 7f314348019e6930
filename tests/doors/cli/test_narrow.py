"""A storyboard on a narrow terminal: all of it is read before anything is paid."""

import pytest
from rich.cells import cell_len

from tests.doors.conftest import Cli

STORY = "A weathered lighthouse keeper climbs the spiral stairs at night while the storm rages. He lights the lamp in the fog."


@pytest.mark.parametrize("columns", [40, 80, 100, 160])
def test_every_shot_is_read_whole_with_its_number_length_camera_and_hour(
    cli: Cli, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    shots = [shot for scene in cli("storyboard", STORY, "--json").json["scenes"] for shot in scene["shots"]]

    told = cli("storyboard", STORY).out

    _, *lines = told.splitlines()
    words = " ".join(told.split())
    for number, shot in enumerate(shots, start=1):
        assert f" {number} {shot['seconds']:g} s " in words
    assert words.count("night") >= len(shots)
    assert "extreme wide" in words
    assert "…" not in told
    assert max(map(cell_len, (line for line in lines if not line.startswith("  note")))) <= columns
    if columns < 100:
        assert all(" ".join(shot["description"].split()) in words for shot in shots)
