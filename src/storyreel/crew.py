"""The part of a studio that works for others: a process that makes the films which are handed over, until it is told to stop."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from storyreel.domain.errors import PlaceLost, StoreUnusable
from storyreel.planner import Planner
from storyreel.settings import LogLevel

AGAIN_S = 5.0  # before a worker that lost its place begins again, and between its attempts


class Crew(Planner):
    """Working on the line, beside other workers where they share one."""

    async def work(
        self, stop: asyncio.Event, tell: Callable[[str], None] = lambda _told: None, hooks: tuple[str, int] | None = None
    ) -> None:
        """Make films until `stop` is set; what is being sent then is still sent, and the rest is left to who comes next.

        `tell` hears what a person should know; `hooks` is the host and port where providers' webhooks are heard. Raises
        StoreUnusable where it cannot begin, InvalidRequest for a port that cannot be used.
        """
        began = False
        while not stop.is_set():
            try:
                await self._work_once(stop, tell, hooks)
            except (PlaceLost, StoreUnusable) as error:
                if isinstance(error, StoreUnusable) and not began:
                    raise
                tell(str(error))
                with suppress(TimeoutError):
                    async with asyncio.timeout(AGAIN_S if isinstance(error, StoreUnusable) else 0):
                        await stop.wait()
            began = True

    async def _work_once(self, stop: asyncio.Event, tell: Callable[[str], None], hooks: tuple[str, int] | None) -> None:
        from storyreel.production.line import open_line

        async with await open_line(
            self.home.root,
            catalogue=self.catalogue,
            accounts=self.accounts,
            workers=self.settings.workers,
            pace=self.settings.pace,
            budgets=self.settings.budgets,
            sharing=self.sharing,
            now=self._now,
            as_worker=True,
            observer=self.observe(usual=LogLevel.INFO),
        ) as line:
            if hooks is None:
                await line.work(stop)
                return
            async with line.webhooks(*hooks) as address:
                tell(f"Webhooks are heard at {address}/PROVIDER.")
                await line.work(stop)
