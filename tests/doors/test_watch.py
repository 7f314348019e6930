"""What is told of a film while it is made: each thing once."""

from datetime import UTC, datetime

import pytest

from storyreel.domain.events import Event, Fact, TakeFailed, TakeQueued
from storyreel.domain.film import Film, FilmState, Order
from storyreel.domain.storyboard import Scene, Shot, Storyboard
from storyreel.doors.cli.watch import Progress

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def progress() -> Progress:
    """Nothing is known yet of a film of one shot."""
    shot = Shot(id="s1", beat="b1", description="A ship at sea", seconds=1)
    board = Storyboard(title="Ships", scenes=(Scene(id="one", heading="Sea", location="sea", shots=(shot,)),))
    film = Film(id="ships-0001", title="Ships", state=FilmState.PRODUCING, storyboard=board, order=Order(), created=NOW)
    return Progress(film, began=0.0, making="Drawing")


def happened(fact: Fact) -> Event:
    return Event(number=1, film="ships-0001", at=NOW, fact=fact)


def test_a_shot_that_was_called_off_did_not_fail(progress: Progress) -> None:
    said = progress.take_in(happened(TakeFailed(shot="s1", take="t1", code="cancelled", message="It was cancelled.")))

    assert (said, progress.failed) == (None, {})


def test_a_shot_that_is_made_again_is_no_longer_a_failure(progress: Progress) -> None:
    said = progress.take_in(happened(TakeFailed(shot="s1", take="t1", code="timed_out", message="It took too long.")))
    progress.take_in(happened(TakeQueued(shot="s1", take="t2")))

    assert said == "shot 1 failed: It took too long."
    assert progress.failed == {}
