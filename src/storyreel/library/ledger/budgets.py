"""Every budget of a call, held against what is held and settled already: asked in the transaction that reserves it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import ColumnElement, Connection, and_, func, select

from storyreel.domain.advice import Advice, Remedy
from storyreel.domain.errors import BudgetExceeded
from storyreel.domain.film import Film
from storyreel.domain.generation import KEYFRAME, Key, keyframe_of
from storyreel.domain.money import Budgets, limit_text, price_text
from storyreel.library.columns import dollars
from storyreel.library.tables import api_keys
from storyreel.library.tables import calls as table

SUMS = "storyreel:budgets"  # held while a call is reserved against sums over several films

RAISE = "Raise it, or choose a cheaper model."
OTHER_KEY = "Use another key; whoever runs the server makes one with a larger budget: `storyreel keys create NAME --budget USD`."
TOMORROW = Advice("Raise it, or go on tomorrow by ", Remedy.RESUME, ".")
AGAIN = "Raise it, or ask again tomorrow."


@dataclass(frozen=True, slots=True)
class Bound:
    """One budget, and the calls that count towards it."""

    name: str  # as `BudgetExceeded.budget`
    limit_usd: Decimal | None  # None: there is no such budget
    setting: str
    whose: str  # what the calls would be brought to that sum
    counted: ColumnElement[bool] | None  # None: the call alone
    remedy: str = RAISE
    also_usd: Decimal = Decimal(0)  # of calls that are planned before this one, and count too


def bounds_of(key: Key, user: str, now: datetime, own_usd: Decimal | None, budgets: Budgets) -> Iterator[Bound]:
    """Every budget of a call: its film's own, and those of the settings."""
    calls, shot = table.c, _shot_of(key)
    film = calls.film == key.film
    of_shot = and_(film, calls.shot.in_([shot, keyframe_of(shot)]))
    day = datetime.combine(now.astimezone(UTC).date(), time(), UTC)
    of_day = and_(calls.created >= day, calls.created < day + timedelta(days=1))
    today = f"this day ({day:%Y-%m-%d}, UTC)"
    yield Bound("film", own_usd, Remedy.BUDGET, "the film", film)
    yield Bound("call", budgets.call_usd, "STORYREEL_BUDGET_CALL", "one call", None)
    yield Bound("shot", budgets.shot_usd, "STORYREEL_BUDGET_SHOT", f"shot {shot} with all its takes", of_shot)
    yield Bound("film", budgets.film_usd, "STORYREEL_BUDGET_FILM", "the film", film)
    yield Bound("user", budgets.user_usd, "STORYREEL_BUDGET_USER", f"the user {user}", calls.user == user)
    yield Bound("day", budgets.day_usd, "STORYREEL_BUDGET_DAY", today, of_day, TOMORROW)


def bound_of_key(connection: Connection, id: str) -> Bound:
    """The budget of an API key: its row is held, so that no other call of it is reserved meanwhile."""
    asked = select(api_keys.c.name, api_keys.c.budget_micros).where(api_keys.c.id == id).with_for_update()
    name, limit = connection.execute(asked).one()
    return _of_key(id, name, limit)


def _of_keys(connection: Connection, id: str | None) -> Iterator[Bound]:
    """The same where nothing is reserved: its row is not held."""
    for name, limit in connection.execute(select(api_keys.c.name, api_keys.c.budget_micros).where(api_keys.c.id == id)):
        yield _of_key(id or "", name, limit)


def _of_key(id: str, name: str, limit: Decimal | None) -> Bound:
    return Bound("key", limit, f"the budget of the key {name}", f"the key {name}", table.c.api_key == id, OTHER_KEY)


def bounds_beside(connection: Connection, user: str, api_key: str | None, budgets: Budgets, now: datetime) -> Iterator[Bound]:
    """The budgets of a call of a film that is not there yet; nothing is held."""
    for bound in bounds_of(Key(film="", shot="", take=1, route=""), user, now, None, budgets):
        yield replace(bound, remedy=AGAIN) if bound.remedy == TOMORROW else bound
    yield from _of_keys(connection, api_key)


def room_in(connection: Connection, bound: Bound) -> Decimal | None:
    """What a bound that reaches over calls leaves, in US dollars; None where there is no such budget, or it is a call's own."""
    if bound.limit_usd is None or bound.counted is None:
        return None
    return bound.limit_usd - _spent(connection, bound.counted) - bound.also_usd


def must_fit(connection: Connection, quote_usd: Decimal | None, bounds: Iterable[Bound], *, allow_unpriced: bool) -> None:
    """Raises BudgetExceeded where a call of that price would pass a bound.

    A call whose price nobody knows (None) is within none, unless that is allowed; what is free is within all.
    """
    if quote_usd == 0 or (quote_usd is None and allow_unpriced):
        return
    for bound in bounds:
        if bound.limit_usd is None:
            continue
        if quote_usd is None:
            raise _unpriced(bound, bound.limit_usd)
        needed = quote_usd + (dollars(0) if bound.counted is None else _spent(connection, bound.counted)) + bound.also_usd
        if needed > bound.limit_usd:
            raise _passed(bound, bound.limit_usd, needed)


def must_fit_key(connection: Connection, film: Film, quote_usd: Decimal | None) -> None:
    """Raises BudgetExceeded for a film, not accepted yet, whose price passes what the budget of its API key leaves."""
    if film.api_key is not None:
        bounds = [bound_of_key(connection, film.api_key)]
        must_fit(connection, quote_usd, bounds, allow_unpriced=film.order.allow_unpriced)


def must_fit_all(
    connection: Connection,
    film: Film,
    wanted: Iterable[tuple[Key, Decimal | None]],
    budgets: Budgets,
    now: datetime,
    *,
    allow_unpriced: bool = False,
) -> None:
    """Raises BudgetExceeded where these calls of a film, sent one after the other, would pass a bound; nothing is held."""
    before: list[tuple[Key, Decimal]] = []
    of_key = list(_of_keys(connection, film.api_key))
    for key, quote_usd in wanted:
        bounds = [
            replace(bound, also_usd=_beside(bound, key, before), remedy=AGAIN if bound.remedy == TOMORROW else bound.remedy)
            for bound in (*bounds_of(key, film.user, now, None, budgets), *of_key)
        ]
        must_fit(connection, quote_usd, bounds, allow_unpriced=allow_unpriced)
        before.append((key, quote_usd or Decimal(0)))


def _beside(bound: Bound, key: Key, before: Iterable[tuple[Key, Decimal]]) -> Decimal:
    """What the planned calls before one come to that count towards the same bound."""
    if bound.counted is None:
        return Decimal(0)
    alike = [usd for other, usd in before if bound.name != "shot" or _shot_of(other) == _shot_of(key)]
    return sum(alike, Decimal(0))


def _shot_of(key: Key) -> str:
    return key.shot.removesuffix(KEYFRAME)


def _spent(connection: Connection, counted: ColumnElement[bool]) -> Decimal:
    """What these calls hold and have cost."""
    held, cost = connection.execute(select(func.sum(table.c.reserved_micros), func.sum(table.c.cost_micros)).where(counted)).one()
    return (held or dollars(0)) + (cost or dollars(0))


def _unpriced(bound: Bound, limit: Decimal) -> BudgetExceeded:
    told = Advice(f"The next call has no known price, so the budget of {limit_text(limit)} (", bound.setting, ") refuses it.")
    message = Advice(told, " Choose a model that has a price, or allow it with ", Remedy.ALLOW_UNPRICED, ".")
    return BudgetExceeded(message, budget=bound.name, limit_usd=str(limit), needed_usd="unknown", setting=bound.setting)


def _passed(bound: Bound, limit: Decimal, needed: Decimal) -> BudgetExceeded:
    told = f"The next call would bring {bound.whose} to {price_text(needed)}; "
    message = Advice(told, bound.setting, f" allows {limit_text(limit)}. ", bound.remedy)
    return BudgetExceeded(message, budget=bound.name, limit_usd=str(limit), needed_usd=str(needed), setting=bound.setting)
