"""What is told of money before a press of a button, and of what a film still lacks."""

from pathlib import Path

import pytest

from storyreel.standins.faults import Kind
from storyreel.standins.fixtures import Standin
from storyreel.standins.kling import Kling
from storyreel.standins.telegram import Telegram
from tests.doors.bot.conftest import Bots, Journey
from tests.doors.bot.test_bad_days import to_summary

pytestmark = pytest.mark.journey


async def test_what_is_missing_of_a_film_is_held_against_the_day_by_itself_and_back_leads_to_the_film(
    telegram: Telegram, bots: Bots, standin: Standin, tmp_path: Path
) -> None:
    kling = await standin(Kling)
    bots.knows(kling)
    ivan = telegram.person("Иван", language="ru")
    journey = Journey(ivan, tmp_path / "missing.txt")
    kling.faults.add("moderation", Kind.CREATE, count=1)
    async with bots.running():
        await to_summary(journey)
        failed = await ivan.sees_text("закончить не удалось", within_s=30)
        other = next(label for label in failed.labels if label.startswith("⚙️"))
        await journey.go(other)
        await ivan.sees_text("Какая модель снимет")
        await journey.go("← Назад")
        again = await ivan.sees_text("закончить не удалось")
    async with bots.running(bot_budget=0.3):
        await journey.go("🔁 Ещё раз")
        refused = await ivan.sees_text("Это может стоить")
        journey.tell()
    assert again.id != failed.id
    assert again.labels[:-1] == failed.labels
    assert "Это может стоить $0.21, а на сегодня у вас осталось $0.09." in refused.text
    assert "Не получилось" not in refused.text
