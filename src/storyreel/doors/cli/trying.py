"""What is told while a shot is tried again: by the same route, by another one, or in other words."""

from decimal import Decimal
from typing import TypeAlias

from storyreel.domain.events import PromptReworded, RouteChanged, TakeRetried
from storyreel.domain.money import price_text

Trying: TypeAlias = TakeRetried | RouteChanged | PromptReworded

REASONS = {
    "resting": "it has failed so often that it is left alone for a while",
    "provider_unavailable": "it does not work now",
    "timed_out": "it took too long",
    "rate_limited": "it has too many requests",
    "route_closed": "it is closed",
    "authentication_failed": "its key is refused",
    "insufficient_credit": "its account is empty",
    "capability_missing": "it cannot make the shot",
}


def trying_text(fact: Trying) -> str:
    """What becomes of a shot, to follow its name: "is asked for again (2 times left)"."""
    match fact:
        case TakeRetried():
            return f"is asked for again ({fact.left} of its retries left, this one included)"
        case RouteChanged():
            reason = REASONS.get(fact.reason, fact.reason)
            return f"is made by {fact.after} instead of {fact.before}: {reason}; {_prices(fact)}"
        case PromptReworded():
            return f"is asked for in other words: “{fact.after}” instead of “{fact.before}”"


def _prices(fact: RouteChanged) -> str:
    before, after = _price(fact.price_before_usd), _price(fact.price_after_usd)
    return f"{after} as before" if before == after else f"{after} instead of {before}"


def _price(usd: Decimal | None) -> str:
    return "a price that is not known" if usd is None else price_text(usd)
