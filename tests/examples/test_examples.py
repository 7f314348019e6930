"""The examples run as they stand: a server of the test's own, stand-ins for the clouds, small films. Requirements D6, E6."""

import asyncio
import json
import runpy
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from storyreel.accounts import accounts_of
from storyreel.compat import Veo31VideoGenerator
from storyreel.media.probe import probe
from storyreel.standins.ark import BytePlus
from storyreel.standins.fixtures import Standin, standin, standin_studio
from storyreel.standins.gemini import Gemini
from tests.doors.server.conftest import Serve, serve
from tests.website import website

pytestmark = pytest.mark.journey

__all__ = ["serve", "standin", "standin_studio"]

EXAMPLES = Path(__file__).parents[2] / "examples"
SPEED = 5000.0
SMALL = ("--model", "animatic", "--seconds", "0.5", "--size", "160x90")

Run = Callable[..., Awaitable[list[str]]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the examples run, with a picture."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STORYREEL_HOME", str(tmp_path / "own"))
    monkeypatch.setenv("STORYREEL_PACE", str(SPEED))
    Image.new("RGB", (640, 360), "peru").save(tmp_path / "ring.png")
    return tmp_path


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs an example; the lines that it prints."""

    async def ran(name: str, *words: str, answers: tuple[str, ...] = ()) -> list[str]:
        given = iter(answers)

        def answer(_question: str) -> str:
            return next(given)

        monkeypatch.setattr("builtins.input", answer)
        monkeypatch.setattr(sys, "argv", [name, *words])
        await asyncio.to_thread(runpy.run_path, str(EXAMPLES / name), run_name="__main__")
        return capsys.readouterr().out.splitlines()

    return ran


@pytest.fixture
async def address(folder: Path) -> AsyncGenerator[str]:
    """Where the picture is on the web of this machine."""
    async with website(folder) as url:
        yield f"{url}/ring.png"


@pytest.mark.filterwarnings("ignore:The Sora API:DeprecationWarning")
@pytest.mark.usefixtures("drawers")
async def test_films_come_from_a_picture_its_address_and_words_and_by_openais_client(
    serve: Serve, standin: Standin, run: Run, address: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud = await standin(BytePlus, speed=SPEED)
    server = await serve(accounts=accounts_of(cloud.environment(cloud.url)), pace=SPEED, fetch_inward=True)
    monkeypatch.setenv("STORYREEL_SERVER", server.url)

    pictured = await run("single_films.py", *SMALL, answers=("1", "ring.png"))
    addressed = await run("single_films.py", "address", address, *SMALL)
    told = await run("single_films.py", "text", "Waves roll onto a beach at sunset")
    begun = await run("single_films.py", "begin", "A sky full of stars", *SMALL)
    bought = await run("openai_client.py", "A fox runs through the snow", *SMALL[2:])

    assert pictured[0].startswith("1. picture")
    assert [said[-1].startswith(f"{server.url}/files/") for said in (pictured, addressed, told)] == [True] * 3
    assert "wait_for_video(" in begun[-1]
    assert len(cloud.submissions) == 1
    assert bought[-1].endswith("in video.mp4")
    assert probe(folder / "video.mp4").seconds == pytest.approx(0.5)


async def test_pictures_become_a_prompt_and_a_film_whose_status_can_be_asked_for(
    standin: Standin, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud = await standin(Gemini, speed=SPEED)
    for name, value in cloud.environment(cloud.url).items():
        monkeypatch.setenv(name, value)

    said = await run("veo_references.py", "ring.png", "--use-case", "gemstone_closeup", "--seconds", "3")
    film = said[-1].removeprefix(f"file://{folder}/").removesuffix("/film.mp4")
    status = await asyncio.to_thread(Veo31VideoGenerator().check_status, film)

    assert "A macro film of a gemstone." in said[0]
    assert "closed at gemini since 2026-10-22" in said[1]
    assert (status["status"], status["video_url"], status["model"]) == ("completed", said[-1], "gemini-omni-flash-1.2")
    assert [job.asked.seconds for job in cloud.jobs.values()] == [3]


@pytest.mark.usefixtures("drawers", "folder")
async def test_the_notebook_runs_from_its_first_cell_to_its_last() -> None:
    notebook: dict[str, Any] = json.loads((EXAMPLES / "notebook.ipynb").read_text())
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    known: dict[str, Any] = {"__name__": "__main__"}

    for cell in cells:
        exec(compile(cell, "notebook.ipynb", "exec"), known)

    assert (notebook["nbformat"], len(cells)) == (4, 5)
    assert known["film"].state.value == "ready"
