"""What dialogs do beside what a person sees. Requirement B1."""

import inspect
from typing import TYPE_CHECKING, cast

import pytest

from storyreel.domain.values import Language

if TYPE_CHECKING:
    from storyreel.doors.bot.booth import Booth

pytestmark = pytest.mark.journey


async def test_what_was_about_to_begin_when_the_bot_ends_is_let_go() -> None:
    from storyreel.doors.bot.talking import Talking

    async def work() -> None:
        raise AssertionError("it has begun")

    talking = Talking(cast("Booth", None), {})
    waiting = work()
    talking.beside(waiting)
    await talking.close()

    assert inspect.getcoroutinestate(waiting) == inspect.CORO_CLOSED


@pytest.mark.parametrize(
    ("at", "back", "on"), [("begin", "summary", "summary"), ("summary", "board", "summary"), ("words", "look", "length")]
)
def test_back_and_next_lead_along_the_steps_also_from_a_film_that_could_not_be_begun(at: str, back: str, on: str) -> None:
    from storyreel.doors.bot.flow import after, before
    from storyreel.doors.bot.talk import Draft, Kind, Talk

    talk = Talk(language=Language.ENGLISH, screen=at, draft=Draft(kind=Kind.TEXT))

    assert (before(talk).screen, after(talk).screen) == (back, on)
