"""What dialogs do beside what a person sees. Requirement B1."""

import inspect
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from storyreel.doors.bot.booth import Booth


async def test_what_was_about_to_begin_when_the_bot_ends_is_let_go() -> None:
    from storyreel.doors.bot.talking import Talking

    async def work() -> None:
        raise AssertionError("it has begun")

    talking = Talking(cast("Booth", None), {})
    waiting = work()
    talking.beside(waiting)
    await talking.close()

    assert inspect.getcoroutinestate(waiting) == inspect.CORO_CLOSED
