"""What callers may still spend, known without asking for each video: read each second, and again before anybody is refused."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from storyreel.domain.money import Budgets
from storyreel.doors.server.callers import Caller
from storyreel.doors.server.desk import Desk
from storyreel.library import accepted

FRESH_S = 1.0
MOST_CALLERS = 10_000  # remembered at once


@dataclass(frozen=True, slots=True)
class _Room:
    """What was left to a caller when it was read, less what was promised since; None: no budget bounds it."""

    usd: Decimal | None
    read_at: float


class Purse:
    """Refuses a video that a budget does not allow, before anything of it is kept; when it is sent, the ledger asks again."""

    def __init__(self, desk: Desk, clock: Callable[[], float]) -> None:
        self._desk, self._clock = desk, clock
        self._rooms: OrderedDict[str, _Room] = OrderedDict()
        self._reading = asyncio.Lock()

    async def must_allow(self, caller: Caller, quote_usd: Decimal | None, *, allow_unpriced: bool) -> None:
        """Count one video of that price. Raises BudgetExceeded."""
        if self._holds(caller, quote_usd):
            return
        async with self._reading:
            if not self._holds(caller, quote_usd):  # nobody else has read it meanwhile
                await self._read(caller, quote_usd, allow_unpriced=allow_unpriced)

    def _holds(self, caller: Caller, quote_usd: Decimal | None) -> bool:
        """Whether it is known that there is room for it, which it then takes."""
        room = self._rooms.get(caller.name)
        if room is None or self._clock() - room.read_at > FRESH_S:
            return False
        if room.usd is None:
            return True
        if quote_usd is None or quote_usd > room.usd:  # what has no price is within no budget
            return False
        self._rooms[caller.name] = replace(room, usd=room.usd - quote_usd)
        return True

    async def _read(self, caller: Caller, quote_usd: Decimal | None, *, allow_unpriced: bool) -> None:
        began = self._clock()
        budgets: Budgets = self._desk.studio.settings.budgets
        whose = (caller.user, caller.api_key, quote_usd, budgets, self._desk.now())
        left = await self._desk.database.read(accepted.must_fit, *whose, allow_unpriced=allow_unpriced)
        self._rooms[caller.name] = _Room(left, began)
        if len(self._rooms) > MOST_CALLERS:
            self._rooms.popitem(last=False)
