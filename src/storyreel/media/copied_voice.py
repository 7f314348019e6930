"""Sound as it lies: AAC packets copied, on one unbroken grid, so that no clip's is off by more than half a packet."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet

from storyreel.media.opening import opened
from storyreel.media.ticks import tick_of
from storyreel.media.voices import Heard

_PACKET = 1024  # samples of an AAC packet


class CopiedVoice:
    """A Voice of the clips' own packets; `can_be_copied` says whether that is possible."""

    def __init__(self, container: OutputContainer, clips: Sequence[Heard], fps: Fraction) -> None:
        self._container, self._clips = container, clips
        with opened(next(clip.path for clip in clips if clip.aac)) as source:
            template = source.streams.audio[0]
            self._rate = template.rate
            self._stream: AudioStream = container.add_stream_from_template(template)
        self._per_frame = self._rate / fps / _PACKET
        self._packets = self._all_packets()
        self._written = 0

    def follow(self, frames: int) -> None:
        """Write sound until it reaches that many pictures."""
        wanted = int(frames * self._per_frame)
        while self._written < wanted and self._write_one():
            pass

    def finish(self) -> None:
        """Write what is left."""
        while self._write_one():
            pass

    def _write_one(self) -> bool:
        found = next(self._packets, None)
        if found is None:
            return False
        place, packet = found
        packet.stream = self._stream
        packet.dts = packet.pts = place * _PACKET
        packet.duration, packet.time_base = _PACKET, self._tick
        self._written = place + 1
        self._container.mux_one(packet)
        return True

    def _all_packets(self) -> Iterator[tuple[int, "Packet[AudioStream]"]]:
        """Every packet with its place on the film's grid."""
        self._tick = Fraction(1, self._rate)
        for clip in self._clips:
            if not clip.aac:
                continue
            begin, end = round(clip.begin * self._per_frame), round(clip.end * self._per_frame)
            with opened(clip.path) as source:
                stream = source.streams.audio[0]
                step = float(tick_of(stream) * self._rate / _PACKET)
                offset = begin - float(clip.start * self._rate / _PACKET)
                for packet in source.demux(stream):
                    if packet.pts is None or not packet.size:
                        continue
                    place = round(offset + packet.pts * step)
                    if begin <= place < end:
                        yield place, packet


def can_be_copied(clips: Sequence[Heard]) -> bool:
    """Whether all these clips have the very same kind of AAC."""
    return len({clip.aac for clip in clips}) == 1 and clips[0].aac is not None
