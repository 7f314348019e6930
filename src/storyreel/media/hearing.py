"""Whether a clip can be heard: its loudest sample, as far as it had to be listened to."""

import math

import av
import av.error
import numpy as np
import numpy.typing as npt
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream

from storyreel.domain.checks import FindingKind, TakeFinding

SILENT_DBFS = -70.0  # a quiet room has peaks of -55, an encoder's own noise of silence stays under -80
_WHOLE = {"u8": 2.0**7, "s16": 2.0**15, "s32": 2.0**31, "s64": 2.0**63}  # the largest sample, where they are whole numbers
_MIDDLE = {"u8": 2.0**7}  # of samples that have no sign


class Hearing:
    """Listens until something is heard; from then on sound costs nothing."""

    def __init__(self, *, there: bool) -> None:
        self._there = there  # whether there is a sound track at all
        self._loudest = 0.0  # of 1

    @property
    def heard(self) -> bool:
        """Whether there was sound so far."""
        return self._dbfs > SILENT_DBFS

    @property
    def _dbfs(self) -> float:
        return 20 * math.log10(self._loudest) if self._loudest > 0 else -math.inf

    def listen(self, packet: "av.Packet[AudioStream]") -> None:
        """The next packet of sound; one that does not decode is not heard."""
        if self.heard:
            return
        try:
            for frame in packet.decode():
                self._loudest = max(self._loudest, _loudest(frame))
        except av.error.FFmpegError:
            return

    def findings(self, *, asked: bool | None) -> list[TakeFinding]:
        """What is otherwise than asked; None: it does not matter."""
        if asked is None or asked == self.heard:
            return []
        loudest = (round(max(self._dbfs, -120.0), 1),) if self._there else ()
        kind = FindingKind.SILENT if asked else FindingKind.SOUND
        return [TakeFinding(kind=kind, detail=loudest)]


def _loudest(frame: AudioFrame) -> float:
    """The largest sample of a piece, of 1."""
    samples: npt.NDArray[np.float32] = np.asarray(frame.to_ndarray(), np.float32)
    kind = frame.format.name.rstrip("p")
    return float(np.abs(samples - _MIDDLE.get(kind, 0.0)).max(initial=0.0)) / _WHOLE.get(kind, 1.0)
