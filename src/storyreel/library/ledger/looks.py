"""The waiting: which accepted calls are due for a look, who looks at them, and what was seen.

No look is set farther off than `FARTHEST`: what seems to be was set before the clock was set back, and is due.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Column, ColumnElement, Connection, and_, or_, select, update

from storyreel.domain.generation import CallState, Key, Sighting
from storyreel.library.fence import is_free_for
from storyreel.library.guard import ImpossibleChange
from storyreel.library.ledger.call import OPEN, Call, call_of, known_call
from storyreel.library.tables import calls as table

FREE = {"lease_owner": None, "lease_until": None}
FARTHEST = timedelta(minutes=10)  # from a look to the next, and to the end of a lease


def due_looks(
    connection: Connection,
    now: datetime,
    process: str,
    lease_until: datetime,
    limit: int = 100,
    *,
    without: Collection[str] = (),
) -> list[Call]:
    """Claim accepted calls whose time has come and that nobody is looking at, the longest due first.

    Those of other workers are left to them while they live; `without`: providers that are not to be asked now.

    The lease ends by `record_sighting`, by the call's end, by `release_leases`, or when `lease_until` has passed.
    """
    free = or_(table.c.lease_until.is_(None), _has_come(table.c.lease_until, now))
    due = and_(table.c.state == CallState.ACCEPTED.value, _has_come(table.c.next_look, now), free, is_free_for(process))
    if without:
        due = and_(due, table.c.provider.not_in(without))
    keys = select(table.c.key).where(due).order_by(table.c.next_look).limit(limit).with_for_update(skip_locked=True)
    claimed = list(connection.scalars(keys))
    if not claimed:
        return []
    connection.execute(update(table).where(table.c.key.in_(claimed)).values(lease_owner=process, lease_until=lease_until))
    rows = connection.execute(select(table).where(table.c.key.in_(claimed)).order_by(table.c.next_look)).mappings()
    return [call_of(row) for row in rows]


def adopt(connection: Connection, key: Key, process: str) -> None:
    """From now on this worker looks at an accepted call, which goes on here."""
    accepted = and_(table.c.key == str(key), table.c.state == CallState.ACCEPTED.value)
    connection.execute(update(table).where(accepted).values(owner=process))


def record_sighting(connection: Connection, key: Key, sighting: Sighting, next_look: datetime | None, now: datetime) -> Call:
    """Keep what a look saw, end its lease, and set the next look (None: none is needed). Raises ImpossibleChange."""
    values = {**FREE, "sighting": sighting, "next_look": next_look, "looks": table.c.looks + 1, "changed": now}
    accepted = and_(table.c.key == str(key), table.c.state == CallState.ACCEPTED.value)
    if not connection.execute(update(table).where(accepted).values(values)).rowcount:
        found = known_call(connection, key, wanted="looked at")
        raise ImpossibleChange(f"call {key}", found=found.state, wanted="looked at")
    return known_call(connection, key, wanted="looked at")


def postpone_look(connection: Connection, key: Key, next_look: datetime, *, was_answered: bool = False) -> None:
    """A look saw nothing (no answer, too many requests, or an answer that shows nothing): end its lease and look again later."""
    accepted = and_(table.c.key == str(key), table.c.state == CallState.ACCEPTED.value)
    connection.execute(update(table).where(accepted).values(**FREE, next_look=next_look, looks=table.c.looks + int(was_answered)))


def request_call_cancel(connection: Connection, key: Key, now: datetime) -> bool:
    """Ask the runner to end a call at its provider, and to look at it now; False where it is settled already."""
    going = and_(table.c.key == str(key), table.c.state.in_([state.value for state in OPEN]))
    values = {"cancel_requested": True}
    if not connection.execute(update(table).where(going).values(values)).rowcount:
        known_call(connection, key, wanted="cancelled")
        return False
    accepted = and_(table.c.key == str(key), table.c.state == CallState.ACCEPTED.value)
    connection.execute(update(table).where(accepted).values(next_look=now))
    return True


def release_leases(connection: Connection, process: str | None = None) -> int:
    """End the leases of one process that stopped, or of all with None (for the one who owns the whole line); how many."""
    held = table.c.lease_owner.is_not(None) if process is None else table.c.lease_owner == process
    return connection.execute(update(table).where(held).values(**FREE)).rowcount


def _has_come(when: Column[datetime], now: datetime) -> ColumnElement[bool]:
    """Whether a time has come, or is so far off that the clock must have been set back since it was noted."""
    return or_(when <= now, when > now + FARTHEST)
