"""Films: what is accepted comes back, and no state is left by a way that is not there."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Connection

from storyreel.domain.errors import UnknownFilm
from storyreel.domain.events import FilmChanged, FilmResumed
from storyreel.domain.film import FilmState, Order
from storyreel.domain.generation import Repeat
from storyreel.library import events, films, ledger, takes
from storyreel.library.database import Database
from storyreel.library.guard import ImpossibleChange
from tests.library.rows import CLIP, NOW, a_board, a_film, a_key, a_take, later

pytestmark = pytest.mark.postgres

STEPS: dict[str, Callable[[Connection, str], object]] = {
    "start": lambda connection, film: films.start_film(connection, film, NOW),
    "finish": lambda connection, film: films.finish_film(connection, film, CLIP, 4.0, NOW),
    "fail": lambda connection, film: films.fail_film(connection, film, "timed_out", "Too slow.", NOW),
    "ask": lambda connection, film: films.fail_film(
        connection, film, "submit_outcome_unknown", "Who knows?", NOW, attention=True
    ),
    "cancel": lambda connection, film: films.cancel_film(connection, film, NOW),
    "resume": lambda connection, film: films.resume_film(connection, film, NOW),
    "hold": lambda connection, film: films.hold_film(connection, film, NOW),
    "approve": lambda connection, film: films.approve_film(connection, film, NOW),
    "change": lambda connection, film: films.revise_film(connection, film, a_board(), Order(), FilmChanged(what="edit"), NOW),
}
ALLOWED = {
    FilmState.QUEUED: {"start", "finish", "fail", "ask", "cancel", "resume", "hold", "approve", "change"},
    FilmState.AWAITING_APPROVAL: {"cancel", "hold", "approve", "change"},
    FilmState.PRODUCING: {"start", "finish", "fail", "ask", "cancel", "resume", "change"},
    FilmState.READY: {"finish", "change"},
    FilmState.FAILED: {"fail", "resume", "change"},
    FilmState.CANCELLED: {"cancel", "resume", "change"},
    FilmState.NEEDS_ATTENTION: {"fail", "ask", "cancel", "resume", "change"},
}
WAYS: dict[FilmState, tuple[str, ...]] = {
    FilmState.QUEUED: (),
    FilmState.AWAITING_APPROVAL: ("hold",),
    FilmState.PRODUCING: ("start",),
    FilmState.READY: ("start", "finish"),
    FilmState.FAILED: ("fail",),
    FilmState.CANCELLED: ("cancel",),
    FilmState.NEEDS_ATTENTION: ("start", "ask"),
}


def take_steps(connection: Connection, id: str, steps: tuple[str, ...]) -> None:
    for step in steps:
        STEPS[step](connection, id)


def kinds(database: Database, id: str) -> list[str]:
    return [event.fact.kind for event in database.read_now(events.since, id, 0)]


def test_a_film_comes_back_as_it_was_accepted(database: Database) -> None:
    film = a_film(budget="12.345678", output=Path("/films/a.mp4"), first_frame=CLIP)
    database.write_now(films.insert_film, film)
    assert database.read_now(films.film, film.id) == film
    assert kinds(database, film.id) == ["film.queued"]


@pytest.mark.parametrize("state", FilmState)
def test_a_state_is_left_only_by_its_own_ways(database: Database, state: FilmState) -> None:
    for step in STEPS:
        id = f"film-{step}"
        database.write_now(films.insert_film, a_film(id))
        database.write_now(take_steps, id, WAYS[state])
        before = kinds(database, id)
        if step in ALLOWED[state]:
            database.write_now(take_steps, id, (step,))
            continue
        with pytest.raises(ImpossibleChange):
            database.write_now(take_steps, id, (step,))
        assert database.read_now(films.film, id).state is state
        assert kinds(database, id) == before


@pytest.mark.parametrize("state", [state for state in FilmState if WAYS[state]])
def test_a_change_made_twice_is_made_once(database: Database, film_id: str, state: FilmState) -> None:
    database.write_now(take_steps, film_id, WAYS[state])
    once = kinds(database, film_id)
    database.write_now(take_steps, film_id, WAYS[state][-1:])
    assert kinds(database, film_id) == once


@pytest.mark.parametrize("end", ["finish", "fail", "cancel"])
def test_a_film_has_cost_what_its_calls_have_however_it_ended(database: Database, film_id: str, end: str) -> None:
    database.write_now(ledger.record_spent, a_key(film_id), "writers", Decimal("0.5"), NOW)
    database.write_now(take_steps, film_id, ("start", end))
    told = [database.read_now(films.film, film_id), *database.read_now(films.films)]
    assert [(film.cost_usd, film.held_usd) for film in told] == [(Decimal("0.5"), 0)] * 2


def test_a_finished_film_tells_what_it_is(database: Database, film_id: str) -> None:
    database.write_now(take_steps, film_id, ("start", "finish"))
    film = database.read_now(films.film, film_id)
    assert (film.state, film.output, film.seconds, film.ended) == (FilmState.READY, CLIP, 4.0, NOW)


def test_a_failed_film_keeps_its_error_until_it_is_resumed(database: Database, film_id: str) -> None:
    database.write_now(films.fail_film, film_id, "timed_out", "Too slow.", NOW)
    failed = database.read_now(films.film, film_id)
    assert (failed.error_code, failed.error, failed.ended) == ("timed_out", "Too slow.", NOW)
    database.write_now(films.resume_film, film_id, NOW)
    resumed = database.read_now(films.film, film_id)
    assert (resumed.state, resumed.error_code, resumed.error, resumed.ended) == (FilmState.QUEUED, None, None, None)


def test_a_resumed_film_tells_how_many_shots_are_ready(database: Database, film_id: str) -> None:
    for id, shot in (("t1", "s1"), ("t2", "s2")):
        database.write_now(takes.insert_take, a_take(id, shot=shot))
        database.write_now(takes.select_take, film_id, shot, id, NOW)
    database.write_now(takes.finish_take, "t1", CLIP, None, 2.0, Decimal(0), NOW)
    database.write_now(films.cancel_film, film_id, NOW)
    database.write_now(films.resume_film, film_id, NOW)
    assert database.read_now(events.since, film_id, 0)[-1].fact == FilmResumed(ready=1)


def test_delivery_is_told_once_for_each_place(database: Database, film_id: str) -> None:
    database.write_now(take_steps, film_id, ("start", "finish"))
    for place in ("/films/a.mp4", "/films/a.mp4", "/films/b.mp4"):
        database.write_now(films.deliver_film, film_id, Path(place), NOW)
    assert kinds(database, film_id)[-3:] == ["film.ready", "film.delivered", "film.delivered"]
    assert database.read_now(films.film, film_id).delivered == Path("/films/b.mp4")


def test_a_film_that_is_not_ready_is_not_delivered(database: Database, film_id: str) -> None:
    with pytest.raises(ImpossibleChange):
        database.write_now(films.deliver_film, film_id, Path("/films/a.mp4"), NOW)


def test_a_ready_film_may_fail_until_it_is_where_it_should_go(database: Database) -> None:
    place = Path("/films/a.mp4")
    for id in ("film-0001", "film-0002"):
        database.write_now(films.insert_film, a_film(id, output=place))
        database.write_now(take_steps, id, ("start", "finish"))
    database.write_now(films.fail_film, "film-0001", "output_unwritable", "A file is in the way.", NOW)
    failed = database.read_now(films.film, "film-0001")
    assert (failed.state, failed.output) == (FilmState.FAILED, CLIP)
    database.write_now(films.deliver_film, "film-0002", place, NOW)
    with pytest.raises(ImpossibleChange):
        database.write_now(films.fail_film, "film-0002", "output_unwritable", "Too late.", NOW)


def test_a_wish_to_cancel_lasts_until_the_film_is_resumed(database: Database, film_id: str) -> None:
    assert database.write_now(films.request_cancel, film_id)
    assert database.read_now(films.cancel_requested, film_id)
    database.write_now(films.resume_film, film_id, NOW)
    assert not database.read_now(films.cancel_requested, film_id)


def test_a_wish_to_cancel_comes_too_late_for_an_ended_film(database: Database, film_id: str) -> None:
    database.write_now(take_steps, film_id, ("start", "finish"))
    assert not database.write_now(films.request_cancel, film_id)
    assert not database.read_now(films.cancel_requested, film_id)


def test_unfinished_are_those_that_someone_waits_for(database: Database) -> None:
    for number, steps in enumerate([(), ("start",), ("start", "finish"), ("fail",), ("cancel",)]):
        id = f"film-000{number}"
        database.write_now(films.insert_film, a_film(id, output=Path("/films/a.mp4"), created=later(number)))
        database.write_now(take_steps, id, steps)
    assert [film.id for film in database.read_now(films.unfinished_films)] == ["film-0000", "film-0001", "film-0002"]
    database.write_now(films.request_cancel, "film-0001")
    assert database.read_now(films.waiting_films) == [
        ("film-0000", FilmState.QUEUED, False),
        ("film-0001", FilmState.PRODUCING, True),
        ("film-0002", FilmState.READY, False),
    ]
    asked = ("film-0001", "film-0002", "film-0003", "film-9999")
    told = {
        "film-0001": (FilmState.PRODUCING, False),
        "film-0002": (FilmState.READY, True),
        "film-0003": (FilmState.FAILED, False),
    }
    assert database.read_now(films.standing, asked) == told
    database.write_now(films.deliver_film, "film-0002", Path("/films/a.mp4"), NOW)
    assert [film.id for film in database.read_now(films.unfinished_films)] == ["film-0000", "film-0001"]
    assert database.read_now(films.standing, ["film-0002"]) == {"film-0002": (FilmState.READY, False)}


def test_films_are_listed_newest_first_and_by_state(database: Database) -> None:
    for number in range(4):
        database.write_now(films.insert_film, a_film(f"film-000{number}", created=NOW + timedelta(hours=number)))
    database.write_now(films.start_film, "film-0002", NOW)
    assert [film.id for film in database.read_now(films.films, limit=2)] == ["film-0003", "film-0002"]
    assert [film.id for film in database.read_now(films.films, states=[FilmState.PRODUCING])] == ["film-0002"]


def test_a_film_is_found_by_the_beginning_of_its_id(database: Database) -> None:
    for id in ("lighthouse-0001", "lighthouse-0001-b", "storm-0002"):
        database.write_now(films.insert_film, a_film(id))
    assert database.read_now(films.find_film, "STO").id == "storm-0002"
    assert database.read_now(films.find_film, "lighthouse-0001").id == "lighthouse-0001"


BOTH = {"lighthouse-0001", "lighthouse-0002"}


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("light", BOTH),
        ("house", BOTH),
        ("strom-0003", {"storm-0003"}),
    ],
)
def test_an_unknown_film_names_the_nearest(database: Database, text: str, nearest: set[str]) -> None:
    for id in ("lighthouse-0001", "lighthouse-0002", "storm-0003"):
        database.write_now(films.insert_film, a_film(id))
    with pytest.raises(UnknownFilm) as caught:
        database.read_now(films.find_film, text)
    assert nearest <= set(caught.value.nearest)
    assert caught.value.several is (text == "light")


@pytest.mark.parametrize("text", ["", " ", "%", "_", "'; drop table films; --", "\x00", "ы"])
def test_odd_text_finds_no_film(database: Database, film_id: str, text: str) -> None:
    with pytest.raises(UnknownFilm):
        database.read_now(films.find_film, text)


def test_a_deleted_film_takes_its_takes_and_events_but_leaves_its_bill(database: Database, film_id: str) -> None:
    database.write_now(takes.insert_take, a_take())
    database.write_now(takes.select_take, film_id, "s1", "t1", NOW)
    database.write_now(ledger.reserve, a_key(), "t1", "cloud", Repeat.NONE, Decimal(1), NOW)
    database.write_now(ledger.mark_failed, a_key(), "timed_out", "Too slow.", NOW, Decimal("0.25"))
    database.write_now(films.fail_film, film_id, "timed_out", "Too slow.", NOW)
    database.write_now(films.delete_film, film_id)
    assert not database.read_now(takes.takes_of, film_id)
    assert not database.read_now(events.since, film_id, 0)
    assert database.read_now(ledger.bill, film_id).settled_usd == Decimal("0.25")


def test_a_film_with_money_held_is_not_deleted(database: Database, film_id: str) -> None:
    database.write_now(takes.insert_take, a_take())
    database.write_now(ledger.reserve, a_key(), "t1", "cloud", Repeat.NONE, Decimal(1), NOW)
    database.write_now(films.cancel_film, film_id, NOW)
    with pytest.raises(ImpossibleChange):
        database.write_now(films.delete_film, film_id)


def test_an_id_is_never_used_again_while_money_stands_under_it(database: Database, film_id: str) -> None:
    with pytest.raises(ImpossibleChange):
        database.write_now(films.insert_film, a_film(film_id))
    database.write_now(takes.insert_take, a_take())
    database.write_now(ledger.reserve, a_key(), "t1", "cloud", Repeat.NONE, Decimal(1), NOW)
    database.write_now(ledger.mark_cancelled, a_key(), NOW)
    database.write_now(films.cancel_film, film_id, NOW)
    database.write_now(films.delete_film, film_id)
    with pytest.raises(ImpossibleChange):
        database.write_now(films.insert_film, a_film(film_id))


def test_films_are_taken_up_by_urgency_and_then_each_user_s_first(database: Database) -> None:
    told = [("crowd", 1, 0), ("crowd", 2, 0), ("one", 3, 0), ("late", 4, 5)]
    for user, number, priority in told:
        film = a_film(f"{user}-{number}", created=later(number)).model_copy(update={"user": user, "priority": priority})
        database.write_now(films.insert_film, film)
    assert [id for id, _, _ in database.read_now(films.waiting_films)] == ["late-4", "crowd-1", "one-3", "crowd-2"]


def test_a_film_is_found_by_every_word_that_it_shows_says_or_is_made_by_whatever_their_case(database: Database) -> None:
    film, board = a_film(), a_board(title="Маяк")
    board = board.model_copy(update={"source": "Ёлка и СМОТРИТЕЛЬ"})
    order = film.order.model_copy(update={"model": "kling-2.5-turbo@fal"})
    database.write_now(films.insert_film, film)
    database.write_now(films.revise_film, film.id, board, order, FilmChanged(what="edit"), NOW)

    def found(search: str) -> bool:
        return bool(database.read_now(films.films, search=search))

    assert all(map(found, ("маяк", "елка смотритель", "LAMP turns", "2.5 Kling", film.id)))
    assert not any(map(found, ("маяк fox", "description", "%", "A lighthouse 0002")))
