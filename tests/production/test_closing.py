"""A line that is closed takes the answers that are on their way, and lets everything go whatever breaks. Requirement F10."""

import asyncio
from pathlib import Path

import pytest

from storyreel.domain.film import FilmState
from storyreel.domain.generation import CallState, Key, RemoteId, Repeat
from storyreel.library import films, ledger
from storyreel.production.engine_memory import MemoryEngine
from storyreel.production.opening import open_line
from storyreel.providers.port import Kit, Provider
from tests.production.conftest import CATALOGUE, board, film_of, in_memory, line_of, until
from tests.production.scripted import Cloud

KEY = Key(film="ships-0001", shot="s1", take=1, route="animatic@animatic")


async def test_an_answer_that_is_on_its_way_is_waited_for(home: Path, cloud: Cloud) -> None:
    sent, answered = asyncio.Event(), asyncio.Event()

    async def slowly(_remote: RemoteId) -> None:
        sent.set()
        await answered.wait()

    cloud.repeat, cloud.after_answer = Repeat.NONE, slowly
    line = await line_of(home, cloud)
    await line.produce(film_of(board(1)))
    await sent.wait()
    closing = asyncio.ensure_future(line.close())
    await asyncio.sleep(0.05)
    answered.set()
    await closing

    cloud.after_answer = None
    async with await line_of(home, cloud) as line:
        call = await line.database.read(ledger.known_call, KEY, wanted="taken")
        film = await line.database.read(films.film, "ships-0001")
    assert (call.state, film.state, cloud.paid) == (CallState.ACCEPTED, FilmState.PRODUCING, 1)


async def test_a_look_that_breaks_off_while_the_line_is_closed_costs_no_take(home: Path, cloud: Cloud) -> None:
    letting_go = cloud.held_looks = asyncio.Event()
    cloud.broken_off = RuntimeError("cannot schedule new futures after shutdown")

    class LetsThreadsGo(MemoryEngine):
        async def close(self) -> None:
            letting_go.set()
            await asyncio.sleep(0.05)  # the durable one takes as long, and its threads are the loop's
            await super().close()

    line = await open_line(home, catalogue=CATALOGUE, opener=cloud.open, make_engine=lambda _path, _process: LetsThreadsGo())
    await line.produce(film_of(board(1)))
    await until(lambda: cloud.looking == 1)
    await line.close()

    cloud.broken_off = None
    async with await line_of(home, cloud) as line:
        await line.resume("ships-0001")
        film = await line.wait("ships-0001")
    assert (film.state, cloud.paid) == (FilmState.READY, 1)


async def test_what_breaks_at_the_end_keeps_nothing_else(home: Path, cloud: Cloud) -> None:
    line = await line_of(home, cloud)
    await line.produce(film_of(board(1)))
    await line.wait("ships-0001")

    line.database.close()
    with pytest.raises(RuntimeError, match="the database is closed"):
        await line.close()

    assert not line.owned


async def test_a_provider_opens_no_connections_on_a_line_that_is_closed(home: Path, cloud: Cloud) -> None:
    kits: list[Kit] = []

    def opened(name: str, kit: Kit) -> Provider:
        kits.append(kit)
        return cloud.open(name, kit)

    line = await open_line(home, catalogue=CATALOGUE, opener=opened, make_engine=in_memory)
    await line.produce(film_of(board(1)))
    await line.wait("ships-0001")
    await line.close()

    with pytest.raises(asyncio.CancelledError):
        kits[0].http()
