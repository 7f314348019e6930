"""Clips that agree in everything, joined without opening a packet: their bytes in a row, under one new index.

What plain MP4s of one encoder are joined by when their sound is copied too, at the speed of a copy. Whatever is out of the plain
(turned, trimmed, broken off, of another kind) is no case for it: `alike` gives None, and packets are read one by one.
"""

import struct
from array import array
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import accumulate, chain, pairwise
from pathlib import Path
from typing import BinaryIO

from storyreel.domain.errors import MediaUnusable, OutputBroken
from storyreel.media.mp4_film import FilmTrack, film_index
from storyreel.media.plain_clip import AAC_PACKET, PlainClip, read_plain
from storyreel.media.watch import Watch

_BLOCK = 4 * 2**20  # bytes copied at a time


def alike(paths: Sequence[Path]) -> list[PlainClip] | None:
    """The clips, if they are all plain and agree in everything; None: they do not, or something is wrong with one."""
    try:
        clips = {path: read_plain(path) for path in dict.fromkeys(paths)}
    except (OSError, ValueError):
        return None  # whoever reads its packets finds out what it is, and says so
    found = [clips[path] for path in paths]
    first = found[0]
    same = all(
        (clip.coding, clip.fps, clip.sound_coding and clip.sound_coding.specific)
        == (first.coding, first.fps, first.sound_coding and first.sound_coding.specific)
        for clip in found
    )
    return found if same else None


def index_of(clips: Sequence[PlainClip]) -> bytes | None:
    """All that stands before the media of the film; None where no plain index can tell it."""
    begins = list(accumulate((clip.end - clip.begin for clip in clips), initial=0))
    try:
        tracks = [_pictures(clips, begins)]
        if clips[0].sound is not None:
            tracks.append(_sound(clips, begins))
        return film_index(tracks, begins[-1])
    except (ValueError, LookupError, OverflowError, struct.error):
        return None


def write(clips: Sequence[PlainClip], index: bytes, part: Path, watch: Watch) -> None:
    """Write the film. Raises MediaUnusable where a clip has shrunk, OSError, Cancelled, OutputBroken."""
    with part.open("wb") as film:
        film.write(index)
        for clip in clips:
            _copy(clip, film, watch)
            watch.step(clip.frames)
    frames = sum(clip.frames for clip in clips)
    try:
        made = read_plain(part)
    except ValueError as error:
        raise OutputBroken(f"the joined film does not open: {error}") from error
    if (made.frames, made.fps) != (frames, clips[0].fps):
        raise OutputBroken(f"the joined film should have {frames} pictures, and has {made.frames}")


def _copy(clip: PlainClip, film: BinaryIO, watch: Watch) -> None:
    left = clip.end - clip.begin
    with clip.path.open("rb", buffering=0) as source:
        source.seek(clip.begin)
        while left:
            block = source.read(min(left, _BLOCK))
            if not block:
                raise MediaUnusable(clip.path, "it has become shorter while it was read", field="clips")
            film.write(block)
            left -= len(block)
            watch.look()


def _pictures(clips: Sequence[PlainClip], begins: Sequence[int]) -> FilmTrack:
    first = clips[0].video
    # One delay for all, so that no picture is shown before it is decoded.
    delay = max(number - place for clip in clips for number, place in enumerate(clip.places))
    firsts = accumulate((clip.frames for clip in clips), initial=0)
    return FilmTrack(
        kind=first.kind,
        timescale=first.timescale,
        entry=clips[0].coding.box,
        size_px=(clips[0].coding.width_px, clips[0].coding.height_px),
        sizes=array("I", (size for clip in clips for size in clip.video.sizes)),
        offsets=array("Q", (at + moved for clip, moved in _moved(clips, begins) for at in clip.video.offsets)),
        steps=array("I", [first.step]) * sum(clip.frames for clip in clips),
        delays=array("q", ((delay + place - number) * first.step for clip in clips for number, place in enumerate(clip.places))),
        keys=array("Q", (before + key for clip, before in zip(clips, firsts, strict=False) for key in clip.video.keys)),
        begins=delay * first.step,
    )


def _sound(clips: Sequence[PlainClip], begins: Sequence[int]) -> FilmTrack:
    """Packets on one grid, so that no clip's is off by more than half a packet. Raises ValueError where it begins late."""
    first, coding = clips[0].sound, clips[0].sound_coding
    if first is None or coding is None:
        raise ValueError("there is no sound")
    places, offsets, sizes = array("Q"), array("Q"), array("I")
    for place, at, size in _packets(clips, begins, first.timescale):
        places.append(place)
        offsets.append(at)
        sizes.append(size)
    if places[0] != 0 or any(before >= later for before, later in pairwise(places)):
        raise ValueError("its sound does not lie on one grid")
    return FilmTrack(
        kind=first.kind,
        timescale=first.timescale,
        entry=coding.box,
        size_px=(0, 0),
        sizes=sizes,
        offsets=offsets,
        steps=array("I", chain(((later - before) * AAC_PACKET for before, later in pairwise(places)), (AAC_PACKET,))),
        delays=(),
        keys=None,
        begins=0,
    )


def _moved(clips: Sequence[PlainClip], begins: Sequence[int]) -> Iterator[tuple[PlainClip, int]]:
    """Each clip, and by how much its media lies further on in the film's."""
    for clip, begin in zip(clips, begins, strict=False):
        yield clip, begin - clip.begin


def _packets(clips: Sequence[PlainClip], begins: Sequence[int], rate_hz: int) -> Iterator[tuple[int, int, int]]:
    """Place in the film, place in its media, and size of each packet that is heard."""
    per_frame = rate_hz / clips[0].fps / AAC_PACKET
    ends = accumulate((clip.frames for clip in clips), initial=0)
    for (clip, moved), (begin, end) in zip(_moved(clips, begins), pairwise(ends), strict=True):
        if clip.sound is None:
            continue
        first, last = round(begin * per_frame), round(end * per_frame)
        start = Fraction(min(clip.video.times), clip.video.timescale) * rate_hz / AAC_PACKET
        for time, at, size in zip(clip.sound.times, clip.sound.offsets, clip.sound.sizes, strict=True):
            place = round(first - float(start) + time / AAC_PACKET)
            if first <= place < last:
                yield place, at + moved, size
