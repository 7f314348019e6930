"""Production is killed at random points and goes on: the same film, no finished shot drawn again, nothing left behind.

Requirement F2.
"""

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import av
import pytest

from storyreel.library import events, takes
from storyreel.library.database import Database
from storyreel.library.home import Home
from tests.production.victim import FILM

pytestmark = [pytest.mark.kill, pytest.mark.timeout(300)]

KILLS = 5  # of each seed; there are five seeds
DELIVERED = ["film.mp4", "sheet.jpg", "storyboard.yaml", *(f"takes/shot-0{number}-take-1.mp4" for number in range(1, 5))]


class Nursery:
    """A process that has loaded everything and forks lives, so that most of each life is work."""

    def __init__(self) -> None:
        self._groups: list[int] = []
        command = [sys.executable, "-m", "tests.production.victim"]
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}  # forked threads would be gone
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, start_new_session=True
        )

    def life(self, *arguments: str, forked: bool) -> int:
        """The process id, and group, of a new life."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([*arguments, forked]) + "\n")
        self._process.stdin.flush()
        self._groups.append(int(self._process.stdout.readline()))
        return self._groups[-1]

    def close(self) -> None:
        """No more lives, not even of those that a failed test left."""
        for group in filter(_lives, self._groups):
            os.killpg(group, signal.SIGKILL)
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


@dataclass(slots=True)
class Making:
    """A film in a home of its own, made by one life after another."""

    nursery: Nursery
    folder: Path
    joins: str
    workers: int = 1  # to start a process costs more than to draw a shot
    forked: bool = True  # so that what draws need not load
    groups: list[int] = field(default_factory=list[int])

    @property
    def home(self) -> Home:
        return Home(self.folder / "home")

    @property
    def output(self) -> Path:
        return self.folder / "out" / "film.mp4"

    def life(self) -> IO[str]:
        """Begin a life; what it tells."""
        self.folder.mkdir(exist_ok=True)
        pipe = self.folder / f"pipe{len(self.groups)}"
        os.mkfifo(pipe)
        arguments = (self.home.root, self.output, self.joins, self.workers, self.folder / "log", pipe)
        self.groups.append(self.nursery.life(*map(str, arguments), forked=self.forked))
        return pipe.open(encoding="ascii")

    def killed_life(self, chance: random.Random) -> bool:
        """Let a process make the film and kill it at a random point; whether the film was over before."""
        with self.life() as told:
            if chance.random() < 0.2:
                time.sleep(chance.uniform(0, 0.5))  # while it starts
            else:
                for _ in range(chance.randint(1, 9)):
                    told.readline()
                time.sleep(chance.uniform(0, 0.1))
            whole_group = chance.random() < 0.7  # otherwise the processes that draw must find out for themselves
            with suppress(ProcessLookupError):
                (os.killpg if whole_group else os.kill)(self.groups[-1], signal.SIGKILL)
            return told.read().endswith("ready\n")

    def last_life(self) -> str:
        """Let a process finish the film; the state that it tells."""
        with self.life() as told:
            return told.read().splitlines()[-1]


def pixels_of(film: Path) -> str:
    """A digest of every decoded frame and every sound sample."""
    digest = hashlib.sha256()
    with av.open(film) as container:
        for frame in container.decode(video=0, audio=0):
            assert isinstance(frame, av.VideoFrame | av.AudioFrame)
            digest.update(bytes(frame.to_ndarray().data))
    return digest.hexdigest()


@pytest.fixture(scope="module")
def nursery() -> Generator[Nursery]:
    opened = Nursery()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def undisturbed(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The films that come out when nobody is killed, by their joins."""
    made: dict[str, str] = {}
    for joins in ("cuts", "chain"):
        making = Making(nursery, tmp_path_factory.mktemp(joins), joins)
        assert making.last_life() == "ready"
        made[joins] = pixels_of(making.output)
    return made


@pytest.mark.parametrize("seed", range(5))
def test_a_film_survives_kills_at_random_points(seed: int, nursery: Nursery, tmp_path: Path, undisturbed: dict[str, str]) -> None:
    chance = random.Random(seed)
    kills = films = 0
    while kills < KILLS:
        folder, films = tmp_path / f"film{films}", films + 1  # a film may be over before anybody is killed
        making = Making(nursery, folder, ("cuts", "chain")[seed % 2], workers=2 if seed == 0 else 1, forked=seed != 1)
        over = False
        while kills < KILLS and not over:
            over = making.killed_life(chance)
            kills += not over
        assert making.last_life() == "ready"
        assert pixels_of(making.output) == undisturbed[making.joins]
        assert_no_finished_shot_was_made_again(making)
        assert_nothing_is_left_behind(making)


def test_a_process_that_waits_takes_over_from_one_that_is_killed(
    nursery: Nursery, tmp_path: Path, undisturbed: dict[str, str]
) -> None:
    making = Making(nursery, tmp_path / "film", "cuts")
    with making.life() as first:
        while first.readline() != "film.started\n":
            pass
        with making.life() as second:
            while first.readline() != "take.sent\n":
                pass
            os.killpg(making.groups[0], signal.SIGKILL)
            assert second.read().endswith("ready\n")
    assert pixels_of(making.output) == undisturbed["cuts"]
    assert_no_finished_shot_was_made_again(making)
    assert_nothing_is_left_behind(making)


def assert_no_finished_shot_was_made_again(making: Making) -> None:
    with Database.open(making.home.database_url) as database:
        made = Counter(take.shot for take in database.read_now(takes.takes_of, FILM))
        told = Counter(event.fact.kind for event in database.read_now(events.since, FILM, 0))
    assert set(made.values()) == {1}
    assert (told["take.ready"], told["film.ready"], told["film.delivered"]) == (4, 1, 1)
    ready: set[str] = set()
    for line in (making.folder / "log").read_text(encoding="ascii").splitlines():
        state, _, remote = line.partition(" ")
        assert state == "ready" or remote not in ready, f"{remote} was ready, and then {state}"
        if state == "ready":
            ready.add(remote)


def assert_nothing_is_left_behind(making: Making) -> None:
    there = sorted(str(path.relative_to(making.output.parent)) for path in making.output.parent.rglob("*") if path.is_file())
    assert there == sorted(DELIVERED)
    assert [path for path in making.home.work.rglob("*") if path.is_file()] == []
    give_up_at = time.monotonic() + 10
    while any(map(_lives, making.groups)) and time.monotonic() < give_up_at:
        time.sleep(0.05)
    assert [group for group in making.groups if _lives(group)] == []


def _lives(group: int) -> bool:
    with suppress(ProcessLookupError):
        os.killpg(group, 0)
        return True
    return False
