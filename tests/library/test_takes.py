"""Takes: append-only, numbered within their shot, and ended once. Requirement B8 (the cache of takes)."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from sqlalchemy import Connection

from storyreel.domain.events import TakeFailed, TakeReady, TakeSelected
from storyreel.domain.generation import GenerationState
from storyreel.library import events, films, takes
from storyreel.library.database import Database
from storyreel.library.guard import ImpossibleChange
from storyreel.library.known_blobs import forget_blob
from tests.library.rows import CLIP, INPUTS, LAST, NOW, a_film, a_take

pytestmark = pytest.mark.postgres

ENDS: dict[GenerationState, Callable[[Connection], None]] = {
    GenerationState.READY: lambda connection: takes.finish_take(connection, "t1", CLIP, LAST, 2.0, Decimal("0.1"), NOW),
    GenerationState.FAILED: lambda connection: takes.fail_take(connection, "t1", "timed_out", "Too slow.", NOW),
    GenerationState.CANCELLED: lambda connection: takes.cancel_take(connection, "t1", NOW),
}
GOING = [state for state in GenerationState if not state.ended]


@pytest.fixture(autouse=True)
def first_take(database: Database, film_id: str) -> None:
    database.write_now(takes.insert_take, a_take())


def end(connection: Connection, state: GenerationState) -> None:
    ENDS[state](connection)


def test_a_take_comes_back_as_it_was_asked_for(database: Database) -> None:
    assert database.read_now(takes.take, "t1") == a_take()


def test_takes_are_numbered_within_their_shot(database: Database) -> None:
    numbers = [database.write_now(takes.insert_take, a_take(id, shot=shot)).number for id, shot in (("t2", "s1"), ("t3", "s2"))]
    assert numbers == [2, 1]


def test_a_take_asked_for_twice_is_kept_once(database: Database, film_id: str) -> None:
    database.write_now(takes.set_take, "t1", GenerationState.RUNNING)
    again = database.write_now(takes.insert_take, a_take())
    assert (again.number, again.state) == (1, GenerationState.RUNNING)
    assert len(database.read_now(takes.takes_of, film_id)) == 1
    with pytest.raises(ImpossibleChange):
        database.write_now(takes.insert_take, a_take(shot="s2"))


def test_a_take_needs_a_film(database: Database) -> None:
    with pytest.raises(ImpossibleChange):
        database.write_now(takes.insert_take, a_take("t9", film="nowhere-0000"))


@pytest.mark.parametrize("ended", ENDS)
def test_an_ended_take_stays_ended(database: Database, ended: GenerationState) -> None:
    database.write_now(end, ended)
    for state in GOING:
        with pytest.raises(ImpossibleChange):
            database.write_now(takes.set_take, "t1", state)
    for other in ENDS.keys() - {ended}:
        with pytest.raises(ImpossibleChange):
            database.write_now(end, other)
    assert database.read_now(takes.take, "t1").state is ended


@pytest.mark.parametrize("ended", ENDS)
def test_an_end_made_twice_is_told_once(database: Database, film_id: str, ended: GenerationState) -> None:
    database.write_now(end, ended)
    number = database.read_now(events.latest)
    database.write_now(end, ended)
    assert database.read_now(events.latest) == number


def test_a_take_that_needs_a_person_may_go_on(database: Database) -> None:
    database.write_now(takes.fail_take, "t1", "submit_outcome_unknown", "Who knows?", NOW, attention=True)
    assert database.read_now(takes.take, "t1").error == "Who knows?"
    database.write_now(takes.set_take, "t1", GenerationState.RUNNING)
    going = database.read_now(takes.take, "t1")
    assert (going.state, going.error, going.ended) == (GenerationState.RUNNING, None, None)


def test_an_end_is_written_with_its_event(database: Database, film_id: str) -> None:
    database.write_now(end, GenerationState.READY)
    ready = database.read_now(events.since, film_id, 0)[-1].fact
    assert ready == TakeReady(shot="s1", take="t1", seconds=2.0, cost_usd=Decimal("0.1"))
    database.write_now(takes.insert_take, a_take("t2"))
    database.write_now(takes.fail_take, "t2", "timed_out", "Too slow.", NOW)
    failed = database.read_now(events.since, film_id, 0)[-1].fact
    assert failed == TakeFailed(shot="s1", take="t2", code="timed_out", message="Too slow.")


def test_a_selection_points_at_one_take_of_its_own_shot(database: Database, film_id: str) -> None:
    database.write_now(takes.insert_take, a_take("t2"))
    for chosen in ("t1", "t2", "t2"):
        database.write_now(takes.select_take, film_id, "s1", chosen, NOW)
    assert database.read_now(takes.selections, film_id) == {"s1": "t2"}
    told = [event.fact for event in database.read_now(events.since, film_id, 0) if event.fact.kind == "take.selected"]
    assert told == [TakeSelected(shot="s1", take="t1"), TakeSelected(shot="s1", take="t2")]
    with pytest.raises(ImpossibleChange):
        database.write_now(takes.select_take, film_id, "s2", "t1", NOW)


def test_an_equal_take_is_one_that_is_ready_and_whose_clip_is_known(database: Database) -> None:
    assert database.read_now(takes.equal_take, INPUTS) is None
    database.write_now(end, GenerationState.READY)
    equal = database.read_now(takes.equal_take, INPUTS)
    assert equal is not None
    assert equal.id == "t1"
    database.write_now(forget_blob, CLIP)
    assert database.read_now(takes.equal_take, INPUTS) is None


def test_a_reused_take_is_ready_and_costs_nothing(database: Database, film_id: str) -> None:
    database.write_now(end, GenerationState.READY)
    database.write_now(films.insert_film, a_film("storm-0002"))
    database.write_now(takes.insert_take, a_take("t2", film="storm-0002"))
    reused = database.write_now(takes.reuse_take, "t2", NOW)
    assert reused is not None
    assert (reused.state, reused.output, reused.last_frame, reused.cost_usd) == (GenerationState.READY, CLIP, LAST, Decimal(0))
    fact = database.read_now(events.since, "storm-0002", 0)[-1].fact
    assert isinstance(fact, TakeReady)
    assert fact.reused


def test_nothing_is_reused_where_nothing_is_equal(database: Database) -> None:
    assert database.write_now(takes.reuse_take, "t1", NOW) is None
    assert database.read_now(takes.take, "t1").state is GenerationState.QUEUED


def test_a_clip_that_was_swept_is_not_reused(database: Database) -> None:
    with pytest.raises(ImpossibleChange):
        database.write_now(takes.finish_take, "t1", CLIP, None, 2.0, Decimal(0), NOW, reused=True)
