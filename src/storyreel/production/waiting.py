"""How long a generation is waited for, and when it is looked at again: from its model's times and its own progress."""

from storyreel.domain.model import Times

SHORTEST_PAUSE_S = 1.0  # between looks at a generation that is nearly done,
SOONER = 0.7  # looked at after this part of what it seems to need still: progress is a guess
PATIENCE_S = 2 * 3600.0  # a generation that takes longer is given up,
TIMES_TYPICAL = 20.0  # unless its model is known to take long


def pause_s(times: Times, progress: float | None, spent_s: float) -> float:
    """Seconds until the next look: the model's interval, or less where its progress says that the end is near.

    `progress`: from 0 to 1, None where it is not told; `spent_s`: seconds since it was asked for.
    """
    if not progress:
        return times.interval_s
    left_s = spent_s * (1 - progress) / progress
    return min(times.interval_s, max(SHORTEST_PAUSE_S, left_s * SOONER))


def patience_s(times: Times) -> float:
    """Seconds after which a generation is given up."""
    return max(PATIENCE_S, times.typical_s * TIMES_TYPICAL)
