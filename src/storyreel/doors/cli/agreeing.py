"""The price before anything is paid: what the person is told, and the yes that is asked for."""

import os
import sys
from decimal import Decimal
from typing import TYPE_CHECKING

import typer

from storyreel.domain.errors import BudgetExceeded
from storyreel.domain.generation import is_keyframe
from storyreel.domain.model import Quote
from storyreel.domain.money import price_text
from storyreel.domain.values import JSON
from storyreel.doors.cli.render import clock, counted
from storyreel.doors.cli.screen import Screen

if TYPE_CHECKING:
    from storyreel.admission import Plan
    from storyreel.production.change import Change


TIMES = {1: "once", 2: "twice"}


def agree(screen: Screen, plan: "Plan", *, yes: bool) -> None:
    """Tell what is otherwise than asked; where it costs, show the price and ask for a yes.

    Raises BudgetExceeded where nobody can answer, or no price is known and that is not allowed.
    """
    for note in plan.notes:
        screen.say("Note", note)
    if plan.at_hand:
        screen.say("At hand", at_hand_text(plan))
    if plan.quote.expected_usd != 0:
        _accept(screen, plan, yes=yes)


def planned_object(planned: "Plan | Change") -> dict[str, JSON]:
    """What a program is told of the plan beside the film that came of it."""
    quote = quote_object(planned.quote, planned.order.retakes, fallbacks=bool(planned.order.fallbacks))
    return {"notes": [*planned.notes], "quote": quote}


def quote_object(quote: Quote, retakes: int, *, fallbacks: bool = False) -> dict[str, JSON]:
    """A quote with `--json`; a price that nobody tells is null."""
    return {
        "expected_usd": None if quote.expected_usd is None else float(quote.expected_usd),
        "worst_usd": None if quote.worst_usd is None else float(quote.worst_usd),
        "worst_counts": worst_case_text(retakes, fallbacks=fallbacks),
        "seconds": list(quote.seconds),
    }


def at_hand_text(plan: "Plan") -> str:
    """How much of a film is made already: "2 of 3 shots are made already and are not paid again"."""
    frames = sum(map(is_keyframe, plan.at_hand))
    ready = [f"{len(plan.at_hand) - frames} of {counted(len(plan.storyboard.shots), 'shot')}"]
    told = " and ".join(ready + ([counted(frames, "keyframe")] if frames else []))
    rest = "nothing is to be paid" if plan.quote.expected_usd == 0 else "the price is for the rest"
    return f"{told} made before; they are used again, {rest}"


def worst_case_text(retakes: int, *, fallbacks: bool = False) -> str:
    """What the worst case of a quote counts."""
    by = ", by the dearest of its ways" if fallbacks else ""
    if retakes:
        return f"every take has to be made again {TIMES.get(retakes, f'{retakes} times')}{by}"
    return f"one take in three has to be made again{by}"


def _accept(screen: Screen, plan: "Plan", *, yes: bool) -> None:
    price = _quoted(screen, plan)
    if plan.order.approve:  # nothing is sent before it is
        return
    if plan.order.budget_usd is not None:  # who names a budget has agreed to what is within it
        return
    message = f"This film costs {price}. Accept it with --yes, or with a --budget; nothing was sent."
    consent(message, plan.quote.expected_usd, yes=yes)


def consent(message: str, price_usd: Decimal | None, *, yes: bool) -> None:
    """Ask for a yes, and leave without one. Raises BudgetExceeded with that message where nobody can answer."""
    if yes:
        return
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise BudgetExceeded(message, budget="unconfirmed", limit_usd="0", needed_usd=str(price_usd or "unknown"))
    if not typer.confirm(f"Go on, for {price_text(price_usd)}?" if price_usd else "Go on?", err=True):
        raise typer.Exit(os.EX_OK)


def quote_text(quote: Quote, retakes: int = 0, *, fallbacks: bool = False) -> str:
    """A quote in words: "$0.19; at worst $0.25 if one take in three has to be made again; 1:30 to 3:00"."""
    least, most = (clock(seconds) for seconds in quote.seconds)
    if quote.expected_usd is None or quote.worst_usd is None:
        return f"no price is known; {least} to {most}"
    if not quote.worst_usd:
        return f"{price_text(quote.expected_usd)}; {least} to {most}"
    worst = f"{price_text(quote.worst_usd)} if {worst_case_text(retakes, fallbacks=fallbacks)}"
    return f"{price_text(quote.expected_usd)}; at worst {worst}; {least} to {most}"


def _quoted(screen: Screen, plan: "Plan") -> str:
    """Show the quote; the price in words."""
    quote = plan.quote
    if quote.expected_usd is not None and quote.worst_usd is not None:
        screen.say("Quote", quote_text(quote, plan.order.retakes, fallbacks=bool(plan.order.fallbacks)))
        return price_text(quote.expected_usd)
    if not plan.order.allow_unpriced:
        message = (
            "No price is known for this film, so nothing is sent. Choose a model that has one (`storyreel models`),"
            " or allow it with --allow-unpriced."
        )
        raise BudgetExceeded(message, budget="unpriced", limit_usd="0", needed_usd="unknown")
    screen.say("Quote", quote_text(quote))
    return "a price that nobody knows"
