"""Joining clips of one kind, 8 s of 1280x720 with sound each: against moviepy 2.2.1, and against copying the bytes.

Whole processes, in turn. `exact` decodes the sound, aligns it to the sample and encodes it once; `copy` copies its packets too.
`--clips 3` and `--rounds 1` make it short.
"""

import argparse
import tempfile
from pathlib import Path

from clips import clips
from peers import Run, median_seconds, ours, report, run_whole, theirs

JOIN = """
import sys
from pathlib import Path
from storyreel.media.join import SoundMode, join
mode, output, *clips = sys.argv[1:]
join([Path(clip) for clip in clips], Path(output), sound=SoundMode(mode))
"""
MOVIEPY = """
import sys
from moviepy import VideoFileClip, concatenate_videoclips
output, *clips = sys.argv[1:]
film = concatenate_videoclips([VideoFileClip(clip) for clip in clips])
film.write_videofile(output, codec="libx264", audio_codec="aac", logger=None)
"""
BYTES = """
import shutil, sys
output, *clips = sys.argv[1:]
with open(output, "wb") as film:
    for clip in clips:
        with open(clip, "rb") as source:
            shutil.copyfileobj(source, film)
"""
EXACT_GOALS = {3: 15.0, 10: 50.0}  # times moviepy
COPY_GOAL = 60.0  # times moviepy
BYTES_GOAL = 3.0  # times copying the bytes, at most


def exact_goal(count: int) -> float:
    """How many times faster than moviepy that many clips should be joined; the lowest goal where none was set."""
    return EXACT_GOALS.get(count, min(EXACT_GOALS.values()))


def measure(count: int, rounds: int, moviepy_rounds: int, folder: Path) -> tuple[float, float, list[bool]]:
    """One number of clips, all ways, in turn; prints, and gives exact's and moviepy's seconds, and which goals were met."""
    paths = clips(count)
    commands = {
        "exact": ours(JOIN, "exact", folder / "exact.mp4", *paths),
        "copy": ours(JOIN, "copy", folder / "copy.mp4", *paths),
        "bytes": ours(BYTES, folder / "bytes.mp4", *paths),
        "moviepy": theirs(MOVIEPY, folder / "moviepy.mp4", *paths),
    }
    runs: dict[str, list[Run]] = {way: [] for way in commands}
    run_whole(commands["bytes"])  # the clips are in the system's memory from here on
    for way in ["exact", "copy", "bytes"] * rounds + ["moviepy"] * moviepy_rounds + ["exact", "copy", "bytes"] * rounds:
        runs[way].append(run_whole(commands[way]))
    for way, found in runs.items():
        print(f"{count} clips, {way}: {median_seconds(found):.2f} s, {max(run.peak_mib for run in found):.0f} MiB", flush=True)
    exact, copy, plain, moviepy = (median_seconds(runs[way]) for way in ("exact", "copy", "bytes", "moviepy"))
    goal = exact_goal(count)
    met = [
        report(
            f"join_like_{count}_copy_bytes",
            ours=copy,
            theirs=plain,
            ratio=copy / plain,
            goal=BYTES_GOAL,
            met=copy / plain <= BYTES_GOAL,
        ),
        report(
            f"join_like_{count}_copy",
            ours=copy,
            theirs=moviepy,
            ratio=moviepy / copy,
            goal=COPY_GOAL,
            met=moviepy / copy >= COPY_GOAL,
        ),
        report(
            f"join_like_{count}_exact", ours=exact, theirs=moviepy, ratio=moviepy / exact, goal=goal, met=moviepy / exact >= goal
        ),
    ]
    return exact, moviepy, met


def main() -> None:
    """Measure and print; the last line is the headline, `met` only where every goal was."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--clips", type=int, nargs="*", default=[3, 10])
    reading.add_argument("--rounds", type=int, default=3, help="before moviepy, and as many after it")
    reading.add_argument("--moviepy-rounds", type=int, default=1)
    asked = reading.parse_args()
    met: list[bool] = []
    exact, moviepy = 0.0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        for count in asked.clips:
            exact, moviepy, found = measure(count, asked.rounds, asked.moviepy_rounds, Path(folder))
            met += found
    print(f"{sum(met)} of {len(met)} goals met; the headline is exact sound at the largest number of clips")
    report("join_like", ours=exact, theirs=moviepy, ratio=moviepy / exact, goal=exact_goal(asked.clips[-1]), met=all(met))


if __name__ == "__main__":
    main()
