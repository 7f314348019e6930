"""Clips and pictures by the digest of their bytes, in an object store: a local folder here; `bucket.py` has the shared one.

Traps of the store: a missing root raises unless told to make it; a copy is not synced to the disk; results are its own
bytes type; a crash leaves staging files that its own listing hides, so the folder is listed here, and `sweep` removes them.
"""

import asyncio
import hashlib
import os
import re
import stat
import uuid
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import ParamSpec, TypeVar

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore

from storyreel.domain.errors import StoreUnusable
from storyreel.domain.values import Digest

P = ParamSpec("P")
T = TypeVar("T")

CHUNK = 1 << 20  # bytes
THREADS = 4
INCOMING = "incoming"  # where a blob lies until its digest is known
PUT_BACK = "Put a copy of the folder back, or make the film again."
NAME = re.compile(r"^([0-9a-f]{2})/([0-9a-f]{62})$")


@dataclass(frozen=True, slots=True)
class Stored:
    """A file of the store: a blob, or with no digest what a broken copy left."""

    name: str
    digest: Digest | None
    bytes: int
    changed: datetime


class BlobLost(StoreUnusable):
    """A blob is gone or damaged in a store that answers: to ask again does not help, to put it again does."""


class Blobs:
    """The store in one folder. Coroutines never block the loop; `path` is for reading only."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.away: tuple[str, str] | None = None  # which store does not answer now, and how: it is asked again
        try:
            self._store = LocalStore(root, mkdir=True)
        except (BaseError, OSError) as error:
            remedy = "Make it writable, or set STORYREEL_HOME to another folder."
            raise StoreUnusable(root, "the blobs' folder cannot be used", remedy=remedy) from error
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="storyreel-blobs")

    async def put_file(self, path: Path) -> Digest:
        """Copy a file into the store, hashed on the way; the same bytes twice are one blob. Raises OSError for the file."""
        return await self._in_thread(self.put_file_now, path)

    def put_file_now(self, path: Path) -> Digest:
        """The same for code in a thread of its own."""
        with path.open("rb") as file:
            return self._put(iter(lambda: file.read(CHUNK), b""))

    async def put_bytes(self, data: bytes) -> Digest:
        """Put bytes into the store; the same bytes twice are one blob."""
        return await self._in_thread(self._put, iter((data,)))

    async def get_bytes(self, digest: Digest) -> bytes:
        """A blob's bytes. Raises StoreUnusable where it is not in the store."""
        return await self._in_thread(self._get, digest)

    def path(self, digest: Digest) -> Path:
        """Where a blob lies on this machine, for reading; it need not be there."""
        return self.root / name_of(digest)

    async def fetch(self, digest: Digest) -> Path:
        """The same for a blob that is there; brought to this machine where it lies elsewhere. Raises BlobLost, StoreUnusable."""
        return await self._in_thread(self.fetch_now, digest)

    def fetch_now(self, digest: Digest) -> Path:
        """The same for code in a thread of its own."""
        if not (path := self.path(digest)).is_file():
            raise BlobLost(path, "a blob is not in the store any more", remedy=PUT_BACK)
        return path

    async def exists(self, digest: Digest) -> bool:
        """Whether a blob is in the store. Raises StoreUnusable where that cannot be asked."""
        return await self._in_thread(self._exists, digest)

    async def stored(self) -> list[Stored]:
        """Every file in the store, broken copies too."""
        return await self._in_thread(self._list)

    async def delete(self, digest: Digest) -> None:
        """Remove a blob; nothing where it is not there."""
        await self._in_thread(self._delete, digest)

    async def remove(self, files: Iterable[Stored], before: datetime) -> list[Stored]:
        """Remove those files that were not put again since; which went."""
        return await self._in_thread(self._remove, files, before)

    async def tidy(self, before: datetime, *, dry_run: bool) -> tuple[int, int]:  # noqa: ARG002  nothing here is only at hand
        """Remove what lies on this machine only to be at hand, and was not used since; how many files and bytes."""
        return 0, 0

    def close(self) -> None:
        """Finish what is being copied."""
        self._threads.shutdown(wait=True)

    async def _in_thread(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.wrap_future(self._threads.submit(work, *args, **kwargs))

    def _exists(self, digest: Digest) -> bool:
        return self.path(digest).is_file()

    def _delete(self, digest: Digest) -> None:
        self.path(digest).unlink(missing_ok=True)

    def _put(self, chunks: Iterator[bytes]) -> Digest:
        incoming = f"{INCOMING}/{uuid.uuid4().hex}"
        hashed = hashlib.sha256()
        try:
            obstore.put(self._store, incoming, _hashing(chunks, hashed.update), max_concurrency=2)
            digest = hashed.hexdigest()
            self._settle(incoming, digest)
        except (BaseError, OSError) as error:
            (self.root / incoming).unlink(missing_ok=True)
            remedy = "Free some space (`storyreel gc` helps), then `storyreel resume`."
            raise StoreUnusable(self.root, f"a blob cannot be written ({_short(error)})", remedy=remedy) from error
        return digest

    def _settle(self, incoming: str, digest: Digest) -> None:
        """Give a blob its name, on the disk before anyone hears of it.

        An equal one is replaced by the copy: it is young again, so that a sweep at this very moment lets it be.
        """
        _sync(self.root / incoming)
        obstore.rename(self._store, incoming, name_of(digest), overwrite=True)
        _sync(self.path(digest).parent)

    def _get(self, digest: Digest) -> bytes:
        try:
            return self.path(digest).read_bytes()
        except OSError as error:
            raise StoreUnusable(self.path(digest), f"a blob cannot be read ({error.strerror})", remedy=PUT_BACK) from error

    def _remove(self, files: Iterable[Stored], before: datetime) -> list[Stored]:
        gone: list[Stored] = []
        for file in files:
            path, aside = self.root / file.name, self.root / INCOMING / f"doomed-{uuid.uuid4().hex}"
            aside.parent.mkdir(exist_ok=True)
            try:
                path.rename(aside)
            except FileNotFoundError:
                continue
            if datetime.fromtimestamp(aside.lstat().st_mtime, UTC) > before:  # put again at this very moment
                aside.replace(path)
                continue
            aside.unlink()
            gone.append(file)
        return gone

    def _list(self) -> list[Stored]:
        return [told for path in sorted(self.root.rglob("*")) if (told := self._told(path))]

    def _told(self, path: Path) -> Stored | None:
        try:
            status = path.lstat()
        except FileNotFoundError:  # renamed meanwhile
            return None
        if stat.S_ISDIR(status.st_mode):
            return None
        name = path.relative_to(self.root).as_posix()
        return Stored(name, digest_in(name), status.st_size, datetime.fromtimestamp(status.st_mtime, UTC))


def name_of(digest: Digest) -> str:
    """The blob's name in a store."""
    return f"{digest[:2]}/{digest[2:]}"


def digest_in(name: str) -> Digest | None:
    """The digest of the blob of that name; None where it is no blob's."""
    match = NAME.match(name)
    return match.group(1) + match.group(2) if match else None


def _hashing(chunks: Iterator[bytes], update: Callable[[bytes], None]) -> Iterator[bytes]:
    for chunk in chunks:
        update(chunk)
        yield chunk


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _short(error: Exception) -> str:
    return "the disk is full" if "No space left" in str(error) or "File too large" in str(error) else str(error).splitlines()[0]
