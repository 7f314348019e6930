"""Whole journeys through a chat, from /start to the film, told as a person sees them. Requirements B1, B6, F12."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from storyreel.domain.values import JSON, Language
from storyreel.library import chats
from storyreel.standins.fixtures import Standin
from storyreel.standins.kling import Kling
from storyreel.standins.telegram import Telegram
from storyreel.standins.telegram_person import Person
from storyreel.standins.telegram_rules import LOCAL
from tests.doors.bot.conftest import Bots, Journey

if TYPE_CHECKING:
    from storyreel.doors.bot.booth import Booth

pytestmark = pytest.mark.journey

STORY = "An old keeper walks to the lighthouse."
FREE = "Animatic (embedded engine) · free"
PAID = "Kling 3.0 Turbo"
MOST_BYTES, NOTHING = 340_000, 1_000
"""What Telegram takes here: less than the film has."""


async def test_a_film_from_words_is_drawn_and_comes_as_a_video_and_a_tool_of_another_package_makes_its_poster(
    telegram: Telegram, bots: Bots, tmp_path: Path, installed: None
) -> None:
    ann = telegram.person("Ann")
    journey = Journey(ann, tmp_path / "text.txt")
    async with bots.running(bot_users="", public_url="https://films.example.org") as bot:
        await journey.go(["/start"], "🎬 A film from text", FREE, "1:1", "Next →")
        await ann.sees_text("Describe the film")
        await journey.go([STORY], "1", "4 s", "Next →")
        await ann.sees_picture()
        await journey.go("Next →", "✅ Make it")
        film = await ann.sees_video(within_s=30)
        await journey.go(["/start"], "🧰 Tools", "Poster")
        asked = await ann.sees_text("Of which film?")
        await journey.go(asked.labels[0])
        poster = await ann.sees_picture()
        await ann.sees_text("path: ")
        told = journey.tell()
        await broken_off_while_a_tool_began(bot.booth, ann)
    async with bots.running(bot_users="") as bot:
        await ann.sees_video()
        assert len(await bot.booth.studio.films()) == 1
    assert (poster.width_px, poster.height_px) == (720, 720)
    assert "path: /" not in told
    assert (film.streams, film.cover, film.thumbnail) == (True, True, True)
    assert (film.width_px, film.height_px, film.seconds) == (720, 720, 4)
    assert "It cost nothing." in film.text
    assert "Open on the site" in film.labels
    assert not telegram.floods


async def broken_off_while_a_tool_began(booth: "Booth", ann: Person) -> None:
    """The bot ended between a tool's film, here the one there is, and what was to be told of it."""
    from storyreel.doors.bot.talk import Talk

    (film,) = await booth.studio.films()
    told: dict[str, JSON] = {"prompt": "A cat."}
    talk = Talk(
        language=Language.ENGLISH, screen="toolbegin", working=True, asked=film.created, tool={"id": "video"}, arguments=told
    )
    text, place = talk.model_dump_json(), booth.place(ann.id, ann.id)
    await booth.database.write(chats.keep_talk, place, text, booth.now(), working=True)
    ann.sends("dice")  # what is seen from here on is new


async def cannot_be_used(ann: Person, kind: str, wanted: str) -> None:
    """What is neither words nor a picture is answered, with what is wanted instead."""
    ann.sends(kind)
    answer = await ann.waits_for(lambda seen: seen.text.startswith("⚠️"), f"an answer to {kind}")
    assert "understand words and pictures" in answer.text or "please write" in answer.text
    assert wanted in answer.text


async def test_every_step_can_be_gone_back_from_and_left_and_tells_what_it_wants(
    telegram: Telegram, bots: Bots, tmp_path: Path
) -> None:
    from storyreel.doors.bot.following import Following
    from storyreel.doors.bot.steps import steps_of
    from storyreel.doors.bot.talk import Talk

    ann = telegram.person("Ann")
    journey = Journey(ann, tmp_path / "back.txt")
    async with bots.running() as bot:
        await journey.go([f"{'A dog sleeps. ' * 350}A ship answers."])  # leaves the app in two parts
        await ann.sees_text("One model")
        await cannot_be_used(ann, "sticker", "One model")
        await journey.go(FREE)
        await ann.sees_text("Sound, quality")
        await cannot_be_used(ann, "dice", "Sound, quality")
        await journey.go("Next →")
        whole = await ann.sees_text("Describe the film")
        assert (whole.text.count("A ship answers."), "A dog sleeps." in whole.text) == (1, True)
        await cannot_be_used(ann, "voice", "Describe the film")
        await journey.go([STORY])
        await ann.sees_text("How long is each shot")
        await cannot_be_used(ann, "location", "How long is each shot")
        await journey.go("1", "4 s", "Next →")
        await ann.sees_button("✏️ Change the shots")
        await cannot_be_used(ann, "contact", "1 shot, 0:04")
        await journey.go("✏️ Change the shots", "1")
        await ann.sees_text("Write what it shows instead")
        await cannot_be_used(ann, "video_note", "Write what it shows instead")
        await journey.go("← Back", "1")
        await ann.sees_text("Write what it shows instead")
        await journey.go(["A dog sleeps on the beach."])
        shot = await ann.sees_picture()
        assert "A dog sleeps" in shot.text
        await journey.go("Next →")
        await ann.sees_button("✅ Make it")
        await cannot_be_used(ann, "sticker", "Summary")
        for seen in ("Change the shots", "How long is each shot", "Describe the film", "Sound, quality and shape", "One model"):
            await journey.go("← Back")
            await ann.waits_for(lambda one, seen=seen: seen in one.text or any(seen in label for label in one.labels), seen)
        await journey.go("← Back")
        await ann.sees_text("I make films")
        await journey.go("🖼 Bring a picture to life")
        await ann.sees_text("Send the picture")
        await cannot_be_used(ann, "audio", "Send the picture")
        await journey.go("✖️ Cancel")
        await ann.sees_text("I make films")
        journey.tell()
        for screen, step in steps_of(Following(bot.booth)).items():
            for working in {False, step.work is not None}:
                place, talk = bot.booth.place(ann.id, ann.id), Talk(language=Language.ENGLISH, screen=screen, working=working)
                await bot.booth.database.write(chats.keep_talk, place, talk.model_dump_json(), bot.booth.now(), working=False)
                ann.says("/cancel")
                await ann.sees_text("I make films")


async def test_a_paid_film_is_made_for_the_price_that_was_told_fits_into_telegram_and_a_shot_of_it_is_made_again(
    telegram: Telegram, bots: Bots, standin: Standin, tmp_path: Path
) -> None:
    from storyreel.doors.bot.booth import Limits

    kling = await standin(Kling)
    bots.knows(kling)
    ivan = telegram.person("Иван", language="ru")
    journey = Journey(ivan, tmp_path / "paid.txt")
    telegram.rules = replace(telegram.rules, upload_bytes=MOST_BYTES)
    async with bots.running(limits=Limits(upload_bytes=MOST_BYTES), public_url="https://films.example.org"):
        await journey.go(["/start"], "🎬 Фильм по тексту")
        models = await ivan.sees_text("Какая модель")
        assert models.labels[0].startswith("⭐")
        await journey.go(next(label for label in models.labels if PAID in label))
        await ivan.sees_button("🚫 4K")
        await journey.go("🚫 4K", "Дальше →")
        await ivan.sees_text("Опишите фильм")
        await journey.go(["Смотритель идёт к маяку. Начинается буря."], "2", "5 с", "Дальше →")
        await ivan.sees_button("▶️ Черновик, бесплатно")
        await journey.go("Дальше →")
        summary = await ivan.sees_text("не больше")
        await journey.go(next(label for label in summary.labels if "Снимать" in label))
        await ivan.sees_video(within_s=30)
        await journey.go("🎞 Без сжатия")
        link = await ivan.sees_button("⬇️ Скачать")
        await journey.go("🔁 Переснять кадр")
        await ivan.sees_text("переснять?")
        await journey.go("1")
        await ivan.sees_text("Новый дубль кадра 1")
        await journey.go("← Назад")
        await ivan.sees_text("переснять?")
        await journey.go("2")
        agreed = await ivan.sees_text("Новый дубль кадра 2")
        telegram.rules = replace(telegram.rules, upload_bytes=NOTHING)
        await journey.go(next(label for label in agreed.labels if "Да" in label))
        await ivan.sees_button("⬇️ Скачать", within_s=30)
        (kept,) = (bots.home / "work" / "lighter").iterdir()
        telegram.rules = replace(telegram.rules, upload_bytes=MOST_BYTES)
        await journey.go(["/films"])
        films = await ivan.sees_text("Ваши фильмы")
        await journey.go(films.labels[0])
        film = await ivan.sees_video(within_s=30)
        await journey.go(["/balance"], ["/films"])
        films = await ivan.sees_text("Ваши фильмы")
        await journey.go(films.labels[0])
        again = await ivan.sees_video()
    telegram.rules = LOCAL
    async with bots.running(telegram_local=True):
        await journey.go("🎞 Без сжатия")
        whole = await ivan.waits_for(lambda seen: seen.kind == "document", "the film's own file", within_s=20)
        journey.tell()
    assert again.file is film.file
    assert not kept.exists()  # what was made to fit for the first try was sent in the second
    assert whole.name.endswith(".mp4")
    assert whole.size > MOST_BYTES
    assert not [*(bots.home / "work" / "telegram").iterdir()]
    assert len(kling.submissions) == 3
    assert "Потрачено $1.68" in film.text
    assert film.size < MOST_BYTES
    assert "Сжат" in film.text
    assert "сутки" in link.text
    assert not telegram.floods
