"""What `attention` does with a studio and a screen: the calls in doubt, and what becomes of one."""

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from storyreel.domain.errors import SubmitOutcomeUnknown
from storyreel.domain.film import Film, FilmState
from storyreel.domain.money import paid_text, price_text
from storyreel.domain.values import JSON
from storyreel.doors.cli.agreeing import consent, price_phrase
from storyreel.doors.cli.filming import see_through
from storyreel.doors.cli.render import shortened
from storyreel.doors.cli.screen import Screen
from storyreel.doors.languages.failures import recalled_text
from storyreel.doors.languages.phrases import Phrase
from storyreel.doors.languages.voice import Voice

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
    said = screen.said
    if not found:
        screen.say(said("Attention"), said("no call waits for a person"))
        return
    for doubt in found:
        call = doubt.call
        sent = f"{_sent(call).astimezone():%Y-%m-%d %H:%M:%S}"
        if call.quote_usd is None:
            how = said("sent {time} at a price that is not known", time=sent)
        else:
            how = said("sent {time} for {price}", time=sent, price=price_text(call.quote_usd))
        screen.say(str(doubt.number), f"{call.take}   {call.key.route}   {how}")
        screen.say("", recalled_text(SubmitOutcomeUnknown.code, call.error or "", said.language))
        if prompt := " ".join(doubt.prompt.split()):
            screen.say("", said("prompt: {words}", words=shortened(prompt, SHOWN_CHARACTERS)))
    number = found[0].number
    screen.say(said("Next"), f"{said('it is there:')}  storyreel attention adopt {number} REMOTE_ID")
    screen.say("", f"{said('it is not:')}  storyreel attention resubmit {number}")
    charged = said("(--charged where it was paid)")
    screen.say("", f"{said('do without it:')}  storyreel attention abandon {number}   {charged}")


async def adopted(studio: "Studio", screen: Screen, name: str, remote_id: str, *, wait: bool) -> int:
    """Adopt a generation for a call; the exit code."""
    call = (await studio.doubt(name)).call
    film = await studio.adopt(call.take, remote_id)
    told = screen.said(
        "{take} is {remote} at {provider}; it is brought home, and not paid again",
        take=call.take,
        remote=remote_id,
        provider=call.provider,
    )
    screen.say(screen.said("Adopted"), told)
    return await _gone_on(studio, screen, call, film, "adopted", wait=wait)


async def resubmitted(studio: "Studio", screen: Screen, name: str, *, yes: bool, wait: bool) -> int:
    """Have a call sent again, once its price is accepted; the exit code."""
    call = (await studio.doubt(name)).call
    said, price = screen.said, price_phrase(call.quote_usd)
    told = Phrase(
        "{price} for {take} by {route}; if the first one did arrive, it is paid twice",
        price=price,
        take=call.take,
        route=call.key.route,
    )
    screen.say(said("Quote"), told.said(said))
    message = Phrase("Sending it again costs {price}. Accept it with --yes; nothing was sent.", price=price)
    consent(screen, message, call.quote_usd, yes=yes)
    film = await studio.resubmit(call.take)
    quote: JSON = None if call.quote_usd is None else float(call.quote_usd)
    screen.say(said("Sent again"), said("{take} is sent again", take=call.take))
    return await _gone_on(studio, screen, call, film, "resubmitted", wait=wait, planned={"quote_usd": quote})


async def abandoned(studio: "Studio", screen: Screen, name: str, *, charged: bool) -> None:
    """Write a call off."""
    call = (await studio.doubt(name)).call
    film = await studio.abandon(call.take, charged=charged)
    said = screen.said
    if not charged or call.quote_usd == 0:
        told = said("{take} is written off; it cost nothing", take=call.take)
    elif call.quote_usd:
        told = said("{take} is written off; it cost {price}", take=call.take, price=paid_text(call.quote_usd))
    else:
        told = said("{take} is written off; its cost is not known", take=call.take)
    screen.say(said("Abandoned"), told)
    await _gone_on(studio, screen, call, film, "abandoned", wait=False)


async def _gone_on(
    studio: "Studio",
    screen: Screen,
    call: "Call",
    film: Film,
    decision: str,
    *,
    wait: bool,
    planned: Mapping[str, JSON] | None = None,
) -> int:
    """Tell what happens next; with `wait`, see the film through."""
    if wait:
        return await see_through(studio, screen, film, datetime.now(UTC), planned=planned)
    screen.answer({"take": call.take, "decision": decision, "film": film.id, "state": film.state.value, **(planned or {})})
    screen.say(screen.said("Next"), _next(screen.said, film))
    return os.EX_OK


def _next(said: Voice, film: Film) -> str:
    match film.state:
        case FilmState.QUEUED | FilmState.PRODUCING:
            return f"{said('the film goes on where the line is at work; here:')}  storyreel resume {film.id}"
        case FilmState.NEEDS_ATTENTION:
            return f"{said('another call of this film waits for a decision:')}  storyreel attention"
        case _:
            return f"{said('make the shot again:')}  storyreel resume {film.id}"


def _sent(call: "Call") -> datetime:
    return call.sent or call.created
