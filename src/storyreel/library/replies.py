"""What was answered to requests that may come twice, for a day; and who works on those that have no answer yet.

A film, or a change to one, is accepted and noted under its request in one transaction: until the answer is kept, `body` is what
was accepted. So whoever comes after an attempt that broke off between the two finds that, and makes no second one.
"""

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from storyreel.domain.values import Value
from storyreel.library.guard import ImpossibleChange
from storyreel.library.tables import replies as table

P = ParamSpec("P")
T = TypeVar("T")

KEPT = timedelta(days=1)
SILENCE = timedelta(minutes=2)
"""An attempt that was not renewed for so long is given up: its process is gone."""


_heard = func.coalesce(table.c.renewed, table.c.created)  # when an attempt was last heard of


class Accepted(Value):
    """What was begun for a request, as it is noted until its answer is kept."""

    film: str
    change: str | None = None  # to a film that was there, as JSON


class Reply(Value):
    """What was answered; no status: it is being worked on."""

    digest: str  # of the request
    status: int | None
    body: str | None
    left: Accepted | None = None  # by an attempt that broke off: the answer to it is this attempt's to give


class Attempt(Value):
    """One try at answering a request; who takes over from it has another token, and this one ends nothing any more."""

    caller: str
    key: str
    token: str


class GivenUp(ImpossibleChange):
    """Another attempt has the request by now: this one accepts nothing any more."""


_UNDER: ContextVar[Attempt | None] = ContextVar("storyreel_attempt", default=None)
"""On whose behalf films and changes are accepted: what begins one, in a door or in somebody else's tool, need not know of it."""


@contextmanager
def answering(attempt: Attempt) -> Generator[None]:
    """What is accepted while the block runs is noted under this attempt's request."""
    before = _UNDER.set(attempt)
    try:
        yield
    finally:
        _UNDER.reset(before)


def noted(accept: Callable[Concatenate[Connection, P], T], what: Accepted) -> Callable[Concatenate[Connection, P], T]:
    """What accepts this film or change, and in its transaction notes it under the request that it is accepted for, if any.

    It raises GivenUp where the request is another attempt's by now.
    """
    attempt = _UNDER.get()
    if attempt is None:
        return accept

    def accept_and_note(connection: Connection, /, *args: P.args, **kwargs: P.kwargs) -> T:
        if not _changed(connection, attempt, {"body": what.model_dump_json()}):
            raise GivenUp("the request", found="another attempt's", wanted="answered")
        return accept(connection, *args, **kwargs)

    return accept_and_note


def begin_reply(connection: Connection, attempt: Attempt, digest: str, now: datetime, kept: timedelta = KEPT) -> Reply | None:
    """None for a key that is new or was given up, which is the attempt's to answer now; otherwise what is known of it.

    `kept`: for so long after it was given an answer counts; of what was accepted and not told, from when that was given up.
    """
    which = and_(table.c.caller == attempt.caller, table.c.key == attempt.key)
    old = and_(table.c.status.is_not(None), _heard < now - kept)
    empty = and_(_is_given_up(now), or_(table.c.body.is_(None), _heard < now - SILENCE - kept))
    connection.execute(delete(table).where(which, or_(old, empty)))
    row = {**attempt.model_dump(), "digest": digest, "created": now, "renewed": now}
    try:
        with connection.begin_nested():
            connection.execute(insert(table).values(row))
    except IntegrityError:
        given_up = and_(which, table.c.digest == digest, _is_given_up(now))
        is_left = bool(connection.execute(update(table).where(given_up).values(token=attempt.token, renewed=now)).rowcount)
        known = connection.execute(select(table.c.digest, table.c.status, table.c.body).where(which)).one()
        left = Accepted.model_validate_json(known.body) if is_left else None
        body = None if known.status is None else known.body
        return Reply(digest=known.digest, status=known.status, body=body, left=left)
    return None


def renew_reply(connection: Connection, attempt: Attempt, now: datetime) -> bool:
    """Keep an attempt from being given up; False where it was already, and is another's."""
    return _changed(connection, attempt, {"renewed": now})


def end_reply(connection: Connection, attempt: Attempt, status: int, body: str, now: datetime) -> bool:
    """Keep what was answered; False where the attempt was given up."""
    return _changed(connection, attempt, {"status": status, "body": body, "renewed": now})


def drop_reply(connection: Connection, attempt: Attempt) -> None:
    """An attempt broke off: its key may be used again, and is answered with what it had accepted, if it had."""
    connection.execute(delete(table).where(_is_open(attempt), table.c.body.is_(None)))
    connection.execute(update(table).where(_is_open(attempt)).values(token=None))


def forget_replies(connection: Connection, now: datetime) -> None:
    """Remove those that are too old to be asked for."""
    connection.execute(delete(table).where(table.c.created < now - KEPT, or_(table.c.status.is_not(None), _is_given_up(now))))


def _changed(connection: Connection, attempt: Attempt, values: Mapping[str, Any]) -> bool:
    return bool(connection.execute(update(table).where(_is_open(attempt)).values(values)).rowcount)


def _is_open(attempt: Attempt) -> ColumnElement[bool]:
    own = and_(table.c.caller == attempt.caller, table.c.key == attempt.key, table.c.token == attempt.token)
    return and_(own, table.c.status.is_(None))


def _is_given_up(now: datetime) -> ColumnElement[bool]:
    return and_(table.c.status.is_(None), or_(table.c.token.is_(None), _heard < now - SILENCE))
