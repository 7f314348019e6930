"""Storyboards that are typed, piped or edited: what stands in them is settled, and an edit that broke off can go on."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.doors.conftest import Cli, Ran

TOLD = "title: Two shots\nshots:\n- description: A fox runs.\n- description: A hare hides.\n"
FAILS = f'{sys.executable} -S -c "raise SystemExit(3)"'
BREAKS = f"{sys.executable} -S -c \"import sys; open(sys.argv[1], 'a').write('  broken')\""


def piped(text: str, *words: str) -> Ran:
    """A command that reads this."""
    command = [sys.executable, "-m", "storyreel", *words]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.mark.usefixtures("folder")
def test_a_script_and_a_storyboard_are_read_from_standard_input() -> None:
    script = piped("A crow flies.", "storyboard", "--script", "-", "--shots", "1", "--json")
    board = piped(TOLD, "storyboard", "-", "--json")
    refused = piped(TOLD, "make", "--storyboard", "-", "--shots", "3")

    assert (script.code, script.json["source"]) == (0, "A crow flies."), script.err
    assert (board.code, board.json["title"]) == (0, "Two shots"), board.err
    assert (refused.code, "leave shots out" in refused.err) == (2, True), refused.err


@pytest.mark.journey
@pytest.mark.usefixtures("folder")
def test_a_storyboard_that_is_piped_in_place_of_a_text_is_one() -> None:
    film = piped(TOLD, "make", "-", "--size", "160x90", "--json")
    words = piped("The shots: a fox runs.", "storyboard", "-", "--json")

    assert (film.code, [shot["text"] for shot in film.json["shots"]]) == (0, ["A fox runs.", "A hare hides."]), film.err
    assert words.json["source"] == "The shots: a fox runs."


@pytest.mark.parametrize("option", ["--shots", "--seconds", "--length"])
def test_what_a_storyboard_has_settled_is_refused_with_it(cli: Cli, folder: Path, option: str) -> None:
    (folder / "two.yaml").write_text(TOLD)

    for command in ("storyboard", "make", "estimate"):
        ran = cli(command, "two.yaml", option, 2)
        assert (ran.code, f"leave {option.removeprefix('--')} out" in ran.err) == (2, True), ran.err


def test_an_edit_that_broke_off_says_how_it_goes_on(cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    again = "storyreel storyboard cat.storyboard.yaml --edit"
    monkeypatch.setenv("EDITOR", FAILS)
    failed = cli("storyboard", "A cat", "--edit", "--shots", 1)
    refused = cli("storyboard", "A cat", "--edit", "--shots", 1)
    monkeypatch.setenv("EDITOR", BREAKS)
    broken = cli("storyboard", "cat.storyboard.yaml", "--edit")

    assert (failed.code, f"go on with it:  {again}" in failed.err) == (2, True), failed.err
    assert (refused.code, f"Go on with it:  {again}" in refused.err, "--force" in refused.err) == (2, True, True), refused.err
    assert (broken.code, f"go on with it:  {again}" in broken.out) == (2, True), broken.err


@pytest.mark.journey
def test_an_edit_of_a_film_that_failed_says_how_it_goes_on(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    film = cli("make", "A fox runs", "--shots", 1, "--seconds", 1, "--size", "160x90", "--json").json["film"]
    for name in ("EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)
    nowhere = cli("edit", film)
    monkeypatch.setenv("EDITOR", FAILS)
    failed = cli("edit", film)

    assert f"storyreel storyboard {film} -o board.yaml  and then  storyreel edit {film} --file board.yaml" in nowhere.err
    kept = failed.err.partition("--file ")[2].strip().rstrip(".")
    assert f"go on with it:  storyreel edit {film} --file " in failed.err
    assert Path(kept).is_file()
    assert cli("edit", film, "--file", kept, "--json").code == 0
