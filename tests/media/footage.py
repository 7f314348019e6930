"""Clips for tests, made on the spot: every picture bears its clip's number and its own, every sound may carry a click."""

import resource
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import numpy as np
import numpy.typing as npt
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.stream import VideoStream

Pixels = npt.NDArray[np.uint8]
BITS = 16  # 4 of the clip's number, 12 of the picture's


def picture(index: int, *, clip: int = 0, width: int = 160, height: int = 90) -> Pixels:
    """An RGB picture with a soft ground of the clip's own colour and a bar code of both numbers along the top third."""
    across = np.linspace(0, 1, width)[None, :, None]
    down = np.linspace(0, 1, height)[:, None, None]
    tint = np.array([60 + 11 * (clip % 16), 200 - 9 * (clip % 16), 90 + (clip * 37) % 120])
    ground = tint * (0.5 + 0.5 * np.cos(6 * across + index / 5)) * (0.6 + 0.4 * down)
    pixels = np.clip(ground, 0, 255).astype(np.uint8)
    for bit in range(BITS):
        on = ((clip & 15) << 12 | index & 4095) >> (BITS - 1 - bit) & 1
        pixels[: height // 3, bit * width // BITS : (bit + 1) * width // BITS] = 235 * on + 10
    return pixels


def numbers_on(pixels: Pixels) -> tuple[int, int]:
    """The clip's and the picture's number that a picture bears, whatever its size."""
    height, width = pixels.shape[:2]
    row = pixels[height // 6].mean(axis=1)
    code = 0
    for bit in range(BITS):
        code = code << 1 | int(row[(2 * bit + 1) * width // (2 * BITS)] > 128)
    return code >> 12, code & 4095


def click(seconds: float, at: float, *, rate_hz: int = 48_000, channels: int = 2) -> npt.NDArray[np.float32]:
    """Sound of that length, silent but for 10 ms of 1 kHz; shape (channels, samples)."""
    sound = np.zeros((channels, round(seconds * rate_hz)), np.float32)
    start, length = round(at * rate_hz), rate_hz // 100
    sound[:, start : start + length] = 0.5 * np.sin(2 * np.pi * 1000 * np.arange(length) / rate_hz)
    return sound


def make_clip(
    path: Path,
    *,
    frames: int = 24,
    clip: int = 0,
    size: tuple[int, int] = (160, 90),
    fps: Fraction | int = 24,
    gop: int = 12,
    codec: str = "libx264",
    x264: str = "bframes=2:scenecut=0",
    pixel_format: str = "yuv420p",
    options: dict[str, str] | None = None,
    muxing: dict[str, str] | None = None,
    container: str | None = None,
    ticks: Callable[[int], int] | None = None,
    drawn: Callable[[int], Pixels] | None = None,
    sound: npt.NDArray[np.float32] | None = None,
    rate_hz: int = 48_000,
    sound_codec: str = "aac",
    tags: dict[str, str] | None = None,
) -> Path:
    """A clip of numbered pictures, or of those that are `drawn`; `ticks` gives a picture's time in 1/1000 s at a varying rate."""
    own = {"preset": "ultrafast", "crf": "18", "x264-params": f"{x264}:threads=1"} if codec == "libx264" else {}
    with av.open(str(path), "w", format=container, options=muxing or {}) as out:
        out.metadata.update(tags or {})
        video = out.add_stream(codec, rate=Fraction(fps), options={**own, **(options or {})})
        assert isinstance(video, VideoStream)
        video.width, video.height, video.pix_fmt = *size, pixel_format
        video.codec_context.gop_size = gop
        time_base = Fraction(1, 1000) if ticks else 1 / Fraction(fps)
        video.codec_context.time_base = time_base
        voice = _add_voice(out, sound_codec, rate_hz, sound)
        for index in range(frames):
            pixels = drawn(index) if drawn else picture(index, clip=clip, width=size[0], height=size[1])
            shown = av.VideoFrame.from_ndarray(pixels).reformat(
                format=pixel_format, dst_colorspace="ITU709" if size[1] >= 720 else "ITU601"
            )
            shown.pts, shown.time_base = (ticks(index) if ticks else index), time_base
            out.mux(video.encode(shown))
        out.mux(video.encode(None))
        if voice is not None and sound is not None:
            _write_voice(out, voice, sound, rate_hz)
    return path


def _add_voice(out: OutputContainer, codec: str, rate_hz: int, sound: npt.NDArray[np.float32] | None) -> AudioStream | None:
    if sound is None:
        return None
    voice = out.add_stream(codec, rate=rate_hz, layout="mono" if len(sound) == 1 else "stereo")
    assert isinstance(voice, AudioStream)
    return voice


def _write_voice(out: OutputContainer, voice: AudioStream, sound: npt.NDArray[np.float32], rate_hz: int) -> None:
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound), format="fltp", layout="mono" if len(sound) == 1 else "stereo")
    frame.sample_rate, frame.pts, frame.time_base = rate_hz, 0, Fraction(1, rate_hz)
    out.mux(voice.encode(frame))
    out.mux(voice.encode(None))


def rotate(path: Path, degrees: int) -> Path:
    """Mark an MP4 as turned clockwise, in the matrix of its video track's header."""
    matrix = {90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}[degrees]
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 4 + 4 + 20 + 8 + 8  # version and flags, times and id and duration, reserved, layer to reserved
    a, b, c, d = (value * 65536 for value in matrix)
    for place, value in zip((0, 4, 12, 16), (a, b, c, d), strict=True):
        data[at + place : at + place + 4] = value.to_bytes(4, "big", signed=True)
    path.write_bytes(data)
    return path


def cut_off(path: Path, share: float) -> Path:
    """Keep only the first part of a file's bytes."""
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    return path


def every_picture(path: Path) -> list[Pixels]:
    """A full decode: each picture as FFmpeg's RGB."""
    with av.open(str(path)) as clip:
        return [cast(Pixels, frame.to_ndarray(format="rgb24")) for frame in clip.decode(video=0)]


def all_sound(path: Path) -> npt.NDArray[np.float32]:
    """The decoded sound of a file, averaged over channels, in float, from the file's time 0 on."""
    parts: list[npt.NDArray[np.float32]] = []
    with av.open(str(path)) as clip:
        resampler = av.AudioResampler(format="fltp", layout="mono")
        for frame in clip.decode(audio=0):
            parts.extend(part.to_ndarray()[0] for part in resampler.resample(frame))
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)


def click_times(sound: npt.NDArray[np.float32], rate_hz: int = 48_000, loud: float = 0.1) -> list[float]:
    """Where clicks begin, in seconds."""
    loud_at = np.flatnonzero(np.abs(sound) > loud)
    starts: Sequence[int] = [
        int(at) for at, before in zip(loud_at, np.r_[-rate_hz, loud_at], strict=False) if at - before > rate_hz // 20
    ]
    return [start / rate_hz for start in starts]


@contextmanager
def full_disk(most_bytes: int) -> Generator[None]:
    """Files of this process grow no larger, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
