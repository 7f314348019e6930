"""What is told while a shot is tried again (by its route, by another one, in other words), and while nothing happens to it."""

from decimal import Decimal
from math import ceil
from typing import TypeAlias

from storyreel.domain.events import FilmStalled, PromptReworded, RouteChanged, TakeDelayed, TakeRetried, TakeSought
from storyreel.domain.money import price_text
from storyreel.doors.languages.voice import Voice
from storyreel.doors.languages.words import N_

Trying: TypeAlias = TakeRetried | RouteChanged | PromptReworded

REASONS = {
    "resting": N_("it has failed so often that it is left alone for a while"),
    "provider_unavailable": N_("it does not work now"),
    "timed_out": N_("it took too long"),
    "rate_limited": N_("it has too many requests"),
    "route_closed": N_("it is closed"),
    "authentication_failed": N_("its key is refused"),
    "insufficient_credit": N_("its account is empty"),
    "capability_missing": N_("it cannot make the shot"),
}


def trying_text(said: Voice, shot: str, fact: Trying) -> str:
    """What becomes of a shot: "shot 2 is asked for again (2 of its retries left, this one included)"."""
    match fact:
        case TakeRetried():
            return said("{shot} is asked for again ({left} of its retries left, this one included)", shot=shot, left=fact.left)
        case RouteChanged():
            reason = said(REASONS.get(fact.reason, fact.reason))
            return said(
                "{shot} is made by {after} instead of {before}: {reason}; {prices}",
                shot=shot,
                after=fact.after,
                before=fact.before,
                reason=reason,
                prices=_prices(said, fact),
            )
        case PromptReworded():
            return said(
                "{shot} is asked for in other words: “{after}” instead of “{before}”",
                shot=shot,
                after=fact.after,
                before=fact.before,
            )


def standing_still_text(said: Voice, fact: TakeDelayed | TakeSought | FilmStalled) -> str:
    """Why nothing happens to a shot, or a film: "waiting for a turn at replicate (8 of 8 under way)"."""
    match fact:
        case TakeDelayed() if fact.under_way >= fact.at_once:
            full = {"provider": fact.provider, "under_way": fact.under_way, "at_once": fact.at_once}
            return said("waiting for a turn at {provider} ({under_way} of {at_once} under way)", **full)
        case TakeDelayed():
            return said("waiting for a turn at {provider}", provider=fact.provider)
        case TakeSought():
            most = ceil(fact.seconds)
            return said("asking {provider} whether the request arrived (up to {seconds} s)", provider=fact.provider, seconds=most)
        case FilmStalled():
            return said("waiting for {where}: {message}", where=fact.where, message=fact.message)


def _prices(said: Voice, fact: RouteChanged) -> str:
    before, after = _price(said, fact.price_before_usd), _price(said, fact.price_after_usd)
    return (
        said("{after} as before", after=after)
        if before == after
        else said("{after} instead of {before}", after=after, before=before)
    )


def _price(said: Voice, usd: Decimal | None) -> str:
    return said("a price that is not known") if usd is None else price_text(usd)
