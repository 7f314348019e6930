"""What the pictures of a take show over time: black, frozen, cut inside. Each is looked at once, as it is decoded."""

from av.video.frame import VideoFrame

from storyreel.domain.checks import FindingKind, TakeFinding
from storyreel.media.luma import Cells, cells_of
from storyreel.media.scene_changes import SceneChanges
from storyreel.media.stillness import Stillness

_DARK = 12.0  # of 255: black is where no cell is lighter; the darkest of 694 drawn clips, nights among them, reaches 97
_INSIDE_S = 0.5  # of black between pictures
_AT_AN_END_S = 1.5  # so long a film may begin or end in black
_MOSTLY = 0.5  # of the clip; a shorter one is as bad where it is mostly black


class Eye:
    """Looks at a clip's pictures, in order."""

    def __init__(self) -> None:
        self._blackness, self._stillness, self._scenes = _Blackness(), Stillness(), SceneChanges()
        self._start: float | None = None

    def look(self, frame: VideoFrame) -> None:
        """Take in the next picture, as decoded; times are counted in seconds from the first one."""
        at_s = float(frame.time or 0.0)
        if self._start is None:
            self._start = at_s
        at_s = max(0.0, at_s - self._start)
        cells = cells_of(frame)
        self._blackness.look(cells, at_s)
        self._stillness.look(frame, cells, at_s)
        self._scenes.look(cells, at_s)

    def findings(self, seconds: float) -> list[TakeFinding]:
        """What is wrong with a clip of that length; what is black is not called frozen too."""
        black = self._blackness.findings(seconds)
        frozen = [one for one in self._stillness.findings(seconds) if not any(_within(one, other) for other in black)]
        return [*black, *frozen, *self._scenes.findings()]


class _Blackness:
    """Counts how long there was nothing to see."""

    def __init__(self) -> None:
        self._runs: list[tuple[float, float]] = []
        self._since: float | None = None

    def look(self, cells: Cells, at_s: float) -> None:
        black = float(cells.max()) <= _DARK
        if black and self._since is None:
            self._since = at_s
        elif not black and self._since is not None:
            self._runs.append((self._since, at_s))
            self._since = None

    def findings(self, seconds: float) -> list[TakeFinding]:
        """The stretches that no fade explains."""
        runs = [*self._runs, *([(self._since, seconds)] if self._since is not None else [])]
        found: list[TakeFinding] = []
        for start, end in runs:
            most = _AT_AN_END_S if start == 0 or end >= seconds else _INSIDE_S
            if end - start > min(most, seconds * _MOSTLY):
                found.append(TakeFinding(kind=FindingKind.BLACK, at_s=round(start, 2), detail=(round(end - start, 2),)))
        return found


def _within(frozen: TakeFinding, black: TakeFinding) -> bool:
    """Whether a stretch lies in the other one, but for a frame or two."""
    start, end = frozen.at_s, frozen.at_s + frozen.detail[0]
    return black.at_s - 0.2 <= start and end <= black.at_s + black.detail[0] + 0.2
