"""H.264 parameter sets as MP4 keeps them (ISO/IEC 14496-15, avcC), and how clips with different ones share a track."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

_IDR, _SPS, _PPS, _DELIMITER = 5, 7, 8, 9


@dataclass(frozen=True, slots=True)
class ParameterSets:
    """A clip's sequence and picture parameter sets, without lengths or start codes."""

    profile: bytes  # profile, compatibility, level
    sps: tuple[bytes, ...]
    pps: tuple[bytes, ...]
    extension: bytes = b""  # what a High profile's avcC carries behind

    @property
    def ids(self) -> frozenset[int]:
        """Every id that these sets use, of either kind."""
        return frozenset(map(sps_id, self.sps)) | frozenset(map(pps_id, self.pps))

    @property
    def in_band(self) -> bytes:
        """The sets as they go before a key frame: each behind its length in four bytes."""
        return b"".join(len(unit).to_bytes(4, "big") + unit for unit in (*self.sps, *self.pps))

    @property
    def avcc(self) -> bytes:
        """The avcC box's content."""
        head = bytes([1, *self.profile, 0xFF, 0xE0 | len(self.sps)])
        sps = b"".join(len(unit).to_bytes(2, "big") + unit for unit in self.sps)
        pps = b"".join(len(unit).to_bytes(2, "big") + unit for unit in self.pps)
        return head + sps + bytes([len(self.pps)]) + pps + self.extension


def read_avcc(extradata: bytes | None) -> ParameterSets | None:
    """The parameter sets of an avcC, or None where it is something else or its lengths are not of four bytes."""
    if extradata is None or len(extradata) < 8 or extradata[0] != 1 or extradata[4] & 3 != 3:
        return None
    sps, at = _units(extradata, 6, extradata[5] & 31)
    if at >= len(extradata):
        return None
    pps, at = _units(extradata, at + 1, extradata[at])
    if not sps or not pps:
        return None
    return ParameterSets(extradata[1:4], sps, pps, extradata[at:])


def merged(clips: Sequence[ParameterSets]) -> ParameterSets | None:
    """One avcC for all, or None where two clips mean different things by one id."""
    sps, pps = _by_id([one.sps for one in clips], sps_id), _by_id([one.pps for one in clips], pps_id)
    if sps is None or pps is None:
        return None
    highest = max(clips, key=lambda one: (one.profile[0], one.profile[2]))
    return ParameterSets(highest.profile, tuple(sps.values()), tuple(pps.values()), highest.extension)


def free_id(clips: Sequence[ParameterSets]) -> int:
    """The smallest id that none of them uses; 0 where every one is used, and sets have to go in band."""
    used = {id for one in clips for id in one.ids}
    return next((id for id in range(32) if id not in used), 0)


def starts_clean(packet: bytes) -> bool:
    """Whether a packet begins a picture from which decoding can start, whatever came before."""
    return any(unit[0] & 31 == _IDR for unit in _length_prefixed(packet) if unit)


def is_whole(data: memoryview) -> bool:
    """Whether the lengths of a packet's units add up, as they do not where a download left a gap. Of H.264 and H.265 alike."""
    at, end = 0, len(data)
    while at + 4 < end:
        length = int.from_bytes(data[at : at + 4], "big")
        if not length:
            return at > 0 and not any(data[at:])  # zeros behind the last unit are harmless
        at += 4 + length
    return at <= end


def counts_in_four(codec: str, extradata: bytes | None) -> bool:
    """Whether each unit of a track stands behind its length in four bytes, by its avcC or hvcC."""
    place = {"h264": 4, "hevc": 21}.get(codec)
    if place is None or extradata is None or len(extradata) <= place:
        return False
    return extradata[0] == 1 and extradata[place] & 3 == 3


def with_sets(packet: bytes, sets: ParameterSets) -> bytes:
    """A key frame's packet with its parameter sets in front; behind the delimiter, which must stay the first unit."""
    if len(packet) > 5 and packet[4] & 31 == _DELIMITER:
        end = 4 + int.from_bytes(packet[:4], "big")
        return packet[:end] + sets.in_band + packet[end:]
    return sets.in_band + packet


def sps_id(unit: bytes) -> int:
    """The id of a sequence parameter set: the first number after profile, compatibility and level."""
    return next(_exp_golomb(unit[4:]))


def pps_id(unit: bytes) -> int:
    """The id of a picture parameter set: its first number."""
    return next(_exp_golomb(unit[1:]))


def _by_id(lists: Sequence[Sequence[bytes]], id_of: Callable[[bytes], int]) -> dict[int, bytes] | None:
    found: dict[int, bytes] = {}
    for unit in (unit for units in lists for unit in units):
        if found.setdefault(id_of(unit), unit) != unit:
            return None
    return found


def _units(data: bytes, at: int, count: int) -> tuple[tuple[bytes, ...], int]:
    units: list[bytes] = []
    for _ in range(count):
        length = int.from_bytes(data[at : at + 2], "big")
        units.append(data[at + 2 : at + 2 + length])
        at += 2 + length
    return tuple(units), at


def _length_prefixed(packet: bytes) -> Iterator[bytes]:
    at = 0
    while at + 4 < len(packet):
        length = int.from_bytes(packet[at : at + 4], "big")
        yield packet[at + 4 : at + 4 + length]
        at += 4 + length


def _exp_golomb(data: bytes) -> Iterator[int]:
    """The unsigned Exp-Golomb numbers of ITU-T H.264, 9.1, after emulation prevention is undone."""
    bits = "".join(f"{byte:08b}" for byte in data[:16].replace(b"\0\0\3", b"\0\0"))
    at = 0
    while (one := bits.find("1", at)) >= 0:
        length = one - at
        yield int(bits[one : one + length + 1], 2) - 1
        at = one + length + 1
