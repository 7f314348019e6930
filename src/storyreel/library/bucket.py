"""Blobs that many machines share: in a bucket of an S3-compatible store, with the folder here as what is at hand.

A blob is in the bucket before anyone hears of its digest. Traps of the store: an upload in parts that broke off is invisible and
costs until the bucket's own rules remove it; the client tries again for minutes unless told not to; a blob that is put again
between a sweep's look and its delete would be lost, so that moment is kept short and only what has been idle for long is swept.
"""

import hashlib
import os
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError, GenericError
from obstore.store import S3Store
from typing_extensions import override

from storyreel.domain.errors import InvalidRequest, StoreUnusable
from storyreel.domain.values import Digest
from storyreel.library.blobs import INCOMING, PUT_BACK, BlobLost, Blobs, Stored, digest_in, name_of

if TYPE_CHECKING:
    from obstore.store import S3Config

T = TypeVar("T")

CONNECT = timedelta(seconds=5)
PATIENCE = timedelta(seconds=20)  # for one request, with its repeats
TRANSFER = timedelta(minutes=5)  # for one body
REPEATS = 4
AWAY_S = 60.0  # how long a store that answered before is waited for, where it answers no more
AGAIN_S = 1.0  # between two attempts to reach it
MOST_AT_HAND = 20 * 1024**3  # bytes that lie here only to be at hand; then what was not used for longest goes,
DOWN_TO = 0.9  # of that, so that the folder is not looked through each time,
IN_USE_S = 3600.0  # and nothing that was used so lately
ACCOUNT = {
    "AWS_ACCESS_KEY_ID": "aws_access_key_id",
    "AWS_SECRET_ACCESS_KEY": "aws_secret_access_key",
    "AWS_SESSION_TOKEN": "aws_session_token",
    "AWS_REGION": "aws_region",
    "AWS_DEFAULT_REGION": "aws_default_region",
    "AWS_ENDPOINT_URL": "aws_endpoint",
    "AWS_ENDPOINT_URL_S3": "aws_endpoint",
}
"""Variables, as every tool of that API has them, and what the store calls them; a later one wins."""

REMEDY = "See that the object store runs and takes AWS_ENDPOINT_URL_S3, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
GO_ON = f"{REMEDY} Then `storyreel resume`; nothing that was paid for is lost."


def open_blobs(
    url: str | None,
    folder: Path,
    environ: Mapping[str, str],
    *,
    most_at_hand: int = MOST_AT_HAND,
    away_s: float = AWAY_S,
    patient: bool = False,
) -> Blobs:
    """The blobs at `s3://bucket/prefix`, with what is at hand in the folder; those of the folder itself where it is None.

    `most_at_hand`: bytes that the folder then keeps; `away_s`: how long a store that goes away is waited for, and
    where `patient` also one that never answered yet: otherwise a wrong address is told at once.
    Raises InvalidRequest, StoreUnusable.
    """
    if not url:
        return Blobs(folder)
    parts = urlsplit(url)
    if parts.scheme != "s3" or not parts.netloc:
        raise InvalidRequest("STORYREEL_BLOBS is not a place for blobs. Write it as s3://BUCKET/PREFIX.", field="blobs")
    return Bucket(folder, parts.netloc, parts.path.strip("/"), environ, most_at_hand, away_s, met=patient)


class Bucket(Blobs):
    """The store in a bucket; what was put or fetched here lies in the folder too."""

    def __init__(
        self, root: Path, bucket: str, prefix: str, environ: Mapping[str, str], most_at_hand: int, away_s: float, *, met: bool
    ) -> None:
        super().__init__(root)
        self._met = met  # whether it ever answered, or is taken to
        self._away_s, self._most_at_hand = away_s, most_at_hand
        self._room = 0  # bytes that may come before the folder is looked through
        self._trimming = threading.Lock()
        self.where = f"s3://{bucket}/{prefix}".rstrip("/")
        config = {name: environ[variable] for variable, name in ACCOUNT.items() if environ.get(variable)}
        try:
            self._remote = S3Store(
                bucket,
                prefix=prefix or None,
                config=cast("S3Config", {"aws_region": "us-east-1", **config}),
                client_options={
                    "allow_http": config.get("aws_endpoint", "").startswith("http://"),
                    "connect_timeout": CONNECT,
                    "timeout": TRANSFER,
                },
                retry_config={"max_retries": REPEATS, "retry_timeout": PATIENCE},
            )
        except (BaseError, ValueError) as error:
            raise StoreUnusable(self.where, f"this bucket cannot be opened ({_short(error)})", remedy=REMEDY) from error

    @override
    def fetch_now(self, digest: Digest) -> Path:
        """Where a blob lies here, brought from the bucket where it does not. Raises BlobLost, StoreUnusable."""
        path = self.path(digest)
        try:
            os.utime(path)  # in use: `tidy` leaves it alone
        except FileNotFoundError:
            self._bring(digest)
        return path

    @override
    def _get(self, digest: Digest) -> bytes:
        return self.fetch_now(digest).read_bytes()

    @override
    def _settle(self, incoming: str, digest: Digest) -> None:
        """Into the bucket first: what has a name here is there."""
        try:
            self._patiently(lambda: obstore.put(self._remote, name_of(digest), self.root / incoming))
        except (BaseError, OSError) as error:
            (self.root / incoming).unlink(missing_ok=True)
            raise StoreUnusable(self.where, f"a blob cannot be stored ({_short(error)})", remedy=GO_ON) from error
        self._keep_at_hand(incoming, digest)

    @override
    def _exists(self, digest: Digest) -> bool:
        return self._seen(name_of(digest)) is not None

    @override
    def _delete(self, digest: Digest) -> None:
        try:
            self._patiently(lambda: obstore.delete(self._remote, name_of(digest)))
        except FileNotFoundError:
            pass
        except (BaseError, OSError) as error:
            raise StoreUnusable(self.where, f"a blob cannot be removed ({_short(error)})", remedy=REMEDY) from error
        super()._delete(digest)

    @override
    def _list(self) -> list[Stored]:
        return sorted(self._files(), key=lambda file: file.name)

    @override
    def _remove(self, files: Iterable[Stored], before: datetime) -> list[Stored]:
        gone: list[Stored] = []
        for file in files:
            changed = self._seen(file.name)
            if file.digest is not None and changed is not None and changed <= before:
                self._delete(file.digest)
                gone.append(file)
        return gone

    @override
    async def tidy(self, before: datetime, *, dry_run: bool) -> tuple[int, int]:
        """Remove what is only at hand here and idle; it is brought again when it is wanted."""
        return await self._in_thread(self._tidy, before, dry_run)

    def _tidy(self, before: datetime, dry_run: bool) -> tuple[int, int]:
        there = {file.name for file in self._files()}  # what was kept here before there was a bucket is nowhere else
        idle = [file for file in super()._list() if file.changed <= before and (file.digest is None or file.name in there)]
        gone = idle if dry_run else super()._remove(idle, before)
        return len(gone), sum(file.bytes for file in gone)

    def _copied(self, name: str, to: Path) -> Digest:
        """The digest of what was brought there."""
        hashed = hashlib.sha256()
        with to.open("wb") as file:
            for chunk in obstore.get(self._remote, name).stream():
                hashed.update(chunk)
                file.write(chunk)
        return hashed.hexdigest()

    def _patiently(self, ask: Callable[[], T]) -> T:
        """The answer of a store that may be away for a moment. Raises what it refuses, and GenericError in the end."""
        give_up_at = time.monotonic() + (self._away_s if self._met else 0.0)
        while True:
            try:
                answer = ask()
            except GenericError as error:
                self.away = (self.where, _short(error)) if self._met else None
                if time.monotonic() >= give_up_at:
                    raise
                time.sleep(AGAIN_S)
            else:
                self._met, self.away = True, None
                return answer

    def _keep_at_hand(self, incoming: str, digest: Digest) -> None:
        super()._settle(incoming, digest)
        with self._trimming:
            self._room -= self.path(digest).stat().st_size
            with suppress(StoreUnusable):  # what is to stay is stored by now
                self._room = self._room if self._room >= 0 else self._trimmed()

    def _trimmed(self) -> int:
        """The bytes for which there is room, once what was not used for longest has gone from here."""
        files = sorted(super()._list(), key=lambda file: file.changed)
        total, idle_since = sum(file.bytes for file in files), time.time() - IN_USE_S
        for file in files if total > self._most_at_hand else ():
            if total <= self._most_at_hand * DOWN_TO or file.changed.timestamp() > idle_since:
                break
            if file.digest is None or self._seen(file.name) is not None:  # what is nowhere else stays
                (self.root / file.name).unlink(missing_ok=True)
                total -= file.bytes
        return max(0, self._most_at_hand - total)

    def _files(self) -> Iterator[Stored]:
        try:
            for batch in obstore.list(self._remote):
                for file in batch:
                    yield Stored(file["path"], digest_in(file["path"]), file["size"], file["last_modified"])
        except (BaseError, OSError) as error:
            raise StoreUnusable(self.where, f"the bucket cannot be read ({_short(error)})", remedy=REMEDY) from error

    def _seen(self, name: str) -> datetime | None:
        """When a file of the bucket was last put; None where it is not there."""
        try:
            return self._patiently(lambda: obstore.head(self._remote, name))["last_modified"]
        except FileNotFoundError:
            return None
        except (BaseError, OSError) as error:
            raise StoreUnusable(self.where, f"the bucket cannot be asked ({_short(error)})", remedy=GO_ON) from error

    def _bring(self, digest: Digest) -> None:
        incoming = self.root / INCOMING / uuid.uuid4().hex
        incoming.parent.mkdir(exist_ok=True)
        try:
            if self._patiently(lambda: self._copied(name_of(digest), incoming)) != digest:
                raise BlobLost(self.where, f"the blob {digest} is damaged there", remedy=PUT_BACK)
            self._keep_at_hand(f"{INCOMING}/{incoming.name}", digest)
        except FileNotFoundError as error:
            raise BlobLost(self.where, f"the blob {digest} is not there any more", remedy=PUT_BACK) from error
        except (BaseError, OSError) as error:
            raise StoreUnusable(self.where, f"a blob cannot be fetched ({_short(error)})", remedy=GO_ON) from error
        finally:
            incoming.unlink(missing_ok=True)


def _short(error: Exception) -> str:
    """The error's first line without its address: what comes after is the client's own record."""
    return str(error).splitlines()[0].rpartition(" - ")[2].strip() or type(error).__name__
