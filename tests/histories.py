"""An engine's file without runs, made once for all tests of a process: migrating to it takes four times as long as opening it."""

import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from storyreel.production.engine_history import History

if TYPE_CHECKING:
    import pytest


class Histories:
    """Puts a copy of one empty history wherever a new one is about to be made; it is then opened like any other."""

    def __init__(self, folder: Path) -> None:
        self._empty = folder / "empty.db"
        self._making = Lock()
        self._prepare = History.prepare

    def copy_for(self, patch: "pytest.MonkeyPatch") -> None:
        """Have new histories begin as copies."""

        def prepare(history: History, queues: Mapping[str, int], *, poll_s: float) -> None:
            if not history.shared:
                self._begin(Path(history.url.removeprefix("sqlite:///")), queues, poll_s)
            self._prepare(history, queues, poll_s=poll_s)

        patch.setattr(History, "prepare", prepare)

    def _begin(self, where: Path, queues: Mapping[str, int], poll_s: float) -> None:
        if where.exists():
            return
        with self._making:
            if not self._empty.exists():
                self._prepare(History.at(self._empty), queues, poll_s=poll_s)
        with suppress(OSError):  # where nothing can be written, the real thing says so
            shutil.copyfile(self._empty, where)
