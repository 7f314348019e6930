"""A take is asked for: one that is going on or ready, or a new one by the first way that is not left alone for a while."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from storyreel.catalog.catalogue import Catalogue
from storyreel.catalog.quote import price_of
from storyreel.domain.events import Remake
from storyreel.domain.film import Film
from storyreel.domain.generation import CAME_TO_NOTHING, Take
from storyreel.library import changes, films, takes
from storyreel.library.database import Connection
from storyreel.library.ledger.rest import rest_of
from storyreel.production.attempts import reused, tell_attempt, with_seed
from storyreel.production.floor import Floor
from storyreel.production.plan import inputs_digest, take_for
from storyreel.production.retry import came
from storyreel.production.runs import must_be_current
from storyreel.production.ways import Way
from storyreel.providers.port import Embedded, Provider

LOOKED_UP_S = 1.0  # how soon a film that was called off ends its pause


@dataclass(frozen=True, slots=True)
class Asked:
    """A shot's next attempt."""

    film: Film
    name: str  # the shot's, or its keyframe's
    ways: Sequence[Way]  # in order; the first is the one that is meant
    run: str | None
    tried: Sequence[str]  # takes of the attempts before
    catalogue: Catalogue
    providers: Mapping[str, Provider]  # of the ways, by name: they are opened in the loop, and asked in a transaction


def ask(connection: Connection, asked: Asked, now: datetime) -> tuple[Take, float]:
    """The take of these inputs, which may reuse an equal one's clip, and the seconds for which its route must be left alone.

    One that is wanted fresh is a new one in any case. Raises StepFailed where the film was changed meanwhile.
    """
    film, name = asked.film, asked.name
    must_be_current(connection, film.id, asked.run)
    before = takes.takes_of(connection, film.id, shot=name)
    tried = [take for take in before if take.id in asked.tried]
    again = changes.remakes(connection, film.id).get(name)
    fresh = again if again is not None and again.fresh else None
    asked = replace(asked, ways=tuple(_seeded(way, fresh, tried) for way in asked.ways))
    if (begun := _begun(asked, before, fresh)) is not None:
        return begun, 0.0
    way, rest_s = _open_way(connection, asked, now)
    digest = _digest(asked, way)
    number = len(before) + 1
    if fresh is not None and any(take.inputs_digest == digest for take in before):
        digest = inputs_digest(way.request, way.route, _edition(asked, way), again=number)
    wanted = take_for(film, way.request, shot=name, number=number, route=way.route, digest=digest, now=now)
    tell_attempt(connection, film, name, tried, _way_before(asked, tried), way, now)
    take = takes.insert_take(connection, wanted)
    if fresh is None and film.order.cache and (equal := reused(connection, take, now, way.price_usd)) is not None:
        return equal, 0.0
    return take, rest_s


def said_so(way: Way, prompt: str) -> Way:
    """The way, told that instead of the shot's own prompt."""
    return replace(way, request=way.request.model_copy(update={"prompt": prompt}))


async def pause(floor: Floor, film: str, seconds: float) -> None:
    """Wait so long, and up to half as much again by chance; no longer once the film is called off."""
    left = seconds * (1 + floor.clock.chance() / 2) / floor.pace
    while left > 0 and not await floor.database.read(films.cancel_requested, film):
        await floor.clock.sleep(min(left, LOOKED_UP_S))
        left -= LOOKED_UP_S


def _way_before(asked: Asked, tried: Sequence[Take]) -> Way:
    """The way of the attempt before; of the first one the way that is meant."""
    if not tried:
        return asked.ways[0]
    last = tried[-1]
    return Way(last.route, last.request, price_of(asked.catalogue.known_route(last.route)[1], last.request))


def _seeded(way: Way, fresh: Remake | None, tried: Sequence[Take]) -> Way:
    """The way with the seed of this attempt: each take that came and was not used has one of its own."""
    request = way.request if fresh is None or fresh.seed is None else way.request.model_copy(update={"seed": fresh.seed})
    return replace(way, request=with_seed(request, sum(map(came, tried))))


def _begun(asked: Asked, before: Sequence[Take], fresh: Remake | None) -> Take | None:
    """The take that was begun for this already, by whichever way, so that a step that runs again asks for nothing twice."""
    going = [take for take in before if take.state not in CAME_TO_NOTHING and take.id not in asked.tried]
    if fresh is not None:
        return next((take for take in reversed(going) if take.number > fresh.after), None)
    digests = {_digest(asked, way) for way in asked.ways}
    return next((take for take in reversed(going) if take.inputs_digest in digests), None)


def _open_way(connection: Connection, asked: Asked, now: datetime) -> tuple[Way, float]:
    """The first way that does not rest; where all do, the first one, and how many seconds it still rests."""
    rest_s, ways = 0.0, asked.ways
    for way in ways:
        own = isinstance(asked.providers[_provider(way.route)], Embedded)
        rest = None if own else rest_of(connection, way.route, now)
        if rest is None:
            return way, 0.0
        if way is ways[0]:
            rest_s = max(0.0, (rest.until - now).total_seconds())
    return ways[0], rest_s


def _digest(asked: Asked, way: Way) -> str:
    return inputs_digest(way.request, way.route, _edition(asked, way))


def _edition(asked: Asked, way: Way) -> str:
    return asked.providers[_provider(way.route)].edition


def _provider(route: str) -> str:
    return route.rpartition("@")[2]


def providers_of(floor: Floor, ways: Sequence[Way]) -> dict[str, Provider]:
    """The providers of these ways, opened."""
    return {name: floor.provider(name) for name in (_provider(way.route) for way in ways)}
