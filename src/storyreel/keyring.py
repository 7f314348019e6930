"""The part of a studio that gives keys to those who reach its server."""

from abc import ABC, abstractmethod
from collections.abc import Collection
from decimal import Decimal
from typing import TYPE_CHECKING

from storyreel.orders import budget_for
from storyreel.planner import Planner

if TYPE_CHECKING:
    from storyreel.library.keys import ApiKey, NewKey, Scope
    from storyreel.production.line import Line


class Keyring(Planner, ABC):
    """API keys: made, listed, revoked. While there is none, a server listens to its own machine alone."""

    async def create_key(
        self, name: str, *, user: str | None = None, scopes: "Collection[Scope]" = (), budget: float | None = None
    ) -> "NewKey":
        """A new key, whose secret is told this once. `budget`: US dollars that everything asked for by it may cost.

        Without scopes it may see and make. Raises InvalidRequest.
        """
        from storyreel.library.keys import USUAL_SCOPES, create_key

        limit: Decimal | None = budget_for(budget)
        database = (await self.line()).database
        return await database.write(create_key, name, self._now(), user=user, scopes=scopes or USUAL_SCOPES, budget_usd=limit)

    async def keys(self) -> "tuple[ApiKey, ...]":
        """Every key there ever was, the newest first."""
        from storyreel.library.keys import keys

        return tuple(await (await self.line()).database.read(keys))

    async def revoke_key(self, name: str) -> "ApiKey":
        """The key of that name or id, which opens nothing within a second. Raises InvalidRequest where there is none."""
        from storyreel.library.keys import revoke_key

        return await (await self.line()).database.write(revoke_key, name, self._now())

    @abstractmethod
    async def line(self) -> "Line":
        """The line, opened."""
