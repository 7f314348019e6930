"""The memory of joining thirty clips, against joining three of them: it must stay flat, and under 120 MiB.

Whole processes: the peak of what was resident. Clips are of 8 s, 1280x720, with sound.
"""

import argparse
import tempfile
from pathlib import Path

from clips import clips
from join_like import JOIN
from peers import ours, report, run_whole

MOST_MIB = 120.0
FLAT = 1.15  # times the memory of three clips, at most


def main() -> None:
    """Measure and print; the last line is the headline."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--clips", type=int, default=30)
    reading.add_argument("--seconds", type=int, default=8)
    asked = reading.parse_args()
    paths = clips(min(asked.clips, 10), seconds=asked.seconds)
    many = [paths[number % len(paths)] for number in range(asked.clips)]
    met = True
    with tempfile.TemporaryDirectory() as folder:
        for mode in ("copy", "exact"):
            few = run_whole(ours(JOIN, mode, Path(folder) / "few.mp4", *many[:3]))
            total = run_whole(ours(JOIN, mode, Path(folder) / "many.mp4", *many))
            print(f"{mode}: 3 clips {few.peak_mib:.0f} MiB; {len(many)} clips {total.peak_mib:.0f} MiB in {total.seconds:.1f} s")
            growth = total.peak_mib / few.peak_mib
            met &= report(
                f"join_memory_flat_{mode}",
                ours=total.peak_mib,
                theirs=few.peak_mib,
                ratio=growth,
                goal=FLAT,
                met=growth <= FLAT,
            )
            peak = total.peak_mib
            met &= report(f"join_memory_{mode}", ours=peak, theirs=MOST_MIB, ratio=peak / MOST_MIB, goal=1.0, met=peak < MOST_MIB)
    report("join_memory", ours=peak, theirs=MOST_MIB, ratio=peak / MOST_MIB, goal=1.0, met=met)


if __name__ == "__main__":
    main()
