"""Workers of a shared line: who is not heard of is found gone by one, and never works on under that name. Requirement F10."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select, update

from storyreel.domain.generation import CallState, Key
from storyreel.library import films, ledger, workers
from storyreel.library.database import Database
from storyreel.library.guard import ImpossibleChange
from storyreel.library.pulse import Pulse
from storyreel.library.tables import workers as table
from tests.library.rows import NOW, a_film, a_key, later
from tests.library.test_ledger import reserve

pytestmark = pytest.mark.postgres

LEASE = timedelta(seconds=5)
AT_ONCE = timedelta(seconds=-1)  # also within one tick of the clock
HOUR = timedelta(hours=1)


@pytest.fixture
def key(database: Database) -> Key:
    database.write_now(films.insert_film, a_film())
    return database.write_now(reserve, a_key()).key


def test_who_beats_is_not_found_gone(database: Database) -> None:
    database.write_now(workers.join, "me", "here", 1)
    assert database.write_now(workers.find_gone, LEASE) == []
    assert database.write_now(workers.beat, "me")
    assert database.read_now(workers.heard_of, LEASE) == 1


def test_who_is_not_heard_of_is_found_gone_once_and_stays_so(database: Database) -> None:
    database.write_now(workers.join, "me", "here", 1)
    assert database.write_now(workers.find_gone, AT_ONCE) == ["me"]
    assert database.write_now(workers.find_gone, AT_ONCE) == []
    assert not database.write_now(workers.beat, "me")
    assert database.read_now(workers.all_gone) == ["me"]
    assert database.read_now(workers.heard_of, LEASE) == 0


def test_a_beat_from_before_the_clock_was_set_back_keeps_nobody_alive(database: Database) -> None:
    database.write_now(workers.join, "dead", "here", 1)
    database.write_now(workers.join, "me", "here", 2)
    database.write_now(set_clock_back, HOUR)
    assert database.write_now(workers.beat, "me")
    assert database.write_now(workers.find_gone, LEASE) == ["dead"]


def test_what_one_who_left_had_under_way_is_wanted_after_a_night_too(database: Database) -> None:
    database.write_now(workers.join, "me", "here", 1)
    database.write_now(leave)
    database.write_now(set_clock_back, -12 * HOUR)
    assert database.read_now(workers.all_gone) == ["me"]
    assert database.read_now(workers.all_workers) == []
    database.write_now(workers.forget_workers, LEASE)
    assert database.read_now(workers.all_gone) == []


def set_clock_back(connection: Connection, by: timedelta) -> None:
    """Every time that is noted of a worker is later than it was, as if the clock had been set back since."""
    for row in connection.execute(select(table)).mappings().all():
        times = {name: row[name] and row[name] + by for name in ("started", "beat", "gone")}
        connection.execute(update(table).where(table.c.id == row["id"]).values(**times))


def leave(connection: Connection) -> None:
    workers.leave(connection, "me")


def find_gone(connection: Connection) -> None:
    workers.find_gone(connection, AT_ONCE)


@pytest.mark.parametrize("ends", [leave, find_gone])
def test_who_is_gone_holds_no_look(database: Database, key: Key, ends: Callable[[Connection], object]) -> None:
    database.write_now(workers.join, "me", "here", 1)
    database.write_now(ledger.mark_sending, key, "me", later(60))
    database.write_now(ledger.mark_accepted, key, "r1", NOW, NOW)
    assert len(database.write_now(ledger.due_looks, NOW, "me", later(60))) == 1
    database.write_now(ends)
    assert len(database.write_now(ledger.due_looks, NOW, "you", later(60))) == 1


def test_the_calls_of_one_who_works_are_looked_at_by_nobody_else(database: Database, key: Key) -> None:
    database.write_now(workers.join, "me", "here", 1)
    database.write_now(ledger.mark_sending, key, "me", later(60))
    database.write_now(ledger.mark_accepted, key, "r1", NOW, NOW)
    assert database.write_now(ledger.due_looks, NOW, "you", later(60)) == []
    database.write_now(ledger.adopt, key, "you")
    assert len(database.write_now(ledger.due_looks, NOW, "you", later(60))) == 1


def test_who_was_found_gone_sends_nothing(database: Database, key: Key) -> None:
    database.write_now(workers.join, "me", "here", 1)
    database.write_now(workers.find_gone, AT_ONCE)
    with pytest.raises(asyncio.CancelledError):
        database.write_now(ledger.mark_sending, key, "me", later(60))
    database.write_now(ledger.mark_sending, key, "you", later(60))


def test_what_was_not_sent_is_taken_back_only_by_who_marked_it(database: Database, key: Key) -> None:
    database.write_now(ledger.mark_sending, key, "me", later(60))
    database.write_now(ledger.recall, key, "you", NOW)
    with pytest.raises(ImpossibleChange):
        database.write_now(ledger.mark_sending, key, "you", later(60))
    database.write_now(ledger.recall, key, "me", NOW)
    assert database.read_now(ledger.known_call, key, wanted="read").state is CallState.RESERVED


def test_a_pulse_whose_place_ran_out_does_not_hold_it_again_and_is_not_called_found_gone(
    shared_url: str, on_postgres: Database
) -> None:
    time = [0.0]
    pulse = Pulse(shared_url, "me", timedelta(seconds=60), now=lambda: time[0])
    pulse.start("here", 1)
    assert pulse.held
    began = pulse.time()
    time[0] = 47.0
    assert pulse.time() - began == timedelta(seconds=47)  # by the database's clock, whatever ours is set to
    assert abs(began - on_postgres.read_now(workers.clock)) < timedelta(seconds=5)
    assert pulse.held
    time[0] = 49.0
    assert not pulse.held
    assert not pulse.lost
    time[0] = 1.0
    assert not pulse.held  # a beat came late: what was refused meanwhile is broken off here, and others must be let have it
    pulse.stop()
    assert on_postgres.read_now(workers.all_gone) == ["me"]


async def test_a_pulse_that_was_found_gone_knows_soon(shared_url: str, on_postgres: Database) -> None:
    pulse = Pulse(shared_url, "me", timedelta(seconds=0.3))
    pulse.start("here", 1)
    assert await on_postgres.write(workers.find_gone, AT_ONCE) == ["me"]
    while not pulse.lost:  # noqa: ASYNC110  it tells nobody
        await asyncio.sleep(0.01)
    assert not pulse.held
    pulse.stop()
