"""Figures of everything that is kept, in few questions: films, calls, money, failures. The same for all who ask."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, func, select

from storyreel.domain.film import FilmState
from storyreel.domain.generation import CallState
from storyreel.domain.values import Usd, Value
from storyreel.library.columns import dollars
from storyreel.library.tables import calls, films


class FilmFigures(Value):
    """The films in one state."""

    films: int
    oldest: datetime  # when the first of them was accepted


class CallFigures(Value):
    """The calls by one route that are in one state."""

    provider: str
    route: str
    state: CallState
    calls: int
    reserved_usd: Usd
    settled_usd: Usd
    oldest: datetime  # when the first of them was reserved


class FailureFigures(Value):
    """The calls to one provider that failed by one error."""

    provider: str
    code: str
    calls: int


class Figures(Value):
    """Everything, as it is at one moment."""

    films: Mapping[FilmState, FilmFigures]
    calls: tuple[CallFigures, ...]
    failures: tuple[FailureFigures, ...]


def figures(connection: Connection) -> Figures:
    """What is kept, counted."""
    return Figures(films=_films(connection), calls=_calls(connection), failures=failures(connection))


def failures(connection: Connection, since: datetime | None = None) -> tuple[FailureFigures, ...]:
    """The failures of calls by provider and code, the most frequent first; of those that ended since then, where that is told."""
    failed = calls.c.state == CallState.FAILED.value
    question = select(calls.c.provider, calls.c.error_code, func.count().label("many")).where(failed)
    if since is not None:
        question = question.where(calls.c.changed >= since)
    rows = connection.execute(question.group_by(calls.c.provider, calls.c.error_code).order_by(func.count().desc()))
    return tuple(FailureFigures(provider=row.provider, code=row.error_code or "error", calls=row.many) for row in rows)


def _films(connection: Connection) -> dict[FilmState, FilmFigures]:
    question = select(films.c.state, func.count().label("many"), func.min(films.c.created).label("oldest")).group_by(
        films.c.state
    )
    return {FilmState(row.state): FilmFigures(films=row.many, oldest=row.oldest) for row in connection.execute(question)}


def _calls(connection: Connection) -> tuple[CallFigures, ...]:
    question = select(
        calls.c.provider,
        calls.c.route,
        calls.c.state,
        func.count().label("many"),
        func.sum(calls.c.reserved_micros).label("reserved"),
        func.sum(calls.c.cost_micros).label("settled"),
        func.min(calls.c.created).label("oldest"),
    ).group_by(calls.c.provider, calls.c.route, calls.c.state)
    return tuple(
        CallFigures(
            provider=row.provider,
            route=row.route,
            state=CallState(row.state),
            calls=row.many,
            reserved_usd=row.reserved or dollars(0),
            settled_usd=row.settled or dollars(0),
            oldest=row.oldest,
        )
        for row in connection.execute(question.order_by(calls.c.provider, calls.c.route, calls.c.state))
    )
