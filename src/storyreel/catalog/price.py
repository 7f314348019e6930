"""What a generation costs by a route's table: never a guess. No row that holds means that no price is known."""

from collections.abc import Mapping
from decimal import Decimal

from storyreel.domain.model import PriceRow, Route


def price_usd(route: Route, seconds: float, **parameters: str | bool) -> Decimal | None:
    """US dollars for one generation of that length, or None where no price is known.

    `parameters` are the ones that a price may depend on, in our words: resolution, aspect, sound, mode. The seconds are one,
    too: "6".
    """
    if route.price is None:
        return None
    told = {"seconds": f"{seconds:g}", **parameters}
    row = next((row for row in route.price.rows if _holds(row, told)), None)
    if row is None or (row.usd_per_second is None and row.usd_per_clip is None):
        return None
    by_second = (row.usd_per_second or Decimal(0)) * Decimal(str(seconds))
    return by_second + (row.usd_per_clip or Decimal(0))


def _holds(row: PriceRow, parameters: Mapping[str, str | bool]) -> bool:
    return all(parameters.get(name) == value for name, value in row.when.items())
