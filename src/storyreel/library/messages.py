"""Films that were asked for in a conversation, as the clients of an earlier service count them: its message is our film.

A message is kept before its film is begun, so that what guests ask for in a day is counted before anything is made of it.
"""

from datetime import UTC, datetime, time

from sqlalchemy import Connection, delete, func, insert, select, update

from storyreel.domain.errors import UnknownFilm
from storyreel.domain.film import Film
from storyreel.domain.values import Value
from storyreel.library import films
from storyreel.library.locks import exclusively
from storyreel.library.tables import messages as table


class Message(Value):
    """A message's row."""

    id: str
    conversation: str
    user: str
    film: str | None = None  # None: it is being begun
    created: datetime


class Told(Value):
    """A message and its film as it stands."""

    message: Message
    film: Film | None


def begin_message(connection: Connection, message: Message, most_today: int | None = None) -> bool:
    """Keep a message; False where its user has sent as many as it may since midnight (UTC)."""
    if most_today is not None:
        exclusively(connection, f"storyreel:messages:{message.user}")
        midnight = datetime.combine(message.created.astimezone(UTC).date(), time.min, UTC)
        today = select(func.count()).where(table.c.user == message.user, table.c.created >= midnight)
        if (connection.scalar(today) or 0) >= most_today:
            return False
    connection.execute(insert(table).values(message.model_dump()))
    return True


def give_film(connection: Connection, id: str, film: str) -> None:
    """The film of a message is begun."""
    connection.execute(update(table).where(table.c.id == id).values(film=film))


def drop_message(connection: Connection, id: str) -> None:
    """No film came of it."""
    connection.execute(delete(table).where(table.c.id == id))


def message(connection: Connection, user: str, conversation: str, id: str) -> Told | None:
    """A user's message with that id in that conversation; None where there is none."""
    asked = select(table).where(table.c.id == id, table.c.conversation == conversation, table.c.user == user)
    row = connection.execute(asked).mappings().one_or_none()
    return None if row is None else _told(connection, Message.model_validate(dict(row)))


def message_of(connection: Connection, film: str) -> Message | None:
    """The message whose film that is; None where there is none."""
    row = connection.execute(select(table).where(table.c.film == film)).mappings().first()
    return None if row is None else Message.model_validate(dict(row))


def messages(connection: Connection, user: str, conversation: str | None = None, *, limit: int = 100) -> list[Told]:
    """A user's messages, the newest first; those of one conversation, if told."""
    asked = select(table).where(table.c.user == user).order_by(table.c.created.desc(), table.c.id).limit(limit)
    if conversation is not None:
        asked = asked.where(table.c.conversation == conversation)
    rows = connection.execute(asked).mappings().all()
    return [_told(connection, Message.model_validate(dict(row))) for row in rows]


def _told(connection: Connection, message: Message) -> Told:
    if message.film is None:
        return Told(message=message, film=None)
    try:
        return Told(message=message, film=films.film(connection, message.film))
    except UnknownFilm:  # it was removed since
        return Told(message=message, film=None)
