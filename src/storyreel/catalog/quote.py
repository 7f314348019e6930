"""What a storyboard will cost and how long it will take, before anything is sent."""

from collections.abc import Sequence
from decimal import Decimal

from storyreel.catalog.price import price_usd
from storyreel.domain.model import Model, Quote, Route

RETAKES = Decimal(1) / 3  # the worst case: one shot in three is made twice


def quote_of(model: Model, route: Route, seconds: Sequence[float], *, sound: bool, resolution: str) -> Quote:
    """The quote for shots of these lengths by one route; None where the route has no price for one of them."""
    prices = [price_usd(route, length, sound=sound, resolution=resolution) for length in seconds]
    known = [price for price in prices if price is not None]
    expected = sum(known, Decimal(0)) if len(known) == len(prices) else None
    worst = expected + expected * RETAKES if expected is not None else None
    rounds = -(-len(seconds) // route.concurrency)
    least = model.times.typical_s * rounds
    return Quote(expected_usd=expected, worst_usd=worst, seconds=(least, least * 2))
