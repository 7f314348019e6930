"""Processes that draw, as many as there are cores at most: started when there is work, ended with us however we end.

They are plain children that talk over pipes. Neither fork (we have threads) nor multiprocessing's spawn (it runs the user's
script again) is safe in someone else's program.
"""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

WORKER = (sys.executable, "-P", "-m", "storyreel.providers.animatic")  # -P: never import from the user's folder
LAST_WORDS = 600  # characters of a dead process's standard error that are told

Answer: TypeAlias = dict[str, object]
"""What a process said about a job: `progress`, `done` or `failed`; see worker.py."""


@dataclass(slots=True)
class _Drawer:
    process: Process
    job: Path | None = None
    said: str = ""  # the end of its standard error
    tasks: list[asyncio.Task[None]] = field(default_factory=list)


class DrawingPool:
    """Gives jobs to processes in the order they came, and tells `heard` what is said about each."""

    def __init__(self, most: int, heard: Callable[[Path, Answer], None]) -> None:
        self._most, self._heard = most, heard
        self._waiting: deque[Path] = deque()
        self._drawers: list[_Drawer] = []
        self._starting = 0
        self._closed = False
        self._tasks: set[asyncio.Task[None]] = set()

    def warm(self, jobs: int) -> None:
        """Have processes for that many jobs, as far as there are cores."""
        for _ in range(min(jobs, self._most) - len(self._drawers) - self._starting):
            self._start_one()

    def draw(self, folder: Path) -> None:
        """See that the job of that folder is drawn."""
        self._waiting.append(folder)
        self._hand_out()
        busy = sum(drawer.job is not None for drawer in self._drawers)
        self.warm(busy + len(self._waiting))

    def drop(self, folder: Path) -> None:
        """End the job of that folder; it is told as failed by 'cancelled' when it is ended."""
        if folder in self._waiting:
            self._waiting.remove(folder)
            self._heard(folder, {"failed": ["cancelled", "cancelled"]})
        for drawer in self._drawers:
            if drawer.job == folder:
                _send(drawer, {"drop": str(folder)})

    async def close(self) -> None:
        """End every process, in the middle of whatever it draws."""
        self._closed = True
        self._waiting.clear()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for drawer in self._drawers:
            if drawer.process.returncode is None:
                drawer.process.kill()
        await asyncio.gather(*(task for drawer in self._drawers for task in drawer.tasks), return_exceptions=True)

    def _start_one(self) -> None:
        self._starting += 1
        task = asyncio.ensure_future(self._start())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _start(self) -> None:
        try:
            process = await asyncio.create_subprocess_exec(*WORKER, stdin=PIPE, stdout=PIPE, stderr=PIPE)
        except OSError as error:
            self._give_up(f"no process to draw with could be started ({error.strerror})")
            return
        finally:
            self._starting -= 1
        drawer = _Drawer(process)
        self._drawers.append(drawer)
        drawer.tasks = [asyncio.ensure_future(self._listen(drawer)), asyncio.ensure_future(_keep_last_words(drawer))]
        if self._closed:
            process.kill()
        self._hand_out()

    def _hand_out(self) -> None:
        for drawer in self._drawers:
            if drawer.job is None and self._waiting:
                drawer.job = self._waiting.popleft()
                _send(drawer, {"draw": str(drawer.job)})

    async def _listen(self, drawer: _Drawer) -> None:
        assert drawer.process.stdout is not None  # noqa: S101  it is a pipe
        async for line in drawer.process.stdout:
            answer: Answer = json.loads(line)
            if drawer.job is not None and answer.get("job") == str(drawer.job):
                job = drawer.job
                if "progress" not in answer:
                    drawer.job = None
                self._heard(job, answer)
            self._hand_out()
        await drawer.process.wait()
        self._bury(drawer)

    def _give_up(self, why: str) -> None:
        """Nothing can be started: unless others draw, what waits would wait for ever."""
        while self._waiting and not self._drawers:
            self._heard(self._waiting.popleft(), {"failed": ["provider_unavailable", why]})

    def _bury(self, drawer: _Drawer) -> None:
        """A process has ended: its job failed, and what waits needs another one."""
        if self._closed:
            return
        self._drawers.remove(drawer)
        if drawer.job is not None:
            words = drawer.said.strip().splitlines()
            why = f"the drawing process ended with {drawer.process.returncode}: {words[-1] if words else 'it said nothing'}"
            self._heard(drawer.job, {"failed": ["provider_unavailable", why]})
        self.warm(len(self._waiting))


def _send(drawer: _Drawer, order: dict[str, str]) -> None:
    assert drawer.process.stdin is not None  # noqa: S101  it is a pipe
    drawer.process.stdin.write(json.dumps(order).encode() + b"\n")


async def _keep_last_words(drawer: _Drawer) -> None:
    if drawer.process.stderr is not None:
        async for line in drawer.process.stderr:
            drawer.said = (drawer.said + line.decode(errors="replace"))[-LAST_WORDS:]
