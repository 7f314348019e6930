"""What a storyboard will cost and how long it will take, before anything is sent."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from storyreel.catalog.price import price_usd
from storyreel.domain.generation import Request
from storyreel.domain.model import Model, Quote, Route

BY_HAND = Decimal(1) / 3  # the worst case where nothing is made again by itself: a person has one take in three made again


def price_of(route: Route, request: Request) -> Decimal | None:
    """US dollars for one generation, or None where no price is known."""
    size, mode = request.size, request.modes[-1].value
    parameters = {"sound": request.sound, "resolution": size.resolution, "aspect": size.shape, "mode": mode}
    return price_usd(route, request.seconds, **parameters)


def quote_of(
    model: Model,
    route: Route,
    requests: Sequence[Request],
    *,
    in_a_row: int = 1,
    retakes: int = 0,
    dearest: Sequence[Decimal | None] | None = None,
) -> Quote:
    """The quote for these generations by one route; None where the route has no price for one of them.

    `in_a_row` is how many of them must wait for one another; `retakes`, how often each may be made again by itself: the worst
    case is that each is, or without retakes that a person has one in three made again. `dearest`: what each costs by the dearest
    way that it may be made by, where there are others than this one.
    """
    prices = [price_of(route, request) for request in requests]
    known = [price for price in prices if price is not None]
    expected = sum(known, Decimal(0)) if len(known) == len(prices) else None
    most = [price for price in prices if price is not None] if dearest is None else [one for one in dearest if one is not None]
    at_most = sum(most, Decimal(0)) if len(most) == len(prices) else None
    worst = at_most + at_most * (retakes or BY_HAND) if expected is not None and at_most is not None else None
    rounds = max(in_a_row, -(-len(requests) // route.concurrency))
    least = model.times.typical_s * rounds
    return Quote(expected_usd=expected, worst_usd=worst, seconds=(least, least * 2))


def dearest_of(prices: Iterable[Decimal | None]) -> Decimal | None:
    """The highest of these prices; None where one of them is not known."""
    every = list(prices)
    known = [price for price in every if price is not None]
    return max(known, default=Decimal(0)) if len(known) == len(every) else None


def together(quotes: Iterable[Quote]) -> Quote:
    """The quote for one piece of work after another; unknown where one of them is."""
    every = list(quotes)
    expected = [quote.expected_usd for quote in every if quote.expected_usd is not None]
    worst = [quote.worst_usd for quote in every if quote.worst_usd is not None]
    known = len(expected) == len(worst) == len(every)
    return Quote(
        expected_usd=sum(expected, Decimal(0)) if known else None,
        worst_usd=sum(worst, Decimal(0)) if known else None,
        seconds=(sum(quote.seconds[0] for quote in every), sum(quote.seconds[1] for quote in every)),
    )
