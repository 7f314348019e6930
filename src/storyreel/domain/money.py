"""Money as it is told to a person: what was paid is rounded to the nearest cent, what will be asked never downwards."""

from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

CENT, SMALL = Decimal("0.01"), Decimal("0.0001")


def paid_text(usd: Decimal) -> str:
    """US dollars that were paid, with cents, and more digits only where cents would say nothing: "$0.67" of 0.665."""
    return f"${usd.quantize(_unit(usd), ROUND_HALF_UP):f}"


def price_text(usd: Decimal) -> str:
    """US dollars that will be asked, no less than they are: "$0.67" of 0.661."""
    return f"${usd.quantize(_unit(usd), ROUND_CEILING):f}"


def limit_text(usd: Decimal) -> str:
    """A limit in US dollars just as it was set, with cents at least: "$0.665", "$5.00"."""
    return f"${usd.quantize(CENT):f}" if usd == usd.quantize(CENT) else f"${usd.normalize():f}"


def _unit(usd: Decimal) -> Decimal:
    return CENT if usd == 0 or usd >= CENT else SMALL
