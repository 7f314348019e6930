"""What was answered to requests that may come twice, for a day."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from storyreel.domain.values import Value
from storyreel.library.tables import replies as table

KEPT = timedelta(days=1)
GIVEN_UP = timedelta(minutes=15)
"""A request that has no answer by then will get none: its process is gone."""


class Reply(Value):
    """What was answered; no status: it is being worked on."""

    digest: str  # of the request
    status: int | None
    body: str | None


def begin_reply(connection: Connection, caller: str, key: str, digest: str, now: datetime) -> Reply | None:
    """None for a key that is new, which is the caller's to answer now; otherwise what is known of it."""
    which = (table.c.caller == caller) & (table.c.key == key)
    old = (table.c.created < now - KEPT) | (table.c.status.is_(None) & (table.c.created < now - GIVEN_UP))
    connection.execute(delete(table).where(which, old))
    try:
        with connection.begin_nested():
            connection.execute(insert(table).values(caller=caller, key=key, digest=digest, created=now))
    except IntegrityError:
        row = connection.execute(select(table.c.digest, table.c.status, table.c.body).where(which)).one()
        return Reply(digest=row.digest, status=row.status, body=row.body)
    return None


def end_reply(connection: Connection, caller: str, key: str, status: int, body: str) -> None:
    """Keep what was answered."""
    which = (table.c.caller == caller) & (table.c.key == key)
    connection.execute(update(table).where(which).values(status=status, body=body))


def drop_reply(connection: Connection, caller: str, key: str) -> None:
    """A request came to nothing: its key may be used again."""
    connection.execute(delete(table).where(table.c.caller == caller, table.c.key == key))


def forget_replies(connection: Connection, now: datetime) -> None:
    """Remove those that are too old to be asked for."""
    connection.execute(delete(table).where(table.c.created < now - KEPT))
