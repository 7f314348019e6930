"""What a film would cost, shot by shot, and what it would cost by other models; nothing is started, and no key is needed."""

from collections.abc import Collection, Iterator
from dataclasses import fields
from decimal import Decimal

from storyreel.accounts import VARIABLES
from storyreel.admission import Means, Plan, plan_of
from storyreel.catalog.fit import fitted_size, fitted_sound
from storyreel.catalog.quote import price_of
from storyreel.domain.errors import InvalidRequest, StoryreelError
from storyreel.domain.film import Joins, Order
from storyreel.domain.generation import Request, keyframe_of
from storyreel.domain.model import Medium, Quote, Route
from storyreel.domain.storyboard import Storyboard
from storyreel.domain.values import Value
from storyreel.production.plan import FRAME_S, keyframe_size


class Piece(Value):
    """A shot or a keyframe of a planned film, and its price in US dollars; None: no price is known."""

    number: int  # the shot's, counted from 1
    shot: str  # its id; of a keyframe by `keyframe_of`
    route: str  # "kling-2.5-turbo@fal"
    seconds: float
    price_usd: Decimal | None
    at_hand: bool  # made before: not paid again


class Estimate(Value):
    """A plan with the price of each piece; `quote` leaves out what is at hand."""

    plan: Plan
    pieces: tuple[Piece, ...]
    needs: tuple[str, ...] = ()  # keys that are not set, by their settings

    @property
    def quote(self) -> Quote:
        """What the film would cost and take."""
        return self.plan.quote

    @property
    def by_model(self) -> dict[str, Decimal | None]:
        """What each model's pieces cost that are not at hand."""
        sums: dict[str, Decimal | None] = {}
        for piece in self.pieces:
            price, so_far = Decimal(0) if piece.at_hand else piece.price_usd, sums.get(piece.route, Decimal(0))
            sums[piece.route] = None if price is None or so_far is None else so_far + price
        return sums


class Offer(Value):
    """What the same film would cost by one way to one model."""

    route: str
    quote: Quote
    key: bool  # whether it can be used here today


class AnyMeans(Means):
    """The same means, as if every key were there: what is told is a price, and nothing is sent."""

    def usable(self, route: Route) -> bool:  # noqa: ARG002  all are
        """Every route is."""
        return True


def freed(means: Means) -> AnyMeans:
    """Means that need no key."""
    return AnyMeans(**{field.name: getattr(means, field.name) for field in fields(means)})


def estimate_of(plan: Plan, means: Means) -> Estimate:
    """The plan with the price of each shot and keyframe."""
    pieces = pieces_of(plan, means)
    providers = dict.fromkeys(piece.route.partition("@")[2] for piece in pieces)
    missing = [means.accounts[name].setting for name in providers if name in VARIABLES and not means.accounts[name].ready]
    return Estimate(plan=plan, pieces=pieces, needs=tuple(missing))


def pieces_of(plan: Plan, means: Means, only: Collection[str] | None = None) -> tuple[Piece, ...]:
    """Each shot and keyframe of a plan with its price, in order; `only` some of them, if told."""
    every = (*_keyframes(plan, means, only), *_shots(plan, means, only))
    return tuple(sorted(every, key=lambda piece: piece.number))


def offers(storyboard: Storyboard, order: Order, means: Means) -> tuple[Offer, ...]:
    """What a film of this storyboard and order would cost by every model that can make it and has a price, cheapest first.

    Nothing is taken to be at hand. Raises InvalidRequest where no model can make it.
    """
    found = [offer for route in _routes(means) if (offer := _offer(storyboard, order, route, means)) is not None]
    if not found:
        message = "No model with a price can make this film. Make its shots longer or shorter, or wish for less."
        raise InvalidRequest(message, field="model")
    return tuple(sorted(found, key=lambda offer: (offer.quote.expected_usd or Decimal(0), offer.quote.seconds, offer.route)))


def _routes(means: Means) -> Iterator[str]:
    """Every open way to a model of clips that the catalogue itself describes."""
    for model in means.catalogue.search(medium=Medium.VIDEO, open_on=means.today):
        if not model.by_name:
            yield from (f"{model.id}@{route.provider}" for route in model.routes)


def _offer(storyboard: Storyboard, order: Order, route: str, means: Means) -> Offer | None:
    """None where that model cannot make the film, is closed, or has no price for it."""
    by_it = order.model_copy(update={"model": route, "budget_usd": None, "allow_unpriced": True})
    try:
        plan = plan_of(storyboard, by_it, freed(means))
    except StoryreelError:
        return None
    if plan.quote.expected_usd is None:
        return None
    return Offer(route=plan.order.model, quote=plan.quote, key=not estimate_of(plan, means).needs)


def _shots(plan: Plan, means: Means, only: Collection[str] | None) -> Iterator[Piece]:
    order = plan.order
    for number, shot in enumerate(plan.storyboard.shots, start=1):
        if only is not None and shot.id not in only:
            continue
        model, route = freed(means).way(shot.model or order.model)
        size, sound = fitted_size(model.limits, order.size), fitted_sound(model.limits, wished=order.sound)
        request = Request(prompt="", seconds=shot.seconds, size=size, sound=sound)
        yield Piece(
            number=number,
            shot=shot.id,
            route=f"{model.id}@{route.provider}",
            seconds=shot.seconds,
            price_usd=price_of(route, request),
            at_hand=shot.id in plan.at_hand,
        )


def _keyframes(plan: Plan, means: Means, only: Collection[str] | None) -> Iterator[Piece]:
    order = plan.order
    if order.joins is not Joins.KEYFRAMES or order.keyframe_model is None:
        return
    model, route = freed(means).way(order.keyframe_model)
    still = Request(prompt="", seconds=FRAME_S, size=keyframe_size(model, route, order.size), sound=False, still=True)
    for number, shot in enumerate(plan.storyboard.shots, start=1):
        frame = keyframe_of(shot.id)
        if only is not None and frame not in only:
            continue
        yield Piece(
            number=number,
            shot=frame,
            route=f"{model.id}@{route.provider}",
            seconds=FRAME_S,
            price_usd=price_of(route, still),
            at_hand=frame in plan.at_hand,
        )
