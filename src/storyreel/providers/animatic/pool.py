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

from storyreel.providers.animatic.job import Job

WORKER = (sys.executable, "-P", "-m", "storyreel.providers.animatic")  # -P: never import from the user's folder
LAST_WORDS = 600  # characters of a dead process's standard error that are told

Answer: TypeAlias = dict[str, object]
"""What is said about a job: `{"progress": 0.4}`, `{"done": True}` or `{"failed": [code, message]}`."""

CANCELLED: Answer = {"failed": ["cancelled", "cancelled"]}


@dataclass(slots=True, eq=False)
class _Work:
    """A job of which something is not done."""

    folder: Path
    job: Job
    waiting: deque[int | None]  # segments that nobody draws yet; None: to put them together
    left: int  # how much is not done: segments, and to put them together where there are several
    drawn: dict[int, int] = field(default_factory=dict[int, int])  # frames by segment
    ended: Answer | None = None  # how, where some of it is still being drawn

    @classmethod
    def of(cls, folder: Path, job: Job) -> "_Work":
        return cls(folder, job, deque(range(job.segments)), job.segments + (job.segments > 1))

    def told(self, segment: int, frames: int) -> Answer:
        """What is said of it once so many frames of a segment are drawn."""
        self.drawn[segment] = frames
        return {"progress": sum(self.drawn.values()) / self.job.frames}


@dataclass(slots=True)
class _Drawer:
    process: Process
    work: _Work | None = None
    segment: int | None = None
    last: Path | None = None  # whose picture it has composed
    said: str = ""  # the end of its standard error
    tasks: list[asyncio.Task[None]] = field(default_factory=list)


class DrawingPool:
    """Gives segments of jobs to processes, and tells `heard` what is said about each job.

    A process goes on with the job that it began, whose picture it has composed; then comes the first that nobody draws; and
    where there is none, it helps with another's.
    """

    def __init__(self, most: int, heard: Callable[[Path, Answer], None]) -> None:
        self._most, self._heard = most, heard
        self._works: dict[Path, _Work] = {}  # in the order they came
        self._drawers: list[_Drawer] = []
        self._starting = 0
        self._closed = False
        self._tasks: set[asyncio.Task[None]] = set()

    def warm(self, segments: int) -> None:
        """Have processes for that many segments at once, as far as there are cores."""
        for _ in range(min(segments, self._most) - len(self._drawers) - self._starting):
            self._start_one()

    def draw(self, folder: Path, job: Job) -> None:
        """See that the job of that folder is drawn."""
        self._works[folder] = _Work.of(folder, job)
        self._hand_out()
        self._start_enough()

    def drop(self, folder: Path) -> None:
        """End the job of that folder; it is told as failed by 'cancelled' when nobody draws it any more."""
        if folder in self._works:
            self._end(self._works[folder], CANCELLED)

    async def close(self) -> None:
        """End every process, in the middle of whatever it draws."""
        self._closed = True
        self._works.clear()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for drawer in self._drawers:
            if drawer.process.returncode is None:
                drawer.process.kill()
        await asyncio.gather(*(task for drawer in self._drawers for task in drawer.tasks), return_exceptions=True)

    def _start_enough(self) -> None:
        busy = sum(drawer.work is not None for drawer in self._drawers)
        self.warm(busy + sum(len(work.waiting) for work in self._works.values()))

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
            if drawer.work is None and (work := self._next_for(drawer)):
                drawer.work, drawer.segment, drawer.last = work, work.waiting.popleft(), work.folder
                _send(drawer, _order(work.folder, drawer.segment))

    def _next_for(self, drawer: _Drawer) -> _Work | None:
        drawn = {one.work.folder for one in self._drawers if one.work}
        waiting = (work for work in self._works.values() if work.waiting)
        return min(waiting, key=lambda work: (work.folder != drawer.last, work.folder in drawn), default=None)

    async def _listen(self, drawer: _Drawer) -> None:
        assert drawer.process.stdout is not None  # noqa: S101  it is a pipe
        async for line in drawer.process.stdout:
            answer: Answer = json.loads(line)
            if drawer.work is not None and answer.get("job") == str(drawer.work.folder):
                self._answered(drawer, drawer.work, answer)
            self._hand_out()
        await drawer.process.wait()
        self._bury(drawer)

    def _answered(self, drawer: _Drawer, work: _Work, answer: Answer) -> None:
        """A process said something about the segment that it draws."""
        segment = drawer.segment
        match answer:
            case {"drawn": int(frames)} if segment is not None:
                self._heard(work.folder, work.told(segment, frames))
                return
            case {"failed": _}:
                ended: Answer | None = answer
            case _:
                ended = work.ended
        drawer.work = drawer.segment = None
        work.left -= 1
        if ended is not None:
            self._end(work, ended)
        elif not work.left:
            self._end(work, {"done": True})
        else:
            if segment is not None:
                self._heard(work.folder, work.told(segment, len(work.job.frames_of(segment))))
            if work.left == 1:
                work.waiting.append(None)

    def _end(self, work: _Work, how: Answer) -> None:
        """A job ends that way, as soon as those who draw it have heard so."""
        work.ended = work.ended or how
        work.waiting.clear()
        drawing = [drawer for drawer in self._drawers if drawer.work is work]
        for drawer in drawing:
            _send(drawer, {"drop": str(work.folder)})
        if not drawing and self._works.get(work.folder) is work:
            del self._works[work.folder]
            self._heard(work.folder, work.ended)

    def _give_up(self, why: str) -> None:
        """Nothing can be started: unless others draw, what waits would wait for ever."""
        alone = not self._drawers and self._starting <= 1  # this one, which could not be started
        for work in list(self._works.values()) if alone else []:
            self._end(work, {"failed": ["provider_unavailable", why]})

    def _bury(self, drawer: _Drawer) -> None:
        """A process has ended: its job failed, and what waits needs another one."""
        if self._closed:
            return
        self._drawers.remove(drawer)
        if drawer.work is not None:
            words = drawer.said.strip().splitlines()
            why = f"the drawing process ended with {drawer.process.returncode}: {words[-1] if words else 'it said nothing'}"
            self._end(drawer.work, {"failed": ["provider_unavailable", why]})
        self._start_enough()


def _order(folder: Path, segment: int | None) -> dict[str, str | int]:
    return {"finish": str(folder)} if segment is None else {"draw": str(folder), "segment": segment}


def _send(drawer: _Drawer, order: dict[str, str | int]) -> None:
    assert drawer.process.stdin is not None  # noqa: S101  it is a pipe
    drawer.process.stdin.write(json.dumps(order).encode() + b"\n")


async def _keep_last_words(drawer: _Drawer) -> None:
    if drawer.process.stderr is not None:
        async for line in drawer.process.stderr:
            drawer.said = (drawer.said + line.decode(errors="replace"))[-LAST_WORDS:]
