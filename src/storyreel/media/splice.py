"""Video packets of many clips in one track, copied: new time stamps, and parameter sets where clips have different ones."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

import av
from av.container import InputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.stream import VideoStream

from storyreel.domain.errors import MediaUnusable
from storyreel.media.h264 import ParameterSets, merged, with_sets
from storyreel.media.opening import opened, video_of
from storyreel.media.sources import Source
from storyreel.media.ticks import tick_of

AnyPacket: TypeAlias = "Packet[VideoStream] | Packet[Stream]"


@dataclass(frozen=True, slots=True)
class Piece:
    """A file whose video packets are copied whole."""

    path: Path
    frames: int
    reorder: int
    start: Fraction  # of its first picture, in seconds of its clock
    sets: ParameterSets

    @classmethod
    def of(cls, source: Source, otherwise: str) -> "Piece":
        """A clip as it lies. Raises MediaUnusable, which says `otherwise`, where its video cannot be copied."""
        if source.sets is None:
            raise MediaUnusable(source.path, otherwise, field="clips")
        return cls(source.path, source.timing.frames, source.reorder, source.timing.start, source.sets)


class Splice:
    """The video of a joined film: `packets` in the order they are stored, in units of one frame."""

    def __init__(self, pieces: Sequence[Piece], fps: Fraction) -> None:
        self._pieces, self.fps = pieces, fps
        # One delay for all, so that decoding times never meet presentation times from the wrong side.
        self._delay = max(piece.reorder for piece in pieces)
        self._merged = merged([piece.sets for piece in pieces])

    @property
    def frames(self) -> int:
        """How many pictures the film has."""
        return sum(piece.frames for piece in self._pieces)

    @property
    def first(self) -> Path:
        """The file that the track takes after."""
        return self._pieces[0].path

    @property
    def extradata(self) -> bytes:
        """The film's avcC: of all clips, or, where two mean different things by one id, of the first."""
        return (self._merged or self._pieces[0].sets).avcc

    def packets(self) -> Iterator[AnyPacket]:
        """Every packet, its times set; its `stream` is still the clip's. Raises MediaUnusable."""
        before = 0
        for piece in self._pieces:
            sets = None if self._merged else piece.sets
            with opened(piece.path) as container:
                yield from self._of_piece(container, piece, before, sets)
            before += piece.frames

    def _of_piece(self, container: InputContainer, piece: Piece, before: int, sets: ParameterSets | None) -> Iterator[AnyPacket]:
        stream = video_of(container, piece.path)
        tick = tick_of(stream)
        start, (step, steps) = round(piece.start / tick), (tick * self.fps).as_integer_ratio()
        frame_time, order = 1 / self.fps, before - self._delay
        for packet in container.demux(stream):
            if packet.pts is None or not packet.size:
                continue
            place = before + (2 * (packet.pts - start) * step + steps) // (2 * steps)  # rounded to the nearest picture
            placed = packet if sets is None or not packet.is_keyframe else _with_sets(packet, sets)
            placed.pts, placed.dts, placed.duration, placed.time_base = place, order, 1, frame_time
            order += 1
            yield placed
        if order != before - self._delay + piece.frames:
            raise MediaUnusable(piece.path, f"its pictures are not {piece.frames} any more; did the file change?", field="clips")


def _with_sets(packet: "Packet[VideoStream]", sets: ParameterSets) -> AnyPacket:
    complete = av.Packet(with_sets(bytes(packet), sets))
    complete.is_keyframe = True
    return complete
