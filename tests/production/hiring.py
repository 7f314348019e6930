"""Workers on a shared line, each a process that a test may kill or stop."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


class Hands:
    """A process that has loaded everything and forks workers."""

    def __init__(self) -> None:
        self._pids: list[int] = []
        command = [sys.executable, "-m", "tests.production.hands"]
        alone = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}  # forked threads would be gone
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=alone)

    def hire(self, home: Path, environment: Mapping[str, str]) -> int:
        """The process id of a new worker, who is told that environment."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([str(home), dict(environment)]) + "\n")
        self._process.stdin.flush()
        self._pids.append(int(self._process.stdout.readline()))
        return self._pids[-1]

    def dismiss(self) -> None:
        """No worker is left, not even one that stands still."""
        for pid in self._pids:
            with suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
        self._pids.clear()

    def close(self) -> None:
        """Nobody can be hired any more."""
        self.dismiss()
        self._process.terminate()
        self._process.wait(10)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
