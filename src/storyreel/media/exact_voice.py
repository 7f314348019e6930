"""Sound made anew: every clip's decoded, placed to the sample, encoded once."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from av.container import OutputContainer

from storyreel.media.sound import sound_of
from storyreel.media.sound_track import RATE_HZ, Samples, SoundTrack
from storyreel.media.voices import Heard


class ExactVoice:
    """A Voice whose every sample lies where it lay in its clip."""

    def __init__(self, container: OutputContainer, clips: Sequence[Heard], fps: Fraction) -> None:
        self._track = SoundTrack(container)
        self._per_frame = RATE_HZ / fps
        self._clips = clips
        self._pieces = self._all_pieces()

    def follow(self, frames: int) -> None:
        """Write sound until it reaches that many pictures."""
        wanted = int(frames * self._per_frame)
        while self._track.samples < wanted and self._write_one():
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
