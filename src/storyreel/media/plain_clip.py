"""A clip whose bytes can be copied as they lie: one track of H.264, perhaps one of AAC, upright, whole, at a steady rate."""

import struct
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

from storyreel.media.boxes import read_index
from storyreel.media.h264 import starts_clean
from storyreel.media.mp4_track import Mp4Track, read_tracks
from storyreel.media.sample_entry import AacEntry, H264Entry, read_aac, read_h264

AAC_PACKET = 1024  # samples
_MOST_WASTE = Fraction(1, 20)  # of a clip's media, that no track of a film would use


@dataclass(frozen=True, slots=True)
class PlainClip:
    """A clip whose bytes can be copied as they lie."""

    path: Path
    video: Mp4Track
    coding: H264Entry
    places: Sequence[int]  # of each picture, in the order they are shown
    sound: Mp4Track | None
    sound_coding: AacEntry | None

    @property
    def fps(self) -> Fraction:
        """Pictures in a second."""
        return Fraction(self.video.timescale, self.video.step)

    @property
    def frames(self) -> int:
        """How many pictures it has."""
        return len(self.places)

    @property
    def begin(self) -> int:
        """The first byte of its media."""
        return min(track.offsets[0] for track in self._tracks)

    @property
    def end(self) -> int:
        """The byte behind its media."""
        return max(track.offsets[-1] + track.sizes[-1] for track in self._tracks)

    @property
    def _tracks(self) -> list[Mp4Track]:
        return [self.video] if self.sound is None else [self.video, self.sound]


def read_plain(path: Path) -> PlainClip:
    """A plain clip. Raises ValueError where it is not one, OSError where it cannot be read."""
    try:
        return _read(path)
    except (LookupError, OverflowError, struct.error) as error:
        raise ValueError("its index says what cannot be") from error


def _read(path: Path) -> PlainClip:
    with path.open("rb", buffering=0) as file:
        tracks = read_tracks(read_index(file))
        video, sound = tracks[b"vide"], tracks.get(b"soun")
        coding = read_h264(video.entry)
        clip = PlainClip(path, video, coding, _places(video), sound, read_aac(sound.entry) if sound else None)
        _must_be_whole(clip, file)
    return clip


def _places(video: Mp4Track) -> Sequence[int]:
    """The place of each picture among those shown: every one taken once, and each a whole step from the next."""
    first = min(video.times)
    places = array("q", ((time - first) // video.step for time in video.times))
    exact = all((time - first) % video.step == 0 for time in video.times)
    if first < 0 or not exact or any(place != number for number, place in enumerate(sorted(places))):
        raise ValueError("its pictures are not shown equally long")
    return places


def _must_be_whole(clip: PlainClip, file: BinaryIO) -> None:
    tracks = [clip.video] if clip.sound is None else [clip.video, clip.sound]
    begin, end = clip.begin, clip.end
    length = end - begin
    outside = any(at < begin or at + size > end for track in tracks for at, size in zip(track.offsets, track.sizes, strict=True))
    if outside or end > file.seek(0, 2):
        raise ValueError("its media is not all there")
    if length - sum(sum(track.sizes) for track in tracks) > length * _MOST_WASTE:
        raise ValueError("much of it belongs to neither picture nor sound")
    sound, coding = clip.sound, clip.sound_coding
    if sound is not None and coding is not None and (sound.timescale, sound.step) != (coding.rate_hz, AAC_PACKET):
        raise ValueError("its sound does not lie in packets of 1024 samples")
    file.seek(clip.video.offsets[0])
    if clip.video.keys[0] != 0 or not starts_clean(file.read(clip.video.sizes[0])):
        raise ValueError("it does not begin with a picture that can be decoded")
    if not all(_is_whole(file, at, size) for at, size in zip(clip.video.offsets, clip.video.sizes, strict=True)):
        raise ValueError("one of its pictures is not whole")


def _is_whole(file: BinaryIO, at: int, size: int) -> bool:
    """As `h264.is_whole`, reading no more than the lengths."""
    end = at + size
    while at < end:
        file.seek(at)
        length = int.from_bytes(file.read(4), "big")
        if not length:
            return False
        at += 4 + length
    return at == end
