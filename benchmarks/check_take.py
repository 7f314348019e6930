"""The check of a take, with everything that is looked at in it, against decoding it plainly: CPU seconds of one process.

Plain: probed, every picture decoded, the last one made an RGB picture, as the check has to anyway. In turn, so that a busy
machine slows both. Clips of 8 s with sound: 480p, 720p, 1080p.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from clips import clip
from peers import report

from storyreel.domain.values import Size
from storyreel.media.check import Wanted, check_take
from storyreel.media.frames import shown
from storyreel.media.opening import opened, video_of
from storyreel.media.probe import probe

GOAL = 1.15


def main() -> None:
    """Measure and print; the last line is the headline, the middle of the three sizes."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--rounds", type=int, default=7)
    asked = reading.parse_args()
    found: list[tuple[float, float, float]] = []
    for width, height in ((854, 480), (1280, 720), (1920, 1080)):
        path = clip(0 if height == 720 else 3, width=width, height=height)
        mine, plain = measure(path, Wanted(8, Size(width_px=width, height_px=height), sound=True), asked.rounds)
        ratio = mine / plain
        report(f"check_take_{height}p", ours=mine, theirs=plain, ratio=ratio, goal=GOAL, met=ratio <= GOAL)
        found.append((ratio, mine, plain))
    ratio, mine, plain = statistics.median_low(found)
    report("check_take", ours=mine, theirs=plain, ratio=ratio, goal=GOAL, met=ratio <= GOAL)


def measure(path: Path, wanted: Wanted, rounds: int) -> tuple[float, float]:
    """CPU seconds of the check and of a plain decode: the least of each, what else runs only adds."""
    spent = [(_spent(lambda: _checked(path, wanted)), _spent(lambda: _plain(path))) for _ in range(rounds)]
    return min(check for check, _ in spent), min(plain for _, plain in spent)


def _spent(work: Callable[[], None]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _checked(path: Path, wanted: Wanted) -> None:
    if check_take(path, wanted).findings:
        raise SystemExit(f"{path} is a good clip, and was found not to be")


def _plain(path: Path) -> None:
    probe(path)
    with opened(path) as container:
        stream = video_of(container, path)
        stream.thread_type = "AUTO"
        last = None
        for frame in container.decode(stream):
            last = frame
        assert last is not None
        shown(stream, last)


if __name__ == "__main__":
    main()
