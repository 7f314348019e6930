"""What Telegram tells the bot: messages, albums and buttons, handed on to whom they are for. Buttons are answered first."""

import asyncio
from dataclasses import dataclass, field

from aiogram import Router
from aiogram.methods import AnswerCallbackQuery
from aiogram.types import CallbackQuery, Message, User

from storyreel.domain.money import price_text
from storyreel.doors.bot.booth import Booth, owner
from storyreel.doors.bot.buttons import FILM, read_film_data
from storyreel.doors.bot.film_buttons import FilmButtons
from storyreel.doors.bot.intake import kept
from storyreel.doors.bot.rendering import new_message
from storyreel.doors.bot.shown import GREY, Shown
from storyreel.doors.bot.step import Incoming, Person, Turn
from storyreel.doors.bot.talk import MENU, Draft
from storyreel.doors.bot.talking import Talking
from storyreel.doors.bot.voice import Voice
from storyreel.library.chats import Place

ALBUM_S = 0.7  # in which the messages of one album come
LONGEST_ANSWER = 200
COMMANDS = ("start", "films", "balance", "settings", "help", "cancel")


@dataclass(slots=True)
class _Album:
    """The messages of an album that came so far."""

    messages: list[Message] = field(default_factory=list[Message])


class Updates:
    """Hands on what Telegram tells."""

    def __init__(self, booth: Booth, talking: Talking, films: FilmButtons) -> None:
        self._booth, self._talking, self._films = booth, talking, films
        self._albums: dict[str, _Album] = {}

    def router(self) -> Router:
        """Aiogram's router that calls us."""
        router = Router(name="storyreel")
        router.message.register(self.message)
        router.callback_query.register(self.button)
        return router

    async def message(self, message: Message) -> None:
        """A message of a person's."""
        sender = message.from_user
        if sender is None or sender.is_bot:
            return
        place, person = self._booth.place(message.chat.id, sender.id), _person(sender)
        if not self._booth.guests.may_use(person.user, person.name):
            await self._refuse(place, person)
            return
        text = message.text or ""
        if text.startswith("/"):
            await self._command(place, person, text)
        elif message.media_group_id:
            self._gather(place, person, message)
        else:
            await self._talking.heard(place, person, await self._incoming(place, person, [message]))

    async def button(self, query: CallbackQuery) -> None:
        """A button that a person pressed: it is answered before anything is done."""
        message, data = query.message, query.data or ""
        if message is None:
            await self._answer(query)
            return
        place, person = self._booth.place(message.chat.id, query.from_user.id), _person(query.from_user)
        talk = await self._talking.talk_of(place, person)
        said = self._booth.voice(talk.language)
        if not self._booth.guests.may_use(person.user, person.name):
            await self._answer(query, said("This bot is not open to you."))
        elif data.startswith(FILM):
            await self._film(query, place, person, said, data)
        elif talk.panel != message.message_id:
            await self._answer(query, said("These buttons are somebody else's, or from earlier. Write /start for new ones."))
        elif data.startswith(GREY):
            turn = Turn(self._booth, place, person, talk)
            await self._answer(query, self._talking.grey(turn, data.removeprefix(GREY)))
        else:
            await self._answer(query)
            await self._talking.pressed(place, person, talk, data)

    async def _film(self, query: CallbackQuery, place: Place, person: Person, said: Voice, data: str) -> None:
        verb, id, number = read_film_data(data)
        film = await self._films.film_of(person.user, id)
        if film is None:
            await self._answer(query, said("Only who asked for this film can do that."))
            return
        await self._answer(query)
        self._talking.beside(self._films.pressed(place, person, film, verb, number))

    async def _command(self, place: Place, person: Person, text: str) -> None:
        command = text[1:].partition(" ")[0].partition("@")[0].lower()
        talk = await self._talking.talk_of(place, person)
        said, tool = self._booth.voice(talk.language), self._booth.toolbox.of_command(command)
        screens = {"films": "films", "settings": "settings"}
        if command in screens:
            await self._talking.jump(place, person, talk.at(screens[command]))
        elif command == "balance":
            await self._say(place, await self._balance(place, person, said))
        elif command == "help":
            await self._say(place, _help(said))
        elif tool is not None:
            await self._talking.jump(place, person, talk.at("tool", working=True, tool={"id": tool.spec.id}))
        else:
            await self._talking.jump(place, person, talk.at(MENU, draft=Draft(), tool=None, arguments=None))

    async def _balance(self, place: Place, person: Person, said: Voice) -> str:
        purse = await self._booth.guests.purse(owner(place.user))
        if not self._booth.guests.may_pay(person.user, person.name):
            return said("Drafts are free for you, as many as you like. Paid models are not open to you here.")
        spent = purse.spent_usd + purse.promised_usd
        limit, left = price_text(purse.limit_usd), price_text(purse.left_usd)
        return said("Today: {spent} of {limit}; {left} left.", spent=price_text(spent), limit=limit, left=left)

    async def _refuse(self, place: Place, person: Person) -> None:
        talk = await self._talking.talk_of(place, person)
        said = self._booth.voice(talk.language)
        text = said("This bot is not open to you yet. Give its owner your number: {number}.", number=person.user)
        await self._say(place, text)

    async def _say(self, place: Place, text: str) -> None:
        await self._booth.outbox.send(place.chat, new_message(place.chat, Shown(text)))

    async def _answer(self, query: CallbackQuery, text: str = "") -> None:
        """Answer a button; with a text, that is shown."""
        answer = AnswerCallbackQuery(callback_query_id=query.id, text=text[:LONGEST_ANSWER] or None, show_alert=bool(text))
        await self._booth.outbox.free(answer)

    def _gather(self, place: Place, person: Person, message: Message) -> None:
        """Wait for the rest of an album."""
        name = f"{place.chat}:{message.media_group_id}"
        if name in self._albums:
            self._albums[name].messages.append(message)
            return
        self._albums[name] = _Album([message])
        self._talking.beside(self._whole(place, person, name))

    async def _whole(self, place: Place, person: Person, name: str) -> None:
        await asyncio.sleep(ALBUM_S)
        messages = self._albums.pop(name).messages
        await self._talking.heard(place, person, await self._incoming(place, person, messages))

    async def _incoming(self, place: Place, person: Person, messages: list[Message]) -> Incoming:
        """What messages say, their pictures kept."""
        talk = await self._talking.talk_of(place, person)
        said = self._booth.voice(talk.language)
        pictures: list[str] = []
        problem, as_file = "", False
        for message in messages:
            file = message.photo[-1] if message.photo else message.document
            if file is None:
                continue
            as_file = as_file or message.photo is None
            name = (message.document.file_name if message.document else None) or "photo.jpg"
            found = await kept(self._booth, person.user, file.file_id, file.file_size, name, said)
            if found.is_kept:
                pictures.append(found.text)
            else:
                problem = found.text
        text = next((one.text or one.caption for one in messages if one.text or one.caption), "") or ""
        if not text and not pictures and not problem:
            problem = said("I take words and pictures only.")
        return Incoming(text=text, pictures=tuple(pictures), as_file=as_file, problem=problem)


def _person(user: User) -> Person:
    return Person(user=user.id, name=user.username, language=user.language_code)


def _help(said: Voice) -> str:
    return "\n".join(
        [
            said("Write what happens in the film, or send a picture. I ask for the rest, and tell the price before I begin."),
            "",
            f"/start — {said('the menu')}",
            f"/films — {said('your films')}",
            f"/balance — {said('what you have left today')}",
            f"/settings — {said('the language')}",
            f"/cancel — {said('leave what you are at')}",
        ]
    )
