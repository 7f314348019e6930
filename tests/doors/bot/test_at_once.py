"""One person in several chats at once. Requirement B1."""

from pathlib import Path

import pytest

from storyreel.standins.fixtures import Standin
from storyreel.standins.kling import Kling
from storyreel.standins.telegram import Telegram
from storyreel.standins.telegram_seen import Seen
from tests.doors.bot.conftest import Bots, Journey
from tests.doors.bot.test_bad_days import to_price

pytestmark = pytest.mark.journey


def is_made_or_refused(seen: Seen) -> bool:
    """Whether that message is a film, or tells why there is none."""
    return seen.kind == "video" or "⚠️" in seen.text


async def test_one_person_in_two_chats_at_once_does_not_pass_the_day_s_limit(
    telegram: Telegram, bots: Bots, standin: Standin, tmp_path: Path
) -> None:
    kling = await standin(Kling)
    bots.knows(kling)
    telegram.bot.reads_all = True
    anna = telegram.person("Анна", language="ru")
    chats = [Journey(one, tmp_path / f"{one.chat.kind}.txt") for one in (anna, anna.at(telegram.group("Film club", anna)))]
    async with bots.running(bot_budget=0.3):
        yeses = [await to_price(journey, shots=1) for journey in chats]
        for journey, yes in zip(chats, yeses, strict=True):
            journey.person.presses(yes)
        news = [await journey.person.waits_for(is_made_or_refused, "what became of it", within_s=30) for journey in chats]
    assert sorted("осталось $0.02" in seen.text for seen in news) == [False, True]
    assert len(kling.submissions) == 1
