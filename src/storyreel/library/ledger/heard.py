"""What a provider's own message changes in the ledger: which call it is about, and that it is worth a look now."""

from datetime import datetime

from sqlalchemy import Connection, and_, select, update

from storyreel.domain.generation import CallState, Key
from storyreel.library.ledger.call import OPEN
from storyreel.library.tables import calls as table


def open_keys(connection: Connection, provider: str) -> list[Key]:
    """The keys of a provider's calls that are not settled."""
    going = and_(table.c.provider == provider, table.c.state.in_([state.value for state in OPEN]))
    rows = connection.execute(select(table.c.film, table.c.shot, table.c.number, table.c.route).where(going))
    return [Key(film=row.film, shot=row.shot, take=row.number, route=row.route) for row in rows]


def look_now(connection: Connection, key: Key, now: datetime) -> None:
    """Have an accepted call looked at at once, by whichever process looks; its provider has something new."""
    accepted = and_(table.c.key == str(key), table.c.state == CallState.ACCEPTED.value, table.c.next_look > now)
    connection.execute(update(table).where(accepted).values(next_look=now))
