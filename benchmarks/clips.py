"""Clips as generators send them, made once under `.work/`: 24 fps, about 7 Mbit/s, moving and grainy, with AAC sound.

Each is made in a process of its own: what a benchmark starts counts its parent's memory as its own peak.
"""

import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from peers import WORK

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from av.audio.stream import AudioStream
    from av.container import OutputContainer

FPS = 24
SECONDS = 8
CRF = 23


def clip(number: int, *, seconds: int = SECONDS, width: int = 1280, height: int = 720, fps: int = FPS, group: int = 250) -> Path:
    """The clip of that number and kind, made if it is not there yet; `group` is the distance of key frames."""
    path = WORK / "clips" / f"{number:02d}-{seconds}s-{width}x{height}-{fps}-g{group}.mp4"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part.mp4")
        subprocess.run([sys.executable, __file__, part, *map(str, (number, seconds, width, height, fps, group))], check=True)
        part.rename(path)
    return path


def clips(count: int, *, seconds: int = SECONDS) -> list[Path]:
    """That many like clips."""
    return [clip(number, seconds=seconds) for number in range(count)]


def _make(path: Path, number: int, seconds: int, size: tuple[int, int], fps: int, group: int) -> None:
    import av
    import numpy as np

    random = np.random.default_rng(number)
    ground = _ground(random, size)
    grain = random.integers(-9, 10, (size[1] + 64, size[0] + 64, 1), np.int16)
    with av.open(str(path), "w") as container:
        options = {"preset": "veryfast", "crf": str(CRF), "x264-params": "scenecut=0"}
        video = container.add_stream("libx264", rate=fps, options=options)
        video.width, video.height, video.pix_fmt = *size, "yuv420p"
        video.codec_context.gop_size = group
        sound = container.add_stream("aac", rate=48_000, layout="stereo", options={"b": "128k"})
        _write_sound(container, sound, random, seconds)
        for index in range(seconds * fps):
            x, y = index * 48 // fps, 120 + round(100 * np.sin(index / fps))
            left, top = random.integers(0, 64, 2)
            picture = ground[y : y + size[1], x : x + size[0]] + grain[top : top + size[1], left : left + size[0]]
            frame = av.VideoFrame.from_ndarray(np.clip(picture, 0, 255).astype(np.uint8))
            frame.pts, frame.time_base = index, Fraction(1, fps)
            container.mux(video.encode(frame))
        container.mux(video.encode(None))


def _ground(random: "np.random.Generator", size: tuple[int, int]) -> "npt.NDArray[np.int16]":
    """A wide picture of soft and sharp shapes for the camera to pan over."""
    import numpy as np

    width, height = size[0] + 48 * 20, size[1] + 256
    across, down = np.meshgrid(np.arange(width), np.arange(height))
    layers = np.zeros((height, width, 3))
    for scale in (400, 150, 60, 24):
        phase, turn, colour = random.uniform(0, 6, 2), random.uniform(0, 3.1), random.uniform(0.2, 1, 3)
        wave = np.sin((across * np.cos(turn) + down * np.sin(turn)) / scale + phase[0]) * np.sin(down / scale + phase[1])
        layers += np.sign(wave)[:, :, None] * np.sqrt(np.abs(wave))[:, :, None] * colour * scale**0.5
    layers -= layers.min()
    return (20 + 215 * layers / layers.max()).astype(np.int16)


def _write_sound(container: "OutputContainer", stream: "AudioStream", random: "np.random.Generator", seconds: int) -> None:
    import av
    import numpy as np

    times = np.arange(seconds * 48_000) / 48_000
    wind = np.convolve(random.normal(0, 1, len(times)), np.ones(32) / 32, "same") * (0.5 + 0.5 * np.sin(times))
    hum = 0.1 * np.sin(2 * np.pi * (110 + 20 * random.uniform()) * times)
    frame = av.AudioFrame.from_ndarray(
        np.stack([wind * 0.3 + hum, wind * 0.2 - hum]).astype(np.float32), format="fltp", layout="stereo"
    )
    frame.sample_rate, frame.pts, frame.time_base = 48_000, 0, Fraction(1, 48_000)
    container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


if __name__ == "__main__":
    where, *facts = sys.argv[1:]
    a_number, length, wide, high, rate, distance = map(int, facts)
    _make(Path(where), a_number, length, (wide, high), rate, distance)
