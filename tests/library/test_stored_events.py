"""Events are numbered in one row, never twice, and a watcher goes on where it left."""

from decimal import Decimal
from typing import get_args

import pytest

from storyreel.domain.events import Fact, FilmCancelled, FilmReady, Passing, TakeProgressed
from storyreel.library import events, films
from storyreel.library.database import Database
from tests.library.rows import NOW, a_film

pytestmark = pytest.mark.postgres

SAMPLES = {
    "shots": 2,
    "seconds": 4.5,
    "ready": 1,
    "shot": "s1",
    "take": "t1",
    "cost_usd": Decimal("0.25"),
    "code": "timed_out",
    "message": "Too slow.",
    "where": "replicate",
    "clips": 3,
    "path": "/films/a.mp4",
    "model": "gpt-6-luna",
    "tokens_in": 900,
    "tokens_out": 400,
    "remote_id": "job-1",
    "what": "retake",
    "remakes": [{"shot": "s1", "after": 1, "fresh": True, "seed": 7}],
    "quote_usd": Decimal("0.25"),
    "finding": {"kind": "black", "at_s": 1.5, "detail": (2.0,)},
    "left": 1,
    "before": "kling-2.5-turbo@fal",
    "after": "kling-2.5-turbo@kling",
    "price_before_usd": Decimal("0.35"),
    "price_after_usd": None,
    "reason": "provider_unavailable",
    "by": "rules",
}
KINDS = [kind for kind in get_args(get_args(Fact)[0]) if kind not in get_args(Passing)]


def test_every_fact_comes_back_as_it_was(database: Database, film_id: str) -> None:
    for kind in KINDS:
        fact = kind.model_validate({name: SAMPLES[name] for name in kind.model_fields if name in SAMPLES})
        told = database.write_now(events.append, film_id, fact, NOW)
        assert database.read_now(events.since, film_id, told.number - 1) == [told]
        assert told.fact == fact


def test_progress_is_told_and_not_kept(database: Database, film_id: str) -> None:
    progress = TakeProgressed(shot="s1", take="t1", progress=0.5)
    assert database.write_now(events.append, film_id, progress, NOW).number == 0
    assert [event.fact.kind for event in database.read_now(events.since, film_id, 0)] == ["film.queued"]


def test_a_watcher_goes_on_where_it_left(database: Database, film_id: str) -> None:
    numbers = [database.write_now(events.append, film_id, FilmCancelled(), NOW).number for _ in range(5)]
    assert [event.number for event in database.read_now(events.since, film_id, numbers[1], 2)] == numbers[2:4]
    assert database.read_now(events.latest) == numbers[-1]


def test_one_film_or_all_can_be_watched(database: Database, film_id: str) -> None:
    database.write_now(films.insert_film, a_film("storm-0002"))
    assert [event.film for event in database.read_now(events.since, None, 0)] == [film_id, "storm-0002"]
    assert [event.film for event in database.read_now(events.since, "storm-0002", 0)] == ["storm-0002"]


def test_a_number_is_never_given_twice(database: Database, film_id: str) -> None:
    last = database.write_now(events.append, film_id, FilmReady(seconds=4.0, cost_usd=Decimal(0)), NOW).number
    database.write_now(films.cancel_film, film_id, NOW)
    database.write_now(films.delete_film, film_id)
    database.write_now(films.insert_film, a_film("storm-0002"))
    assert database.read_now(events.latest) > last + 1
