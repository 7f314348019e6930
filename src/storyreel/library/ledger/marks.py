"""How a call moves: each step is guarded in SQL by the state before it, and one that already holds is nothing.

RESERVED -> SENDING -> ACCEPTED -> DONE | FAILED | CANCELLED. A call of which nobody can know whether it arrived goes from
SENDING to ATTENTION; a person's decision makes it ACCEPTED (adopted), RESERVED (to be sent again) or FAILED (written off).
"""

from asyncio import CancelledError
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, Connection, and_, or_, update

from storyreel.domain.events import TakeSent
from storyreel.domain.generation import CallState, Key, RemoteId, Repeat
from storyreel.domain.values import Digest
from storyreel.library import events
from storyreel.library.fence import refuse_gone
from storyreel.library.guard import ImpossibleChange
from storyreel.library.ledger.call import OPEN, Call, known_call
from storyreel.library.tables import calls as table

NO_LOOKS = {"next_look": None, "lease_owner": None, "lease_until": None}
NO_ERROR = {"error": None, "error_code": None}


def mark_sending(connection: Connection, key: Key, process: str, deadline: datetime) -> Call:
    """About to be sent by `process`; after `deadline` no answer will come. Commit this, then send.

    From RESERVED; from SENDING only where the provider takes the same key twice. Raises ImpossibleChange otherwise,
    so that two who hold the same call never both send it; CancelledError where `process` was found gone.
    """
    refuse_gone(connection, process)
    fresh = table.c.state == CallState.RESERVED.value
    again = and_(table.c.state == CallState.SENDING.value, table.c.repeat == Repeat.KEY.value)
    values = {"owner": process, "deadline": deadline, "attempts": table.c.attempts + 1}
    return _moved(connection, key, CallState.SENDING, or_(fresh, again), values)


def mark_leaving(connection: Connection, key: Key, process: str, deadline: datetime, now: datetime) -> bool:
    """The request of a sending call leaves now: its pictures may have taken a while since it had its turn.

    False where the provider told meanwhile, by a webhook, that a sending before this one arrived: nothing need leave.
    Raises CancelledError where `process` was found gone, or another has taken the call up since: then it must not leave.
    """
    refuse_gone(connection, process)
    mine = and_(table.c.key == str(key), table.c.state == CallState.SENDING.value, table.c.owner == process)
    if connection.execute(update(table).where(mine).values(deadline=deadline, sent=now)).rowcount:
        return True
    if known_call(connection, key, wanted="leaving").state is CallState.ACCEPTED:
        return False
    raise CancelledError(f"call {key} is another's now")


def mark_unsent(connection: Connection, key: Key, now: datetime) -> Call:
    """It is certain that nothing arrived, or a person wants it sent again: it may be, and still holds its money."""
    before = {CallState.SENDING, CallState.ATTENTION}
    return _move(connection, key, CallState.RESERVED, before, now, {**NO_ERROR, "owner": None, "deadline": None})


def recall(connection: Connection, key: Key, process: str, now: datetime) -> None:
    """`process` marked the call as sent and did not send it; nothing where another has taken it up since."""
    mine = and_(table.c.key == str(key), table.c.state == CallState.SENDING.value, table.c.owner == process)
    values = {"state": CallState.RESERVED.value, "owner": None, "deadline": None, "changed": now}
    connection.execute(update(table).where(mine).values(values))


def mark_accepted(connection: Connection, key: Key, remote_id: RemoteId, next_look: datetime, now: datetime) -> Call:
    """The provider took the request, or it was found there; writes `take.sent`. Raises ImpossibleChange for another remote id."""
    before = known_call(connection, key, wanted=CallState.ACCEPTED)
    if before.state is CallState.ACCEPTED and before.remote_id != remote_id:
        raise ImpossibleChange(f"call {key}", found=f"accepted as {before.remote_id}", wanted=f"accepted as {remote_id}")
    values = {**NO_ERROR, "remote_id": remote_id, "next_look": next_look}
    after = _move(connection, key, CallState.ACCEPTED, {CallState.SENDING, CallState.ATTENTION}, now, values)
    if before.state is not CallState.ACCEPTED:
        events.append(connection, key.film, TakeSent(shot=key.shot, take=before.take), now)
    return after


def mark_done(connection: Connection, key: Key, output_digest: Digest, cost: Decimal, now: datetime) -> Call:
    """The result is in our store: settle the cost, release the rest."""
    return _settle(connection, key, CallState.DONE, {CallState.ACCEPTED}, cost, now, {"output": output_digest})


def mark_failed(connection: Connection, key: Key, code: str, message: str, now: datetime, cost: Decimal = Decimal(0)) -> Call:
    """The call came to nothing, or was written off: settle what it cost all the same, release the rest."""
    return _settle(connection, key, CallState.FAILED, OPEN, cost, now, {"error_code": code, "error": message})


def mark_cancelled(connection: Connection, key: Key, now: datetime, cost: Decimal = Decimal(0)) -> Call:
    """The call was ended on demand: settle what it cost all the same, release the rest.

    Not from SENDING, since it may have arrived. Raises ImpossibleChange.
    """
    before = {CallState.RESERVED, CallState.ACCEPTED, CallState.ATTENTION}
    return _settle(connection, key, CallState.CANCELLED, before, cost, now, {})


def mark_attention(connection: Connection, key: Key, code: str, message: str, now: datetime) -> Call:
    """Nobody can know whether it arrived: a person decides. The money stays held."""
    before = {CallState.SENDING, CallState.ACCEPTED}
    return _move(connection, key, CallState.ATTENTION, before, now, {**NO_LOOKS, "error_code": code, "error": message})


def _settle(
    connection: Connection,
    key: Key,
    to: CallState,
    before: Iterable[CallState],
    cost: Decimal,
    now: datetime,
    values: Mapping[str, object],
) -> Call:
    money = {"reserved_micros": Decimal(0), "cost_micros": cost}
    return _move(connection, key, to, before, now, {**NO_LOOKS, **money, **values})


def _move(
    connection: Connection,
    key: Key,
    to: CallState,
    before: Iterable[CallState],
    now: datetime,
    values: Mapping[str, object],
) -> Call:
    if (found := known_call(connection, key, wanted=to)).state is to:
        return found
    return _moved(connection, key, to, table.c.state.in_([state.value for state in before]), {**values, "changed": now})


def _moved(connection: Connection, key: Key, to: CallState, allowed: ColumnElement[bool], values: Mapping[str, object]) -> Call:
    change = update(table).where(table.c.key == str(key), allowed).values({"state": to.value, **values})
    if not connection.execute(change).rowcount:
        found = known_call(connection, key, wanted=to)
        raise ImpossibleChange(f"call {key}", found=found.state, wanted=to)
    return known_call(connection, key, wanted=to)
