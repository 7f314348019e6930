"""How long one call goes on being sent: so often where it comes to nothing, so long where its provider is busy or away."""

from dataclasses import dataclass, field

from storyreel.domain.errors import ProviderUnavailable, RateLimited, StoryreelError

MOST_SENDINGS = 4  # by one process, where each certainly came to nothing or is safe to repeat
FIRST_PAUSE_S = 1.0  # before a call is sent again; twice as long each time
LONGEST_PAUSE_S = 30.0
BUSY_S = 1800.0  # how long a provider may go on saying "too many", which costs nothing but time
AWAY_S = 300.0  # how long one that cannot be reached is waited for, where the fault is ours or no other way is left
AWAY_PAUSE_S = 10.0  # between two attempts to reach it, at most


@dataclass(slots=True)
class Patience:
    """What is left of it; one call's."""

    pace: float
    last_way: bool  # no other route is left that could make the shot
    sendings: int = MOST_SENDINGS
    busy_s: float = BUSY_S
    away_s: float = field(init=False)
    pause_s: float = field(init=False)

    def __post_init__(self) -> None:
        self.away_s, self.pause_s = AWAY_S / self.pace, FIRST_PAUSE_S / self.pace

    def after(self, error: StoryreelError) -> float | None:
        """Seconds until the call may be sent again after that; None: it was tried often enough."""
        pause, self.pause_s = self.pause_s, min(self.pause_s * 2, LONGEST_PAUSE_S)
        match error:
            case RateLimited():
                wait = max(pause, error.retry_after_s or 0.0)
                self.busy_s -= wait
                return wait if self.busy_s >= 0 else None
            case ProviderUnavailable(unreached=True) if self.away_s > 0 and (self.last_way or error.offline):
                wait = min(pause, AWAY_PAUSE_S)
                self.away_s -= wait
                return wait
            case _:
                self.sendings -= 1
                return pause if self.sendings else None
