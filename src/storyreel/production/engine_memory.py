"""An engine without durability: flows run at once, in this process, and are forgotten with it. For tests of flows."""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from storyreel.domain.values import JSON
from storyreel.production.engine import Body, Parked, StepFailed, Work


class MemoryEngine:
    """Keeps nothing; `steps` are the names of the steps that were run, in their order."""

    def __init__(self) -> None:
        self.steps: list[str] = []
        self._flows: Mapping[str, Body] = {}
        self._runs: dict[str, asyncio.Task[JSON]] = {}
        self._parked: dict[str, asyncio.Event] = {}  # by their words

    async def open(self, flows: Mapping[str, Body], holds: Callable[[], bool] = lambda: True) -> None:  # noqa: ARG002  the port's
        """Begin to run flows of these kinds."""
        self._flows = flows

    async def start(self, kind: str, key: str, *spec: JSON) -> bool:
        """Begin a run, unless it was begun; False where it has ended."""
        return not self.run(kind, key, *spec).done()

    async def known(self, keys: Collection[str]) -> dict[str, bool]:
        """Of these runs those that were begun, and whether each goes on."""
        return {key: not self._runs[key].done() for key in keys if key in self._runs}

    async def take_over(self, processes: Sequence[str]) -> int:  # noqa: ARG002  the port's
        """Nothing: what a process had under way is forgotten with it."""
        return 0

    def wake(self, word: str) -> None:
        """Do the step again that parked its run by that word."""
        self._parked.setdefault(word, asyncio.Event()).set()

    async def woken(self, word: str) -> None:
        """Once it is: nothing is let go here, since nothing is kept from which it could begin again."""
        await self._parked.setdefault(word, asyncio.Event()).wait()
        del self._parked[word]

    async def forget(self) -> None:
        """Nothing: it goes with the process."""

    async def close(self) -> None:
        """Stop every run where it stands."""
        for task in self._runs.values():
            task.cancel()
        await asyncio.gather(*self._runs.values(), return_exceptions=True)

    def run(self, kind: str, key: str, *spec: JSON) -> "asyncio.Task[JSON]":
        """The task of a run."""
        if key not in self._runs:
            self._runs[key] = asyncio.ensure_future(_body(self._flows[kind], _MemoryFlow(self), spec))
        return self._runs[key]


@dataclass(frozen=True, slots=True)
class _MemoryFlow:
    engine: MemoryEngine

    async def step(self, name: str, work: Work, *args: JSON) -> JSON:
        self.engine.steps.append(name)
        while True:
            try:
                return await work(*args)
            except Parked as parked:
                await self.engine.woken(parked.word)
            except StepFailed:
                raise
            except Exception as error:
                raise StepFailed.told_of(error) from error

    async def changed(self, name: str) -> bool:  # noqa: ARG002  the port's
        return True  # no run is older than the code

    async def child(self, kind: str, key: str, *spec: JSON) -> "_MemoryBranch":
        return _MemoryBranch(self.engine.run(kind, key, *spec))


@dataclass(frozen=True, slots=True)
class _MemoryBranch:
    task: "asyncio.Task[JSON]"

    async def result(self) -> JSON:
        return await self.task


async def _body(body: Body, flow: _MemoryFlow, spec: tuple[JSON, ...]) -> JSON:
    return await body(flow, *spec)
