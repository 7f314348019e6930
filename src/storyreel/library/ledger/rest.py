"""Which routes are left alone for a while: derived from the calls that ended last, whichever process sent them.

A circuit breaker: after `ENOUGH` failures in a row by faults of the provider's own, within `WINDOW`, a route rests for `REST`
from the last of them. Then one call tries it; how that ends, decides.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, exists, func, select

from storyreel.domain.errors import THEIRS
from storyreel.domain.generation import CallState, GenerationState
from storyreel.domain.values import Value
from storyreel.library.locks import exclusively
from storyreel.library.tables import calls as table
from storyreel.library.tables import takes

ENOUGH = 5
WINDOW = timedelta(minutes=10)
REST = timedelta(minutes=1)
LOOKED_AT = 100  # calls of one route that are weighed at most


class Rest(Value):
    """A route that rests."""

    route: str
    failures: int  # in a row
    code: str  # of the last one, in the taxonomy of errors
    until: datetime
    tried: bool = False  # its time is over, and one call tries it


def rest_of(connection: Connection, route: str, now: datetime) -> Rest | None:
    """Whether a route rests; None where it may be used. Who is told so after its rest is the one that tries it.

    What is asked and the take that follows must be one transaction.
    """
    if _failures(connection, route, now) < ENOUGH:
        return None
    exclusively(connection, f"rest/{route}")
    rest = _rest(connection, route, now)
    return rest if rest is not None and (now < rest.until or rest.tried) else None


def resting(connection: Connection, now: datetime) -> Iterator[Rest]:
    """The routes that rest now."""
    lately = and_(table.c.state == CallState.FAILED.value, _lately(now))
    for route in connection.scalars(select(table.c.route).where(lately).distinct().order_by(table.c.route)).all():
        rest = _rest(connection, route, now)
        if rest is not None and (now < rest.until or rest.tried):
            yield rest


def _failures(connection: Connection, route: str, now: datetime) -> int:
    """How many calls of a route failed lately by faults of the provider's own, in a row or not."""
    provider = route.rpartition("@")[2]
    failed = and_(table.c.provider == provider, table.c.state == CallState.FAILED.value)  # by its index
    theirs = and_(table.c.route == route, table.c.error_code.in_(THEIRS), _lately(now))
    return connection.scalar(select(func.count()).select_from(table).where(failed, theirs)) or 0


def _lately(now: datetime) -> ColumnElement[bool]:
    """Ends within the window; not those that are still to come, which are from before the clock was set back."""
    return table.c.changed.between(now - WINDOW, now + REST)


def _rest(connection: Connection, route: str, now: datetime) -> Rest | None:
    """The rest that a route is owed, over or not."""
    ended = and_(
        table.c.provider == route.rpartition("@")[2],
        table.c.state.in_([CallState.DONE.value, CallState.FAILED.value]),
        table.c.route == route,
        _lately(now),
    )
    columns = (table.c.error_code, table.c.changed, table.c.created)
    rows = connection.execute(select(*columns).where(ended).order_by(table.c.changed.desc()).limit(LOOKED_AT)).all()
    failures = next((count for count, row in enumerate(rows) if row.error_code not in THEIRS), len(rows))
    if failures < ENOUGH:
        return None
    going = [state.value for state in GenerationState if not state.ended]
    probe = and_(takes.c.route == route, takes.c.state.in_(going), takes.c.created >= rows[0].changed + REST)
    tried = connection.scalar(select(exists().where(probe))) or False
    return Rest(route=route, failures=failures, code=rows[0].error_code, until=rows[0].changed + REST, tried=tried)
