"""Guests of `/api/video-gen`: they need no key, share one day's number of films, and each film's budget is a guest's."""

from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Request

from storyreel.doors.server.callers import Caller, address_of
from storyreel.doors.server.desk import ADesk, Desk, caller_of
from storyreel.doors.server.refusals import KeyMissing, Refused
from storyreel.library.keys import Scope

GUEST = ":guest"
"""The user of guests' films: no key can be made for a user of that name."""


class GuestsRefused(Refused):
    """Guests may ask for no more films today, or for none at all."""

    def __init__(self, most_today: int) -> None:
        told = f"All of today's {most_today} films for guests were asked for" if most_today else "This server has no guests"
        remedy = "Send a key instead of `guest`; whoever runs the server may raise STORYREEL_GUEST_FILMS."
        super().__init__(HTTPStatus.TOO_MANY_REQUESTS, "guests_refused", f"{told}. {remedy}")


def guest_of(request: Request, desk: Desk) -> Caller:
    """A guest, whose requests are counted by where it comes from. Raises TooMany."""
    desk.rates.must_allow(f"guest {address_of(request)}")
    return Caller(GUEST, frozenset({Scope.READ, Scope.MAKE}))


async def _maker(request: Request, desk: ADesk) -> Caller | None:
    """Who makes; None: somebody without a key, perhaps a guest."""
    caller = await _known(request, desk)
    if caller is not None:
        caller.must(Scope.MAKE)
    return caller


async def _readers(request: Request, desk: ADesk) -> tuple[str, ...]:
    """The users whose films may be told: the caller's own, and guests'."""
    caller = await _known(request, desk)
    if caller is None:
        return (guest_of(request, desk).user,)
    caller.must(Scope.READ)
    return (caller.user, GUEST)


async def _known(request: Request, desk: Desk) -> Caller | None:
    try:
        return await caller_of(request, desk)
    except KeyMissing:
        return None


AMaker = Annotated[Caller | None, Depends(_maker)]
AGuest = Annotated[tuple[str, ...], Depends(_readers)]
