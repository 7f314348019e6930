"""Video as Storyreel writes it: H.264 by libx264, 4:2:0, BT.709, closed groups of one second, the same parameter sets always."""

from fractions import Fraction
from typing import TypeAlias

import av
from av.container import OutputContainer
from av.video.reformatter import ColorRange, VideoReformatter

from storyreel.media.colour import BT709, FROM_RGB

Colours: TypeAlias = tuple[int, int]
"""The matrix (ITU-T H.273: 1 is BT.709) and the range (1 limited, 2 full) of a track."""

HD_COLOURS: Colours = (BT709, int(ColorRange.MPEG))

# What x264 chooses by content is fixed, so that parameter sets agree.
# The rest is speed: a quarter to a third less work than plain `veryfast` for the same bits, 0.2 to 0.6 dB less like; measured on
# three drawn pictures that move. Without x264's macroblock tree: where a row of macroblocks is not a multiple of 16, it reads
# memory that was never written, and the same pictures give other bytes.
_X264 = "no-mbtree=1:scenecut=0:open-gop=0:bframes=2:b-adapt=0:weightp=0:rc-lookahead=6:me=dia:subme=1:partitions=none"
_CRF = 23  # without the tree as good as 20 with it, and an eighth larger


class VideoTrack:
    """The video of a file that is being written, at one size and rate; pictures are numbered as they come."""

    def __init__(
        self,
        container: OutputContainer,
        size_px: tuple[int, int],
        fps: Fraction,
        *,
        colours: Colours = HD_COLOURS,
        x264: str = "",
        threads: int = 2,
    ) -> None:
        """The number of threads is said and not found out: the bytes depend on it. One takes a fifth less work than two."""
        self._container, self._fps, self._threads = container, fps, threads
        group = max(1, round(fps))
        options = {
            "preset": "veryfast",
            "crf": str(_CRF),
            "x264-params": f"keyint={group}:min-keyint={group}:threads={threads}:{_X264}{x264}",
        }
        self._stream = container.add_stream("libx264", rate=fps, options=options)
        self._stream.width, self._stream.height, self._stream.pix_fmt = *size_px, "yuv420p"
        coder = self._stream.codec_context
        coder.colorspace, coder.color_range = colours
        if coder.colorspace == BT709:
            coder.color_primaries = coder.color_trc = BT709
        coder.time_base = 1 / fps
        self._reformatter = VideoReformatter()
        self.frames = 0

    def write_rgb(self, picture: av.VideoFrame) -> None:
        """Add a full-range RGB picture of the track's size."""
        yuv = self._reformatter.reformat(
            picture,
            format="yuv420p",
            dst_colorspace=BT709,
            dst_color_range=ColorRange.MPEG,
            interpolation=FROM_RGB,
            threads=self._threads,
        )
        self.write_yuv(yuv)

    def write_yuv(self, picture: av.VideoFrame) -> None:
        """Add a picture that is 4:2:0, of the track's colours and size already."""
        picture.pts, picture.time_base, picture.pict_type = self.frames, 1 / self._fps, 0
        self.frames += 1
        self._container.mux(self._stream.encode(picture))

    def finish(self) -> None:
        """Flush."""
        self._container.mux(self._stream.encode(None))
