"""The ways to make a shot: its own route, then those that the order allows besides, each fitted to what it can make."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from storyreel.catalog.catalogue import Catalogue, is_open
from storyreel.catalog.choose import Need, lacks
from storyreel.catalog.fit import fitted_seconds
from storyreel.catalog.quote import price_of
from storyreel.domain.errors import UnknownModel
from storyreel.domain.film import Film
from storyreel.domain.generation import KEYFRAME, Request, Take, is_keyframe
from storyreel.domain.model import Medium, Model, Route
from storyreel.domain.values import Digest
from storyreel.production.keyframes import frame_to_end_on
from storyreel.production.plan import keyframe_for, request_for, shot_model

Frames = Mapping[str, Digest]
"""The frames that shots begin on, by shot."""


@dataclass(frozen=True, slots=True)
class Way:
    """One route to a shot, and what it is asked for."""

    route: str  # "kling-2.5-turbo@fal"
    request: Request
    price_usd: Decimal | None  # None: no price is known


def ways_to(
    film: Film, frames: Frames, name: str, begins: Digest | None, catalogue: Catalogue, today: date, *, since: str | None = None
) -> Iterator[Way]:
    """The ways to a shot or keyframe, in the order in which they are tried, from the route `since` on.

    The first is as it was asked, whatever it can; of the others those that can make it. `begins`: the frame that the shot begins
    on, or that its keyframe is drawn in view of. Raises UnknownModel.
    """
    names = _names(film, name, catalogue)
    if since is not None:
        names = names[names.index(since) :] if since in names else [since]
    for place, route_name in enumerate(names):
        model, route = catalogue.known_route(route_name)
        request = _asked(film, frames, name, begins, model, route)
        if place == 0:
            yield Way(route_name, request, price_of(route, request))
        elif is_open(route, today) and (fitted := fitted_request(request, model)) is not None:
            yield Way(route_name, fitted, price_of(route, fitted))


def is_last_way(film: Film, take: Take, catalogue: Catalogue, today: date) -> bool:
    """Whether no route is left after a take's that the order allows and that can make what was asked."""
    names = _names(film, take.shot, catalogue)
    for name in names[names.index(take.route) + 1 :] if take.route in names else ():
        model, route = catalogue.known_route(name)
        if is_open(route, today) and fitted_request(take.request, model) is not None:
            return False
    return True


def own_route(film: Film, name: str, catalogue: Catalogue) -> str:
    """The route that a shot or keyframe is to be made by. Raises UnknownModel."""
    asked = (film.order.keyframe_model or film.order.model) if is_keyframe(name) else shot_model(film, name)
    model, route = catalogue.known_route(asked)
    return f"{model.id}@{route.provider}"


def fitted_request(request: Request, model: Model) -> Request | None:
    """The request as long as that model can make it; None where it cannot make it at all."""
    limits, size = model.limits, request.size
    seconds = request.seconds
    if not request.still:
        seconds = fitted_seconds(limits.durations, seconds, request.modes[-1], size.resolution)
    need = Need(
        modes=request.modes,
        seconds=seconds,
        exact=not request.still,
        aspect=size.shape,
        size=size,
        references=len(request.references),
        prompt_characters=len(request.prompt),
    )
    return None if lacks(model, need) else request.model_copy(update={"seconds": seconds})


def _names(film: Film, name: str, catalogue: Catalogue) -> Sequence[str]:
    """The routes that a shot or keyframe is tried by, in their order, whatever they can. Raises UnknownModel."""
    return list(dict.fromkeys((own_route(film, name, catalogue), *_others(film, name, catalogue))))


def _others(film: Film, name: str, catalogue: Catalogue) -> Sequence[str]:
    """What the order allows besides: routes of the same model first, then other models, in its order."""
    medium = Medium.IMAGE if is_keyframe(name) else Medium.VIDEO
    own = own_route(film, name, catalogue).partition("@")[0]
    known = [route for route in film.order.fallbacks if _makes(route, medium, catalogue)]
    return sorted(known, key=lambda route: route.partition("@")[0] != own)


def _makes(route: str, medium: Medium, catalogue: Catalogue) -> bool:
    try:
        return catalogue.known_route(route)[0].medium is medium
    except UnknownModel:
        return False


def _asked(film: Film, frames: Frames, name: str, begins: Digest | None, model: Model, route: Route) -> Request:
    """What a route is asked for, before it is fitted."""
    if is_keyframe(name):
        return keyframe_for(film, shot_of(name), model, route, begins)
    return request_for(film, name, model, first=begins, last=frame_to_end_on(film, name, model, frames))


def shot_of(name: str) -> str:
    """The shot that a shot's or keyframe's name is about."""
    return name.removesuffix(KEYFRAME)


def begins_on(request: Request, name: str) -> Digest | None:
    """The frame that a take of that request began on, or was drawn in view of."""
    if not is_keyframe(name):
        return request.first_frame
    return request.references[-1] if request.references and request.number > 1 else None
