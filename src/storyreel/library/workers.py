"""Who works on a shared line: a row for each worker, beaten on the database's clock; one that is not beaten is found gone.

A worker that was found gone stays so: it comes back under another name, and nothing that it still holds may be sent.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, and_, func, insert, or_, select, text, update

from storyreel.domain.values import Value
from storyreel.library.ledger.looks import release_leases
from storyreel.library.locks import exclusively
from storyreel.library.tables import workers as table

RECENT = timedelta(hours=1)  # so long one who is gone is shown


class Worker(Value):
    """One process that works, or worked, on a shared line."""

    id: str
    host: str
    pid: int
    started: datetime
    beat: datetime
    gone: datetime | None  # when it left, or was found gone


def join(connection: Connection, id: str, host: str, pid: int) -> datetime:
    """A worker works from now on: the database's time."""
    now = clock(connection)
    connection.execute(insert(table).values(id=id, host=host, pid=pid, started=now, beat=now))
    return now


def beat(connection: Connection, id: str) -> datetime | None:
    """Say that a worker lives: the database's time; None where it was found gone."""
    alive, now = and_(table.c.id == id, table.c.gone.is_(None)), clock(connection)
    return now if connection.execute(update(table).where(alive).values(beat=now)).rowcount else None


def leave(connection: Connection, id: str) -> None:
    """A worker has stopped: others may go on with what it left."""
    alive = and_(table.c.id == id, table.c.gone.is_(None))
    if connection.execute(update(table).where(alive).values(gone=clock(connection))).rowcount:
        release_leases(connection, id)


def find_gone(connection: Connection, lease: timedelta) -> list[str]:
    """Note as gone whoever was not heard of for so long, and let their looks go; by one process at a time.

    A beat that is still to come is one from before the database's clock was set back: who lives has beaten again since.
    """
    exclusively(connection, "storyreel:workers")
    now = clock(connection)
    stale = and_(table.c.gone.is_(None), or_(table.c.beat < now - lease, table.c.beat > now + lease))
    found = list(connection.scalars(select(table.c.id).where(stale)))
    if found:
        connection.execute(update(table).where(table.c.id.in_(found), table.c.gone.is_(None)).values(gone=now))
    for id in found:
        release_leases(connection, id)
    return found


def all_gone(connection: Connection) -> list[str]:
    """Those who left or were found gone, until they are forgotten; what they had under way must go on elsewhere."""
    return list(connection.scalars(select(table.c.id).where(table.c.gone.is_not(None))))


def all_workers(connection: Connection) -> list[Worker]:
    """Those who work, and those who did lately."""
    seen = table.c.gone.is_(None) | (table.c.gone > clock(connection) - RECENT)
    rows = connection.execute(select(table).where(seen).order_by(table.c.started)).mappings()
    return [Worker.model_validate(dict(row)) for row in rows]


def heard_of(connection: Connection, lease: timedelta) -> int:
    """How many workers live."""
    alive = and_(table.c.gone.is_(None), table.c.beat > clock(connection) - lease)
    return connection.scalar(select(func.count()).select_from(table).where(alive)) or 0


def forget_workers(connection: Connection, before: timedelta) -> None:
    """Remove the rows of those who are gone for so long."""
    connection.execute(table.delete().where(table.c.gone < clock(connection) - before))


def clock(connection: Connection) -> datetime:
    """The database's time, which all workers share."""
    now = (
        "timezone('utc', clock_timestamp())"
        if connection.dialect.name == "postgresql"
        else "strftime('%Y-%m-%d %H:%M:%f', 'now')"
    )
    told: object = connection.scalar(select(text(now)))
    read = told if isinstance(told, datetime) else datetime.fromisoformat(str(told))
    return read.replace(tzinfo=UTC)
