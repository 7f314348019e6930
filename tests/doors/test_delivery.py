"""Where a film goes: no file of another's is replaced unasked, and one that was moved or deleted can be had again."""

import asyncio
import json
import os
import shutil
from pathlib import Path

import pytest

from storyreel.studio import Studio
from tests.doors.conftest import Cli
from tests.doors.test_interrupting import begun, said

pytestmark = pytest.mark.journey

SMALL = ("--shots", "2", "--seconds", "6", "--size", "640x360")  # long enough for a file to appear before it is delivered


def there(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


async def made_while_a_file_appears(folder: Path, *words: str) -> tuple[int | None, dict[str, object], str]:
    """What `make` tells, with a file under its name before it is done."""
    environment = {**os.environ}
    making = await begun(
        "make", "A fox runs; a hare hides", *SMALL, "-o", "fox.mp4", *words, folder=folder, environment=environment
    )
    await said(making, "1 of 2 ready")
    (folder / "fox.mp4").write_text("a person's own")
    out, err = await making.communicate()
    return making.returncode, json.loads(out), err.decode()


async def test_a_file_that_appears_while_a_film_is_made_is_kept(folder: Path, cli: Cli) -> None:
    code, film, err = await made_while_a_file_appears(folder, "--json")

    beside = folder / "fox-1.mp4"
    assert (code, film["path"]) == (0, str(beside)), err
    assert (folder / "fox.mp4").read_text() == "a person's own"
    assert (folder / "fox-1" / "takes" / "shot-01-take-1.mp4").is_file()
    assert f"{folder / 'fox.mp4'} is another file by now, and was kept; the film is {beside}." in str(film["notes"])

    again = await asyncio.to_thread(cli, "retake", str(film["film"]), 1)
    assert "Note         " in again.out
    assert "is another file by now, and was kept" in again.out
    assert there(folder) == {"fox-1", "fox-1.mp4", "fox.mp4"}


async def test_force_replaces_it(folder: Path) -> None:
    code, film, err = await made_while_a_file_appears(folder, "--json", "--force")

    assert (code, film["path"]) == (0, str(folder / "fox.mp4")), err
    assert (folder / "fox.mp4").stat().st_size > 1000


async def test_two_films_that_are_made_for_one_file_both_stay(folder: Path, cli: Cli) -> None:
    async with Studio() as studio:
        studio.hand_over()
        for story in ("A fox runs", "A crow flies"):
            await studio.start_film(story, shots=1, seconds=1, size="160x90", output="one.mp4", replace=False)

    ran = await asyncio.to_thread(cli, "resume", "--json")

    paths = {json.loads(line)["path"] for line in ran.out.splitlines()}
    assert paths == {str(folder / "one.mp4"), str(folder / "one-1.mp4")}
    assert {"one", "one.mp4", "one-1", "one-1.mp4"} == there(folder)


def test_a_film_that_is_changed_takes_its_own_place(cli: Cli, folder: Path) -> None:
    made = cli("make", "A fox runs", "--shots", 1, "--seconds", 1, "--size", "160x90", "-o", "fox.mp4", "--json").json
    before = (folder / "fox.mp4").read_bytes()

    again = cli("retake", made["film"], 1, "--json").json

    assert (again["path"], sorted(folder.glob("*.mp4"))) == (made["path"], [folder / "fox.mp4"])
    assert (folder / "fox.mp4").read_bytes() != before


def test_a_film_whose_file_is_gone_is_delivered_again_by_resume(cli: Cli, folder: Path) -> None:
    made = cli("make", "A fox runs", "--shots", 1, "--seconds", 1, "--size", "160x90", "--json").json
    film = Path(made["path"])
    before = film.read_bytes()
    shutil.rmtree(film.parent)

    ran = cli("resume", made["film"], "--json")

    assert (ran.code, ran.json["state"], ran.json["path"]) == (0, "ready", str(film)), ran.err
    assert film.read_bytes() == before
    assert {one.name for one in film.parent.iterdir()} == {"film.mp4", "storyboard.yaml", "takes", "sheet.jpg"}
