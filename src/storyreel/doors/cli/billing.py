"""What `bill` prints: of a film each call, of all films each day and provider."""

from decimal import Decimal
from typing import TYPE_CHECKING

from storyreel.domain.money import paid_text, price_text
from storyreel.domain.values import JSON
from storyreel.doors.cli.render import counted
from storyreel.doors.cli.screen import Screen

if TYPE_CHECKING:
    from storyreel.production.bills import BillLine, DaySum, Statement
    from storyreel.studio import Studio

UNKNOWN = "not known"


async def say_bill(studio: "Studio", screen: Screen, film: str | None) -> None:
    """The bill of a film, or of all films."""
    found = await studio.bill(film)
    screen.answer(_object(found, all_films=film is None))
    if not found.lines:
        screen.say("Bill", "nothing was ever sent" if film is None else "nothing was sent for this film")
        return
    if film is None:
        _say_days(screen, found)
    else:
        _say_lines(screen, found)
    screen.say("Settled", paid(found.settled_usd))
    screen.say("Held", paid(found.reserved_usd))
    screen.say("Quoted", paid(found.quoted_usd))
    screen.say("Saved", f"{paid(found.saved_usd)} by clips that were there already")


def paid(usd: Decimal | None) -> str:
    """US dollars that were paid, or that nobody tells."""
    return UNKNOWN if usd is None else paid_text(usd)


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

    rows = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for column in ("take", "route", "state", "quote", "held", "cost", "there"):
        rows.add_column(column, overflow="fold", justify="right" if column in {"quote", "held", "cost"} else "left")
    for line in found.lines:
        quote = UNKNOWN if line.quote_usd is None else price_text(line.quote_usd)
        held = paid_text(line.reserved_usd) if line.reserved_usd else ""
        rows.add_row(line.take or line.shot, line.route, line.state.value, quote, held, paid(line.cost_usd), line.remote_id or "")
    screen.show(rows)


def _say_days(screen: Screen, found: "Statement") -> None:
    from rich.table import Table

    rows = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for column in ("day (UTC)", "provider", "calls", "held", "settled", ""):
        rows.add_column(column, justify="right" if column in {"calls", "held", "settled"} else "left")
    for day in found.days:
        held = paid_text(day.reserved_usd) if day.reserved_usd else ""
        besides = f"and {counted(day.unknown, 'call')} at a price that is not known" if day.unknown else ""
        rows.add_row(day.day.isoformat(), day.provider, str(day.calls), held, paid_text(day.settled_usd), besides)
    screen.show(rows)


def _number(usd: Decimal | None) -> float | None:
    return None if usd is None else float(usd)
