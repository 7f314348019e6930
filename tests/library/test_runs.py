"""How long a film was under way: what lies between its runs does not count."""

from datetime import timedelta

from storyreel.domain.events import TakeQueued
from storyreel.library import events, films
from storyreel.library.database import Database
from storyreel.library.runs import Runs, runs_of
from tests.library.rows import NOW, a_film

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def test_a_film_that_failed_and_went_on_a_day_later_was_under_way_for_its_two_runs(database: Database) -> None:
    id = a_film().id
    database.write_now(films.insert_film, a_film())
    assert database.read_now(runs_of, id) == Runs(seconds=0, count=0)
    database.write_now(films.start_film, id, NOW + MINUTE)
    database.write_now(films.fail_film, id, "timed_out", "It took too long.", NOW + 3 * MINUTE)
    database.write_now(films.resume_film, id, NOW + DAY)
    database.write_now(films.start_film, id, NOW + DAY)
    database.write_now(films.fail_film, id, "timed_out", "It took too long.", NOW + DAY + MINUTE)

    assert database.read_now(runs_of, id) == Runs(seconds=180, count=2)


def test_a_run_that_was_killed_lasted_until_it_was_last_heard_of(database: Database) -> None:
    id = a_film().id
    database.write_now(films.insert_film, a_film())
    database.write_now(films.start_film, id, NOW)
    database.write_now(events.append, id, TakeQueued(shot="s1", take="t1"), NOW + MINUTE)
    database.write_now(films.resume_film, id, NOW + DAY)
    database.write_now(films.start_film, id, NOW + DAY)
    database.write_now(events.append, id, TakeQueued(shot="s1", take="t2"), NOW + DAY + MINUTE)

    assert database.read_now(runs_of, id) == Runs(seconds=120, count=2)
