"""What was answered to requests that may come twice, for a day; and who works on those that have no answer yet."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from storyreel.domain.values import Value
from storyreel.library.tables import replies as table

KEPT = timedelta(days=1)
SILENCE = timedelta(minutes=2)
"""An attempt that was not renewed for so long is given up: its process is gone."""


_heard = func.coalesce(table.c.renewed, table.c.created)  # when an attempt was last heard of


class Reply(Value):
    """What was answered; no status: it is being worked on."""

    digest: str  # of the request
    status: int | None
    body: str | None


class Attempt(Value):
    """One try at answering a request; who takes over from it has another token, and this one ends nothing any more."""

    caller: str
    key: str
    token: str


def begin_reply(connection: Connection, attempt: Attempt, digest: str, now: datetime, kept: timedelta = KEPT) -> Reply | None:
    """None for a key that is new or was given up, which is the attempt's to answer now; otherwise what is known of it.

    `kept`: for so long after it was given an answer counts.
    """
    which = and_(table.c.caller == attempt.caller, table.c.key == attempt.key)
    old = and_(table.c.status.is_not(None), _heard < now - kept)
    connection.execute(delete(table).where(which, or_(old, _is_given_up(now))))
    row = {**attempt.model_dump(), "digest": digest, "created": now, "renewed": now}
    try:
        with connection.begin_nested():
            connection.execute(insert(table).values(row))
    except IntegrityError:
        row = connection.execute(select(table.c.digest, table.c.status, table.c.body).where(which)).one()
        return Reply(digest=row.digest, status=row.status, body=row.body)
    return None


def renew_reply(connection: Connection, attempt: Attempt, now: datetime) -> bool:
    """Keep an attempt from being given up; False where it was already, and is another's."""
    return _changed(connection, attempt, {"renewed": now})


def end_reply(connection: Connection, attempt: Attempt, status: int, body: str, now: datetime) -> bool:
    """Keep what was answered; False where the attempt was given up."""
    return _changed(connection, attempt, {"status": status, "body": body, "renewed": now})


def drop_reply(connection: Connection, attempt: Attempt) -> None:
    """An attempt came to nothing: its key may be used again."""
    connection.execute(delete(table).where(_is_open(attempt)))


def forget_replies(connection: Connection, now: datetime) -> None:
    """Remove those that are too old to be asked for."""
    connection.execute(delete(table).where(table.c.created < now - KEPT, or_(table.c.status.is_not(None), _is_given_up(now))))


def _changed(connection: Connection, attempt: Attempt, values: Mapping[str, Any]) -> bool:
    return bool(connection.execute(update(table).where(_is_open(attempt)).values(values)).rowcount)


def _is_open(attempt: Attempt) -> ColumnElement[bool]:
    own = and_(table.c.caller == attempt.caller, table.c.key == attempt.key, table.c.token == attempt.token)
    return and_(own, table.c.status.is_(None))


def _is_given_up(now: datetime) -> ColumnElement[bool]:
    return and_(table.c.status.is_(None), _heard < now - SILENCE)
