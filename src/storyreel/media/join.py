"""Clips into one film, the cheapest way that is right for them: their bytes as they lie, or packet by packet."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from storyreel.domain.errors import InvalidRequest
from storyreel.media import bytewise
from storyreel.media.atomic import whole_file
from storyreel.media.join_report import JoinReport, Skipped, SoundMode
from storyreel.media.plain_clip import PlainClip
from storyreel.media.watch import Watch

__all__ = ["JoinReport", "Skipped", "SoundMode", "join"]


def join(
    clips: Sequence[Path],
    output: Path,
    *,
    sound: SoundMode = SoundMode.EXACT,
    reencode: bool = False,
    skip_damaged: bool = False,
    on_progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> JoinReport:
    """Join clips in order into an MP4, at the size and rate of most of them; others are made over and letterboxed.

    `reencode` makes over every clip, for players that stumble over copied ones. Sound that cannot be copied is made exact; the
    report says which it was. `on_progress` is told the share that is done, from 0 to 1. Memory does not grow with the clips.
    Raises MediaUnusable naming a clip that is not whole, Cancelled, OutputUnwritable, OutputBroken; nothing half-made stays.
    """
    _must_make_sense(clips, output)
    watch = Watch("The join", on_progress=on_progress, cancelled=cancelled)
    watch.look()
    plain = None if reencode else bytewise.alike(clips)
    if plain is not None and (sound is SoundMode.COPY or plain[0].sound is None):
        index = bytewise.index_of(plain)
        if index is not None:
            return _copied(plain, index, output, watch)
    from storyreel.media.packetwise import join_packets  # bytes need no FFmpeg, and should not wait for it

    return join_packets(clips, output, sound=sound, reencode=reencode, skip_damaged=skip_damaged, watch=watch)


def _must_make_sense(clips: Sequence[Path], output: Path) -> None:
    if not clips:
        raise InvalidRequest("A join needs at least one clip.", field="clips")
    there = os.path.exists(output)  # noqa: PTH110  Path.exists raises for a long name
    if there and any(os.path.exists(clip) and clip.samefile(output) for clip in clips):  # noqa: PTH110
        raise InvalidRequest(f"{output} is one of the clips; name another file for the film.", field="output")


def _copied(clips: Sequence[PlainClip], index: bytes, output: Path, watch: Watch) -> JoinReport:
    frames = watch.total = sum(clip.frames for clip in clips)
    with whole_file(output) as part:
        bytewise.write(clips, index, part, watch)
        watch.look()
    first = clips[0]
    return JoinReport(
        output=output,
        frames=frames,
        fps=first.fps,
        seconds=float(frames / first.fps),
        width_px=first.coding.width_px,
        height_px=first.coding.height_px,
        copied=len(clips),
        made_over=(),
        skipped=(),
        sound=SoundMode.COPY if first.sound is not None else None,
        size_bytes=output.stat().st_size,
    )
