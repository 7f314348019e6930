"""A video as a few small frames, evenly spaced: enough to see how it moves."""

from dataclasses import dataclass
from pathlib import Path

import av.error
from PIL import Image

from storyreel.domain.errors import MediaUnusable
from storyreel.media.frames import shown
from storyreel.media.opening import opened, video_of
from storyreel.media.probe import probe

LONGEST_SIDE_PX = 512
THREADS = 2  # each holds a picture of the clip's own size


@dataclass(frozen=True, slots=True)
class Sampled:
    """Frames in order, and how long the video is, in seconds."""

    frames: tuple[Image.Image, ...]
    seconds: float


def sampled(path: Path, count: int = 16, *, longest_side_px: int = LONGEST_SIDE_PX) -> Sampled:
    """About `count` frames, evenly spaced from the first on, in one decode. Raises MediaUnusable."""
    facts = probe(path)
    step = max(1, facts.frames // count)
    frames: list[Image.Image] = []
    with opened(path) as container:
        stream = video_of(container, path)
        stream.thread_type = "AUTO"
        stream.codec_context.thread_count = THREADS
        try:
            for number, frame in enumerate(container.decode(stream)):
                if number % step == 0 and len(frames) < count:
                    image = shown(stream, frame)
                    image.thumbnail((longest_side_px, longest_side_px))
                    frames.append(image)
        except av.error.FFmpegError as error:
            if len(frames) < 2:
                raise MediaUnusable(path, "it does not decode") from error
    if len(frames) < 2:
        raise MediaUnusable(path, "it has one picture only; a motion video needs at least two")
    return Sampled(tuple(frames), facts.seconds)
