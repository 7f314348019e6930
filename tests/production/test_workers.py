"""Three workers share a line: one is killed and one is stopped in mid-film, the third goes on, and nothing is paid twice.

Requirements F2, F3 and F10 (many machines).
"""

import asyncio
import os
import signal
from collections.abc import AsyncGenerator, Generator, Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from storyreel.accounts import accounts_of
from storyreel.domain.film import Film, FilmState
from storyreel.domain.generation import CallState
from storyreel.library import ledger, workers
from storyreel.library.database import Database
from storyreel.library.films import waiting_films
from storyreel.orders import FilmWishes
from storyreel.settings import Settings
from storyreel.standins.cloud import Cloud
from storyreel.standins.fixtures import Standin, standin, standin_studio
from storyreel.studio import Studio
from tests.objects import ObjectStore
from tests.postgres import Server
from tests.production.hiring import Hands

__all__ = ["standin", "standin_studio"]

pytestmark = [pytest.mark.postgres, pytest.mark.kill]

SPEED = 25.0  # a clip takes some seconds
WORKERS = 3
IN_FLIGHT = 4
LEASE_S = 1.0
FOX = FilmWishes(model="seedance-1-lite", shots=1, seconds=2, size="854x480")


@pytest.fixture
def url(postgres: Server) -> Iterator[str]:
    name = postgres.create()
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture
async def cloud(standin: Standin) -> Cloud:
    return await standin("replicate", speed=SPEED)


@pytest.fixture
def environment(url: str, objects: ObjectStore, cloud: Cloud) -> dict[str, str]:
    """What every worker is told."""
    line = {"DATABASE": url, "BLOBS": objects.create(), "PACE": SPEED, "LEASE": LEASE_S}
    settings = {**line, "REPLICATE_IN_FLIGHT": IN_FLIGHT, "TIMEOUT": 3}
    ours = {f"STORYREEL_{name}": str(value) for name, value in settings.items()}
    return {**objects.environ, **cloud.environment(cloud.url), **ours}


@pytest.fixture
def hands() -> Generator[Hands]:
    opened = Hands()
    yield opened
    opened.close()


@pytest.fixture
async def client(environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[Studio]:
    """Who hands the films over, on a machine of his own."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    async with Studio(tmp_path / "client", settings=Settings(), accounts=accounts_of(environment)) as opened:
        yield opened


def pid_of(database: Database, process: str) -> int:
    return next(worker.pid for worker in database.read_now(workers.all_workers) if worker.id == process)


def in_mid_film(database: Database) -> list[str]:
    """Two workers whose calls are with the provider, while nobody is sending; none where there are not two."""
    calls = database.read_now(ledger.unsettled)
    having = {call.process for call in calls if call.state is CallState.ACCEPTED and call.process}
    sending = any(call.state is CallState.SENDING for call in calls)
    return sorted(having)[:2] if len(having) > 1 and not sending else []


def rooms_of(worker: str, folder: Path) -> list[Path]:
    """What a worker's folders of work still have."""
    return list(folder.glob(f"worker*/work/*@{worker}"))


def most_at_once(cloud: Cloud) -> int:
    """How many jobs the provider had at once at most."""
    lives = [(job.created, job.ended(cloud.speed)) for job in cloud.jobs.values()]
    return max(sum(began <= moment < ended for began, ended in lives) for moment, _ in lives)


async def heard(database: Database, many: int) -> None:
    """Come back once so many workers live."""
    while database.read_now(workers.heard_of, timedelta(seconds=LEASE_S)) < many:  # noqa: ASYNC110  they tell nobody
        await asyncio.sleep(0.02)


async def test_films_go_on_elsewhere_and_a_worker_that_wakes_does_no_harm(
    hands: Hands, environment: dict[str, str], client: Studio, cloud: Cloud, url: str, tmp_path: Path
) -> None:
    async def begin(number: int) -> Film:
        return await client.start_film(f"Fox number {number} runs.", **{**FOX, "output": tmp_path / f"{number}.mp4"})

    for number in range(WORKERS):
        hands.hire(tmp_path / f"worker{number}", environment)
    with Database.open(url) as database:
        await heard(database, WORKERS)
        films: list[Film] = []
        while not (victims := in_mid_film(database)):
            if not database.read_now(waiting_films):
                films += [await begin(len(films) + number) for number in range(IN_FLIGHT)]
            await asyncio.sleep(0.02)
        dies, sleeps = (pid_of(database, process) for process in victims)
        os.kill(dies, signal.SIGKILL)
        os.kill(sleeps, signal.SIGSTOP)
        films += [await begin(len(films) + number) for number in range(2)]
        while not set(victims) <= set(database.read_now(workers.all_gone)):  # noqa: ASYNC110  it tells nobody
            await asyncio.sleep(0.02)
        os.kill(sleeps, signal.SIGCONT)
        ended = [await client.wait(film) for film in films]
        await heard(database, WORKERS - 1)  # the woken one under another name
        stopped = next(one for one in database.read_now(workers.all_workers) if one.gone is None and one.pid != sleeps)
        os.kill(stopped.pid, signal.SIGTERM)
        while stopped.id not in database.read_now(workers.all_gone):  # noqa: ASYNC110  it tells nobody
            await asyncio.sleep(0.02)
        bills = [database.read_now(ledger.bill, film.id) for film in ended]

    assert {film.state for film in ended} == {FilmState.READY}
    assert all((tmp_path / f"{number}.mp4").is_file() for number in range(len(films)))
    assert len(cloud.submissions) == len(ended)
    assert sum((bill.settled_usd for bill in bills), Decimal(0)) == sum((one.cost_usd for one in cloud.submissions), Decimal(0))
    assert most_at_once(cloud) <= IN_FLIGHT
    assert rooms_of(stopped.id, tmp_path) == []
