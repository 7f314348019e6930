"""Pictures in a chat: brought to life by a tool, as references, and those that cannot be used."""

import io
from pathlib import Path

import pytest
from PIL import Image

from storyreel.standins.fixtures import Standin
from storyreel.standins.kling import Kling
from storyreel.standins.telegram import Telegram
from storyreel.standins.vsegpt import Vsegpt
from tests.doors.bot.conftest import Bots, Journey
from tests.media.huge import huge_png

pytestmark = pytest.mark.journey


def picture(colour: str, kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (640, 360), colour).save(file, kind)
    return file.getvalue()


async def test_a_picture_becomes_a_video_through_a_tool_that_the_bot_knows_only_by_its_description(
    telegram: Telegram, bots: Bots, standin: Standin, tmp_path: Path
) -> None:
    vsegpt = await standin(Vsegpt)
    bots.knows(vsegpt)
    ann = telegram.person("Аня", language="ru")
    journey = Journey(ann, tmp_path / "tool.txt")
    async with bots.running(bot_unpriced=True):
        await journey.go(["/start"], "🧰 Инструменты", "Haiper (видео)")
        await ann.sees_text("картинку")
        ann.says("а что это?")
        await ann.sees_text("⚠️ Нужна картинка")
        ann.sends_photo(picture("teal"))
        await ann.sees_text("двигаться")
        await journey.go(["снег идёт"], "✅ Снимать · цена неизвестна")
        film = await ann.sees_video(within_s=30)
        journey.tell()
    assert film.seconds
    assert len(vsegpt.submissions) == 1


async def test_a_film_resembles_the_pictures_of_an_album_and_what_is_no_picture_is_told(
    telegram: Telegram, bots: Bots, standin: Standin, tmp_path: Path
) -> None:
    kling = await standin(Kling)
    bots.knows(kling)
    wei = telegram.person("Wei", language="zh")
    journey = Journey(wei, tmp_path / "references.txt")
    async with bots.running():
        await journey.go(["/start"], "📎 按参考图")
        await wei.sees_text("请发送一到三张")
        wei.sends_file(b"no picture at all", "cat.png")
        await wei.sees_text("⚠️ 无法读取")
        wei.sends_file(huge_png(8000, 6000), "cat.png")
        await wei.sees_text("PNG 最多读取 33.2 百万像素")
        wei.sends_file(bytes(21 * 1024 * 1024), "cat.png")
        await wei.sees_text("20 MB")
        wei.sends_album([picture("teal"), picture("red")])
        await wei.sees_text("已有 2 张图片")
        await journey.go("下一步 →")
        chosen = await wei.sees_text("用哪个模型")
        await journey.go(next(label for label in chosen.labels if "⭐" in label), "下一步 →")
        await wei.sees_text("影片里发生什么")
        await journey.go(["一只猫走过屋顶"], "1", "5 秒", "下一步 →")
        await wei.sees_picture()
        await journey.go("下一步 →")
        summary = await wei.sees_text("最多")
        await journey.go(next(label for label in summary.labels if "开拍" in label))
        film = await wei.sees_video(within_s=30)
        journey.tell()
    assert "花费 $" in film.text
    assert len(kling.submissions) == 1


async def test_a_picture_begins_a_film_that_the_day_s_money_bounds_and_that_is_stopped_and_gone_on_with(
    telegram: Telegram, bots: Bots, standin: Standin, tmp_path: Path
) -> None:
    kling = await standin(Kling)
    bots.knows(kling)
    ann = telegram.person("Ann")
    journey = Journey(ann, tmp_path / "animate.txt")
    async with bots.running(bot_budget=0.3):
        ann.sends_photo(picture("teal"), "Snow falls slowly")
        await ann.sees_text("Which model")
        await journey.go("Kling 2.5 Turbo · $0.042/s", "1080p")
        await ann.sees_button("✓ 1080p")
        await journey.go("Next →")
        await ann.sees_text("So far: Snow falls slowly")
        await journey.go("Next →", "10 s")
        await ann.sees_button("✓ 10 s")
        await journey.go("Next →")
        dear = await ann.sees_text("you have $0.30 left today")  # in the summary itself
        assert not any("✅" in label for label in dear.labels)
        await journey.go("✂️ Make it shorter", "5 s")
        await ann.sees_button("✓ 5 s")
        await journey.go("← Back")
        await ann.sees_text("What moves")
        await journey.go("← Back", "720p")
        await ann.sees_button("✓ 720p")
        await journey.go("Next →")
        await ann.sees_text("What moves")
        await journey.go("Next →")
        await ann.sees_text("How long?")
        await journey.go("Next →", "✅ Make it · $0.21")
        await ann.sees_text("Making it")
        await journey.go("Stop")
        await ann.sees_text("was stopped")
        await journey.go("Go on with it")
        asked = await ann.waits_for(lambda seen: any(label.startswith("✅ Yes") for label in seen.labels), "price")
        await journey.go(next(label for label in asked.labels if label.startswith("✅ Yes")))  # free where its shot had come
        film = await ann.sees_video(within_s=30)
        journey.tell()
    assert "Spent: $0.21" in film.text
