"""What `bill` prints: of a film each call, of all films each day and provider."""

from decimal import Decimal
from typing import TYPE_CHECKING

from storyreel.domain.money import paid_text, price_text
from storyreel.domain.values import JSON
from storyreel.doors.cli.screen import Screen
from storyreel.doors.languages.voice import Voice

if TYPE_CHECKING:
    from storyreel.production.bills import BillLine, DaySum, Statement
    from storyreel.studio import Studio


async def say_bill(studio: "Studio", screen: Screen, film: str | None) -> None:
    """The bill of a film, or of all films."""
    found = await studio.bill(film)
    screen.answer(_object(found, all_films=film is None))
    said = screen.said
    if not found.lines:
        nothing = said("nothing was ever sent") if film is None else said("nothing was sent for this film")
        screen.say(said("Bill"), nothing)
        return
    if film is None:
        _say_days(screen, found)
    else:
        _say_lines(screen, found)
    screen.say(said("Settled"), paid(said, found.settled_usd))
    screen.say(said("Held"), paid(said, found.reserved_usd))
    screen.say(said("Quoted"), paid(said, found.quoted_usd))
    screen.say(said("Saved"), said("{price} by clips that were there already", price=paid(said, found.saved_usd)))


def paid(said: Voice, usd: Decimal | None) -> str:
    """US dollars that were paid, or that nobody tells."""
    return said("not known") if usd is None else paid_text(usd)


def _object(found: "Statement", *, all_films: bool) -> dict[str, JSON]:
    told: dict[str, JSON] = {
        "quoted_usd": _number(found.quoted_usd),
        "reserved_usd": float(found.reserved_usd),
        "settled_usd": _number(found.settled_usd),
        "saved_usd": _number(found.saved_usd),
        "lines": [*map(_line, found.lines)],
    }
    if all_films:
        told["days"] = [*map(_day, found.days)]
    return told


def _line(line: "BillLine") -> dict[str, JSON]:
    return {
        "film": line.film,
        "shot": line.shot,
        "take": line.take,
        "provider": line.provider,
        "route": line.route,
        "state": line.state.value,
        "quote_usd": _number(line.quote_usd),
        "reserved_usd": float(line.reserved_usd),
        "cost_usd": _number(line.cost_usd),
        "remote_id": line.remote_id,
        "created": line.created.isoformat(),
    }


def _day(day: "DaySum") -> dict[str, JSON]:
    return {
        "day": day.day.isoformat(),
        "provider": day.provider,
        "calls": day.calls,
        "unknown": day.unknown,
        "reserved_usd": float(day.reserved_usd),
        "settled_usd": float(day.settled_usd),
    }


def _say_lines(screen: Screen, found: "Statement") -> None:
    from rich.table import Table

    said = screen.said
    rows = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for column in (said("take"), said("route"), said("state")):
        rows.add_column(column, overflow="fold")
    for column in (said("quote"), said("held"), said("cost")):
        rows.add_column(column, overflow="fold", justify="right")
    rows.add_column(said("there"), overflow="fold")
    for line in found.lines:
        quote = said("not known") if line.quote_usd is None else price_text(line.quote_usd)
        held = paid_text(line.reserved_usd) if line.reserved_usd else ""
        cells = (line.take or line.shot, line.route, said.word(line.state), quote, held, paid(said, line.cost_usd))
        rows.add_row(*cells, line.remote_id or "")
    screen.show(rows)


def _say_days(screen: Screen, found: "Statement") -> None:
    from rich.table import Table

    said = screen.said
    rows = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for column in (said("day (UTC)"), said("provider")):
        rows.add_column(column)
    for column in (said("calls"), said("held"), said("settled")):
        rows.add_column(column, justify="right")
    rows.add_column("")
    for day in found.days:
        held = paid_text(day.reserved_usd) if day.reserved_usd else ""
        unknown = said.ngettext(
            "and {number} call at a price that is not known", "and {number} calls at a price that is not known", day.unknown
        )
        besides = unknown if day.unknown else ""
        rows.add_row(day.day.isoformat(), day.provider, str(day.calls), held, paid_text(day.settled_usd), besides)
    screen.show(rows)


def _number(usd: Decimal | None) -> float | None:
    return None if usd is None else float(usd)
