"""How long `storyreel --help` takes, against the least Typer program: two commands that do nothing.

Both are whole processes of the same Python, in turn; the figure is the ratio of the medians.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 15
GOAL = 1.5  # times the least program
LEAST = """
import typer

app = typer.Typer(help="Two commands.")


@app.command()
def one(name: str = "a") -> None:
    "The first."


@app.command()
def two(name: str = "b") -> None:
    "The second."


app()
"""


def seconds_of(command: list[str]) -> float:
    """The wall time of one run, in seconds."""
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        least = Path(folder) / "least.py"
        least.write_text(LEAST)
        ours_command = [sys.executable, "-c", "from storyreel.doors.cli.main import main; main()", "--help"]
        theirs_command = [sys.executable, str(least), "--help"]
        seconds_of(ours_command)  # the first run of each compiles
        seconds_of(theirs_command)
        pairs = [(seconds_of(ours_command), seconds_of(theirs_command)) for _ in range(ROUNDS)]
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"storyreel --help {ours:.3f} s, a program of two commands {theirs:.3f} s, medians of {ROUNDS}")
    figures = {"name": "start_up", "ours": round(ours, 3), "theirs": round(theirs, 3), "ratio": round(ours / theirs, 2)}
    print(json.dumps({**figures, "goal": GOAL, "met": ours / theirs <= GOAL}))


if __name__ == "__main__":
    main()
