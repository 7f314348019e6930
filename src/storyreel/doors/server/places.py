"""How many answers that go on one caller may have at once."""

from collections import Counter
from collections.abc import Collection, Generator
from contextlib import contextmanager

from storyreel.doors.server.refusals import TooManyStreams


class Places:
    """Of each caller, how many are taken; 0 is no bound, and those that are `spared` have none."""

    def __init__(self, most: int, *, spared: Collection[str] = frozenset()) -> None:
        self._most, self._spared = most, spared
        self._taken: Counter[str] = Counter()

    @contextmanager
    def place(self, caller: str) -> Generator[None]:
        """One of them, while the block runs. Raises TooManyStreams."""
        if self._most and caller not in self._spared and self._taken[caller] >= self._most:
            raise TooManyStreams(self._most)
        self._taken[caller] += 1
        try:
            yield
        finally:
            self._taken[caller] -= 1
            if not self._taken[caller]:
                del self._taken[caller]
