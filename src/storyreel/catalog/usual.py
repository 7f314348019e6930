"""What one clip of a usual kind costs by a route: to compare models by."""

from decimal import Decimal

from storyreel.catalog.catalogue import narrowed
from storyreel.catalog.fit import fitted_seconds, fitted_sound
from storyreel.catalog.price import price_usd
from storyreel.domain.model import Limits, Medium, Model, Route

COMPARED_S, COMPARED_RESOLUTION = 8.0, "720p"


def usual_price_usd(model: Model, route: Route) -> Decimal | None:
    """What 8 s at 720p cost by that route, with sound where it can have it, to compare by; of an image model, one picture.

    Where the model makes no 8 s or no 720p, the price of what it makes that is nearest, for 8 s. None where no price is known.
    """
    price, seconds = usual_clip(model, route)
    return price if price is None or model.medium is Medium.IMAGE else price * Decimal(COMPARED_S) / Decimal(str(seconds))


def usual_clip(model: Model, route: Route) -> tuple[Decimal | None, float]:
    """What the clip costs that comes nearest to 8 s at 720p, as it is paid, and its seconds; of an image model, one picture."""
    limits = narrowed(model, route).limits
    mode, resolution = limits.modes[0], _nearest_resolution(limits)
    seconds = fitted_seconds(limits.durations, COMPARED_S, mode, resolution) if model.medium is Medium.VIDEO else COMPARED_S
    return price_usd(route, seconds, sound=fitted_sound(limits, wished=True), resolution=resolution, mode=mode.value), seconds


def _nearest_resolution(limits: Limits) -> str:
    if not limits.resolutions or COMPARED_RESOLUTION in limits.resolutions:
        return COMPARED_RESOLUTION
    return min(limits.resolutions, key=lambda one: abs(int(one.removesuffix("p")) - 720))
