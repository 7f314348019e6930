"""The engine on DBOS's open core: flows are its workflows, and their history is its. Loaded only where films are made.

Traps, each measured: the default version is a hash of the source, which strands running work at every edit; what a dead process
ran stays pending until someone resumes it; resuming takes work from a healthy process too, and only a private function does not
(tests/production/test_takeover.py holds it to that). It takes the loop's default executor for its own.
"""

import asyncio
import importlib
import os
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storyreel.domain.errors import LineBusy
from storyreel.domain.values import JSON
from storyreel.production.apart import apart
from storyreel.production.engine import Body, Parked, StepFailed, Work
from storyreel.production.engine_history import History

if TYPE_CHECKING:
    from dbos import WorkflowHandleAsync

POLL_S = 0.5  # how soon a run is noticed that was put back on its queue
KEPT_SOON_S = 0.02  # between a body's end and its outcome in the database
ROUND_S = 0.5  # how soon a run goes on that was woken, and the end of a child is noticed that did not end in this process
DAY_S = 86_400
KEPT_DAYS = 1.0  # how long the history of a run that has ended is kept
FORGOTTEN_AT_ONCE = 200  # runs, in one change
GOING = {"ENQUEUED", "DELAYED", "PENDING"}  # states of a run that has not ended
AT_ONCE = {"film": 10_000, "strand": 20_000, "keyframes": 10_000}
"""Runs of a kind in this process; each kind has a queue of its own. Nearly all of them only wait; turns are given elsewhere."""
AT_ONCE_OF_MANY = {"film": 250, "strand": 2_000, "keyframes": 250}
"""The same where workers share the queues: the first to ask must leave something for the others."""


class DbosEngine:
    """Flows as durable workflows. One at a time in a process, since DBOS is a singleton; `process` is new at each start."""

    def __init__(self, where: Path | str, *, process: str, kept_days: float = KEPT_DAYS) -> None:
        self._where, self._process, self._kept_days = where, process, kept_days
        self._history = History.at(where)
        self._bodies: dict[str, Any] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self._here: set[str] = set()  # runs whose body is in this process
        self._awaited: dict[str, set[asyncio.Future[None]]] = {}  # by child; done once its body has ended
        self._parked: dict[str, tuple[str, str]] = {}  # kind and key of runs, by the word that wakes them
        self._woken: set[str] = set()
        self._open = False
        self.holds: Callable[[], bool] = lambda: True

    async def open(self, flows: Mapping[str, Body], holds: Callable[[], bool] = lambda: True) -> None:
        """Prepare the file, register the flows and begin to run them. Raises LineBusy where this process has one open."""
        queues = AT_ONCE_OF_MANY if self._history.shared else AT_ONCE
        await apart(partial(self._history.prepare, queues, poll_s=POLL_S))
        from dbos import DBOS

        open_already: object = getattr(importlib.import_module("dbos._dbos"), "_dbos_global_instance", None)
        if open_already is not None:  # a second would be the first
            raise LineBusy(home=Path(self._where).parent, pid=os.getpid())
        self._open, self.holds = True, holds
        DBOS(config=self._history.config(self._process))
        for kind, body in flows.items():
            self._bodies[kind] = DBOS.workflow(name=kind, max_recovery_attempts=None)(self._running(kind, body))
        DBOS.launch()  # here and not in a thread, so that flows run on this loop
        self._keep(asyncio.ensure_future(self._look_around()))
        await self.forget()

    async def start(self, kind: str, key: str, *spec: JSON) -> bool:
        """Begin the run, or put what a process that is gone left of it and of its children back on their queues."""
        from dbos import DBOS

        known = await DBOS.list_workflows_async(workflow_id_prefix=key, load_input=False, load_output=False)
        if any(run.workflow_id == key and run.status not in GOING for run in known):
            return False
        for run in known:
            family = run.workflow_id == key or run.workflow_id.startswith(f"{key}/")
            if family and run.status == "PENDING" and run.executor_id != self._process and not self._history.shared:
                await DBOS.resume_workflow_async(run.workflow_id, queue_name=run.queue_name or run.name)
        await self.begin(kind, key, *spec)
        return True

    async def known(self, keys: Collection[str]) -> dict[str, bool]:
        """Of these runs those that were ever begun, and whether each still goes on."""
        from dbos import DBOS

        runs = await DBOS.list_workflows_async(workflow_ids=[*keys], load_input=False, load_output=False) if keys else []
        return {run.workflow_id: run.status in GOING for run in runs}

    async def take_over(self, processes: Sequence[str]) -> int:
        """Put back on its queues what processes that are gone had under way; how many runs. Asked twice, it does no harm."""
        from dbos import DBOS

        recover: Callable[[list[str]], list[Any]] = DBOS._recover_pending_workflows  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] the public one takes from the living too
        return len(await apart(lambda: recover(list(processes))))  # a big one lasts

    async def begin(self, kind: str, key: str, *spec: JSON) -> None:
        """Run it here and at once, without a queue: to be asked for work often enough costs a tenth of a core.

        Nothing happens where the key is known.
        """
        from dbos import DBOS, SetWorkflowID

        with SetWorkflowID(key):
            await DBOS.start_workflow_async(self._bodies[kind], *spec)

    def expect(self, key: str) -> asyncio.Future[None]:
        """Done once that run's body has ended, here or elsewhere: a parent that asks the database costs much more."""
        ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._awaited.setdefault(key, set()).add(ended)
        return ended

    def expect_no_more(self, key: str, ended: asyncio.Future[None]) -> None:
        """Nobody waits for that any more; another body of the same parent, which was taken over, may."""
        if (waiting := self._awaited.get(key)) is not None:
            waiting.discard(ended)
            if not waiting:
                del self._awaited[key]

    async def gave(self, key: str) -> JSON:
        """What a run gave that has ended."""
        from dbos import DBOS

        handle: WorkflowHandleAsync[JSON] = await DBOS.retrieve_workflow_async(key, existing_workflow=False)
        return await handle.get_result(polling_interval_sec=KEPT_SOON_S)

    def wake(self, word: str) -> None:
        """Put the run that was parked by that word back on its queue, in the next round."""
        self._woken.add(word)

    async def close(self) -> None:
        """Stop every body where it stands and let DBOS go; who does not wait for that leaves it to itself."""
        if not self._open:
            return
        from dbos import DBOS

        self._open = False
        await self._end_bodies()
        try:
            await apart(lambda: DBOS.destroy(destroy_registry=True))
        finally:
            await self._end_bodies()  # those that its queues began until they were let go
            asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())  # theirs is shut down now

    async def _end_bodies(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def forget(self) -> None:
        """Remove old history of runs that have ended: what they made is in the library. The engine's open core keeps all."""
        from dbos import DBOS

        before = datetime.fromtimestamp(time.time() - self._kept_days * DAY_S, UTC).isoformat()
        while old := await DBOS.list_workflows_async(
            completed_before=before, limit=FORGOTTEN_AT_ONCE, load_input=False, load_output=False
        ):
            await DBOS.delete_workflows_async([run.workflow_id for run in old])

    async def _look_around(self) -> None:
        """Go on with runs that were woken; notice the children that ended in another process, or before this one began."""
        while True:
            await asyncio.sleep(ROUND_S)
            with suppress(Exception):  # a database that does not answer is asked again
                await self._go_on_with_woken()
            with suppress(Exception):
                await self._notice_ends()

    async def _go_on_with_woken(self) -> None:
        from dbos import DBOS

        woken = [(word, *run) for word in self._woken if (run := self._parked.get(word)) is not None]
        for kind in {kind for _, kind, _ in woken}:
            runs = {word: key for word, of, key in woken if of == kind}
            await DBOS.resume_workflows_async([*runs.values()], queue_name=kind)
            self._woken.difference_update(runs)
            for word in runs:
                del self._parked[word]

    async def _notice_ends(self) -> None:
        from dbos import DBOS

        here = self._here.union(key for _, key in self._parked.values())
        away = [key for key, waiting in self._awaited.items() if key not in here and not all(one.done() for one in waiting)]
        for run in await DBOS.list_workflows_async(workflow_ids=away, load_input=False, load_output=False) if away else []:
            if run.status not in GOING:
                self._tell_end(run.workflow_id)

    def _tell_end(self, key: str) -> None:
        for ended in self._awaited.get(key, ()):
            if not ended.done():
                ended.set_result(None)

    def must_hold(self, error: Exception) -> None:
        """Raises CancelledError where this process has no place any more: what went wrong then is kept as nobody's outcome."""
        if not (self._open and self.holds()):
            raise asyncio.CancelledError from error

    def _keep(self, task: asyncio.Task[Any]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _running(self, kind: str, body: Body) -> Body:
        async def run(*spec: JSON) -> JSON:
            from dbos import DBOS

            task, key = asyncio.current_task(), DBOS.workflow_id
            assert task is not None and key is not None  # noqa: S101, PT018  a flow runs in a task and has a name
            flow, is_over = _DbosFlow(self), False  # parked or broken off, it is not
            self._keep(task)
            self._here.add(key)
            try:
                given = await body(flow, *spec)
                is_over = True
            except Parked as parked:
                self._parked[parked.word] = kind, key
                task.add_done_callback(_let_frames_go)
                raise
            except Exception as error:
                self.must_hold(error)
                is_over = True
                raise
            finally:
                self._here.discard(key)
                if is_over:
                    self._tell_end(key)
                for child, ended in flow.children:
                    self.expect_no_more(child, ended)
            return given

        run.__qualname__ = run.__name__ = kind
        return run


@dataclass(frozen=True, slots=True)
class _DbosFlow:
    """A flow's view of DBOS, which knows by itself which run the current task is."""

    engine: DbosEngine
    children: list[tuple[str, asyncio.Future[None]]] = field(default_factory=list[tuple[str, asyncio.Future[None]]])

    async def step(self, name: str, work: Work, *args: JSON) -> JSON:
        from dbos import DBOS

        async def held(*args: JSON) -> JSON:
            try:
                return await work(*args)
            except Exception as error:
                self.engine.must_hold(error)
                raise

        try:
            return await DBOS.run_step_async({"name": name}, held, *args)
        except StepFailed:
            raise
        except Exception as error:  # the history tells it by code and message, so the first telling does too
            self.engine.must_hold(error)
            raise StepFailed.told_of(error) from error

    async def changed(self, name: str) -> bool:
        from dbos import DBOS

        return await DBOS.patch_async(name)

    async def child(self, kind: str, key: str, *spec: JSON) -> "_DbosBranch":
        ended = self.engine.expect(key)
        self.children.append((key, ended))
        await self.engine.begin(kind, key, *spec)
        return _DbosBranch(self.engine, key, ended)


@dataclass(frozen=True, slots=True)
class _DbosBranch:
    engine: DbosEngine
    key: str
    ended: asyncio.Future[None]

    async def result(self) -> JSON:
        await self.ended
        return await self.engine.gave(self.key)


def _let_frames_go(task: asyncio.Task[Any]) -> None:
    """What a parked run leaves is its exception, which would keep every frame that it came through."""
    if not task.cancelled() and (error := task.exception()) is not None:
        error.__traceback__ = None
