"""By what a shot is made where its own way fails: settled, fitted and priced when a film is planned, before anything is sent."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from storyreel.catalog.catalogue import Catalogue
from storyreel.catalog.choose import Need, choose, must_manage, other_ways
from storyreel.catalog.fit import fitted_seconds, fitted_size, fitted_sound
from storyreel.catalog.quote import price_of
from storyreel.domain.advice import Advice, Remedy
from storyreel.domain.errors import BudgetExceeded, CapabilityMissing, StoryreelError
from storyreel.domain.film import Joins, Order
from storyreel.domain.generation import Request
from storyreel.domain.model import Medium, Mode
from storyreel.domain.money import price_text
from storyreel.means import AUTO, Means, Way, named
from storyreel.production.plan import FRAME_S


def besides(
    asked: Order, order: Order, first: Way, keyframes: Way | None, needs: Sequence[Need], means: Means, *, strict: bool
) -> Iterator[Way]:
    """The ways that are tried where a shot's own fails: other routes of a model that was named without one, then those named.

    Where `strict`, a named one that cannot be used is refused: raises UnknownModel, RouteClosed, CapabilityMissing,
    AuthenticationFailed, BudgetExceeded for one without a price. Otherwise it is left out.
    """
    taken = [first, *([keyframes] if keyframes else [])]
    stills = [
        Need(modes=(Mode.REFERENCES,), seconds=FRAME_S, exact=False, aspect=order.size.shape, size=order.size, references=1)
    ]
    by_name = [(first, asked.model, needs)] + ([(keyframes, asked.keyframe_model or "", stills)] if keyframes else [])
    for (model, route), name, wanted in by_name:
        if "@" not in name:
            for way in other_ways(means.catalogue, model, route, wanted, means.today, means.has_key):
                if means.may_pay(way[1], order):
                    taken.append(way)
                    yield way
    for name in asked.fallbacks:
        try:
            way = _fallback(name, order, needs, taken, means)
        except StoryreelError:
            if strict:
                raise
            continue
        if named(way) not in map(named, taken):
            taken.append(way)
            yield way


def _fallback(name: str, order: Order, needs: Sequence[Need], taken: Sequence[Way], means: Means) -> Way:
    """The way that is meant by a fallback's name. Raises what `besides` raises."""
    if name in AUTO:
        known = {model.id for model, _ in taken}
        others = Catalogue(models=tuple(model for model in means.catalogue.models if model.id not in known))
        modes = max((need.modes for need in needs), key=len, default=(Mode.TEXT,))
        need = Need(
            modes=modes, seconds=max(need.seconds for need in needs), exact=False, aspect=order.size.shape, size=order.size
        )
        way = choose(others, need, means.today, AUTO[name], usable=means.usable)
    else:
        way = means.way(name)
    if way[0].medium is Medium.IMAGE:
        if order.keyframe_model is None or order.joins is not Joins.KEYFRAMES:
            clips = [model.id for model in means.catalogue.search(medium=Medium.VIDEO, open_on=means.today) if not model.by_name]
            raise CapabilityMissing(model=way[0].id, capability="make a clip", alternatives=clips)
    else:
        for need in needs:
            must_manage(way[0], need.model_copy(update={"exact": False}), means.catalogue, means.today, route=way[1])
    if not means.may_pay(way[1], order):
        told, allow = f"No price is known for {named(way)}. Choose another fallback, or allow it with ", Remedy.ALLOW_UNPRICED
        message = Advice(told, allow, ".")
        raise BudgetExceeded(message, budget="unpriced", limit_usd="0", needed_usd="unknown", setting=allow)
    return way


def price_by(way: Way, order: Order, seconds: float, mode: Mode = Mode.TEXT) -> Decimal | None:
    """What a shot of that length costs by a way, as long as that makes it; None: no price is known."""
    limits = way[0].limits
    size, sound = fitted_size(limits, order.size), fitted_sound(limits, wished=order.sound)
    fitted = fitted_seconds(limits.durations, seconds, mode, size.resolution)
    return price_of(way[1], Request(prompt="", seconds=fitted, size=size, sound=sound))


def told_besides(besides: Sequence[Way], order: Order, needs: Sequence[Need]) -> Iterator[str]:
    """By what a shot is made where its own way fails, with what all of them would cost by it."""
    told: list[str] = []
    for way in besides:
        if way[0].medium is Medium.VIDEO:
            prices = [price_by(way, order, need.seconds, need.modes[-1]) for need in needs]
            known = [price for price in prices if price is not None]
            told.append(
                f"{named(way)} ({price_text(sum(known, Decimal(0))) if len(known) == len(prices) else 'price not known'})"
            )
    if told:
        yield f"Where a shot's own way fails, it is made by {', then '.join(told)}; in brackets, what every shot would cost so."
