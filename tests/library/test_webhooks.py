"""Deliveries are made once of each event that was asked for, and told by one process at a time."""

import asyncio
from datetime import timedelta

import pytest

from storyreel.domain.events import CutStarted, Event
from storyreel.library import events, films, webhooks
from storyreel.library.database import Database
from storyreel.library.webhooks import DeliveryState, Webhook
from tests.library.rows import NOW, a_film

pytestmark = pytest.mark.postgres

LEASE = timedelta(minutes=2)


def made(database: Database, film_id: str, count: int) -> Webhook:
    """A webhook of the film's user, and deliveries of so many events."""
    webhook = database.write_now(webhooks.insert_webhook, "local", "https://example.com/", ["cut.started"], NOW, most=1)
    assert webhook is not None
    for clips in range(count):
        database.write_now(events.append, film_id, CutStarted(clips=clips), NOW)
    make(database)
    return webhook


def make(database: Database) -> None:
    database.write_now(webhooks.make_deliveries, database.read_now(events.latest), body, NOW)


def body(event: Event) -> str:
    return event.fact.model_dump_json()


def claimed(database: Database, at_s: float = 0) -> list[int]:
    """The clips of the deliveries that are told by whoever asks now."""
    told = database.write_now(webhooks.claim_deliveries, NOW + timedelta(seconds=at_s), LEASE, [], 100)
    return [CutStarted.model_validate_json(one.body).clips for _, due in told for one in due]


async def test_of_webhooks_that_are_made_at_once_no_more_are_taken_than_may_be(database: Database) -> None:
    new = ("ann", "https://example.com/", ["cut.started"], NOW)
    made = await asyncio.gather(*(database.write(webhooks.insert_webhook, *new, most=3) for _ in range(12)))
    assert sum(one is not None for one in made) == 3


def test_a_delivery_is_made_once_and_told_by_one_at_a_time(database: Database, film_id: str) -> None:
    webhook = made(database, film_id, 3)
    database.write_now(films.insert_film, a_film("other-0001").model_copy(update={"user": "bob"}))
    database.write_now(events.append, "other-0001", CutStarted(clips=9), NOW)
    make(database)
    make(database)

    assert not database.read_now(webhooks.behind, database.read_now(events.latest))
    assert claimed(database) == [0, 1, 2]
    assert claimed(database, 60) == []
    assert claimed(database, 121) == [0, 1, 2]
    first = database.read_now(webhooks.deliveries_of, webhook.id)[-1]
    database.write_now(webhooks.delivered, first.id, 204, NOW)
    assert claimed(database, 600) == [1, 2]
    assert [one.id for one in database.read_now(webhooks.deliveries_of, webhook.id, state=DeliveryState.DELIVERED)] == [first.id]


def test_a_webhook_that_was_stopped_is_told_what_waited_and_what_comes_but_not_what_was_between(
    database: Database, film_id: str
) -> None:
    webhook = made(database, film_id, 1)
    database.write_now(webhooks.stop_webhook, webhook.id, "It is gone.", NOW)
    database.write_now(events.append, film_id, CutStarted(clips=5), NOW)
    make(database)
    assert claimed(database) == []

    database.write_now(webhooks.start_webhook, webhook.id, NOW)
    database.write_now(events.append, film_id, CutStarted(clips=6), NOW)
    make(database)
    assert claimed(database) == [0, 6]
    database.write_now(webhooks.delete_webhook, webhook.id)
    assert database.read_now(webhooks.webhooks_of, "local") == []


def test_what_another_process_is_about_to_tell_is_left_to_it(on_postgres: Database) -> None:
    on_postgres.write_now(films.insert_film, a_film("ships-0001"))
    made(on_postgres, "ships-0001", 1)

    with on_postgres._writing.connect() as other:  # pyright: ignore[reportPrivateUsage, reportOptionalMemberAccess]
        assert webhooks.claim_deliveries(other, NOW, LEASE, [], 100)
        assert claimed(on_postgres) == []
        other.rollback()
    assert claimed(on_postgres) == [0]
