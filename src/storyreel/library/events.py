"""What happened, numbered in one row across the database, so that a watcher goes on where it left."""

from collections.abc import Collection, Iterable
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import Connection, and_, func, insert, select

from storyreel.domain.events import Event, Fact, Passing
from storyreel.library.locks import in_turn
from storyreel.library.tables import events

FACT: TypeAdapter[Fact] = TypeAdapter(Fact)


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
    rows = connection.execute(question).mappings()
    return [Event(number=row["number"], film=row["film"], at=row["at"], fact=FACT.validate_json(row["fact"])) for row in rows]


def all_of(connection: Connection, film: str, kinds: Iterable[str]) -> list[Event]:
    """The kept events of a film that are of one of these kinds, in order."""
    which = and_(events.c.film == film, events.c.kind.in_(list(kinds)))
    rows = connection.execute(select(events).where(which).order_by(events.c.number)).mappings()
    return [Event(number=row["number"], film=row["film"], at=row["at"], fact=FACT.validate_json(row["fact"])) for row in rows]


def latest_of(connection: Connection, film: str, kinds: Iterable[str]) -> Event | None:
    """The last kept event of a film that is of one of these kinds."""
    which = and_(events.c.film == film, events.c.kind.in_(list(kinds)))
    row = connection.execute(select(events).where(which).order_by(events.c.number.desc()).limit(1)).mappings().one_or_none()
    if row is None:
        return None
    return Event(number=row["number"], film=row["film"], at=row["at"], fact=FACT.validate_json(row["fact"]))


def count_of(connection: Connection, film: str, kinds: Iterable[str]) -> int:
    """How many kept events of a film are of one of these kinds."""
    which = and_(events.c.film == film, events.c.kind.in_(list(kinds)))
    return connection.scalar(select(func.count()).select_from(events).where(which)) or 0


def counts_of(connection: Connection, films: Collection[str], kinds: Iterable[str]) -> dict[str, int]:
    """The same of many films at once; of those that have any."""
    which = and_(events.c.film.in_(films), events.c.kind.in_(list(kinds)))
    counted = select(events.c.film, func.count()).where(which).group_by(events.c.film)
    return {row[0]: row[1] for row in connection.execute(counted)}


def latest(connection: Connection) -> int:
    """The number of the last kept event; 0 where there is none."""
    return connection.scalar(select(func.max(events.c.number))) or 0
