"""Every block of the README and the docs runs: Python as it stands, commands at a small size, paid models at their stand-ins."""

import asyncio
import re
import shlex
import sys
from pathlib import Path

import av
import pytest
from PIL import Image
from typer.testing import CliRunner

from storyreel.domain.film import Brief
from storyreel.domain.values import Size
from storyreel.doors.cli.main import app
from storyreel.media.encode import ClipWriter
from storyreel.standins.fixtures import SPEED
from storyreel.standins.serve import CLOUDS, running
from storyreel.writing import storyboard_text, write_storyboard

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
SIZE, BRIEF = ["--size", "160x90"], ["--shots", "2", "--length", "1"]
BY_KEY = {"--model", "--writer", "--keyframe-model", "keyframes"}
"""What a film's command speaks of where it needs a key."""
QUOTED = {"providers.md", "cli.md"}
"""Pages whose paid films are only quoted: the contract suite makes one by every adapter."""
DEAR = {"README.md", "changing-a-film.md", "cli.md", "hugging-face.md", "providers.md", "tools.md"}
"""Pages whose commands take seconds of a core."""
MAKING = {"README.md", "changing-a-film.md", "python.md", "standins.md"}
"""Pages whose Python makes film after film, or loads a client."""


def python_blocks() -> list[pytest.ParameterSet]:
    found = [(page.name, block) for page in PAGES for block in re.findall(r"```python\n(.*?)```", page.read_text(), re.DOTALL)]
    return [pytest.param(page, block, marks=pytest.mark.journey if page in MAKING else ()) for page, block in found]


def commands() -> dict[str, list[str]]:
    """Each page's, without the keys before them: here they are the stand-ins'."""
    line = re.compile(r"^    (?:[A-Z_]+=\S+ )*(storyreel .+)$", re.MULTILINE)
    found = {page.name: line.findall(page.read_text()) for page in PAGES}
    return {page: lines for page, lines in found.items() if lines and page != "adding-a-model.md"}  # see test_adding.py


def fenced(page: str, language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", (ROOT / "docs" / page).read_text(), re.DOTALL)
    assert found
    return found[1]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drawers: None) -> Path:
    """A folder with what the docs speak of."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STORYREEL_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("STORYREEL_WORKERS", "1")  # to start a process costs more than to draw a small film
    monkeypatch.setenv("EDITOR", f"{sys.executable} -S -c pass")  # a bare machine may have no other program
    (tmp_path / "story.txt").write_text("A fox runs through the snow.\n\nIt finds a lantern.")
    board = write_storyboard("A lighthouse at night; a ship passes", Brief(shots=2, film_seconds=1))
    (tmp_path / "lighthouse.yaml").write_text(storyboard_text(board))
    picture = Image.new("RGB", (160, 90), "steelblue")
    for name in ("photo.jpg", "ring.png", "box.jpg"):
        picture.resize((640, 360)).save(tmp_path / name)
    (tmp_path / "home" / "models").mkdir(parents=True)
    (tmp_path / "home" / "models" / "my-ltx.toml").write_text(fenced("adding-a-model.md", "toml"))
    for name in ("one", "two", "three", "film"):
        with ClipWriter(tmp_path / f"{name}.mp4", Size(width_px=160, height_px=90)) as clip:
            for _ in range(6):
                clip.write(picture)
    return tmp_path


@pytest.mark.parametrize(("page", "block"), python_blocks())
def test_a_block_of_python_runs_as_it_stands(page: str, block: str, desk: Path) -> None:
    exec(compile(block, page, "exec"), {"__name__": "__main__"})


def made_small(words: list[str]) -> list[str]:
    """The same command for a film of a moment, where it makes one; a price is accepted."""
    if words[0] not in {"make", "animate"} and "--edit" not in words:
        return words
    small = without(words, "--size", "--aspect", "--length", "--seconds", "--shots")
    written = "--storyboard" in words or "lighthouse.yaml" in words
    if needs_key(words):
        smallest = [] if ":" in " ".join(words) or "keyframes" in words else ["--size", "320x180"]  # that the model makes
        brief = [] if written else ["--seconds", "2"] if words[0] == "animate" else ["--shots", "1", "--length", "2"]
        return [*small, *smallest, *brief]
    if words[0] == "animate":
        return [*small, *SIZE, "--seconds", "1"]
    return [*small, *SIZE, *([] if written else BRIEF)]


def without(words: list[str], *options: str) -> list[str]:
    """The words without these options and their values."""
    gone = {at + step for at, word in enumerate(words) if word in options for step in (0, 1)}
    return [word for at, word in enumerate(words) if at not in gone]


def needs_key(words: list[str]) -> bool:
    return words[0] in {"make", "animate", "storyboard"} and not BY_KEY.isdisjoint(words)


@pytest.mark.parametrize("page", [pytest.param(page, marks=pytest.mark.journey if page in DEAR else ()) for page in commands()])
async def test_the_commands_of_a_page_run_one_after_the_other(page: str, desk: Path) -> None:
    lines = [shlex.split(line)[1:] for line in commands()[page]]
    clouds = tuple(CLOUDS) if any(map(needs_key, lines)) else ("videos",)
    async with running(clouds, speed=SPEED) as clouds_there:
        keys = {name: value for cloud in clouds_there for name, value in cloud.environment(cloud.url).items()}
        keys["STORYREEL_PACE"] = str(SPEED)
        for words in lines:
            paid = needs_key(words) and words[0] != "storyboard"
            small = made_small(words)
            asked = [*without(small, "--budget"), *([] if page in QUOTED else ["--yes"])] if paid else small
            result = await asyncio.to_thread(CliRunner().invoke, app, asked, env=keys if needs_key(words) else {})

            said = result.stderr or result.stdout
            done = "Accept it with --yes" in said if paid and page in QUOTED else result.exit_code == 0
            assert done, f"{words}: {said} {result.exception!r}"


def test_a_joined_film_of_the_docs_has_all_its_frames(desk: Path) -> None:
    CliRunner().invoke(app, ["join", "one.mp4", "two.mp4", "-o", "joined.mp4"])

    with av.open("joined.mp4") as film:
        assert sum(1 for _ in film.decode(video=0)) == 12
