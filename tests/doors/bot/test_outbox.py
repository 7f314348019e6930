"""The way out to chats: uploads that break off are asked about, and what a webhook brings is heard."""

import asyncio
import socket
from pathlib import Path

import aiohttp
import pytest

from storyreel.settings import Settings
from storyreel.standins.faults import Kind
from storyreel.standins.fixtures import Standin
from storyreel.standins.kling import Kling
from storyreel.standins.telegram import Telegram
from storyreel.standins.telegram_rules import LOCAL
from storyreel.studio import Studio
from tests.doors.bot.conftest import PACE, Bots, Journey
from tests.doors.bot.test_bad_days import to_summary

pytestmark = pytest.mark.journey


async def test_flood_waits_are_obeyed_and_a_film_of_which_nobody_heard_is_asked_about_and_not_sent_twice(
    telegram: Telegram, bots: Bots, standin: Standin, tmp_path: Path
) -> None:
    bots.knows(await standin(Kling))
    ivan = telegram.person("Иван", language="ru")
    journey = Journey(ivan, tmp_path / "doubt.txt")
    async with bots.running(telegram_local=True):  # though the server is none that reads files here
        telegram.faults.add("rate_limited", Kind.CREATE, count=2, after=4, retry_after_s=3)
        telegram.faults.add("rate_limited", Kind.OTHER, probability=0.2, retry_after_s=2)
        await to_summary(journey)
        await ivan.sees_text("снимается", ever=True)
        for fault in ("reset_after", "internal"):
            telegram.faults.add(fault, Kind.CREATE, count=1)
            await ivan.sees_text("Он выше?", within_s=30)
            telegram.faults.clear()
            await journey.go("Его нет: отправить ещё раз")
        await ivan.sees_video()
        journey.tell()
    assert not telegram.floods


async def test_a_webhook_is_heard_by_its_secret_alone(telegram: Telegram, tmp_path: Path) -> None:
    from storyreel.doors.bot.running import open_bot
    from storyreel.doors.bot.webhook import hear

    ann, stop = telegram.person("Ann"), asyncio.Event()
    telegram.rules = LOCAL  # which takes a webhook without TLS
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    settings = Settings(telegram_bot_token=telegram.key, telegram_api_url=telegram.url, pace=PACE)  # pyright: ignore[reportArgumentType]
    async with open_bot(Studio(tmp_path / "home", settings=settings)) as serving:
        hearing = asyncio.create_task(hear(serving, f"http://127.0.0.1:{port}/telegram", ("127.0.0.1", port), stop))
        await asyncio.sleep(0.2)
        ann.says("/start")
        await ann.sees_text("I make films")
        async with aiohttp.ClientSession() as stranger, stranger.post(f"http://127.0.0.1:{port}/telegram", json={}) as refused:
            assert refused.status == 401
        stop.set()
        await hearing


async def test_a_chat_that_waited_for_all_the_others_has_no_more_at_once_than_any(telegram: Telegram) -> None:
    from aiogram import Bot
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.methods import SendMessage

    from storyreel.doors.bot.outbox import Outbox

    people = [telegram.person(f"Person {number}") for number in range(60)]
    for person in people:
        person.says("/start")
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.url))
    async with Bot(telegram.key, session=session) as api:
        outbox = Outbox(api, pace=PACE)
        ann, *others = [person.id for person in people]
        await asyncio.gather(
            *(outbox.send(one, SendMessage(chat_id=one, text="hello")) for one in others),
            *(outbox.send(ann, SendMessage(chat_id=ann, text=str(number))) for number in range(8)),
        )
        await outbox.close()
    assert len(people[0].sees()) == 9  # with what she wrote
    # a second of all chats together is 20 ms here, within which connections are still opened
    assert not [flood for flood in telegram.floods if flood.limit == "chat"]


async def test_what_is_said_once_the_bot_is_closed_opens_no_connection_again(telegram: Telegram, bots: Bots) -> None:
    from aiogram.exceptions import TelegramNetworkError
    from aiogram.methods import GetMe

    async with bots.running() as serving:
        api = serving.booth.api

    with pytest.raises(TelegramNetworkError, match="the bot is closed"):
        await api(GetMe())
