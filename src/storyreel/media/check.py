"""Whether a finished take is what was asked: one decode, to its end."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import av.error
from PIL import Image

from storyreel.domain.errors import Cancelled, MediaUnusable, OutputBroken
from storyreel.domain.values import Size
from storyreel.media.frames import shown
from storyreel.media.opening import opened, video_of
from storyreel.media.probe import ClipFacts, probe

_LEADING = 2  # pictures before the first that can be decoded, in a clip that was cut from a longer one; no player shows them


@dataclass(frozen=True, slots=True)
class CheckedTake:
    """A take that decodes to its end: what it is, and the picture it ends on, for the next shot."""

    facts: ClipFacts
    last_frame: Image.Image


def check_take(
    path: Path,
    *,
    seconds: float | None = None,
    within_s: float = 0.25,
    size: Size | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> CheckedTake:
    """Decode a take once and hold it against what was asked; None is not held against anything.

    Raises OutputBroken where it breaks off, does not decode, or is another length (by more than `within_s`) or size; Cancelled.
    """
    try:
        facts = probe(path)
        _must_be_as_asked(facts, seconds, within_s, size)
        last = _decode_all(path, facts.frames, cancelled)
    except MediaUnusable as error:
        raise OutputBroken(error.problem) from error
    return CheckedTake(facts, last)


def _must_be_as_asked(facts: ClipFacts, seconds: float | None, within_s: float, size: Size | None) -> None:
    if facts.damage:
        raise OutputBroken(facts.damage)
    if seconds is not None and abs(facts.seconds - seconds) > within_s:
        raise OutputBroken(f"it is {facts.seconds:.2f} s long; {seconds:.2f} s were asked")
    if size is not None and (facts.width_px, facts.height_px) != (size.width_px, size.height_px):
        raise OutputBroken(f"it is {facts.width_px}x{facts.height_px}; {size} was asked")


def _decode_all(path: Path, frames: int, cancelled: Callable[[], bool] | None) -> Image.Image:
    """The last picture of a clip whose every picture decodes."""
    last, count = None, 0
    with opened(path) as container:
        stream = video_of(container, path)
        stream.thread_type = "AUTO"
        try:
            for frame in container.decode(stream):
                if frame.is_corrupt:
                    continue
                last, count = frame, count + 1
                if cancelled is not None and count % 8 == 0 and cancelled():
                    raise Cancelled("The check of a take")
        except av.error.FFmpegError as error:
            raise OutputBroken(f"it stops decoding after {count} of {frames} pictures") from error
        if last is None or count < frames - _LEADING:
            raise OutputBroken(f"{count} of its {frames} pictures decode")
        return shown(stream, last)
