"""What was spent, by day (UTC), route and key."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from storyreel.domain.generation import Key
from storyreel.library import ledger
from storyreel.library.database import Database
from storyreel.library.usage import usage

pytestmark = pytest.mark.postgres


def test_a_day_begins_at_midnight_utc_and_each_route_is_counted_by_itself(database: Database, film_id: str) -> None:
    spent = [
        (datetime(2026, 1, 1, 23, 59, 59, 999_999, UTC), "a@one", "0.5"),
        (datetime(2026, 1, 2, 0, 0, tzinfo=UTC), "a@one", "0.25"),
        (datetime(2026, 1, 2, 23, 59, 59, 999_999, UTC), "a@one", "1"),
        (datetime(2026, 1, 2, 12, 0, tzinfo=UTC), "b@two", "2"),
        (datetime(2026, 1, 3, 0, 0, tzinfo=UTC), "b@two", "4"),
    ]
    for take, (at, route, cost) in enumerate(spent, start=1):
        call = Key(film=film_id, shot="s1", take=take, route=route)
        database.write_now(ledger.record_spent, call, route.partition("@")[2], Decimal(cost), at)

    told = database.read_now(usage, date(2026, 1, 1), date(2026, 1, 2), "local")

    rows = [(one.day.day, one.route, one.calls, one.cost_usd) for one in told]
    assert rows == [(2, "a@one", 2, Decimal("1.25")), (2, "b@two", 1, Decimal(2)), (1, "a@one", 1, Decimal("0.5"))]
    assert database.read_now(usage, date(2026, 1, 1), date(9999, 12, 31), "bob") == []
