"""Processes that draw for all tests of a run, forked from one that has loaded everything: what a test waits for is the drawing.

The pool starts `STUB` as its child. It hands its pipes and its folder to the process that forks, and lives as long as what it
stands for: killed with it, ended by its status. `tests/providers/test_animatic.py` starts, stops and kills the real processes.
"""

import gc
import os
import selectors
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING
from uuid import uuid4

from storyreel.providers.animatic import pool

if TYPE_CHECKING:
    import pytest

LOADED = ("storyreel.animatic.engine", "storyreel.media.encode")
STUB = r"""
import _socket, array, os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)
here = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
here.connect("\0" + sys.argv[1])
here.sendmsg([b"d"], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, array.array("i", [0, 1, 2, os.open(".", os.O_PATH)]))])
os.closerange(0, 3)
status = os.waitstatus_to_exitcode(int(here.recv(16) or b"9"))
if status < 0:
    signal.signal(-status, signal.SIG_DFL)
    os.kill(os.getpid(), -status)
os._exit(status)
"""


class Drawers:
    """The process that forks the others, begun when the first test draws."""

    def __init__(self) -> None:
        self._name = f"storyreel-draw-{uuid4()}"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.drawers", self._name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # forked threads would be gone
            cwd=Path(__file__).parents[1],
            start_new_session=True,
        )
        assert self._process.stdout
        assert self._process.stdout.readline() == b"ready\n"

    def draw_for(self, patch: "pytest.MonkeyPatch") -> None:
        """Have films drawn by these, and not by interpreters of their own, which load for half a second of a core each."""
        patch.setattr(pool, "WORKER", command(self._name))

    def close(self) -> None:
        """End it; what still draws ends with whom it draws for."""
        self._process.communicate()


def command(mother: str) -> tuple[str, ...]:
    """What starts a process that draws, by the name under which a mother listens."""
    return (sys.executable, "-I", "-S", "-c", STUB, mother)


class Mother:
    """Forks a process that draws for each stub that connects; it has one thread, as a process that forks must."""

    def __init__(self, name: str, family: int) -> None:
        self._family = family
        self._drawing: dict[int, socket.socket] = {}  # the stubs by what is drawn for them
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(f"\0{name}")  # no file
        self._door.listen(64)
        self._awaited = selectors.DefaultSelector()

    def run(self) -> None:
        """Until the other end of `family` is closed, however that came."""
        ended, told = os.pipe()
        os.set_blocking(told, False)
        signal.set_wakeup_fd(told)
        signal.signal(signal.SIGCHLD, _told_by_the_pipe)
        for source in (self._family, self._door, ended):
            self._awaited.register(source, selectors.EVENT_READ)
        while True:
            for key, _ in self._awaited.select():
                if key.fileobj == self._family:
                    return
                if key.fileobj is self._door:
                    self._begin(self._door.accept()[0])
                elif key.fileobj == ended:
                    os.read(ended, 64)
                    self._bury()
                elif key.data in self._drawing:  # its stub is gone
                    self._awaited.unregister(key.fileobj)
                    os.kill(key.data, signal.SIGKILL)

    def _begin(self, stub: socket.socket) -> None:
        _, given, _, _ = socket.recv_fds(stub, 1, 4)
        if not given:  # it was killed at once
            stub.close()
            return
        if not (child := os.fork()):
            _draw(given)
        for one in given:
            os.close(one)
        self._drawing[child] = stub
        self._awaited.register(stub, selectors.EVENT_READ, child)

    def _bury(self) -> None:
        while self._drawing:
            child, status = os.waitpid(-1, os.WNOHANG)
            if not child:
                return
            with suppress(KeyError):  # where it was gone before
                self._awaited.unregister(self._drawing[child])
            with suppress(BrokenPipeError), self._drawing.pop(child) as stub:
                stub.send(str(status).encode())


def _told_by_the_pipe(number: int, frame: FrameType | None) -> None:
    """A signal that has a handler, whichever, is written to the pipe."""


def _draw(given: list[int]) -> None:
    """Be a process that draws, as `python -m storyreel.providers.animatic` is."""
    from storyreel.providers.animatic import worker

    status = 1
    try:
        *pipes, folder = given
        os.fchdir(folder)
        for place, pipe in enumerate(pipes):
            os.dup2(pipe, place)
        os.closerange(3, 1024)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        worker.main()
        status = 0
    finally:
        os._exit(status)


def main() -> None:
    """Load, say so, and fork."""
    from storyreel.lexicon.load import lexicon

    for name in LOADED:
        import_module(name)
    lexicon()
    mother = Mother(sys.argv[1], sys.stdin.fileno())
    gc.collect()
    gc.freeze()  # pages that a child need not copy
    os.write(sys.stdout.fileno(), b"ready\n")
    mother.run()


if __name__ == "__main__":
    main()
