"""Films asked for in a conversation: whose they are, and how many a day. Requirements E2, E5."""

from datetime import UTC, datetime, timedelta

import pytest

from storyreel.library import films
from storyreel.library.database import Database
from storyreel.library.messages import Message, begin_message, drop_message, give_film, message, messages
from tests.library.rows import a_film

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def a_message(id: str, conversation: str = "one", user: str = "ann", created: datetime = NOON) -> Message:
    return Message(id=id, conversation=conversation, user=user, created=created)


@pytest.mark.postgres
def test_a_users_messages_are_told_newest_first_and_to_nobody_else(database: Database) -> None:
    film = a_film()
    database.write_now(films.insert_film, film)
    for number, conversation in enumerate(("one", "two", "one")):
        told = a_message(f"m{number}", conversation, created=NOON + timedelta(seconds=number))
        assert database.write_now(begin_message, told)
    database.write_now(give_film, "m0", film.id)
    database.write_now(drop_message, "m2")

    assert [told.message.id for told in database.read_now(messages, "ann")] == ["m1", "m0"]
    assert [told.film and told.film.id for told in database.read_now(messages, "ann", "one")] == [film.id]
    assert database.read_now(messages, "bob") == []
    assert database.read_now(message, "ann", "one", "m0") is not None
    assert database.read_now(message, "ann", "two", "m0") is None
    assert database.read_now(message, "bob", "one", "m0") is None


@pytest.mark.postgres
def test_a_day_has_so_many_messages_and_the_next_one_as_many_again(database: Database) -> None:
    tomorrow = NOON + timedelta(days=1)
    asked = [(f"m{number}", NOON) for number in range(3)] + [("m3", tomorrow)]

    taken = [database.write_now(begin_message, a_message(id, created=at), 2) for id, at in asked]

    assert taken == [True, True, False, True]
    assert database.write_now(begin_message, a_message("m4", user="bob"), 2)
