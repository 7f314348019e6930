"""Who wants to be told of a user's films, and what was, or is to be, told to them.

A delivery is made once of each event, in the order of events; what was said of it is kept for a month.
"""

import secrets
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, insert, select, update

from storyreel.domain.events import Event
from storyreel.domain.values import Value
from storyreel.library import events
from storyreel.library.locks import exclusively
from storyreel.library.tables import deliveries as rows
from storyreel.library.tables import webhooks as table

MAKING, INSERTING = "storyreel:deliveries", "storyreel:webhooks"
KEPT = timedelta(days=30)
ID_BYTES = 12
AT_ONCE = 500  # events of which deliveries are made in one transaction


class DeliveryState(StrEnum):
    """How a delivery stands."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


class Webhook(Value):
    """An address that is told of what happens to a user's films."""

    id: str
    user: str
    url: str
    kinds: tuple[str, ...]  # of events
    created: datetime
    stopped: datetime | None
    reason: str | None  # why it was stopped


class Delivery(Value):
    """One event, as it is told to one webhook."""

    id: str
    webhook: str
    film: str
    event: int
    kind: str
    body: str
    state: DeliveryState
    attempts: int
    next_attempt: datetime | None
    status: int | None  # of the last answer; None: there was none
    error: str | None  # why the last attempt came to nothing
    created: datetime
    ended: datetime | None


def insert_webhook(
    connection: Connection, user: str, url: str, kinds: Collection[str], now: datetime, *, most: int
) -> Webhook | None:
    """A new webhook, which is told of what happens from now on; None where its user has as many as may be."""
    exclusively(connection, f"{INSERTING}:{user}")
    if len(webhooks_of(connection, user)) >= most:
        return None
    id = f"wh_{secrets.token_hex(ID_BYTES)}"
    values = {"id": id, "user": user, "url": url, "kinds": " ".join(kinds), "created": now}
    connection.execute(insert(table).values(**values, after=events.latest(connection)))
    return _webhooks(connection, table.c.id == id)[0]


def webhooks_of(connection: Connection, user: str) -> list[Webhook]:
    """A user's webhooks, the first one first."""
    return _webhooks(connection, table.c.user == user)


def webhook(connection: Connection, user: str, id: str) -> Webhook | None:
    """One of a user's webhooks; None where there is none of that id."""
    return next(iter(_webhooks(connection, and_(table.c.user == user, table.c.id == id))), None)


def delete_webhook(connection: Connection, id: str) -> None:
    """Tell a webhook nothing more, and forget what it was told."""
    connection.execute(delete(rows).where(rows.c.webhook == id))
    connection.execute(delete(table).where(table.c.id == id))


def stop_webhook(connection: Connection, id: str, reason: str, now: datetime) -> None:
    """Tell a webhook nothing more until somebody starts it again."""
    connection.execute(update(table).where(table.c.id == id, table.c.stopped.is_(None)).values(stopped=now, reason=reason))


def start_webhook(connection: Connection, id: str, now: datetime) -> None:
    """Tell a webhook what happens from now on, and what was still waiting for it."""
    stopped = and_(table.c.id == id, table.c.stopped.is_not(None))
    if connection.execute(
        update(table).where(stopped).values(stopped=None, reason=None, after=events.latest(connection))
    ).rowcount:
        waiting = and_(rows.c.webhook == id, rows.c.state == DeliveryState.WAITING.value)
        connection.execute(update(rows).where(waiting).values(next_attempt=now, attempts=0))


def are_wanted(connection: Connection) -> bool:
    """Whether anybody wants to be told of anything."""
    return connection.scalar(select(table.c.id).where(table.c.stopped.is_(None)).limit(1)) is not None


def behind(connection: Connection, until: int) -> bool:
    """Whether some webhook's deliveries are not made of every event up to that number."""
    question = select(table.c.id).where(table.c.stopped.is_(None), table.c.after < until).limit(1)
    return connection.scalar(question) is not None


def make_deliveries(connection: Connection, until: int, told: Callable[[Event], str], now: datetime) -> bool:
    """The deliveries of events up to that number, by whichever process is first; whether there are more to be made."""
    exclusively(connection, MAKING)
    more = False
    for row in connection.execute(select(table).where(table.c.stopped.is_(None), table.c.after < until)).mappings().all():
        found = events.of_user(connection, row["user"], row["after"], until, AT_ONCE)
        wanted = set(row["kinds"].split())
        new = [_row(row["id"], event, told(event), now) for event in found if event.fact.kind in wanted]
        if new:
            connection.execute(insert(rows), new)
        whole = len(found) < AT_ONCE
        more = more or not whole
        connection.execute(update(table).where(table.c.id == row["id"]).values(after=until if whole else found[-1].number))
    return more


def are_due(connection: Connection, now: datetime) -> bool:
    """Whether something is to be told now."""
    question = select(rows.c.id).join(table, table.c.id == rows.c.webhook).where(_due(now)).limit(1)
    return connection.scalar(question) is not None


def claim_deliveries(
    connection: Connection, now: datetime, lease: timedelta, but: Collection[str], most: int
) -> list[tuple[Webhook, list[Delivery]]]:
    """What is to be told now, by webhook, each in the order of events; nobody else tells it for the length of the lease.

    `but`: webhooks that are being told already. `most`: of deliveries.
    """
    wanted = and_(_due(now), rows.c.webhook.not_in(list(but)))
    question = select(rows.c.id).join(table, table.c.id == rows.c.webhook).where(wanted).order_by(rows.c.event).limit(most)
    ids = list(connection.scalars(question.with_for_update(skip_locked=True, of=rows)))
    if not ids:
        return []
    connection.execute(update(rows).where(rows.c.id.in_(ids)).values(next_attempt=now + lease))
    claimed: dict[str, list[Delivery]] = {}
    for row in connection.execute(select(rows).where(rows.c.id.in_(ids)).order_by(rows.c.event)).mappings():
        claimed.setdefault(row["webhook"], []).append(_delivery(row))
    return [(one, claimed[one.id]) for one in _webhooks(connection, table.c.id.in_(claimed))]


def delivered(connection: Connection, id: str, status: int, now: datetime) -> None:
    """A delivery was taken."""
    values = {"state": DeliveryState.DELIVERED.value, "status": status, "error": None, "next_attempt": None, "ended": now}
    connection.execute(update(rows).where(rows.c.id == id).values(**values, attempts=rows.c.attempts + 1))


def refused(connection: Connection, id: str, status: int | None, error: str, now: datetime, again: datetime | None) -> None:
    """A delivery was not taken; it is tried again then, or with None no more."""
    ended = {} if again else {"state": DeliveryState.FAILED.value, "ended": now}
    values = {"status": status, "error": error, "next_attempt": again, **ended}
    connection.execute(update(rows).where(rows.c.id == id).values(**values, attempts=rows.c.attempts + 1))


def put_off(connection: Connection, ids: Collection[str], until: datetime) -> None:
    """Deliveries that were claimed and not tried are due then."""
    waiting = and_(rows.c.id.in_(list(ids)), rows.c.state == DeliveryState.WAITING.value)
    connection.execute(update(rows).where(waiting).values(next_attempt=until))


def took_lately(connection: Connection, webhook: str, since: datetime) -> bool:
    """Whether a webhook took anything since then."""
    taken = and_(rows.c.webhook == webhook, rows.c.state == DeliveryState.DELIVERED.value, rows.c.ended >= since)
    return connection.scalar(select(rows.c.id).where(taken).limit(1)) is not None


def redeliver(connection: Connection, webhook: str, id: str, now: datetime) -> Delivery | None:
    """A delivery, which is tried again from now on, under the same id; None where the webhook has none of that id."""
    here = and_(rows.c.webhook == webhook, rows.c.id == id)
    values = {"state": DeliveryState.WAITING.value, "attempts": 0, "next_attempt": now, "ended": None}
    connection.execute(update(rows).where(here).values(values))
    row = connection.execute(select(rows).where(here)).mappings().one_or_none()
    return None if row is None else _delivery(row)


def deliveries_of(
    connection: Connection, webhook: str, *, before: int | None = None, state: DeliveryState | None = None, limit: int = 50
) -> list[Delivery]:
    """What a webhook was told, the newest event first; of lower numbers than `before`."""
    question = select(rows).where(rows.c.webhook == webhook).order_by(rows.c.event.desc()).limit(limit)
    question = question if before is None else question.where(rows.c.event < before)
    question = question if state is None else question.where(rows.c.state == state.value)
    return [_delivery(row) for row in connection.execute(question).mappings()]


def forget_deliveries(connection: Connection, now: datetime) -> None:
    """Remove those that ended so long ago that nobody asks for them."""
    connection.execute(delete(rows).where(rows.c.ended < now - KEPT))


def _due(now: datetime) -> ColumnElement[bool]:
    waiting = rows.c.state == DeliveryState.WAITING.value
    return and_(waiting, rows.c.next_attempt <= now, table.c.stopped.is_(None))


def _row(webhook: str, event: Event, body: str, now: datetime) -> dict[str, object]:
    return {
        "id": f"msg_{secrets.token_hex(ID_BYTES)}",
        "webhook": webhook,
        "film": event.film,
        "event": event.number,
        "kind": event.fact.kind,
        "body": body,
        "state": DeliveryState.WAITING.value,
        "attempts": 0,
        "next_attempt": now,
        "created": now,
    }


def _webhooks(connection: Connection, which: ColumnElement[bool]) -> list[Webhook]:
    found = connection.execute(select(table).where(which).order_by(table.c.created, table.c.id)).mappings()
    return [Webhook.model_validate({**_named(row, Webhook), "kinds": tuple(row["kinds"].split())}) for row in found]


def _delivery(row: RowMapping) -> Delivery:
    return Delivery.model_validate(_named(row, Delivery))


def _named(row: RowMapping, kind: type[Value]) -> dict[str, object]:
    return {name: row[name] for name in kind.model_fields}
