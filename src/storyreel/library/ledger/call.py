"""A paid call as its row stands, and the questions that are asked about calls."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, func, select, true, type_coerce

from storyreel.domain.generation import CallState, Key, RemoteId, Repeat, Sighting
from storyreel.domain.values import Digest, Usd, Value
from storyreel.library.columns import Dollars, dollars
from storyreel.library.guard import ImpossibleChange
from storyreel.library.tables import calls as table

SETTLED = (CallState.DONE, CallState.FAILED, CallState.CANCELLED)
OPEN = tuple(state for state in CallState if state not in SETTLED)


class Call(Value):
    """One intended paid request, from before it is sent until its bill is settled."""

    key: Key
    take: str
    provider: str
    repeat: Repeat
    state: CallState
    quote_usd: Usd | None  # None: no price is known
    reserved_usd: Usd  # held of the budget; 0 once settled
    cost_usd: Usd  # settled
    attempts: int  # how often it was about to be sent
    process: str | None  # that sent it last
    deadline: datetime | None  # of the sending; after it no answer will come
    remote_id: RemoteId | None
    next_look: datetime | None
    looks: int  # how often it was looked at since it was accepted
    lease_process: str | None  # that is looking now
    lease_until: datetime | None
    sighting: Sighting | None  # what the last look saw
    cancel_requested: bool
    output: Digest | None
    error_code: str | None
    error: str | None
    created: datetime
    user: str  # whose film it is for
    priority: int  # its film's
    sent: datetime | None  # when it last had its turn, or left
    changed: datetime  # when it last moved or was seen; a sending call tells its deadline instead


class Bill(Value):
    """What a film's calls hold and have cost."""

    reserved_usd: Usd
    settled_usd: Usd


def call(connection: Connection, key: Key) -> Call | None:
    """The call with that key, or None."""
    row = connection.execute(select(table).where(table.c.key == str(key))).mappings().one_or_none()
    return None if row is None else call_of(row)


def known_call(connection: Connection, key: Key, *, wanted: str) -> Call:
    """The call with that key. Raises ImpossibleChange where there is none."""
    if found := call(connection, key):
        return found
    raise ImpossibleChange(f"call {key}", found=None, wanted=wanted)


def calls_of(connection: Connection, film: str | None) -> list[Call]:
    """Every call of a film, or of all with None, in the order in which they were reserved."""
    return _calls(connection, true() if film is None else table.c.film == film)


def unsettled(connection: Connection) -> list[Call]:
    """Every call that holds money: reserved, sending, accepted, or waiting for a person; the oldest first."""
    return _calls(connection, table.c.state.in_([state.value for state in OPEN]))


def in_attention(connection: Connection, film: str | None = None) -> list[Call]:
    """The calls of a film, or of all, that wait for a person: nobody can know whether they arrived. The oldest first."""
    waiting = table.c.state == CallState.ATTENTION.value
    return _calls(connection, waiting if film is None else and_(waiting, table.c.film == film))


def call_of_remote(connection: Connection, provider: str, remote_id: RemoteId) -> Call | None:
    """The call whose generation that is, or None."""
    here = and_(table.c.provider == provider, table.c.remote_id == remote_id)
    row = connection.execute(select(table).where(here).limit(1)).mappings().one_or_none()
    return None if row is None else call_of(row)


def bill(connection: Connection, film: str) -> Bill:
    """What a film's calls hold now, and what the settled ones cost."""
    sums = select(func.sum(table.c.reserved_micros), func.sum(table.c.cost_micros)).where(table.c.film == film)
    reserved, settled = connection.execute(sums).one()
    return Bill(reserved_usd=reserved or dollars(0), settled_usd=settled or dollars(0))


def sums_of(film: ColumnElement[str]) -> tuple[ColumnElement[Decimal], ColumnElement[Decimal]]:
    """The same two for every film of a question, to be selected with it: what its calls hold now, what the settled ones cost."""
    parts = (func.coalesce(func.sum(column), 0) for column in (table.c.reserved_micros, table.c.cost_micros))
    held, settled = (select(type_coerce(part, Dollars())).where(table.c.film == film).scalar_subquery() for part in parts)
    return held, settled


def unbilled(connection: Connection, films: Collection[str] | None = None) -> dict[str, frozenset[str]]:
    """The takes of each film, or of these, that were made at a price which nobody told: neither the catalogue nor the provider.

    An empty name is the storyboard's, where a language model without a price wrote it.
    """
    untold = and_(table.c.quote_micros.is_(None), table.c.cost_micros == dollars(0), table.c.state == CallState.DONE.value)
    which = untold if films is None else and_(table.c.film.in_(films), untold)
    found: dict[str, set[str]] = defaultdict(set)
    for row in connection.execute(select(table.c.film, table.c.take).where(which)):
        found[row.film].add(row.take)
    return {film: frozenset(takes) for film, takes in found.items()}


def call_of(row: RowMapping) -> Call:
    """A row of the ledger as a Call."""
    kept: dict[str, Any] = {name: row[name] for name in Call.model_fields if name in row}
    key = Key(film=row["film"], shot=row["shot"], take=row["number"], route=row["route"])
    money: dict[str, Decimal | None] = {f"{name}_usd": row[f"{name}_micros"] for name in ("quote", "reserved", "cost")}
    processes = {"process": row["owner"], "lease_process": row["lease_owner"]}
    return Call.model_validate({**kept, "key": key, **money, **processes})


def _calls(connection: Connection, which: ColumnElement[bool]) -> list[Call]:
    rows = connection.execute(select(table).where(which).order_by(table.c.created, table.c.key)).mappings()
    return [call_of(row) for row in rows]
