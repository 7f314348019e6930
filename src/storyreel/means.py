"""What there is to choose from when a film is planned: the models, the keys, what providers tell today, the day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from storyreel.accounts import VARIABLES, Account
from storyreel.catalog.catalogue import Catalogue
from storyreel.catalog.choose import Prefer
from storyreel.catalog.learnt import Learnt
from storyreel.domain.errors import AuthenticationFailed
from storyreel.domain.film import Order
from storyreel.domain.model import Model, Route
from storyreel.domain.money import NO_BUDGETS, Budgets

AUTO = {"auto": Prefer.CHEAPEST, "auto:cheapest": Prefer.CHEAPEST, "auto:fastest": Prefer.FASTEST, "auto:best": Prefer.BEST}

Way: TypeAlias = tuple[Model, Route]


@dataclass(frozen=True, slots=True)
class Means:
    """What there is to choose from, on a day."""

    catalogue: Catalogue
    accounts: Mapping[str, Account]
    today: date
    learnt: Mapping[str, Learnt] = field(default_factory=dict[str, Learnt])  # model@provider -> what its provider tells today
    budgets: Budgets = NO_BUDGETS  # beside each order's own

    def usable(self, route: Route) -> bool:
        """Whether the route can be chosen here."""
        return self.has_key(route)

    def has_key(self, route: Route) -> bool:
        """Whether the route needs no account, or has one."""
        return route.provider not in VARIABLES or self.accounts[route.provider].ready

    def may_pay(self, route: Route, order: Order) -> bool:
        """Whether a route has a price, or may be used without one."""
        return order.allow_unpriced or route.price is not None or route.built_in

    def way(self, name: str) -> Way:
        """The model and route of a name. Raises UnknownModel, RouteClosed, AuthenticationFailed."""
        model, route = self.catalogue.route(name, self.today, self.usable)
        if not self.usable(route):
            raise AuthenticationFailed(provider=route.provider, setting=self.accounts[route.provider].setting)
        if route.provider in self.accounts:
            self.accounts[route.provider].must_be_whole()
        known = self.learnt.get(named((model, route)))
        return (model.model_copy(update={"limits": known.limits}) if known else model), route


def named(way: Way) -> str:
    """A way as orders and takes name it: "kling-2.5-turbo@fal"."""
    return f"{way[0].id}@{way[1].provider}"
