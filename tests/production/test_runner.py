"""What the runner does when looks fail, and what it does for calls that nobody here waits for. Requirement E4."""

import asyncio
import shutil
import weakref
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from storyreel.catalog.catalogue import Catalogue
from storyreel.catalog.load import load_catalogue
from storyreel.domain.errors import AuthenticationFailed, ProviderUnavailable, RateLimited, StoreUnusable
from storyreel.domain.film import FilmState
from storyreel.domain.generation import CallState, GenerationState, Key
from storyreel.domain.model import RouteStatus
from storyreel.library import films, ledger, takes
from storyreel.library.database import Connection
from storyreel.observing.observer import Notice, Observer
from storyreel.production.floor import Floor
from storyreel.production.line import Line
from storyreel.production.looks import LEAST_LOOKS, Looks
from storyreel.production.opening import open_line
from storyreel.production.plan import inputs_digest, request_for, take_for
from storyreel.production.runner import PACE_S, Runner
from storyreel.production.settle import settle_cancelled
from storyreel.production.submit import submit_once
from storyreel.production.watch import Watch
from storyreel.providers.port import NotShown
from tests.production.conftest import TestClock, board, film_of, in_memory, until
from tests.production.scripted import Cloud

ROUTE = "animatic@animatic"
KEY = Key(film="ships-0001", shot="s1", take=1, route=ROUTE)
AWAY = ProviderUnavailable(provider="animatic", detail="no route to host")


async def test_a_look_without_an_answer_is_tried_again(line: Line, cloud: Cloud) -> None:
    cloud.before_look.extend([AWAY, RateLimited(provider="animatic", retry_after_s=0.01)])

    await line.produce(film_of(board(1)))

    assert (await line.wait("ships-0001")).state is FilmState.READY
    assert cloud.paid == 1


async def test_a_look_whose_key_is_refused_stops_the_film_and_what_was_paid_is_brought_home_by_resume(
    line: Line, cloud: Cloud
) -> None:
    cloud.before_look.append(AuthenticationFailed(provider="animatic", setting="A_KEY", refused=True))

    await line.produce(film_of(board(1)))
    stopped = await line.wait("ships-0001")
    await line.resume("ships-0001")
    film = await line.wait("ships-0001")

    assert (stopped.state, stopped.error_code) == (FilmState.FAILED, "authentication_failed")
    assert (film.state, cloud.paid) == (FilmState.READY, 1)


async def test_a_fault_of_ours_in_a_provider_fails_the_take_and_leaves_nobody_waiting(line: Line, cloud: Cloud) -> None:
    cloud.before_look.append(ZeroDivisionError("a bug"))

    await line.produce(film_of(board(1)))

    film = await line.wait("ships-0001")
    assert (film.state, film.error_code) == (FilmState.FAILED, "error")
    assert "ZeroDivisionError: a bug" in str(film.error)


async def test_a_link_that_is_dead_is_asked_for_again(line: Line, cloud: Cloud) -> None:
    cloud.expired_links = 1

    await line.produce(film_of(board(1)))

    assert (await line.wait("ships-0001")).state is FilmState.READY
    assert cloud.paid == 1


async def test_a_paid_result_is_brought_home_though_nobody_goes_on_with_its_film(home: Path, cloud: Cloud) -> None:
    cloud.looks_until_ready = 1_000_000
    async with await open_line(home, catalogue=load_catalogue(), opener=cloud.open, make_engine=in_memory) as line:
        await line.produce(film_of(board(1)))
        await until(lambda: bool(cloud.looks))
    cloud.looks_until_ready = 0

    async with await open_line(home, catalogue=load_catalogue(), opener=cloud.open, make_engine=in_memory) as line:
        line.warm([1.0])
        while (await line.database.read(takes.take, "ships-0001/s1/1")).state is not GenerationState.READY:
            assert (await line.database.read(films.film, "ships-0001")).state is FilmState.PRODUCING
        assert (await line.database.read(films.film, "ships-0001")).state is FilmState.PRODUCING


@pytest.fixture
async def accepted(floor: Floor) -> Key:
    """A call that its provider took."""
    film = film_of(board(1))
    request = request_for(film, "s1", load_catalogue().model("animatic"))
    wanted = take_for(film, request, shot="s1", number=1, route=ROUTE, digest=inputs_digest(request, ROUTE, ""), now=floor.now)
    await floor.database.write(films.insert_film, film)
    take = await floor.database.write(takes.insert_take, wanted)
    await submit_once(floor, take.id)
    return KEY


async def test_a_disk_that_takes_no_clip_is_said_to_be_one_and_the_call_stays_open(floor: Floor, accepted: Key) -> None:
    await asyncio.to_thread(shutil.rmtree, floor.work)
    runner = Runner(floor)
    runner.start([])

    with pytest.raises(StoreUnusable, match="a result cannot be written"):
        await runner.wait("ships-0001/s1/1")
    await runner.close()

    call = await floor.database.read(ledger.known_call, accepted, wanted="open")
    assert call.state is CallState.ACCEPTED


async def test_a_download_that_is_given_up_is_closed_at_once(floor: Floor, accepted: Key, cloud: Cloud) -> None:
    (cloud.folder / "job-1.mp4").write_bytes(bytes(64 * 1024))
    (floor.work / f"{sha256(b'ships-0001/s1/1').hexdigest()[:24]}.mp4").symlink_to("/dev/full")
    runner = Runner(floor)
    runner.start([])

    with pytest.raises(StoreUnusable, match="a result cannot be written"):
        await runner.wait("ships-0001/s1/1")
    assert (cloud.fetches, cloud.open_downloads) == (1, 0)
    await runner.close()


async def test_a_take_and_its_call_end_together_and_once(floor: Floor, accepted: Key, cloud: Cloud) -> None:
    runner = Runner(floor)
    runner.start([])

    first, second = await runner.wait("ships-0001/s1/1"), await runner.wait("ships-0001/s1/1")
    await runner.close()

    call = await floor.database.read(ledger.call, accepted)
    assert first == second
    assert call is not None
    assert (call.state, call.output, first.state) == (CallState.DONE, first.output, GenerationState.READY)
    assert cloud.fetches == 1


async def test_a_look_that_was_asked_for_before_another_brought_the_clip_home_fetches_nothing(
    floor: Floor, accepted: Key, cloud: Cloud
) -> None:
    asked = await floor.database.read(ledger.known_call, accepted, wanted="looked at")
    watch = Watch(lambda _provider, _remote: None, lambda _take: None, 1)
    looks, remote = Looks(floor, watch), asked.remote_id or ""

    for _ in range(3):  # the first sees it running
        await looks.look(asked, remote, leased=True)

    assert (await floor.database.read(ledger.known_call, accepted, wanted="read")).state is CallState.DONE
    assert (sum(cloud.looks.values()), cloud.fetches) == (3, 1)


async def test_a_generation_that_never_ends_is_given_up_and_called_off(
    floor: Floor, accepted: Key, cloud: Cloud, clock: TestClock
) -> None:
    cloud.looks_until_ready = 1_000_000
    runner = Runner(floor)
    runner.start([])
    waiting = asyncio.ensure_future(runner.wait("ships-0001/s1/1"))
    await until(lambda: bool(cloud.looks))

    clock.now += timedelta(days=1)  # it may have been set
    while not waiting.done():
        clock.now += ledger.FARTHEST
        await asyncio.sleep(0.005)
    take = await waiting
    await runner.close()

    assert max(cloud.looks.values()) > LEAST_LOOKS
    assert (take.state, take.error_code) == (GenerationState.FAILED, "timed_out")
    assert cloud.cancelled == set(cloud.jobs)


async def test_a_generation_that_its_provider_shows_no_more_is_given_up_at_the_same_bound(
    floor: Floor, accepted: Key, cloud: Cloud, clock: TestClock
) -> None:
    cloud.before_look.extend([NotShown(provider="animatic", detail="no such task")] * 10_000)
    runner = Runner(floor)
    runner.start([])
    waiting = asyncio.ensure_future(runner.wait("ships-0001/s1/1"))

    while not waiting.done():
        clock.now += ledger.FARTHEST
        await asyncio.sleep(0.005)
    take = await waiting
    await runner.close()

    assert 10_000 - len(cloud.before_look) > LEAST_LOOKS
    assert (take.state, take.error_code) == (GenerationState.FAILED, "timed_out")


async def test_a_look_that_is_due_while_a_nudged_one_goes_on_is_not_lost(
    floor: Floor, accepted: Key, cloud: Cloud, clock: TestClock
) -> None:
    cloud.held_looks, cloud.looks_until_ready = asyncio.Event(), 2
    runner = Runner(floor)
    runner.start([])
    waiting = asyncio.ensure_future(runner.wait("ships-0001/s1/1"))  # which nudges
    await asyncio.sleep(0.05)
    clock.now += timedelta(seconds=10)  # and now it is due
    await asyncio.sleep(2 * PACE_S)
    cloud.held_looks.set()
    await until(lambda: bool(cloud.looks))

    for _ in range(20):
        clock.now += timedelta(seconds=1)
        await asyncio.sleep(PACE_S / 5)
    assert (await waiting).state is GenerationState.READY
    await runner.close()


class Remembered(str):
    """A generation's name, of which can be told whether anybody still has it."""


async def test_a_nudge_for_what_nobody_watches_is_forgotten(floor: Floor) -> None:
    runner = Runner(floor)
    runner.start([])
    remote = Remembered("job-9")
    known = weakref.ref(remote)
    runner.nudge("animatic", remote)
    del remote

    await until(lambda: known() is None)
    await runner.close()


async def test_what_another_process_settled_is_not_watched_any_more(floor: Floor, accepted: Key, cloud: Cloud) -> None:
    cloud.looks_until_ready = 1_000_000
    runner = Runner(floor)
    call = await floor.database.read(ledger.known_call, accepted, wanted="open")
    watched = weakref.ref(call)
    runner.start([call])
    await until(lambda: bool(cloud.looks))
    await floor.database.write(settle_cancelled, call.model_copy(), floor.now, Decimal(0))
    del call

    await runner.wait("ships-0001/s1/1")
    await until(lambda: watched() is None)
    await runner.close()


async def test_what_nobody_foresaw_in_a_round_of_looks_is_told_and_the_next_round_is_tried(
    floor: Floor, accepted: Key, cloud: Cloud, clock: TestClock
) -> None:
    notices: list[Notice] = []
    floor.observer, cloud.looks_until_ready = Observer(notices.append), 1
    await floor.database.write(no_change_of_calls)
    runner = Runner(floor)
    runner.start([])
    waiting = asyncio.ensure_future(runner.wait("ships-0001/s1/1"))
    clock.now += timedelta(seconds=10)
    await until(lambda: any(notice.what == "round.failed" for notice in notices))

    await floor.database.write(changes_of_calls_again)
    clock.now += timedelta(minutes=1)
    assert (await waiting).state is GenerationState.READY
    await runner.close()


def no_change_of_calls(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TRIGGER broken BEFORE UPDATE ON calls BEGIN SELECT RAISE(ABORT, 'broken'); END")


def changes_of_calls_again(connection: Connection) -> None:
    connection.exec_driver_sql("DROP TRIGGER broken")


async def test_what_was_sent_before_its_way_closed_still_comes_home(floor: Floor, accepted: Key) -> None:
    [model] = [model for model in floor.catalogue.models if model.id == "animatic"]
    closed = tuple(route.model_copy(update={"status": RouteStatus.CLOSED}) for route in model.routes)
    floor.catalogue = Catalogue(models=(model.model_copy(update={"routes": closed}),))
    runner = Runner(floor)
    runner.start([])

    await submit_once(floor, "ships-0001/s1/1")
    take = await runner.wait("ships-0001/s1/1")
    await runner.close()

    assert take.state is GenerationState.READY


async def test_a_look_that_breaks_off_without_a_place_is_nobodys_outcome(floor: Floor, accepted: Key, cloud: Cloud) -> None:
    cloud.before_look.append(RuntimeError("cannot schedule new futures after shutdown"))
    await floor.gate.close(0)
    call = await floor.database.read(ledger.known_call, accepted, wanted="looked at")
    assert call.remote_id is not None

    watch = Watch(lambda _provider, _remote: None, lambda _take: None, 1)
    await Looks(floor, watch).look(call, call.remote_id, leased=False)

    assert not cloud.before_look
    assert (await floor.database.read(ledger.known_call, accepted, wanted="looked at")).state is CallState.ACCEPTED
