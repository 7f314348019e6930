"""Single videos that the server accepted: asked for, taken up by the line as films of one shot, told, deleted."""

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection, RowMapping, and_, bindparam, func, or_, select, update

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.film import Film, FilmState
from storyreel.domain.generation import Sighting
from storyreel.domain.values import Digest, Usd, Value
from storyreel.library import films as films_kept
from storyreel.library.guard import ImpossibleChange
from storyreel.library.tables import calls, films
from storyreel.library.tables import videos as table

PREFIX = "video_"


class Video(Value):
    """A video's row: what was asked, and by what it is made."""

    id: str
    user: str
    api_key: str | None
    film: str | None = None  # None: the line is to have it yet
    model: str  # as it was asked for
    route: str  # "model@provider"
    prompt: str
    seconds: float  # as it is made
    size: str  # as it is made: "1280x720"
    first_frame: Digest | None = None
    seed: int
    budget_usd: Usd | None = None
    allow_unpriced: bool = False
    notes: tuple[str, ...] = ()  # what is otherwise than asked, a sentence each
    remixed_from: str | None = None
    quote_usd: Decimal | None  # None: no price is known
    error_code: str | None = None
    error: str | None = None
    created: datetime


class Standing(Value):
    """A video and how its film stands."""

    video: Video
    state: FilmState | None  # None: there is no film of it yet, or none any more
    error_code: str | None = None
    error: str | None = None
    ended: datetime | None = None
    output: Digest | None = None
    progress: float | None = None  # from 0 to 1, as its provider told last


def film_of(video: str) -> str:
    """The id of the film that a video becomes: always the same, so that there is never a second one."""
    return video.replace("_", "-")


def row_of(video: Video) -> dict[str, object]:
    """The video as its table has it."""
    row = {name: getattr(video, name) for name in _SAME}
    return {**row, "notes": "\n".join(video.notes), "budget_micros": video.budget_usd, "quote_micros": video.quote_usd}


def standings(connection: Connection, ids: Collection[str]) -> dict[str, Standing]:
    """How videos stand, by id; those that are not there, or were deleted, are left out."""
    rows = connection.execute(_BY_ID, {"ids": list(ids)})
    return {row["id"]: _standing(row) for row in rows.mappings()}


def list_videos(
    connection: Connection, user: str, *, after: str = "", limit: int = 20, oldest_first: bool = False
) -> list[Standing]:
    """A user's videos, the newest first unless told otherwise; those that come after that one. Raises InvalidRequest."""
    time, id = table.c.created, table.c.id
    question = _WHOLE.where(table.c.user == user, table.c.deleted.is_(None)).limit(limit)
    question = question.order_by(time, id) if oldest_first else question.order_by(time.desc(), id.desc())
    if after:
        if connection.scalar(select(id).where(id == after, table.c.user == user)) is None:
            raise InvalidRequest(f"There is no video {after!r}; give the last_id of the page before.", field="after")
        then = select(time).where(id == after, table.c.user == user).scalar_subquery()
        later = or_(time > then, and_(time == then, id > after))
        earlier = or_(time < then, and_(time == then, id < after))
        question = question.where(later if oldest_first else earlier)
    return [_standing(row) for row in connection.execute(question).mappings()]


def under_way(connection: Connection) -> dict[tuple[str, str], int]:
    """How many videos the line has that have not ended, by user and route."""
    going = films.c.state.in_([FilmState.QUEUED.value, FilmState.PRODUCING.value])
    whose = (table.c.user, table.c.route)
    asked = select(*whose, func.count().label("many")).select_from(films.join(table, films.c.id == table.c.film)).where(going)
    return {(row.user, row.route): row.many for row in connection.execute(asked.group_by(*whose))}


def waiting_videos(connection: Connection, limit: int) -> list[Video]:
    """Those that the line is to have yet: of each user the oldest, then of each the next; of one by one route so many."""
    oldest_first = (table.c.created, table.c.id)
    turn = func.row_number().over(partition_by=table.c.user, order_by=oldest_first).label("turn")
    alike = func.row_number().over(partition_by=(table.c.user, table.c.route), order_by=oldest_first).label("alike")
    found = select(table, turn, alike).where(table.c.film.is_(None)).subquery()
    asked = select(found).where(found.c.alike <= limit).order_by(found.c.turn, found.c.created, found.c.id)
    return [_video(row) for row in connection.execute(asked).mappings()]


def take_up(connection: Connection, id: str, film: Film) -> bool:
    """The video's film, queued; False where it has one already, or was deleted."""
    free = and_(table.c.id == id, table.c.film.is_(None))
    if not connection.execute(update(table).where(free).values(film=film.id)).rowcount:
        return False
    films_kept.insert_film(connection, film)
    return True


def fail_video(connection: Connection, id: str, code: str, message: str) -> None:
    """No film can be made of it."""
    free = and_(table.c.id == id, table.c.film.is_(None))
    connection.execute(update(table).where(free).values(film=film_of(id), error_code=code, error=message))


def delete_video(connection: Connection, id: str, now: datetime) -> None:
    """It is not told any more, and no film is made of it that is not begun."""
    connection.execute(update(table).where(table.c.id == id).values(deleted=now, film=film_of(id)))


def delete_leftovers(connection: Connection) -> None:
    """Remove the films of deleted videos that have ended by now; their bills stay."""
    ended = films.c.state.in_([state.value for state in FilmState if state.ended])
    gone = select(films.c.id).join(table, table.c.film == films.c.id).where(table.c.deleted.is_not(None), ended)
    for id in list(connection.scalars(gone)):
        with suppress(ImpossibleChange):  # a call of it is not settled yet
            films_kept.delete_film(connection, id)


_SAME = Video.model_fields.keys() - {"notes", "budget_usd", "quote_usd"}
_SEEN = select(calls.c.sighting).where(calls.c.film == table.c.film).order_by(calls.c.created.desc()).limit(1).scalar_subquery()
_WHOLE = select(
    table,
    films.c.state.label("film_state"),
    films.c.error_code.label("film_error_code"),
    films.c.error.label("film_error"),
    films.c.ended.label("film_ended"),
    films.c.output.label("film_output"),
    _SEEN.label("sighting"),
).select_from(table.outerjoin(films, films.c.id == table.c.film))

_BY_ID = _WHOLE.where(table.c.id.in_(bindparam("ids", expanding=True)), table.c.deleted.is_(None))


def _standing(row: RowMapping) -> Standing:
    sighting: Sighting | None = row["sighting"]
    return Standing(
        video=_video(row),
        state=FilmState(row["film_state"]) if row["film_state"] else None,
        error_code=row["film_error_code"],
        error=row["film_error"],
        ended=row["film_ended"],
        output=row["film_output"],
        progress=sighting.progress if sighting else None,
    )


def _video(row: RowMapping) -> Video:
    told = {name: row[name] for name in Video.model_fields if name in row}
    notes = tuple(row["notes"].splitlines())
    return Video.model_validate({**told, "notes": notes, "budget_usd": row["budget_micros"], "quote_usd": row["quote_micros"]})
