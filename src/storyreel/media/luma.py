"""A decoded picture as a few cells of brightness: cheap enough to look at every frame of a clip."""

from typing import cast

import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange

from storyreel.media.colour import range_of

Cells = npt.NDArray[np.float32]
"""Brightness from 0 (black) to 255 (white), shape (rows, columns), the longer side about `CELLS` cells."""

Plane = npt.NDArray[np.uint8]
"""Every pixel's luma as it is stored, shape (height, width)."""

CELLS = 80
_OF_A_CELL = 4  # pixels of each cell that are read, in one row: reading all of them costs as much as decoding


def luma_plane(frame: VideoFrame) -> Plane:
    """The luma of a frame, 8 bits, without a copy where it is stored so."""
    if not frame.format.name.startswith(("yuv4", "yuvj4", "nv12", "gray")) or frame.format.components[0].bits > 8:
        frame = frame.reformat(format="gray")
    plane = frame.planes[0]
    return np.frombuffer(cast("bytes", plane), np.uint8).reshape(-1, plane.line_size)[: frame.height, : frame.width]


def cells_of(frame: VideoFrame) -> Cells:
    """A frame's brightness in cells: the mean of a few pixels in the middle of each."""
    plane = luma_plane(frame)
    step = max(1, max(plane.shape) // CELLS)
    rows = plane[step // 2 :: step]
    count = min(step, _OF_A_CELL)
    first, whole = (step - count) // 2, rows.shape[1] // step * step
    total = rows[:, first:whole:step].astype(np.float32)
    for place in range(first + 1, first + count):
        total += rows[:, place:whole:step]
    total *= 1 / count
    if range_of(frame) is not ColorRange.JPEG:
        total -= 16
        total *= 255 / 219
    return total
