"""Budgets per call, shot, film, user and day hold whatever is reserved at once, and say which one refuses. Requirement F3."""

import asyncio
from collections import defaultdict
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyreel.domain.errors import BudgetExceeded
from storyreel.domain.generation import Key, Repeat, keyframe_of
from storyreel.domain.money import Budgets
from storyreel.library import films, ledger
from storyreel.library.database import Connection, Database
from storyreel.library.ledger import Call
from tests.library.rows import NOW, a_film
from tests.properties import examples

USERS = {"ann-0001": "ann", "ann-0002": "ann", "bob-0001": "bob"}
SHOTS = ("s1", keyframe_of("s1"), "s2")

Wish = tuple[str, str, int, Decimal]  # film, shot, day, price
LIMITS = st.none() | st.decimals(Decimal(0), Decimal(3), places=2)
WISHES = st.lists(
    st.tuples(
        st.sampled_from(sorted(USERS)), st.sampled_from(SHOTS), st.integers(0, 1), st.decimals(Decimal(0), Decimal(1), places=2)
    ),
    min_size=4,
    max_size=14,
)


def make_films(connection: Connection) -> None:
    for film, user in USERS.items():
        films.insert_film(connection, a_film(film).model_copy(update={"user": user}))


async def reserve_all(databases: list[Database], wishes: list[Wish], budgets: Budgets) -> list[Call | BaseException]:
    """Every call at once, by one database handle and the other in turn."""
    tries = [
        databases[number % 2].write(
            ledger.reserve,
            Key(film=film, shot=shot, take=number, route="veo@cloud"),
            f"t{number}",
            "cloud",
            Repeat.NONE,
            price,
            NOW + timedelta(days=day),
            budgets=budgets,
        )
        for number, (film, shot, day, price) in enumerate(wishes)
    ]
    return await asyncio.gather(*tries, return_exceptions=True)


def sums(calls: list[Call]) -> dict[str, Decimal]:
    """The most that any call, shot, film, user or day holds."""
    held: dict[tuple[str, object], Decimal] = defaultdict(Decimal)
    for call in calls:
        shot = (call.key.film, call.key.shot.partition(":")[0])
        for name, of in (("call", call.key), ("shot", shot), ("film", call.key.film), ("user", call.user), ("day", day(call))):
            held[name, of] += call.reserved_usd
    return {name: max((usd for (kind, _), usd in held.items() if kind == name), default=Decimal(0)) for name, _ in held}


def day(call: Call) -> datetime:
    return call.created.replace(hour=0)


@settings(max_examples=examples(12), deadline=None)
@given(wishes=WISHES, limits=st.tuples(LIMITS, LIMITS, LIMITS, LIMITS, LIMITS))
def test_whatever_is_reserved_at_once_no_budget_is_passed(wishes: list[Wish], limits: tuple[Decimal | None, ...]) -> None:
    call, shot, film, user, today = limits
    budgets = Budgets(call_usd=call, shot_usd=shot, film_usd=film, user_usd=user, day_usd=today)
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'walk.db'}"
        with Database.open(url) as one, Database.open(url) as other:
            one.write_now(make_films)
            outcomes = asyncio.run(reserve_all([one, other], wishes, budgets))
            held = one.read_now(ledger.unsettled)

    assert {type(outcome) for outcome in outcomes} <= {Call, BudgetExceeded}
    most = sums(held)
    for name, limit in zip(("call", "shot", "film", "user", "day"), limits, strict=True):
        assert limit is None or most.get(name, Decimal(0)) <= limit
    if all(limit is None for limit in limits):
        assert len(held) == len(wishes)


@pytest.mark.postgres
async def test_a_day_s_budget_holds_over_films_and_users_at_once(database: Database) -> None:
    await database.write(make_films)
    wishes = [(film, f"s{number}", 0, Decimal("0.70")) for number in range(10) for film in USERS]

    await reserve_all([database, database], wishes, Budgets(day_usd=Decimal(10)))

    assert sum(call.reserved_usd for call in await database.read(ledger.unsettled)) == Decimal("9.8")


@pytest.mark.parametrize(
    ("budgets", "says"),
    [
        (Budgets(call_usd=Decimal("0.5")), r"one call to \$0\.60; STORYREEL_BUDGET_CALL allows \$0\.50"),
        (Budgets(shot_usd=Decimal("1.1")), r"shot s1 with all its takes to \$1\.20; STORYREEL_BUDGET_SHOT allows \$1\.10"),
        (Budgets(film_usd=Decimal(1)), r"the film to \$1\.20; STORYREEL_BUDGET_FILM allows \$1\.00"),
        (Budgets(user_usd=Decimal(1)), r"the user ann to \$1\.20; STORYREEL_BUDGET_USER allows \$1\.00"),
        (Budgets(day_usd=Decimal(1)), r"this day \(2026-11-21, UTC\) to \$1\.20; STORYREEL_BUDGET_DAY allows \$1\.00"),
    ],
    ids=["call", "shot", "film", "user", "day"],
)
async def test_who_refuses_is_told_with_its_setting(database: Database, budgets: Budgets, says: str) -> None:
    await database.write(make_films)
    wishes = [("ann-0001", "s1", 0, Decimal("0.60")), ("ann-0001", keyframe_of("s1"), 0, Decimal("0.60"))]

    refused = [one for one in await reserve_all([database, database], wishes, budgets) if isinstance(one, BudgetExceeded)]

    [name] = [name.removesuffix("_usd") for name, limit in budgets if limit is not None]
    with pytest.raises(BudgetExceeded, match=says):
        raise refused[-1]
    assert (refused[-1].budget, refused[-1].setting) == (name, f"STORYREEL_BUDGET_{name.upper()}")


async def test_another_day_has_its_own_budget_and_what_is_free_fits_into_any(database: Database) -> None:
    await database.write(make_films)
    wishes = [("ann-0001", "s1", day, Decimal(1)) for day in (0, 1)] + [("ann-0001", "s2", 0, Decimal(0))]

    outcomes = await reserve_all([database, database], wishes, Budgets(day_usd=Decimal(1), call_usd=Decimal(1)))

    assert not any(isinstance(outcome, BaseException) for outcome in outcomes)
    key = Key(film="ann-0001", shot="s3", take=1, route="veo@cloud")
    with pytest.raises(BudgetExceeded, match="no known price"):
        await database.write(ledger.reserve, key, "t", "cloud", Repeat.NONE, None, NOW, budgets=Budgets(day_usd=Decimal(9)))
