"""The price before anything is paid: what the person is told, and the yes that is asked for."""

import sys
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from storyreel.domain.errors import BudgetExceeded, Declined
from storyreel.domain.generation import is_keyframe
from storyreel.domain.model import Quote
from storyreel.domain.money import price_text
from storyreel.domain.values import JSON, Language
from storyreel.doors.cli.answering import asked
from storyreel.doors.cli.faults import fail
from storyreel.doors.cli.render import clock
from storyreel.doors.cli.screen import Screen
from storyreel.doors.cli.unheard import is_typed
from storyreel.doors.languages.known import known_or
from storyreel.doors.languages.phrases import Phrase
from storyreel.doors.languages.voice import Voice

if TYPE_CHECKING:
    from storyreel.admission import Plan
    from storyreel.production.change import Change

ENGLISH = Voice(Language.ENGLISH)
NOBODY_KNOWS = "unknown"  # to a program, of a price


def agree(screen: Screen, plan: "Plan", *, yes: bool) -> None:
    """Tell what is otherwise than asked; where it costs, show the price and ask for a yes.

    Raises BudgetExceeded where nobody can answer, or no price is known and that is not allowed.
    """
    said = screen.said
    say_notes(screen, plan.notes)
    if plan.at_hand:
        screen.say(said("At hand"), at_hand_text(said, plan))
    if plan.quote.expected_usd != 0:
        _accept(screen, plan, yes=yes)


def say_notes(screen: Screen, notes: Sequence[str]) -> None:
    """What is otherwise than asked, a line each."""
    said = screen.said
    for note in notes:
        screen.say(said("Note"), known_or(note, said.language))


def planned_object(planned: "Plan | Change") -> dict[str, JSON]:
    """What a program is told of the plan beside the film that came of it."""
    quote = quote_object(planned.quote, planned.order.retakes, fallbacks=bool(planned.order.fallbacks))
    return {"notes": [*planned.notes], "quote": quote}


def quote_object(quote: Quote, retakes: int, *, fallbacks: bool = False) -> dict[str, JSON]:
    """A quote with `--json`; a price that nobody tells is null."""
    return {
        "expected_usd": None if quote.expected_usd is None else float(quote.expected_usd),
        "worst_usd": None if quote.worst_usd is None else float(quote.worst_usd),
        "worst_counts": worst_case_text(ENGLISH, retakes, fallbacks=fallbacks),
        "seconds": list(quote.seconds),
    }


def at_hand_text(said: Voice, plan: "Plan") -> str:
    """How much of a film is made already: "2 of 3 shots made before; they are used again, the price is for the rest"."""
    frames = sum(map(is_keyframe, plan.at_hand))
    ready, shots = len(plan.at_hand) - frames, len(plan.storyboard.shots)
    made = said.ngettext("{ready} of {number} shot", "{ready} of {number} shots", shots, ready=ready)
    if frames:
        keyframes = said.ngettext("{number} keyframe", "{number} keyframes", frames)
        made = said("{shots} and {keyframes}", shots=made, keyframes=keyframes)
    if plan.quote.expected_usd == 0:
        return said("{made} made before; they are used again, nothing is to be paid", made=made)
    return said("{made} made before; they are used again, the price is for the rest", made=made)


def worst_case_text(said: Voice, retakes: int, *, fallbacks: bool = False) -> str:
    """What the worst case of a quote counts."""
    if not retakes:
        counts = said("one take in three has to be made again")
    elif retakes == 1:
        counts = said("every take has to be made again once")
    elif retakes == 2:
        counts = said("every take has to be made again twice")
    else:
        counts = said("every take has to be made again {number} times", number=retakes)
    return said("{counts}, by the dearest of its ways", counts=counts) if fallbacks else counts


def _accept(screen: Screen, plan: "Plan", *, yes: bool) -> None:
    price = _quoted(screen, plan)
    if plan.order.approve:  # nothing is sent before it is
        return
    if plan.order.budget_usd is not None:  # who names a budget has agreed to what is within it
        return
    message = Phrase("This film costs {price}. Accept it with --yes, or with a --budget; nothing was sent.", price=price)
    consent(screen, message, plan.quote.expected_usd, yes=yes)


def consent(screen: Screen, message: Phrase, price_usd: Decimal | None, *, yes: bool) -> None:
    """Ask for a yes, and leave without one. Raises BudgetExceeded with that message where nobody can answer."""
    if yes:
        return
    if not (is_typed() and sys.stderr.isatty()):
        raise BudgetExceeded(message, budget="unconfirmed", limit_usd="0", needed_usd=str(price_usd or NOBODY_KNOWS))
    said = screen.said
    if not asked(said, said("Go on, for {price}?", price=price_text(price_usd)) if price_usd else said("Go on?")):
        refused = Phrase("You did not agree; it was not done.")
        fail(Declined.code, refused, as_json=screen.as_json, shown=refused.said(said))


def quote_text(said: Voice, quote: Quote, retakes: int = 0, *, fallbacks: bool = False) -> str:
    """A quote in words: "$0.19; at worst $0.25 if one take in three has to be made again; 1:30 to 3:00"."""
    least, most = (clock(seconds) for seconds in quote.seconds)
    time = said("{least} to {most}", least=least, most=most)
    if quote.expected_usd is None or quote.worst_usd is None:
        return said("no price is known; {time}", time=time)
    price = price_text(quote.expected_usd)
    if not quote.worst_usd:
        return said("{price}; {time}", price=price, time=time)
    worst, counts = price_text(quote.worst_usd), worst_case_text(said, retakes, fallbacks=fallbacks)
    return said("{price}; at worst {worst} if {counts}; {time}", price=price, worst=worst, counts=counts, time=time)


def price_phrase(usd: Decimal | None) -> str:
    """A price, or that nobody knows it, to be named in a sentence."""
    return Phrase("a price that nobody knows") if usd is None else price_text(usd)


def _quoted(screen: Screen, plan: "Plan") -> str:
    """Show the quote; the price, to be named in a sentence."""
    quote, said = plan.quote, screen.said
    if quote.expected_usd is not None and quote.worst_usd is not None:
        screen.say(said("Quote"), quote_text(said, quote, plan.order.retakes, fallbacks=bool(plan.order.fallbacks)))
        return price_phrase(quote.expected_usd)
    if not plan.order.allow_unpriced:
        message = Phrase(
            "No price is known for this film, so nothing is sent. Choose a model that has one (`storyreel models`),"
            " or allow it with --allow-unpriced."
        )
        raise BudgetExceeded(message, budget="unpriced", limit_usd="0", needed_usd=NOBODY_KNOWS)
    screen.say(said("Quote"), quote_text(said, quote))
    return price_phrase(None)
