"""Takes, append-only, and which of them each shot uses. A change that already holds is nothing; an ended take stays ended."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, func, insert, select, update

from storyreel.domain.events import Fact, TakeFailed, TakeLocked, TakeQueued, TakeReady, TakeSelected, TakeUnlocked
from storyreel.domain.generation import GenerationState, Take
from storyreel.domain.values import Digest
from storyreel.library import events
from storyreel.library.guard import ImpossibleChange
from storyreel.library.known_blobs import blob_known, know_blob
from storyreel.library.locks import REUSE, exclusively
from storyreel.library.tables import calls, films, known_blobs
from storyreel.library.tables import selections as pointers
from storyreel.library.tables import takes as table

GOING = tuple(state for state in GenerationState if not state.ended)
OPEN = (*GOING, GenerationState.NEEDS_ATTENTION)  # a person's decision may still go on with it


def insert_take(connection: Connection, take: Take) -> Take:
    """Add a take with the next number of its shot, and write `take.queued`; the one kept before, where the id is there already.

    Raises ImpossibleChange where that id belongs to another shot, and for a film that is not there.
    """
    kept = connection.execute(select(table).where(table.c.id == take.id)).mappings().one_or_none()
    if kept is not None:
        if (kept["film"], kept["shot"]) != (take.film, take.shot):
            found = f"of {kept['film']}/{kept['shot']}"
            raise ImpossibleChange(f"take {take.id}", found=found, wanted=f"of {take.film}/{take.shot}")
        return _take(kept)
    if connection.scalar(select(films.c.id).where(films.c.id == take.film).with_for_update()) is None:
        raise ImpossibleChange(f"film {take.film}", found=None, wanted="the film of a take")
    same_shot = and_(table.c.film == take.film, table.c.shot == take.shot)
    last = connection.scalar(select(func.max(table.c.number)).where(same_shot)) or 0
    numbered = take.model_copy(update={"number": last + 1})
    row = numbered.model_dump(exclude={"request", "cost_usd", "saved_usd"})
    row |= {"request": take.request, "cost_micros": take.cost_usd, "saved_micros": take.saved_usd}
    connection.execute(insert(table).values(row))
    events.append(connection, take.film, TakeQueued(shot=take.shot, take=take.id), take.created)
    return numbered


def take(connection: Connection, id: str) -> Take:
    """The take with that id. Raises ImpossibleChange where there is none: takes are named by us alone."""
    row = connection.execute(select(table).where(table.c.id == id)).mappings().one_or_none()
    if row is None:
        raise ImpossibleChange(f"take {id}", found=None, wanted="read")
    return _take(row)


def ended_among(connection: Connection, ids: Sequence[str]) -> list[str]:
    """Those of these takes that have ended."""
    ended = [state.value for state in GenerationState if state.ended]
    return list(connection.scalars(select(table.c.id).where(table.c.id.in_(ids), table.c.state.in_(ended))))


def takes_of(connection: Connection, film: str, *, shot: str | None = None) -> list[Take]:
    """Every take of a film, or of one of its shots, in the order in which they were asked for."""
    question = select(table).where(table.c.film == film).order_by(table.c.created, table.c.shot, table.c.number)
    if shot is not None:
        question = question.where(table.c.shot == shot)
    return [_take(row) for row in connection.execute(question).mappings()]


def select_take(connection: Connection, film: str, shot: str, take_id: str, now: datetime) -> None:
    """Let a shot use one of its takes, and write `take.selected`. Raises ImpossibleChange for another shot's take."""
    chosen = take(connection, take_id)
    if (chosen.film, chosen.shot) != (film, shot):
        raise ImpossibleChange(f"take {take_id}", found=f"of {chosen.film}/{chosen.shot}", wanted=f"selected for {film}/{shot}")
    here = and_(pointers.c.film == film, pointers.c.shot == shot)
    before = connection.scalar(select(pointers.c.take).where(here))
    if before == take_id:
        return
    if before is None:
        connection.execute(insert(pointers).values(film=film, shot=shot, take=take_id))
    else:
        connection.execute(update(pointers).where(here).values(take=take_id))
    events.append(connection, film, TakeSelected(shot=shot, take=take_id), now)


def selections(connection: Connection, film: str) -> dict[str, str]:
    """Which take each shot of a film uses: shot id to take id."""
    rows = connection.execute(select(pointers.c.shot, pointers.c.take).where(pointers.c.film == film))
    return {row.shot: row.take for row in rows}


def lock_shot(connection: Connection, film: str, shot: str, now: datetime, *, locked: bool) -> None:
    """Let a shot keep its take whatever changes, or no more. Raises ImpossibleChange where it has none."""
    here = and_(pointers.c.film == film, pointers.c.shot == shot)
    row = connection.execute(select(pointers.c.take, pointers.c.locked).where(here)).one_or_none()
    if row is None:
        raise ImpossibleChange(f"shot {film}/{shot}", found="without a take", wanted="locked" if locked else "unlocked")
    if row.locked is not locked:
        connection.execute(update(pointers).where(here).values(locked=locked))
        fact = TakeLocked(shot=shot, take=row.take) if locked else TakeUnlocked(shot=shot, take=row.take)
        events.append(connection, film, fact, now)


def locked_shots(connection: Connection, film: str) -> frozenset[str]:
    """The shots of a film whose takes stay whatever changes."""
    here = and_(pointers.c.film == film, pointers.c.locked.is_(True))
    return frozenset(connection.scalars(select(pointers.c.shot).where(here)))


def equal_take(connection: Connection, inputs_digest: Digest) -> Take | None:
    """A finished take of the same inputs whose clip is in the store; None where nothing can be reused."""
    ready = and_(table.c.inputs_digest == inputs_digest, table.c.state == GenerationState.READY.value)
    question = (
        select(table)
        .join(known_blobs, known_blobs.c.digest == table.c.output)
        .where(ready)
        .order_by(table.c.ended.desc())
        .limit(1)
    )
    row = connection.execute(question).mappings().one_or_none()
    return None if row is None else _take(row)


def reuse_take(connection: Connection, id: str, now: datetime, price_usd: Decimal | None = None) -> Take | None:
    """Finish a take for nothing with an equal one's clip; None, and no change, where there is no equal one.

    `price_usd`: what making it would have cost, which is spared; None where nobody knows. Found and used in one transaction,
    so that a sweep cannot remove the clip in between.
    """
    exclusively(connection, REUSE)
    wanted = take(connection, id)
    equal = equal_take(connection, wanted.inputs_digest)
    if wanted.state is GenerationState.READY:
        return wanted
    if equal is None or equal.output is None or equal.seconds is None:
        return None
    finish_take(connection, id, equal.output, equal.last_frame, equal.seconds, Decimal(0), now, reused=True)
    if price_usd:
        connection.execute(update(table).where(table.c.id == id).values(saved_micros=price_usd))
    return take(connection, id)


def reused_takes(connection: Connection, film: str | None = None) -> list[Take]:
    """The takes of a film, or of all, that an equal one's clip serves: ready, and nobody was called for them."""
    never_called = and_(table.c.state == GenerationState.READY.value, calls.c.key.is_(None))
    question = select(table).outerjoin(calls, calls.c.take == table.c.id).where(never_called)
    rows = connection.execute(question if film is None else question.where(table.c.film == film)).mappings()
    return [_take(row) for row in rows]


def set_take(connection: Connection, id: str, state: GenerationState) -> None:
    """Tell where a take that has not ended is: submitting, running, fetching, queued again. Raises ImpossibleChange."""
    if state not in GOING:
        raise ImpossibleChange(f"take {id}", found="not ended by this", wanted=state)
    _move(connection, id, state, OPEN, {"ended": None, "error": None, "error_code": None})


def finish_take(
    connection: Connection,
    id: str,
    output: Digest,
    last_frame: Digest | None,
    seconds: float,
    cost: Decimal,
    now: datetime,
    *,
    reused: bool = False,
) -> None:
    """A take's clip is in our store and was checked; `reused` where an equal take's clip serves.

    Raises ImpossibleChange for an ended take, and where a clip to reuse was swept meanwhile.
    """
    if reused and not blob_known(connection, output):
        raise ImpossibleChange(f"blob {output}", found=None, wanted="reused")
    for digest in (output, last_frame):
        if digest is not None:
            know_blob(connection, digest, now)
    values = {"output": output, "last_frame": last_frame, "seconds": seconds, "cost_micros": cost, "ended": now}
    if moved := _move(connection, id, GenerationState.READY, OPEN, {**values, "error": None, "error_code": None}):
        ready = TakeReady(shot=moved.shot, take=id, seconds=seconds, cost_usd=cost, reused=reused)
        events.append(connection, moved.film, ready, now)


def fail_take(
    connection: Connection,
    id: str,
    code: str,
    message: str,
    now: datetime,
    *,
    cost: Decimal = Decimal(0),
    attention: bool = False,
) -> None:
    """A take will not come; with `attention`, not until a person has decided about its call."""
    state = GenerationState.NEEDS_ATTENTION if attention else GenerationState.FAILED
    _end(connection, id, state, code, message, cost, now)


def cancel_take(connection: Connection, id: str, now: datetime, *, cost: Decimal = Decimal(0)) -> None:
    """A take ends because someone asked; `cost` is what the provider charged all the same."""
    _end(connection, id, GenerationState.CANCELLED, "cancelled", "It was cancelled.", cost, now)


def _end(connection: Connection, id: str, to: GenerationState, code: str, message: str, cost: Decimal, now: datetime) -> None:
    values = {"error_code": code, "error": message, "cost_micros": cost, "ended": now}
    if moved := _move(connection, id, to, OPEN, values):
        fact: Fact = TakeFailed(shot=moved.shot, take=id, code=code, message=message)
        events.append(connection, moved.film, fact, now)


def _move(
    connection: Connection,
    id: str,
    to: GenerationState,
    before: Iterable[GenerationState],
    values: Mapping[str, object],
) -> Take | None:
    """The take as it was, if it moved; None where it was there already. Raises ImpossibleChange."""
    was = take(connection, id)
    if was.state is to:
        return None
    allowed = and_(table.c.id == id, table.c.state.in_([state.value for state in before]))
    if not connection.execute(update(table).where(allowed).values({"state": to.value, **values})).rowcount:
        raise ImpossibleChange(f"take {id}", found=was.state, wanted=to)
    return was


def _take(row: RowMapping) -> Take:
    kept: dict[str, Any] = {name: row[name] for name in Take.model_fields if name in row}
    return Take.model_validate({**kept, "cost_usd": row["cost_micros"], "saved_usd": row["saved_micros"]})
