"""What a person, or the provider's own message, decides about a call of which nobody can know whether it arrived.

Each decision is one change: the call, its take, the event, and the film that waited for it. A film goes on as soon as anything
of it can; one of whose calls nothing more can come has failed, and makes another take when it is resumed.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from hashlib import sha256

from storyreel.domain.errors import InvalidRequest, StoryreelError
from storyreel.domain.events import TakeAbandoned, TakeAdopted, TakeResubmitted
from storyreel.domain.film import FilmState
from storyreel.domain.generation import CAME_TO_NOTHING, CallState, GenerationState, Key, RemoteId, name_of
from storyreel.domain.values import Value
from storyreel.library import events, films, ledger, takes
from storyreel.library.database import Connection
from storyreel.library.guard import ImpossibleChange
from storyreel.library.ledger import Call
from storyreel.production.floor import Floor
from storyreel.providers.port import Namer, NotShown

UNKNOWN = "submit_outcome_unknown"
NUMBERS = range(1000, 10_000)  # four figures: short enough to type


class Doubt(Value):
    """A call in doubt, with what helps to find it in the account there."""

    number: int  # by which a person names it; the same as long as it is in doubt
    call: Call
    title: str  # the film's
    prompt: str  # as it was sent


def number_of(key: Key) -> int:
    """The short number of a call: always the same, and seldom that of another one."""
    return NUMBERS[int(sha256(str(key).encode()).hexdigest()[:12], 16) % len(NUMBERS)]


def doubts(connection: Connection) -> list[Doubt]:
    """The calls that wait for a person, the oldest first."""
    found: list[Doubt] = []
    for call in ledger.in_attention(connection):
        prompt, title = takes.take(connection, call.take).request.prompt, films.film(connection, call.key.film).title
        found.append(Doubt(number=number_of(call.key), call=call, title=title, prompt=prompt))
    return found


def find_doubt(connection: Connection, text: str) -> Doubt:
    """The call in doubt of that take, or of that number. Raises InvalidRequest, which names those that there are."""
    every = doubts(connection)
    found = [doubt for doubt in every if text.strip() in {doubt.call.take, str(doubt.number)}]
    if len(found) == 1:
        return found[0]
    if found:
        raise InvalidRequest(f"{text} is the number of two calls. Name it by its take: {_named(found)}.", field="call")
    there = f"There are: {_named(every)}." if every else "No call waits for a person."
    raise InvalidRequest(f"No call in doubt is called {text!r}. {there}", field="call")


async def remote_called(floor: Floor, doubt: Doubt, told: str) -> RemoteId:
    """The remote id of the generation that the provider calls so; one that does not answer now is believed.

    Raises InvalidRequest where it knows of no such generation, or nothing will come of it.
    """
    call = doubt.call
    take = await floor.database.read(takes.take, call.take)
    _, route = floor.catalogue.known_route(take.route)
    provider = floor.provider(call.provider)
    remote = provider.remote_of(told, take.request, route) if isinstance(provider, Namer) else told
    try:
        sighting = await provider.look(remote)
    except (InvalidRequest, NotShown) as error:
        said = error.detail if isinstance(error, NotShown) else str(error)
        raise _unfit(doubt, f"{call.provider} does not know {told} ({said.rstrip('.')})") from error
    except StoryreelError as error:
        if not error.retriable:
            raise
        return remote
    if sighting.unknown:
        raise _unfit(doubt, f"{call.provider} does not know {told}")
    if sighting.state in CAME_TO_NOTHING:
        ended = "was cancelled" if sighting.state is GenerationState.CANCELLED else "has failed"
        raise _unfit(doubt, f"{told} at {call.provider} {ended}: {sighting.error or 'it does not say why'}")
    return remote


def _unfit(doubt: Doubt, why: str) -> InvalidRequest:
    """Why a generation cannot be the call's, and what to do."""
    remedy = f"Look for another one there, or write the call off: storyreel attention abandon {doubt.number}."
    return InvalidRequest(f"{why.rstrip('.')}. {remedy}", field="remote_id")


def adopt(connection: Connection, key: Key, remote: RemoteId, now: datetime, *, by_webhook: bool = False) -> None:
    """The generation `remote` is this call's: it is waited for. Raises InvalidRequest where it is another call's already."""
    call = ledger.known_call(connection, key, wanted=CallState.ACCEPTED)
    if call.state is CallState.ACCEPTED and call.remote_id == remote:
        return
    other = ledger.call_of_remote(connection, call.provider, remote)
    if other is not None and other.key != key:
        message = (
            f"{name_of(remote)} at {call.provider} is the generation of take {other.take} already. Look for another one there."
        )
        raise InvalidRequest(message, field="remote_id")
    ledger.mark_accepted(connection, key, remote, now, now)
    takes.set_take(connection, call.take, GenerationState.RUNNING)
    fact = TakeAdopted(shot=key.shot, take=call.take, remote_id=remote, by_webhook=by_webhook)
    events.append(connection, key.film, fact, now)
    go_on(connection, key.film, now)


def resubmit(connection: Connection, key: Key, now: datetime) -> None:
    """The call never arrived: it is sent again when its film goes on; its money stays held. Raises ImpossibleChange."""
    call = _in_doubt(connection, key, wanted=CallState.RESERVED)
    ledger.mark_unsent(connection, key, now)
    takes.set_take(connection, call.take, GenerationState.QUEUED)
    events.append(connection, key.film, TakeResubmitted(shot=key.shot, take=call.take), now)
    go_on(connection, key.film, now)


def abandon(connection: Connection, key: Key, cost_usd: Decimal, now: datetime) -> None:
    """Nothing more will come of the call: its cost is settled, the rest of its money let go. Raises ImpossibleChange."""
    call = _in_doubt(connection, key, wanted=CallState.FAILED)
    message = "A person wrote it off, since nobody knows whether it arrived. `storyreel resume` makes another take."
    ledger.mark_failed(connection, key, UNKNOWN, message, now, cost_usd)
    events.append(connection, key.film, TakeAbandoned(shot=key.shot, take=call.take, cost_usd=cost_usd), now)
    takes.fail_take(connection, call.take, UNKNOWN, message, now, cost=cost_usd)
    go_on(connection, key.film, now)


def leave_to_person(connection: Connection, film_id: str, message: str, now: datetime) -> None:
    """A film stops until a person has decided about its calls; where that was done meanwhile, it goes on."""
    films.fail_film(connection, film_id, UNKNOWN, message, now, attention=True)
    go_on(connection, film_id, now)


def go_on(connection: Connection, film_id: str, now: datetime) -> None:
    """Queue a film that waits for a person where some of its takes can come; where none can, it has failed."""
    if films.film(connection, film_id).state is not FilmState.NEEDS_ATTENTION:
        return
    latest = {take.shot: take for take in takes.takes_of(connection, film_id)}
    if any(not take.state.ended for take in latest.values()):
        films.resume_film(connection, film_id, now)
    elif not ledger.in_attention(connection, film_id):
        lost = [take for take in latest.values() if take.state is GenerationState.FAILED]
        if not lost:
            films.resume_film(connection, film_id, now)
        else:
            films.fail_film(connection, film_id, lost[0].error_code or UNKNOWN, lost[0].error or "A shot has failed.", now)


def _in_doubt(connection: Connection, key: Key, *, wanted: CallState) -> Call:
    call = ledger.known_call(connection, key, wanted=wanted)
    if call.state is not CallState.ATTENTION:
        raise ImpossibleChange(f"call {key}", found=call.state, wanted=wanted)
    return call


def _named(found: Sequence[Doubt]) -> str:
    return ", ".join(f"{doubt.number} ({doubt.call.take})" for doubt in found)
