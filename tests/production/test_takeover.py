"""What a worker that is gone had under way goes on elsewhere; what a living one has stays with it. Requirement F10.

The contract that the engine's private function for this is held to.
"""

import asyncio
from collections.abc import Generator, Iterator

import pytest
from dbos import DBOS

from storyreel.production.engine_dbos import DbosEngine
from tests.postgres import Server
from tests.production.conftest import until
from tests.production.test_engine import held_up

pytestmark = pytest.mark.postgres


@pytest.fixture
def url(postgres: Server) -> Iterator[str]:
    """The address of a database of the test's own."""
    name = postgres.create()
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture(autouse=True)
def no_engine_stays_open() -> Generator[None]:
    yield
    DBOS.destroy(destroy_registry=True)


@pytest.mark.journey
async def test_what_is_taken_over_goes_on_where_it_was_and_only_from_those_who_are_gone(url: str) -> None:
    first = DbosEngine(url, process="first")
    work = await held_up(first)
    await first.close()
    work.gate.set()

    second = DbosEngine(url, process="second")
    await second.open(work.flows())
    assert await second.start("film", "x/1", "x/1")
    assert await second.take_over(["somebody", "second"]) == 0
    await asyncio.sleep(0.2)
    assert sorted(map(str, work.done)) == ["a1", "b1"]

    assert await second.take_over(["first"]) == 3  # the film and its strands
    assert await second.take_over(["first"]) == 0
    assert await work.ended.get() == ["a2", "b2", "cut"]
    assert sorted(map(str, work.done)) == ["a1", "a2", "b1", "b2", "cut"]
    assert (await second.known(["x/1", "x/2"])).keys() == {"x/1"}
    await second.close()


@pytest.mark.journey
async def test_a_run_that_is_given_to_its_own_process_once_more_waits_for_its_children_beside_the_one_before(url: str) -> None:
    engine = DbosEngine(url, process="first")
    work = await held_up(engine)

    assert await engine.take_over(["first"]) == 3  # another worker believed that this one was gone
    await until(lambda: work.waiting == 4)
    work.gate.set()

    async with asyncio.timeout(30):
        assert await work.ended.get() == ["a2", "b2", "cut"]
    await engine.close()


@pytest.mark.journey
async def test_what_ends_while_the_server_is_away_is_kept_once_it_is_back(url: str, postgres: Server) -> None:
    engine = DbosEngine(url, process="first")
    work = await held_up(engine)

    await asyncio.to_thread(postgres.stop)
    work.gate.set()
    await until(lambda: len(work.done) == 4)
    await asyncio.sleep(0.5)  # long enough for an attempt to keep it
    await asyncio.to_thread(postgres.start)

    async with asyncio.timeout(30):
        assert await work.ended.get() == ["a2", "b2", "cut"]
    await engine.close()
