"""A paid call, sent once: reserve, SENDING on the disk, the request, ACCEPTED on the disk; and what to do where it broke off.

Found in SENDING, nobody knows whether it arrived. A provider that knows our key is simply sent it again; one that can be
searched is searched, after the time in which an answer or a listing could still come; with any other a person decides.
Where the same key may be sent again and no sending is answered, the call stays open: its film stops, and goes on with it.
"""

import asyncio
from asyncio import CancelledError
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TypeVar

from storyreel.catalog.quote import price_of
from storyreel.domain.errors import (
    AuthenticationFailed,
    InsufficientCredit,
    ProviderUnavailable,
    RateLimited,
    StoreUnusable,
    StoryreelError,
    SubmitOutcomeUnknown,
)
from storyreel.domain.generation import CallState, GenerationState, Key, RemoteId, Repeat, Take
from storyreel.domain.model import Model, Route
from storyreel.library import films, ledger, takes
from storyreel.library.ledger import Call
from storyreel.observing.spans import OpenSpan
from storyreel.production.call_rows import accept_call, ask_a_person, fail_call, gave_up, reserve_call, unsend_call
from storyreel.production.engine import StepFailed
from storyreel.production.floor import Floor
from storyreel.production.patience import FIRST_PAUSE_S, LONGEST_PAUSE_S, MOST_SENDINGS, Patience
from storyreel.production.settle import tell_settled
from storyreel.production.telling import telling_that_it_is_sought, telling_that_it_waits
from storyreel.production.ways import is_last_way
from storyreel.providers.port import Embedded, Provider

T = TypeVar("T")

LISTING_S = 10.0  # how long a provider's listing may not show what it has taken
MOST_QUESTIONS = 6  # to a listing that does not answer
STORE_S = (0.5, 2.0, 8.0, 30.0)  # between attempts to keep what became of a request


@dataclass(frozen=True, slots=True)
class _Errand:
    """One call and everything that sending it needs."""

    floor: Floor
    take: Take
    model: Model
    route: Route
    provider: Provider

    @property
    def key(self) -> Key:
        """The call's."""
        return self.take.key


async def submit_once(floor: Floor, take_id: str) -> None:
    """See that the call of a take is with its provider, or has come to its end without; never sent twice.

    Raises StepFailed where a provider that takes the same key twice answers no sending: the take and its call stay open.
    """
    take = await floor.database.read(takes.take, take_id)
    if take.state.ended:
        return
    if await floor.write(take.film, gave_up, take, floor.now):
        return
    model, route = floor.catalogue.known_route(take.route)
    errand = _Errand(floor, take, model, route, floor.provider(route.provider))
    ids = {"film": take.film, "shot": take.shot, "call": str(errand.key)}
    with floor.observer.about(**ids), floor.observer.span("submit", **ids, provider=route.provider) as span:
        await _submit(errand, span)


async def _submit(errand: _Errand, span: OpenSpan) -> None:
    floor, take, key, route = errand.floor, errand.take, errand.key, errand.route
    try:
        if take.state is GenerationState.QUEUED:
            route.must_be_open(floor.now.date(), take.route)
        call = await _reserved(errand)
        if call.state in {CallState.RESERVED, CallState.SENDING}:
            await _carry_out(errand, call)
    except SubmitOutcomeUnknown as error:
        await floor.write(take.film, ask_a_person, take, error, floor.now)
        floor.turns.give_back(route.provider, key)
        floor.observer.warn("call.in_doubt", provider=route.provider, message=str(error))
        span.failed(error.code, str(error))
    except StoreUnusable as error:  # of our own: what was sent, if anything was, is as it was
        raise StepFailed.told_of(error) from error
    except StoryreelError as error:
        await floor.write(take.film, fail_call, take, error, floor.now)
        floor.turns.give_back(route.provider, key)
        await tell_settled(floor, key, error)
        span.failed(error.code, str(error))
    except StepFailed as failure:
        floor.turns.give_back(route.provider, key)
        floor.observer.warn("call.in_doubt", provider=route.provider, message=str(failure))
        span.failed(failure.code, str(failure))
        raise


async def rouse(floor: Floor, take_id: str) -> None:
    """See that a provider of our own has the job of an accepted take: since it took it, its folder may have been swept."""
    take = await floor.database.read(takes.take, take_id)
    _, route = floor.catalogue.known_route(take.route)
    provider = floor.provider(route.provider)
    if take.state in {GenerationState.RUNNING, GenerationState.FETCHING} and isinstance(provider, Embedded):
        await provider.submit(take.request, route, take.key)


async def _reserved(errand: _Errand) -> Call:
    """The call's row, with its price held of the budget. Raises BudgetExceeded."""
    price = price_of(errand.route, errand.take.request)
    floor = errand.floor
    asked = (errand.take, errand.route.provider, errand.provider.repeat, price, floor.budgets, floor.now)
    call = await floor.write(errand.take.film, reserve_call, *asked)
    if call.state is CallState.RESERVED:
        floor.observer.note("call.reserved", provider=call.provider, reserved_usd=call.reserved_usd, attempts=call.attempts)
    return call


async def _carry_out(errand: _Errand, call: Call) -> None:
    """Send a call until it is taken, refused, or given to a person to decide."""
    floor, patience = errand.floor, Patience(errand.floor.pace, last_way=await _is_last_way(errand))
    doubt = _broke_off(errand.provider) if call.state is CallState.SENDING else None
    while True:
        if doubt is not None:
            if await _settled(errand, call, doubt):
                return
            call = await floor.database.read(ledger.known_call, errand.key, wanted="sent")
            if call.state is CallState.ACCEPTED:  # its provider told so meanwhile
                return
            doubt = doubt if call.state is CallState.SENDING else None
        try:
            if await _may_send(errand, call):
                await _send(errand)
                floor.goes_on(errand.take.film, errand.provider.name)
            return
        except SubmitOutcomeUnknown as error:
            doubt = last = error
        except StoryreelError as error:
            last = await _certain(errand, error, doubt)
        if (wait := patience.after(last)) is None:
            break
        call = await floor.database.read(ledger.known_call, errand.key, wanted="sent again")
        floor.observer.warn("call.repeated", provider=call.provider, code=last.code, in_doubt=doubt is not None, pause_s=wait)
        await _tell_of(errand, last, wait)
        await floor.clock.sleep(wait * (1 + floor.clock.chance() / 2))
    if doubt is None:
        raise last
    if not await _settled(errand, call, doubt):
        raise _unanswered(errand.provider, doubt, last)


async def _certain(errand: _Errand, error: StoryreelError, doubt: SubmitOutcomeUnknown | None) -> StoryreelError:
    """The error after which a call may be sent again, and not before: this sending came to nothing. Raises what ends it.

    What is certain of this sending is not so of one before that may have arrived: then the call stays as it is.
    """
    if doubt is not None and isinstance(error, AuthenticationFailed | InsufficientCredit):
        raise _unanswered(errand.provider, doubt, error) from error
    if error.may_have_cost or not error.retriable:
        raise error
    if doubt is None:
        await _unsend(errand)
    return error


async def _tell_of(errand: _Errand, error: StoryreelError, wait: float) -> None:
    """Let nobody else send to who is busy, and tell of who cannot be reached."""
    if isinstance(error, RateLimited):
        errand.floor.turns.hold(errand.provider.name, wait)
    if isinstance(error, ProviderUnavailable):
        await errand.floor.stands_still(errand.take.film, errand.provider.name, error.detail)


async def _is_last_way(errand: _Errand) -> bool:
    """Whether no other route is left for this shot."""
    film = await errand.floor.database.read(films.film, errand.take.film)
    return is_last_way(film, errand.take, errand.floor.catalogue, errand.floor.now.date())


def _broke_off(provider: Provider) -> SubmitOutcomeUnknown:
    return SubmitOutcomeUnknown(provider=provider.name, detail="this program broke off while it was sent")


def _unanswered(provider: Provider, doubt: SubmitOutcomeUnknown, last: StoryreelError) -> Exception:
    """What becomes of a call after its last sending: by its key it stays open, otherwise it certainly did not arrive."""
    if provider.repeat is not Repeat.KEY:
        return ProviderUnavailable(provider=provider.name, detail=f"{MOST_SENDINGS} sendings came to nothing ({doubt.detail})")
    told = f"{provider.name} confirmed no sending of a paid request ({doubt.detail}). It may have arrived:"
    remedy = "`storyreel resume` sends the same call again, which is not paid twice."
    why = "" if last is doubt else f" {last}"
    code = ProviderUnavailable.code if isinstance(last, SubmitOutcomeUnknown) else last.code
    return StepFailed(code, f"{told} {remedy}{why}")


async def _may_send(errand: _Errand, call: Call) -> bool:
    """Whether the call is marked as on its way: by its turn, or once more where its provider takes the same key twice."""
    floor = errand.floor
    if call.state is CallState.SENDING:
        await floor.database.write(ledger.mark_sending, errand.key, floor.process, floor.turns.deadline(errand.provider.name))
        await _tell_sending(errand)
        return True
    try:
        with telling_that_it_waits(floor, errand.take, call):
            has_turn = await floor.turns.take(call)
        if has_turn:
            await _tell_sending(errand)
    except CancelledError:  # it may have its turn already, and nothing has left
        await floor.database.write(ledger.recall, errand.key, floor.process, floor.now)
        raise
    if has_turn:
        return True
    await floor.write(errand.take.film, gave_up, errand.take, floor.now)
    return False


async def _unsend(errand: _Errand) -> bool:
    """It is certain that nothing arrived: somebody else may have the turn. False where its provider told otherwise meanwhile."""
    if not await errand.floor.database.write(unsend_call, errand.take, errand.floor.now):
        return False
    errand.floor.turns.give_back(errand.provider.name, errand.key)
    return True


class _Arrived(Exception):
    """A sending before this one arrived, as its provider told meanwhile."""


async def _send(errand: _Errand) -> None:
    """One request before its commit. Raises what the provider raises, and CancelledError where nothing may leave any more."""
    floor = errand.floor
    await _must_be_open(errand)
    with suppress(_Arrived):
        async with floor.gate.outside(partial(_leave, errand)):
            remote = await errand.provider.submit(errand.take.request, errand.route, errand.key)
            await _accept(errand, remote)


async def _leave(errand: _Errand) -> None:
    """The request leaves now, while this process holds its place. Raises CancelledError where it must not, and _Arrived."""
    floor = errand.floor

    async def leaves() -> bool:
        deadline = floor.turns.deadline(errand.provider.name)
        return await floor.database.write(ledger.mark_leaving, errand.key, floor.process, deadline, floor.now)

    if not await _kept(floor, leaves):
        raise _Arrived
    await _must_be_open(errand)


async def _must_be_open(errand: _Errand) -> None:
    """Raises CancelledError where nothing may leave any more; then it is certain that this did not."""
    floor = errand.floor
    if not floor.gate.open:
        await _kept(floor, lambda: floor.database.write(ledger.recall, errand.key, floor.process, floor.now))
        raise CancelledError("this process sends nothing more")


async def _kept(floor: Floor, write: Callable[[], Awaitable[T]]) -> T:
    """What is written of a request, tried again for a while. Raises StoreUnusable where even patience does not help."""
    for pause in STORE_S:
        try:
            return await write()
        except StoreUnusable:
            await floor.clock.sleep(pause)
    return await write()


async def _tell_sending(errand: _Errand) -> None:
    observer, asked = errand.floor.observer, errand.take.request
    if not observer.active:
        return
    call = await errand.floor.database.read(ledger.known_call, errand.key, wanted="sent")
    waited_s = (errand.floor.now - call.created).total_seconds() if call.attempts == 1 else None
    observer.note("call.sending", provider=call.provider, attempt=call.attempts, waited_s=waited_s)
    observer.detail("call.request", prompt=asked.prompt, seconds=asked.seconds, size=str(asked.size), seed=asked.seed)


async def _settled(errand: _Errand, call: Call, doubt: SubmitOutcomeUnknown) -> bool:
    """Whether a call of unknown outcome needs no sending: it was found there, or a person must decide."""
    floor = errand.floor
    match errand.provider.repeat:
        case Repeat.KEY:
            return False
        case Repeat.LOOKUP:
            if await _wait_out(floor, errand.take, call, _shown_in(floor, call, doubt)):
                return True
            if remote := await _found(errand):
                floor.observer.note("call.found", provider=call.provider, remote_id=remote)
                await _accept(errand, remote)
                return True
            return not await _unsend(errand)
        case Repeat.NONE:
            await floor.write(errand.take.film, ask_a_person, errand.take, doubt, floor.now)
            floor.observer.warn("call.in_doubt", provider=call.provider, message=str(doubt))
            return True


def _shown_in(floor: Floor, call: Call, doubt: SubmitOutcomeUnknown) -> float:
    """Seconds until no answer can come any more and a listing shows what was taken.

    The clock may have been set meanwhile: it is never sooner than a listing takes, and never later than if it were sent now.
    """
    now, latest = floor.now, floor.turns.deadline(call.provider)
    heard = now if doubt.answered else call.deadline or now
    return max(0.0, (min(heard, latest) - now).total_seconds()) + LISTING_S / floor.pace


async def _found(errand: _Errand) -> RemoteId | None:
    """What a provider's listing has under our token. Raises StepFailed where it cannot be asked: the call then stays open."""
    pause = FIRST_PAUSE_S / errand.floor.pace
    for left in reversed(range(MOST_QUESTIONS)):
        try:
            return await errand.provider.find(errand.key)
        except SubmitOutcomeUnknown:  # it was asked, and cannot tell either
            raise
        except StoryreelError as error:
            if not left or not error.retriable:
                told = f"{errand.provider.name} cannot be asked whether a paid request arrived. {error}"
                raise StepFailed(error.code, f"{told} `storyreel resume` asks again before anything is sent.") from error
            told_s = error.retry_after_s if isinstance(error, RateLimited) else None
            await errand.floor.clock.sleep(told_s or pause)
            pause = min(pause * 2, LONGEST_PAUSE_S)
    raise AssertionError  # the last question has returned or raised


async def _wait_out(floor: Floor, take: Take, call: Call, seconds: float) -> bool:
    """So long, until a listing shows what was taken; True where its provider tells of it by a webhook meanwhile."""
    adopted = floor.adoptions.setdefault(call.key, asyncio.Event())
    waits: Sequence[asyncio.Task[object]] = ()
    try:
        if not await _is_adopted(floor, call):
            waits = [asyncio.ensure_future(wait) for wait in (floor.clock.sleep(seconds), adopted.wait())]
            with telling_that_it_is_sought(floor, take, call, floor.now + timedelta(seconds=seconds)):
                await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        return await _is_adopted(floor, call)
    finally:
        floor.adoptions.pop(call.key, None)
        for one in waits:
            one.cancel()


async def _is_adopted(floor: Floor, call: Call) -> bool:
    """Whether a webhook told meanwhile what became of a call; another process may have heard it."""
    return (await floor.database.read(ledger.known_call, call.key, wanted="found")).state is CallState.ACCEPTED


async def _accept(errand: _Errand, remote: RemoteId) -> None:
    """Keep what the provider has taken. Raises StepFailed where even patience does not help: the call then stays open."""
    floor = errand.floor
    first_look = floor.now + min(timedelta(seconds=errand.model.times.first_look_s / floor.pace), ledger.FARTHEST)
    try:
        await _kept(floor, lambda: floor.write(errand.take.film, accept_call, errand.take, remote, first_look, floor.now))
    except StoreUnusable as error:
        told = f"{errand.provider.name} took a paid request as {remote}, and that cannot be kept here. {error}"
        raise StepFailed(error.code, told) from error
    errand.floor.observer.note("call.accepted", provider=errand.provider.name, remote_id=remote)
