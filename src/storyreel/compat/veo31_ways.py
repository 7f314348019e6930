"""By which ways somebody who asks for Veo 3.1 is served: its own that are open, then those of what stands in its place.

Google closed Veo on the Gemini API on 2026-10-22 and names a successor there; elsewhere its end is announced and unverified
(the catalogue has the sources). A request goes to the first way that can make it; the others are what it falls back on.
"""

from collections.abc import Iterator, Sequence

from storyreel.catalog.catalogue import is_open, narrowed
from storyreel.domain.errors import AuthenticationFailed
from storyreel.domain.model import Mode, RouteStatus
from storyreel.means import Means, Way, named

MODEL = "veo-3.1"


def ways_to_veo(means: Means) -> tuple[str, ...]:
    """The ways that can be used here, as model@provider, Veo's own first.

    Raises AuthenticationFailed, which names every variable that would open one.
    """
    ways = list(_open_ways(means))
    usable = tuple(named(way) for way in ways if means.usable(way[1]))
    if not usable:
        raise _no_key(ways, means)
    return usable


def prompt_model(means: Means) -> str:
    """The model for whose family a prompt is written: that of the first usable way, else Veo's own."""
    usable = (named(way) for way in _open_ways(means) if means.usable(way[1]))
    return next(usable, MODEL).partition("@")[0]


def told_other(way: str, means: Means) -> tuple[str, ...]:
    """A sentence where something else than Veo makes what was asked of Veo."""
    model, route = means.catalogue.known_route(way)
    if model.id == MODEL:
        return ()
    veo = means.catalogue.model(MODEL)
    shut = next((one for one in veo.routes if one.successor == model.id and not is_open(one, means.today)), None)
    since = f" since {shut.until}" if shut and shut.until else ""
    why = f"{veo.title} is closed at {shut.provider}{since}" if shut else f"{veo.title} cannot be had here"
    return (f"{why}: {model.title} by {route.provider} makes this film instead.",)


def _open_ways(means: Means) -> Iterator[Way]:
    veo = means.catalogue.model(MODEL)
    successors = dict.fromkeys(route.successor for route in veo.routes if route.successor)
    for model in (veo, *map(means.catalogue.model, successors)):
        for route in model.routes:
            if is_open(route, means.today) and Mode.REFERENCES in narrowed(model, route).limits.modes:
                yield model, route


def _no_key(ways: Sequence[Way], means: Means) -> AuthenticationFailed:
    """The variable of a way that is known to live comes first."""
    live_first = sorted(ways, key=lambda way: way[1].status is not RouteStatus.LIVE)
    told = {means.accounts[route.provider].setting: f"{model.title} by {route.provider}" for model, route in live_first}
    (first, what), *others = told.items()
    rest = ", ".join(f"{setting} ({which})" for setting, which in others)
    problem = f"There is no key for Veo 3.1, nor for what stands in its place ({what})"
    return AuthenticationFailed(provider=live_first[0][1].provider, setting=first, problem=problem, otherwise=rest)
