"""What is told while a shot is tried again (by its route, by another one, in other words), and while nothing happens to it."""

from decimal import Decimal
from math import ceil
from typing import TypeAlias

from storyreel.domain.events import FilmStalled, PromptReworded, RouteChanged, TakeDelayed, TakeRetried, TakeSought
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


def standing_still_text(fact: TakeDelayed | TakeSought | FilmStalled) -> str:
    """Why nothing happens to a shot, or a film: "waiting for a turn at replicate (8 of 8 under way)"."""
    match fact:
        case TakeDelayed():
            full = f" ({fact.under_way} of {fact.at_once} under way)" if fact.under_way >= fact.at_once else ""
            return f"waiting for a turn at {fact.provider}{full}"
        case TakeSought():
            return f"asking {fact.provider} whether the request arrived (up to {ceil(fact.seconds)} s)"
        case FilmStalled():
            return f"waiting for {fact.where}: {fact.message}"


def _prices(fact: RouteChanged) -> str:
    before, after = _price(fact.price_before_usd), _price(fact.price_after_usd)
    return f"{after} as before" if before == after else f"{after} instead of {before}"


def _price(usd: Decimal | None) -> str:
    return "a price that is not known" if usd is None else price_text(usd)
