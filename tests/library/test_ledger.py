"""The ledger: no call is sent by two, no budget is passed, every cent that is held is settled or still held.

Requirements F2 and F3.
"""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Connection

from storyreel.domain.errors import BudgetExceeded
from storyreel.domain.events import TakeSent
from storyreel.domain.generation import CallState, GenerationState, Key, Repeat, Sighting
from storyreel.library import events, films, ledger
from storyreel.library.database import Database
from storyreel.library.guard import ImpossibleChange
from tests.library.rows import CLIP, NOW, a_film, a_key, later

pytestmark = pytest.mark.postgres

SEEN = Sighting(state=GenerationState.RUNNING, progress=0.4)


def reserve(
    connection: Connection,
    key: Key,
    *,
    quote: Decimal | None = Decimal(1),
    repeat: Repeat = Repeat.NONE,
    allow_unpriced: bool = False,
) -> ledger.Call:
    return ledger.reserve(connection, key, "t1", "cloud", repeat, quote, NOW, allow_unpriced=allow_unpriced)


MARKS: dict[str, Callable[[Connection, Key], ledger.Call]] = {
    "sending": lambda connection, key: ledger.mark_sending(connection, key, "me", later(60)),
    "unsent": lambda connection, key: ledger.mark_unsent(connection, key, NOW),
    "accepted": lambda connection, key: ledger.mark_accepted(connection, key, "r1", later(5), NOW),
    "seen": lambda connection, key: ledger.record_sighting(connection, key, SEEN, later(9), NOW),
    "done": lambda connection, key: ledger.mark_done(connection, key, CLIP, Decimal("0.75"), NOW),
    "failed": lambda connection, key: ledger.mark_failed(connection, key, "timed_out", "Too slow.", NOW, Decimal("0.5")),
    "cancelled": lambda connection, key: ledger.mark_cancelled(connection, key, NOW),
    "attention": lambda connection, key: ledger.mark_attention(connection, key, "submit_outcome_unknown", "Who knows?", NOW),
}
FREED: dict[str, Callable[[Connection, Key], object]] = {
    "sighting": lambda connection, key: ledger.record_sighting(connection, key, SEEN, later(5), NOW),
    "delay": lambda connection, key: ledger.postpone_look(connection, key, later(5)),
    "its owner": lambda connection, _key: ledger.release_leases(connection, "me"),
    "the line": lambda connection, _key: ledger.release_leases(connection),
}
WAYS: dict[CallState, tuple[str, ...]] = {
    CallState.RESERVED: (),
    CallState.SENDING: ("sending",),
    CallState.ACCEPTED: ("sending", "accepted"),
    CallState.DONE: ("sending", "accepted", "done"),
    CallState.FAILED: ("failed",),
    CallState.CANCELLED: ("cancelled",),
    CallState.ATTENTION: ("sending", "attention"),
}
ALLOWED = {
    CallState.RESERVED: {"sending", "unsent", "failed", "cancelled"},
    CallState.SENDING: {"unsent", "accepted", "failed", "attention"},
    CallState.ACCEPTED: {"accepted", "seen", "done", "failed", "cancelled", "attention"},
    CallState.DONE: {"done"},
    CallState.FAILED: {"failed"},
    CallState.CANCELLED: {"cancelled"},
    CallState.ATTENTION: {"unsent", "accepted", "failed", "cancelled", "attention"},
}


def mark(connection: Connection, key: Key, steps: tuple[str, ...]) -> None:
    for step in steps:
        MARKS[step](connection, key)


def the_call(database: Database, key: Key) -> ledger.Call:
    call = database.read_now(ledger.call, key)
    assert call is not None
    return call


@pytest.fixture
def key(database: Database, film_id: str) -> Key:
    reserved = database.write_now(reserve, a_key(film_id))
    return reserved.key


@pytest.mark.parametrize("state", CallState)
def test_a_state_is_left_only_by_its_own_ways(database: Database, film_id: str, state: CallState) -> None:
    for number, step in enumerate(MARKS):
        key = database.write_now(reserve, a_key(film_id, take=number + 1)).key
        database.write_now(mark, key, WAYS[state])
        before = the_call(database, key)
        if step in ALLOWED[state]:
            database.write_now(mark, key, (step,))
            continue
        with pytest.raises(ImpossibleChange):
            database.write_now(mark, key, (step,))
        assert the_call(database, key) == before


def test_a_key_reserved_twice_is_one_call(database: Database, key: Key) -> None:
    database.write_now(mark, key, ("sending",))
    again = database.write_now(reserve, key, quote=Decimal(9))
    assert (again.state, again.quote_usd) == (CallState.SENDING, Decimal(1))
    assert len(database.read_now(ledger.calls_of, key.film)) == 1


@pytest.mark.parametrize("state", [CallState.SENDING, CallState.ACCEPTED, CallState.ATTENTION])
def test_a_call_holds_its_quote_until_it_is_settled(database: Database, key: Key, state: CallState) -> None:
    database.write_now(mark, key, WAYS[state])
    assert database.read_now(ledger.bill, key.film) == ledger.Bill(reserved_usd=Decimal(1), settled_usd=Decimal(0))


@pytest.mark.parametrize(("state", "cost"), [(CallState.DONE, "0.75"), (CallState.FAILED, "0.5"), (CallState.CANCELLED, "0")])
def test_a_settled_call_holds_nothing_and_costs_what_it_cost(database: Database, key: Key, state: CallState, cost: str) -> None:
    database.write_now(mark, key, WAYS[state])
    assert database.read_now(ledger.bill, key.film) == ledger.Bill(reserved_usd=Decimal(0), settled_usd=Decimal(cost))
    assert database.read_now(ledger.unsettled) == []


def test_only_one_of_two_may_send(database: Database, key: Key) -> None:
    database.write_now(ledger.mark_sending, key, "me", later(60))
    with pytest.raises(ImpossibleChange):
        database.write_now(ledger.mark_sending, key, "you", later(60))
    assert the_call(database, key).process == "me"


def test_a_call_that_may_be_repeated_is_sent_again_with_its_key(database: Database, film_id: str) -> None:
    call = database.write_now(reserve, a_key(film_id), repeat=Repeat.KEY)
    for process in ("me", "you"):
        database.write_now(ledger.mark_sending, call.key, process, later(60))
    again = the_call(database, call.key)
    assert (again.process, again.attempts, again.deadline) == ("you", 2, later(60))


def test_what_is_taken_is_told_once(database: Database, key: Key) -> None:
    database.write_now(mark, key, ("sending", "accepted", "accepted"))
    told = [event.fact for event in database.read_now(events.since, key.film, 0)]
    assert told.count(TakeSent(shot="s1", take="t1")) == 1


def test_a_call_is_never_accepted_as_two(database: Database, key: Key) -> None:
    database.write_now(mark, key, ("sending", "accepted"))
    with pytest.raises(ImpossibleChange):
        database.write_now(ledger.mark_accepted, key, "r2", later(5), NOW)


def test_looks_that_are_due_are_claimed_by_one(database: Database, key: Key) -> None:
    database.write_now(mark, key, ("sending", "accepted"))
    assert database.write_now(ledger.due_looks, later(4), "me", later(34)) == []
    assert [call.key for call in database.write_now(ledger.due_looks, later(5), "me", later(35))] == [key]
    assert database.write_now(ledger.due_looks, later(6), "you", later(36)) == []
    assert [call.lease_process for call in database.write_now(ledger.due_looks, later(35), "you", later(65))] == ["you"]


@pytest.mark.parametrize("way", FREED)
def test_a_lease_ends_by_a_sighting_a_delay_or_its_owner(database: Database, key: Key, way: str) -> None:
    database.write_now(mark, key, ("sending", "accepted"))
    database.write_now(ledger.due_looks, later(5), "me", later(3600))
    database.write_now(FREED[way], key)
    assert len(database.write_now(ledger.due_looks, later(6), "you", later(36))) == 1


def test_the_longest_due_are_looked_at_first(database: Database, film_id: str) -> None:
    for take in (1, 2, 3):
        call = database.write_now(reserve, a_key(film_id, take=take), quote=None)
        database.write_now(ledger.mark_sending, call.key, "me", later(60))
        database.write_now(ledger.mark_accepted, call.key, f"r{take}", later(10 - take), NOW)
    assert database.write_now(ledger.due_looks, later(60), "me", later(90), without=[call.provider]) == []
    claimed = database.write_now(ledger.due_looks, later(60), "me", later(90), limit=2)
    assert [call.key.take for call in claimed] == [3, 2]


def test_a_look_is_due_that_was_set_before_the_clock_was_set_back(database: Database, key: Key) -> None:
    database.write_now(ledger.mark_sending, key, "me", later(60))
    database.write_now(ledger.mark_accepted, key, "r1", later(5), NOW)
    database.write_now(ledger.due_looks, later(5), "me", later(35))
    before = NOW - timedelta(hours=1)
    assert len(database.write_now(ledger.due_looks, before, "you", before + timedelta(seconds=30))) == 1
    database.write_now(ledger.postpone_look, key, before + ledger.FARTHEST)
    assert database.write_now(ledger.due_looks, before, "you", before + timedelta(seconds=30)) == []


def test_a_sighting_is_kept_and_counted(database: Database, key: Key) -> None:
    database.write_now(mark, key, ("sending", "accepted", "seen", "seen"))
    call = the_call(database, key)
    assert (call.sighting, call.looks, call.next_look) == (SEEN, 2, later(9))


def test_a_wish_to_cancel_makes_the_call_due_at_once(database: Database, key: Key) -> None:
    database.write_now(mark, key, ("sending", "accepted"))
    assert database.write_now(ledger.request_call_cancel, key, later(1))
    (due,) = database.write_now(ledger.due_looks, later(1), "me", later(31))
    assert due.cancel_requested
    database.write_now(mark, key, ("cancelled",))
    assert not database.write_now(ledger.request_call_cancel, key, later(2))


def test_a_price_that_nobody_knows_needs_leave(database: Database) -> None:
    database.write_now(films.insert_film, a_film(budget="5"))
    with pytest.raises(BudgetExceeded):
        database.write_now(reserve, a_key(), quote=None)
    assert database.write_now(reserve, a_key(), quote=None, allow_unpriced=True).reserved_usd == 0


def test_what_was_made_at_a_price_that_nobody_told_is_not_called_free(database: Database) -> None:
    database.write_now(films.insert_film, a_film())
    database.write_now(reserve, a_key(take=1), quote=None, allow_unpriced=True)
    assert database.read_now(ledger.unbilled) == {}
    database.write_now(mark, a_key(take=1), ("sending", "accepted"))
    database.write_now(ledger.mark_done, a_key(take=1), CLIP, Decimal(0), NOW)
    assert database.read_now(ledger.unbilled) == {a_key().film: {"t1"}}


def test_a_budget_counts_what_is_held_and_what_was_paid(database: Database) -> None:
    database.write_now(films.insert_film, a_film(budget="2"))
    database.write_now(reserve, a_key(take=1))
    database.write_now(mark, a_key(take=1), ("sending", "accepted", "done"))
    database.write_now(reserve, a_key(take=2))
    with pytest.raises(BudgetExceeded) as caught:
        database.write_now(reserve, a_key(take=3))
    assert (caught.value.limit_usd, caught.value.needed_usd) == ("2", "2.75")
    database.write_now(reserve, a_key(take=3), quote=Decimal("0.25"))


async def test_no_budget_is_passed_by_fifty_at_once(database: Database) -> None:
    await database.write(films.insert_film, a_film(budget="10"))
    tries = [database.write(reserve, a_key(take=take), quote=Decimal("0.70")) for take in range(1, 51)]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    refused = [outcome for outcome in outcomes if isinstance(outcome, BudgetExceeded)]
    assert len(refused) == 50 - 14
    assert (await database.read(ledger.bill, "lighthouse-0001")).reserved_usd == Decimal("9.8")


def test_a_part_of_a_millionth_is_held_in_full(database: Database, film_id: str) -> None:
    call = database.write_now(reserve, a_key(film_id), quote=Decimal("0.0000001"))
    assert call.reserved_usd == Decimal("0.000001")
