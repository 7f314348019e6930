"""What is done for a job: its pictures are drawn and encoded segment by segment, and the segments put together."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from storyreel.providers.animatic.job import CLIP, Job, segment_file, sound_file

if TYPE_CHECKING:
    from PIL.Image import Image

    from storyreel.animatic.engine import Picture


def compose(job: Job) -> "Picture":
    """The picture of a job, ready to be drawn frame by frame."""
    from storyreel.animatic import engine

    return engine.compose(job.request, first_frame=_picture(job.first_frame), last_frame=_picture(job.last_frame))


def draw(job: Job, folder: Path, segment: int, composed: Callable[[], "Picture"], on_frame: Callable[[int], None]) -> None:
    """Draw and encode one segment into a job's folder; where it has no other, that is its clip.

    The sound is made beside the first segment. `on_frame` hears how many of its frames are drawn, before each; what it raises
    ends the segment, and nothing is left of it.
    """
    from storyreel.animatic import engine
    from storyreel.media.atomic import whole_file
    from storyreel.media.encode import ClipWriter

    request, whole = job.request, job.segments == 1
    path = folder / CLIP if whole else segment_file(folder, segment)
    with ThreadPoolExecutor(1) as beside, ClipWriter(path, request.size, fps=request.fps, sound=whole and request.sound) as clip:
        sound = beside.submit(engine.ambience, request) if request.sound and segment == 0 else None
        if whole and sound is not None:
            clip.write_sound(sound)
        picture = composed()
        for drawn, number in enumerate(job.frames_of(segment)):
            on_frame(drawn)
            clip.write_pixels(picture.pixels(number), "RGB")
        if not whole and sound is not None:
            with whole_file(sound_file(folder)) as part:
                part.write_bytes(sound.result().tobytes())


def finish(job: Job, folder: Path) -> None:
    """Put the segments together, with the sound beside them, into the clip of a job."""
    import numpy as np

    from storyreel.media.segments import put_together

    segments = [segment_file(folder, segment) for segment in range(job.segments)]
    sound = np.fromfile(sound_file(folder), np.float32).reshape(-1, 2) if job.request.sound else None
    put_together(segments, folder / CLIP, fps=job.request.fps, sound=sound)
    for part in (*segments, sound_file(folder)):
        part.unlink(missing_ok=True)


def _picture(path: Path | None) -> "Image | None":
    from PIL import Image

    return None if path is None else Image.open(path).convert("RGB")
