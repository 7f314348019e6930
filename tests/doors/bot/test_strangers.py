"""People to whom the bot is not open, and what is kept of them."""

import gc

import pytest

from storyreel.standins.telegram import Telegram
from tests.doors.bot.conftest import Bots
from tests.doors.bot.test_pictures import picture

pytestmark = pytest.mark.journey


def albums_held() -> int:
    """How many lists of messages are in memory."""
    from aiogram.types import Message

    return sum(type(one) is list and any(isinstance(message, Message) for message in one[:1]) for one in gc.get_objects())


async def test_an_album_of_a_person_to_whom_the_bot_is_not_open_is_answered_once_and_let_go(
    telegram: Telegram, bots: Bots
) -> None:
    eve = telegram.person("Eve")
    async with bots.running(bot_users="17"):
        eve.sends_album([picture("teal"), picture("red")])
        await eve.sees_text("is not open to you yet")
        assert not albums_held()
    assert sum("is not open" in seen.text for seen in eve.sees()) == 1
