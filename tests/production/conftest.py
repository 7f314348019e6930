"""Small films, a scripted provider and an open line."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from storyreel.catalog.catalogue import Catalogue
from storyreel.catalog.load import load_catalogue
from storyreel.domain.film import Film, FilmState, Joins, Order
from storyreel.domain.model import Dated, Limits, Medium, Mode, Model, Route, RouteStatus, Times
from storyreel.domain.storyboard import JoinKind, Scene, Shot, Storyboard
from storyreel.domain.values import Size
from storyreel.library.blobs import Blobs
from storyreel.library.database import Database
from storyreel.library.home import Home
from storyreel.production.engine_memory import MemoryEngine
from storyreel.production.floor import Clock, Floor
from storyreel.production.line import Line
from storyreel.production.opening import open_line
from tests.production.scripted import Cloud

SMALL = Size(width_px=160, height_px=90)
TOLD = Dated(source="built in", read_on=date(2026, 11, 21)).model_dump()
PAINTER = Model(
    id="painter",
    title="A model of pictures",
    family="painter",
    medium=Medium.IMAGE,
    limits=Limits(modes=(Mode.TEXT, Mode.REFERENCES), most_references=3),
    times=Times(typical_s=1, first_look_s=0, interval_s=0.1),
    routes=(Route(provider="scripted", remote_name="painter", status=RouteStatus.LIVE, **TOLD),),
    **TOLD,
)
CATALOGUE = Catalogue(models=(*load_catalogue().models, PAINTER))


def board(*scenes: int, joins: dict[int, JoinKind] | None = None, seconds: float = 0.5) -> Storyboard:
    """A storyboard of scenes with so many shots each; `joins` by the shot's number in the film."""
    made: list[Scene] = []
    number = 0
    for index, count in enumerate(scenes or (2,), start=1):
        shots: list[Shot] = []
        for _ in range(count):
            number += 1
            join = (joins or {}).get(number, JoinKind.CUT)
            shots.append(
                Shot(
                    id=f"s{number}", beat=f"b{number}", description=f"A ship at sea, number {number}", seconds=seconds, join=join
                )
            )
        made.append(Scene(id=f"scene{index}", heading="Sea", location="sea", shots=tuple(shots)))
    return Storyboard(title="Ships", scenes=tuple(made))


def film_of(storyboard: Storyboard, id: str = "ships-0001", *, output: Path | None = None, joins: Joins = Joins.AUTO) -> Film:
    """A queued film of that storyboard."""
    painter = "painter@scripted" if joins is Joins.KEYFRAMES else None
    order = Order(model="animatic@animatic", size=SMALL, joins=joins, output=output, keyframe_model=painter)
    return Film(
        id=id, title=storyboard.title, state=FilmState.QUEUED, storyboard=storyboard, order=order, created=datetime.now(UTC)
    )


@pytest.fixture
def cloud(tmp_path: Path) -> Cloud:
    folder = tmp_path / "cloud"
    folder.mkdir()
    return Cloud(folder)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


async def until(holds: Callable[[], bool]) -> None:
    """Come back once it holds; the test's own time limit ends what never does."""
    while not holds():  # noqa: ASYNC110  what is waited for tells nobody
        await asyncio.sleep(0.01)


class TestClock:
    """Time that passes only where somebody sleeps."""

    __test__ = False

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def floor(home: Path, cloud: Cloud, clock: TestClock) -> Generator[Floor]:
    where = Home(home).create()
    with Database.open(where.database_url) as database:
        (where.work / "line").mkdir()
        yield Floor(
            home=where,
            database=database,
            blobs=Blobs(where.blobs),
            catalogue=CATALOGUE,
            clock=Clock(now=lambda: clock.now, sleep=clock.sleep, chance=lambda: 0.0),
            process="tester",
            opener=cloud.open,
            threads=ThreadPoolExecutor(1),
        )


def in_memory(path: Path, process: str) -> MemoryEngine:
    """An engine that keeps nothing, for an open line."""
    return MemoryEngine()


async def line_of(home: Path, cloud: Cloud) -> Line:
    """A line of that home, as one process has it."""
    return await open_line(home, catalogue=CATALOGUE, opener=cloud.open, make_engine=in_memory)


@pytest.fixture
async def line(home: Path, cloud: Cloud) -> AsyncGenerator[Line]:
    async with await line_of(home, cloud) as opened:
        yield opened
