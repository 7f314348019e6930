"""What a user spent: by day, route and key, of the ledger's calls, whatever became of their films."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

from sqlalchemy import Connection, String, and_, cast, func, select

from storyreel.domain.values import Value
from storyreel.library.columns import dollars
from storyreel.library.tables import calls


class Usage(Value):
    """The calls of one day (UTC) by one route, asked for by one key."""

    day: date
    route: str  # "kling-2.5-turbo@replicate"; of a language model, its name
    api_key: str | None  # the key's id; None: asked for without one
    calls: int
    cost_usd: Decimal
    held_usd: Decimal  # of calls that are still open


def usage(connection: Connection, since: date, until: date, user: str | None = None) -> list[Usage]:
    """What was spent from one day to another, that one included, the latest first; by all users where none is told."""
    begin, end = datetime.combine(since, time.min, UTC), datetime.combine(until, time.max, UTC)
    day = cast(func.date(calls.c.created), String).label("day")
    within = and_(calls.c.created >= begin, calls.c.created <= end)
    within = within if user is None else and_(within, calls.c.user == user)
    sums = (
        func.count().label("many"),
        func.sum(calls.c.cost_micros).label("cost"),
        func.sum(calls.c.reserved_micros).label("held"),
    )
    by = (day, calls.c.route, calls.c.api_key)
    question = select(*by, *sums).where(within).group_by(*by).order_by(day.desc(), calls.c.route, calls.c.api_key)
    return [
        Usage(
            day=date.fromisoformat(row.day),
            route=row.route,
            api_key=row.api_key,
            calls=row.many,
            cost_usd=row.cost or dollars(0),
            held_usd=row.held or dollars(0),
        )
        for row in connection.execute(question)
    ]
