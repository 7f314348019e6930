"""One clip made over into another's shape: turned, scaled, letterboxed, at a steady rate."""

from collections.abc import Callable, Iterator
from contextlib import closing
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import av.error
import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame
from av.video.plane import VideoPlane
from av.video.reformatter import ColorRange

from storyreel.domain.errors import MediaUnusable
from storyreel.media.ahead import ahead
from storyreel.media.colour import EXACT, matrix_of, range_of
from storyreel.media.geometry import clockwise, pixel_aspect
from storyreel.media.opening import NOT_MADE_OVER, UNDECODABLE, local, opened, video_of
from storyreel.media.sources import Shape, Source, frames_at
from storyreel.media.ticks import tick_of
from storyreel.media.video_track import VideoTrack

Pixels = npt.NDArray[np.uint8]


def conform(source: Source, shape: Shape, output: Path, *, sps_id: int, tick: Callable[[], None]) -> None:
    """Write a clip's pictures to an MP4 of that size and rate, without sound.

    `tick` is called after each picture, and may raise to end the work. Raises MediaUnusable, OSError.
    """
    wanted = frames_at(source, shape.fps)
    try:
        with av.open(local(output), "w", format="mp4") as container:
            track = VideoTrack(
                container, (shape.width_px, shape.height_px), shape.fps, x264=f":sps-id={sps_id}", colours=shape.colours
            )
            with closing(ahead(_steady_pictures(source, shape, wanted))) as pictures:  # scaled while the one before is encoded
                for picture in pictures:
                    track.write_yuv(picture)
                    tick()
            track.finish()
    except av.error.FFmpegError as error:
        if isinstance(error, OSError):
            raise
        raise MediaUnusable(source.path, NOT_MADE_OVER, field="clips") from error


def _steady_pictures(source: Source, shape: Shape, wanted: int) -> Iterator[VideoFrame]:
    """Exactly `wanted` pictures, each the one on screen in the middle of its time."""
    canvas = _Canvas(shape)
    sent = 0
    shown: VideoFrame | None = None
    with opened(source.path) as container:
        stream = video_of(container, source.path)
        stream.thread_type = "AUTO"
        tick = tick_of(stream)
        for frame in container.decode(stream):
            if frame.pts is None or frame.is_corrupt:
                continue
            begins = frame.pts * tick - source.timing.start
            while shown is not None and sent < wanted and (sent + Fraction(1, 2)) / shape.fps < begins:
                sent += 1
                yield canvas.fit(shown, pixel_aspect(stream))
            shown = frame
        if shown is None:
            raise MediaUnusable(source.path, UNDECODABLE, field="clips")
        for _ in range(wanted - sent):
            yield canvas.fit(shown, pixel_aspect(stream))


class _Canvas:
    """Pictures of the shape's size, black around what does not fill them; one picture shown twice is made once."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._of: VideoFrame | None = None
        self._drawn: VideoFrame | None = None

    def fit(self, frame: VideoFrame, aspect: Fraction) -> VideoFrame:
        """The frame, turned, scaled to fit and centred: 4:2:0, in the shape's colours."""
        if self._drawn is None or frame is not self._of:
            self._drawn, self._of = self._draw(frame, aspect), frame
        return self._drawn

    def _draw(self, frame: VideoFrame, aspect: Fraction) -> VideoFrame:
        size, (matrix, colour_range) = (self._shape.width_px, self._shape.height_px), self._shape.colours
        turn = clockwise(frame)
        width, height = _fitting(frame.width * aspect, Fraction(frame.height), size, turned=turn % 180 == 90)
        small = frame.reformat(
            width=width,
            height=height,
            format="yuv420p",
            src_colorspace=matrix_of(frame),
            dst_colorspace=matrix,
            src_color_range=range_of(frame),
            dst_color_range=colour_range,
            interpolation=EXACT,
        )
        if not turn and (width, height) == size:
            return small
        canvas = VideoFrame(*size, "yuv420p")
        black = (16 if colour_range == ColorRange.MPEG else 0, 128, 128)
        for target, plane, level in zip(canvas.planes, small.planes, black, strict=True):
            _centre(_pixels(target), np.rot90(_pixels(plane), -turn // 90), level)
        return canvas


def _fitting(width: Fraction, height: Fraction, size: tuple[int, int], *, turned: bool) -> tuple[int, int]:
    """The stored picture's width and height, even, so that it just fits when it is turned."""
    room = size[::-1] if turned else size
    scale = min(room[0] / width, room[1] / height)
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def _pixels(plane: VideoPlane) -> Pixels:
    """A plane's pixels, shape (height, width), without the padding at the end of its lines; writable where the frame is ours."""
    buffer = cast(bytes, plane)  # the stubs do not know that a plane is a buffer
    return np.frombuffer(buffer, np.uint8).reshape(-1, plane.line_size)[: plane.height, : plane.width]


def _centre(canvas: Pixels, picture: Pixels, level: int) -> None:
    top, left = (canvas.shape[0] - picture.shape[0]) // 2, (canvas.shape[1] - picture.shape[1]) // 2
    canvas[:] = level
    canvas[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
