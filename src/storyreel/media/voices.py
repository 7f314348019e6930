"""The sound of a joined film as it goes into the file beside the pictures: encoded once, or copied."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Protocol, TypeAlias

from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet

from storyreel.media.opening import opened
from storyreel.media.sound import sound_of
from storyreel.media.soundtrack import RATE_HZ, Samples, SoundTrack


@dataclass(frozen=True, slots=True)
class Heard:
    """A clip's place in the film's sound, counted in pictures."""

    path: Path
    start: Fraction  # of its first picture, in seconds of its clock
    begin: int  # pictures of the film before it
    end: int


class Voice(Protocol):
    """The sound of a film that is being written."""

    def follow(self, frames: int) -> None:
        """Write sound until it reaches that many pictures."""
        ...

    def finish(self) -> None:
        """Write what is left."""
        ...


VoiceMaker: TypeAlias = Callable[[OutputContainer], Voice]


class ExactVoice:
    """Every clip's sound decoded, placed to the sample, encoded once."""

    def __init__(self, container: OutputContainer, clips: Sequence[Heard], fps: Fraction) -> None:
        self._track = SoundTrack(container)
        self._per_frame = RATE_HZ / fps
        self._clips = clips
        self._pieces = self._all_pieces()

    def follow(self, frames: int) -> None:
        """Write sound until it reaches that many pictures."""
        while self._track.samples < frames * self._per_frame and self._write_one():
            pass

    def finish(self) -> None:
        """Write what is left."""
        while self._write_one():
            pass
        self._track.finish()

    def _write_one(self) -> bool:
        piece = next(self._pieces, None)
        if piece is not None:
            self._track.write(piece)
        return piece is not None

    def _all_pieces(self) -> Iterator[Samples]:
        for clip in self._clips:
            # Rounded from the film's beginning, so that what rounding takes off never adds up.
            begin, end = round(clip.begin * self._per_frame), round(clip.end * self._per_frame)
            yield from sound_of(clip.path, start=clip.start, samples=end - begin)


class CopiedVoice:
    """AAC packets as they lie, on one unbroken grid of packets, so that no clip's sound is off by more than half of one."""

    def __init__(self, container: OutputContainer, clips: Sequence[Heard], fps: Fraction) -> None:
        self._container, self._clips, self._fps = container, clips, fps
        first = next(clip for clip in clips if aac_of(clip.path))
        with opened(first.path) as source:
            template = source.streams.audio[0]
            self._rate = template.rate
            self._samples = template.codec_context.frame_size or 1024
            self._stream: AudioStream = container.add_stream_from_template(template)
        self._packets = self._all_packets()
        self._written = 0

    def follow(self, frames: int) -> None:
        """Write sound until it reaches that many pictures."""
        while self._written * self._samples < frames * self._rate / self._fps and self._write_one():
            pass

    def finish(self) -> None:
        """Write what is left."""
        while self._write_one():
            pass

    def _write_one(self) -> bool:
        packet = next(self._packets, None)
        if packet is None:
            return False
        place = packet.pts or 0
        packet.stream = self._stream
        packet.dts = packet.pts = place * self._samples
        packet.duration, packet.time_base = self._samples, Fraction(1, self._rate)
        self._written = place + 1
        self._container.mux_one(packet)
        return True

    def _all_packets(self) -> Iterator["Packet[AudioStream]"]:
        """Packets whose `pts` is their place on the film's grid."""
        for clip in self._clips:
            begin, end = self._slot(clip.begin), self._slot(clip.end)
            offset = begin - round(clip.start * self._rate / self._samples)
            with opened(clip.path) as source:
                for packet in source.demux(source.streams.audio[0]) if source.streams.audio else ():
                    if packet.pts is None or not packet.size:
                        continue
                    place = offset + round(packet.pts * packet.time_base * self._rate / self._samples)
                    if begin <= place < end:
                        packet.pts = place
                        yield packet

    def _slot(self, frames: int) -> int:
        return round(frames * self._rate / self._fps / self._samples)


def aac_of(path: Path) -> bytes | None:
    """What tells one kind of AAC from another (its AudioSpecificConfig), or None where a clip has something else."""
    with opened(path) as container:
        stream = next(iter(container.streams.audio), None)
        if stream is None or not stream.codec_context or stream.codec_context.name != "aac":
            return None
        return stream.codec_context.extradata or None


def can_be_copied(clips: Sequence[Heard]) -> bool:
    """Whether all clips with sound have the very same kind of AAC."""
    kinds = {aac_of(clip.path) for clip in clips}
    return len(kinds) == 1 and None not in kinds
