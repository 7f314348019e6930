"""Video as Storyreel writes it: H.264 by libx264, 4:2:0, BT.709, closed groups of one second, the same on every machine."""

from fractions import Fraction

import av
from av.container import OutputContainer
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter

from storyreel.domain.values import Size

BT709 = 1  # ITU-T H.273: the code for primaries, transfer and matrix of BT.709
LIMITED_RANGE = 1  # FFmpeg's AVCOL_RANGE_MPEG
EXACT = int(Interpolation.BICUBIC) | 0x40000  # FFmpeg's SWS_ACCURATE_RND: without it colours drift by a fifth of a step each time

# Two threads on every machine: the number changes the bytes. What x264 chooses by content is fixed, so that parameter sets agree.
_X264 = "threads=2:scenecut=0:open-gop=0:bframes=2:b-adapt=0:weightp=0:rc-lookahead=6:me=dia:subme=1"


class VideoTrack:
    """The video of a file that is being written, at one size and rate; pictures are numbered as they come."""

    def __init__(self, container: OutputContainer, size: Size, fps: Fraction, *, crf: int = 20, x264: str = "") -> None:
        self._container, self._fps, self._size = container, fps, size
        group = max(1, round(fps))
        options = {"preset": "veryfast", "crf": str(crf), "x264-params": f"keyint={group}:min-keyint={group}:{_X264}{x264}"}
        self._stream = container.add_stream("libx264", rate=fps, options=options)
        self._stream.width, self._stream.height, self._stream.pix_fmt = size.width_px, size.height_px, "yuv420p"
        coder = self._stream.codec_context
        coder.color_primaries = coder.color_trc = coder.colorspace = BT709
        coder.color_range = LIMITED_RANGE
        coder.time_base = 1 / fps
        self._reformatter = VideoReformatter()
        self.frames = 0

    def write_rgb(self, picture: av.VideoFrame) -> None:
        """Add a full-range RGB picture of the track's size."""
        yuv = self._reformatter.reformat(
            picture,
            format="yuv420p",
            dst_colorspace=Colorspace.ITU709,
            dst_color_range=ColorRange.MPEG,
            interpolation=EXACT,
        )
        self.write_yuv(yuv)

    def write_yuv(self, picture: av.VideoFrame) -> None:
        """Add a picture that is 4:2:0, BT.709, limited range and of the track's size already."""
        picture.pts, picture.time_base, picture.pict_type = self.frames, 1 / self._fps, 0
        self.frames += 1
        self._container.mux(self._stream.encode(picture))

    def finish(self) -> None:
        """Flush."""
        self._container.mux(self._stream.encode(None))
