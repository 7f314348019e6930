"""What nothing refers to any more: found, told, and removed, safely beside a running production.

A blob is kept while any row names its digest in any column or JSON text, and for a grace period after it was last put. Its
row goes first, in one transaction with the search, so that no take can begin to reuse a clip that is about to go.
"""

import asyncio
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, String, Text, cast, select

from storyreel.domain.values import Digest
from storyreel.library.blobs import Blobs, Stored
from storyreel.library.columns import Json
from storyreel.library.database import Database
from storyreel.library.home import Home
from storyreel.library.known_blobs import forget_blob
from storyreel.library.locks import REUSE, exclusively
from storyreel.library.tables import metadata

GRACE = timedelta(hours=1)
DIGEST = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
SILENT = {"assets", "events"}  # the list of blobs itself; events hold ids and numbers only


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep removed, or would remove."""

    blobs: int
    blob_bytes: int
    leftovers: int  # files and folders of work that was broken off
    leftover_bytes: int
    kept: int  # blobs
    kept_bytes: int

    @property
    def bytes(self) -> int:
        """Everything that was freed."""
        return self.blob_bytes + self.leftover_bytes


async def sweep(
    home: Home,
    database: Database,
    blobs: Blobs,
    *,
    now: datetime,
    dry_run: bool = False,
    grace: timedelta = GRACE,
) -> Swept:
    """Remove blobs that nothing refers to and leftovers of broken work, all older than the grace period."""
    stored = await blobs.stored()
    old = [file for file in stored if file.changed <= now - grace]
    candidates = {file.digest for file in old if file.digest is not None}
    if dry_run:
        doomed = candidates - await database.read(referenced)
    else:
        doomed = await database.write(forget_unreferenced, candidates)
    going = [file for file in old if file.digest is None or file.digest in doomed]
    if not dry_run:
        going = await blobs.remove(going, now - grace)
    leftovers, leftover_bytes = await asyncio.to_thread(_sweep_work, home.work, now - grace, dry_run=dry_run)
    idle, idle_bytes = await blobs.tidy(now - grace, dry_run=dry_run)
    gone = [file for file in going if file.digest is not None]
    broken = [file for file in going if file.digest is None]
    all_blobs = [file for file in stored if file.digest is not None]
    return Swept(
        blobs=len(gone),
        blob_bytes=_bytes(gone),
        leftovers=leftovers + idle + len(broken),
        leftover_bytes=leftover_bytes + idle_bytes + _bytes(broken),
        kept=len(all_blobs) - len(gone),
        kept_bytes=_bytes(all_blobs) - _bytes(gone),
    )


def referenced(connection: Connection) -> set[Digest]:
    """Every digest that any row names: too many at worst, never too few."""
    found: set[Digest] = set()
    columns = [column for name, table in metadata.tables.items() if name not in SILENT for column in table.columns]
    for column in [column for column in columns if isinstance(column.type, String | Json)]:
        for text in connection.scalars(select(cast(column, Text)).where(column.is_not(None)).distinct()):
            found.update(DIGEST.findall(text))
    return found


def forget_unreferenced(connection: Connection, candidates: set[Digest]) -> set[Digest]:
    """Those of the candidates that no row names; they are no longer known, and may be deleted."""
    exclusively(connection, REUSE)
    doomed = candidates - referenced(connection)
    for digest in doomed:
        forget_blob(connection, digest)
    return doomed


def _sweep_work(work: Path, before: datetime, *, dry_run: bool) -> tuple[int, int]:
    """Pieces of work, each whole, of which nothing is young; the folders they lie in stay, since someone may be using them."""
    count = total = 0
    for piece in _pieces(work):
        try:
            inside = [piece, *piece.rglob("*")]
            if max(_changed(path) for path in inside) > before:
                continue
            size = sum(path.lstat().st_size for path in inside if not path.is_dir())
        except FileNotFoundError:  # its owner has just cleared it away
            continue
        count, total = count + 1, total + size
        if not dry_run:
            _clear(piece)
    return count, total


def _pieces(work: Path) -> list[Path]:
    top = sorted(work.iterdir()) if work.is_dir() else []
    return [piece for entry in top for piece in ([entry] if entry.is_file() else sorted(entry.iterdir()))]


def _clear(piece: Path) -> None:
    if piece.is_dir() and not piece.is_symlink():
        shutil.rmtree(piece, ignore_errors=True)
    else:
        piece.unlink(missing_ok=True)


def _changed(path: Path) -> datetime:
    return datetime.fromtimestamp(path.lstat().st_mtime, UTC)


def _bytes(files: Iterable[Stored]) -> int:
    return sum(file.bytes for file in files)
