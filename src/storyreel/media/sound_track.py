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


class AlignedSound:
    """Lets sound into the file only as far as there are pictures, so that both end together and lie side by side."""

    def __init__(self, container: OutputContainer, fps: int) -> None:
        self._track = SoundTrack(container)
        self._fps, self._frames = fps, 0
        self._waiting: list[Samples] = []

    def wait(self, samples: Samples) -> None:
        """Keep sound until its pictures have come."""
        must_be_stereo(samples)
        self._waiting.append(samples.astype(np.float32, copy=False))

    def follow(self, frames: int) -> None:
        """Write the sound of that many pictures, as far as it is there."""
        self._frames = frames
        room = round(Fraction(frames * RATE_HZ, self._fps)) - self._track.samples
        while self._waiting and room > 0:
            first = self._waiting.pop(0)
            self._track.write(first[:room])
            if len(first) > room:
                self._waiting.insert(0, first[room:])
            room -= min(room, len(first))

    def finish(self) -> None:
        """Fill up with silence to the pictures that it followed, and flush."""
        self._track.write(silence(round(Fraction(self._frames * RATE_HZ, self._fps)) - self._track.samples))
        self._track.finish()


def must_be_stereo(samples: Samples) -> None:
    """Raises ValueError where it is not."""
    if samples.ndim != 2 or samples.shape[1] != 2:
        raise ValueError(f"sound of shape {samples.shape} was given; (samples, 2) is needed")
