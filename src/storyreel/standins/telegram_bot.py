"""A bot as Telegram knows it: its token, its chats, its files, what it is to be told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from storyreel.domain.values import JSON
from storyreel.standins.telegram_chats import Chat, Message
from storyreel.standins.telegram_files import Files
from storyreel.standins.telegram_flood import FloodControl
from storyreel.standins.telegram_hooks import Hook
from storyreel.standins.telegram_params import Params
from storyreel.standins.telegram_refusals import Forbidden, Migrated, bad
from storyreel.standins.telegram_updates import Updates

if TYPE_CHECKING:
    from storyreel.standins.telegram import Telegram


@dataclass(slots=True)
class Press:
    """A press of a button: the query that the bot is to answer."""

    id: str
    when: datetime
    chat: Chat
    person_id: int
    label: str
    answered: str | None = None  # what the bot said to it, often nothing; None: it did not answer yet

    def answer_with(self, text: str, *, alert: bool) -> None:
        """What the bot says to it, for a moment or as something to be closed."""
        self.answered = text
        self.chat.note("bot", lambda: f"({'alert' if alert else 'notice'}) {text}" if text else "", self.person_id)

    def shown(self) -> str:
        """As a transcript shows it: without an answer, the button goes on turning."""
        return f"[{self.label}]" if self.answered is not None else f"[{self.label}] (not answered)"


@dataclass(slots=True)
class Profile:
    """What the bot told of itself."""

    commands: dict[str, list[JSON]] = field(default_factory=dict[str, list[JSON]])  # by scope and language
    texts: dict[str, str] = field(default_factory=dict[str, str])
    menu_button: JSON = None


class Bot:
    """One bot, and everything that belongs to it."""

    def __init__(self, cloud: "Telegram", id: int, token: str, username: str, name: str) -> None:
        self.cloud, self.id, self.token, self.username, self.name = cloud, id, token, username, name
        self.now: Callable[[], datetime] = cloud.now
        self.files = Files(lambda: f"{id:x}{cloud.new_id(16)}")
        self.updates = Updates(cloud.now, lambda: cloud.rules, first=100_000_001)
        self.flood_control = FloodControl(lambda: cloud.now().timestamp() * cloud.speed, cloud.now)
        self.hook = Hook(self.updates, lambda: cloud.rules, cloud.now)
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, Press] = {}
        self.profile = Profile()
        self.reads_all = False  # in groups, what is not said to it

    @property
    def user(self) -> dict[str, JSON]:
        """The bot as a `User`."""
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}

    def chat(self, params: Params, name: str = "chat_id") -> Chat:
        """The chat that a call is for, where the bot may speak. Raises Refused."""
        told = params.text(name)
        if not told:
            raise bad(f"{name} is empty")
        chat = self.chats.get(params.whole(name))
        if chat is None:
            raise bad("chat not found")
        if chat.moved_to:
            raise Migrated(chat.moved_to)
        if chat.forbidden:
            raise Forbidden(chat.forbidden)
        return chat

    def message(self, params: Params, what: str) -> Message:
        """The bot's message that a call is about. Raises Refused, saying `what` it was to be for."""
        chat = self.chat(params)
        message = chat.messages.get(params.whole("message_id"))
        if not params.text("message_id"):
            raise bad("message identifier is not specified")
        if message is None or message.gone:
            raise bad(f"message to {what} not found")
        return message

    def count(self, method: str, chat: Chat, messages: int = 1) -> None:
        """Count what is sent. Raises Refused RATE_LIMITED where it is too much."""
        self.flood_control.send(self.cloud.rules, method, chat.id, messages)

    async def close(self) -> None:
        """Nobody waits for it any more, and it tells nobody."""
        self.updates.close()
        await self.hook.stop()
