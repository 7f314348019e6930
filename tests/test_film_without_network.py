"""A film goes on by itself once its provider can be reached again, whatever the clock says; it is told, and each shot paid once.

Requirement F2.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from storyreel.accounts import accounts_of
from storyreel.domain.errors import Cancelled
from storyreel.domain.events import FilmStalled
from storyreel.domain.film import Film, FilmState
from storyreel.orders import FilmWishes
from storyreel.settings import Settings
from storyreel.standins.cloud import Cloud
from storyreel.standins.faults import Kind
from storyreel.standins.fixtures import Standin, standin, standin_studio
from storyreel.studio import Studio

pytestmark = pytest.mark.journey

__all__ = ["standin", "standin_studio"]

SPEED = 60.0  # a clip takes a second
STORY = "A fox runs through the snow. The fox stops."


class Moved:
    """A clock that somebody sets."""

    def __init__(self) -> None:
        self.by = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.by


@pytest.fixture
def clock() -> Moved:
    return Moved()


@pytest.fixture
async def cloud(standin: Standin) -> Cloud:
    return await standin("replicate", speed=SPEED)


@pytest.fixture
async def studio(tmp_path: Path, cloud: Cloud, clock: Moved) -> AsyncGenerator[Studio]:
    accounts = accounts_of({**cloud.environment(cloud.url), "STORYREEL_TIMEOUT": "2"})
    async with Studio(tmp_path / "home", settings=Settings(pace=SPEED), accounts=accounts, now=clock) as opened:
        yield opened


async def begin(studio: Studio, folder: Path) -> Film:
    """A film of two short shots, side by side."""
    asked = FilmWishes(model="seedance-1-lite", shots=2, seconds=2, size="854x480", joins="cuts", output=folder / "film.mp4")
    return await studio.start_film(STORY, **asked)


async def until(holds: Callable[[], bool]) -> None:
    while not holds():  # noqa: ASYNC110  what is waited for tells nobody
        await asyncio.sleep(0.01)


async def stalled(studio: Studio, film: Film, times: int) -> list[FilmStalled]:
    """What was told of a film that stands still, once that is so often."""
    told: list[FilmStalled] = []
    async for event in studio.events(film):
        told += [event.fact] if isinstance(event.fact, FilmStalled) else []
        if len(told) == times:
            break
    return told


async def must_be_paid_once(studio: Studio, film: Film, cloud: Cloud) -> None:
    ended = await studio.wait(film)
    assert (ended.state, len(cloud.submissions)) == (FilmState.READY, 2)
    assert ended.cost_usd == sum((one.cost_usd for one in cloud.submissions), Decimal(0))


async def test_a_film_goes_on_once_its_provider_can_be_reached_again(studio: Studio, cloud: Cloud, tmp_path: Path) -> None:
    port = int(cloud.url.rpartition(":")[2])
    await cloud.stop()
    film = await begin(studio, tmp_path)
    [first] = await stalled(studio, film, 1)
    assert "cannot be reached" in first.message
    await cloud.start(port)

    await until(lambda: any(call.kind is Kind.LOOK for call in cloud.log))
    await cloud.stop()
    assert [fact.where for fact in await stalled(studio, film, 2)] == ["replicate", "replicate"]
    await cloud.start(port)

    cloud.faults.add("reset_before", "fetch", count=3)
    await must_be_paid_once(studio, film, cloud)


@pytest.mark.parametrize("hours", [-1, 1])
async def test_a_clock_that_is_set_in_mid_film_neither_pays_twice_nor_waits_for_ever(
    studio: Studio, cloud: Cloud, clock: Moved, tmp_path: Path, hours: int
) -> None:
    cloud.faults.add("reset_after", "create", count=1)  # its answer is lost, and looked for in a listing
    film = await begin(studio, tmp_path)
    await until(lambda: len(cloud.submissions) == 2)
    clock.by = timedelta(hours=hours)

    await must_be_paid_once(studio, film, cloud)


async def test_who_cannot_be_reached_is_told_again_where_a_film_goes_on_after_its_end(
    studio: Studio, cloud: Cloud, tmp_path: Path
) -> None:
    await cloud.stop()
    film = await begin(studio, tmp_path)
    await stalled(studio, film, 1)
    await studio.cancel(film)
    with pytest.raises(Cancelled):
        await studio.wait(film)

    await studio.restart(film)

    assert [fact.where for fact in await stalled(studio, film, 2)] == ["replicate", "replicate"]
    await studio.cancel(film)
