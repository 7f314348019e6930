"""What the numbers of a decoded frame mean: its matrix and its range, tagged or by custom."""

from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Interpolation

HD_LINES = 720  # an untagged clip is BT.709 from here up, BT.601 below
BT709 = 1
_BT601 = 5
# ITU-T H.273's matrix to FFmpeg's swscale code: BT.709, FCC, BT.601 in its two names, SMPTE 240M.
_MATRICES = {1: BT709, 4: 4, 5: _BT601, 6: _BT601, 7: 7}
# FFmpeg's SWS_ACCURATE_RND: without it colours drift by a fifth of a step each time.
EXACT = int(Interpolation.BICUBIC) | 0x40000
FROM_RGB = int(Interpolation.AREA) | int(Interpolation.FULL_CHR_H_INP)  # means of four: as true as EXACT, in half the time
EXACT_RGB = EXACT | 0x2000  # and SWS_FULL_CHR_H_INT: without it every picture comes out a step darker


def matrix_of(frame: VideoFrame) -> int:
    """The matrix of a frame's colours, as swscale counts them."""
    untagged = BT709 if frame.height >= HD_LINES else _BT601
    return _MATRICES.get(int(frame.colorspace), untagged)


def range_of(frame: VideoFrame) -> int:
    """The range of a frame's colours; limited where it is not said."""
    full = int(frame.color_range) == ColorRange.JPEG or frame.format.name.startswith("yuvj")
    return int(ColorRange.JPEG if full else ColorRange.MPEG)
