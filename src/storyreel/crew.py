"""The part of a studio that works for others: a process that makes the films which are handed over, until it is told to stop."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from typing import TYPE_CHECKING

from storyreel.domain.errors import PlaceLost, StoreUnusable
from storyreel.planner import Planner
from storyreel.settings import LogLevel

if TYPE_CHECKING:
    from storyreel.observing.observer import Sink
    from storyreel.observing.tally import Tally
    from storyreel.production.line import Line

AGAIN_S = 5.0  # before a worker that lost its place begins again, and between its attempts


class Crew(Planner):
    """Working on the line, beside other workers where they share one."""

    async def work(
        self,
        stop: asyncio.Event,
        tell: Callable[[str], None] = lambda _told: None,
        hooks: tuple[str, int] | None = None,
        metrics: tuple[str, int] | None = None,
    ) -> None:
        """Make films until `stop` is set; what is being sent then is still sent, and the rest is left to who comes next.

        `tell` hears what a person should know; `hooks` is the host and port where providers' webhooks are heard, `metrics` where
        figures are told to Prometheus. Raises StoreUnusable where it cannot begin, InvalidRequest for a port that cannot be used.
        """
        began = False
        while not stop.is_set():
            try:
                await self._work_once(stop, tell, hooks, metrics)
            except (PlaceLost, StoreUnusable) as error:
                if isinstance(error, StoreUnusable) and not began:
                    raise
                tell(str(error))
                with suppress(TimeoutError):
                    async with asyncio.timeout(AGAIN_S if isinstance(error, StoreUnusable) else 0):
                        await stop.wait()
            began = True

    async def _work_once(
        self,
        stop: asyncio.Event,
        tell: Callable[[str], None],
        hooks: tuple[str, int] | None,
        metrics: tuple[str, int] | None,
    ) -> None:
        tally = None if metrics is None else self._tally()
        async with AsyncExitStack() as open_now:
            line = await open_now.enter_async_context(await self._worker_line(*([] if tally is None else [tally.hear])))
            if metrics is not None:
                tell(f"Figures are told at {await open_now.enter_async_context(line.metrics(tally).served(*metrics))}.")
            if hooks is not None:
                tell(f"Webhooks are heard at {await open_now.enter_async_context(line.webhooks(*hooks))}/PROVIDER.")
            await line.work(stop)

    def _tally(self) -> "Tally":
        from storyreel.observing.tally import Tally

        return Tally()

    async def _worker_line(self, *sinks: "Sink") -> "Line":
        from storyreel.production.opening import open_line

        return await open_line(
            self.home.root,
            catalogue=self.catalogue,
            accounts=self.accounts,
            workers=self.settings.workers,
            pace=self.settings.pace,
            budgets=self.settings.budgets,
            sharing=self.sharing,
            now=self._now,
            as_worker=True,
            observer=self.observe(*sinks, usual=LogLevel.INFO),
        )
