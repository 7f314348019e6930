"""Every block of the README and the docs runs: Python as it stands, commands at a small size."""

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
from storyreel.writing import storyboard_text, write_storyboard

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
SIZE, BRIEF = ["--size", "160x90"], ["--shots", "2", "--length", "1"]


def python_blocks() -> list[tuple[str, str]]:
    return [(page.name, block) for page in PAGES for block in re.findall(r"```python\n(.*?)```", page.read_text(), re.DOTALL)]


def commands() -> dict[str, list[str]]:
    found = {page.name: re.findall(r"^    (storyreel .+)$", page.read_text(), re.MULTILINE) for page in PAGES}
    return {page: lines for page, lines in found.items() if lines}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what the docs speak of."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STORYREEL_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("EDITOR", f"{sys.executable} -c pass")  # a bare machine may have no other program
    (tmp_path / "story.txt").write_text("A fox runs through the snow.\n\nIt finds a lantern.")
    board = write_storyboard("A lighthouse at night; a ship passes", Brief(shots=2, film_seconds=1))
    (tmp_path / "lighthouse.yaml").write_text(storyboard_text(board))
    picture = Image.new("RGB", (160, 90), "steelblue")
    picture.save(tmp_path / "photo.jpg")
    for name in ("one", "two", "three", "film"):
        with ClipWriter(tmp_path / f"{name}.mp4", Size(width_px=160, height_px=90)) as clip:
            for _ in range(6):
                clip.write(picture)
    return tmp_path


@pytest.mark.parametrize(("page", "block"), python_blocks())
def test_a_block_of_python_runs_as_it_stands(page: str, block: str, desk: Path) -> None:
    exec(compile(block, page, "exec"), {"__name__": "__main__"})


def made_small(words: list[str]) -> list[str]:
    """The same command for a film of a moment, where it makes one."""
    films = words[0] in {"make", "animate"} or "--edit" in words
    small = [word for word in words if word not in {"1920x1080", "--size", "9:16", "--aspect", "--length", "60", "--shots", "12"}]
    if not films:
        return words
    if words[0] == "animate":
        return [*small, *SIZE, "--seconds", "1"]
    return [*small, *SIZE] if "lighthouse.yaml" in words else [*small, *SIZE, *BRIEF]


@pytest.mark.parametrize("page", commands())
def test_the_commands_of_a_page_run_one_after_the_other(page: str, desk: Path) -> None:
    for line in commands()[page]:
        result = CliRunner().invoke(app, made_small(shlex.split(line)[1:]))

        assert result.exit_code == 0, f"{line}: {result.stderr or result.stdout}"


def test_a_joined_film_of_the_docs_has_all_its_frames(desk: Path) -> None:
    CliRunner().invoke(app, ["join", "one.mp4", "two.mp4", "-o", "joined.mp4"])

    with av.open("joined.mp4") as film:
        assert sum(1 for _ in film.decode(video=0)) == 12
