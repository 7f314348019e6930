"""The joined file itself: copied video beside sound, a piece at a time, so that memory stays flat; then looked at again."""

from fractions import Fraction
from pathlib import Path

import av
import av.error

from storyreel.domain.errors import MediaUnusable, OutputBroken
from storyreel.media.opening import local, opened, video_of
from storyreel.media.splice import Splice
from storyreel.media.ticks import tick_of
from storyreel.media.timing import Timing, walk
from storyreel.media.voices import VoiceMaker
from storyreel.media.watch import Watch

_PACKETS = Fraction(2 * 1024, 48_000)  # AAC's length is counted in whole packets
_INDEX_PER_FRAME = 64  # bytes of the file's index that one picture and its sound need, at most


def assemble(output: Path, splice: Splice, voice_of: VoiceMaker | None, watch: Watch) -> None:
    """Write a film's file. Raises MediaUnusable naming a clip, OSError where it cannot be written, Cancelled."""
    # Room for the index is kept in front: a second pass over the file would cost as much as the join itself.
    options = {"moov_size": str(16_384 + splice.frames * _INDEX_PER_FRAME), "fflags": "+bitexact"}
    try:
        with av.open(local(output), "w", format="mp4", options=options) as container:
            with opened(splice.first) as source:
                video = container.add_stream_from_template(video_of(source, splice.first), opaque=True)
            video.codec_context.extradata = splice.extradata
            video.time_base = 1 / splice.fps
            voice = voice_of(container) if voice_of else None
            for number, packet in enumerate(splice.packets(), 1):
                packet.stream = video
                container.mux_one(packet)
                watch.step()
                if voice is not None:
                    voice.follow(number)
            if voice is not None:
                voice.finish()
    except av.error.FFmpegError as error:
        if isinstance(error, OSError):
            raise
        raise OutputBroken(f"the clips could not be put into one file ({error})") from error


def must_hold(output: Path, *, frames: int, fps: Fraction, sound: bool) -> Timing:
    """The timing of a finished film. Raises OutputBroken where it, or its sound, is not as long as its clips are together."""
    try:
        with opened(output) as container:
            timing = walk(container, video_of(container, output)).timing
            heard = sum(stream.duration * tick_of(stream) for stream in container.streams.audio if stream.duration)
    except MediaUnusable as error:
        raise OutputBroken(f"the joined film does not open: {error.problem}") from error
    if timing.frames != frames or timing.fps != fps or timing.damage:
        found = timing.damage or f"{timing.frames} pictures at {timing.fps} a second"
        raise OutputBroken(f"the joined film should have {frames} pictures at {fps} a second, and has {found}")
    if sound and abs(heard - timing.seconds) > _PACKETS:
        raise OutputBroken(f"the joined film is {float(timing.seconds):.3f} s long, and its sound {float(heard):.3f} s")
    return timing
