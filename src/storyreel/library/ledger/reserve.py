"""A call's first row: the intent and the money, in one transaction, before anything is sent; or what was spent before."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection, insert, select

from storyreel.domain.errors import BudgetExceeded
from storyreel.domain.generation import CallState, Key, Repeat
from storyreel.domain.money import limit_text, price_text
from storyreel.library.guard import ImpossibleChange
from storyreel.library.ledger.call import Call, bill, call, known_call
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
) -> Call:
    """Hold a call's price of its film's budget; the row that is there, where the key was reserved before.

    `quote_usd` None: no price is known; a film with a budget then needs `allow_unpriced`, and nothing is held.
    Raises BudgetExceeded, with nothing written, where held + settled + quote would pass the budget.
    """
    if kept := call(connection, key):
        return kept
    _check_budget(connection, key.film, quote_usd, allow_unpriced=allow_unpriced)
    whose = connection.execute(select(films.c.user, films.c.priority).where(films.c.id == key.film)).one()
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
            user=whose.user,
            priority=whose.priority,
        )
    )
    return known_call(connection, key, wanted=CallState.RESERVED)


def record_spent(connection: Connection, key: Key, provider: str, cost_usd: Decimal | None, now: datetime) -> None:
    """A call that was paid before its film was accepted, settled; None: its price is not known."""
    if call(connection, key) is not None:
        return
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
            **money,
        )
    )


def _check_budget(connection: Connection, film: str, quote: Decimal | None, *, allow_unpriced: bool) -> None:
    locked = select(films.c.id, films.c.budget_micros).where(films.c.id == film).with_for_update()
    row = connection.execute(locked).one_or_none()  # the film's row is the lock of its budget
    if row is None:
        raise ImpossibleChange(f"film {film}", found=None, wanted="charged")
    budget: Decimal | None = row.budget_micros
    if budget is None or (quote is None and allow_unpriced):
        return
    if quote is None:
        told = f"The next call has no known price, so the budget of {limit_text(budget)} refuses it."
        message = f"{told} Choose a model that has a price."
        raise BudgetExceeded(message, budget="film", limit_usd=str(budget), needed_usd="unknown")
    so_far = bill(connection, film)
    needed = so_far.reserved_usd + so_far.settled_usd + quote
    if needed > budget:
        told = f"The next call would bring the film to {price_text(needed)}; its budget is {limit_text(budget)}."
        message = f"{told} Raise it or choose a cheaper model."
        raise BudgetExceeded(message, budget="film", limit_usd=str(budget), needed_usd=str(needed))
