"""The part of a studio that keeps the books: what is in doubt, and what a person decides about it."""

from decimal import Decimal
from typing import TYPE_CHECKING

from storyreel.domain.film import Film
from storyreel.planner import Planner

if TYPE_CHECKING:
    from storyreel.library.ledger import Call
    from storyreel.production.attention import Doubt
    from storyreel.production.line import Line


class Bookkeeper(Planner):
    """What was paid, what is held, and what nobody but a person can know."""

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

    async def _film_of(self, call: "Call") -> Film:
        from storyreel.library.films import film

        return await (await self._line()).database.read(film, call.key.film)

    async def _line(self) -> "Line":
        raise NotImplementedError
