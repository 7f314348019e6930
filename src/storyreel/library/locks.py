"""What a transaction holds so that no other comes between; nothing on SQLite, whose one writer owns the file."""

from sqlalchemy import Connection, func, select

from storyreel.library.tables import films

REUSE = "storyreel:reuse"  # held where a finished take's clip is taken again, or swept away


def exclusively(connection: Connection, name: str) -> None:
    """From here to its end this transaction is the only one that holds that name: for sums that must not change under it."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


def in_turn(connection: Connection, film: str) -> None:
    """From here to its end this transaction is the only one that writes events of that film.

    Events are then seen in the order of their numbers: who read up to one has missed none before it.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(films.c.id).where(films.c.id == film).with_for_update(key_share=True))
