"""Films that exist, changed from the command line: approved, made again in part, cut anew, ended. Requirements B8 and F3."""

import os
import sys
from pathlib import Path

import pytest

from tests.doors.conftest import Cli

FOX = ("make", "A fox runs. The fox stops.", "--shots", 2, "--seconds", 0.5, "--size", "160x90", "--joins", "chain")
BARKS = (
    f"{sys.executable} -S -c \"import sys; p = sys.argv[1]; t = open(p).read(); open(p, 'w').write(t.replace('stops', 'barks'))\""
)


@pytest.mark.journey
def test_a_film_is_approved_changed_shot_by_shot_and_cut_anew(cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = cli(*FOX, "--approve")
    film = cli("films", "--json").json[0]
    told = cli("approve", film["film"], "--quote", "--json").json
    made = cli("approve", "fox", "--json")
    assert f"storyreel approve {film['film']}" in held.out
    assert (film["state"], [one["reasons"] for one in told["makes"]]) == ("awaiting_approval", [["missing"], ["missing"]])
    assert (made.json["state"], made.json["cost_usd"]) == ("ready", 0.0)

    quoted = cli("retake", "fox", 1, "--quote")
    assert quoted.out.split("\n")[:2] == [
        "Making       shot 1: another take is wanted",
        "             shot 2: changed: first frame",
    ]
    assert cli("lock", "fox", 1, "--json").json["locked"] == ["s01"]
    refused = cli("retake", "fox", 1)
    assert (refused.code, "storyreel unlock" in refused.err) == (2, True)

    monkeypatch.setenv("EDITOR", BARKS)
    edited = cli("edit", "fox")
    monkeypatch.setenv("EDITOR", f"{sys.executable} -S -c pass")
    again = cli("edit", "fox")
    assert "shot 2: changed: description" in edited.out
    assert "nothing changed" in again.out

    chosen = cli("select", "fox", 2, 1, "--json")
    shown, row = cli("show", "fox"), cli("show", "fox", "--json").json
    assert (chosen.json["state"], "Aged         shot 2, changed since: description" in shown.out) == ("ready", True)
    assert [(shot["changed"], shot["locked"]) for shot in row["shots"]] == [([], True), (["description", "subjects"], False)]
    assert [len(shot["takes"]) for shot in row["shots"]] == [1, 2]
    assert [cut["number"] for cut in row["cuts"]] == [1, 2, 3]
    delivered = sorted(path.name for path in (folder / film["film"] / "takes").iterdir())
    assert delivered == ["shot-01-take-1.mp4", "shot-02-take-1.mp4", "shot-02-take-2.mp4"]

    written = cli("cut", "fox", 2, "--output", "second.mp4", "--json")
    assert (written.json["cut"], (folder / "second.mp4").stat().st_size > 0) == (2, True)
    assert (cli("cut", "fox", 9).code, cli("select", "fox", 2, 9).code, cli("cancel", "fox").code) == (2, 2, 2)


@pytest.mark.journey
def test_a_film_that_waits_can_be_ended(cli: Cli) -> None:
    film = cli(*FOX, "--approve", "--json").json

    ended = cli("cancel", film["film"], "--json")
    wanted = cli("resume", film["film"])
    missing = cli("edit", film["film"], "--file", "missing")
    cli("cancel", film["film"])

    assert (ended.code, ended.json["state"]) == (0, "cancelled")
    assert "waits for approval" in wanted.out
    assert (missing.code, missing.err) == (2, "storyreel: There is no storyboard file missing.\n")
    assert os.listdir() == []  # noqa: PTH208  the folder of the test is the current one


def test_a_storyboard_that_cannot_be_read_stays_where_it_was_edited(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    film = cli(*FOX, "--approve", "--json").json
    monkeypatch.setenv("EDITOR", f"{sys.executable} -S -c \"import sys; open(sys.argv[1], 'a').write('  broken')\"")

    refused = cli("edit", film["film"])

    kept = Path(refused.err.split(", line")[0].partition("storyreel: ")[2])
    assert (refused.code, kept.read_text().endswith("broken")) == (2, True)
    kept.unlink()
    kept.parent.rmdir()


def test_a_prompt_for_a_shot_that_is_drawn_is_told_to_be_unread(cli: Cli) -> None:
    film = cli(*FOX, "--approve", "--json").json["film"]

    told = cli("retake", film, 1, "--prompt", "A dog sleeps by the fire", "--quote")
    plain = cli("retake", film, 1, "--quote")

    assert "reads no prompt; change the shot's description instead" in " ".join(told.out.split())
    assert "reads no prompt" not in " ".join(plain.out.split())


def test_a_file_whose_description_was_changed_says_what_is_drawn_now(cli: Cli, folder: Path) -> None:
    film = cli(*FOX, "--approve", "--json").json["film"]
    cli("storyboard", film, "--output", "fox.yaml")
    file = folder / "fox.yaml"
    file.write_text(file.read_text().replace("description: A fox runs", "description: A dog runs"))

    edited, made = cli("edit", film, "--file", "fox.yaml", "--quote"), cli("storyboard", "fox.yaml")
    file.write_text("".join(line for line in file.read_text().splitlines(True) if "mark:" not in line))
    unmarked = cli("edit", film, "--file", "fox.yaml", "--quote")

    assert all("shot 1: What it shows was found anew from its words: dog." in " ".join(one.out.split()) for one in (edited, made))
    assert "its description is another and its `subjects` are not" in " ".join(unmarked.out.split())
