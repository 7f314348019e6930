"""Ed25519 signatures, by RFC 8032 section 5.1: a public key of its seed, and what it signs. For tests: it hides no timing."""

from hashlib import sha512
from typing import TypeAlias

Point: TypeAlias = tuple[int, int]  # affine coordinates

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
BASE: Point = (
    15112221349535400772501151409588531511454012693041857206046113283949847762202,
    46316835694926478169428394003475163141307993866256225615783033603165251855960,
)
NEUTRAL: Point = (0, 1)


def public_key(seed: bytes) -> bytes:
    """The public key of a private one of 32 bytes."""
    return _bytes(_times(_scalar(seed), BASE))


def signature(seed: bytes, message: bytes) -> bytes:
    """The 64 bytes by which the owner of a private key signs a message."""
    scalar, prefix = _scalar(seed), sha512(seed).digest()[32:]
    nonce = _hashed(prefix, message)
    point = _bytes(_times(nonce, BASE))
    told = _hashed(point, public_key(seed), message)
    return point + ((nonce + told * scalar) % ORDER).to_bytes(32, "little")


def _scalar(seed: bytes) -> int:
    told = int.from_bytes(sha512(seed).digest()[:32], "little")
    return (told & (2**254 - 8)) | 2**254


def _hashed(*parts: bytes) -> int:
    return int.from_bytes(sha512(b"".join(parts)).digest(), "little") % ORDER


def _bytes(point: Point) -> bytes:
    x, y = point
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _times(factor: int, point: Point) -> Point:
    total = NEUTRAL
    while factor:
        if factor & 1:
            total = _sum(total, point)
        point, factor = _sum(point, point), factor >> 1
    return total


def _sum(one: Point, other: Point) -> Point:
    (a, b), (c, d) = one, other
    both = D * a * c * b * d % P
    return (a * d + b * c) * pow(1 + both, -1, P) % P, (b * d + a * c) * pow(1 - both, -1, P) % P
