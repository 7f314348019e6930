"""Films whose flows are not in memory while their takes are waited for, by the durable engine. Requirement F2."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator
from contextlib import ExitStack
from pathlib import Path

import pytest

from storyreel.domain.errors import AuthenticationFailed
from storyreel.domain.film import FilmState
from storyreel.library import events
from storyreel.production.ahead import AT_ONCE, OF_EACH, Ahead
from storyreel.production.line import Line
from storyreel.production.opening import open_line
from tests.production.conftest import CATALOGUE, board, film_of, until
from tests.production.scripted import Cloud


@pytest.fixture
async def line(home: Path, cloud: Cloud) -> AsyncGenerator[Line]:
    async with await open_line(home, catalogue=CATALOGUE, opener=cloud.open, at_hand=0) as opened:
        yield opened


@pytest.mark.journey
async def test_a_film_all_of_whose_waiting_is_parked_is_made_and_paid_once(line: Line, cloud: Cloud) -> None:
    cloud.looks_until_ready = 3

    await line.produce(film_of(board(2, 1, 1)))

    assert (await line.wait("ships-0001")).state is FilmState.READY
    assert cloud.paid == len(cloud.submits) == 4
    told = [event.fact.kind for event in await line.database.read(events.all_of, "ships-0001", {"take.sent", "take.ready"})]
    assert told.count("take.sent") == told.count("take.ready") == 4


@pytest.mark.journey
async def test_what_goes_wrong_while_a_film_is_parked_stops_it(line: Line, cloud: Cloud) -> None:
    cloud.before_look.append(AuthenticationFailed(provider="animatic", setting="A_KEY", refused=True))

    await line.produce(film_of(board(1)))

    assert (await line.wait("ships-0001")).error_code == "authentication_failed"


@pytest.mark.journey
async def test_a_film_that_is_called_off_while_it_is_parked_ends(line: Line, cloud: Cloud) -> None:
    cloud.looks_until_ready = 1_000_000
    await line.produce(film_of(board(2)))
    await until(lambda: bool(cloud.looks))

    await line.cancel("ships-0001")

    assert (await line.wait("ships-0001")).state is FilmState.CANCELLED
    assert len(cloud.cancelled) == len(cloud.jobs)


class Shots:
    """Shots of films as their flows begin them; each is asked for until it is sent."""

    def __init__(self) -> None:
        self.ahead = Ahead()
        self.asked: defaultdict[str, list[ExitStack]] = defaultdict(list)
        self.flows: list[asyncio.Task[None]] = []

    async def begin(self, film: str, shots: int) -> None:
        """A film's flow, as far as it comes at once."""
        self.flows.append(asyncio.ensure_future(self._begin(film, shots, self.ahead.place())))
        await asyncio.sleep(0)

    async def _begin(self, film: str, shots: int, place: int) -> None:
        for _ in range(shots):
            async with self.ahead.room(film, place):
                asking = ExitStack()
                asking.enter_context(self.ahead.asking(film))
                self.asked[film].append(asking)

    async def send(self, film: str, shots: int = 1) -> None:
        """So many of its takes are with their provider."""
        for _ in range(shots):
            self.asked[film].pop().close()
        for _ in range(2 * shots):
            await asyncio.sleep(0)

    def __getitem__(self, film: str) -> int:
        return len(self.asked[film])


async def test_shots_are_begun_so_far_ahead_the_first_films_before_others_and_some_of_each() -> None:
    shots = Shots()
    await shots.begin("first", AT_ONCE + 2)
    assert shots["first"] == AT_ONCE

    await shots.begin("second", OF_EACH + 2)
    await shots.begin("third", 1)
    assert (shots["second"], shots["third"]) == (OF_EACH, 1)

    await shots.send("second")
    assert (shots["first"], shots["second"]) == (AT_ONCE, OF_EACH)  # its own next one
    await shots.send("first", OF_EACH + 2)
    assert (shots["first"], shots["second"]) == (AT_ONCE - OF_EACH - 1, OF_EACH)  # the first film's, where there was room for one
    await shots.send("third")
    assert (shots["first"], shots["second"]) == (AT_ONCE - OF_EACH, OF_EACH)
    await shots.send("first")
    assert shots["second"] == OF_EACH + 1
    assert all(flow.done() for flow in shots.flows)


async def test_a_film_that_is_broken_off_while_it_waits_keeps_no_other_from_beginning() -> None:
    shots = Shots()
    for film in ("first", "second", "third"):
        await shots.begin(film, AT_ONCE)
    for flow in shots.flows[:2]:
        flow.cancel()

    await shots.send("first", AT_ONCE)

    assert (shots["second"], shots["third"]) == (OF_EACH, AT_ONCE - OF_EACH)
