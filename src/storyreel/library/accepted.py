"""Videos accepted, many in one transaction: the same request that comes twice is one video; what may still be promised."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from http import HTTPStatus

from sqlalchemy import ColumnElement, Connection, and_, bindparam, exists, func, insert, select
from sqlalchemy.exc import IntegrityError

from storyreel.domain.film import FilmState
from storyreel.domain.money import Budgets
from storyreel.library.columns import dollars
from storyreel.library.ledger import budgets as limits
from storyreel.library.replies import KEPT
from storyreel.library.tables import calls, films, replies
from storyreel.library.tables import videos as table
from storyreel.library.videos import Video, row_of

# Put together once: that takes longer than to ask.
_THERE = and_(table.c.id == replies.c.body, table.c.deleted.is_(None))
_CAME = (
    select(replies.c.key, replies.c.digest, table.c.id, replies.c.created)
    .select_from(replies.outerjoin(table, _THERE))
    .where(replies.c.caller == bindparam("caller"), replies.c.key.in_(bindparam("keys", expanding=True)))
)
_VIDEOS, _REPLIES = insert(table), insert(replies)


@dataclass(frozen=True, slots=True)
class Names:
    """By what a request is known again."""

    caller: str
    key: str  # empty: it is always a new one
    digest: str  # of what it asks
    since: datetime  # a request of that key from before then does not count


@dataclass(frozen=True, slots=True)
class Entry:
    """A video to be accepted, unless its request came before."""

    video: Video
    names: Names


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of an entry."""

    video: str  # its own, or the one that its request was answered with before; empty: the key was used for another request
    is_new: bool


def accept_videos(connection: Connection, entries: Sequence[Entry], now: datetime) -> list[Accepted]:
    """What became of each entry, in their order; the new ones have their rows."""
    try:
        with connection.begin_nested():
            return _accept(connection, entries, now)
    except IntegrityError:  # another process was first with one of the keys
        return _accept(connection, entries, now)


def earlier_video(connection: Connection, names: Names, now: datetime) -> str:
    """The video that the same request was answered with before; empty where there is none."""
    known = _known(connection, [names]).get((names.caller, names.key))
    return (known.video_for(names, now) if known else None) or ""


@dataclass(frozen=True, slots=True)
class _Known:
    """A request that came before."""

    digest: str
    video: str | None  # None: it is not there any more
    at: datetime

    def video_for(self, names: Names, now: datetime) -> str | None:
        """What it was answered with, where it counts for that request; empty where that one asks something else."""
        if self.at < now - KEPT:
            return None
        if self.digest != names.digest:
            return ""
        return self.video if self.at >= names.since else None


def _accept(connection: Connection, entries: Sequence[Entry], now: datetime) -> list[Accepted]:
    known = _known(connection, [entry.names for entry in entries])
    outcomes: list[Accepted] = []
    new: list[Entry] = []
    past: list[Names] = []
    for entry in entries:
        names = entry.names
        before = known.get((names.caller, names.key))
        video = before.video_for(names, now) if before else None
        if video is None:
            new.append(entry)
            if names.key:
                past += [names] if before else []
                known[names.caller, names.key] = _Known(names.digest, entry.video.id, now)
        outcomes.append(Accepted(entry.video.id if video is None else video, is_new=video is None))
    for names in past:
        connection.execute(replies.delete().where(replies.c.caller == names.caller, replies.c.key == names.key))
    if new:
        connection.execute(_VIDEOS, [row_of(entry.video) for entry in new])
    if told := [_reply(entry, now) for entry in new if entry.names.key]:
        connection.execute(_REPLIES, told)
    return outcomes


def _known(connection: Connection, names: Sequence[Names]) -> dict[tuple[str, str], _Known]:
    """The requests that came before, by caller and key."""
    known: dict[tuple[str, str], _Known] = {}
    for caller in {one.caller for one in names if one.key}:
        keys = [one.key for one in names if one.key and one.caller == caller]
        for key, digest, video, at in connection.execute(_CAME, {"caller": caller, "keys": keys}):
            known[caller, key] = _Known(digest, video, at)
    return known


def _reply(entry: Entry, now: datetime) -> dict[str, object]:
    names = entry.names
    told = {"caller": names.caller, "key": names.key, "digest": names.digest}
    return {**told, "status": HTTPStatus.OK.value, "body": entry.video.id, "created": now}


def must_fit(
    connection: Connection,
    user: str,
    api_key: str | None,
    quote_usd: Decimal | None,
    budgets: Budgets,
    now: datetime,
    *,
    allow_unpriced: bool,
) -> Decimal | None:
    """How much more may be promised to a caller after a video of that price; None: as much as is asked.

    What is promised to videos that the ledger does not have yet counts. Raises BudgetExceeded.
    """
    bounds = [bound for bound in limits.bounds_beside(connection, user, api_key, budgets, now) if bound.limit_usd is not None]
    if not bounds:
        return None
    promised = _promised(connection, user, api_key)
    bounds = [replace(bound, also_usd=promised.get(bound.name, dollars(0))) for bound in bounds]
    limits.must_fit(connection, quote_usd, bounds, allow_unpriced=allow_unpriced)
    rooms = [room for bound in bounds if (room := limits.room_in(connection, bound)) is not None]
    return min(rooms) - (quote_usd or 0) if rooms else None


def _promised(connection: Connection, user: str, api_key: str | None) -> dict[str, Decimal]:
    """What videos come to of which the ledger knows nothing yet, by the budget that they will count towards."""
    going = films.c.state.in_([FilmState.QUEUED.value, FilmState.PRODUCING.value])
    begun = table.c.film.in_(select(films.c.id).where(going, ~exists().where(calls.c.film == films.c.id)))

    def sum_of(*whose: ColumnElement[bool]) -> Decimal:
        asked = [select(func.sum(table.c.quote_micros)).where(waits, *whose) for waits in (table.c.film.is_(None), begun)]
        return sum((connection.scalar(one) or dollars(0) for one in asked), dollars(0))

    key = sum_of(table.c.api_key == api_key) if api_key else dollars(0)
    return {"user": sum_of(table.c.user == user), "day": sum_of(), "key": key}
