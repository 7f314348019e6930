"""Money as it is told to a person: what was paid is rounded to the nearest cent, what will be asked never downwards."""

from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from storyreel.domain.values import Usd, Value

CENT, SMALL = Decimal("0.01"), Decimal("0.0001")


class Budgets(Value):
    """What may be spent in US dollars, held and settled together, beside each film's own budget; None: as much as is asked."""

    call_usd: Usd | None = None  # one call
    shot_usd: Usd | None = None  # one shot of a film, with all its takes and its keyframe
    film_usd: Usd | None = None
    user_usd: Usd | None = None  # one user's films, ever
    day_usd: Usd | None = None  # everybody's calls of one day, in UTC

    @property
    def reach_over_films(self) -> bool:
        """Whether films count together."""
        return self.user_usd is not None or self.day_usd is not None


NO_BUDGETS = Budgets()


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
