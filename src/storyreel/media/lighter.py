"""A film made smaller to fit a number of bytes: fewer bits, then fewer pixels; H.264 and AAC, the index in front."""

from fractions import Fraction
from pathlib import Path

import av
import av.error
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.container import InputContainer, OutputContainer
from av.video.frame import VideoFrame

from storyreel.domain.errors import MediaUnusable
from storyreel.media.encode import MP4
from storyreel.media.opening import local, opened, video_of
from storyreel.media.probe import ClipFacts
from storyreel.media.sound_track import RATE_HZ

SIDES_PX = (2160, 1440, 1080, 720, 540, 480, 360, 240)
LEAST_BITS = (
    0.035  # for each pixel shown; below it, fewer pixels look better than fewer bits (x264, veryfast, drawn and filmed clips)
)
SOUND_BPS = 96_000
OVERHEAD = 0.97  # of the bytes, what is left for pictures and sound beside the index
BUFFER, BUFFER_S = 0.06, 2.0  # so much of its length, up to so many seconds, may x264 take over its target
TRIES = 3


def lighter(source: Path, facts: ClipFacts, target: Path, most_bytes: int) -> bool:
    """Write the film smaller than `most_bytes` to `target`; False where it would be too poor to look at.

    It blocks; run it in a thread. Raises MediaUnusable, OSError.
    """
    room = most_bytes
    for _ in range(TRIES):
        bits = _video_bps(facts, room)
        size = _size(facts, bits)
        if size is None:
            return False
        _write(source, facts, target, size, bits)
        made = target.stat().st_size
        if made <= most_bytes:
            return True
        room = int(room * most_bytes / made * 0.95)
    return False


def _video_bps(facts: ClipFacts, room: int) -> int:
    sound = SOUND_BPS if facts.sound else 0
    seconds = _seconds(facts)
    return int((room * 8 * OVERHEAD - sound * seconds) / (seconds + _buffer_s(facts)))


def _seconds(facts: ClipFacts) -> float:
    return max(facts.seconds, 0.1)


def _buffer_s(facts: ClipFacts) -> float:
    return min(BUFFER * _seconds(facts), BUFFER_S)


def _size(facts: ClipFacts, bits: int) -> tuple[int, int] | None:
    """The largest size in which so many bits a second are enough; None where none is."""
    short = min(facts.width_px, facts.height_px)
    for side in (short, *(one for one in SIDES_PX if one < short)):
        scale = Fraction(side, short)
        width, height = (max(2, round(pixels * scale / 2) * 2) for pixels in (facts.width_px, facts.height_px))
        if bits >= LEAST_BITS * width * height * float(facts.fps):
            return width, height
    return None


def _write(source: Path, facts: ClipFacts, target: Path, size: tuple[int, int], bits: int) -> None:
    try:
        with opened(source) as reading, av.open(local(target), "w", format="mp4", options=MP4) as writing:
            _copied(reading, writing, source, facts, size, bits)
    except av.error.FFmpegError as error:
        raise MediaUnusable(source, "it could not be made smaller") from error


def _copied(
    reading: InputContainer, writing: OutputContainer, source: Path, facts: ClipFacts, size: tuple[int, int], bits: int
) -> None:
    """Every picture and sound, encoded anew; what a player turns is turned for good by `facts`' size only where it is upright."""
    video = video_of(reading, source)
    video.thread_type = "AUTO"
    options = {"preset": "veryfast", "maxrate": str(bits), "bufsize": str(int(bits * _buffer_s(facts)))}
    pictures = writing.add_stream("libx264", rate=facts.fps, options=options)
    pictures.width, pictures.height, pictures.pix_fmt, pictures.bit_rate = *size, "yuv420p", bits
    heard = next(iter(reading.streams.audio), None)
    sound = writing.add_stream("aac", rate=RATE_HZ, layout="stereo", options={"b": str(SOUND_BPS)}) if heard else None
    resampler = AudioResampler(format="fltp", layout="stereo", rate=RATE_HZ)
    numbers = iter(range(1 << 62))
    streams = [video] if heard is None else [video, heard]
    for packet in reading.demux(streams):
        for frame in packet.decode():
            if isinstance(frame, VideoFrame):
                writing.mux(pictures.encode(_scaled(frame, size, next(numbers), facts.fps)))
            elif sound is not None and isinstance(frame, AudioFrame):
                for piece in resampler.resample(frame):
                    piece.pts = None
                    writing.mux(sound.encode(piece))
    writing.mux(pictures.encode(None))
    if sound is not None:
        writing.mux(sound.encode(None))


def _scaled(frame: VideoFrame, size: tuple[int, int], number: int, fps: Fraction) -> VideoFrame:
    small = frame.reformat(width=size[0], height=size[1], format="yuv420p")
    small.pts, small.time_base, small.pict_type = number, 1 / fps, 0
    return small
