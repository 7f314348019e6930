"""The bill: a line for each call that was ever meant to be sent, what is held and settled, and what was spared."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from storyreel.catalog.catalogue import Catalogue
from storyreel.catalog.quote import price_of
from storyreel.domain.errors import UnknownModel
from storyreel.domain.generation import CallState, Take, name_of
from storyreel.domain.values import Value
from storyreel.library import ledger, takes
from storyreel.library.database import Connection
from storyreel.library.ledger import Call


class BillLine(Value):
    """One call on the bill; money in US dollars, None where nobody tells."""

    film: str
    shot: str  # "storyboard": a language model wrote it
    take: str
    provider: str
    route: str
    state: CallState
    quote_usd: Decimal | None
    reserved_usd: Decimal  # held until it is settled
    cost_usd: Decimal | None  # settled
    remote_id: str | None  # what the provider itself calls the generation
    created: datetime


class DaySum(Value):
    """What one provider's calls of one day (UTC) come to, as far as prices are known."""

    day: date
    provider: str
    calls: int
    unknown: int  # of the calls, those whose price nobody tells; the sums leave them out
    reserved_usd: Decimal
    settled_usd: Decimal


class Statement(Value):
    """A film's bill, or that of all films, in US dollars; a sum of which a part is not known is None."""

    quoted_usd: Decimal | None
    reserved_usd: Decimal
    settled_usd: Decimal | None
    saved_usd: Decimal | None  # what equal takes' clips spared
    lines: tuple[BillLine, ...]

    @property
    def days(self) -> tuple[DaySum, ...]:
        """The sums of each day and provider, the latest day first."""
        found: dict[tuple[date, str], list[BillLine]] = defaultdict(list)
        for line in self.lines:
            found[line.created.astimezone(UTC).date(), line.provider].append(line)
        return tuple(_sum(day, provider, lines) for (day, provider), lines in sorted(found.items(), reverse=True))


def statement(connection: Connection, film: str | None, catalogue: Catalogue) -> Statement:
    """The bill of a film, or of all films that ever were."""
    lines = tuple(_line(call) for call in ledger.calls_of(connection, film))
    return Statement(
        quoted_usd=_together(line.quote_usd for line in lines),
        reserved_usd=sum((line.reserved_usd for line in lines), Decimal(0)),
        settled_usd=_together(line.cost_usd for line in lines),
        saved_usd=_together(_saved(take, catalogue) for take in takes.reused_takes(connection, film)),
        lines=lines,
    )


def _line(call: Call) -> BillLine:
    untold = call.quote_usd is None and call.state is CallState.DONE and not call.cost_usd
    return BillLine(
        film=call.key.film,
        shot=call.key.shot,
        take=call.take,
        provider=call.provider,
        route=call.key.route,
        state=call.state,
        quote_usd=call.quote_usd,
        reserved_usd=call.reserved_usd,
        cost_usd=None if untold else call.cost_usd,
        remote_id=None if call.remote_id is None else name_of(call.remote_id),
        created=call.created,
    )


def _saved(take: Take, catalogue: Catalogue) -> Decimal | None:
    """What a take spared: kept with it, or 0 where making it is free today; None where nobody knows."""
    if take.saved_usd:
        return take.saved_usd
    try:
        _, route = catalogue.known_route(take.route)
    except UnknownModel:
        return None
    return None if price_of(route, take.request) is None else Decimal(0)


def _sum(day: date, provider: str, lines: Sequence[BillLine]) -> DaySum:
    return DaySum(
        day=day,
        provider=provider,
        calls=len(lines),
        unknown=sum(line.cost_usd is None for line in lines),
        reserved_usd=sum((line.reserved_usd for line in lines), Decimal(0)),
        settled_usd=sum((line.cost_usd or Decimal(0) for line in lines), Decimal(0)),
    )


def _together(parts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum, or None where a part is."""
    every = list(parts)
    known = [part for part in every if part is not None]
    return sum(known, Decimal(0)) if len(known) == len(every) else None
