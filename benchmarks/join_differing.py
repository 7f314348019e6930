"""Joining three clips of 8 s, 1280x720, of which one differs in size and rate: against moviepy 2.2.1 doing the same.

Whole processes. Ours copies two clips and makes over one; moviepy decodes and encodes all (`compose`, which letterboxes too).
"""

import argparse
import tempfile
from pathlib import Path

from clips import clip
from join_like import JOIN
from peers import median_seconds, ours, report, run_whole, theirs

MOVIEPY = """
import sys
from moviepy import VideoFileClip, concatenate_videoclips
output, *clips = sys.argv[1:]
film = concatenate_videoclips([VideoFileClip(clip) for clip in clips], method="compose")
film.write_videofile(output, codec="libx264", audio_codec="aac", fps=24, logger=None)
"""
GOAL = 10.0  # times moviepy


def main() -> None:
    """Measure and print."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--seconds", type=int, default=8)
    reading.add_argument("--rounds", type=int, default=3)
    asked = reading.parse_args()
    paths = [
        clip(0, seconds=asked.seconds),
        clip(1, seconds=asked.seconds, width=854, height=480, fps=30),
        clip(2, seconds=asked.seconds),
    ]
    with tempfile.TemporaryDirectory() as folder:
        mine = [run_whole(ours(JOIN, "exact", Path(folder) / "ours.mp4", *paths)) for _ in range(asked.rounds)]
        moviepy = run_whole(theirs(MOVIEPY, Path(folder) / "theirs.mp4", *paths))
    seconds = median_seconds(mine)
    peak = max(run.peak_mib for run in mine)
    print(f"ours {seconds:.2f} s, {peak:.0f} MiB; moviepy {moviepy.seconds:.1f} s, {moviepy.peak_mib:.0f} MiB")
    ratio = moviepy.seconds / seconds
    report("join_differing", ours=seconds, theirs=moviepy.seconds, ratio=ratio, goal=GOAL, met=ratio >= GOAL)


if __name__ == "__main__":
    main()
