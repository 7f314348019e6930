"""Who may use the bot, for how much a day, and for how many films at once."""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from weakref import WeakValueDictionary

from storyreel.domain.film import Film
from storyreel.library import films
from storyreel.library.database import Connection, Database
from storyreel.library.usage import usage

EVERYBODY = "*"
RECENT = 200  # films of one user among which those under way are looked for


@dataclass(frozen=True, slots=True)
class Purse:
    """What a user has spent today, and may spend yet, in US dollars; counted in UTC."""

    spent_usd: Decimal  # and held
    promised_usd: Decimal  # what films under way may still cost
    limit_usd: Decimal
    under_way: int  # films
    most_films: int

    @property
    def left_usd(self) -> Decimal:
        """What another film may cost."""
        return max(Decimal(0), self.limit_usd - self.spent_usd - self.promised_usd)


@dataclass(frozen=True, slots=True)
class Guests:
    """What is allowed to whom."""

    database: Database
    names: Collection[str]  # numbers and names without the @; EVERYBODY; empty: everybody, for what is free
    limit_usd: Decimal
    most_films: int
    now: Callable[[], datetime]
    deciding: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary[str, asyncio.Lock])
    """Of each user for whom something is being begun."""

    def may_use(self, user: int, name: str | None) -> bool:
        """Whether that person may use the bot at all."""
        return not self.names or self._named(user, name)

    def may_pay(self, user: int, name: str | None) -> bool:
        """Whether that person may make what costs."""
        return bool(self.names) and self._named(user, name)

    async def purse(self, owner: str) -> Purse:
        """What that user has left today."""
        day = self.now().date()
        spent, going = await self.database.read(_spent, owner, day)
        promised = sum((_open_usd(film) for film in going), Decimal(0))
        return Purse(spent, promised, self.limit_usd, len(going), self.most_films)

    def one_by_one(self, owner: str) -> asyncio.Lock:
        """Held from a look into a user's purse until what was found to fit is begun: else what fits alone is begun in two chats.

        One process serves a bot, so that nobody else looks meanwhile.
        """
        return self.deciding.setdefault(owner, asyncio.Lock())

    def _named(self, user: int, name: str | None) -> bool:
        return EVERYBODY in self.names or str(user) in self.names or (name or "\0").lower() in self.names


def named(setting: str) -> frozenset[str]:
    """The setting's people: "17, @Ann" -> {"17", "ann"}."""
    return frozenset(one.strip().removeprefix("@").lower() for one in setting.split(",") if one.strip())


def _spent(connection: Connection, owner: str, day: date) -> tuple[Decimal, list[Film]]:
    rows = usage(connection, day, day, owner)
    spent = sum((row.cost_usd + row.held_usd for row in rows), Decimal(0))
    going = [film for film in films.films(connection, limit=RECENT, user=owner) if not film.state.ended]
    return spent, going


def _open_usd(film: Film) -> Decimal:
    """What a film may cost beyond what it has cost and holds."""
    budget = film.order.budget_usd or Decimal(0)
    return max(Decimal(0), budget - film.cost_usd - film.held_usd)
