"""What `attention` does with a studio and a screen: the calls in doubt, and what becomes of one."""

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from storyreel.domain.film import Film, FilmState
from storyreel.domain.money import paid_text, price_text
from storyreel.domain.values import JSON
from storyreel.doors.cli.agreeing import consent
from storyreel.doors.cli.filming import see_through
from storyreel.doors.cli.render import shortened
from storyreel.doors.cli.screen import Screen

if TYPE_CHECKING:
    from storyreel.library.ledger import Call
    from storyreel.production.attention import Doubt
    from storyreel.studio import Studio

SHOWN_CHARACTERS = 160  # of a prompt


def doubt_row(doubt: "Doubt") -> JSON:
    """One call of `attention --json`."""
    call = doubt.call
    return {
        "number": doubt.number,
        "take": call.take,
        "film": call.key.film,
        "shot": call.key.shot,
        "route": call.key.route,
        "provider": call.provider,
        "sent": _sent(call).isoformat(),
        "quote_usd": None if call.quote_usd is None else float(call.quote_usd),
        "reason": call.error,
        "prompt": doubt.prompt,
    }


def say_doubts(screen: Screen, found: "Sequence[Doubt]") -> None:
    """Each call with what is known of it, and what can be done."""
    if not found:
        screen.say("Attention", "no call waits for a person")
        return
    for doubt in found:
        call = doubt.call
        price = "at a price that is not known" if call.quote_usd is None else f"for {price_text(call.quote_usd)}"
        sent = f"{_sent(call).astimezone():%Y-%m-%d %H:%M:%S}"
        screen.say(str(doubt.number), f"{call.take}   {call.key.route}   sent {sent} {price}")
        screen.say("", call.error or "")
        if prompt := " ".join(doubt.prompt.split()):
            screen.say("", f"prompt: {shortened(prompt, SHOWN_CHARACTERS)}")
    number = found[0].number
    screen.say("Next", f"it is there:  storyreel attention adopt {number} REMOTE_ID")
    screen.say("", f"it is not:  storyreel attention resubmit {number}")
    screen.say("", f"do without it:  storyreel attention abandon {number}   (--charged where it was paid)")


async def adopted(studio: "Studio", screen: Screen, name: str, remote_id: str, *, wait: bool) -> int:
    """Adopt a generation for a call; the exit code."""
    call = (await studio.doubt(name)).call
    film = await studio.adopt(call.take, remote_id)
    told = f"{call.take} is {remote_id} at {call.provider}; it is brought home, and not paid again"
    return await _gone_on(studio, screen, call, film, ("adopted", told), wait=wait)


async def resubmitted(studio: "Studio", screen: Screen, name: str, *, yes: bool, wait: bool) -> int:
    """Have a call sent again, once its price is accepted; the exit code."""
    call = (await studio.doubt(name)).call
    price = "a price that nobody knows" if call.quote_usd is None else price_text(call.quote_usd)
    screen.say("Quote", f"{price} for {call.take} by {call.key.route}; if the first one did arrive, it is paid twice")
    consent(f"Sending it again costs {price}. Accept it with --yes; nothing was sent.", call.quote_usd, yes=yes)
    film = await studio.resubmit(call.take)
    quote: JSON = None if call.quote_usd is None else float(call.quote_usd)
    done = ("resubmitted", f"{call.take} is sent again")
    return await _gone_on(studio, screen, call, film, done, wait=wait, planned={"quote_usd": quote})


async def abandoned(studio: "Studio", screen: Screen, name: str, *, charged: bool) -> None:
    """Write a call off."""
    call = (await studio.doubt(name)).call
    film = await studio.abandon(call.take, charged=charged)
    cost = (call.quote_usd or 0) if charged else 0
    told = (
        f"{call.take} is written off; it cost {paid_text(cost) if cost else 'nothing'}" if call.quote_usd or not charged else ""
    )
    await _gone_on(
        studio, screen, call, film, ("abandoned", told or f"{call.take} is written off; its cost is not known"), wait=False
    )


async def _gone_on(
    studio: "Studio",
    screen: Screen,
    call: "Call",
    film: Film,
    done: tuple[str, str],
    *,
    wait: bool,
    planned: Mapping[str, JSON] | None = None,
) -> int:
    """Tell what was done and what happens next; with `wait`, see the film through."""
    decision, told = done
    screen.say(decision.capitalize(), told)
    if wait:
        return await see_through(studio, screen, film, datetime.now(UTC), planned=planned)
    screen.answer({"take": call.take, "decision": decision, "film": film.id, "state": film.state.value, **(planned or {})})
    screen.say("Next", _next(film))
    return os.EX_OK


def _next(film: Film) -> str:
    match film.state:
        case FilmState.QUEUED | FilmState.PRODUCING:
            return f"the film goes on where the line is at work; here:  storyreel resume {film.id}"
        case FilmState.NEEDS_ATTENTION:
            return "another call of this film waits for a decision:  storyreel attention"
        case _:
            return f"make the shot again:  storyreel resume {film.id}"


def _sent(call: "Call") -> datetime:
    return call.sent or call.created
