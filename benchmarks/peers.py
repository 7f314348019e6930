"""What the media benchmarks share: whole processes measured, results printed, and an environment of moviepy's own."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

WORK = Path(__file__).parent / ".work"
MOVIEPY = "moviepy==2.2.1"


@dataclass(frozen=True, slots=True)
class Run:
    """One whole process."""

    seconds: float
    peak_mib: float  # of the process, or of the largest of its children


def run_whole(command: Sequence[str]) -> Run:
    """Run a process to its end and measure it. Raises CalledProcessError with what it wrote to stderr."""
    with tempfile.TemporaryDirectory() as here:  # moviepy leaves its sound where it is run
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=here)
        assert process.stderr is not None
        said = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, stderr=said)
    return Run(seconds, usage.ru_maxrss / 1024)


def ours(code: str, *arguments: object) -> list[str]:
    """The command that runs a few lines of Python against this checkout."""
    return [sys.executable, "-c", code, *map(str, arguments)]


def theirs(code: str, *arguments: object) -> list[str]:
    """The command that runs a few lines of Python with moviepy, in an environment that is made the first time."""
    return [str(environment_of("moviepy", MOVIEPY)), "-c", code, *map(str, arguments)]


def median_seconds(runs: Sequence[Run]) -> float:
    """The middle one."""
    return statistics.median(run.seconds for run in runs)


def report(name: str, *, ours: float, theirs: float, ratio: float, goal: float, met: bool) -> bool:
    """Print one figure as a line of JSON; gives whether the goal was met."""
    figures = {
        "name": name,
        "ours": round(ours, 3),
        "theirs": round(theirs, 3),
        "ratio": round(ratio, 2),
        "goal": goal,
        "met": met,
    }
    print(json.dumps(figures), flush=True)
    return met


def environment_of(name: str, package: str) -> Path:
    """The Python of an environment with that package, made the first time."""
    python, ready = WORK / name / "bin" / "python", WORK / name / "ready"
    if not ready.exists() or ready.read_text() != package:
        uv = shutil.which("uv") or sys.exit(f"uv is needed to make the environment of {name}: pip install uv")
        WORK.mkdir(exist_ok=True)
        subprocess.run([uv, "venv", "-q", "--clear", "--python", sys.executable, WORK / name], check=True)
        # From elsewhere, as our own pins would rule it out: moviepy wants an older Pillow.
        subprocess.run([uv, "pip", "install", "-q", "--python", python, package], check=True, cwd=tempfile.gettempdir())
        ready.write_text(package)
    return python
