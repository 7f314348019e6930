"""A studio with a home of the test's own, and the stand-ins' fixtures."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from storyreel.settings import Settings
from storyreel.standins.fixtures import standin, standin_studio
from storyreel.studio import Studio
from storyreel.tools import Context

__all__ = ["standin", "standin_studio"]


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncGenerator[Studio]:
    """A studio without a key."""
    async with Studio(tmp_path / "home", settings=Settings(workers=1), accounts={}) as opened:
        yield opened


@pytest.fixture
def context(studio: Studio, tmp_path: Path) -> Context:
    """For the owner of this machine, in the test's folder."""
    return Context(studio, cwd=tmp_path)
