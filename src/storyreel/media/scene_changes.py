"""Hard cuts inside a clip: one picture, and then for good another.

A cut is a step much larger than all steps around it, after which the picture is another and stays another. A flash comes
back; a whip pan and a chase have steps of their kind before and after; a lamp that goes on leaves the same shapes.
"""

from collections import deque

import numpy as np

from storyreel.domain.checks import FindingKind, TakeFinding
from storyreel.media.luma import Cells

_NEAR = 8  # steps before and after that are compared with the one in the middle
_LATER = (0, 5, 11)  # the pictures after the step that must still be other ones
_LEAST = 10.0  # of the mean change from 0 to 255; a step below it is no new scene
_TIMES = 3.0  # larger than any near it: a cut is 4.4 and more times its neighbours' median, a gap in a shot 1 to 2
_ALIKE = 0.7  # correlation; two pictures of one shot, half a second apart, in fast motion still have 0.54 to 0.8
_FLAT = 4.0  # brightness' deviation in a picture that shows nothing: a fade, a flash, black
_MOST = 5  # cuts that are told of one clip


class SceneChanges:
    """Looks for the step at which the scene changed."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, Cells, float]] = deque(maxlen=_NEAR + 1 + _LATER[-1] + 1)
        self._cuts: list[TakeFinding] = []
        self._after = 0  # pictures since the step that is judged next

    def look(self, cells: Cells, at_s: float) -> None:
        """Take in the next picture's cells and its time in seconds; the step 11 pictures before is judged."""
        step = float(np.abs(cells - self._seen[-1][1]).mean()) if self._seen else 0.0
        self._seen.append((at_s, cells, step))
        middle = len(self._seen) - 1 - _LATER[-1]
        if middle > 0:
            self._judge(middle)

    def findings(self) -> list[TakeFinding]:
        """Where the clip was cut; the last steps are judged by what came after them."""
        for middle in range(max(1, len(self._seen) - _LATER[-1]), len(self._seen) - 3):
            self._judge(middle)
        return self._cuts[:_MOST]

    def _judge(self, middle: int) -> None:
        at_s, _, step = self._seen[middle]
        if step < _LEAST:
            return
        steps = [one[2] for one in self._seen]
        near = [*steps[max(1, middle - _NEAR) : middle], *steps[middle + 1 : middle + 1 + _NEAR]]
        if step < _TIMES * max(near, default=0.0):
            return
        before = self._seen[middle - 1][1]
        after = [self._seen[middle + later][1] for later in _LATER if middle + later < len(self._seen)]
        if all(_another(before, one) for one in after):
            self._cuts.append(TakeFinding(kind=FindingKind.CUT, at_s=round(at_s, 2), detail=(round(step, 1),)))


def _another(one: Cells, other: Cells) -> bool:
    """Whether two pictures show other shapes; one that shows nothing is not another."""
    here, there = one - one.mean(), other - other.mean()
    spread = float(here.std()), float(there.std())
    if min(spread) < _FLAT:
        return False
    return float((here * there).mean()) / (spread[0] * spread[1]) < _ALIKE
