"""How the Telegram stand-in tells a bot of updates, holds back floods, and meets faults; by aiogram's own bot and dispatcher."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from aiohttp import web

from storyreel.standins.fixtures import Standin
from storyreel.standins.telegram import Telegram
from storyreel.standins.telegram_rules import LOCAL
from tests.standins.bots import begun, bot_of, keys, picture, upload

pytestmark = pytest.mark.journey

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


async def polled(telegram: Telegram) -> None:
    """Return once the bot waits for updates."""
    async with asyncio.timeout(30):
        while not telegram.bot.updates.waited_for:  # noqa: ASYNC110  nobody tells that
            await asyncio.sleep(0)


async def test_many_persons_are_served_at_once_by_a_polling_dispatcher(standin: Standin) -> None:
    from aiogram import Bot, Dispatcher, F
    from aiogram.types import CallbackQuery, Message

    telegram = await standin(Telegram)
    dispatcher, shown = Dispatcher(), picture()

    @dispatcher.message(F.photo)
    async def got_picture(message: Message, bot: Bot) -> None:
        assert message.photo is not None
        file = await bot.download(message.photo[-1])
        assert file is not None
        await message.answer_photo(upload(file.read(), "same.jpg"), reply_markup=keys("More"))

    @dispatcher.callback_query()
    async def pressed(query: CallbackQuery) -> None:
        await query.answer()
        assert isinstance(query.message, Message)
        await query.message.edit_caption(caption=f"for {query.from_user.first_name}")

    async def comes(name: str) -> None:
        person = telegram.person(name)
        person.sends_photo(shown)
        assert (await person.sees_button("More")).width_px == 320
        assert not await person.sees_answer(person.presses("More"))
        assert (await person.sees_text(f"for {name}")).edits == 1

    async with bot_of(telegram) as bot:
        polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False, polling_timeout=5))
        await asyncio.gather(*(comes(f"Person {number}") for number in range(40)))
        await dispatcher.stop_polling()
        await polling
    assert not telegram.floods


async def test_updates_wait_a_day_are_confirmed_by_offset_and_come_as_allowed(standin: Standin) -> None:
    telegram, chat_id = await begun(standin)
    ann = telegram.people[chat_id]
    async with bot_of(telegram) as bot:
        assert len(await bot.get_updates()) == len(await bot.get_updates()) == 1
        ann.says("two")
        ann.says("three")
        last = (await bot.get_updates(offset=-1))[0]
        assert (last.message is not None, last.update_id) == (True, 100_000_003)
        assert await bot.get_updates(offset=last.update_id + 1, allowed_updates=["callback_query"]) == []
        ann.says("not heard")
        assert await bot.get_updates() == []
        assert await bot.get_updates(allowed_updates=[]) == []
        waiting = asyncio.create_task(bot.get_updates(timeout=20))
        await polled(telegram)
        ann.says("at once")
        assert len(await waiting) == 1
        telegram.advance(24 * 3600 + 1)
        assert await bot.get_updates() == []


async def test_only_one_consumer_has_the_updates(standin: Standin) -> None:
    from aiogram.exceptions import TelegramConflictError

    telegram, _ = await begun(standin)
    async with bot_of(telegram) as bot:
        (heard,) = await bot.get_updates()
        first = asyncio.create_task(bot.get_updates(offset=heard.update_id + 1, timeout=20))
        await polled(telegram)
        second = asyncio.create_task(bot.get_updates(timeout=20))
        with pytest.raises(TelegramConflictError, match="terminated by other getUpdates request"):
            await first
        await bot.set_webhook("https://a.invalid/hook")
        with pytest.raises(TelegramConflictError, match="terminated by setWebhook request"):
            await second
        with pytest.raises(TelegramConflictError, match="can't use getUpdates method while webhook is active"):
            await bot.get_updates()
        assert (await bot.get_webhook_info()).url == "https://a.invalid/hook"
        await bot.delete_webhook()
        assert await bot.get_updates() == []


async def test_a_webhook_is_told_in_order_with_its_secret_until_it_takes_each(standin: Standin) -> None:
    telegram, chat_id = await begun(standin)
    telegram.rules = replace(LOCAL, hook_backoff_s=(0.01, 0.02))
    seen: list[tuple[str, str]] = []
    enough = asyncio.Event()

    async def hook(request: web.Request) -> web.Response:
        body = await request.json()
        seen.append((request.headers["X-Telegram-Bot-Api-Secret-Token"], body["message"]["text"]))
        if len(seen) == 4:
            enough.set()
        return web.Response(status=500 if len(seen) < 3 else 200)

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app, handle_signals=False)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    async with bot_of(telegram) as bot:
        await bot.set_webhook("http://127.0.0.1:9/nobody")
        async with asyncio.timeout(30):
            while (refused := await bot.get_webhook_info()).last_error_message is None:  # noqa: ASYNC110  it is told to who asks
                await asyncio.sleep(0)
        assert (refused.last_error_message, refused.pending_update_count) == ("Connection refused", 1)
        await bot.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/hook", secret_token="s-1_A")
        telegram.people[chat_id].says("more")
        await asyncio.wait_for(enough.wait(), 30)
        told_of = await bot.get_webhook_info()
        assert told_of.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"
        await bot.delete_webhook()
    await runner.cleanup()
    assert seen == [("s-1_A", "/start")] * 3 + [("s-1_A", "more")]


async def test_too_many_messages_are_refused_counted_and_to_be_waited_for() -> None:
    from aiogram.exceptions import TelegramRetryAfter
    from aiogram.types import InputMediaPhoto

    telegram = Telegram(clock=lambda: NOON)
    async with telegram, bot_of(telegram) as bot:
        ann = telegram.person("Ann")
        ann.says("/start")
        chat_id, film_club = ann.id, telegram.group("Film club", ann)
        sent = await bot.send_message(chat_id, "1")
        await sent.edit_text("2")
        await sent.edit_text("3")
        with pytest.raises(TelegramRetryAfter) as refused:
            await sent.edit_text("4")
        assert refused.value.retry_after == 1
        with pytest.raises(TelegramRetryAfter):
            await bot.send_message(chat_id, "5")
        assert [(one.method, one.limit) for one in telegram.floods] == [("editMessageText", "chat"), ("sendMessage", "wait")]
        telegram.advance(2)
        await sent.edit_text("4")
        photo = InputMediaPhoto(media=upload(picture(), "a.jpg"))
        await bot.send_media_group(film_club.chat.id, [photo] * 10)
        await bot.send_media_group(film_club.chat.id, [photo] * 9)
        with pytest.raises(TelegramRetryAfter) as refused:
            await bot.send_media_group(film_club.chat.id, [photo] * 2)
        assert refused.value.retry_after == 60
        others = [telegram.person(f"Person {number}") for number in range(31)]
        for one in others:
            one.says("/start")
        answers = await asyncio.gather(*(bot.send_message(one.id, "x") for one in others), return_exceptions=True)
        assert sum(isinstance(answer, TelegramRetryAfter) for answer in answers) == 4
    assert [one.limit for one in telegram.floods[2:]] == ["group", *["all"] * 4]


async def test_a_fault_that_is_asked_for_happens_and_is_no_flood(standin: Standin) -> None:
    from aiogram.exceptions import TelegramNetworkError, TelegramRetryAfter, TelegramServerError

    telegram, chat_id = await begun(standin)
    telegram.faults.add("rate_limited", "create", count=1, retry_after_s=3)
    telegram.faults.add("reset_after", "create", count=1)
    telegram.faults.add("bad_gateway", "cancel", count=1)
    async with bot_of(telegram) as bot:
        with pytest.raises(TelegramRetryAfter) as refused:
            await bot.send_message(chat_id, "1")
        with pytest.raises(TelegramNetworkError):
            await bot.send_message(chat_id, "2")
        with pytest.raises(TelegramServerError):
            await bot.edit_message_text("3", chat_id=chat_id, message_id=2)
    assert (refused.value.retry_after, telegram.floods) == (3, [])
    assert [seen.text for seen in telegram.people[chat_id].sees()] == ["/start", "2"]
