"""A call's first row: the intent and the money, in one transaction, before anything is sent; or what was spent before."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from storyreel.domain.generation import CallState, Key, Repeat
from storyreel.domain.money import NO_BUDGETS, Budgets
from storyreel.library.guard import ImpossibleChange
from storyreel.library.ledger.budgets import SUMS, bound_of_key, bounds_of, must_fit
from storyreel.library.ledger.call import Call, call, known_call
from storyreel.library.locks import exclusively
from storyreel.library.tables import calls as table
from storyreel.library.tables import films


def reserve(
    connection: Connection,
    key: Key,
    take_id: str,
    provider: str,
    repeat: Repeat,
    quote_usd: Decimal | None,
    now: datetime,
    *,
    allow_unpriced: bool = False,
    budgets: Budgets = NO_BUDGETS,
) -> Call:
    """Hold a call's price of its film's budget and of the others; the row that is there, where the key was reserved before.

    `quote_usd` None: no price is known; where there is any budget that needs `allow_unpriced`, and nothing is held.
    Raises BudgetExceeded, with nothing written, where held + settled + quote would pass a budget.
    """
    if kept := call(connection, key):
        return kept
    if budgets.reach_over_films:
        exclusively(connection, SUMS)
    film = _locked_film(connection, key.film)
    bounds = [*bounds_of(key, film.user, now, film.budget_micros, budgets)]
    if film.api_key is not None:
        bounds.append(bound_of_key(connection, film.api_key))
    must_fit(connection, quote_usd, bounds, allow_unpriced=allow_unpriced)
    held = quote_usd or Decimal(0)
    connection.execute(
        insert(table).values(
            key=str(key),
            film=key.film,
            shot=key.shot,
            number=key.take,
            route=key.route,
            take=take_id,
            provider=provider,
            repeat=repeat.value,
            state=CallState.RESERVED.value,
            quote_micros=quote_usd,
            reserved_micros=held,
            cost_micros=Decimal(0),
            attempts=0,
            looks=0,
            cancel_requested=False,
            created=now,
            changed=now,
            user=film.user,
            api_key=film.api_key,
            priority=film.priority,
        )
    )
    return known_call(connection, key, wanted=CallState.RESERVED)


def record_spent(connection: Connection, key: Key, provider: str, cost_usd: Decimal | None, now: datetime) -> None:
    """A call that was paid before its film was accepted, settled; None: its price is not known."""
    if call(connection, key) is not None:
        return
    film = _locked_film(connection, key.film)
    money = {"quote_micros": cost_usd, "reserved_micros": Decimal(0), "cost_micros": cost_usd or Decimal(0)}
    connection.execute(
        insert(table).values(
            key=str(key),
            film=key.film,
            shot=key.shot,
            number=key.take,
            route=key.route,
            take="",
            provider=provider,
            repeat=Repeat.NONE.value,
            state=CallState.DONE.value,
            attempts=1,
            looks=0,
            cancel_requested=False,
            created=now,
            changed=now,
            user=film.user,
            api_key=film.api_key,
            priority=film.priority,
            **money,
        )
    )


def _locked_film(connection: Connection, film: str) -> Row[Any, Any, Any, Any]:
    """Whose film it is, and its own budget, of which its row is the lock. Raises ImpossibleChange where there is none."""
    columns = (films.c.user, films.c.api_key, films.c.priority, films.c.budget_micros)
    row = connection.execute(select(*columns).where(films.c.id == film).with_for_update()).one_or_none()
    if row is None:
        raise ImpossibleChange(f"film {film}", found=None, wanted="charged")
    return row
