"""The persons of the Telegram stand-in: in private and in groups, in Python and by address."""

import asyncio
from typing import Any

import aiohttp
import pytest

from storyreel.standins.fixtures import Standin
from storyreel.standins.telegram import Telegram
from storyreel.standins.telegram_person import NotSeen
from tests.standins.bots import CLIP, begun, bot_of, keys, picture

pytestmark = pytest.mark.journey


async def test_who_blocks_the_bot_is_not_written_to_and_a_group_moves(standin: Standin) -> None:
    from aiogram.exceptions import TelegramForbiddenError, TelegramMigrateToChat

    telegram, chat_id = await begun(standin)
    ann = telegram.people[chat_id]
    film_club = telegram.group("Film club", ann)
    async with bot_of(telegram) as bot:
        ann.blocks()
        with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
            await bot.send_message(chat_id, "1")
        ann.unblocks()
        await bot.send_message(chat_id, "2")
        statuses = [one.my_chat_member.new_chat_member.status for one in await bot.get_updates() if one.my_chat_member]
        assert statuses == ["kicked", "member"]
        moved = film_club.upgrade()
        with pytest.raises(TelegramMigrateToChat) as refused:
            await bot.send_message(film_club.chat.id, "3")
        assert refused.value.migrate_to_chat_id == moved
        assert (await bot.send_message(moved, "3")).chat.type == "supergroup"


async def test_in_a_group_the_bot_hears_what_is_for_it_and_a_notice_is_for_who_pressed(standin: Standin) -> None:
    telegram = await standin(Telegram)
    ann, ben = telegram.person("Ann"), telegram.person("Ben")
    film_club = telegram.group("Film club", ann, ben)
    ann, ben = ann.at(film_club), ben.at(film_club)
    async with bot_of(telegram) as bot:
        ben.says("hello everyone")
        ann.says("/film@storyreel_bot")
        ann.says("/film@other_bot")
        question = await bot.send_message(film_club.chat.id, "What about?", reply_markup=keys("Cancel"))
        ann.says("a lighthouse", to=ann.sees()[-1])
        press = ben.presses("Cancel")
        heard = await bot.get_updates()
        assert [one.message.text for one in heard if one.message] == ["/film@storyreel_bot", "a lighthouse"]
        assert heard[-1].callback_query is not None
        assert heard[-1].callback_query.from_user.first_name == "Ben"
        await bot.answer_callback_query(press.id, text="Ann began it.", show_alert=True)
        await question.delete()
    assert "Ben: [Cancel]\nbot: (alert) Ann began it.\n" in ben.transcript()
    assert "[Cancel]\nbot:" not in ann.transcript()
    assert "bot (deleted): What about?" in ann.transcript()


async def test_a_person_sends_what_an_app_sends_and_uses_what_it_shows(standin: Standin) -> None:
    from aiogram.exceptions import TelegramForbiddenError
    from aiogram.types import (
        DisabledButton,
        InlineKeyboardButton,
        InlineKeyboardMarkup,
        KeyboardButton,
        ReplyKeyboardMarkup,
        ReplyKeyboardRemove,
    )

    telegram, chat_id = await begun(standin)
    ann = telegram.people[chat_id]
    async with bot_of(telegram) as bot:
        ann.sends_album([picture(1920, 1080), picture(100, 100, "PNG")], "both")
        ann.sends_video(CLIP, size_px=(640, 360), seconds=4)
        ann.edits(ann.sees()[0], "/begin")
        heard = await bot.get_updates(offset=100_000_002)
        first, second, clip = (one.message for one in heard if one.message)
        assert first is not None
        assert first.photo is not None
        assert [(one.width, one.height) for one in first.photo] == [(90, 51), (320, 180), (800, 450), (1280, 720)]
        assert second is not None
        assert (first.media_group_id, first.caption) == (second.media_group_id, "both")
        assert clip is not None
        assert clip.video is not None
        assert (clip.video.width, clip.video.duration) == (640, 4)
        assert heard[-1].edited_message is not None
        assert heard[-1].edited_message.text == "/begin"
        rows = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Menu")]])
        await bot.send_message(chat_id, "choose", reply_markup=rows)
        ann.presses("Menu")
        links = [
            InlineKeyboardButton(text="Site", url="https://x.test"),
            InlineKeyboardButton(text="4K", disabled=DisabledButton()),
        ]
        await bot.send_message(chat_id, "here", reply_markup=InlineKeyboardMarkup(inline_keyboard=[links]))
        assert ann.presses("Site").answered == "https://x.test"
        with pytest.raises(NotSeen, match="'4K' is disabled"):
            ann.presses("4K")
        assert [one.message.text for one in await bot.get_updates(offset=heard[-1].update_id + 1) if one.message] == ["Menu"]
        await bot.send_message(chat_id, "gone", reply_markup=ReplyKeyboardRemove())
        with pytest.raises(NotSeen, match="no button 'Menu'"):
            ann.presses("Menu")
        ann.leaves_telegram()
        with pytest.raises(TelegramForbiddenError, match="user is deactivated"):
            await bot.send_message(chat_id, "still there?")


async def test_what_persons_do_can_be_done_by_address(standin: Standin) -> None:
    from aiogram.exceptions import TelegramForbiddenError

    telegram = await standin(Telegram)
    async with bot_of(telegram) as bot, aiohttp.ClientSession(f"{telegram.url}/_standin/") as session:

        async def posted(path: str, **body: Any) -> Any:
            async with session.post(path, json=body) as answer:
                return await answer.json()

        ann = (await posted("people", name="Ann", language="zh"))["id"]
        await posted(f"people/{ann}/says", text="/start")
        form = aiohttp.FormData({"caption": "hers"})
        form.add_field("photo", picture(), filename="a.jpg", content_type="image/jpeg")
        async with session.post(f"people/{ann}/sends", data=form) as answer:
            assert await answer.json() is True
        await bot.send_message(ann, "Yes?", reply_markup=keys("Go"))
        pressing = asyncio.create_task(posted(f"people/{ann}/presses", label="Go"))
        query = (await bot.get_updates(offset=100_000_003, timeout=5))[-1].callback_query
        assert query is not None
        await bot.answer_callback_query(query.id, text="gone")
        assert await pressing == {"answer": "gone"}
        async with session.get(f"people/{ann}/sees?text=Yes&ever=true") as answer:
            assert (await answer.json())["buttons"] == [["Go"]]
        async with session.get(f"people/{ann}/transcript") as answer:
            said = await answer.text()
        club = (await posted("groups", title="Club", people=[ann]))["id"]
        await posted(f"people/{ann}/says", text="/film", group=club)
        await posted(f"people/{ann}/blocks")
        with pytest.raises(TelegramForbiddenError):
            await bot.send_message(ann, "x")
        assert (await posted("people/7/says", text="x"))["error_code"] == 404
        assert (await posted("rules", upload_bytes=1000))["upload_bytes"] == telegram.rules.upload_bytes == 1000
        assert (await posted("rules", upload_byte=1))["description"].startswith("Bad Request: there is no rule upload_byte;")
        assert (await posted("rules", upload_bytes="x"))["error_code"] == 400
        async with session.get("floods") as answer:
            assert await answer.json() == []
    assert said == "Ann: /start\nAnn: <picture 320x180, 2 kB>\n    hers\nbot: Yes?\n    [Go]\nAnn: [Go]\nbot: (notice) gone\n"
