"""What is told of a film while it is made: each thing once."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from storyreel.domain.checks import FindingKind, TakeFinding
from storyreel.domain.events import (
    Event,
    Fact,
    FilmStalled,
    TakeDelayed,
    TakeFailed,
    TakeFound,
    TakeQueued,
    TakeReady,
    TakeRejected,
    TakeSent,
    TakeSought,
)
from storyreel.domain.film import Film, FilmState, Order
from storyreel.domain.storyboard import Scene, Shot, Storyboard
from storyreel.domain.values import Language
from storyreel.doors.cli.findings import finding_text
from storyreel.doors.cli.remedies import next_steps
from storyreel.doors.cli.watch import Progress
from storyreel.doors.languages.voice import Voice

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ENGLISH = Voice(Language.ENGLISH)


@pytest.fixture
def progress() -> Progress:
    """Nothing is known yet of a film of one shot."""
    shot = Shot(id="s1", beat="b1", description="A ship at sea", seconds=1)
    board = Storyboard(title="Ships", scenes=(Scene(id="one", heading="Sea", location="sea", shots=(shot,)),))
    film = Film(id="ships-0001", title="Ships", state=FilmState.PRODUCING, storyboard=board, order=Order(), created=NOW)
    return Progress(film, began=0.0, making="Drawing", said=ENGLISH)


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


def test_a_shot_that_a_budget_does_not_allow_is_refused_and_did_not_fail(progress: Progress) -> None:
    said = progress.take_in(happened(TakeFailed(shot="s1", take="t1", code="budget_exceeded", message="It is too dear.")))

    assert said == "shot 1 refused: It is too dear."


def test_what_a_refusal_would_only_refuse_again_is_not_offered_to_resume(progress: Progress) -> None:
    told = {
        code: " ".join(next_steps(ENGLISH, progress.film, code)) for code in ("content_rejected", "invalid_request", "timed_out")
    }

    assert "storyreel resume ships-0001" in told.pop("timed_out")
    for steps in told.values():
        assert "resume" not in steps
        assert "storyreel edit ships-0001" in steps
        assert "storyreel retake ships-0001 SHOT --model NAME" in steps


@pytest.mark.parametrize(
    ("ended", "step"),
    [
        ("The next call would bring the film to $0.70; --budget allows $0.50. Raise it.", "resume ships-0001 --budget USD"),
        ("The next call would bring this day to $0.70; STORYREEL_BUDGET_DAY allows $0.50.", "storyreel resume ships-0001"),
        ("The budget of the key ann is spent: `storyreel keys create NAME --budget USD`.", "storyreel resume ships-0001"),
    ],
)
def test_a_film_that_its_own_budget_stopped_may_be_allowed_more(progress: Progress, ended: str, step: str) -> None:
    [told] = next_steps(ENGLISH, progress.film.model_copy(update={"error": ended}), "budget_exceeded")

    assert told.endswith(step)


def test_a_shot_that_is_ready_is_told_once_and_one_that_is_used_again_as_such(progress: Progress) -> None:
    ready = TakeReady(shot="s1", take="t1", seconds=1, cost_usd=Decimal(0), reused=True)

    assert progress.take_in(happened(ready)) == "shot 1 of 1 ready, made before"
    assert progress.take_in(happened(ready.model_copy(update={"take": "t2", "reused": False}))) is None


def test_what_a_check_found_is_told_and_a_shot_that_is_made_again_is_not_ready(progress: Progress) -> None:
    progress.take_in(happened(TakeReady(shot="s1", take="t1", seconds=1, cost_usd=Decimal(1))))
    frozen = TakeFinding(kind=FindingKind.FROZEN, at_s=1.5, detail=(2.42,))
    said = [
        progress.take_in(happened(TakeFound(shot="s1", take="t1", finding=frozen))),
        progress.take_in(happened(TakeRejected(shot="s1", take="t1", left=1))),
    ]

    assert said == ["shot 1: nothing moves from 1.5 s on, for 2.42 s", "shot 1 is made again with another seed"]
    assert (progress.shots_ready, progress.spent_usd) == (0, Decimal(1))


def test_every_finding_has_its_words() -> None:
    numbers = (1280.0, 720.0, 720.0, 1280.0)

    assert all(finding_text(ENGLISH, TakeFinding(kind=kind, at_s=1, detail=numbers)) for kind in FindingKind)
    assert finding_text(ENGLISH, TakeFinding(kind=FindingKind.SILENT)) == "sound was asked, and none is heard"


def test_a_film_that_stands_still_says_for_whom_until_something_moves(progress: Progress) -> None:
    said = progress.take_in(happened(FilmStalled(where="replicate", message="no network")))

    assert said == progress.stalled == "waiting for replicate: no network"
    progress.take_in(happened(TakeSent(shot="s1", take="t1")))
    assert progress.stalled == ""


def test_who_waits_is_told_for_what_and_not_again_and_again(progress: Progress) -> None:
    delayed = TakeDelayed(shot="s1", take="t1", provider="replicate", under_way=8, at_once=8)
    sought = TakeSought(shot="s1", take="t1", provider="replicate", seconds=69.3)
    said = [progress.take_in(happened(fact)) for fact in (delayed, delayed, TakeSent(shot="s1", take="t1"), sought, sought)]

    assert said == [
        "waiting for a turn at replicate (8 of 8 under way)",
        *(None, None),
        "shot 1: asking replicate whether the request arrived (up to 70 s)",
        None,
    ]
