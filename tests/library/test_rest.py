"""A route that keeps failing is left alone for a while, by every worker; then one call tries it."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from storyreel.domain.generation import Key, Repeat
from storyreel.library import ledger, takes
from storyreel.library.database import Connection, Database
from storyreel.library.ledger.rest import ENOUGH, REST, WINDOW, rest_of
from tests.library.rows import NOW, a_take

pytestmark = pytest.mark.postgres

ROUTE = "kling-2.5-turbo@kling"


def ended(connection: Connection, film: str, codes: list[str], at: datetime = NOW) -> None:
    """Calls by that route that ended one after another; an empty code is one that was done."""
    for number, code in enumerate(codes):
        key = Key(film=film, shot=f"{at:%H%M}-{number}", take=1, route=ROUTE)
        when = at + timedelta(milliseconds=number)
        ledger.reserve(connection, key, "t", "kling", Repeat.NONE, Decimal("0.1"), when)
        if code:
            ledger.mark_failed(connection, key, code, "no", when)
        else:
            ledger.mark_sending(connection, key, "me", when)
            ledger.mark_accepted(connection, key, str(key), when, when)
            ledger.mark_done(connection, key, "d" * 64, Decimal("0.1"), when)


DOWN = ["provider_unavailable", "timed_out", "provider_unavailable", "provider_unavailable", "provider_unavailable"]


@pytest.mark.parametrize(
    ("codes", "rests"),
    [
        (DOWN, True),
        (DOWN[:-1], False),
        ([*DOWN[:-1], "content_rejected", DOWN[-1]], False),
        ([*DOWN, ""], False),
        (["insufficient_credit"] * ENOUGH, False),
    ],
)
def test_only_failures_of_the_providers_own_in_a_row_put_a_route_to_rest(
    database: Database, film_id: str, codes: list[str], rests: bool
) -> None:
    database.write_now(ended, film_id, codes)

    rest = database.write_now(rest_of, ROUTE, NOW + timedelta(seconds=1))

    assert (rest is not None) is rests
    assert database.write_now(rest_of, ROUTE, NOW - timedelta(hours=1)) is None  # the clock was set back since


def test_after_the_rest_one_call_tries_it_and_the_others_pass_it_over(database: Database, film_id: str) -> None:
    database.write_now(ended, film_id, DOWN)
    over = NOW + REST + timedelta(seconds=1)

    first = database.write_now(rest_of, ROUTE, over)
    probe = a_take().model_copy(update={"route": ROUTE, "created": over})
    database.write_now(takes.insert_take, probe)
    second = database.write_now(rest_of, ROUTE, over)
    database.write_now(takes.fail_take, probe.id, "provider_unavailable", "no", over)
    database.write_now(ended, film_id, DOWN[:1], over)
    third = database.write_now(rest_of, ROUTE, over + timedelta(seconds=1))
    last = database.write_now(rest_of, ROUTE, over + WINDOW)

    assert first is None
    assert second is not None
    assert second.tried
    assert third is not None
    assert (third.failures, third.until) == (ENOUGH + 1, over + REST)
    assert last is None
