"""The command line as a person types it, in a folder and a home of the test's own."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest
from typer.testing import CliRunner

from storyreel.doors.cli.main import app
from storyreel.standins.fixtures import standin, standin_studio

__all__ = ["standin", "standin_studio"]


@dataclass(frozen=True)
class Ran:
    """What a command left."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Stdout as the one object that it must be."""
        return json.loads(self.out)


class Cli(Protocol):
    """Runs `storyreel` with these words."""

    def __call__(self, *words: object) -> Ran: ...


def settle(here: Path, patch: pytest.MonkeyPatch) -> Path:
    """Makes a folder the current one, with its home beside it."""
    here.mkdir(exist_ok=True)
    patch.chdir(here)
    patch.setenv("STORYREEL_HOME", str(here.parent / "home"))
    patch.setenv("COLUMNS", "160")
    patch.setenv("STORYREEL_WORKERS", "1")  # to start a process costs more than to draw a small film
    for key in ("REPLICATE_API_TOKEN", "OPENAI_API_KEY", "STORYREEL_MODEL"):
        patch.delenv(key, raising=False)
    return here


def storyreel(*words: object) -> Ran:
    """Runs the command line where the test is."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(result.exit_code, result.stdout, result.stderr)


@pytest.fixture(autouse=True)
def drawn_by_forks(drawers: None) -> None:
    """Every film that is drawn here."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, with an empty home beside it."""
    return settle(tmp_path / "here", monkeypatch)


@pytest.fixture
def cli(folder: Path) -> Cli:
    """The command line in that folder."""
    return storyreel
