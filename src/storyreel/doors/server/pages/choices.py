"""The models that a page offers, with what each costs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from storyreel.catalog.catalogue import is_open, narrowed
from storyreel.catalog.stock import Stock
from storyreel.catalog.usual import usual_clip
from storyreel.domain.model import Medium, Mode
from storyreel.studio import Studio


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to a model that can be used here today."""

    name: str  # "kling-2.5-turbo@fal"
    title: str
    provider: str
    clip_usd: Decimal | None  # what the clip costs that comes nearest to 8 s at 720p
    clip_s: float  # its length
    usable: bool  # its key is here
    modes: tuple[Mode, ...]


def choices(studio: Studio) -> Sequence[Choice]:
    """Every open way to a model of clips: those that can be used first, the free one first of all, then by price."""
    return sorted(_choices(studio), key=lambda one: (not one.usable, one.clip_usd is None, _usd_a_second(one), one.title))


def _choices(studio: Studio) -> Iterator[Choice]:
    stock = Stock(studio.accounts, studio.today)
    for model in studio.catalogue.search(medium=Medium.VIDEO, open_on=studio.today):
        if model.by_name:
            continue
        for route in model.routes:
            if is_open(route, studio.today):
                price, seconds = usual_clip(model, route)
                yield Choice(
                    name=f"{model.id}@{route.provider}",
                    title=model.title,
                    provider="" if route.built_in else route.provider,
                    clip_usd=price,
                    clip_s=seconds,
                    usable=stock.has_key(route),
                    modes=narrowed(model, route).limits.modes,
                )


def _usd_a_second(one: Choice) -> float:
    return float(one.clip_usd or 0) / one.clip_s
