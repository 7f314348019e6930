"""Requests that may come twice: one attempt works on each, however long that takes, and nobody else before it is given up."""

from datetime import UTC, datetime, timedelta

import pytest

from storyreel.library import films
from storyreel.library.database import Database
from storyreel.library.replies import (
    SILENCE,
    Accepted,
    Attempt,
    GivenUp,
    Reply,
    answering,
    begin_reply,
    drop_reply,
    end_reply,
    forget_replies,
    noted,
    renew_reply,
)
from tests.library.rows import a_film

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
FIRST, SECOND = [Attempt(caller="ann", key="one", token=token) for token in ("first", "second")]
UNDER_WAY = Reply(digest="d", status=None, body=None)


@pytest.mark.postgres
def test_a_request_that_is_worked_on_for_hours_is_begun_by_nobody_else_while_it_is_heard_of(database: Database) -> None:
    now = NOON
    assert database.write_now(begin_reply, FIRST, "d", now) is None
    for _ in range(100):
        now += SILENCE
        assert database.write_now(begin_reply, SECOND, "d", now) == UNDER_WAY
        assert database.write_now(renew_reply, FIRST, now)
    assert database.write_now(end_reply, FIRST, 201, "film", now)

    assert database.write_now(begin_reply, SECOND, "d", now, timedelta()) == Reply(digest="d", status=201, body="film")
    database.write_now(forget_replies, now + timedelta(days=1))
    assert database.write_now(begin_reply, SECOND, "d", now) is None


@pytest.mark.postgres
def test_who_was_silent_for_too_long_ends_nothing_for_who_took_over(database: Database) -> None:
    later = NOON + SILENCE + timedelta(seconds=1)
    assert database.write_now(begin_reply, FIRST, "d", NOON) is None
    assert database.write_now(begin_reply, SECOND, "d", later) is None

    database.write_now(drop_reply, FIRST)
    assert not database.write_now(renew_reply, FIRST, later)
    assert not database.write_now(end_reply, FIRST, 201, "twice", later)
    assert database.write_now(begin_reply, FIRST, "d", later) == UNDER_WAY
    assert database.write_now(end_reply, SECOND, 201, "once", later)
    assert database.write_now(begin_reply, FIRST, "d", later) == Reply(digest="d", status=201, body="once")


@pytest.mark.postgres
def test_a_film_that_nobody_was_told_of_is_left_to_the_next_attempt_and_is_the_only_one(database: Database) -> None:
    window, later = timedelta(seconds=60), NOON + SILENCE + timedelta(seconds=1)
    film, another = a_film(), a_film("another")
    assert database.write_now(begin_reply, FIRST, "d", NOON, window) is None
    with answering(FIRST):
        database.write_now(noted(films.insert_film, Accepted(film=film.id)), film)
        second = noted(films.insert_film, Accepted(film=another.id))

    assert database.write_now(begin_reply, SECOND, "d", NOON, window) == UNDER_WAY
    assert database.write_now(begin_reply, SECOND, "other", later, window) == UNDER_WAY
    left = UNDER_WAY.model_copy(update={"left": Accepted(film=film.id)})
    assert database.write_now(begin_reply, SECOND, "d", later, window) == left
    with pytest.raises(GivenUp):
        database.write_now(second, another)
    database.write_now(drop_reply, SECOND)
    assert database.write_now(begin_reply, FIRST, "d", later, window) == left
    assert [one.id for one in database.read_now(films.films)] == [film.id]
    assert database.write_now(begin_reply, SECOND, "d", later + SILENCE + 2 * window, window) is None
