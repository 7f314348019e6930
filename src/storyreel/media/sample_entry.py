"""What the sample entry of an MP4's track says of its coding (ISO/IEC 14496-12, 14496-14, 14496-15)."""

import struct
from dataclasses import dataclass

from storyreel.media.boxes import box, boxes_in, content
from storyreel.media.h264 import ParameterSets, read_avcc

_PICTURE_FIELDS, _SOUND_FIELDS = 78, 28  # bytes of an entry before the boxes in it
_BITRATE = b"btrt"  # differs from clip to clip, and nothing hangs on it
_PLAIN_PROFILES = {66, 77, 88}  # 4:2:0 and 8 bits by their definition
_HIGH, _HIGH_420_8 = 100, (b"\xfd", b"\xf8\xf8")
_ES, _DECODER, _SPECIFIC = 3, 4, 5  # descriptors of ISO/IEC 14496-1


@dataclass(frozen=True, slots=True)
class H264Entry:
    """How a track of H.264 is to be decoded; clips whose entries are equal share a track."""

    sets: ParameterSets
    width_px: int
    height_px: int
    box: bytes  # the entry, without what nothing hangs on


@dataclass(frozen=True, slots=True)
class AacEntry:
    """How a track of AAC is to be decoded."""

    rate_hz: int
    specific: bytes  # AudioSpecificConfig
    box: bytes


def read_h264(entry: bytes) -> H264Entry:
    """H.264 of 4:2:0, 8 bits and square pixels. Raises ValueError for anything else."""
    kind, fields, parts = _opened(entry, _PICTURE_FIELDS)
    sets = read_avcc(content(parts, b"avcC"))
    width, height = struct.unpack_from(">HH", fields, 24)
    if kind != b"avc1" or sets is None or not _is_plain(sets) or width % 2 or height % 2:
        raise ValueError("its pictures are coded in another way")
    kept = [(name, body) for name, body in boxes_in(parts) if name != _BITRATE]
    for name, body in kept:
        if name == b"pasp" and body[:4] != body[4:8]:
            raise ValueError("its pixels are not square")
    return H264Entry(sets, width, height, box(kind, fields, *(box(name, body) for name, body in kept)))


def read_aac(entry: bytes) -> AacEntry:
    """AAC. Raises ValueError for anything else."""
    kind, fields, parts = _opened(entry, _SOUND_FIELDS)
    if kind != b"mp4a" or fields[8:10] != b"\0\0":
        raise ValueError("its sound is coded in another way")
    described = content(parts, b"esds")
    rate = int.from_bytes(fields[24:26], "big")
    return AacEntry(rate, _specific(described[4:]), box(kind, fields, box(b"esds", described)))


def _opened(entry: bytes, fields: int) -> tuple[bytes, bytes, bytes]:
    ((kind, body),) = boxes_in(entry)
    return kind, body[:fields], body[fields:]


def _is_plain(sets: ParameterSets) -> bool:
    profile = sets.profile[0]
    return profile in _PLAIN_PROFILES or (profile == _HIGH and (sets.extension[:1], sets.extension[1:3]) == _HIGH_420_8)


def _specific(descriptors: bytes) -> bytes:
    """The AudioSpecificConfig among descriptors that lie in each other: stream, decoder, and what is specific to it."""
    at = 0
    while at < len(descriptors):
        tag, at = descriptors[at], at + 1
        length = 0
        while True:
            byte, at = descriptors[at], at + 1
            length = length << 7 | byte & 127
            if byte < 128:
                break
        if tag == _SPECIFIC:
            return descriptors[at : at + length]
        at += {_ES: 3, _DECODER: 13}.get(tag, length)
    raise ValueError("its sound does not say how it is coded")
