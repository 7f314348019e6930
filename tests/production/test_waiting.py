"""When a generation is looked at again. Requirement E3."""

import pytest

from storyreel.domain.model import Times
from storyreel.production.waiting import PATIENCE_S, patience_s, pause_s

KLING = Times(typical_s=150, first_look_s=60, interval_s=5)


@pytest.mark.parametrize(
    ("progress", "spent_s", "pause"),
    [
        (None, 90, 5),  # it does not tell
        (0.0, 90, 5),
        (0.5, 90, 5),  # much is left
        (0.96, 96, 2.8),  # about four seconds are left
        (0.999, 100, 1),  # never more often than that
    ],
)
def test_what_is_nearly_done_is_looked_at_sooner(progress: float | None, spent_s: float, pause: float) -> None:
    assert pause_s(KLING, progress, spent_s) == pytest.approx(pause)  # pyright: ignore[reportUnknownMemberType]


def test_a_slow_model_is_waited_for_longer() -> None:
    assert patience_s(KLING) == PATIENCE_S
    assert patience_s(KLING.model_copy(update={"typical_s": 1200.0})) == 24_000
