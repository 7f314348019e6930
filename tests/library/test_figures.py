"""Figures of what is kept: the same on both kinds of database, exact to the millionth of a dollar."""

from decimal import Decimal

import pytest

from storyreel.domain.film import FilmState
from storyreel.domain.generation import CallState, Key, Repeat
from storyreel.library import films, ledger
from storyreel.library.database import Connection, Database
from storyreel.library.figures import FailureFigures, FilmFigures, failures, figures
from tests.library.rows import NOW, a_film, a_key, later

pytestmark = pytest.mark.postgres

PRICE = Decimal("0.100001")


def fill(connection: Connection) -> None:
    films.insert_film(connection, a_film())
    keys: list[Key] = [a_key(shot=f"s{number}") for number in range(4)]
    for number, key in enumerate(keys):
        ledger.reserve(connection, key, f"take-{number}", "cloud", Repeat.KEY, PRICE, later(number))
    for key in keys[2:]:
        ledger.mark_sending(connection, key, "me", later(60))
    ledger.mark_failed(connection, keys[2], "content_refused", "no", later(30))
    ledger.mark_failed(connection, keys[3], "content_refused", "no", later(50))


def test_films_calls_and_failures_are_counted_with_their_money_and_age(database: Database) -> None:
    database.write_now(fill)

    found = database.read_now(figures)

    assert found.films == {FilmState.QUEUED: FilmFigures(films=1, oldest=NOW)}
    told = {(one.provider, one.state): (one.calls, one.reserved_usd, one.settled_usd, one.oldest) for one in found.calls}
    assert told["cloud", CallState.RESERVED] == (2, 2 * PRICE, Decimal(0), NOW)
    assert told["cloud", CallState.FAILED] == (2, Decimal(0), Decimal(0), later(2))
    assert found.failures == (FailureFigures(provider="cloud", code="content_refused", calls=2),)
    assert [one.calls for one in database.read_now(failures, later(40))] == [1]
