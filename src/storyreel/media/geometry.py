"""How a stored picture is shown: turned, and of square pixels."""

from fractions import Fraction

from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from storyreel.media.ticks import exact


def clockwise(frame: VideoFrame) -> int:
    """By how many degrees a player turns the stored picture; FFmpeg counts the other way."""
    return -round(frame.rotation / 90) * 90 % 360


def pixel_aspect(stream: VideoStream) -> Fraction:
    """Width over height of a stored pixel, once a picture was decoded; 1 where the file does not say."""
    return exact(stream.sample_aspect_ratio) or exact(stream.codec_context.sample_aspect_ratio) or Fraction(1)


def shown_size(stream: VideoStream, frame: VideoFrame) -> tuple[int, int]:
    """Width and height as a player shows them: square pixels, turned."""
    width, height = max(1, round(frame.width * pixel_aspect(stream))), frame.height
    return (height, width) if clockwise(frame) % 180 else (width, height)
