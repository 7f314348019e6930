"""The Telegram stand-in: the Bot API as a bot sees it, and persons who write to the bot and press its buttons.

    async with Telegram() as telegram:
        ann = telegram.person("Ann", language="ru")
        ann.says("/start")                                  # the bot, at telegram.url with telegram.key, hears of it
        menu = await ann.sees_text("фильм", within_s=5)
        ann.presses("🎬 Фильм по тексту")
        print(ann.transcript())

`telegram.rules` are its limits, to be replaced by smaller ones; `telegram.floods` tells when the bot sent too much.
"""

import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

from aiohttp import web

from storyreel.domain.values import JSON
from storyreel.standins.clips import Studio
from storyreel.standins.cloud import ORDER, Cloud
from storyreel.standins.faults import Fault, Faults, Kind
from storyreel.standins.refusals import Refusal, Refused
from storyreel.standins.telegram_bot import Bot
from storyreel.standins.telegram_chats import Chat
from storyreel.standins.telegram_edits import DELETES, EDITS, answer_query
from storyreel.standins.telegram_files import Stored
from storyreel.standins.telegram_flood import Flood
from storyreel.standins.telegram_params import params_of
from storyreel.standins.telegram_person import Group, Person
from storyreel.standins.telegram_refusals import told
from storyreel.standins.telegram_rest import LOOKS, SETTINGS, get_updates
from storyreel.standins.telegram_rules import Rules
from storyreel.standins.telegram_sends import SENDS, Method, send_chat_action
from storyreel.standins.telegram_simulation import add_simulation

METHODS: Mapping[Kind, Mapping[str, Method]] = {
    Kind.CREATE: SENDS,
    Kind.LOOK: {"getUpdates": get_updates},
    Kind.LIST: LOOKS,
    Kind.CANCEL: {**EDITS, **DELETES},
    Kind.OTHER: {**SETTINGS, "answerCallbackQuery": answer_query, "sendChatAction": send_chat_action},
}
"""By what a fault may be asked for: what sends, what waits for updates, what only asks, what edits and deletes, the rest."""
FIRST_PERSON, FIRST_GROUP = 5_000_001, -4_000_001


class Telegram(Cloud):
    """Telegram with one bot, or more."""

    name = "telegram"
    key = "7000000001:AAEstandin-0001-abcdefghijklmnopqrs"
    bot_name: ClassVar[str] = "storyreel_bot"

    def __init__(
        self,
        *,
        speed: float = 1.0,
        seed: int = 0,
        faults: Faults | None = None,
        studio: Studio | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        rules: Rules | None = None,
    ) -> None:
        super().__init__(speed=speed, seed=seed, faults=faults, studio=studio, clock=clock)
        self.rules = rules or Rules()
        self.bots: dict[str, Bot] = {}
        self.people: dict[int, Person] = {}
        self._disk: tempfile.TemporaryDirectory[str] | None = None
        self.bot = self.add_bot(self.key, self.bot_name, "Storyreel")

    # For those who play.

    def add_bot(self, token: str, username: str, name: str) -> Bot:
        """One more bot; its files and chats are its own."""
        bot = Bot(self, int(token.partition(":")[0]), token, username, name)
        self.bots[token] = bot
        return bot

    def person(self, name: str, *, language: str = "en", bot: Bot | None = None) -> Person:
        """Somebody with a private chat with the bot."""
        id = FIRST_PERSON + len(self.people)
        user: dict[str, JSON] = {"id": id, "is_bot": False, "first_name": name, "language_code": language}
        of = bot or self.bot
        person = self.people[id] = Person(of, user, Chat(id, "private", [user]))
        return person

    def group(self, title: str, *people: Person) -> Group:
        """A group of these persons and the bot of the first."""
        bot = people[0].bot
        id = FIRST_GROUP - sum(chat.kind == "group" for chat in bot.chats.values())
        chat = bot.chats[id] = Chat(id, "group", [person.user for person in people], title)
        return Group(bot, chat)

    @property
    def floods(self) -> list[Flood]:
        """Every call that was refused since too much was sent, the injected ones not among them."""
        return [flood for bot in self.bots.values() for flood in bot.flood_control.floods]

    # The cloud.

    def environment(self, url: str) -> dict[str, str]:
        """The bot's settings."""
        return {"TELEGRAM_BOT_TOKEN": self.key, "TELEGRAM_API_URL": url}

    def credential(self, request: web.Request) -> str | None:
        """The token, which stands in the path."""
        return request.match_info.get("token")

    def accepts(self, credential: str) -> bool:
        """Whether there is a bot with that token."""
        return credential in self.bots

    def shown_path(self, request: web.Request) -> str:
        """The path without the token."""
        token = self.credential(request)
        return request.path.replace(token, "TOKEN") if token else request.path

    def error(self, refused: Refused) -> web.Response:
        """`ok: false`, with a code, words, and what to do."""
        status, body = told(refused)
        return web.json_response(body, status=status)

    def add_routes(self, app: web.Application) -> None:
        """One path for each kind of method, whose names may be written in any case."""
        for kind, methods in METHODS.items():
            known = {name.lower(): (name, method) for name, method in methods.items()}
            path = f"/bot{{token}}/{{method:(?i:{'|'.join(known)})}}"

            async def served(request: web.Request, known: Mapping[str, tuple[str, Method]] = known) -> web.Response:
                return await self._call(request, known[request.match_info["method"].lower()][1])

            self.on(app, "*", path, kind, served)
        add_simulation(app, self)
        self.on(app, "GET", "/file/bot{token}/{path:.+}", Kind.FETCH, self._send_file)
        self.on(app, "*", "/bot{token}/{method:[^/]*}", Kind.OTHER, self._unknown)

    async def stop(self) -> None:
        """Stop listening; whoever waits for updates is let go."""
        for bot in self.bots.values():
            await bot.close()
        await super().stop()
        if self._disk is not None:
            self._disk.cleanup()
            self._disk = None

    def path_of(self, bot: Bot, stored: Stored) -> str:
        """Where a file is: below the bot's address, or, at a server of one's own, on its disk."""
        if not self.rules.local:
            return stored.path
        self._disk = self._disk or tempfile.TemporaryDirectory(prefix="standin-telegram-")
        path = Path(self._disk.name) / str(bot.id) / stored.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(stored.bytes())
        return str(path)

    async def _call(self, request: web.Request, method: Method) -> web.Response:
        params = await params_of(request)
        if params.size() > self.rules.upload_bytes:
            raise Refused(Refusal.TOO_LARGE)
        bot = self.bots[request.match_info["token"]]
        return web.json_response({"ok": True, "result": await method(bot, params)})

    async def _send_file(self, request: web.Request) -> web.Response:
        stored, order = self.bots[request.match_info["token"]].files.at(request.match_info["path"]), request.get(ORDER)
        dead = order is not None and order.fault is Fault.EXPIRED_LINK
        life = timedelta(seconds=self.rules.link_life_s)
        if stored is None or stored.opened is None or self.now() - stored.opened > life or dead or self.rules.local:
            raise Refused(Refusal.NOT_FOUND)
        return web.Response(body=stored.bytes(), content_type="application/octet-stream")

    async def _unknown(self, _request: web.Request) -> web.Response:
        raise Refused(Refusal.NOT_FOUND, "method not found")
