"""A process that draws shots: `python -m storyreel.providers.animatic`. Orders come by standard input, a line of JSON each.

    in   {"draw": folder, "segment": 2} | {"finish": folder} | {"drop": folder}
    out  {"ready": true} | {"job": folder, "drawn": 12} | {"job": folder, "done": true}
         {"job": folder, "failed": [code, message]}

It does one thing at a time. It draws in its main thread, encodes in ClipWriter's, and makes the sound beside the first pictures.
Its input ends when its parent does, however that ended, and then so does it, in the middle of whatever it draws.
"""

import json
import os
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, TYPE_CHECKING, Any

from storyreel.domain.errors import Cancelled, OutputUnwritable, StoryreelError
from storyreel.providers.animatic.draw import compose, draw, finish
from storyreel.providers.animatic.job import Job, read_job

if TYPE_CHECKING:
    from storyreel.animatic.engine import Picture

HANDED_OVER_S = 0.0005  # to a thread that wants the interpreter, at most
IDLE_S = 5.0  # until a picture that nobody asks for is let go: about a hundred megabytes at the largest sizes
TOLD_EVERY = 6  # frames between two words on progress: a quarter of a second of film


class Worker:
    """The side of the conversation that draws."""

    def __init__(self, orders: IO[str], answers: IO[str]) -> None:
        self._orders, self._answers = orders, answers
        self._waiting: SimpleQueue[dict[str, Any]] = SimpleQueue()
        self._dropped: set[Path] = set()
        self._composed: tuple[Job, Picture] | None = None  # the last one, which mostly has another segment for this process

    def run(self) -> None:
        """Do what is asked for until the parent is gone."""
        Thread(target=self._listen, daemon=True).start()
        _load()
        self._say({"ready": True})
        while True:
            try:
                order = self._waiting.get(timeout=IDLE_S)
            except Empty:
                self._composed = None
                order = self._waiting.get()
            self._answer(order)

    def _listen(self) -> None:
        for line in self._orders:
            order = json.loads(line)
            if "drop" in order:
                self._dropped.add(Path(order["drop"]))
            else:
                self._dropped.discard(_folder_of(order))
                self._waiting.put(order)
        os._exit(0)  # the parent is gone: nobody wants what is being drawn

    def _answer(self, order: dict[str, Any]) -> None:
        folder = _folder_of(order)
        try:
            self._do(folder, order.get("segment"))
        except Cancelled:
            self._say({"job": str(folder), "failed": ["cancelled", "cancelled"]})
        except OutputUnwritable as error:  # of the home's own work folder, which no option of a film moves
            problem = f"{folder} cannot be written: {error.problem}. Free space there, or move STORYREEL_HOME."
            self._say({"job": str(folder), "failed": ["store_unusable", problem]})
        except StoryreelError as error:
            self._say({"job": str(folder), "failed": [error.code, str(error)]})
        except Exception as error:  # noqa: BLE001  a task's outer edge: the process goes on with the next job
            problem = f"The drawing failed ({type(error).__name__}: {error}). `storyreel resume` tries again; please report it."
            self._say({"job": str(folder), "failed": ["error", problem]})
        else:
            self._say({"job": str(folder), "done": True})

    def _do(self, folder: Path, segment: int | None) -> None:
        job = read_job(folder)
        if segment is None:
            finish(job, folder)
            return

        def on_frame(drawn: int) -> None:
            if folder in self._dropped:
                raise Cancelled("The drawing")
            if drawn % TOLD_EVERY == 0:
                self._say({"job": str(folder), "drawn": drawn})

        draw(job, folder, segment, lambda: self._picture(job), on_frame)

    def _picture(self, job: Job) -> "Picture":
        if self._composed is None or self._composed[0] != job:
            self._composed = None  # which frees it before the next is made
            self._composed = job, compose(job)
        return self._composed[1]

    def _say(self, answer: dict[str, Any]) -> None:
        with suppress(BrokenPipeError):  # the listening thread sees the same end
            self._answers.write(json.dumps(answer) + "\n")
            self._answers.flush()


def _folder_of(order: dict[str, Any]) -> Path:
    return Path(order["draw"] if "draw" in order else order["finish"])


def _load() -> None:
    """Import what drawing needs, which takes most of a second, before there is something to draw."""
    for name in ("storyreel.animatic.engine", "storyreel.media.encode"):
        import_module(name)


def hand_over_soon() -> None:
    """Let threads of this process have the interpreter within half a millisecond.

    The encoder asks for it many times for each picture, for microseconds. To wait 5 ms each time, as is Python's way, makes a
    shot of 1280x720 take an eighth to a fifth longer on two cores (2026-11-22, benchmarks/animatic_shot.py).
    """
    sys.setswitchinterval(HANDED_OVER_S)


def main() -> None:
    """Talk over the real standard output, and keep it from everything else that might print."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    hand_over_soon()
    Worker(sys.stdin, answers).run()
