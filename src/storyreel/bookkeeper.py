"""The part of a studio that keeps the books: what a film would cost, what was paid, what is in doubt."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Unpack

from storyreel.domain.errors import AuthenticationFailed
from storyreel.domain.film import Film, Order
from storyreel.domain.storyboard import Storyboard
from storyreel.domain.values import ANY_PICTURE
from storyreel.orders import FilmWishes, Pictures, order_for
from storyreel.planner import Planner

if TYPE_CHECKING:
    from storyreel.estimate import Estimate, Offer
    from storyreel.library.ledger import Call
    from storyreel.library.runs import Runs
    from storyreel.production.attention import Doubt
    from storyreel.production.bills import Statement
    from storyreel.production.line import Line


class Bookkeeper(Planner, ABC):
    """What is quoted, held and paid, and what nobody but a person can know."""

    async def estimate(self, storyboard: Storyboard, **wishes: Unpack[FilmWishes]) -> "Estimate":
        """What a film of this storyboard would cost, shot by shot; nothing is started, and no key is needed. Raises as `plan`."""
        from storyreel.admission import plan_of
        from storyreel.estimate import estimate_of, freed

        means = self.means()
        try:
            await self.learn(storyboard, **wishes)
            plan = await asyncio.to_thread(self.plan, storyboard, **wishes)
        except AuthenticationFailed:
            order = self._order(storyboard, wishes)
            plan = await asyncio.to_thread(plan_of, storyboard, order, freed(means), self._at_hand)
        return estimate_of(plan, means)

    async def compare(self, storyboard: Storyboard, **wishes: Unpack[FilmWishes]) -> tuple["Offer", ...]:
        """What it would cost by every model that can make it and has a price, cheapest first. Raises InvalidRequest."""
        from storyreel.estimate import offers

        return await asyncio.to_thread(offers, storyboard, self._order(storyboard, wishes), self.means())

    async def bill(self, film: str | None = None) -> "Statement":
        """The bill of a film, named by its id or the beginning of it, or of all films. Raises UnknownFilm."""
        from storyreel.library.films import find_film
        from storyreel.production.bills import statement

        line = await self._line()
        id = None if film is None else (await line.database.read(find_film, film)).id
        return await line.database.read(statement, id, self.catalogue)

    async def runs(self, film: Film | str) -> "Runs":
        """How often a film was under way, and for how long: what lies between its runs does not count."""
        from storyreel.library.runs import runs_of

        id = film if isinstance(film, str) else film.id
        return await (await self._line()).database.read(runs_of, id)

    async def doubts(self) -> tuple["Doubt", ...]:
        """The calls of which nobody can know whether they arrived, the oldest first; their films wait for a person."""
        from storyreel.production.attention import doubts

        return tuple(await (await self._line()).database.read(doubts))

    async def doubt(self, call: str) -> "Doubt":
        """The call in doubt of that take, or of that number in `doubts`. Raises InvalidRequest."""
        from storyreel.production.attention import find_doubt

        return await (await self._line()).database.read(find_doubt, call)

    async def adopt(self, call: str, remote_id: str) -> Film:
        """The film, on its way again: the call's generation is the one that its provider calls `remote_id`.

        Raises InvalidRequest where the provider knows no such generation, nothing will come of it, or another take has it.
        """
        from storyreel.production.attention import adopt

        line, doubt = await self._line(), await self.doubt(call)
        remote = await line.remote_called(doubt, remote_id)
        await line.database.write(adopt, doubt.call.key, remote, self._now())
        return await self._film_of(doubt.call)

    async def resubmit(self, call: str) -> Film:
        """The film, on its way again: the call never arrived, and is sent again at the price that is held for it."""
        from storyreel.production.attention import resubmit

        line, known = await self._line(), (await self.doubt(call)).call
        await line.database.write(resubmit, known.key, self._now())
        return await self._film_of(known)

    async def abandon(self, call: str, *, charged: bool = False) -> Film:
        """The film, without this call; `charged`: its provider charged what was quoted. Resumed, it makes another take."""
        from storyreel.production.attention import abandon

        line, known = await self._line(), (await self.doubt(call)).call
        cost = (known.quote_usd or Decimal(0)) if charged else Decimal(0)
        await line.database.write(abandon, known.key, cost, self._now())
        return await self._film_of(known)

    @asynccontextmanager
    async def webhooks(self, host: str = "127.0.0.1", port: int = 0) -> AsyncGenerator[str]:
        """Listen for providers' webhooks while the block runs; gives the address, to which a provider's name is added.

        Raises InvalidRequest for a port that cannot be used.
        """
        async with (await self._line()).webhooks(host, port) as address:
            yield address

    def _order(self, storyboard: Storyboard, wishes: FilmWishes) -> Order:
        pictures = Pictures(references=tuple(ANY_PICTURE for _ in wishes.get("references", ())))
        return order_for(wishes, default_model=self.settings.model, aspect=storyboard.aspect, pictures=pictures)

    async def _film_of(self, call: "Call") -> Film:
        from storyreel.library.films import film

        return await (await self._line()).database.read(film, call.key.film)

    @abstractmethod
    async def _line(self) -> "Line":
        """What makes this studio's films."""
