"""Every block of the README and the docs runs: Python as it stands, commands at a small size."""

import re
import shlex
from pathlib import Path

import av
import pytest
from PIL import Image
from typer.testing import CliRunner

from storyreel.domain.values import Size
from storyreel.doors.cli.main import app
from storyreel.media.encode import ClipWriter

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
SMALL = {"make": ["--size", "160x90", "--shots", "2", "--length", "1"], "animate": ["--size", "160x90", "--seconds", "1"]}


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
    monkeypatch.setenv("EDITOR", "true")
    (tmp_path / "story.txt").write_text("A harbour at dawn.\n\nThe boats come home.")
    picture = Image.new("RGB", (160, 90), "steelblue")
    picture.save(tmp_path / "photo.jpg")
    for name in ("one", "two", "three", "film"):
        with ClipWriter(tmp_path / f"{name}.mp4", Size(width_px=160, height_px=90)) as clip:
            for _ in range(6):
                clip.write(picture)
    return tmp_path


@pytest.mark.parametrize(("page", "block"), python_blocks())
def test_a_block_of_python_runs_as_it_stands(page: str, block: str, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(block, page, "exec"), {"__name__": "__main__"})

    assert capsys.readouterr().out


@pytest.mark.parametrize("page", commands())
def test_the_commands_of_a_page_run_one_after_the_other(page: str, desk: Path) -> None:
    for line in commands()[page]:
        words = shlex.split(line)[1:]
        asked = {word for word in words if word.startswith("--")}
        small = SMALL.get(words[0], [])
        extra = [] if "--storyboard" in asked else small
        if asked & {"--size", "--aspect"}:
            extra = extra[2:]
        if asked & {"--length", "--shots"}:
            extra = [*extra[:-4], "--shots", "2", "--length", "1"]

        result = CliRunner().invoke(app, [*words, *extra])

        assert result.exit_code == 0, f"{line}: {result.stderr or result.stdout}"


def test_a_joined_film_of_the_docs_has_all_its_frames(desk: Path) -> None:
    CliRunner().invoke(app, ["join", "one.mp4", "two.mp4", "-o", "joined.mp4"])

    with av.open("joined.mp4") as film:
        assert sum(1 for _ in film.decode(video=0)) == 12
