"""Single pictures of a clip, exact: the very frame that a full decode shows first, last or at a time."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

import av
import av.error
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange
from av.video.stream import VideoStream
from PIL import Image

from storyreel.domain.errors import InvalidRequest, MediaUnusable
from storyreel.media.atomic import whole_file
from storyreel.media.colour import EXACT_RGB, matrix_of, range_of
from storyreel.media.geometry import clockwise, pixel_aspect
from storyreel.media.opening import UNDECODABLE, opened, video_of
from storyreel.media.ticks import tick_of
from storyreel.media.timing import walk

Packets: TypeAlias = list["av.Packet[VideoStream]"]

_TURNS = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
_SURE_S = Fraction(1, 4)  # frames that nothing depends on are skipped until so long before the end


def first_frame(path: Path) -> Image.Image:
    """The first picture that is shown, RGB, turned as a player would. Raises MediaUnusable."""
    with opened(path) as container:
        stream = video_of(container, path)
        frame = next((frame for frame in _decodable(container, stream) if not frame.is_corrupt), None)
        if frame is None:
            raise MediaUnusable(path, UNDECODABLE)
        return shown(stream, frame)


def last_frame(path: Path) -> Image.Image:
    """The last picture that is shown, as `first_frame`; of a clip that breaks off, the last that is whole."""
    for seeking in (True, False):  # where a seek went wrong, all of it is read
        with opened(path) as container:
            stream = video_of(container, path)
            stream.thread_type = "AUTO"
            frame = _last_of(_last_group(container, stream) if seeking else list(container.demux(stream)), stream)
            if frame is not None:
                return shown(stream, frame)
    raise MediaUnusable(path, UNDECODABLE)


def frame_at(path: Path, seconds: float) -> Image.Image:
    """The picture on screen so many seconds after the clip's first, as `first_frame`.

    Raises InvalidRequest before the start and from the end on, MediaUnusable.
    """
    with opened(path) as container:
        found = walk(container, video_of(container, path))
    timing = found.timing
    if not timing.frames or found.first is None:
        raise MediaUnusable(path, UNDECODABLE)
    if not 0 <= seconds < timing.seconds:
        length = f"{float(timing.seconds):.3f}".rstrip("0").rstrip(".")
        raise InvalidRequest(f"{path} is {length} s long; it shows nothing at {seconds:g} s.", field="at")
    moment = Fraction(seconds).limit_denominator(100_000)  # 0.4166666666666667 is the tenth frame at 24 a second
    if timing.constant_rate:  # the middle of a frame, as clocks of 1 ms round its beginning
        moment = (moment * timing.fps // 1 + Fraction(1, 2)) / timing.fps
    for from_start in (False, True):
        with opened(path) as container:
            stream = video_of(container, path)
            stream.thread_type = "AUTO"
            with suppress(av.error.FFmpegError):
                frame = _shown_at(container, stream, timing.start + moment, from_start=from_start)
                if frame is not None:
                    return shown(stream, frame)
    raise MediaUnusable(path, f"{timing.damage or 'it is damaged'}: none can be decoded at {seconds:g} s")


def save_png(image: Image.Image, path: Path) -> None:
    """Write a picture, losslessly; the file appears whole or not at all. Raises OutputUnwritable."""
    with whole_file(path) as part:
        image.save(part, format="PNG", compress_level=1)


def shown(stream: VideoStream, frame: VideoFrame) -> Image.Image:
    """A decoded frame of the stream as a player shows it: RGB, turned, of square pixels."""
    rgb = frame.reformat(
        format="rgb24",
        src_colorspace=matrix_of(frame),
        src_color_range=range_of(frame),
        dst_color_range=ColorRange.JPEG,
        interpolation=EXACT_RGB,
    )
    image, aspect, turn = _image_of(rgb), pixel_aspect(stream), clockwise(frame)
    if aspect != 1:
        image = image.resize((max(1, round(image.width * aspect)), image.height), Image.Resampling.LANCZOS)
    return image.transpose(_TURNS[turn]) if turn else image


def _image_of(rgb: VideoFrame) -> Image.Image:
    plane = rgb.planes[0]
    return Image.frombuffer("RGB", (rgb.width, rgb.height), bytes(plane), "raw", "RGB", plane.line_size, 1)


def _last_group(container: InputContainer, stream: VideoStream) -> Packets:
    """The packets from the last key frame that is whole to the end; from an earlier one where seeking is not exact."""
    target = _last_keyframe(container, stream)
    if target is not None:
        try:
            container.seek(target, stream=stream)
        except av.error.FFmpegError:
            container.seek(0)
    group: Packets = []
    before: Packets = []
    try:
        for packet in container.demux(stream):
            if packet.is_corrupt or packet.size == 0:
                continue
            if packet.is_keyframe:
                before, group = group, []
            group.append(packet)
    except av.error.FFmpegError:
        pass  # what was read so far is what there is
    return group if len(group) > 1 or not before else before + group


def _last_keyframe(container: InputContainer, stream: VideoStream) -> int | None:
    """Where to seek, in the stream's ticks: the index where there is one, else the end as the file says it."""
    index = getattr(stream, "index_entries", ())  # PyAV 16 has none
    size = container.size or 0  # None or less: unknown
    entries = [entry.timestamp for entry in index if entry.is_keyframe and not 0 < size < entry.pos + entry.size]
    if entries:
        return max(entries)
    if stream.duration and stream.frames:
        return (stream.start_time or 0) + stream.duration
    return None


def _last_of(packets: Packets, stream: VideoStream) -> VideoFrame | None:
    """The frame with the greatest time that these packets hold, whole."""
    times = [packet.pts for packet in packets if packet.pts is not None and not packet.is_discard]
    if not times:
        return None
    sure_from = max(times) - _SURE_S / tick_of(stream)
    try:
        return _decode_skipping(packets, stream, sure_from)
    except av.error.FFmpegError:
        return _decode_what_can_be(packets, stream)


def _decode_skipping(packets: Packets, stream: VideoStream, sure_from: Fraction) -> VideoFrame | None:
    """The last frame; what no other frame needs is not decoded before `sure_from`, in ticks. Raises FFmpegError."""
    best: VideoFrame | None = None
    for packet in packets:
        early = packet.pts is not None and packet.pts < sure_from
        stream.codec_context.skip_frame = "NONREF" if early else "DEFAULT"
        best = _later(best, stream.decode(packet))
    return _later(best, stream.decode(None))


def _decode_what_can_be(packets: Packets, stream: VideoStream) -> VideoFrame | None:
    """The last frame that decodes where some do not."""
    stream.codec_context.flush_buffers()
    stream.codec_context.skip_frame = "DEFAULT"
    best: VideoFrame | None = None
    for packet in (*packets, None):
        try:
            best = _later(best, stream.decode(packet))
        except av.error.FFmpegError:
            continue
    return best


def _later(best: VideoFrame | None, frames: Iterable[VideoFrame]) -> VideoFrame | None:
    for frame in frames:
        if not frame.is_corrupt and frame.pts is not None and (best is None or best.pts is None or frame.pts >= best.pts):
            best = frame
    return best


def _decodable(container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
    """Every picture that decodes."""
    for packet in container.demux(stream):
        try:
            yield from stream.decode(packet)
        except av.error.FFmpegError:
            continue


def _shown_at(container: InputContainer, stream: VideoStream, wanted: Fraction, *, from_start: bool) -> VideoFrame | None:
    """The last frame that begins at `wanted` seconds or before; None where seeking landed after it."""
    tick = tick_of(stream)
    if not from_start:
        container.seek(int(wanted / tick), stream=stream)
    best: VideoFrame | None = None
    for frame in container.decode(stream):
        if frame.pts is None or frame.is_corrupt:
            continue
        if frame.pts * tick > wanted:
            return best
        best = frame
    return best
