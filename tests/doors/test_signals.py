"""Ctrl-C at a terminal, and SIGTERM: a question that nobody answers, several films at once, nothing half-made."""

import asyncio
import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from storyreel.studio import Studio
from tests.doors.conftest import Cli
from tests.doors.test_interrupting import begun, children, halted, said
from tests.media.footage import make_clip
from tests.production.conftest import until

pytestmark = [pytest.mark.journey, pytest.mark.skipif(sys.platform != "linux", reason="terminals and processes as of Linux")]

STORYREEL = (sys.executable, "-c", "from storyreel.doors.cli.main import main; main()")
SMALL = ("--shots", "2", "--seconds", "1", "--size", "160x90")
CTRL_C = b"\x03"


class Terminal:
    """A command at a terminal of its own."""

    def __init__(self, *words: str) -> None:
        self.told = ""
        self.pid, self._file = pty.fork()
        if not self.pid:
            os.execv(STORYREEL[0], [*STORYREEL, *words])

    def type(self, keys: bytes) -> None:
        os.write(self._file, keys)

    def until(self, holds: Callable[[str], bool], limit_s: float = 60) -> None:
        """Read until that holds of what was told, or the command has ended."""
        end = time.monotonic() + limit_s
        while not holds(self.told):
            assert time.monotonic() < end, self.told
            if select.select([self._file], [], [], 0.1)[0]:
                try:
                    self.told += os.read(self._file, 65536).decode(errors="replace")
                except OSError:  # it has ended
                    return

    def ended(self, limit_s: float = 60) -> int:
        """Its exit code."""
        self.until(lambda _: False, limit_s)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def drawing(told: str) -> bool:
    return "Drawing" in told


def test_a_question_that_nobody_answers_goes_away_with_the_film(folder: Path) -> None:
    making = Terminal("make", "A fox runs; a hare hides", *SMALL)
    making.until(lambda told: "0/2" in told and bool(children(making.pid)))
    with halted(children(making.pid)):
        making.type(CTRL_C)
        making.until(lambda told: "then Enter" in told)

    assert making.ended() == 0
    assert "Traceback" not in making.told
    assert "storyreel edit fox-" in making.told


def test_a_yes_to_the_question_stops_the_film_and_says_once_how_it_goes_on(folder: Path) -> None:
    making = Terminal("make", "A fox runs; a hare hides", *SMALL)
    making.until(drawing)
    making.type(CTRL_C)
    making.until(lambda told: "then Enter" in told)
    making.type(b"y\n")

    assert making.ended() == 130
    assert making.told.count("storyreel resume") == 1


async def test_ctrl_c_stops_every_film_that_is_resumed(folder: Path) -> None:
    async with Studio() as studio:
        studio.hand_over()
        for story in ("A fox runs; a hare hides", "A crow flies; a dog digs"):
            await studio.start_film(story, shots=2, seconds=2, size="160x90")

    resuming = await begun("resume", "--json", folder=folder, environment={**os.environ})
    await until(lambda: bool(children(resuming.pid)))
    with halted(children(resuming.pid)):
        await asyncio.sleep(0.3)
        resuming.send_signal(signal.SIGINT)
        await said(resuming, "Ctrl-C again ends at once")
    out, err = await resuming.communicate()

    ends = [json.loads(line)["state"] for line in out.decode().splitlines()]
    assert (resuming.returncode, ends) == (130, ["cancelled", "cancelled"]), err.decode()


def test_sigterm_leaves_nothing_of_a_join(folder: Path) -> None:
    clips = [make_clip(folder / f"{number}.mp4", frames=240, size=(640 + 32 * number, 360)) for number in range(4)]
    words = [*STORYREEL, "join", *map(str, clips), "-o", "film.mp4", "--reencode", "--json"]
    before = set(folder.iterdir())
    joining = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder, text=True)
    while set(folder.iterdir()) == before:
        assert joining.poll() is None
        time.sleep(0.01)
    joining.terminate()
    out, err = joining.communicate(timeout=60)

    assert joining.returncode == 143
    assert set(folder.iterdir()) == before
    assert json.loads(out)["error"]["code"] == "cancelled"
    assert err == "storyreel: Stopped; nothing half-made was left.\n"


async def test_a_film_that_sigterm_stopped_goes_on_when_it_is_resumed(folder: Path, cli: Cli) -> None:
    words = ("make", "A fox runs; a hare hides; a crow flies", "--shots", "3", "--seconds", "8", "--size", "640x360")
    making = await begun(*words, "--json", folder=folder, environment={**os.environ})
    await said(making, "1 of 3 ready")
    with halted(children(making.pid)):  # so that no drawing ends
        making.terminate()
        _, err = await making.communicate()

    resumed = await asyncio.to_thread(cli, "resume", "--json")

    assert resumed.out, resumed.err + err.decode()
    assert (making.returncode, "Traceback" in err.decode()) == (143, False), err.decode()
    assert (resumed.code, resumed.json["state"]) == (0, "ready")


def test_sigterm_ends_a_command_that_asks_for_a_yes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPLICATE_API_TOKEN", "r8_nobody")
    making = Terminal("make", "A fox runs", "--model", "kling-2.5-turbo@replicate", "--shots", "1")
    making.until(lambda told: "[y/N]" in told)
    os.kill(making.pid, signal.SIGTERM)

    assert making.ended(limit_s=10) == 143
