"""The boxes of an MP4 (ISO/IEC 14496-12): a kind, a length and a content, which may be boxes again."""

import os
import struct
import sys
from array import array
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Literal, TypeAlias

NumberWidth: TypeAlias = Literal["I", "i", "Q"]
"""How wide the numbers of a table are: four bytes, four with a sign, eight."""
_LARGEST_INDEX = 64 * 2**20  # bytes: days of film


def box(kind: bytes, *parts: bytes) -> bytes:
    """A box of these parts."""
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def full_box(kind: bytes, flags: int, *parts: bytes) -> bytes:
    """A box that begins with its version, 0, and its flags."""
    return box(kind, flags.to_bytes(4, "big"), *parts)


def boxes_in(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content of each box. Raises ValueError where one does not fit."""
    at = 0
    while at < len(data):
        size, kind, head = _head(data[at : at + 16], len(data) - at)
        if at + size > len(data):
            raise ValueError(f"a box {kind!r} is longer than what it lies in")
        yield kind, data[at + head : at + size]
        at += size


def content(data: bytes, *path: bytes) -> bytes:
    """The content of the first box at the end of a path of kinds. Raises ValueError where there is none."""
    for kind in path:
        found = next((body for one, body in boxes_in(data) if one == kind), None)
        if found is None:
            raise ValueError(f"there is no box {kind!r}")
        data = found
    return data


def read_index(file: BinaryIO) -> bytes:
    """The content of an MP4's `moov`. Raises ValueError where the file is another kind, in fragments, or broken off before it."""
    end, at, found = os.fstat(file.fileno()).st_size, 0, b""
    while at < end:
        file.seek(at)
        size, kind, head = _head(file.read(16), end - at)
        if (at == 0) is not (kind == b"ftyp") or kind == b"moof":
            raise ValueError("it is no plain MP4")
        if kind == b"moov":
            if at + size > end or size > _LARGEST_INDEX:
                raise ValueError("its index is not whole")
            file.seek(at + head)
            found = file.read(size - head)
        at += size
    if not found:
        raise ValueError("it has no index")
    return found


def numbers_in(table: bytes, at: int, width: NumberWidth = "I") -> "array[int]":
    """The whole numbers of a table from `at` to its end, in an array, as a film has very many; a torn last one is left out."""
    found: array[int] = array(width)
    found.frombytes(table[at : len(table) - (len(table) - at) % found.itemsize])
    return _swapped(found)


def table_of(numbers: Iterable[int], width: NumberWidth = "I") -> bytes:
    """Whole numbers as a table has them. Raises OverflowError where one is too large."""
    return _swapped(array(width, numbers)).tobytes()


def _swapped(numbers: "array[int]") -> "array[int]":
    """In place: a file's numbers begin with their highest byte."""
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def _head(data: bytes, left: int) -> tuple[int, bytes, int]:
    """A box's whole size, its kind, and how long its head is."""
    if len(data) < 8:
        raise ValueError("a box breaks off")
    size, kind = struct.unpack_from(">I4s", data)
    head = 8
    if size == 1 and len(data) >= 16:
        size, head = struct.unpack_from(">Q", data, 8)[0], 16
    elif size == 0:
        size = left
    if size < head:
        raise ValueError(f"a box {kind!r} is shorter than its own head")
    return size, kind, head
