"""Who owns the production line of a home: one process, by a lock of the operating system that dies with it."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from storyreel.domain.errors import StoreUnusable

if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: IO[str]) -> bool:
        file.seek(1_000_000)  # beyond what is written, so that others can read the owner's name
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(file: IO[str]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # of this opening, so two lines in one process differ too
        except BlockingIOError:
            return False
        return True


class Lease:
    """The line's lock file. It stays where it is when it is let go: removing it would let two own it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None

    @property
    def held(self) -> bool:
        """Whether this object owns the line."""
        return self._file is not None

    def try_take(self) -> bool:
        """Whether the line is ours now. Raises StoreUnusable where the file cannot be opened."""
        if self.held:
            return True
        try:
            file = self._path.open("a+", encoding="ascii")
        except OSError as error:
            remedy = "Make its folder writable, or set STORYREEL_HOME to another one."
            raise StoreUnusable(self._path, f"the lock cannot be opened ({error.strerror})", remedy=remedy) from error
        if not _try_lock(file):
            file.close()
            return False
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        self._file = file
        return True

    def owner(self) -> int | None:
        """The process that owns the line, or owned it last; None where it is not told."""
        with suppress(OSError, ValueError):
            return int(self._path.read_text(encoding="ascii"))
        return None

    def holder(self) -> int | None:
        """The process that owns the line now; None where nobody does."""
        try:
            file = self._path.open("r+", encoding="ascii")
        except OSError:  # nobody ever did
            return None
        with file:
            return None if _try_lock(file) else self.owner()

    def give_back(self) -> None:
        """Let another process own the line."""
        if self._file is not None:
            self._file.close()
            self._file = None
