"""A way from a chat to the pages: a link that opens them for ten minutes, to see that person's films and make none."""

from datetime import datetime

from aiogram.methods import SendMessage

from storyreel.doors.bot.booth import Booth, owner
from storyreel.doors.bot.rendering import new_message
from storyreel.doors.bot.shown import Button, Shown
from storyreel.doors.bot.voice import Voice
from storyreel.doors.server.addresses import enter_address
from storyreel.library import keys
from storyreel.library.chats import Place
from storyreel.library.database import Connection
from storyreel.library.keys import Scope


async def site_message(booth: Booth, place: Place, said: Voice) -> SendMessage:
    """The link, or why there is none. Paid films are limited in the chat, so that the link's session may only see."""
    if not booth.public_url:
        return new_message(place.chat, Shown(said("There is no site here.")))
    if place.chat != place.user:
        return new_message(place.chat, Shown(said("Write me that in a private chat: the link is for you alone.")))
    id = await booth.database.write(_key_of, place.user, booth.now())
    if id is None:
        return new_message(place.chat, Shown(said("The site is not open to anybody yet.")))
    address = enter_address(booth.public_url, booth.seal, id)
    text = said("Your films on the site. The link is for you alone, and works for ten minutes.")
    return new_message(place.chat, Shown(text, ((Button(said("Open the site"), url=address),),)))


def _key_of(connection: Connection, user: int, now: datetime) -> str | None:
    """The id of the person's key, made where there is none; None while the site needs no key, since one would close it."""
    live = [key for key in keys.keys(connection) if key.revoked is None]
    if not live:
        return None
    name = f"telegram {user}"
    known = next((key.id for key in live if key.name == name and key.user == owner(user)), None)
    return known or keys.create_key(connection, name, now, user=owner(user), scopes=[Scope.READ]).key.id
