"""Whether a finished take is what was asked: one decode, to its end, in which everything is looked at as it comes."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import av
import av.error
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from storyreel.domain.checks import FindingKind, TakeFinding
from storyreel.domain.errors import Cancelled, MediaUnusable, OutputBroken
from storyreel.domain.values import Size
from storyreel.media.eye import Eye
from storyreel.media.frames import shown
from storyreel.media.hearing import Hearing
from storyreel.media.opening import opened, video_of
from storyreel.media.probe import ClipFacts, probe

_LEADING = 2  # pictures before the first that can be decoded, in a clip that was cut from a longer one; no player shows them
_LENGTH_S, _LENGTH_SHARE = 0.5, 0.1  # off by more of either is another length: models make 81 frames for 80, and 5.04 s for 5
_SIZE_SHARE = 0.05  # of a side: models make 1088 lines for 1080, and 832 columns for 854
_EXACT_S = 0.25


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a take should be; None is not held against anything."""

    seconds: float | None = None
    size: Size | None = None
    sound: bool | None = None
    exact: bool = False  # drawn by ourselves: another length or size is a broken take, and what stands is meant to stand


@dataclass(frozen=True, slots=True)
class CheckedTake:
    """A take that decodes to its end: what it is, the picture it ends on, for the next shot, and what was found."""

    facts: ClipFacts
    last_frame: Image.Image
    findings: tuple[TakeFinding, ...] = ()


def check_take(path: Path, wanted: Wanted = Wanted(), *, cancelled: Callable[[], bool] | None = None) -> CheckedTake:
    """Decode a take once and tell what is otherwise than wanted: length, size, sound; black, frozen, cut inside.

    Raises OutputBroken where it breaks off or does not decode, or is not exactly what it must be; Cancelled.
    """
    eye = Eye()
    try:
        facts = probe(path)
        _must_be_whole(facts, wanted)
        with opened(path) as container:
            stream = video_of(container, path)
            hearing = Hearing(there=bool(container.streams.audio))
            last = _decoded(container, stream, facts.frames, eye, hearing, cancelled)
            picture = shown(stream, last)
    except MediaUnusable as error:
        raise OutputBroken(error.problem) from error
    seen = [one for one in eye.findings(facts.seconds) if not (wanted.exact and one.kind is FindingKind.FROZEN)]
    return CheckedTake(facts, picture, (*_measured(facts, wanted), *seen, *hearing.findings(asked=wanted.sound)))


def _must_be_whole(facts: ClipFacts, wanted: Wanted) -> None:
    if facts.damage:
        raise OutputBroken(facts.damage)
    if not wanted.exact:
        return
    if wanted.seconds is not None and abs(facts.seconds - wanted.seconds) > _EXACT_S:
        raise OutputBroken(f"it is {facts.seconds:.2f} s long; {wanted.seconds:.2f} s were asked")
    if wanted.size is not None and (facts.width_px, facts.height_px) != (wanted.size.width_px, wanted.size.height_px):
        raise OutputBroken(f"it is {facts.width_px}x{facts.height_px}; {wanted.size} was asked")


def _measured(facts: ClipFacts, wanted: Wanted) -> list[TakeFinding]:
    """Where length and size are further from what was asked than models' own steps explain."""
    found: list[TakeFinding] = []
    if wanted.seconds is not None and abs(facts.seconds - wanted.seconds) > max(_LENGTH_S, wanted.seconds * _LENGTH_SHARE):
        found.append(TakeFinding(kind=FindingKind.LENGTH, detail=(round(facts.seconds, 2), wanted.seconds)))
    if wanted.size is not None:
        here, asked = (facts.width_px, facts.height_px), (wanted.size.width_px, wanted.size.height_px)
        if any(abs(side - goal) > _SIZE_SHARE * goal for side, goal in zip(here, asked, strict=True)):
            found.append(TakeFinding(kind=FindingKind.SIZE, detail=(*here, *asked)))
    return found


def _decoded(
    container: InputContainer,
    stream: VideoStream,
    frames: int,
    eye: Eye,
    hearing: Hearing,
    cancelled: Callable[[], bool] | None,
) -> VideoFrame:
    """The last picture of a clip whose every picture decodes; all are shown to `eye`, the sound is played to `hearing`."""
    stream.thread_type = "AUTO"
    last, count = None, 0
    try:
        for packet in container.demux(stream, *container.streams.audio[:1]):
            if packet.stream is not stream:
                hearing.listen(cast("av.Packet[AudioStream]", packet))
                continue
            for frame in stream.decode(packet):
                if frame.is_corrupt:
                    continue
                last, count = frame, count + 1
                eye.look(frame)
                if cancelled is not None and count % 8 == 0 and cancelled():
                    raise Cancelled("The check of a take")
    except av.error.FFmpegError as error:
        raise OutputBroken(f"it stops decoding after {count} of {frames} pictures") from error
    if last is None or count < frames - _LEADING:
        raise OutputBroken(f"{count} of its {frames} pictures decode")
    return last
