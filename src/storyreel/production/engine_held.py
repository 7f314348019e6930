"""Whether the engine's file can be written: the engine itself waits for ever, in silence, where another program holds it."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

from storyreel.domain.errors import StoreUnusable
from storyreel.library.sqlite import HELD
from storyreel.production.apart import apart

LOOK_S = 1.0  # between two attempts to write,
LONG_S = 0.2  # and how long each waits: the engine's own changes are shorter
BEARABLE_S = 60.0  # from then on it is an error


async def must_be_free(path: Path, tell: Callable[[str, str | None], Awaitable[None]], *, pace: float) -> None:
    """Watch over a file until cancelled. Raises StoreUnusable where another program has held it for a minute.

    `tell` hears, look by look, what keeps it from being written, or None.
    """
    held_since: float | None = None
    loop = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(LOOK_S / min(pace, LOOK_S / LONG_S))
        if not await apart(lambda: _is_held(path)):
            held_since = None
            await tell(path.name, None)
            continue
        held_since = loop.time() if held_since is None else held_since
        await tell(path.name, HELD[0])
        if loop.time() - held_since > BEARABLE_S / pace:
            raise StoreUnusable(path, HELD[0], remedy=f"{HELD[1].rstrip('.')} by `storyreel resume`: nothing is lost.")


def _is_held(path: Path) -> bool:
    """Whether it cannot be written at this moment; one that is not there, or is no database, is not held."""
    if not path.exists():
        return False
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=LONG_S)) as connection:
            connection.isolation_level = None
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
    return False
