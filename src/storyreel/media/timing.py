"""When each picture of a clip is shown: counted from its packets, as indexes, durations and headers lie."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import av
import av.error
from av.container import InputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from storyreel.media.h264 import counts_in_four, is_whole
from storyreel.media.opening import UNDECODABLE
from storyreel.media.ticks import exact, tick_of


@dataclass(frozen=True, slots=True)
class Timing:
    """The pictures of a clip in time. What is shown counts; what an edit list hides or a cut took does not."""

    frames: int
    fps: Fraction  # where the rate varies: the average
    constant_rate: bool  # each picture is shown equally long, within a tick of the clock
    seconds: Fraction  # of all pictures, the last one included
    start: Fraction  # when the first is shown, in seconds of the file's clock
    damage: str | None  # what is missing; None: nothing


@dataclass(frozen=True, slots=True)
class Walk:
    """What reading through a clip's packets found."""

    timing: Timing
    first: VideoFrame | None  # the first picture, decoded; None: nothing decodes
    head: bytes  # the first packet
    hidden: int  # packets that an edit list hides
    times: Sequence[int]  # of what is shown, in the order of their packets

    @property
    def reorder(self) -> int:
        """How many pictures a packet may come after its place in time, at most."""
        places = {time: place for place, time in enumerate(sorted(self.times))}
        return max((number - places[time] for number, time in enumerate(self.times)), default=0)


def walk(container: InputContainer, stream: VideoStream) -> Walk:
    """Read every packet of the stream, and decode the first picture."""
    stream.thread_type = "NONE"  # threads cost more than one picture
    times = array("q")  # a whole film has very many
    first: VideoFrame | None = None
    head, hidden, last_duration, broken, torn = b"", 0, 0, False, 0
    counted = counts_in_four(stream.codec_context.name, stream.codec_context.extradata)
    try:
        for packet in container.demux(stream):
            time = packet.pts if packet.pts is not None else packet.dts
            if packet.is_corrupt:
                broken = True
                continue
            if first is None and packet.size:
                first = _decoded(stream, packet)
            hidden += packet.is_discard
            if time is None or packet.is_discard:
                continue
            head = head or bytes(packet)
            times.append(time)
            torn += counted and not is_whole(memoryview(packet))
            last_duration = packet.duration or last_duration
    except av.error.FFmpegError:
        broken = True
    timing = _timing(stream, sorted(times), last_duration, broken=broken, torn=torn)
    return Walk(timing=timing, first=first, head=head, hidden=hidden, times=times)


def _decoded(stream: VideoStream, packet: "Packet[VideoStream]") -> VideoFrame | None:
    """A picture of what was fed so far: the decoder is drained at the first that is shown, not fed on until it gives one."""
    try:
        found = stream.decode(packet)
        if packet.is_discard:
            return None
        found = [*found, *stream.decode(None)]
    except av.error.FFmpegError:
        found = []
    if not found:
        stream.codec_context.flush_buffers()
    return found[0] if found else None


def _timing(stream: VideoStream, times: Sequence[int], last_duration: int, *, broken: bool, torn: int) -> Timing:
    tick = tick_of(stream)
    count = len(times)
    if not count:
        return Timing(0, Fraction(0), False, Fraction(0), Fraction(0), UNDECODABLE)
    fps = _constant_fps(stream, times, tick)
    seconds = count / fps if fps else (times[-1] - times[0] + last_duration) * tick or Fraction(1, 24)
    timing = Timing(count, fps or Fraction(count) / seconds, fps is not None, seconds, times[0] * tick, None)
    damage = _damage(stream, timing, broken)
    if torn and not damage:
        damage = f"it is damaged in {torn} of its {count} pictures"
    return Timing(timing.frames, timing.fps, timing.constant_rate, timing.seconds, timing.start, damage) if damage else timing


def _constant_fps(stream: VideoStream, times: Sequence[int], tick: Fraction) -> Fraction | None:
    """The rate at which every picture lies within a tick of its place, or None."""
    said = map(exact, (stream.guessed_rate, stream.average_rate, stream.base_rate))
    candidates = [rate for rate in said if rate]
    if len(times) > 1 and times[-1] > times[0]:
        candidates.append(((len(times) - 1) / ((times[-1] - times[0]) * tick)).limit_denominator(1001))
    for rate in candidates:
        step, steps = (tick * rate).as_integer_ratio()  # of a picture, that one tick is; whole numbers, as there may be many
        if rate > 0 and all(abs((time - times[0]) * step - place * steps) <= step for place, time in enumerate(times)):
            return Fraction(rate)
    return None


def _damage(stream: VideoStream, timing: Timing, broken: bool) -> str | None:
    """What a file that names its length lacks of it."""
    tick = tick_of(stream)
    promised = stream.duration * tick if stream.duration and stream.frames else None
    if promised is not None and promised - timing.seconds > Fraction(3, 2) / timing.fps:
        return f"it breaks off: {float(timing.seconds):.2f} of {float(promised):.2f} s are there"
    return f"it breaks off after {timing.frames} pictures" if broken else None
