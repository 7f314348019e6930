"""A process that draws shots: `python -m storyreel.providers.animatic`. Jobs come by standard input, a line of JSON each.

    in   {"draw": folder} | {"drop": folder}
    out  {"ready": true} | {"job": folder, "progress": 0.4} | {"job": folder, "done": true}
         {"job": folder, "failed": [code, message]}

It draws in its main thread, encodes in ClipWriter's, and makes the sound beside the first pictures. Its input ends when
its parent does, however that ended, and then so does it, in the middle of whatever it draws.
"""

import json
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import IO, TYPE_CHECKING, Any

from storyreel.domain.errors import Cancelled, OutputUnwritable, StoryreelError
from storyreel.domain.generation import Request
from storyreel.providers.animatic.job import CLIP, read_job

if TYPE_CHECKING:
    from PIL.Image import Image

HANDED_OVER_S = 0.0005  # to a thread that wants the interpreter, at most
TOLD_EVERY = 6  # frames between two words on progress: a quarter of a second of film


class Worker:
    """The side of the conversation that draws."""

    def __init__(self, orders: IO[str], answers: IO[str]) -> None:
        self._orders, self._answers = orders, answers
        self._waiting: SimpleQueue[Path] = SimpleQueue()
        self._dropped: set[Path] = set()

    def run(self) -> None:
        """Draw what is asked for until the parent is gone."""
        Thread(target=self._listen, daemon=True).start()
        _load()
        self._say({"ready": True})
        while True:
            self._draw(self._waiting.get())

    def _listen(self) -> None:
        for line in self._orders:
            order = json.loads(line)
            if "draw" in order:
                self._dropped.discard(Path(order["draw"]))
                self._waiting.put(Path(order["draw"]))
            elif "drop" in order:
                self._dropped.add(Path(order["drop"]))
        os._exit(0)  # the parent is gone: nobody wants what is being drawn

    def _draw(self, folder: Path) -> None:
        try:
            self._render(folder)
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

    def _render(self, folder: Path) -> None:
        job = read_job(folder)

        def on_frame(number: int, frames: int) -> None:
            if folder in self._dropped:
                raise Cancelled("The drawing")
            if number % TOLD_EVERY == 0:
                self._say({"job": str(folder), "progress": number / frames})

        make_clip(job.request, folder / CLIP, _picture(job.first_frame), _picture(job.last_frame), on_frame)

    def _say(self, answer: dict[str, Any]) -> None:
        with suppress(BrokenPipeError):  # the listening thread sees the same end
            self._answers.write(json.dumps(answer) + "\n")
            self._answers.flush()


def make_clip(
    request: Request,
    path: Path,
    first_frame: "Image | None" = None,
    last_frame: "Image | None" = None,
    on_frame: Callable[[int, int], None] | None = None,
) -> None:
    """Draw and encode a shot.

    `on_frame` hears of each frame, and of how many, before it is drawn; what it raises ends the clip, and nothing is left.
    """
    from storyreel.animatic import engine
    from storyreel.media.encode import ClipWriter

    with ThreadPoolExecutor(1) as beside, ClipWriter(path, request.size, fps=request.fps, sound=request.sound) as clip:
        if request.sound:
            clip.write_sound(beside.submit(engine.ambience, request))
        picture = engine.compose(request, first_frame=first_frame, last_frame=last_frame)
        for number in range(picture.frames):
            if on_frame is not None:
                on_frame(number, picture.frames)
            clip.write_pixels(picture.pixels(number), "RGB")


def _picture(path: Path | None) -> "Image | None":
    from PIL import Image

    return None if path is None else Image.open(path).convert("RGB")


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
