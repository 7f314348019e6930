"""What Telegram tells the bot: messages, albums and buttons, handed on to whom they are for. Buttons are answered first."""

import asyncio

from aiogram import Router
from aiogram.methods import AnswerCallbackQuery
from aiogram.types import CallbackQuery, ContentType, Message, User

from storyreel.domain.money import price_text
from storyreel.doors.bot.booth import Booth, owner
from storyreel.doors.bot.buttons import FILM, read_film_data
from storyreel.doors.bot.film_buttons import FilmButtons
from storyreel.doors.bot.intake import kept
from storyreel.doors.bot.rendering import new_message, read_tag
from storyreel.doors.bot.shown import GREY, Shown
from storyreel.doors.bot.site import site_message
from storyreel.doors.bot.step import Incoming, Person, Turn
from storyreel.doors.bot.talk import LOOKS, MENU, Draft
from storyreel.doors.bot.talking import Talking
from storyreel.doors.bot.tooling import begun
from storyreel.doors.bot.turns import Ticket
from storyreel.doors.bot.voice import Voice
from storyreel.doors.languages.words import N_
from storyreel.library.chats import Place

ALBUM_S = 0.7  # in which the messages of one album come
LONGEST_ANSWER = 200
LEADS = {"start", "cancel", "menu"}
"""Commands that lead to the menu, out of whatever a person was at."""
HEARD = {ContentType.TEXT, ContentType.PHOTO, ContentType.DOCUMENT}
SPOKEN, PLAYFUL, OTHER = (
    N_("I cannot listen to that; please write it to me."),
    N_("Nice! But I understand words and pictures only."),
    N_("I cannot use that here; I understand words and pictures."),
)
STRANGE: dict[str, str] = {
    **dict.fromkeys((ContentType.VOICE, ContentType.VIDEO_NOTE, ContentType.AUDIO), SPOKEN),
    **dict.fromkeys((ContentType.STICKER, ContentType.ANIMATION, ContentType.DICE), PLAYFUL),
    **dict.fromkeys((ContentType.VIDEO, ContentType.LOCATION, ContentType.VENUE, ContentType.CONTACT, ContentType.POLL), OTHER),
}
"""What no step takes, and what is said to it; anything else is told by Telegram itself, and no person waits for an answer."""


class Updates:
    """Hands on what Telegram tells."""

    def __init__(self, booth: Booth, talking: Talking, films: FilmButtons) -> None:
        self._booth, self._talking, self._films = booth, talking, films
        self._albums: dict[str, list[Message]] = {}

    def router(self) -> Router:
        """Aiogram's router that calls us."""
        router = Router(name="storyreel")
        router.message.register(self.message)
        router.callback_query.register(self.button)
        return router

    async def message(self, message: Message) -> None:
        """A message of a person's."""
        sender = message.from_user
        if sender is None or sender.is_bot or not self._is_meant(message):
            return
        place, person = self._booth.place(message.chat.id, sender.id), _person(sender)
        album = f"{place.chat}:{message.media_group_id}" if message.media_group_id else ""
        if album in self._albums:
            self._albums[album].append(message)
            return
        if album:
            self._albums[album] = [message]
        ticket = self._talking.ticket(place)  # first of all, so that messages count in the order in which they came
        try:
            if not self._booth.guests.may_use(person.user, person.name):
                if album:
                    await self._whole(album)  # so that it is answered once, and let go
                await self._refuse(place, person)
            elif (message.text or "").startswith("/"):
                await self._command(ticket, person, message.text or "")
            else:
                await self._talking.heard(ticket, person, self._come(place, person, message, album))
        finally:
            ticket.leave()

    def _is_meant(self, message: Message) -> bool:
        """Whether a person says something to the bot: a sticker in a group is for the group, unless it answers the bot."""
        if message.content_type not in STRANGE:
            return message.content_type in HEARD
        answered = message.reply_to_message.from_user if message.reply_to_message else None
        return message.chat.type == "private" or (answered is not None and answered.id == self._booth.api.id)

    async def button(self, query: CallbackQuery) -> None:
        """A button that a person pressed: it is answered before anything is done."""
        message, data = query.message, query.data or ""
        if message is None:
            await self._answer(query)
            return
        place, person = self._booth.place(message.chat.id, query.from_user.id), _person(query.from_user)
        ticket = self._talking.ticket(place)  # first of all, so that buttons count in the order in which they were pressed
        try:
            if not self._booth.guests.may_use(person.user, person.name):
                said = await self._voice(place, person)
                await self._answer(query, said("This bot is not open to you."))
            elif data.startswith(FILM):
                await self._film(query, place, person, data)
            else:
                await self._screen(query, ticket, person, message.message_id)
        finally:
            ticket.leave()

    async def _screen(self, query: CallbackQuery, ticket: Ticket, person: Person, message: int) -> None:
        """A button of a dialog's own message."""
        tag, data = read_tag(query.data or "")
        if data.startswith(GREY):
            talk = await self._talking.talk_of(ticket.place, person)
            turn = Turn(self._booth, ticket.place, person, talk)
            grey = self._talking.grey(turn, data.removeprefix(GREY)) if (talk.panel, talk.screen) == (message, tag) else ""
            await self._answer(query, grey)
            return
        known = self._talking.shows(ticket.place, message)
        if known:
            await self._answer(query)
        is_theirs = await self._talking.pressed(ticket, person, message, tag, data)
        if not known:
            said = await self._voice(ticket.place, person)
            strange = said("These buttons are somebody else's, or from earlier. Write /start for new ones.")
            await self._answer(query, "" if is_theirs else strange)

    async def _voice(self, place: Place, person: Person) -> Voice:
        """Who speaks that person's language."""
        return self._booth.voice((await self._talking.talk_of(place, person)).language)

    async def _film(self, query: CallbackQuery, place: Place, person: Person, data: str) -> None:
        """A button under a film."""
        verb, id, number = read_film_data(data)
        film = await self._films.film_of(person.user, id)
        if film is None:
            said = await self._voice(place, person)
            await self._answer(query, said("Only who asked for this film can do that."))
            return
        await self._answer(query)
        self._talking.beside(self._films.pressed(place, person, film, verb, number))

    async def _command(self, ticket: Ticket, person: Person, text: str) -> None:
        command, place = text[1:].partition(" ")[0].partition("@")[0].lower(), ticket.place
        tool = self._booth.toolbox.of_command(command)
        said = self._booth.voice((await self._talking.talk_of(place, person)).language)
        if command == "balance":
            await self._say(place, await self._balance(place, person, said))
        elif command == "site":
            await self._booth.outbox.send(place.chat, await site_message(self._booth, place, said))
        elif command == "help":
            await self._say(place, _help(said))
        elif command in LOOKS:
            await self._talking.look(ticket, person, command)
        elif tool is not None:
            await self._talking.jump(ticket, person, lambda talk: begun(talk, tool.spec.name))
        elif command not in LEADS:
            await self._say(
                place, said("There is no command /{command} here. /help tells those that there are.", command=command)
            )
        else:
            await self._talking.jump(ticket, person, lambda talk: talk.at(MENU, draft=Draft(), tool=None, arguments=None))

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

    async def _come(self, place: Place, person: Person, message: Message, album: str) -> Incoming:
        """What a message says; of an album, once the rest of it is there."""
        if not album:
            return await self._incoming(place, person, [message])
        return await self._incoming(place, person, await self._whole(album))

    async def _whole(self, album: str) -> list[Message]:
        """The messages of an album, once they are all there."""
        await asyncio.sleep(ALBUM_S)
        return self._albums.pop(album)

    async def _incoming(self, place: Place, person: Person, messages: list[Message]) -> Incoming:
        """What messages say, their pictures kept."""
        talk = await self._talking.talk_of(place, person)
        said = self._booth.voice(talk.language)
        pictures: list[str] = []
        problem, as_file = "", False
        for message in messages:
            file = message.photo[-1] if message.photo else message.document
            if message.content_type in STRANGE:
                problem = said(STRANGE[message.content_type])
            if file is None or message.content_type not in HEARD:
                continue
            as_file = as_file or message.photo is None
            name = (message.document.file_name if message.document else None) or "photo.jpg"
            found = await kept(self._booth, person.user, file.file_id, file.file_size, name, said)
            if found.is_kept:
                pictures.append(found.text)
            else:
                problem = found.text
        text = next((one.text or one.caption for one in messages if one.text or one.caption), "") or ""
        return Incoming(text=text, pictures=tuple(pictures), as_file=as_file, problem=problem)


def _person(user: User) -> Person:
    return Person(user=user.id, name=user.username, language=user.language_code)


def _help(said: Voice) -> str:
    commands = {
        "start": said("the menu"),
        "films": said("your films"),
        "balance": said("what you have left today"),
        "site": said("your films on the site"),
        "settings": said("the language"),
        "cancel": said("leave what you are at"),
    }
    text = said("Write what happens in the film, or send a picture. I ask for the rest, and tell the price before I begin.")
    return "\n".join([text, "", *(f"/{name} — {does}" for name, does in commands.items())])
