"""The clips of a join as they came: what each is, and whether its video can be copied as it lies."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from av.container import InputContainer
from av.video.frame import VideoFrame

from storyreel.domain.errors import MediaUnusable
from storyreel.media.colour import matrix_of, range_of
from storyreel.media.geometry import clockwise, pixel_aspect, shown_size
from storyreel.media.h264 import ParameterSets, read_avcc, starts_clean
from storyreel.media.opening import UNDECODABLE, opened, video_of
from storyreel.media.timing import Timing, Walk, walk

_COMMON_RATES = (24, 25, 30, 50, 60)


@dataclass(frozen=True, slots=True)
class Shape:
    """What clips must agree in to follow each other in one track."""

    width_px: int  # both even
    height_px: int
    fps: Fraction
    colours: tuple[int, int]  # matrix and range


@dataclass(frozen=True, slots=True)
class Source:
    """One clip of a join."""

    path: Path
    timing: Timing
    shape: Shape  # as it is; or, where it cannot be copied, what it comes nearest to
    reorder: int
    sets: ParameterSets | None  # None: its video cannot be copied
    has_sound: bool
    aac: bytes | None  # what tells its kind of AAC; None: other sound, or none


def read_source(path: Path) -> Source:
    """Everything a join needs to know of a clip. Raises MediaUnusable where it is not whole."""
    with opened(path) as container:
        stream = video_of(container, path)
        found = walk(container, stream)
        if found.first is None:
            raise MediaUnusable(path, UNDECODABLE, field="clips")
        if found.timing.damage:
            raise MediaUnusable(path, found.timing.damage, field="clips")
        width, height = shown_size(stream, found.first)
        is_mp4 = "mp4" in container.format.name
        sets = read_avcc(stream.codec_context.extradata) if is_mp4 and stream.codec_context.name == "h264" else None
        as_stored = pixel_aspect(stream) == 1 and not clockwise(found.first)
        return Source(
            path=path,
            timing=found.timing,
            shape=Shape(_even(width), _even(height), _steady(found.timing), _colours(found.first)),
            reorder=found.reorder,
            sets=sets if as_stored and _lies_plain(found) else None,
            has_sound=any(sound.rate and sound.codec_context for sound in container.streams.audio),
            aac=_aac_of(container),
        )


def most_common_shape(sources: Sequence[Source]) -> Shape:
    """The shape that saves the most work: of most clips that can be copied, else of most clips; the first of equals."""
    counted = [source.shape for source in sources if source.sets] or [source.shape for source in sources]
    return Counter(counted).most_common(1)[0][0]


def frames_at(source: Source, fps: Fraction) -> int:
    """How many pictures a clip has at another rate."""
    return max(1, round(source.timing.seconds * fps))


def _lies_plain(found: Walk) -> bool:
    """Whether the packets are exactly the pictures shown, in a form that can be put into another file."""
    first = found.first
    if first is None or first.format.name not in {"yuv420p", "yuvj420p"}:
        return False
    if (first.width, first.height) != (_even(first.width), _even(first.height)):
        return False
    return found.timing.constant_rate and not found.hidden and starts_clean(found.head)


def _aac_of(container: InputContainer) -> bytes | None:
    stream = next(iter(container.streams.audio), None)
    if stream is None or not stream.codec_context or stream.codec_context.name != "aac":
        return None
    return stream.codec_context.extradata or None


def _colours(frame: VideoFrame) -> tuple[int, int]:
    return matrix_of(frame), range_of(frame)


def _even(pixels: int) -> int:
    return min(max(64, pixels // 2 * 2), 7680)  # as a Size may be


def _steady(timing: Timing) -> Fraction:
    """The clip's rate, or the common one that shows a varying clip best."""
    if timing.constant_rate:
        return timing.fps
    return Fraction(min(_COMMON_RATES, key=lambda rate: abs(rate - timing.fps)))
