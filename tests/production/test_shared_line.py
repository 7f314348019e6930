"""A film on a shared line goes on whatever happens around it, and each of its shots is paid once. Requirements F2, F3 and F10."""

import asyncio
import os
import signal
from collections.abc import AsyncGenerator, Callable, Generator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zlib import crc32

import pytest

from storyreel.accounts import accounts_of
from storyreel.domain.events import FilmStalled
from storyreel.domain.film import Film, FilmState
from storyreel.domain.seeds import MOST_SEED
from storyreel.library import workers
from storyreel.library.database import Connection, Database
from storyreel.library.home import Home
from storyreel.orders import FilmWishes
from storyreel.production.change import change_film
from storyreel.settings import Settings
from storyreel.standins.cloud import Cloud
from storyreel.standins.fixtures import Standin, standin, standin_studio
from storyreel.studio import Studio
from tests.objects import ObjectStore, Wire
from tests.postgres import Server
from tests.production.hiring import Hands

__all__ = ["standin", "standin_studio"]

pytestmark = [pytest.mark.postgres, pytest.mark.kill]

SPEED = 100.0  # a clip takes half a second
LEASE = timedelta(seconds=1)
HOUR = timedelta(hours=1)
STORY = "A fox runs through the snow. The fox stops."


@pytest.fixture(scope="module")
def hands() -> Generator[Hands]:
    opened = Hands()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def url(postgres: Server) -> Generator[str]:
    name = postgres.create()
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture(scope="module")
def blobs(objects: ObjectStore) -> str:
    return objects.create()


@pytest.fixture
async def cloud(standin: Standin) -> Cloud:
    return await standin("replicate", speed=SPEED)


@pytest.fixture
async def wire(objects: ObjectStore) -> AsyncGenerator[Wire]:
    """The way to the object store."""
    made = Wire(objects.address)
    await made.mend()
    yield made
    await made.cut()


@pytest.fixture
def environment(url: str, blobs: str, objects: ObjectStore, wire: Wire, cloud: Cloud) -> dict[str, str]:
    """What every worker is told."""
    settings = {"DATABASE": url, "BLOBS": blobs, "PACE": SPEED, "LEASE": LEASE.total_seconds(), "TIMEOUT": 2}
    ours = {f"STORYREEL_{name}": str(value) for name, value in settings.items()}
    return {**objects.environ, "AWS_ENDPOINT_URL_S3": wire.address, **cloud.environment(cloud.url), **ours}


@pytest.fixture
async def client(environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[Studio]:
    """Who hands the films over."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    async with Studio(tmp_path / "client", settings=Settings(), accounts=accounts_of(environment)) as opened:
        yield opened


@pytest.fixture
def hire(hands: Hands, environment: dict[str, str], tmp_path: Path) -> Generator[Callable[[], int]]:
    """Begins a worker, whose process id it gives; all are gone after the test."""
    yield lambda: hands.hire(tmp_path / "worker", environment)
    hands.dismiss()


async def until(holds: Callable[[], bool]) -> None:
    while not holds():  # noqa: ASYNC110  what is waited for tells nobody
        await asyncio.sleep(0.02)


async def begin(client: Studio, folder: Path) -> Film:
    """A film of two short shots, side by side; each test's is another."""
    asked = FilmWishes(
        model="seedance-1-lite",
        shots=2,
        seconds=2,
        size="854x480",
        joins="cuts",
        seed=crc32(folder.name.encode()) % MOST_SEED,
        output=folder / "film.mp4",
    )
    return await client.start_film(STORY, **asked)


async def must_be_paid_once(client: Studio, film: Film, cloud: Cloud, *, shots: int = 2) -> None:
    """The film is there, and what it cost is what the provider charges."""
    ended = await client.wait(film)
    assert (ended.state, len(cloud.submissions)) == (FilmState.READY, shots)
    assert ended.cost_usd == sum((one.cost_usd for one in cloud.submissions), Decimal(0))
    assert (await client.bill(film.id)).reserved_usd == 0


def set_clock(connection: Connection, by: timedelta) -> None:
    """Set the clock: every time that was noted is so much farther off than it was."""
    for table, names in {
        "workers": ("started", "beat", "gone"),
        "calls": ("deadline", "next_look", "lease_until", "sent"),
    }.items():
        moved = ", ".join(f"{name} = {name} - interval '{by.total_seconds()} seconds'" for name in names)
        connection.exec_driver_sql(f"UPDATE {table} SET {moved}")


async def test_a_film_goes_on_once_the_database_is_started_again(
    client: Studio, cloud: Cloud, hire: Callable[[], int], postgres: Server, tmp_path: Path
) -> None:
    hire()
    film = await begin(client, tmp_path)
    await until(lambda: len(cloud.submissions) == 2)
    await asyncio.to_thread(postgres.stop)
    await asyncio.sleep(0.3)
    await asyncio.to_thread(postgres.start)

    await must_be_paid_once(client, film, cloud)


async def test_a_film_goes_on_once_the_object_store_answers_again(
    client: Studio, cloud: Cloud, hire: Callable[[], int], wire: Wire, tmp_path: Path
) -> None:
    hire()
    film = await begin(client, tmp_path)
    await until(lambda: len(cloud.submissions) == 2)
    await wire.cut()
    async for event in client.events(film):
        if isinstance(event.fact, FilmStalled):
            assert event.fact.where.startswith("s3://")
            break
    await wire.mend()

    await must_be_paid_once(client, film, cloud)


async def test_a_film_goes_on_elsewhere_though_the_clock_is_set_back(
    client: Studio, cloud: Cloud, hire: Callable[[], int], url: str, tmp_path: Path
) -> None:
    cloud.faults.add("reset_after", "create", count=1)  # one answer is lost, and looked for in a listing
    pid = hire()
    film = await begin(client, tmp_path)
    await until(lambda: len(cloud.submissions) == 2)
    os.kill(pid, signal.SIGKILL)
    with Database.open(url) as database:
        database.write_now(set_clock, -HOUR)
        hire()

        await must_be_paid_once(client, film, cloud)


async def test_what_a_worker_left_in_the_evening_goes_on_in_the_morning_and_so_where_the_clock_is_set_forward(
    client: Studio, cloud: Cloud, hire: Callable[[], int], url: str, tmp_path: Path
) -> None:
    pid = hire()
    film = await begin(client, tmp_path)
    await until(lambda: len(cloud.submissions) == 2)
    os.kill(pid, signal.SIGTERM)
    with Database.open(url) as database:
        await until(lambda: not database.read_now(workers.heard_of, LEASE))
        database.write_now(set_clock, 12 * HOUR)
        hire()

        await must_be_paid_once(client, film, cloud)


async def test_a_change_while_its_film_is_under_way_and_a_kill_in_the_midst_of_the_next_pay_for_what_is_changed(
    client: Studio, cloud: Cloud, hire: Callable[[], int], tmp_path: Path
) -> None:
    pid = hire()
    film = await begin(client, tmp_path)
    await until(lambda: len(cloud.submissions) == 2)
    board = film.storyboard
    first, second = board.shots
    other = second.model_copy(update={"description": "A hare sits in the snow."})
    scene = board.scenes[0].model_copy(update={"shots": (first, other)})
    await client.start_change(await client.plan_edit(film, board.model_copy(update={"scenes": (scene,)})))

    await must_be_paid_once(client, film, cloud, shots=3)
    await client.start_change(await client.plan_retake(film, "1"))
    await until(lambda: len(cloud.submissions) == 4)
    os.kill(pid, signal.SIGKILL)
    hire()

    await must_be_paid_once(client, film, cloud, shots=4)
    assert [len(takes) for takes in (await client.takes(film)).values()] == [2, 2]


async def test_a_kill_in_the_midst_of_a_change_on_one_machine_pays_for_nothing_twice(
    hands: Hands, cloud: Cloud, tmp_path: Path
) -> None:
    ours = {"STORYREEL_PACE": str(SPEED), "STORYREEL_TIMEOUT": "2"}
    environment, home = {**cloud.environment(cloud.url), **ours}, tmp_path / "home"

    def studio() -> Studio:
        return Studio(home, settings=Settings(pace=SPEED), accounts=accounts_of(environment))

    async with studio() as before:
        film = await before.wait(await begin(before, tmp_path))
        change = await before.plan_retake(film, "2")
    with Database.open(Home(home).database_url) as database:
        database.write_now(change_film, change, datetime.now(UTC))
    pid = hands.hire(home, environment)
    await until(lambda: len(cloud.submissions) == 3)
    os.kill(pid, signal.SIGKILL)

    async with studio() as after:
        await after.restart(film)
        await must_be_paid_once(after, film, cloud, shots=3)
        assert len(await after.cuts(film)) == 2
