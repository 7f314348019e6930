"""A person in a chat with a bot: writes, sends pictures and files, presses buttons, and sees what the bot says."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from storyreel.domain.values import JSON
from storyreel.standins.telegram_bot import Bot, Press
from storyreel.standins.telegram_chats import Chat, Message
from storyreel.standins.telegram_files import as_jpeg
from storyreel.standins.telegram_oddities import ODDITIES, RECORDED
from storyreel.standins.telegram_rules import TEXT
from storyreel.standins.telegram_seen import Seen, seen_of
from storyreel.standins.telegram_transcript import transcript_of

T = TypeVar("T")

WITHIN_S = 10.0
ACTION = timedelta(seconds=5)
PHOTO_SIDE_PX = 1280
"""The longer side to which a person's app shrinks what it sends as a photo."""


class NotSeen(AssertionError):
    """What a person waited for did not come, or a button was not there; the message tells the chat."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group with the bot in it."""

    bot: Bot
    chat: Chat

    def upgrade(self) -> int:
        """Become a supergroup; its id. The bot is told, and the old id works no more."""
        moved = Chat(int(f"-100{abs(self.chat.id)}"), "supergroup", list(self.chat.people.values()), self.chat.title)
        self.bot.chats[moved.id] = moved
        sender = next(iter(self.chat.people.values()))
        left = self.chat.add(sender, self.bot.now(), {"migrate_to_chat_id": moved.id})
        came = moved.add(sender, self.bot.now(), {"migrate_from_chat_id": self.chat.id})
        self.chat.moved_to = moved.id
        for message in (left, came):
            self.bot.updates.put("message", message.told())
        return moved.id


class Person:
    """Somebody, in one chat; `at(group)` is the same person there."""

    def __init__(self, bot: Bot, user: dict[str, JSON], chat: Chat) -> None:
        self.bot, self.user, self.chat = bot, user, chat
        self.id, self.name = int(str(user["id"])), str(user["first_name"])
        self._since = chat.turn  # the chat's turn at which this person last did something

    def at(self, group: Group) -> "Person":
        """The same person in a group."""
        return Person(self.bot, self.user, group.chat)

    # What a person does.

    def says(self, text: str, *, to: Seen | None = None) -> None:
        """Write a text, as an answer to a message where one is given; the app sends one above 4096 characters in parts."""
        if len(text) > TEXT:
            cut = text.rfind(" ", 0, TEXT + 1)
            cut = cut if cut > 0 else TEXT
            self.says(text[:cut], to=to)
            self.says(text[cut:].lstrip(), to=to)
            return
        content: dict[str, JSON] = {"text": text}
        if text.startswith("/"):
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
        self._send(content, reply_to=to.id if to else 0)

    def sends_photo(self, data: bytes, caption: str = "") -> None:
        """Send a picture as a photo, which the app makes a JPEG of at most 1280 pixels."""
        self._send(self._photo(data) | _caption(caption))

    def sends_file(self, data: bytes, name: str, caption: str = "", media_type: str = "application/octet-stream") -> None:
        """Send a file as it is."""
        self._send(self._file(data, name, media_type) | _caption(caption))

    def sends_video(self, data: bytes, caption: str = "", *, size_px: tuple[int, int] = (640, 360), seconds: int = 1) -> None:
        """Send a clip as a video, of which the app tells size and length."""
        facts: dict[str, JSON] = {"width": size_px[0], "height": size_px[1], "duration": seconds, "mime_type": "video/mp4"}
        video: dict[str, JSON] = {"video": self.bot.files.keep_video(data, facts, streams=True).told()}
        self._send(video | _caption(caption))

    def sends_album(self, photos: Sequence[bytes], caption: str = "") -> None:
        """Send several photos at once; the caption is the first one's."""
        album = self.bot.cloud.new_id(17, "0123456789")
        for number, data in enumerate(photos):
            self._send(self._photo(data) | (_caption(caption) if number == 0 else {}), album=album)

    def sends(self, kind: str) -> None:
        """Send what is neither words nor a picture nor a file: a kind of `ODDITIES`, such as "sticker" or "location"."""
        self._send({kind: self._odd(kind)})

    def presses(self, label: str) -> Press:
        """Press the newest button with that label under a message that is still shown. Raises NotSeen."""
        for message in reversed(self.chat.shown):
            if button := _button(message.keyboard or [], label):
                return self._press(message, button)
        if _button(self.chat.replies, label):
            self.says(label)
            return Press("", self.bot.now(), self.chat, self.id, label, "")
        labels = [label for seen in self.sees() for label in seen.labels]
        raise NotSeen(f"{self.name} sees no button {label!r}; there are {labels}.\n\n{self.transcript()}")

    def edits(self, seen: Seen, text: str) -> None:
        """Change a text of one's own; the bot is told."""
        message = self.chat.messages[seen.id]
        self.chat.change(message, self.bot.now(), {"text": text}, None)
        self._since = message.turn
        if self._is_heard(message):
            self.bot.updates.put("edited_message", message.told())

    def blocks(self) -> None:
        """Block the bot, or put it out of the group: it may not write here any more."""
        private = self.chat.kind == "private"
        self.chat.forbidden = "bot was blocked by the user" if private else "bot was kicked from the group chat"
        self._tell_membership("member", "kicked")

    def unblocks(self) -> None:
        """Let the bot write again."""
        self.chat.forbidden = ""
        self._tell_membership("kicked", "member")

    def leaves_telegram(self) -> None:
        """Delete the account with Telegram."""
        self.chat.forbidden = "user is deactivated"

    # What a person sees.

    def sees(self) -> list[Seen]:
        """The messages that are shown, oldest first."""
        return [seen_of(self.bot, message) for message in self.chat.shown]

    async def waits_for(
        self, wanted: Callable[[Seen], bool], what: str, *, within_s: float = WITHIN_S, ever: bool = False
    ) -> Seen:
        """The newest message of the bot's that is as wanted, and came or was edited since this person last did something.

        `ever`: or before. Raises NotSeen where there is none within the time.
        """
        since = 0 if ever else self._since

        def newest() -> Seen | None:
            news = (one for one in reversed(self.chat.shown) if one.of_bot and one.turn > since)
            return next((seen for seen in (seen_of(self.bot, one) for one in news) if wanted(seen)), None)

        return await self.until(newest, what, within_s=within_s)

    async def sees_text(self, text: str, *, within_s: float = WITHIN_S, ever: bool = False) -> Seen:
        """A message with that in its text or caption."""
        return await self.waits_for(lambda seen: text in seen.text, f"text {text!r}", within_s=within_s, ever=ever)

    async def sees_button(self, label: str, *, within_s: float = WITHIN_S, ever: bool = False) -> Seen:
        """A message with that button under it."""
        return await self.waits_for(lambda seen: label in seen.labels, f"button {label!r}", within_s=within_s, ever=ever)

    async def sees_video(self, *, within_s: float = WITHIN_S, ever: bool = False) -> Seen:
        """A video."""
        return await self.waits_for(lambda seen: seen.kind == "video", "video", within_s=within_s, ever=ever)

    async def sees_picture(self, *, within_s: float = WITHIN_S, ever: bool = False) -> Seen:
        """A picture."""
        return await self.waits_for(lambda seen: seen.kind == "photo", "picture", within_s=within_s, ever=ever)

    async def sees_answer(self, press: Press, *, within_s: float = WITHIN_S) -> str:
        """What the bot said to a press of a button, which may be nothing. Raises NotSeen where it did not answer."""
        return await self.until(lambda: press.answered, f"answer to [{press.label}]", within_s=within_s)

    async def until(self, found: Callable[[], T | None], what: str, *, within_s: float = WITHIN_S) -> T:
        """What is found in this chat, at once or after something happened there. Raises NotSeen."""
        try:
            async with asyncio.timeout(within_s):
                while (one := found()) is None:
                    await self.chat.changes()
                return one
        except TimeoutError as error:
            raise NotSeen(f"{self.name} saw no {what} within {within_s:g} s.\n\n{self.transcript()}") from error

    def sees_action(self) -> str:
        """What the bot says that it does now, such as "upload_video"; empty: nothing, or it was 5 seconds ago."""
        action = self.chat.action
        return action[0] if action and self.bot.now() - action[1] <= ACTION else ""

    def transcript(self, *, whole: bool = False) -> str:
        """The chat as text; `whole`: with each edit as it came, instead of the last text and their number."""
        return transcript_of(self.bot, self.chat, self.id, whole=whole)

    # How it reaches the bot.

    def _send(self, content: dict[str, JSON], *, album: str = "", reply_to: int = 0) -> Message:
        if self.chat.kind == "private":
            self.bot.chats.setdefault(self.chat.id, self.chat)
        message = self.chat.add(self.user, self.bot.now(), content, album=album, reply_to=reply_to)
        self._since = message.turn
        if self._is_heard(message):
            self.bot.updates.put("message", message.told())
        return message

    def _is_heard(self, message: Message) -> bool:
        """Whether the bot is told: in a group only of commands, answers to it, and where it is named."""
        if self.chat.kind == "private" or self.bot.reads_all:
            return True
        text = str(message.content.get("text") or message.content.get("caption") or "")
        answered = self.chat.messages.get(message.reply_to)
        command, _, named = text.partition(" ")[0].partition("@")
        meant = command.startswith("/") and named in {"", self.bot.username}
        return meant or f"@{self.bot.username}" in text or (answered is not None and answered.of_bot)

    def _tell_membership(self, was: str, is_now: str) -> None:
        when = int(self.bot.now().timestamp())
        before, after = (_member(self.bot.user, status) for status in (was, is_now))
        body: dict[str, JSON] = {"chat": self.chat.told(), "from": self.user, "date": when}
        body |= {"old_chat_member": before, "new_chat_member": after}
        self.bot.updates.put("my_chat_member", body)

    def _press(self, message: Message, button: dict[str, JSON]) -> Press:
        label, data = str(button["text"]), button.get("callback_data")
        if button.get("disabled") is not None:
            raise NotSeen(f"The button {label!r} is disabled.\n\n{self.transcript()}")
        press = Press(self.bot.cloud.new_id(18, "0123456789"), self.bot.now(), self.chat, self.id, label)
        self._since = self.chat.note(self.name, press.shown, self.id).turn
        if isinstance(data, str):
            self.bot.presses[press.id] = press
            body: dict[str, JSON] = {"id": press.id, "from": self.user, "message": message.told()}
            self.bot.updates.put("callback_query", body | {"chat_instance": str(self.chat.id), "data": data})
        else:
            press.answered = str(button.get("url") or "")
        return press

    def _photo(self, data: bytes) -> dict[str, JSON]:
        return {"photo": [size.told() for size in self.bot.files.keep_photo(as_jpeg(data, most_px=PHOTO_SIDE_PX))]}

    def _odd(self, kind: str) -> JSON:
        facts = ODDITIES[kind]
        return self.bot.files.keep(kind, kind.encode(), dict(facts)).told() if kind in RECORDED else dict(facts)

    def _file(self, data: bytes, name: str, media_type: str) -> dict[str, JSON]:
        facts: dict[str, JSON] = {"file_name": name, "mime_type": media_type}
        return {"document": self.bot.files.keep("document", data, facts, ending=name.rpartition(".")[2]).told()}


def _button(rows: list[JSON], label: str) -> dict[str, JSON] | None:
    """The first button with that label."""
    buttons = (button for row in rows if isinstance(row, list) for button in row)
    return next((button for button in buttons if isinstance(button, dict) and button["text"] == label), None)


def _member(user: dict[str, JSON], status: str) -> dict[str, JSON]:
    """A `ChatMember`: one of the chat, or put out of it for good."""
    member: dict[str, JSON] = {"status": status, "user": user}
    return member if status == "member" else member | {"until_date": 0}


def _caption(text: str) -> dict[str, JSON]:
    return {"caption": text} if text else {}
