"""What goes wrong: restarts, floods, refusals, providers that fail."""

import re
from pathlib import Path
from typing import Any

import pytest

from storyreel.standins.faults import Kind
from storyreel.standins.fixtures import Standin
from storyreel.standins.kling import Kling
from storyreel.standins.telegram import Telegram
from tests.doors.bot.conftest import PACE, Bots, Journey
from tests.postgres import Server

pytestmark = pytest.mark.journey

STORY = "Смотритель идёт к маяку. Начинается буря."


async def to_price(journey: Journey, story: str = STORY, shots: int = 2) -> str:
    """From /start to the price of a film by Kling; the label of the yes."""
    person = journey.person
    await journey.go(["/start"], "🎬 Фильм по тексту")
    models = await person.sees_text("Какая модель")
    await journey.go(next(label for label in models.labels if "Kling 2.5 Turbo" in label), "Дальше →")
    await person.sees_text("Опишите фильм")
    await journey.go([story], str(shots), "5 с", "Дальше →")
    await person.sees_button("✏️ Править кадры", within_s=20)
    await journey.go("Дальше →")
    summary = await person.sees_text("не больше")
    return next(label for label in summary.labels if "Снимать" in label)


async def to_summary(journey: Journey, story: str = STORY, shots: int = 2) -> None:
    """The same, and the yes."""
    await journey.go(await to_price(journey, story, shots))


@pytest.mark.parametrize("shared", [False, pytest.param(True, marks=pytest.mark.postgres)])
async def test_a_restart_in_the_midst_of_a_film_and_of_a_question_loses_nothing(
    telegram: Telegram, bots: Bots, standin: Standin, tmp_path: Path, postgres: Server, *, shared: bool
) -> None:
    database: dict[str, Any] = {"database": postgres.url(postgres.create())} if shared else {}
    kling = await standin(Kling, speed=PACE)
    bots.knows(kling)
    ivan, anna = telegram.person("Иван", language="ru"), telegram.person("Анна", language="ru")
    journey, other = Journey(ivan, tmp_path / "restart.txt"), Journey(anna, tmp_path / "question.txt")
    async with bots.running(**database):
        await to_summary(journey, shots=1)
        progress = await ivan.sees_text("снимается")
        await other.go(["/start"], "🎬 Фильм по тексту")
        await anna.sees_text("Какая модель")
    async with bots.running(**database):
        film = await ivan.sees_video(within_s=30)
        models = await anna.sees_text("Какая модель", ever=True)
        await other.go(next(label for label in models.labels if "Kling 2.5 Turbo" in label))
        await anna.sees_text("Звук, качество и формат")
        journey.tell()
    guesses = re.findall(r"осталось около ([^\n]+)", ivan.transcript(whole=True))
    assert guesses
    assert all(re.fullmatch(r"\d0 с|\d(,5)? мин", guess) for guess in guesses), guesses
    ready = [seen for seen in ivan.sees() if "готов" in seen.text]
    assert [seen.id for seen in ready] == [progress.id]
    assert [seen.kind for seen in ivan.sees()].count("video") == 1
    assert film.seconds == 5
    assert len(kling.submissions) == 1


async def test_a_shot_that_moderation_refused_can_be_made_by_another_model_of_a_list_or_told_otherwise(
    telegram: Telegram, bots: Bots, standin: Standin, tmp_path: Path
) -> None:
    kling = await standin(Kling)
    bots.knows(kling)
    ivan = telegram.person("Иван", language="ru")
    journey = Journey(ivan, tmp_path / "refused.txt")
    kling.faults.add("moderation", Kind.CREATE, count=1)
    async with bots.running():
        await to_summary(journey)
        trouble = await ivan.sees_text("закончить не удалось", within_s=30)
        number = trouble.text.partition("Кадр ")[2][:1]
        await journey.go(f"⚙️ Другая модель {number}")
        others = await ivan.sees_text("Какая модель снимет")
        dear = next(label for label in others.labels if label.startswith("Kling 3.0 Turbo · $"))
        await journey.go(dear)
        agreed = await ivan.sees_text("снимет Kling 3.0 Turbo")
        assert f"✅ Да{dear.removeprefix('Kling 3.0 Turbo')}" in agreed.labels
        await journey.go("← Назад")
        assert (await ivan.sees_text("Какая модель снимет")).labels == others.labels
        await journey.go(f"✏️ Переформулировать {number}")
        await ivan.sees_text("Напишите иначе")
        await journey.go(["Спокойное море на рассвете."])
        agreed = await ivan.sees_text("такими словами")
        await journey.go(next(label for label in agreed.labels if "Да" in label))
        film = await ivan.sees_video(within_s=30)
        journey.tell()
    assert film.seconds == 10
    assert not any("Kling 2.5 Turbo" in label for label in others.labels)
    assert others.labels[-3].endswith("· бесплатно")
