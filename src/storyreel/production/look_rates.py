"""How often a provider is asked in all: generations that wait by the thousand must not use up what an account may ask."""

from collections.abc import Callable
from dataclasses import dataclass, field

LOOKS_PER_S = 40.0  # of one account, by all processes: Replicate's is 3,000 requests a minute for everything but creates (R-DOC)


@dataclass(slots=True)
class LookRates:
    """What is left of this second's looks at each provider; what was taken too much is missing from the next."""

    clock: Callable[[], float]  # seconds that only go on
    per_second: float = LOOKS_PER_S
    among: int = 1  # processes that look
    _left: dict[str, tuple[float, float]] = field(default_factory=dict[str, tuple[float, float]])  # looks, and when that was

    def take(self, provider: str) -> None:
        """One look."""
        now = self.clock()
        self._left[provider] = self._now(provider, now) - 1, now

    def spent(self) -> tuple[str, ...]:
        """The providers that are not to be asked at this moment."""
        now = self.clock()
        return tuple(provider for provider in self._left if self._now(provider, now) < 1)

    def _now(self, provider: str, now: float) -> float:
        mine = self.per_second / max(1, self.among)
        left, then = self._left.get(provider, (mine, now))
        return min(max(mine, 1.0), left + (now - then) * mine)
