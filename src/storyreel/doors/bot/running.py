"""The bot as a process: opened with its studio, fed by long polling or by a webhook, ended tidily."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.exceptions import TelegramAPIError, TelegramNetworkError, TelegramUnauthorizedError
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    DeleteWebhook,
    EditMessageText,
    GetUpdates,
    Response,
    SendChatAction,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    SendVideo,
    SetMyCommands,
    TelegramMethod,
)
from aiogram.methods.base import TelegramType
from aiogram.types import BotCommand, User
from aiogram.utils.token import TokenValidationError
from typing_extensions import override

from storyreel.domain.errors import AuthenticationFailed, LineBusy, ProviderUnavailable
from storyreel.domain.values import Language
from storyreel.doors.bot.booth import CLOUD, OWN_SERVER, Booth, Limits
from storyreel.doors.bot.film_buttons import FilmButtons
from storyreel.doors.bot.following import Following
from storyreel.doors.bot.guests import Guests, named
from storyreel.doors.bot.outbox import Outbox
from storyreel.doors.bot.steps import steps_of
from storyreel.doors.bot.talking import Talking
from storyreel.doors.bot.updates import Updates
from storyreel.doors.bot.voice import Voice
from storyreel.doors.server.seal import Seal, secret_of
from storyreel.library import chats
from storyreel.library.home import Home
from storyreel.production.lease import Lease
from storyreel.studio import Studio
from storyreel.tools.toolbox import Toolbox

ALLOWED = ["message", "callback_query"]
SETTING = "TELEGRAM_BOT_TOKEN"
CONNECTIONS = 100
METHODS = (SendMessage, EditMessageText, AnswerCallbackQuery, SendChatAction, DeleteMessage, SendVideo, SendPhoto, SendMediaGroup)
ANSWERS = tuple(Response[method.__returning__] for method in (*METHODS, GetUpdates))
"""The shapes of Telegram's answers, held here: pydantic forgets one that nobody holds, and makes it anew in 6 ms."""

Clock: TypeAlias = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Serving:
    """A bot that is open."""

    booth: Booth
    me: User
    dispatcher: Dispatcher
    problems: tuple[str, ...]  # tools that were left out, a sentence each


@asynccontextmanager
async def open_bot(
    studio: Studio, *, limits: Limits | None = None, toolbox: Toolbox | None = None, now: Clock = lambda: datetime.now(UTC)
) -> AsyncGenerator[Serving]:
    """A bot while the block runs: films and dialogs go on where they were; updates are fed by whoever opened it.

    Raises AuthenticationFailed, ProviderUnavailable, StoreUnusable, LineBusy (another process here serves that bot).
    """
    async with studio, AsyncExitStack() as last_first:
        api = await last_first.enter_async_context(_api(studio))
        me = await _me(api)
        line = await studio.line()
        last_first.callback(_sole(line.home, me).give_back)
        stop = asyncio.Event()
        if studio.sharing.by_workers:
            working = asyncio.create_task(studio.work(stop))
            last_first.push_async_callback(_ended, working, stop)
        else:
            await studio.restart()
        booth = await _booth(studio, api, limits, toolbox or Toolbox.here(), now)
        last_first.push_async_callback(booth.outbox.close)
        following = Following(booth)
        talking = Talking(booth, steps_of(following))
        last_first.push_async_callback(following.close)
        last_first.push_async_callback(talking.close)
        dispatcher = Dispatcher(disable_fsm=True)
        dispatcher.include_router(Updates(booth, talking, FilmButtons(booth, talking, following)).router())
        await following.take_up()
        await talking.take_up()
        line.observer.note("bot.opened", bot=me.username)
        yield Serving(booth, me, dispatcher, booth.toolbox.problems)


async def poll(serving: Serving, stop: asyncio.Event) -> None:
    """Ask Telegram for news until `stop` is set."""
    api = serving.booth.api
    await api(DeleteWebhook())
    await tell_commands(serving.booth)
    polling = asyncio.ensure_future(
        serving.dispatcher.start_polling(api, handle_signals=False, close_bot_session=False, allowed_updates=ALLOWED)
    )
    stopped = asyncio.ensure_future(stop.wait())
    await asyncio.wait((polling, stopped), return_when=asyncio.FIRST_COMPLETED)
    if not polling.done():
        await serving.dispatcher.stop_polling()
    stopped.cancel()
    await polling


async def tell_commands(booth: Booth) -> None:
    """Have Telegram show the commands, in each language."""
    for language in Language:
        said = Voice(language)
        told = {
            "start": said("the menu"),
            "films": said("your films"),
            "balance": said("what you have left today"),
            "site": said("your films on the site"),
            "settings": said("the language"),
            "help": said("what this bot can do"),
            "cancel": said("leave what you are at"),
        }
        for tool in booth.toolbox.tools:
            if tool.dialog is not None:
                told |= {name: said(does) for name, does in tool.dialog.commands.items()}
        commands = [BotCommand(command=name, description=text[:256]) for name, text in told.items()]
        code = None if language is Language.ENGLISH else language.value
        await booth.outbox.free(SetMyCommands(commands=commands, language_code=code))


async def _booth(studio: Studio, api: Bot, limits: Limits | None, toolbox: Toolbox, now: Clock) -> Booth:
    from storyreel.production.drawings import Drawings

    settings, line = studio.settings, await studio.line()
    secret = settings.secret.get_secret_value() if settings.secret else None

    async def moved(before: int, after: int) -> None:
        await line.database.write(chats.move_chat, api.id, before, after)

    return Booth(
        studio=studio,
        database=line.database,
        blobs=line.blobs,
        api=api,
        outbox=Outbox(api, pace=settings.pace, moved=moved),
        guests=Guests(line.database, named(settings.bot_users), settings.bot_budget, settings.bot_films, now),
        drawings=Drawings(),
        toolbox=toolbox,
        seal=Seal(await asyncio.to_thread(secret_of, secret, line.home.root)),
        now=now,
        observer=line.observer,
        public_url=(settings.public_url or "").rstrip("/"),
        limits=limits or (OWN_SERVER if settings.telegram_local else CLOUD),
        local=settings.telegram_local,
    )


class _Session(AiohttpSession):
    """Once it is over it stays closed: what a handler still has to say would open it again, and nobody would close that."""

    over = False

    @override
    async def make_request(self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None) -> TelegramType:
        if self.over:
            raise TelegramNetworkError(method=method, message="the bot is closed")
        return await super().make_request(bot, method, timeout)


@asynccontextmanager
async def _api(studio: Studio) -> AsyncGenerator[Bot]:
    """The way to Telegram. Raises AuthenticationFailed where no token is set, or it is none."""
    settings = studio.settings
    if settings.telegram_bot_token is None:
        problem, otherwise = "The bot has no token", "ask @BotFather in Telegram for one"
        raise AuthenticationFailed(provider="telegram", setting=SETTING, problem=problem, otherwise=otherwise)
    url, local = settings.telegram_api_url, settings.telegram_local
    server = TelegramAPIServer.from_base(url, is_local=local) if url else PRODUCTION
    session = _Session(api=server, limit=CONNECTIONS)
    try:
        api = Bot(settings.telegram_bot_token.get_secret_value(), session=session)
    except TokenValidationError as error:
        raise AuthenticationFailed(provider="telegram", setting=SETTING, refused=True, otherwise="ask @BotFather") from error
    async with api:
        try:
            yield api
        finally:
            session.over = True


def _sole(home: Home, me: User) -> Lease:
    """What only one process has for a bot: two would send every film twice. Raises LineBusy, StoreUnusable."""
    lease = Lease(home.root / f"bot-{me.id}.lock")
    if not lease.try_take():
        raise LineBusy(home=home.root, pid=lease.owner(), bot=me.username)
    return lease


async def _me(api: Bot) -> User:
    try:
        return await api.me()
    except TelegramUnauthorizedError as error:
        raise AuthenticationFailed(provider="telegram", setting=SETTING, refused=True, otherwise="ask @BotFather") from error
    except (TelegramNetworkError, TelegramAPIError) as error:
        raise ProviderUnavailable(provider="telegram", detail=str(error)) from error


async def _ended(working: asyncio.Task[None], stop: asyncio.Event) -> None:
    """Once what is being sent is sent."""
    stop.set()
    await working
