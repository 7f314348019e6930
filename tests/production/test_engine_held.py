"""Another program holds the engine's file: who waits is told for what, and in the end it is an error. Requirement F2."""

import sqlite3
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from storyreel.domain.events import FilmStalled
from storyreel.domain.film import FilmState
from storyreel.production.line import Line
from storyreel.production.opening import open_line
from tests.production.conftest import CATALOGUE, board, film_of, until
from tests.production.scripted import Cloud

PACE = 60.0  # a minute's patience is a second


@pytest.fixture
async def line(home: Path, cloud: Cloud) -> AsyncGenerator[Line]:
    """With the engine that keeps its record in a file."""
    async with await open_line(home, catalogue=CATALOGUE, opener=cloud.open, pace=PACE) as opened:
        yield opened


def held(home: Path) -> sqlite3.Connection:
    """The engine's file, held as another program would."""
    holder = sqlite3.connect(home / "engine.db", isolation_level=None)
    holder.execute("PRAGMA journal_mode=WAL")
    holder.execute("BEGIN IMMEDIATE")
    return holder


async def told(line: Line) -> FilmStalled:
    """What is said of a film that stands still."""
    async for event in line.follow("ships-0001"):
        if isinstance(event.fact, FilmStalled):
            return event.fact
    raise AssertionError("the film is over")


@pytest.mark.journey
async def test_a_file_that_is_held_in_mid_film_is_waited_for_and_then_is_an_error(line: Line, home: Path, cloud: Cloud) -> None:
    cloud.looks_until_ready = 1_000_000
    await line.produce(film_of(board(1)))
    await until(lambda: cloud.paid == 1)
    holder = held(home)
    cloud.looks_until_ready = 0
    assert await told(line) == FilmStalled(where="engine.db", message="another program holds this database")

    film = await line.wait("ships-0001")
    assert (film.state, film.error_code) == (FilmState.FAILED, "store_unusable")
    assert "engine.db" in (film.error or "")
    holder.close()
    await line.resume("ships-0001")

    assert ((await line.wait("ships-0001")).state, cloud.paid) == (FilmState.READY, 1)


async def test_a_file_that_is_held_from_the_beginning_is_told_alike(line: Line, home: Path, cloud: Cloud) -> None:
    holder = held(home)
    holder.execute("COMMIT")
    holder.execute("PRAGMA locking_mode=EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    holder.execute("CREATE TABLE theirs (id)")
    await line.produce(film_of(board(1)))
    assert (await told(line)).where == "engine.db"

    film = await line.wait("ships-0001")
    assert (film.state, film.error_code, cloud.paid) == (FilmState.FAILED, "store_unusable", 0)
    holder.close()
