"""What a bot must not forget: how far each person is in a dialog, and which film is told in which chat."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, insert, select, update

from storyreel.domain.values import Digest, Language, Value
from storyreel.library.tables import chat_films, chats


class Place(Value):
    """A person in a chat with a bot, by the messenger's numbers."""

    bot: int
    chat: int
    user: int


class Told(StrEnum):
    """How far a film was told in its chat."""

    FOLLOWING = "following"  # its message is edited as it goes on
    SENDING = "sending"  # it is ready, and on its way into the chat
    SENT = "sent"
    ENDED = "ended"  # told that it came to nothing, or goes on no more


class ChatFilm(Value):
    """A film in the chat where it was asked for."""

    place: Place
    film: str
    language: Language
    state: Told
    message: int | None = None  # that tells how far it is
    shown: str = ""  # what that message says
    output: Digest | None = None  # the film's blob that was sent
    file: str | None = None  # by which the messenger knows it


def talk(connection: Connection, place: Place) -> str | None:
    """How far that person is, as it was kept; None for somebody new."""
    return connection.scalar(select(chats.c.talk).where(_at(place)))


def keep_talk(connection: Connection, place: Place, text: str, now: datetime, *, working: bool) -> None:
    """Keep how far a person is; `working`: something is being worked out, and is to be taken up again after a restart."""
    known = {"talk": text, "working": working, "updated": now}
    if not connection.execute(update(chats).where(_at(place)).values(**known)).rowcount:
        connection.execute(insert(chats).values(**place.model_dump(), **known))


def working_talks(connection: Connection, bot: int) -> list[tuple[Place, str]]:
    """The dialogs of a bot in which something was being worked out, the oldest first."""
    asked = select(chats).where(chats.c.bot == bot, chats.c.working).order_by(chats.c.updated)
    return [(_place(row), row["talk"]) for row in connection.execute(asked).mappings()]


def keep_film(connection: Connection, told: ChatFilm, now: datetime) -> None:
    """Keep where a film is told, and how far."""
    same = and_(chat_films.c.bot == told.place.bot, chat_films.c.film == told.film)
    row = {**told.place.model_dump(), **told.model_dump(exclude={"place"}), "updated": now}
    if not connection.execute(update(chat_films).where(same).values(**row)).rowcount:
        connection.execute(insert(chat_films).values(**row))


def told_film(connection: Connection, bot: int, film: str) -> ChatFilm | None:
    """Where a film is told; None where this bot does not."""
    asked = select(chat_films).where(chat_films.c.bot == bot, chat_films.c.film == film)
    row = connection.execute(asked).mappings().one_or_none()
    return None if row is None else _film(row)


def untold_films(connection: Connection, bot: int) -> list[ChatFilm]:
    """The films of which there is something to tell yet, the oldest first."""
    open_ones = chat_films.c.state.in_([Told.FOLLOWING.value, Told.SENDING.value])
    asked = select(chat_films).where(chat_films.c.bot == bot, open_ones).order_by(chat_films.c.updated)
    return [_film(row) for row in connection.execute(asked).mappings()]


def move_chat(connection: Connection, bot: int, before: int, after: int) -> None:
    """A group has another number from now on; who spoke under the new one already is further there."""
    connection.execute(update(chat_films).where(chat_films.c.bot == bot, chat_films.c.chat == before).values(chat=after))
    there = select(chats.c.user).where(chats.c.bot == bot, chats.c.chat == after)
    old = and_(chats.c.bot == bot, chats.c.chat == before)
    connection.execute(delete(chats).where(old, chats.c.user.in_(there)))
    connection.execute(update(chats).where(old).values(chat=after))


def _at(place: Place) -> ColumnElement[bool]:
    return and_(chats.c.bot == place.bot, chats.c.chat == place.chat, chats.c.user == place.user)


def _place(row: RowMapping) -> Place:
    return Place(bot=row["bot"], chat=row["chat"], user=row["user"])


def _film(row: RowMapping) -> ChatFilm:
    told = {name: row[name] for name in ChatFilm.model_fields if name != "place"}
    return ChatFilm.model_validate({**told, "place": _place(row)})
