"""What a clip is: measured, not believed."""

from fractions import Fraction
from pathlib import Path
from typing import Annotated

from av.audio.stream import AudioStream
from av.container import InputContainer
from pydantic import Field

from storyreel.domain.errors import MediaUnusable
from storyreel.domain.values import Value
from storyreel.media.geometry import clockwise, pixel_aspect, shown_size
from storyreel.media.opening import UNDECODABLE, opened, video_of
from storyreel.media.ticks import tick_of
from storyreel.media.timing import walk


class SoundFacts(Value):
    """The sound of a clip."""

    codec: str
    rate_hz: int
    channels: int
    seconds: float | None  # as the file says; None: it does not


class ClipFacts(Value):
    """A clip as it is shown: turned as it asks to be, counted by the pictures that are there."""

    seconds: float  # frames / fps where the rate is constant
    frames: int
    fps: Fraction  # "24" or "30000/1001"; the average where the rate varies
    constant_rate: bool
    width_px: int
    height_px: int
    rotation_deg: Annotated[int, Field(ge=0, lt=360)]  # clockwise, what a player turns the stored picture by
    pixel_aspect: Fraction  # of a stored pixel, width over height
    video_codec: str
    pixel_format: str
    container: str
    size_bytes: int
    sound: SoundFacts | None
    damage: str | None  # what is missing from it, in words; None: it is whole


def probe(path: Path) -> ClipFacts:
    """Read a clip through once, without decoding more than its first picture. Raises MediaUnusable.

    A clip that breaks off has the facts of what is there, and says so in `damage`.
    """
    with opened(path) as container:
        stream = video_of(container, path)
        found = walk(container, stream)
        if found.first is None or not found.timing.frames:
            raise MediaUnusable(path, UNDECODABLE)
        width, height = shown_size(stream, found.first)
        return ClipFacts(
            seconds=float(found.timing.seconds),
            frames=found.timing.frames,
            fps=found.timing.fps,
            constant_rate=found.timing.constant_rate,
            width_px=width,
            height_px=height,
            rotation_deg=clockwise(found.first),
            pixel_aspect=pixel_aspect(stream),
            video_codec=stream.codec_context.name,
            pixel_format=found.first.format.name,
            container=container.format.name.split(",")[0] if "mp4" not in container.format.name else "mp4",
            size_bytes=path.stat().st_size,
            sound=_sound_of(container),
            damage=found.timing.damage,
        )


def _sound_of(container: InputContainer) -> SoundFacts | None:
    stream: AudioStream | None = next(iter(container.streams.audio), None)
    if stream is None or not stream.codec_context or not stream.rate:
        return None
    length = stream.duration * tick_of(stream) if stream.duration else None
    return SoundFacts(
        codec=stream.codec_context.name,
        rate_hz=stream.rate,
        channels=stream.channels,
        seconds=float(length) if length is not None else None,
    )
