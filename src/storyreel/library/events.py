"""What happened, numbered in one row across the database, so that a watcher goes on where it left.

Of one film, events are seen in the order of their numbers. Over all films, where several write at once, a lower number may be
seen later than a higher one: `lately` tells what is needed to know when none can come any more.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from pydantic import TypeAdapter
from sqlalchemy import BigInteger, Connection, RowMapping, Text, and_, cast, func, insert, or_, select

from storyreel.domain.events import Event, Fact, Passing
from storyreel.library.locks import in_turn
from storyreel.library.tables import events, films

FACT: TypeAdapter[Fact] = TypeAdapter(Fact)


class Written(NamedTuple):
    """That an event was written, by whichever process."""

    number: int
    film: str
    user: str


class Horizon(NamedTuple):
    """Which transactions may still write: numbered as the database numbers them."""

    ended: int  # all before it have
    begun: int  # none from here on had


NOBODY_ELSE = Horizon(0, 0)
"""Of a database with one writer: what is not there will not come."""


def append(connection: Connection, film: str, fact: Fact, now: datetime) -> Event:
    """The event of a fact, kept with the change that made it; what only passes is told, not kept, and has the number 0."""
    if isinstance(fact, Passing):
        return Event(number=0, film=film, at=now, fact=fact)
    in_turn(connection, film)
    row = {"film": film, "at": now, "kind": fact.kind, "fact": FACT.dump_json(fact).decode()}
    number = connection.execute(insert(events).values(row)).inserted_primary_key
    return Event(number=number[0] if number else 0, film=film, at=now, fact=fact)


def since(connection: Connection, film: str | None, after: int, limit: int = 1000) -> list[Event]:
    """The kept events after a number, in order; of one film, or of all with None."""
    question = select(events).where(events.c.number > after).order_by(events.c.number).limit(limit)
    if film is not None:
        question = question.where(events.c.film == film)
    return [_event(row) for row in connection.execute(question).mappings()]


def of_user(connection: Connection, user: str, after: int, until: int, limit: int = 1000) -> list[Event]:
    """The kept events of a user's films, after one number and up to another, in order."""
    within = and_(events.c.number > after, events.c.number <= until, films.c.user == user)
    question = select(events).join(films, films.c.id == events.c.film).where(within).order_by(events.c.number).limit(limit)
    return [_event(row) for row in connection.execute(question).mappings()]


def lately(connection: Connection, after: int, missing: Collection[int], limit: int = 1000) -> tuple[list[Written], Horizon]:
    """What was written after a number, or under one of those that were missing, in order; and who may still write."""
    wanted = or_(events.c.number > after, events.c.number.in_(missing)) if missing else events.c.number > after
    question = select(events.c.number, events.c.film, films.c.user).join(films, films.c.id == events.c.film)
    rows = connection.execute(question.where(wanted).order_by(events.c.number).limit(limit))
    return [Written(*row) for row in rows], _horizon(connection)


def all_of(connection: Connection, film: str, kinds: Iterable[str]) -> list[Event]:
    """The kept events of a film that are of one of these kinds, in order."""
    which = and_(events.c.film == film, events.c.kind.in_(list(kinds)))
    rows = connection.execute(select(events).where(which).order_by(events.c.number)).mappings()
    return [_event(row) for row in rows]


def latest_of(connection: Connection, film: str, kinds: Iterable[str]) -> Event | None:
    """The last kept event of a film that is of one of these kinds."""
    which = and_(events.c.film == film, events.c.kind.in_(list(kinds)))
    row = connection.execute(select(events).where(which).order_by(events.c.number.desc()).limit(1)).mappings().one_or_none()
    return None if row is None else _event(row)


def count_of(connection: Connection, film: str, kinds: Iterable[str]) -> int:
    """How many kept events of a film are of one of these kinds."""
    which = and_(events.c.film == film, events.c.kind.in_(list(kinds)))
    return connection.scalar(select(func.count()).select_from(events).where(which)) or 0


def counts_of(connection: Connection, films: Collection[str], kinds: Iterable[str]) -> dict[str, int]:
    """The same of many films at once; of those that have any."""
    which = and_(events.c.film.in_(films), events.c.kind.in_(list(kinds)))
    counted = select(events.c.film, func.count()).where(which).group_by(events.c.film)
    return {row[0]: row[1] for row in connection.execute(counted)}


def latest(connection: Connection, film: str | None = None) -> int:
    """The number of the last kept event, of one film, or of all with None; 0 where there is none."""
    question = select(func.max(events.c.number))
    return connection.scalar(question if film is None else question.where(events.c.film == film)) or 0


def _event(row: RowMapping) -> Event:
    return Event(number=row["number"], film=row["film"], at=row["at"], fact=FACT.validate_json(row["fact"]))


def _horizon(connection: Connection) -> Horizon:
    if connection.dialect.name != "postgresql":
        return NOBODY_ELSE
    now = func.pg_current_snapshot()
    bounds = (cast(cast(bound(now), Text), BigInteger) for bound in (func.pg_snapshot_xmin, func.pg_snapshot_xmax))
    return Horizon(*connection.execute(select(*bounds)).one())
