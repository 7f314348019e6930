"""Notes of what was sent: kept as long as a provider may be asked for it, and no longer. Requirement F2."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storyreel.domain.generation import Key
from storyreel.providers.sent import KEPT_FOR, PRUNED_EVERY, Sent, token_of


@dataclass
class Clock:
    """A clock that a test turns."""

    moment: datetime = datetime(2026, 11, 21, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment


def key(take: int) -> Key:
    """A take of one shot."""
    return Key(film="night-0001", shot="s1", take=take, route="clips@replicate")


@pytest.mark.asyncio
async def test_a_note_older_than_two_days_goes_within_an_hour_as_a_new_one_is_written(tmp_path: Path) -> None:
    clock = Clock()
    sent = Sent(tmp_path / "sent", now=clock)
    await sent.note(key(1), "maker/clips", {"prompt": "A ship"})
    await sent.taken(key(1), "p1")

    clock.moment += KEPT_FOR - timedelta(minutes=1)
    await sent.note(key(2), "maker/clips", {"prompt": "A ship"})
    assert await sent.remotes() == {"p1"}

    clock.moment += timedelta(minutes=2)
    await sent.note(key(2), "maker/clips", {"prompt": "A ship"})
    assert await sent.of(key(1)) is not None, "the same key again is no new note"

    clock.moment += PRUNED_EVERY
    await sent.note(key(3), "maker/clips", {"prompt": "A ship"})
    assert await sent.of(key(1)) is None
    assert {path.stem for path in (tmp_path / "sent").iterdir()} == {token_of(key(2)), token_of(key(3))}
