"""The catalogue as it stands for one installation: what is open today, what it has a key for, what its clips cost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from storyreel.accounts import VARIABLES, Account
from storyreel.catalog.catalogue import is_open, narrowed
from storyreel.catalog.usual import usual_clip, usual_price_usd
from storyreel.domain.model import Medium, Mode, Model, Route, RouteStatus
from storyreel.domain.values import JSON


@dataclass(frozen=True, slots=True)
class Stock:
    """The models as they stand on a day, for somebody with these accounts."""

    accounts: Mapping[str, Account]
    today: date

    def has_key(self, route: Route) -> bool:
        """Whether this installation can use the route: it needs no key, or has one."""
        return route.provider not in VARIABLES or self.accounts[route.provider].ready

    def chosen(self, models: Iterable[Model], *, medium: str | None, start: str | None, live: bool, mine: bool) -> list[Model]:
        """Those that are as wished, each with the routes that are."""
        found: list[Model] = []
        for model in models:
            routes = tuple(
                route
                for route in model.routes
                if (not live or is_open(route, self.today)) and (not mine or self.has_key(route)) and _starts(model, route, start)
            )
            if routes and medium in {None, model.medium.value}:
                found.append(model.model_copy(update={"routes": routes}))
        return found

    def row(self, model: Model) -> JSON:
        """One model of `models --json`."""
        return {
            "name": model.id,
            "title": model.title,
            "medium": model.medium.value,
            "modes": [mode.value for mode in model.limits.modes],
            "routes": [self._route(model, route) for route in model.routes],
        }

    def _route(self, model: Model, route: Route) -> JSON:
        is_video = model.medium is Medium.VIDEO
        price = usual_price_usd(model, route) if is_video else None
        clip_usd, seconds = usual_clip(model, route)
        return {
            "provider": route.provider,
            "id": route.remote_name,
            "status": self.status(route),
            "until": route.until.isoformat() if route.until else None,
            "successor": route.successor,
            "price_8s_720p_usd": float(price) if price is not None else None,
            "clip_usd": float(clip_usd) if clip_usd is not None else None,
            "clip_seconds": seconds if is_video else None,
            "source": str(route.source),
            "read_on": route.read_on.isoformat(),
            "key_present": self.has_key(route),
        }

    def status(self, route: Route) -> str:
        """As it is today: a route is closed from its day on."""
        return route.status.value if is_open(route, self.today) else RouteStatus.CLOSED.value


def _starts(model: Model, route: Route, start: str | None) -> bool:
    return start is None or Mode(start) in narrowed(model, route).limits.modes
