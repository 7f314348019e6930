"""The index of an MP4 that is written from scratch (ISO/IEC 14496-12, 14496-14): one track of pictures, perhaps one of sound."""

import struct
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from storyreel.media.boxes import NumberWidth, box, full_box, table_of

FILE_TYPE = box(b"ftyp", b"isom", struct.pack(">I", 512), b"isomiso2avc1mp41")
_MATRIX = struct.pack(">9i", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
_CLOCK = 1000  # ticks of the movie in a second
_MOST_IN_A_CHUNK = 64  # samples, so that a player need not read far for one
_FOUR_BYTES = 2**32


@dataclass(frozen=True, slots=True)
class FilmTrack:
    """The samples of one track, in the order they are stored; times are its own ticks."""

    kind: bytes  # b"vide" or b"soun"
    timescale: int
    entry: bytes  # the sample entry, as its clips have it
    size_px: tuple[int, int]  # 0, 0 for sound
    sizes: Sequence[int]
    offsets: Sequence[int]  # from the beginning of the file's media
    steps: Sequence[int]  # how long each lasts
    delays: Sequence[int]  # by how much each is shown later than it is decoded
    keys: Sequence[int] | None  # counted from 0; None: every one
    begins: int  # the tick that is shown first


def film_index(tracks: Sequence[FilmTrack], media_bytes: int) -> bytes:
    """All that stands before the media: the file's type, its index, and the head of the media's box."""
    head = struct.pack(">I4sQ", 1, b"mdat", 16 + media_bytes)
    wide = media_bytes >= _FOUR_BYTES - 2**28  # the index itself is shorter than that
    length = len(FILE_TYPE) + len(_movie(tracks, 0, wide=wide)) + len(head)
    return FILE_TYPE + _movie(tracks, length, wide=wide) + head


def _movie(tracks: Sequence[FilmTrack], base: int, *, wide: bool) -> bytes:
    lengths = [_in_movie_ticks(track) for track in tracks]
    head = struct.pack(">4I", 0, 0, _CLOCK, max(lengths)) + struct.pack(">IH10x", 1 << 16, 1 << 8) + _MATRIX
    written = [_track(track, number, base, wide=wide) for number, track in enumerate(tracks, 1)]
    return box(b"moov", full_box(b"mvhd", 0, head, struct.pack(">24xI", len(tracks) + 1)), *written)


def _in_movie_ticks(track: FilmTrack) -> int:
    return -(-sum(track.steps) * _CLOCK // track.timescale)


def _track(track: FilmTrack, number: int, base: int, *, wide: bool) -> bytes:
    seen = track.kind == b"vide"
    place = struct.pack(">5I8xHHH2x", 0, 0, number, 0, _in_movie_ticks(track), 0, 0 if seen else 1, 0 if seen else 1 << 8)
    header = full_box(b"tkhd", 3, place, _MATRIX, struct.pack(">II", *(side << 16 for side in track.size_px)))
    edit = struct.pack(">IIiI", 1, _in_movie_ticks(track), track.begins, 1 << 16)
    clock = struct.pack(">4IHH", 0, 0, track.timescale, sum(track.steps), 0x55C4, 0)  # in no language
    handler = struct.pack(">I4s12x", 0, track.kind) + (b"VideoHandler\0" if seen else b"SoundHandler\0")
    look = full_box(b"vmhd", 1, bytes(8)) if seen else full_box(b"smhd", 0, bytes(4))
    here = box(b"dinf", full_box(b"dref", 0, struct.pack(">I", 1), full_box(b"url ", 1)))
    media = box(
        b"mdia",
        full_box(b"mdhd", 0, clock),
        full_box(b"hdlr", 0, handler),
        box(b"minf", look, here, _tables(track, base, wide=wide)),
    )
    return box(b"trak", header, box(b"edts", full_box(b"elst", 0, edit)), media)


def _tables(track: FilmTrack, base: int, *, wide: bool) -> bytes:
    places, counts = _chunks(track.offsets, track.sizes)
    runs = [1, *(number for number, (before, later) in enumerate(pairwise(counts), 2) if before != later)]
    tables = [
        full_box(b"stsd", 0, struct.pack(">I", 1), track.entry),
        full_box(b"stts", 0, _run_lengths(track.steps)),
        full_box(b"stsc", 0, _table([part for first in runs for part in (first, counts[first - 1], 1)], rows=len(runs))),
        full_box(b"stsz", 0, struct.pack(">I", 0), _table(track.sizes)),
        full_box(b"co64" if wide else b"stco", 0, _table(array("Q", (base + at for at in places)), width="Q" if wide else "I")),
    ]
    if any(track.delays):
        tables.append(full_box(b"ctts", 0, _run_lengths(track.delays)))
    if track.keys is not None:
        tables.append(full_box(b"stss", 0, _table(array("Q", (key + 1 for key in track.keys)))))
    return box(b"stbl", *tables)


def _chunks(offsets: Sequence[int], sizes: Sequence[int]) -> tuple[Sequence[int], Sequence[int]]:
    """Where each chunk begins, and how many samples lie there one behind the other."""
    places, counts = array("Q"), array("I")
    end = -1
    for at, size in zip(offsets, sizes, strict=True):
        if at == end and counts[-1] < _MOST_IN_A_CHUNK:
            counts[-1] += 1
        else:
            places.append(at)
            counts.append(1)
        end = at + size
    return places, counts


def _run_lengths(numbers: Iterable[int]) -> bytes:
    runs = array("q", (part for number, run in groupby(numbers) for part in (sum(1 for _ in run), number)))
    return _table(runs, rows=len(runs) // 2)


def _table(numbers: Sequence[int], *, rows: int | None = None, width: NumberWidth = "I") -> bytes:
    return struct.pack(">I", len(numbers) if rows is None else rows) + table_of(numbers, width)
