"""Money, lengths and times as the pages show them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from storyreel.domain.money import limit_text, paid_text, price_text

LONGEST_TILE = 15


def clock(seconds: float) -> str:
    """A length: "0:36"."""
    minutes, left = divmod(round(seconds), 60)
    return f"{minutes}:{left:02}"


def plain(number: float) -> str:
    """A number without digits that say nothing: "6", "4.5"."""
    return f"{round(number, 2):g}"


def moment(at: datetime) -> Markup:
    """A time of the day, which a script turns to the reader's own."""
    told = at.astimezone(UTC)
    return Markup('<time datetime="{}">{}</time>').format(told.isoformat(timespec="seconds"), f"{told:%H:%M}")


def day(at: datetime) -> Markup:
    """A day, likewise."""
    told = at.astimezone(UTC)
    return Markup('<time datetime="{}" data-day>{}</time>').format(told.isoformat(timespec="seconds"), f"{told:%Y-%m-%d}")


def width(seconds: float) -> int:
    """How wide a shot is in the reel, in steps that the stylesheet knows."""
    return min(LONGEST_TILE, max(1, round(seconds)))


def paid(usd: Decimal | float) -> str:
    """US dollars that were paid."""
    return paid_text(Decimal(str(usd)))


FILTERS: Mapping[str, Any] = {
    "clock": clock,
    "plain": plain,
    "moment": moment,
    "day": day,
    "width": width,
    "paid": paid,
    "price": price_text,
    "limit": limit_text,
}
