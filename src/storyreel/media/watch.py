"""Long work that can be watched and ended."""

from collections.abc import Callable

from storyreel.domain.errors import Cancelled

_OFTEN = 8  # steps between two looks at the asker


class Watch:
    """Counts steps of a piece of work: tells how far it is, and ends it with Cancelled once someone asks."""

    def __init__(
        self, what: str, *, on_progress: Callable[[float], None] | None = None, cancelled: Callable[[], bool] | None = None
    ) -> None:
        self._what, self._on_progress, self._cancelled = what, on_progress, cancelled
        self.total = 0  # steps of all the work, once it is known
        self._done = 0
        self._looked = 0

    def step(self, steps: int = 1) -> None:
        """So much more is done. Raises Cancelled."""
        self._done += steps
        if self._done - self._looked >= _OFTEN:
            self._looked = self._done
            self.look()

    def look(self) -> None:
        """Tell and ask now. Raises Cancelled."""
        if self._cancelled is not None and self._cancelled():
            raise Cancelled(self._what)
        if self._on_progress is not None and self.total:
            self._on_progress(min(1.0, self._done / self.total))
