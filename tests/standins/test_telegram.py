"""The Telegram stand-in, driven by aiogram's own bot and dispatcher, and by persons who write to it."""

import io
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import aiohttp
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto
from PIL import Image

from storyreel.media.boxes import box
from storyreel.standins.fixtures import Standin
from storyreel.standins.telegram import Telegram

CLIP = box(b"ftyp", b"isom") + box(b"moov") + box(b"mdat", bytes(5000))


def picture(width: int = 320, height: int = 180) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, "JPEG")
    return file.getvalue()


def upload(data: bytes, name: str = "film.mp4") -> BufferedInputFile:
    return BufferedInputFile(data, name)


def keys(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text=one, callback_data=one) for one in labels]])


@asynccontextmanager
async def bot_of(telegram: Telegram, token: str = "") -> AsyncGenerator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.url, is_local=telegram.rules.local))
    async with Bot(token or telegram.key, session=session) as bot:
        yield bot


async def test_a_person_and_a_bot_talk_and_the_transcript_tells_it(standin: Standin) -> None:
    telegram = await standin(Telegram)
    ann = telegram.person("Ann", language="ru")
    ann.says("/start")
    async with bot_of(telegram) as bot:
        (heard,) = await bot.get_updates()
        assert heard.message is not None
        assert heard.message.from_user is not None
        assert (heard.message.text, heard.message.from_user.language_code) == ("/start", "ru")
        menu = await bot.send_message(ann.id, "<b>Films</b> 🎬", parse_mode="HTML", reply_markup=keys("Make", "Help"))
        press = ann.presses("Make")
        (pressed,) = await bot.get_updates(offset=heard.update_id + 1)
        assert pressed.callback_query is not None
        await bot.answer_callback_query(pressed.callback_query.id, text="at once")
        await bot.edit_message_text("Making", chat_id=ann.id, message_id=menu.message_id)
        cover, small = upload(picture(640, 360), "cover.jpg"), upload(picture(), "small.jpg")
        film = await bot.send_video(
            ann.id,
            upload(CLIP),
            width=640,
            height=360,
            duration=5,
            caption="Done",
            cover=cover,
            thumbnail=small,
            supports_streaming=True,
        )
        await bot.send_media_group(ann.id, [InputMediaPhoto(media=upload(picture()), caption=f"{n}") for n in (1, 2)])
    assert press.answered == "at once"
    assert film.video is not None
    assert ann.transcript().splitlines() == [
        "Ann: /start",
        "bot (edited 1x): Making",
        "Ann: [Make]",
        "bot: (notice) at once",
        "bot: <video 640x360, 5 s, 5 kB, streams, cover, thumbnail>",
        "    Done",
        "bot: <album, picture 320x180, 2 kB>",
        "    1",
        "bot: <album, picture 320x180, 2 kB>",
        "    2",
    ]


async def test_the_log_never_shows_the_token(standin: Standin) -> None:
    telegram = await standin(Telegram)
    async with aiohttp.ClientSession() as session, session.get(f"{telegram.url}/bot{telegram.key}/nothing") as answer:
        assert (answer.status, (await answer.json())["description"]) == (404, "Not Found: method not found")
    assert [call.path for call in telegram.log] == ["/botTOKEN/nothing"]
