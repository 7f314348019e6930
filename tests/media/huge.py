"""Pictures that say of themselves that they are huge, in a few bytes."""

import io
import struct
import zlib

from PIL import Image


def huge_png(width: int, height: int) -> bytes:
    """A PNG that says it is that large; a hundred bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def huge_jpeg(width: int, height: int, frame: int = 0xC0, scanned: int = 3) -> bytes:
    """A JPEG that says it is that large, and has so many of its three components in its first scan."""
    facts = struct.pack(">BHHB", 8, height, width, 3) + b"\1\x22\0\2\x11\0\3\x11\0"
    scan = bytes([scanned]) + b"".join(bytes([number + 1, 0]) for number in range(scanned)) + b"\0\x3f\0"
    parts = ((frame, facts), (0xDA, scan))
    return b"\xff\xd8" + b"".join(struct.pack(">BBH", 0xFF, kind, len(body) + 2) + body for kind, body in parts)


def huge_webp(width: int, height: int) -> bytes:
    """A WebP whose canvas is that large, with one small picture in it."""
    file = io.BytesIO()
    Image.new("RGBA", (16, 16), (255, 0, 0, 9)).save(file, "WEBP", save_all=True, append_images=[Image.new("RGBA", (16, 16))])
    data = bytearray(file.getvalue())
    assert data[12:16] == b"VP8X"
    data[24:30] = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return bytes(data)
