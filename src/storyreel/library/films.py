"""Films as they stand. Each change is guarded by the state before it and writes its event in the same transaction.

A change that already holds is nothing, so that a step which runs again after a crash does no harm.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, func, insert, or_, select, update

from storyreel.domain.errors import UnknownFilm
from storyreel.domain.events import (
    Fact,
    FilmApproved,
    FilmAwaitsApproval,
    FilmCancelled,
    FilmChanged,
    FilmDelivered,
    FilmFailed,
    FilmQueued,
    FilmReady,
    FilmResumed,
    FilmStarted,
)
from storyreel.domain.film import Film, FilmState, Order
from storyreel.domain.generation import GenerationState
from storyreel.domain.storyboard import Storyboard
from storyreel.domain.values import Digest
from storyreel.library import changes, events
from storyreel.library.guard import ImpossibleChange
from storyreel.library.known_blobs import know_blob
from storyreel.library.ledger.call import OPEN, bill, sums_of
from storyreel.library.locks import in_turn
from storyreel.library.search import has_words, words_of
from storyreel.library.tables import calls, selections, takes
from storyreel.library.tables import films as table

AGREED = {"film.approved", "film.started"}  # without one of these nobody has agreed to a film's price
NEAREST = 3  # ids offered for one that is not there
HELD, SETTLED = (part.label(name) for part, name in zip(sums_of(table.c.id), ("held_usd", "cost_usd"), strict=True))
WHOLE = select(
    *(column for column in table.c if column.name != "words"), HELD, SETTLED
)  # what a film has cost so far is asked of its calls, whatever became of it
UNDELIVERED = and_(table.c.state == FilmState.READY.value, table.c.deliver_to.is_not(None), table.c.delivered.is_(None))


class IdTaken(ImpossibleChange):
    """Another film has this id, or had it."""


def insert_film(connection: Connection, film: Film) -> None:
    """Accept a film: its row and `film.queued`. Raises IdTaken where the id was ever used."""
    for column in (table.c.id, calls.c.film):
        if connection.scalar(select(column).where(column == film.id).limit(1)) is not None:
            raise IdTaken(f"film {film.id}", found="there already", wanted=FilmState.QUEUED)
    same = {"id", "title", "state", "created", "ended", "output", "seconds", "error", "user", "api_key", "priority"}
    row = film.model_dump(include=same)
    row |= {
        "storyboard": film.storyboard,
        "order": film.order,
        "words": words_of(film.id, film.storyboard, film.order),
        "budget_micros": film.order.budget_usd,
    }
    row |= {"deliver_to": _text(film.order.output), "delivered": _text(film.delivered), "cancel_requested": False}
    connection.execute(insert(table).values(row))
    queued = FilmQueued(shots=len(film.storyboard.shots), seconds=film.storyboard.seconds)
    events.append(connection, film.id, queued, film.created)


def film(connection: Connection, id: str) -> Film:
    """The film with that id. Raises UnknownFilm, naming the nearest."""
    row = connection.execute(WHOLE.where(table.c.id == id)).mappings().one_or_none()
    if row is None:
        raise UnknownFilm(id, nearest=_nearest(connection, id))
    return _film(row)


def order_of(connection: Connection, id: str) -> Order:
    """What was ordered, without the storyboard, which is large. Raises UnknownFilm."""
    order = connection.scalar(select(table.c.order).where(table.c.id == id))
    if order is None:
        raise UnknownFilm(id, nearest=_nearest(connection, id))
    return order


def find_film(connection: Connection, text: str) -> Film:
    """The film with that id, or the only one whose id begins so. Raises UnknownFilm, naming what it could mean."""
    wanted = text.strip().lower()
    if not wanted or "\0" in wanted:  # which PostgreSQL does not even ask for
        raise UnknownFilm(text, nearest=_nearest(connection, wanted))
    begins = table.c.id.startswith(wanted, autoescape=True)
    ids = list(connection.scalars(select(table.c.id).where(begins).order_by(table.c.created.desc()).limit(NEAREST + 1)))
    if wanted in ids or len(ids) <= 1:
        return film(connection, ids[0] if len(ids) == 1 else wanted)
    if connection.scalar(select(table.c.id).where(table.c.id == wanted)) is not None:
        return film(connection, wanted)
    raise UnknownFilm(text, nearest=ids[:NEAREST], several=True)


def films(
    connection: Connection,
    *,
    limit: int = 100,
    states: Iterable[FilmState] | None = None,
    user: str | None = None,
    after: str = "",
    search: str = "",
) -> list[Film]:
    """Films, the newest first; of some states or of one user only, if told.

    `after`: those that come after that film. `search`: those that have all of these words in what they are found by.
    """
    question = WHOLE.order_by(table.c.created.desc(), table.c.id).limit(limit)
    if user is not None:
        question = question.where(table.c.user == user)
    if after:
        last = select(table.c.created).where(table.c.id == after).scalar_subquery()
        question = question.where(or_(table.c.created < last, and_(table.c.created == last, table.c.id > after)))
    if search:
        question = question.where(*has_words(table.c.words, search))
    if states is not None:
        question = question.where(table.c.state.in_([state.value for state in states]))
    return [_film(row) for row in connection.execute(question).mappings()]


def unfinished_films(connection: Connection) -> list[Film]:
    """Films that someone still waits for, the oldest first: queued, producing, or ready and not yet where they should go."""
    going = table.c.state.in_([FilmState.QUEUED.value, FilmState.PRODUCING.value])
    question = WHOLE.where(or_(going, UNDELIVERED)).order_by(table.c.created, table.c.id)
    return [_film(row) for row in connection.execute(question).mappings()]


def waiting_films(connection: Connection) -> list[tuple[str, FilmState, bool]]:
    """The same films by id and state, and whether their end was asked for: cheap enough to ask each second.

    The urgent ones first; among equals each user's oldest, then each user's next.
    """
    going = table.c.state.in_([FilmState.QUEUED.value, FilmState.PRODUCING.value])
    place = func.row_number().over(partition_by=(table.c.priority, table.c.user), order_by=(table.c.created, table.c.id))
    asked = select(table.c.id, table.c.state, table.c.cancel_requested).where(or_(going, UNDELIVERED))
    rows = connection.execute(asked.order_by(table.c.priority.desc(), place, table.c.created, table.c.id))
    return [(row.id, FilmState(row.state), row.cancel_requested) for row in rows]


def standing(connection: Connection, ids: Collection[str]) -> dict[str, tuple[FilmState, bool]]:
    """Each of these films' state, and whether it is still to be written where it was asked: cheap enough to ask each second."""
    asked = select(table.c.id, table.c.state, UNDELIVERED.label("undelivered")).where(table.c.id.in_(ids))
    return {row.id: (FilmState(row.state), bool(row.undelivered)) for row in connection.execute(asked)}


def start_film(connection: Connection, id: str, now: datetime) -> bool:
    """Whether the line takes a queued film up; False where it was taken up before."""
    return _move(connection, id, FilmState.PRODUCING, {FilmState.QUEUED}, FilmStarted(), now)


def hold_film(connection: Connection, id: str, now: datetime, quote_usd: Decimal | None = None) -> None:
    """A queued film waits for a person's approval; `quote_usd` is the price that the person was told."""
    _move(connection, id, FilmState.AWAITING_APPROVAL, {FilmState.QUEUED}, FilmAwaitsApproval(quote_usd=quote_usd), now)


def approve_film(connection: Connection, id: str, now: datetime) -> None:
    """A film that waited for approval is queued."""
    _move(connection, id, FilmState.QUEUED, {FilmState.AWAITING_APPROVAL}, FilmApproved(), now)


def finish_film(connection: Connection, id: str, output: Digest, seconds: float, now: datetime) -> None:
    """A film that was being produced is in our store.

    From QUEUED too: another process may have asked to resume the film just as it was finished.
    """
    cost = bill(connection, id).settled_usd
    fact = FilmReady(seconds=seconds, cost_usd=cost)
    values = {"output": output, "seconds": seconds, "ended": now, "error": None, "error_code": None}
    values["delivered"] = None  # what was there before it was changed is another film
    know_blob(connection, output, now)
    _move(connection, id, FilmState.READY, {FilmState.QUEUED, FilmState.PRODUCING}, fact, now, values)


def deliver_film(connection: Connection, id: str, path: Path, now: datetime) -> None:
    """A finished film is where the user asked."""
    if film(connection, id).delivered == path:
        return
    ready = and_(table.c.id == id, table.c.state == FilmState.READY.value)
    if not connection.execute(update(table).where(ready).values(delivered=str(path))).rowcount:
        raise ImpossibleChange(f"film {id}", found=_state(connection, id), wanted="delivered")
    events.append(connection, id, FilmDelivered(path=str(path)), now)


def recall_film(connection: Connection, id: str) -> None:
    """A finished film is not where it was delivered any more: it is to be delivered again."""
    ready = and_(table.c.id == id, table.c.state == FilmState.READY.value)
    connection.execute(update(table).where(ready).values(delivered=None))


def fail_film(connection: Connection, id: str, code: str, message: str, now: datetime, *, attention: bool = False) -> None:
    """A film stops, with the error's code and message; with `attention`, until a person has decided about a paid call.

    A ready film stops so too, while it is not where it should go.
    """
    state = FilmState.NEEDS_ATTENTION if attention else FilmState.FAILED
    before = {FilmState.QUEUED, FilmState.PRODUCING, FilmState.NEEDS_ATTENTION} - {state}
    values = {"error_code": code, "error": message, "ended": now}
    _move(connection, id, state, before, FilmFailed(code=code, message=message), now, values, also=UNDELIVERED)


def cancel_film(connection: Connection, id: str, now: datetime) -> None:
    """A film ends because someone asked; what was finished is kept."""
    before = {FilmState.QUEUED, FilmState.AWAITING_APPROVAL, FilmState.PRODUCING, FilmState.NEEDS_ATTENTION}
    _move(connection, id, FilmState.CANCELLED, before, FilmCancelled(), now, {"ended": now})


def request_cancel(connection: Connection, id: str) -> bool:
    """Ask the line, whichever process owns it, to end a film; False where it had ended already. Raises UnknownFilm."""
    state = film(connection, id).state
    if state.ended and state not in {FilmState.NEEDS_ATTENTION, FilmState.AWAITING_APPROVAL}:
        return False
    connection.execute(update(table).where(table.c.id == id).values(cancel_requested=True))
    return True


def cancel_requested(connection: Connection, id: str) -> bool:
    """Whether someone asked for a film's end."""
    return bool(connection.scalar(select(table.c.cancel_requested).where(table.c.id == id)))


def resume_film(connection: Connection, id: str, now: datetime) -> None:
    """Queue a film again that was interrupted, failed, cancelled or is waiting for a person; a wish to end it is forgotten.

    One that was called off before anybody approved it waits for approval again.
    """
    values: dict[str, object] = {"cancel_requested": False, "error": None, "error_code": None, "ended": None}
    before = {FilmState.PRODUCING, FilmState.FAILED, FilmState.CANCELLED, FilmState.NEEDS_ATTENTION}
    if film(connection, id).order.approve and not events.count_of(connection, id, AGREED):
        waits = FilmAwaitsApproval(quote_usd=changes.told_usd(connection, id))
        _move(connection, id, FilmState.AWAITING_APPROVAL, before | {FilmState.QUEUED}, waits, now, values)
        return
    fact = FilmResumed(ready=_ready_shots(connection, id))
    if not _move(connection, id, FilmState.QUEUED, before, fact, now, values):
        connection.execute(update(table).where(table.c.id == id).values(cancel_requested=False))


def revise_film(
    connection: Connection, id: str, storyboard: Storyboard, order: Order, change: FilmChanged, now: datetime
) -> None:
    """What is wanted of a film is another thing from now on: it is queued again, or still waits for approval.

    Whatever makes it now ends with what it has begun; a wish to end it is forgotten.
    """
    values = {"title": storyboard.title, "storyboard": storyboard, "order": order, "budget_micros": order.budget_usd}
    values["words"] = words_of(id, storyboard, order)
    values |= {"cancel_requested": False, "error": None, "error_code": None, "ended": None}
    held = and_(table.c.id == id, table.c.state == FilmState.AWAITING_APPROVAL.value)
    if connection.execute(update(table).where(held).values(values)).rowcount:
        events.append(connection, id, change, now)
        return
    _move(connection, id, FilmState.QUEUED, set(FilmState) - {FilmState.AWAITING_APPROVAL}, change, now, values)


def make_anew(connection: Connection, id: str) -> None:
    """From now on no equal take's clip serves for a shot of the film; takes that it has stay."""
    in_turn(connection, id)
    order = film(connection, id).order.model_copy(update={"cache": False})
    connection.execute(update(table).where(table.c.id == id).values(order=order))


def allow_film(connection: Connection, id: str, budget_usd: Decimal | None) -> None:
    """From now on a film may cost that much, all in all; None: whatever it costs."""
    in_turn(connection, id)
    order = film(connection, id).order.model_copy(update={"budget_usd": budget_usd})
    connection.execute(update(table).where(table.c.id == id).values(order=order, budget_micros=budget_usd))


def delete_film(connection: Connection, id: str) -> None:
    """Remove a film that has ended, its takes and its events; its bill stays. Raises UnknownFilm, ImpossibleChange."""
    state = film(connection, id).state
    open_call = calls.c.state.in_([state.value for state in OPEN])
    unsettled = connection.scalar(select(func.count()).select_from(calls).where(calls.c.film == id, open_call))
    if unsettled or not state.ended:
        raise ImpossibleChange(f"film {id} with {unsettled} unsettled calls", found=state, wanted="deleted")
    connection.execute(delete(table).where(table.c.id == id))


def _move(
    connection: Connection,
    id: str,
    to: FilmState,
    before: Iterable[FilmState],
    fact: Fact,
    now: datetime,
    values: Mapping[str, object] | None = None,
    *,
    also: ColumnElement[bool] | None = None,
) -> bool:
    """Whether the film moved; False where it was there already. Raises UnknownFilm, ImpossibleChange."""
    allowed = table.c.state.in_([state.value for state in before])
    allowed = allowed if also is None else or_(allowed, also)
    change = update(table).where(table.c.id == id, allowed).values({"state": to.value, **(values or {})})
    if connection.execute(change).rowcount:
        events.append(connection, id, fact, now)
        return True
    found = _state(connection, id)
    if found != to:
        raise ImpossibleChange(f"film {id}", found=found, wanted=to)
    return False


def _state(connection: Connection, id: str) -> str:
    return film(connection, id).state


def _ready_shots(connection: Connection, id: str) -> int:
    both = and_(selections.c.take == takes.c.id, takes.c.state == GenerationState.READY.value)
    question = select(func.count()).select_from(selections.join(takes, both)).where(selections.c.film == id)
    return connection.scalar(question) or 0


def _nearest(connection: Connection, text: str) -> list[str]:
    ids = list(connection.scalars(select(table.c.id).order_by(table.c.created.desc()).limit(1000)))
    within = [id for id in ids if text and text in id]
    close = [id for id in get_close_matches(text, ids, n=NEAREST, cutoff=0.4) if id not in within]
    return [*within, *close][:NEAREST]


def _film(row: RowMapping) -> Film:
    kept: dict[str, Any] = {name: row[name] for name in Film.model_fields if name in row}
    return Film.model_validate(kept)


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path)
