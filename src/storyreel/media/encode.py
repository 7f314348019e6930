"""Pictures and sound into an MP4: H.264 by libx264, AAC. The same pictures give the same bytes, whatever the cores.

Every clip made here at one size and rate carries the same parameter sets, so `join` copies their packets. A clip is made of
closed groups of one second, so any second of it can be cut, joined or decoded alone.
"""

from concurrent.futures import Future
from fractions import Fraction
from pathlib import Path
from queue import Queue
from threading import Event, Thread
from types import TracebackType
from typing import Literal, Self, TypeAlias

import av
import numpy as np
import numpy.typing as npt
from av.container import OutputContainer
from PIL import Image

from storyreel.domain.values import FPS, Size
from storyreel.media.atomic import WholeFile, unwritable
from storyreel.media.opening import local
from storyreel.media.sound_track import AlignedSound, Samples, must_be_stereo
from storyreel.media.video_track import VideoTrack

Pixels: TypeAlias = npt.NDArray[np.uint8]
"""A picture: sRGB, shape (height, width, 3), or (height, width, 4) where the fourth is ignored."""

Layout: TypeAlias = Literal["RGB", "RGBX", "BGRX"]
"""The order of the bytes of a pixel; X is ignored. RGBX is the cheapest to take out of Pillow; RGB is taken over as it lies."""

MP4 = {"movflags": "+faststart", "fflags": "+bitexact"}  # the index in front; no date, no version
_FORMATS = {"RGB": "rgb24", "BGRX": "bgra"}
_WAITING_PICTURES = 8  # the drawing side may be this far ahead; a 720p picture is 3.7 MB


class ClipWriter:
    """A clip that is being written, as a context manager: encodes in a thread of its own while the next picture is drawn.

    The file appears under its name when the block ends well; when it fails, or is cancelled by an exception, nothing stays.
    Sound is cut or filled with silence to the pictures' length. Raises OutputUnwritable where the place cannot be written.
    """

    def __init__(self, path: Path, size: Size, *, fps: int = FPS, sound: bool = True) -> None:
        self.path, self.size, self.fps = path, size, fps
        self._has_sound = sound
        self._frames = 0
        self._queue: Queue[av.VideoFrame | Samples | Future[Samples] | None] = Queue(_WAITING_PICTURES)
        self._stopped = Event()  # what waits in the queue is thrown away from now on
        self._ended = False  # the None was read from the queue
        self._failure: BaseException | None = None

    @property
    def frames(self) -> int:
        """The pictures taken so far."""
        return self._frames

    @property
    def seconds(self) -> Fraction:
        """The clip's length so far, exact."""
        return Fraction(self._frames, self.fps)

    def write(self, picture: Image.Image | Pixels) -> None:
        """Add a picture of the clip's size. It is copied: the buffer may be drawn over at once."""
        if isinstance(picture, Image.Image):
            rgb = picture if picture.mode in {"RGB", "RGBA", "RGBX"} else picture.convert("RGB")
            self._must_fit(rgb.width, rgb.height)
            self.write_pixels(rgb.tobytes("raw", "RGBA" if rgb.mode == "RGBA" else "RGBX"))
        else:
            self._must_fit(picture.shape[1], picture.shape[0])
            self._add(av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), "rgb24" if picture.shape[2] == 3 else "rgba"))

    def write_pixels(self, pixels: bytes | npt.NDArray[np.uint8], layout: Layout = "RGBX") -> None:
        """Add a picture as rows of packed bytes without padding. Raises ValueError where they are not the clip's size.

        What is given is not copied: do not change it after.
        """
        width, height = self.size.width_px, self.size.height_px
        if len(pixels) != width * height * len(layout):
            raise ValueError(f"a picture of {len(pixels)} bytes was given to a clip of {self.size} {layout}")
        if layout == "RGBX":
            self._add(av.VideoFrame.from_bytes(bytes(pixels), width, height, "rgba"))
        else:
            rows = np.frombuffer(pixels, np.uint8).reshape(height, width, len(layout))
            self._add(av.VideoFrame.from_numpy_buffer(rows, _FORMATS[layout]))

    def write_sound(self, sound: Samples | Future[Samples]) -> None:
        """Add sound to the end: float32 from -1 to 1, shape (samples, 2), 48 kHz. It is kept as it is: do not change it after.

        Sound that is still being made is waited for before later pictures are encoded, so that the bytes do not depend on when
        it came; some eight pictures can be drawn meanwhile. What its making raises is raised by a later call, or at the end.
        """
        if not isinstance(sound, Future):
            must_be_stereo(sound)
        if self._has_sound:
            self._put(sound)

    def __enter__(self) -> Self:
        self._file = WholeFile(self.path)
        self._thread = Thread(target=self._encode_all, name=f"encode {self.path.name}", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is not None or not self._frames:
            self._stopped.set()
        try:
            self._queue.put(None)
            self._thread.join()
        except BaseException:  # an interrupt while the end is awaited is an end without a clip
            self._stopped.set()
            self._queue.put(None)  # it may not have got in; one too many does no harm
            self._thread.join()
            self._file.drop()
            raise
        if self._stopped.is_set() or self._failure is not None:
            self._file.drop()
        if error is None:
            self._raise_failure()
            if not self._frames:
                raise ValueError("a clip without a picture was asked for")
            self._file.keep()

    def _must_fit(self, width_px: int, height_px: int) -> None:
        if (width_px, height_px) != (self.size.width_px, self.size.height_px):
            raise ValueError(f"a picture of {width_px}x{height_px} was given to a clip of {self.size}")

    def _add(self, picture: av.VideoFrame) -> None:
        self._put(picture)
        self._frames += 1

    def _put(self, item: av.VideoFrame | Samples | Future[Samples]) -> None:
        self._raise_failure()
        self._queue.put(item)

    def _raise_failure(self) -> None:
        if isinstance(self._failure, OSError):
            raise unwritable(self.path, self._failure) from self._failure
        if self._failure is not None:
            raise self._failure

    def _encode_all(self) -> None:
        """The thread: everything that comes until the None, then the end of the file."""
        try:
            with av.open(local(self._file.part), "w", format="mp4", options=MP4) as container:
                self._encode_queue(container)
        except BaseException as failure:  # noqa: BLE001 - the writing side raises it again
            if not self._stopped.is_set():
                self._failure = failure
        while not self._ended:
            self._ended = self._queue.get() is None

    def _encode_queue(self, container: OutputContainer) -> None:
        size_px = self.size.width_px, self.size.height_px
        video = VideoTrack(container, size_px, Fraction(self.fps), threads=1)  # what draws beside it takes longer
        sound = AlignedSound(container, self.fps) if self._has_sound else None
        while (item := self._queue.get()) is not None:
            if self._stopped.is_set():
                continue
            if isinstance(item, av.VideoFrame):
                video.write_rgb(item)
            elif sound is not None:
                sound.wait(_made(item) if isinstance(item, Future) else item)
            if sound is not None:
                sound.follow(video.frames)
        self._ended = True
        if self._stopped.is_set():
            return
        video.finish()
        if sound is not None:
            sound.finish()


def _made(sound: Future[Samples]) -> Samples:
    try:
        return sound.result()
    except OSError as error:  # which here would be one of the clip's own place
        raise RuntimeError(f"the sound could not be made ({error})") from error
