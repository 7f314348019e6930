"""One process owns the line of a home; others hand their films over, and take the line over when it is free.

Requirements F2 and F10 (one machine).
"""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from storyreel.domain.errors import StoreUnusable
from storyreel.domain.film import Film, FilmState
from storyreel.observing.observer import Notice, Observer
from storyreel.production.engine_memory import MemoryEngine
from storyreel.production.lease import Lease
from storyreel.production.line import Line
from storyreel.production.opening import open_line
from tests.production.conftest import CATALOGUE, board, film_of, line_of, until
from tests.production.scripted import Cloud


@pytest.fixture
async def second(line: Line, home: Path, cloud: Cloud) -> AsyncGenerator[Line]:
    """Another line of the same home, as another process has it; the first one owns it."""
    line.warm([1.0])
    await until(lambda: line.owned)
    async with await line_of(home, cloud) as opened:
        yield opened


@pytest.mark.journey
async def test_the_owner_makes_the_film_of_another_process(line: Line, second: Line) -> None:
    await second.produce(film_of(board(2)))

    film = await second.wait("ships-0001")

    assert film.state is FilmState.READY
    assert (line.owned, second.owned) == (True, False)


@pytest.mark.journey
async def test_who_waits_takes_the_line_over_when_its_owner_ends(line: Line, second: Line, cloud: Cloud) -> None:
    cloud.looks_until_ready = 1_000_000
    await second.produce(film_of(board(2)))
    await until(lambda: len(cloud.jobs) == 2)
    await line.close()
    cloud.looks_until_ready = 0

    film = await second.wait("ships-0001")

    assert (film.state, second.owned) == (FilmState.READY, True)
    assert cloud.paid == 2


async def test_a_film_can_be_called_off_from_another_process(line: Line, second: Line, cloud: Cloud) -> None:
    cloud.looks_until_ready = 1_000_000
    await line.produce(film_of(board(1)))
    await until(lambda: len(cloud.jobs) == 1)

    await second.cancel("ships-0001")

    assert (await second.wait("ships-0001")).state is FilmState.CANCELLED
    assert cloud.cancelled == set(cloud.jobs)


@pytest.mark.journey
async def test_a_film_that_is_being_made_may_be_resumed_from_another_process(line: Line, second: Line, cloud: Cloud) -> None:
    cloud.looks_until_ready = 6
    await line.produce(film_of(board(2)))
    await until(lambda: len(cloud.jobs) == 2)

    await second.resume("ships-0001")

    assert (await second.wait("ships-0001")).state is FilmState.READY
    assert cloud.paid == 2


@pytest.mark.journey
async def test_a_film_that_was_interrupted_waits_until_it_is_wanted(home: Path, cloud: Cloud) -> None:
    cloud.looks_until_ready = 1_000_000
    async with await line_of(home, cloud) as line:
        await line.produce(film_of(board(1)))
        await until(lambda: len(cloud.jobs) == 1)
    cloud.looks_until_ready = 0

    async with await line_of(home, cloud) as line:
        await line.produce(film_of(board(2, seconds=0.25), "ships-0002"))
        other = await line.wait("ships-0002")
        left: list[Film] = await line.unfinished()

    assert other.state is FilmState.READY
    assert [(film.id, film.state) for film in left] == [("ships-0001", FilmState.PRODUCING)]


async def test_who_waits_for_an_interrupted_film_goes_on_with_it(home: Path, cloud: Cloud) -> None:
    cloud.looks_until_ready = 1_000_000
    async with await line_of(home, cloud) as line:
        await line.produce(film_of(board(1)))
        await until(lambda: len(cloud.jobs) == 1)
    cloud.looks_until_ready = 0

    async with await line_of(home, cloud) as line:
        assert (await line.wait("ships-0001")).state is FilmState.READY


async def test_asking_about_a_finished_film_starts_nothing(line: Line, home: Path, cloud: Cloud) -> None:
    await line.produce(film_of(board(1)))
    await line.wait("ships-0001")

    async with await line_of(home, cloud) as other:
        assert (await other.wait("ships-0001")).state is FilmState.READY
        await other.resume("ships-0001")
        assert not other.owned


def test_a_lease_is_held_by_one_and_free_again_when_it_is_given_back(tmp_path: Path) -> None:
    first, second = Lease(tmp_path / "lock"), Lease(tmp_path / "lock")

    assert (first.try_take(), first.try_take(), second.try_take()) == (True, True, False)
    assert second.owner() is not None
    first.give_back()

    assert second.try_take()
    second.give_back()


async def test_a_line_that_cannot_run_is_tried_again_and_again_and_told_of_once(
    home: Path, cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storyreel.production.line.HANDED_OVER_S", 0.02)
    told: list[Notice] = []
    tried = 0

    def no_engine(path: Path, process: str) -> MemoryEngine:
        nonlocal tried
        tried += 1
        raise StoreUnusable(path, "the disk is full", remedy="Free some space.")

    stop = asyncio.Event()
    async with await open_line(
        home, catalogue=CATALOGUE, opener=cloud.open, make_engine=no_engine, observer=Observer(told.append)
    ) as line:
        working = asyncio.create_task(line.work(stop))
        await until(lambda: tried > 2)
        stop.set()
        await working

    assert [notice.what for notice in told].count("line.failed") == 1


def test_a_lock_that_cannot_be_opened_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreUnusable, match="lock cannot be opened"):
        Lease(tmp_path / "no folder" / "lock").try_take()
