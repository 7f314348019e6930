"""The part of a studio that works on clips which are there already: joined, looked into, measured."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from storyreel.domain.errors import InvalidRequest

if TYPE_CHECKING:
    from PIL.Image import Image

    from storyreel.media.join import JoinReport
    from storyreel.media.probe import ClipFacts

FILM_SUFFIXES = {".mp4", ".m4v"}


class Cutter:
    """Clips by their files; nothing is kept, and no film is known."""

    async def join(
        self,
        clips: Sequence[Path],
        output: Path,
        *,
        sound: str = "exact",
        reencode: bool = False,
        skip_damaged: bool = False,
        on_progress: Callable[[float], None] | None = None,
    ) -> "JoinReport":
        """Several clips as one film at `output`; video is copied where they agree. `on_progress` is told the share that is done.

        Raises InvalidRequest, MediaUnusable, OutputBroken, OutputUnwritable. Cancelled, the join stops and nothing stays.
        """
        from storyreel.media.join import SoundMode, join

        if sound not in set(SoundMode):
            raise InvalidRequest(f"{sound!r} is not a way to join sound; choose {' or '.join(SoundMode)}.", field="sound")
        if output.suffix.lower() not in FILM_SUFFIXES:
            raise InvalidRequest(f"{output.name or output}: a film is written as MP4; end the name with .mp4.", field="output")
        stopped = threading.Event()
        work = partial(join, clips, output, sound=SoundMode(sound), reencode=reencode, skip_damaged=skip_damaged)
        try:
            return await asyncio.to_thread(work, on_progress=on_progress, cancelled=stopped.is_set)
        finally:
            stopped.set()

    async def frame(self, clip: Path, at: "float | Literal['first', 'last']") -> "Image":
        """One exact frame of a clip: the first, the very last, or the one that is shown at a second."""
        from storyreel.media.frames import first_frame, frame_at, last_frame

        match at:
            case "first":
                return await asyncio.to_thread(first_frame, clip)
            case "last":
                return await asyncio.to_thread(last_frame, clip)
            case _:
                return await asyncio.to_thread(frame_at, clip, at)

    async def probe(self, clip: Path) -> "ClipFacts":
        """What a clip is. Raises MediaUnusable, OutputBroken."""
        from storyreel.media.probe import probe

        return await asyncio.to_thread(probe, clip)
