"""A track of an MP4 as its index tells it: where each sample lies, and when it is shown. Nothing of the samples is read."""

import struct
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from storyreel.media.boxes import boxes_in, content, numbers_in

_UPRIGHT = struct.pack(">9i", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
_AT_ITS_OWN_PACE = 1 << 16


@dataclass(frozen=True, slots=True)
class Mp4Track:
    """One track; times are ticks of its own clock, `timescale` to a second."""

    kind: bytes  # b"vide" or b"soun"
    timescale: int
    entry: bytes  # the one sample entry, its head included
    sizes: Sequence[int]  # bytes of each sample
    offsets: Sequence[int]  # where it begins in the file
    times: Sequence[int]  # when it is shown, by the edit list; what lies before 0 is not
    step: int  # ticks of each sample, but perhaps the last
    keys: Sequence[int]  # the samples from which decoding can start, counted from 0


def read_tracks(index: bytes) -> dict[bytes, Mp4Track]:
    """Picture and sound of an MP4, from its `moov`, by kind. Raises ValueError where one is not plain, or there are two of it."""
    movie_timescale = _clock(content(index, b"mvhd"))
    found: dict[bytes, Mp4Track] = {}
    for kind, track in boxes_in(index):
        if kind == b"mvex":
            raise ValueError("it is in fragments")
        if kind != b"trak":
            continue
        handler = content(track, b"mdia", b"hdlr")[8:12]
        if handler in found:
            raise ValueError("there are two tracks of one kind")
        if handler in {b"vide", b"soun"}:
            found[handler] = _read_track(track, handler, movie_timescale)
    return found


def _read_track(track: bytes, kind: bytes, movie_timescale: int) -> Mp4Track:
    header, media = content(track, b"tkhd"), content(track, b"mdia")
    at = 52 if header[0] else 40
    if header[at : at + 36] != _UPRIGHT:
        raise ValueError("it is turned")
    if content(media, b"minf", b"dinf", b"dref")[16:20] != b"\0\0\0\1":
        raise ValueError("its samples lie in another file")
    timescale = _clock(content(media, b"mdhd"))
    tables = dict(boxes_in(content(media, b"minf", b"stbl")))
    if tables[b"stsd"][4:8] != b"\0\0\0\1":
        raise ValueError("its samples are of two kinds")
    sizes = _sizes(tables[b"stsz"])
    step = _step(tables[b"stts"], len(sizes))
    times = _times(step, len(sizes), tables.get(b"ctts"))
    begin, length = _edit(dict(boxes_in(track)).get(b"edts"))
    if kind == b"vide" and length is not None and (max(times) - begin) * movie_timescale >= length * timescale:
        raise ValueError("its last pictures are hidden")
    keys = numbers_in(tables[b"stss"], 8) if b"stss" in tables else range(1, len(sizes) + 1)
    return Mp4Track(
        kind=kind,
        timescale=timescale,
        entry=tables[b"stsd"][8:],
        sizes=sizes,
        offsets=_offsets(tables, sizes),
        times=array("q", (time - begin for time in times)),
        step=step,
        keys=array("q", (key - 1 for key in keys)),
    )


def _clock(header: bytes) -> int:
    return int.from_bytes(header[20:24] if header[0] else header[12:16], "big")


def _sizes(table: bytes) -> Sequence[int]:
    alike, count = struct.unpack_from(">II", table, 4)
    sizes = array("I", [alike]) * min(count, 10**7) if alike else numbers_in(table, 12)
    if not count or len(sizes) != count:
        raise ValueError("its samples are not counted")
    return sizes


def _step(table: bytes, count: int) -> int:
    """The ticks of every sample; of the last it is not asked."""
    runs = numbers_in(table, 8)
    steps = [step for number, step in zip(runs[::2], runs[1::2], strict=True) for _ in range(min(number, count))]
    if len(steps) != count or not steps[0] or len(set(steps[:-1])) > 1:
        raise ValueError("its samples last differently long")
    return steps[0]


def _times(step: int, count: int, table: bytes | None) -> Sequence[int]:
    if table is None:
        return range(0, count * step, step)
    runs = numbers_in(table, 8, "i")
    later = array("i", (ticks for number, ticks in zip(runs[::2], runs[1::2], strict=True) for _ in range(min(number, count))))
    if len(later) != count:
        raise ValueError("it does not say when its samples are shown")
    return array("q", (number * step + ticks for number, ticks in enumerate(later)))


def _edit(edits: bytes | None) -> tuple[int, int | None]:
    """The tick at which the track begins, and how long it is shown, in the movie's ticks; None: to its end."""
    if edits is None:
        return 0, None
    table = content(edits, b"elst")
    count = int.from_bytes(table[4:8], "big")
    length, begin, pace = struct.unpack_from(">QqI" if table[0] else ">IiI", table, 8)
    if count != 1 or begin < 0 or pace != _AT_ITS_OWN_PACE:
        raise ValueError("its edit list is not a plain one")
    return begin, length


def _offsets(tables: dict[bytes, bytes], sizes: Sequence[int]) -> Sequence[int]:
    chunks = numbers_in(tables[b"stco"], 8) if b"stco" in tables else numbers_in(tables[b"co64"], 8, "Q")
    runs = numbers_in(tables[b"stsc"], 8)
    if set(runs[2::3]) != {1}:
        raise ValueError("its samples are of two kinds")
    ends = [min(end, len(chunks) + 1) for end in (*runs[3::3], len(chunks) + 1)]
    counts = [samples for begin, samples, end in zip(runs[::3], runs[1::3], ends, strict=True) for _ in range(begin, end)]
    if sum(counts) != len(sizes):
        raise ValueError("its samples are not where they should be")
    offsets = array("Q")
    for at, samples in zip(chunks, counts, strict=True):
        place = at
        for size in sizes[len(offsets) : len(offsets) + samples]:
            offsets.append(place)
            place += size
    return offsets
