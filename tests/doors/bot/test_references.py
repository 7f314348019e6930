"""Films from pictures in a chat: their words cut into shots; with no words, called and told in the person's language."""

from pathlib import Path

import pytest

from storyreel.standins.fixtures import Standin
from storyreel.standins.kling import Kling
from storyreel.standins.telegram import Telegram
from tests.doors.bot.conftest import Bots, Journey
from tests.doors.bot.test_pictures import picture

pytestmark = pytest.mark.journey

ALBUM = [picture("teal"), picture("red"), picture("navy")]


async def test_the_words_of_a_film_from_pictures_are_cut_into_its_shots(
    telegram: Telegram, bots: Bots, standin: Standin, tmp_path: Path
) -> None:
    bots.knows(await standin(Kling))
    ann = telegram.person("Ann")
    journey = Journey(ann, tmp_path / "cut.txt")
    async with bots.running():
        ann.sends_album(ALBUM, "A cat walks over the roof. It jumps into a garden.")
        models = await ann.sees_text("Which model")
        await journey.go(next(label for label in models.labels if "⭐" in label), "Next →")
        await ann.sees_text("So far: A cat walks")
        await journey.go("Next →", "3", "5 s", "Next →")
        await ann.sees_button("▶️ A draft, free")
        captions = [seen.text.partition("\n")[2] for seen in ann.sees() if seen.by_bot and seen.kind == "photo"]
        journey.tell()
    assert len(set(captions)) == len(captions) == 3
    assert not any("roof" in one and "garden" in one for one in captions)


async def test_a_film_from_pictures_without_words_speaks_the_person_s_language_and_may_have_music(
    telegram: Telegram, bots: Bots, standin: Standin, tmp_path: Path
) -> None:
    bots.knows(await standin(Kling))
    ivan = telegram.person("Иван", language="ru")
    journey = Journey(ivan, tmp_path / "wordless.txt")
    async with bots.running() as bot:
        ivan.sends_album(ALBUM)
        models = await ivan.sees_text("Какая модель")
        await journey.go(next(label for label in models.labels if "⭐" in label), "Дальше →")
        await ivan.sees_text("Что происходит")
        await journey.go("Дальше →", "1", "5 с", "Дальше →")
        drawn = await ivan.sees_picture()
        board = await ivan.sees_button("▶️ Черновик, бесплатно")
        await journey.go("Дальше →")
        summary = await ivan.sees_text("не больше")
        await journey.go(next(label for label in summary.labels if "Снимать" in label))
        film = await ivan.sees_video(within_s=30)
        (made,) = await bot.booth.studio.films()
        journey.tell()
    assert "как на ваших картинках" in drawn.text
    assert "«Фильм по картинкам»" in board.text
    assert "«Фильм по картинкам»" in film.text
    assert "<<<image_1>>>" in made.storyboard.shots[0].prompt
    assert "music" not in made.storyboard.shots[0].prompt


async def test_a_picture_brought_to_life_without_words_is_called_so_in_the_person_s_language(
    telegram: Telegram, bots: Bots, tmp_path: Path
) -> None:
    wei = telegram.person("Wei", language="zh")
    journey = Journey(wei, tmp_path / "alive.txt")
    async with bots.running():
        wei.sends_photo(picture("teal"))
        models = await wei.sees_text("模型")
        await journey.go(models.labels[0], "下一步 →")
        await wei.sees_text("什么在动")
        await journey.go("下一步 →", "4 秒", "下一步 →", "✅ 开拍")
        film = await wei.sees_video(within_s=30)
        journey.tell()
    assert film.text.startswith("《画面动了起来》")
