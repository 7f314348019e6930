"""What happened in a chat: messages, edits, presses of buttons, in order; and who waits to see more."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from storyreel.domain.values import JSON

FACTS: dict[str, dict[str, JSON]] = {"group": {"all_members_are_administrators": False}, "supergroup": {}, "private": {}}
MEDIA = ("photo", "video", "document")


Version: TypeAlias = tuple[int, dict[str, JSON], list[JSON] | None]
"""A message as it was from that turn on: its content and its buttons."""


@dataclass(slots=True, eq=False)
class Message:
    """A message as it stands now."""

    chat: "Chat"
    id: int
    sender: dict[str, JSON]  # a User
    when: datetime
    content: dict[str, JSON]  # text or a medium, and what belongs to it
    turn: int  # of the chat, when it came or was last edited
    keyboard: list[JSON] | None = None  # rows of buttons under it
    album: str = ""
    reply_to: int = 0
    edited: datetime | None = None
    past: "list[Version]" = field(default_factory=list)  # what it was before each edit
    gone: bool = False

    @property
    def medium(self) -> str:
        """What it carries: "photo", "video", "document"; empty: a text."""
        return next((kind for kind in MEDIA if kind in self.content), "")

    @property
    def came(self) -> int:
        """The chat's turn at which it came."""
        return self.past[0][0] if self.past else self.turn

    @property
    def of_bot(self) -> bool:
        """Whether a bot wrote it."""
        return self.sender["is_bot"] is True

    def told(self, *, reply: bool = True) -> dict[str, JSON]:
        """As a `Message` of the Bot API."""
        body: dict[str, JSON] = {"message_id": self.id, "from": self.sender, "chat": self.chat.told()}
        body |= {"date": int(self.when.timestamp()), **self.content}
        if self.edited:
            body["edit_date"] = int(self.edited.timestamp())
        if self.album:
            body["media_group_id"] = self.album
        if self.keyboard:
            body["reply_markup"] = {"inline_keyboard": self.keyboard}
        if reply and self.reply_to in self.chat.messages:
            body["reply_to_message"] = self.chat.messages[self.reply_to].told(reply=False)
        return body


@dataclass(frozen=True, slots=True)
class Act:
    """Something in a chat that is no message: a press of a button, or what the bot answered to it."""

    turn: int
    who: str
    text: Callable[[], str]  # empty: nothing to be seen
    only_for: int  # the person who sees it


class Chat:
    """One chat of one bot, private or a group."""

    def __init__(self, id: int, kind: str, people: list[dict[str, JSON]], title: str = "") -> None:
        self.id, self.kind, self.title = id, kind, title
        self.people = {int(str(person["id"])): person for person in people}
        self.messages: dict[int, Message] = {}
        self.acts: list[Act] = []
        self.action: tuple[str, datetime] | None = None  # what the bot does now: "upload_video"
        self.replies: list[JSON] = []  # rows of the keyboard of replies that is shown
        self.forbidden = ""  # why the bot may not speak here; empty: it may
        self.moved_to = 0  # the supergroup that this group became
        self.turn = 0
        self._last = 0
        self._waiting: list[asyncio.Future[None]] = []

    def told(self) -> dict[str, JSON]:
        """As a `Chat` of the Bot API."""
        if self.kind != "private":
            return {"id": self.id, "type": self.kind, "title": self.title, **FACTS[self.kind]}
        person = next(iter(self.people.values()))
        names = ("first_name", "last_name", "username")
        return {"id": self.id, "type": "private"} | {name: person[name] for name in names if name in person}

    def add(
        self,
        sender: dict[str, JSON],
        when: datetime,
        content: dict[str, JSON],
        *,
        keyboard: list[JSON] | None = None,
        album: str = "",
        reply_to: int = 0,
    ) -> Message:
        """A new message."""
        self._last += 1
        message = Message(self, self._last, sender, when, content, self._next(), keyboard, album, reply_to)
        self.messages[message.id] = message
        return message

    def change(self, message: Message, when: datetime, content: dict[str, JSON], keyboard: list[JSON] | None) -> None:
        """Edit a message."""
        message.past.append((message.turn, message.content, message.keyboard))
        message.content, message.keyboard, message.edited = content, keyboard, when
        message.turn = self._next()

    def remove(self, message: Message) -> None:
        """Delete a message; what it said is kept for the transcript."""
        message.gone = True
        self._next()

    def show_replies(self, markup: Mapping[str, JSON] | None) -> None:
        """A keyboard of replies comes, or goes."""
        rows = (markup or {}).get("keyboard")
        if isinstance(rows, list):
            self.replies = rows
        elif (markup or {}).get("remove_keyboard") is True:
            self.replies = []

    def note(self, who: str, text: Callable[[], str], only_for: int) -> Act:
        """Something that is no message, and that one person sees."""
        act = Act(self._next(), who, text, only_for)
        self.acts.append(act)
        return act

    @property
    def shown(self) -> list[Message]:
        """The messages that are still there, oldest first."""
        return [message for message in self.messages.values() if not message.gone]

    async def changes(self) -> None:
        """Return when something happens here."""
        waiting = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        await waiting

    def _next(self) -> int:
        self.turn += 1
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            if not one.done():
                one.set_result(None)
        return self.turn
