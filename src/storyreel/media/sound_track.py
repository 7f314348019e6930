"""Sound as Storyreel writes it: AAC, 48 kHz, stereo, encoded once, in frames of about a second."""

from fractions import Fraction

import av
import numpy as np
import numpy.typing as npt
from av.container import OutputContainer

RATE_HZ = 48_000
CHANNELS = 2

Samples = npt.NDArray[np.float32]
"""Sound at 48 kHz: float32 from -1 to 1, shape (samples, 2)."""


def silence(samples: int) -> Samples:
    """That many samples of nothing."""
    return np.zeros((samples, CHANNELS), np.float32)


class SoundTrack:
    """The sound of a file that is being written: what is given is encoded whenever a second is full."""

    def __init__(self, container: OutputContainer) -> None:
        self._container = container
        # The default coder takes several times the CPU for no difference that is heard at 192 kb/s.
        self._stream = container.add_stream("aac", rate=RATE_HZ, layout="stereo", options={"b": "192k", "aac_coder": "fast"})
        self._waiting: list[Samples] = []
        self._waiting_samples = 0
        self._encoded = 0

    @property
    def samples(self) -> int:
        """How much was given so far."""
        return self._encoded + self._waiting_samples

    def write(self, samples: Samples) -> None:
        """Add sound to the end."""
        if not len(samples):
            return
        self._waiting.append(samples)
        self._waiting_samples += len(samples)
        if self._waiting_samples >= RATE_HZ:
            self._encode_waiting()

    def finish(self) -> None:
        """Encode what waits and flush."""
        if self._waiting_samples:
            self._encode_waiting()
        self._container.mux(self._stream.encode(None))

    def _encode_waiting(self) -> None:
        planes = np.ascontiguousarray(np.concatenate(self._waiting).T)
        frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout="stereo")
        frame.sample_rate, frame.time_base, frame.pts = RATE_HZ, Fraction(1, RATE_HZ), self._encoded
        self._encoded += self._waiting_samples
        self._waiting, self._waiting_samples = [], 0
        self._container.mux(self._stream.encode(frame))
