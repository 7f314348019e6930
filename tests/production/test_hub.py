"""Who follows a film hears what is kept, what is only told, and why nothing will come."""

import asyncio
from contextlib import aclosing
from datetime import UTC, datetime

import pytest

from storyreel.domain.errors import StoreUnusable, UnknownFilm
from storyreel.domain.events import TakeProgressed
from storyreel.domain.film import LOCAL
from storyreel.library import films
from storyreel.production.floor import Floor
from tests.production.conftest import board, film_of

NOW = datetime(2026, 1, 1, tzinfo=UTC)


async def test_each_follower_is_told_progress_and_facts_as_they_come(floor: Floor) -> None:
    await floor.database.write(films.insert_film, film_of(board(1)))
    async with (
        aclosing(floor.hub.follow(floor.database, "ships-0001")) as first,
        aclosing(floor.hub.follow(floor.database, "ships-0001")) as second,
    ):
        assert {(await anext(one)).fact.kind for one in (first, second)} == {"film.queued"}
        waiting = [asyncio.ensure_future(anext(one)) for one in (first, second)]
        await asyncio.sleep(0.01)

        floor.hub.tell("ships-0001", TakeProgressed(shot="s1", take="t", progress=0.5), NOW)
        assert [(await one).number for one in waiting] == [0, 0]

        await floor.write("ships-0001", films.start_film, "ships-0001", NOW)
        assert {(await anext(one)).fact.kind for one in (first, second)} == {"film.started"}


async def test_facts_that_another_process_writes_are_found(floor: Floor) -> None:
    await floor.database.write(films.insert_film, film_of(board(1)))
    async with aclosing(floor.hub.follow(floor.database, "ships-0001", after=1)) as told:
        waiting = asyncio.ensure_future(anext(told))
        await asyncio.sleep(0.01)

        await floor.database.write(films.start_film, "ships-0001", NOW)  # nobody rings

        assert (await waiting).fact.kind == "film.started"


async def test_a_follower_hears_why_nothing_will_come(floor: Floor) -> None:
    await floor.database.write(films.insert_film, film_of(board(1)))
    async with aclosing(floor.hub.follow(floor.database, "ships-0001", after=1)) as told:
        waiting = asyncio.ensure_future(anext(told))
        await asyncio.sleep(0.01)

        floor.hub.break_off("ships-0001", StoreUnusable("storyreel.db", "the disk is full", remedy="Free some space."))

        with pytest.raises(StoreUnusable, match="the disk is full"):
            await waiting


async def test_a_film_that_is_not_there_is_said_at_once(floor: Floor) -> None:
    with pytest.raises(UnknownFilm):
        _ = [event async for event in floor.hub.follow(floor.database, "no such film")]


async def test_for_whoever_still_follows_a_closed_hub_is_the_end(floor: Floor) -> None:
    await floor.database.write(films.insert_film, film_of(board(1)))
    async with (
        aclosing(floor.hub.follow(floor.database, "ships-0001")) as film,
        aclosing(floor.hub.follow_user(floor.database, LOCAL)) as user,
    ):
        assert {(await anext(one)).fact.kind for one in (film, user)} == {"film.queued"}
        waiting = [asyncio.ensure_future(anext(one, None)) for one in (film, user)]
        await asyncio.sleep(0.01)

        await floor.hub.close()

        async with asyncio.timeout(10):
            assert [await one for one in waiting] == [None, None]
            assert [event async for event in floor.hub.follow_user(floor.database, LOCAL)] == []
