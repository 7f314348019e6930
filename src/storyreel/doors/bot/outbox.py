"""Everything that leaves for chats, as slowly as Telegram wants it: about a message a second in a chat, 20 a minute in a group.

New messages wait for their turn and are never lost; of edits of one message only the latest is sent. Where Telegram says how
long to wait, all of that chat waits so long, and edits that only tell progress are dropped.
Source: Bot API FAQ on limits; what it refuses, with 429 and `retry_after`.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import EditMessageText, TelegramMethod

T = TypeVar("T")

CHAT_S, CHAT_BURST = 1.05, 3
GROUP_S, GROUP_BURST = 3.6, 3  # 20 in any minute
ALL_S, ALL_BURST = 1 / 25, 4  # 30 in any second
AGAIN_S = (1.0, 2.0, 5.0, 10.0, 30.0)
"""Before a message is sent again that did not reach Telegram."""
FLIGHT_S = 10.0  # after which an upload does not hold others up any more
REMEMBERED = 5000  # messages of which it is known what they say
GONE = ("chat not found", "user is deactivated", "peer_id_invalid")
LOST = ("message to edit not found", "message can't be edited", "message_id_invalid", "there is no text in the message")


class ChatGone(Exception):
    """Nobody can be told anything in that chat any more: the bot was blocked, or removed."""


@dataclass(slots=True)
class Lane:
    """How many messages may go now: `burst` at once, then one each `every_s` seconds; no time passes while one is on its way."""

    burst: float
    every_s: float
    left: float
    at: float  # up to when time was counted
    blocked_until: float = 0.0
    flying: int = 0
    flown_at: float = 0.0  # when the first of those on their way left

    def wait_s(self, now: float) -> float:
        """How long the next one has to wait, at the least."""
        late = self.flying and now - self.flown_at < FLIGHT_S
        counted = self.flown_at if late else now
        if counted > self.at:
            self.left = min(self.burst, self.left + (counted - self.at) / self.every_s)
            self.at = counted
        return max((1 - self.left) * self.every_s, self.blocked_until - now, 0.0)

    @contextmanager
    def flight(self, clock: Callable[[], float]) -> Generator[None]:
        """What is on its way counts from when it arrived, which is at the latest when it is answered."""
        if not self.flying:
            self.flown_at = clock()
        self.flying += 1
        try:
            yield
        finally:
            self.flying -= 1
            if not self.flying and clock() - self.flown_at < FLIGHT_S:
                self.at = clock()

    def idle(self, now: float) -> bool:
        """Whether it is as if nothing had ever been sent."""
        return not self.flying and now > self.blocked_until and self.left + (now - self.at) / self.every_s >= self.burst


@dataclass(slots=True)
class _Edit:
    """What a message is to say."""

    method: EditMessageText
    print: str
    passing: bool
    lost: Callable[[], Awaitable[None]] | None


@dataclass(slots=True)
class _Chat:
    """What waits for one chat."""

    lane: Lane
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    edits: "OrderedDict[int, _Edit]" = field(default_factory=OrderedDict[int, _Edit])
    editing: asyncio.Task[None] | None = None


class Outbox:
    """The one way out to chats, of one bot. `pace`: how many times faster than Telegram's limits, for stand-ins."""

    def __init__(
        self,
        bot: Bot,
        *,
        pace: float = 1.0,
        moved: Callable[[int, int], Awaitable[None]] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._bot, self._pace, self._moved, self._clock = bot, pace, moved, clock
        self._chats: dict[int, _Chat] = {}
        self._all = Lane(ALL_BURST, ALL_S / pace, ALL_BURST, clock())
        self._all_turn = asyncio.Lock()
        self._said: OrderedDict[tuple[int, int], str] = OrderedDict()

    async def send(self, chat: int, method: TelegramMethod[T], *, timeout_s: int | None = None, again: bool = True) -> T:
        """What Telegram answers, once it is this message's turn. Without `again`, one that may have arrived is not sent twice.

        Raises ChatGone, TelegramNetworkError where it may or may not have arrived, and other errors of Telegram's.
        """
        tries = iter(AGAIN_S)
        while True:
            place = self._place(chat)
            await self._turn(place)
            try:
                with place.lane.flight(self._clock):
                    return await self._bot(method, request_timeout=timeout_s)
            except TelegramRetryAfter as error:
                self._block(place, error.retry_after)
            except TelegramMigrateToChat as error:
                chat = await self._follow(chat, error.migrate_to_chat_id)
                method = method.model_copy(update={"chat_id": chat})
            except (TelegramNetworkError, TelegramServerError):
                wait_s = next(tries, None)
                if wait_s is None or not again:
                    raise
                await asyncio.sleep(wait_s / self._pace)
            except (TelegramForbiddenError, TelegramBadRequest) as error:
                raise _gone(error) from error

    async def free(self, method: TelegramMethod[T]) -> T | None:
        """What is no message and has no limit: the answer to a button, a sign; None where it was refused."""
        try:
            return await self._bot(method)
        except TelegramAPIError:
            return None

    def edit(
        self,
        chat: int,
        message: int,
        method: EditMessageText,
        *,
        passing: bool = False,
        lost: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """Have a message say something else, soon; a later edit takes the place of one that waits.

        `passing`: it may be dropped where Telegram has enough of us. `lost` is called where the message is not there any more.
        """
        print = method.model_dump_json(exclude_none=True, exclude_defaults=True, fallback=str)
        place = self._place(chat)
        waiting = place.edits.get(message)
        if waiting is None and self._said.get((chat, message)) == print:
            return
        place.edits[message] = _Edit(method, print, passing, lost)
        if place.editing is None or place.editing.done():
            place.editing = asyncio.create_task(self._edit_all(chat, place))

    async def close(self) -> None:
        """Send what waits to be edited and is no mere progress."""
        for place in list(self._chats.values()):
            for message in [number for number, edit in place.edits.items() if edit.passing]:
                place.edits.pop(message, None)
        await asyncio.gather(*(place.editing for place in self._chats.values() if place.editing), return_exceptions=True)

    async def _edit_all(self, chat: int, place: _Chat) -> None:
        while place.edits:
            await self._turn(place)
            if not place.edits:
                return
            message, edit = place.edits.popitem(last=False)
            try:
                with place.lane.flight(self._clock):
                    await self._bot(edit.method)
                self._remember(chat, message, edit.print)
            except TelegramRetryAfter as error:
                self._block(place, error.retry_after)
                if not edit.passing:
                    place.edits.setdefault(message, edit)
            except (TelegramNetworkError, TelegramServerError):
                if not edit.passing:
                    place.edits.setdefault(message, edit)
                await asyncio.sleep(AGAIN_S[0] / self._pace)
            except TelegramAPIError as error:
                if edit.lost is not None and any(word in str(error).lower() for word in LOST):
                    await edit.lost()

    async def _turn(self, place: _Chat) -> None:
        """Wait until one more message may go into that chat, and anywhere."""
        async with place.turn:
            await self._wait(place.lane)
            async with self._all_turn:
                await self._wait(self._all)
                self._all.left -= 1
            place.lane.wait_s(self._clock())  # what passed while all chats together had to wait counts before this one
            place.lane.left -= 1

    async def _wait(self, lane: Lane) -> None:
        while (wait_s := lane.wait_s(self._clock())) > 0:  # noqa: ASYNC110  time passes, and nothing happens
            await asyncio.sleep(wait_s)

    def _place(self, chat: int) -> _Chat:
        if chat not in self._chats:
            self._forget()
            every_s, burst = (GROUP_S, GROUP_BURST) if chat < 0 else (CHAT_S, CHAT_BURST)
            self._chats[chat] = _Chat(Lane(burst, every_s / self._pace, burst, self._clock()))
        return self._chats[chat]

    def _forget(self) -> None:
        """Let go of chats in which nothing waits."""
        if len(self._chats) < REMEMBERED:
            return
        now = self._clock()
        self._chats = {
            chat: place
            for chat, place in self._chats.items()
            if place.edits or place.turn.locked() or not place.lane.idle(now) or (place.editing and not place.editing.done())
        }

    def _block(self, place: _Chat, seconds: float) -> None:
        place.lane.blocked_until = max(place.lane.blocked_until, self._clock() + seconds / self._pace)

    def _remember(self, chat: int, message: int, print: str) -> None:
        self._said[chat, message] = print
        self._said.move_to_end((chat, message))
        if len(self._said) > REMEMBERED:
            self._said.popitem(last=False)

    async def _follow(self, before: int, after: int) -> int:
        """A group became another; what is known of it goes with it."""
        if self._moved is not None:
            await self._moved(before, after)
        return after


def _gone(error: TelegramAPIError) -> Exception:
    """What an error means for the chat."""
    if isinstance(error, TelegramForbiddenError) or any(word in str(error).lower() for word in GONE):
        return ChatGone(str(error))
    return error
