"""aiogram's own bot at the Telegram stand-in, and what it sends."""

import io
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import aiohttp
from PIL import Image

from storyreel.media.boxes import box
from storyreel.standins.fixtures import Standin
from storyreel.standins.telegram import Telegram

if TYPE_CHECKING:
    from aiogram import Bot
    from aiogram.types import BufferedInputFile, InlineKeyboardMarkup

CLIP = box(b"ftyp", b"isom") + box(b"moov") + box(b"mdat", bytes(5000))
TOKEN = "7000000002:AAEstandin-0002-abcdefghijklmnopqrs"


def picture(width: int = 320, height: int = 180, kind: str = "JPEG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, kind)
    return file.getvalue()


def upload(data: bytes, name: str = "film.mp4") -> "BufferedInputFile":
    from aiogram.types import BufferedInputFile

    return BufferedInputFile(data, name)


def keys(*labels: str) -> "InlineKeyboardMarkup":
    from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text=one, callback_data=one) for one in labels]])


@asynccontextmanager
async def bot_of(telegram: Telegram, token: str = "") -> "AsyncGenerator[Bot]":
    from aiogram import Bot
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

    class Session(AiohttpSession):
        """aiogram's own, which when it is closed waits a quarter of a second for TLS, of which there is none here."""

        async def close(self) -> None:
            if self._session is not None:
                await self._session.close()

    session = Session(api=TelegramAPIServer.from_base(telegram.url, is_local=telegram.rules.local))
    async with Bot(token or telegram.key, session=session) as bot:
        yield bot


async def told(telegram: Telegram, method: str, **params: Any) -> tuple[int, Any]:
    """A call as any client makes it: parameters as JSON."""
    url = f"{telegram.url}/bot{telegram.key}/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, json=params) as answer:
        body = await answer.json()
        assert body["ok"] is (answer.status == 200)
        return answer.status, body["result"] if body["ok"] else body["description"]


async def begun(standin: Standin) -> tuple[Telegram, int]:
    """A stand-in, and a chat that was begun."""
    telegram = await standin(Telegram)
    ann = telegram.person("Ann")
    ann.says("/start")
    return telegram, ann.id
