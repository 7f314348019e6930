"""Whether a clip froze: nothing moves for so long that no camera and no generator meant it.

Between two pictures of a frozen clip almost nothing changes, but for key frames, which encode the same picture anew. So a
run is frozen where nearly every step changes nothing and no step leads far from its first picture; and, as cells do not see a
star that moves, where the pixels themselves say the same.
"""

import numpy as np
from av.video.frame import VideoFrame

from storyreel.domain.checks import FindingKind, TakeFinding
from storyreel.media.luma import Cells, luma_plane

FROZEN_S = 2.0  # FFmpeg's freezedetect takes the same; of 763 clips, drawn and of stand-ins, one stands longer, and does stand
WHOLE_S = 1.0  # a shorter clip is not judged; from here up one that is still from end to end is frozen
_SAME = 0.15  # the mean change of cells in a step in which nothing moves: what is coded again comes out nearly the same
_PULSE = 10.0  # a key frame changes a cell of the same picture by 5 (crf 23) to 10 (crf 30) at most
_PULSES, _ANYWAY = 0.25, 4  # so much of the steps may be such, and so many anyway: an encoder improves what stands
_LOOK_S = 0.25  # how often the pixels are asked
_MOVED, _PIXELS = 24, 4  # changed by so much, so many pixels are something that moved: no key frame does it up to crf 28


class Stillness:
    """Counts how long nothing has moved."""

    def __init__(self) -> None:
        self._runs: list[tuple[float, float]] = []
        self._first: tuple[float, Cells, VideoFrame] | None = None
        self._before: Cells | None = None
        self._until = self._looked = 0.0
        self._steps = self._changed = 0

    def look(self, frame: VideoFrame, cells: Cells, at_s: float) -> None:
        """Take in the next picture, its cells and its time in seconds; a run of stillness goes on, or ends and another begins."""
        if self._first is None or self._before is None or not self._stands(frame, cells, at_s):
            self._end_run()
            self._first = (at_s, cells, frame)
            self._looked, self._steps, self._changed = at_s, 0, 0
        self._before, self._until = cells, at_s

    def findings(self, seconds: float) -> list[TakeFinding]:
        """What was frozen of a clip of that length."""
        self._end_run()
        self._first = None
        least = min(FROZEN_S, max(WHOLE_S, seconds * 0.9))
        return [
            TakeFinding(kind=FindingKind.FROZEN, at_s=round(start, 2), detail=(round(length, 2),))
            for start, length in self._runs
            if length >= least
        ]

    def _stands(self, frame: VideoFrame, cells: Cells, at_s: float) -> bool:
        """Whether this picture is the same as the run's first, as far as encoding tells."""
        assert self._first is not None  # noqa: S101  `look` has seen to it
        assert self._before is not None  # noqa: S101
        _, first, picture = self._first
        self._steps += 1
        self._changed += bool(float(np.abs(cells - self._before).mean()) > _SAME)
        if self._changed > max(_ANYWAY, _PULSES * self._steps) or float(np.abs(cells - first).max()) > _PULSE:
            return False
        if at_s - self._looked >= _LOOK_S:
            self._looked = at_s
            return _alike(picture, frame)
        return True

    def _end_run(self) -> None:
        if self._first is not None and self._until - self._first[0] >= WHOLE_S * 0.9:
            self._runs.append((self._first[0], self._until - self._first[0]))


def _alike(one: VideoFrame, other: VideoFrame) -> bool:
    """Whether no pixels but a few differ by more than encoding changes."""
    here, there = luma_plane(one), luma_plane(other)
    apart = np.maximum(here, there) - np.minimum(here, there)
    return int(np.count_nonzero(apart > _MOVED)) < _PIXELS
