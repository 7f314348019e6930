"""Ctrl-C while nothing can be done but wait: the first stops the film, the second ends the process at once."""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

import pytest

from storyreel.standins.fixtures import Standin

pytestmark = pytest.mark.journey

FILM = ("A fox runs.", "--model", "kling-2.5-turbo@replicate", "--shots", "1", "--yes", "--json")


async def said(process: asyncio.subprocess.Process, words: str) -> None:
    """Come back once the process says so on stderr."""
    assert process.stderr is not None
    async for line in process.stderr:
        if words in line.decode():
            return
    raise AssertionError(f"it ended and never said {words!r}")


async def test_a_second_ctrl_c_does_not_wait_for_what_is_asked_of_a_provider(
    folder: Path, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud = await standin("replicate")
    cloud.faults.add("internal", "create", count=1)
    told = {**os.environ, **cloud.environment(cloud.url)}
    pipe = asyncio.subprocess.PIPE
    making = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", "from storyreel.doors.cli.main import main; main()", "make", *FILM),
        env=told,
        cwd=folder,
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
    )

    await said(making, "asking replicate whether the request arrived (up to")
    making.send_signal(signal.SIGINT)
    await said(making, "Ctrl-C again ends at once")
    making.send_signal(signal.SIGINT)
    async with asyncio.timeout(3):
        out, err = await making.communicate()

    assert making.returncode == 130
    assert json.loads(out)["error"]["code"] == "cancelled"
    assert "storyreel resume fox-" in err.decode()
