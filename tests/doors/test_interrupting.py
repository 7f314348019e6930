"""Ctrl-C while nothing can be done but wait: the first stops the film, the second ends the process at once."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from storyreel.domain.film import FilmState
from storyreel.library import films, ledger
from storyreel.library.database import Database
from storyreel.library.home import Home
from storyreel.standins.fixtures import Standin
from tests.production.conftest import until

pytestmark = pytest.mark.journey

FILM = ("A fox runs.", "--model", "kling-2.5-turbo@replicate", "--shots", "1", "--yes", "--json")


async def begun(*words: str, folder: Path, environment: dict[str, str]) -> asyncio.subprocess.Process:
    """A command that runs in a process of its own."""
    command = (sys.executable, "-c", "from storyreel.doors.cli.main import main; main()", *words)
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(*command, env=environment, cwd=folder, stdin=pipe, stdout=pipe, stderr=pipe)


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
    making = await begun("make", *FILM, folder=folder, environment=told)

    await said(making, "asking replicate whether the request arrived (up to")
    making.send_signal(signal.SIGINT)
    await said(making, "Ctrl-C again ends at once")
    making.send_signal(signal.SIGINT)
    async with asyncio.timeout(3):
        out, err = await making.communicate()

    assert making.returncode == 130
    assert json.loads(out)["error"]["code"] == "cancelled"
    assert "storyreel resume fox-" in err.decode()


def children(process: int) -> list[int]:
    """What it has begun, as Linux tells."""
    return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


@contextmanager
def halted(processes: list[int]) -> Generator[None]:
    """They do nothing while the block runs."""
    for one in processes:
        os.kill(one, signal.SIGSTOP)
    yield
    for one in processes:
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGCONT)


async def test_a_film_whose_end_was_begun_goes_on_when_it_is_resumed(folder: Path) -> None:
    told = {**os.environ, "STORYREEL_WORKERS": "1"}
    small = ("--shots", "3", "--seconds", "2", "--size", "160x90", "--json")
    making = await begun("make", "A fox runs; a hare hides; a crow flies", *small, folder=folder, environment=told)
    await said(making, "of 3 ready")
    with (
        halted(children(making.pid)),  # so that no drawing ends
        Database.open(Home(Path(told["STORYREEL_HOME"])).database_url, read_only=True) as stored,
    ):
        making.send_signal(signal.SIGINT)
        (film,) = stored.read_now(films.films)
        await until(lambda: any(call.cancel_requested for call in stored.read_now(ledger.calls_of, film.id)))
        making.kill()
        await making.communicate()
        assert [film.state for film in stored.read_now(films.films)] == [FilmState.PRODUCING]

    going_on = await begun("resume", "--json", folder=folder, environment=told)
    out, err = await going_on.communicate()

    assert (going_on.returncode, json.loads(out)["state"]) == (0, "ready"), err.decode()
