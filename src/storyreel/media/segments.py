"""A clip of segments that were made side by side: their packets one behind the other, its sound encoded once beside them."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from av.container import OutputContainer

from storyreel.domain.values import FPS
from storyreel.media.assemble import assemble
from storyreel.media.atomic import whole_file
from storyreel.media.sound_track import AlignedSound, Samples
from storyreel.media.sources import read_source
from storyreel.media.splice import Piece, Splice
from storyreel.media.watch import Watch


def put_together(segments: Sequence[Path], path: Path, *, fps: int = FPS, sound: Samples | None = None) -> None:
    """Write the clip of segments as ClipWriter makes them, silent and in order; nothing of their pictures is made over.

    `sound`: float32 from -1 to 1, shape (samples, 2), 48 kHz; cut or filled with silence to the pictures' length.
    Raises MediaUnusable naming a segment that is not whole, OutputUnwritable where the place cannot be written.
    """
    splice = Splice([Piece.of(read_source(segment), "a part of the shot is broken") for segment in segments], Fraction(fps))

    def voice(container: OutputContainer) -> AlignedSound:
        aligned = AlignedSound(container, fps)
        if sound is not None:
            aligned.wait(sound)
        return aligned

    with whole_file(path) as part:
        assemble(part, splice, None if sound is None else voice, Watch("The clip"))
