"""What the changes of a film ask for, read from its events: what is to be made again, which run it is, what price was told."""

from collections.abc import Collection
from decimal import Decimal

from sqlalchemy import Connection

from storyreel.domain.events import FilmAwaitsApproval, FilmChanged, Remake
from storyreel.library import events

LEFT = frozenset({"film.failed", "film.cancelled", "film.changed"})
"""After these a film that is wanted again is a new run; its takes stay what they are."""


def run_number(connection: Connection, film: str) -> int:
    """Which run of a film this is: a new one begins after each time it was left or changed."""
    return 1 + events.count_of(connection, film, LEFT)


def run_numbers(connection: Connection, films: Collection[str]) -> dict[str, int]:
    """The same of each of these films."""
    left = events.counts_of(connection, films, LEFT)
    return {film: 1 + left.get(film, 0) for film in films}


def remakes(connection: Connection, film: str) -> dict[str, Remake]:
    """What is still to be made again of a film, by shot: as the last change says, until the film is ready."""
    last = events.latest_of(connection, film, {"film.changed", "film.ready"})
    if last is None or not isinstance(last.fact, FilmChanged):
        return {}
    return {one.shot: one for one in last.fact.remakes}


def change_number(connection: Connection, film: str) -> int:
    """The number of a film's last change; 0 where it was never changed."""
    last = events.latest_of(connection, film, {"film.changed"})
    return last.number if last else 0


def told_usd(connection: Connection, film: str) -> Decimal | None:
    """The price that was told last for a film which waits for approval; None where none is known."""
    last = events.latest_of(connection, film, {"film.awaiting_approval", "film.changed"})
    return last.fact.quote_usd if last and isinstance(last.fact, FilmAwaitsApproval | FilmChanged) else None
