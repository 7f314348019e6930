"""A clip's exact last picture: against moviepy 2.2.1, and against decoding the last group of pictures once and plainly.

Whole processes, in turn, each writing a PNG; the limit too.
Clips of 8 s: one group of 720p and of 1080p, groups of a second at 720p.
"""

import argparse
import statistics
import tempfile
from pathlib import Path

from clips import clip
from peers import Run, median_seconds, ours, report, run_whole, theirs

LAST = """
import sys
from pathlib import Path
from storyreel.media.frames import last_frame, save_png
save_png(last_frame(Path(sys.argv[1])), Path(sys.argv[2]))
"""
MOVIEPY = """
import sys
from moviepy import VideoFileClip
clip = VideoFileClip(sys.argv[1])
clip.save_frame(sys.argv[2], t=clip.duration - 1 / clip.fps)
"""
# What nobody can do without: decode from the last key frame to the end, and write the picture.
LIMIT = """
import sys
import av
with av.open(sys.argv[1]) as container:
    stream = container.streams.video[0]
    stream.thread_type = "AUTO"
    keys = [entry.timestamp for entry in stream.index_entries if entry.is_keyframe]
    container.seek(keys[-1], stream=stream)
    for frame in container.decode(stream):
        pass
    frame.to_image().save(sys.argv[2], compress_level=1)
"""
MOVIEPY_GOAL, LIMIT_GOAL = 2.0, 1.2


def main() -> None:
    """Measure and print; the last line is the headline, the middle of the three kinds of clip."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--rounds", type=int, default=5)
    asked = reading.parse_args()
    kinds = {
        "720p_one_group": clip(0),
        "1080p_one_group": clip(1, width=1920, height=1080),
        "720p_groups_of_1s": clip(2, group=24),
    }
    met = True
    found: list[tuple[float, float, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        for kind, path in kinds.items():
            mine, limit, moviepy = measure(path, Path(folder) / "last.png", asked.rounds)
            print(f"{kind}: ours {mine:.2f} s, decoding the last group {limit:.2f} s, moviepy {moviepy:.2f} s", flush=True)
            met &= report(
                f"last_frame_{kind}_limit", ours=mine, theirs=limit, ratio=mine / limit, goal=1.2, met=mine / limit <= LIMIT_GOAL
            )
            met &= report(
                f"last_frame_{kind}",
                ours=mine,
                theirs=moviepy,
                ratio=moviepy / mine,
                goal=2.0,
                met=moviepy / mine >= MOVIEPY_GOAL,
            )
            found.append((moviepy / mine, mine, moviepy))
    ratio, mine, moviepy = statistics.median_low(found)
    report("last_frame", ours=mine, theirs=moviepy, ratio=ratio, goal=MOVIEPY_GOAL, met=met)


def measure(path: Path, output: Path, rounds: int) -> tuple[float, float, float]:
    """Medians of ours, the limit and moviepy, in seconds, one after another in each round."""
    commands = [ours(LAST, path, output), ours(LIMIT, path, output), theirs(MOVIEPY, path, output)]
    runs: list[list[Run]] = [[], [], []]
    for _ in range(rounds):
        for found, command in zip(runs, commands, strict=True):
            found.append(run_whole(command))
    mine, limit, moviepy = (median_seconds(found) for found in runs)
    return mine, limit, moviepy


if __name__ == "__main__":
    main()
