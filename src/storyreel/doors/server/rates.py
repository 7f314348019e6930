"""How often one caller may ask: a bucket each, which fills at a rate and holds a burst."""

from collections import OrderedDict
from collections.abc import Callable, Collection

from storyreel.doors.server.refusals import TooMany

MOST_CALLERS = 10_000  # remembered at once; whoever was not seen longest is forgotten


class Rates:
    """Of each caller, how many requests it has left; a rate of 0 is none. Those that are `spared` have no limit."""

    def __init__(
        self, per_second: float, burst: int, clock: Callable[[], float], *, spared: Collection[str] = frozenset()
    ) -> None:
        self._per_second, self._burst, self._clock, self._spared = per_second, burst, clock, spared
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # requests left, and when that was

    def must_allow(self, caller: str) -> None:
        """Count one request. Raises TooMany."""
        if not self._per_second or caller in self._spared:
            return
        now = self._clock()
        left, seen = self._left.pop(caller, (float(self._burst), now))
        left = min(float(self._burst), left + (now - seen) * self._per_second)
        allowed = left >= 1
        self._left[caller] = (left - 1 if allowed else left, now)
        if len(self._left) > MOST_CALLERS:
            self._left.popitem(last=False)
        if not allowed:
            raise TooMany((1 - left) / self._per_second)
