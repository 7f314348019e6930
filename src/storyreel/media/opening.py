"""A video file, opened safely: a plain local file of a kind we know, or a typed error."""

import errno
import os
import stat
import struct
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import av
import av.error
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from storyreel.domain.errors import MediaUnusable

# No playlists and no scripts: a file that is given must not make us read another file, or the network.
_ONLY = {
    "protocol_whitelist": "file",
    "format_whitelist": "mov,mp4,m4a,3gp,matroska,webm,mpegts,mpeg,avi,flv,ogg,asf,h264,hevc,gif",
}
# An MP4's header says all that we ask before we decode; FFmpeg's own look at the first picture costs 9 ms at 720p each time.
_LEAN = {"skip_frame": "all", "probesize": "32"}
_STRICT_TAGS = int(av.__version__.partition(".")[0]) < 19  # PyAV before 19 fails on a tag that is not UTF-8, unless told
UNDECODABLE = "it is damaged: no picture of it can be decoded"
NOT_MADE_OVER = "it could not be made over to the other clips' size and rate"
_NOT_A_VIDEO = "it is not a video that can be read; MP4, MOV, WebM, MKV, AVI and MPEG-TS are"
_NO_INDEX = "it breaks off: the index that tells where an MP4's pictures lie is missing; copy or save it again"
_SYSTEM = {
    errno.ENOENT: "there is no such file",
    errno.EACCES: "it may not be read by this user",
    errno.EISDIR: "it is a folder; a file is needed",
}


@contextmanager
def opened(path: Path) -> Generator[InputContainer]:
    """The container for reading. Raises MediaUnusable for whatever is wrong with it, then and in the block."""
    must_be_a_file(path)
    try:
        container = _open(local(path), {**_ONLY, **(_LEAN if _is_mp4(path) else {})})
    except av.error.FFmpegError as error:
        problem = _NO_INDEX if _is_mp4(path) and not _has_index(path) else _NOT_A_VIDEO
        raise MediaUnusable(path, _SYSTEM.get(error.errno or 0, problem)) from error
    with container:
        try:
            yield container
        except av.error.FFmpegError as error:
            raise MediaUnusable(path, _SYSTEM.get(error.errno or 0, UNDECODABLE)) from error


def _open(name: str, options: dict[str, str]) -> InputContainer:
    if _STRICT_TAGS:
        return av.open(name, options=options, metadata_errors="replace")
    return av.open(name, options=options)


def must_be_a_file(path: Path) -> None:
    """Raises MediaUnusable where there is no plain file with something in it."""
    try:
        facts = path.stat()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        known = _SYSTEM.get(error.errno or 0) if isinstance(error, OSError) else None
        raise MediaUnusable(path, known or "it is not a file's name") from error
    if stat.S_ISDIR(facts.st_mode):
        raise MediaUnusable(path, _SYSTEM[errno.EISDIR])
    if not stat.S_ISREG(facts.st_mode):
        raise MediaUnusable(path, "it is not a plain file")
    if not facts.st_size:
        raise MediaUnusable(path, "it is empty")


def _is_mp4(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(8)[4:] == b"ftyp"
    except OSError:
        return False  # opening it tells why


def _has_index(path: Path) -> bool:
    """Whether an MP4 has its `moov` box whole."""
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        at = 0
        while at + 8 <= end:
            file.seek(at)
            size, kind, long = struct.unpack(">I4sQ", file.read(16).ljust(16, b"\0"))
            size = long if size == 1 else size or end - at
            if kind == b"moov":
                return at + size <= end
            at += max(size, 8)
    return False


def local(path: Path) -> str:
    """A file's name as FFmpeg takes it, so that no name is ever taken for another protocol."""
    return f"file:{path}"


def video_of(container: InputContainer, path: Path) -> VideoStream:
    """The first moving picture of a file; not the cover of an album. Raises MediaUnusable where there is none."""
    for stream in container.streams.video:
        if not stream.disposition & Disposition.attached_pic:
            if not stream.codec_context or not stream.codec_context.is_decoder:
                raise MediaUnusable(path, "its video is in a codec that cannot be decoded here")
            return stream
    raise MediaUnusable(path, "there is no picture in it")
