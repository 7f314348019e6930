"""One clip of every kind that has ever gone wrong, made once for all tests of the room."""

from fractions import Fraction
from pathlib import Path

import av
import pytest

from tests.media.footage import click, cut_off, make_clip, rotate

LIVE_VP9 = {"deadline": "realtime", "cpu-used": "8"}


@pytest.fixture(scope="session")
def zoo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of clips by the name of what is odd about them."""
    folder = tmp_path_factory.mktemp("zoo")
    make_clip(folder / "plain.mp4", sound=click(1, 0.5))
    make_clip(folder / "no b frames.mp4", frames=36, x264="bframes=0:scenecut=0")
    make_clip(folder / "one group.mp4", frames=48, gop=250, sound=click(2, 0.5, channels=1, rate_hz=44_100), rate_hz=44_100)
    make_clip(folder / "open groups.mp4", frames=48, x264="bframes=3:b-pyramid=normal:open-gop=1:scenecut=0")
    make_clip(folder / "varying rate.mp4", frames=30, ticks=lambda index: index * 40 + index // 5 * 13)
    make_clip(folder / "ntsc.mp4", frames=30, fps=Fraction(30_000, 1001))
    rotate(make_clip(folder / "turned.mp4"), 90)
    fragments = {"movflags": "frag_keyframe+empty_moov+default_base_moof"}
    make_clip(folder / "fragmented.mp4", frames=48, muxing=fragments, sound=click(2, 0.5))
    cut_off(make_clip(folder / "truncated.mp4", frames=96, muxing={"movflags": "+faststart"}), 0.6)
    cut_off(make_clip(folder / "truncated without index.mp4", frames=48), 0.6)
    make_clip(
        folder / "live.webm",
        frames=30,
        codec="libvpx-vp9",
        options=LIVE_VP9,
        muxing={"live": "1"},
        sound=click(1.25, 0.5),
        sound_codec="libopus",
    )
    make_clip(folder / "transport.ts", container="mpegts", sound=click(1, 0.5))
    _trim_by_edit_list(folder / "one group.mp4", folder / "edit list.mp4", frames=10)
    (folder / "empty.mp4").write_bytes(b"")
    (folder / "text.mp4").write_text("This is not a film.\n" * 50)
    return folder


def _trim_by_edit_list(source: Path, output: Path, *, frames: int) -> None:
    """A stream copy that begins in the middle of a group: the first pictures are stored, and not shown."""
    with av.open(str(source)) as whole, av.open(str(output), "w") as part:
        video = whole.streams.video[0]
        copy = part.add_stream_from_template(video)
        cut = int(Fraction(frames, 24) / (video.time_base or 1))
        for packet in whole.demux(video):
            if packet.dts is not None and packet.pts is not None:
                packet.pts, packet.dts, packet.stream = packet.pts - cut, packet.dts - cut, copy
                part.mux(packet)
