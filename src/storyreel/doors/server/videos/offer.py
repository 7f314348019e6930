"""By what a video is made and for how much: the plan of a film of one shot, remembered for the next one that asks the same."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from storyreel.admission import plan_of
from storyreel.domain.errors import RouteClosed
from storyreel.domain.film import Order
from storyreel.domain.storyboard import Scene, Shot, Storyboard
from storyreel.domain.values import ANY_PICTURE, Size
from storyreel.studio import Studio

REMEMBERED = 1000
SHORT_PROMPT = 500  # characters; every model reads so many


@dataclass(frozen=True, slots=True)
class Asked:
    """What an offer depends on."""

    model: str
    seconds: float
    size: Size
    pictured: bool  # whether it begins on a picture
    characters: int  # of the prompt; short ones count as none
    budget_usd: Decimal | None
    allow_unpriced: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """A plan that was found: what will be made."""

    route: str  # "model@provider"
    seconds: float
    size: Size
    quote_usd: Decimal | None  # None: no price is known
    notes: tuple[str, ...]  # what is otherwise than asked, a sentence each


class Offers:
    """Offers, found once and remembered for their day."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._known: OrderedDict[tuple[date, Asked], Offer] = OrderedDict()

    async def offer(self, asked: Asked) -> Offer:
        """What would be made. Raises UnknownModel, RouteClosed, CapabilityMissing, AuthenticationFailed, BudgetExceeded."""
        asked = replace(asked, characters=asked.characters if asked.characters > SHORT_PROMPT else 0)
        key = (self._studio.today, asked)
        known = self._known.get(key)
        if known is None and self._studio.catalogue.is_by_name(asked.model):  # what it can do, its provider alone knows today
            await self._studio.learn(_board(asked), model=asked.model)
            return await asyncio.to_thread(self._found, asked)
        if known is None:
            known = self._known[key] = await asyncio.to_thread(self._found, asked)
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return known

    def _found(self, asked: Asked) -> Offer:
        means, notes = self._studio.means(), tuple[str, ...]()
        model = asked.model
        order = Order(
            model=model,
            size=asked.size,
            first_frame=ANY_PICTURE if asked.pictured else None,
            budget_usd=asked.budget_usd,
            allow_unpriced=asked.allow_unpriced,
        )
        try:
            plan = plan_of(_board(asked), order, means)
        except RouteClosed as closed:
            model, by, _ = asked.model.partition("@")
            if not by:
                raise
            plan = plan_of(_board(asked), order.model_copy(update={"model": model}), means)
            notes = (f"{closed.route} was closed on {closed.since}; {plan.order.model} makes it instead.",)
        return Offer(
            route=plan.order.model,
            seconds=plan.storyboard.seconds,
            size=plan.order.size,
            quote_usd=plan.quote.expected_usd,
            notes=(*notes, *plan.notes),
        )


def _board(asked: Asked) -> Storyboard:
    """A storyboard that asks for the same."""
    said = "x" * asked.characters
    shot = Shot(id="s01", beat="b01", description="", seconds=asked.seconds, prompt=said)
    return Storyboard(title="", aspect=asked.size.shape, scenes=(Scene(id="scene-1", heading="", location="", shots=(shot,)),))
