"""How long a film was under way: the time of its runs, without what lies between them."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from storyreel.domain.values import Value
from storyreel.library.tables import events

BEGINS, GOES_ON = "film.started", "film.resumed"
ENDS = frozenset({"film.ready", "film.failed", "film.cancelled", "film.awaiting_approval"})


class Runs(Value):
    """What a film's runs come to so far."""

    seconds: float  # of one that was interrupted, as far as it is known to have gone
    count: int


def runs_of(connection: Connection, film: str) -> Runs:
    """The runs of a film, by its events."""
    asked = select(events.c.at, events.c.kind).where(events.c.film == film).order_by(events.c.number)
    return _told([(row.at, row.kind) for row in connection.execute(asked)])


def _told(moments: list[tuple[datetime, str]]) -> Runs:
    """Each run from its start to its end, or to the last that was heard of it before it was taken up again."""
    whole, count, since, last = timedelta(), 0, None, None
    for at, kind in moments:
        if kind == BEGINS:
            count += 1
            since = since or at
        elif since is not None and last is not None and kind in {GOES_ON, *ENDS}:
            whole += (last if kind == GOES_ON else at) - since
            since = None
        last = at
    if since is not None and last is not None:
        whole += last - since
    return Runs(seconds=max(0.0, whole.total_seconds()), count=count)
