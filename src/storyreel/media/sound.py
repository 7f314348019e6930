"""The sound of a clip on its picture's clock: exactly as long as the picture, every sample where it was."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import av.error
import numpy as np
from av.audio.frame import AudioFrame

from storyreel.media.opening import opened
from storyreel.media.sound_track import RATE_HZ, Samples, silence
from storyreel.media.ticks import tick_of

_FADE = RATE_HZ // 200  # 5 ms at both ends, so that no join clicks
_JITTER = RATE_HZ // 200  # time stamps may lie so far beside the count of samples before a gap is believed


def sound_of(path: Path, *, start: Fraction, samples: int) -> Iterator[Samples]:
    """A clip's sound in pieces, `samples` at 48 kHz in all, the first at `start` seconds of the file's clock.

    What the clip lacks is silence; both ends are faded over 5 ms. Sound that does not decode is silence too.
    """
    place = 0
    for at, piece in _placed(path, start):
        begin, end = max(at, place), min(at + len(piece), samples)
        if end <= begin:
            continue
        if begin > place:
            yield silence(begin - place)
        yield _faded(piece[begin - at : end - at], begin, samples)
        place = end
    if place < samples:
        yield silence(samples - place)


def _placed(path: Path, start: Fraction) -> Iterator[tuple[int, Samples]]:
    """Each decoded piece with its place in samples; those that follow each other lie without gap or overlap."""
    with opened(path) as container:
        stream = next((one for one in container.streams.audio if one.rate and one.codec_context), None)
        if stream is None:
            return
        reader = _Reader(start)
        for packet in container.demux(stream):
            try:
                frames = packet.decode()
            except av.error.InvalidDataError:
                continue
            for frame in frames:
                yield from reader.read(frame)
        yield from reader.rest()


class _Reader:
    """Decoded frames to pieces at 48 kHz stereo; resampled only where they are something else."""

    def __init__(self, start: Fraction) -> None:
        self._start = start
        self._kind: tuple[int, str, str] | None = None
        self._resampler: av.AudioResampler | None = None
        self._base = 0  # the place of the first sample of the present run
        self._taken = Fraction(0)  # samples at 48 kHz that went in since
        self._given = 0  # and came out

    def read(self, frame: AudioFrame) -> Iterator[tuple[int, Samples]]:
        """The pieces that this frame completes."""
        kind = (frame.sample_rate, frame.layout.name, frame.format.name)
        place = self._place_of(frame)
        if kind != self._kind or abs(place - self._base - self._taken) > _JITTER:
            yield from self.rest()
            self._kind, self._base, self._taken, self._given = kind, place, Fraction(0), 0
            as_it_is = kind == (RATE_HZ, "stereo", "fltp")
            self._resampler = None if as_it_is else av.AudioResampler(format="fltp", layout="stereo", rate=RATE_HZ)
        self._taken += Fraction(frame.samples * RATE_HZ, frame.sample_rate)
        for ready in self._resampler.resample(frame) if self._resampler else (frame,):
            yield self._piece(ready)

    def rest(self) -> Iterator[tuple[int, Samples]]:
        """What the resampler still holds."""
        if self._resampler is not None:
            for frame in self._resampler.resample(None):
                yield self._piece(frame)

    def _place_of(self, frame: AudioFrame) -> int:
        if frame.pts is None:
            return self._base + round(self._taken)
        return round((frame.pts * tick_of(frame) - self._start) * RATE_HZ)

    def _piece(self, frame: AudioFrame) -> tuple[int, Samples]:
        place = self._base + self._given
        self._given += frame.samples
        return place, np.asarray(frame.to_ndarray(), np.float32).T


def _faded(piece: Samples, at: int, samples: int) -> Samples:
    """The piece that begins `at` a clip of that many samples, softened where it lies within 5 ms of an end."""
    if at >= _FADE and at + len(piece) <= samples - _FADE:
        return piece
    places = np.arange(at, at + len(piece), dtype=np.float32)
    gain = np.clip(np.minimum(places, samples - 1 - places) / _FADE, 0, 1).astype(np.float32)
    return piece * gain[:, None]
