"""Pictures and clips that were sent in: whose they are, and what is in them. The files are blobs."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, RowMapping, and_, delete, func, insert, or_, select

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.values import Digest, Value
from storyreel.library.locks import exclusively
from storyreel.library.tables import uploads as table

KEEPING = "storyreel:uploads"
PREFIX = "asset_"  # of an upload's id


class Upload(Value):
    """A file that was sent in, as it is kept."""

    id: str
    user: str
    digest: Digest
    name: str  # as its sender called it; never a path
    media_type: str
    bytes: int
    width_px: int
    height_px: int
    seconds: float | None  # None: a picture
    created: datetime


def upload_id(user: str, sent: Digest) -> str:
    """The id of what that user sent: the same content is the same upload."""
    return PREFIX + sha256(f"{user}\n{sent}".encode()).hexdigest()[:24]


def keep_upload(connection: Connection, upload: Upload, room: int) -> Upload | None:
    """Keep it; where it is there already, the one that is there. None where its user's would then have more than `room` bytes."""
    exclusively(connection, f"{KEEPING}:{upload.user}")
    if known := find_upload(connection, upload.user, upload.id):
        return known
    if space_taken(connection, upload.user) + upload.bytes > room:
        return None
    connection.execute(insert(table).values(upload.model_dump()))
    return upload


def find_upload(connection: Connection, user: str, id: str) -> Upload | None:
    """A user's upload; None where the user has none of that id."""
    row = connection.execute(select(table).where(table.c.id == id, table.c.user == user)).mappings().first()
    return None if row is None else _upload(row)


def is_upload_of(connection: Connection, user: str, digest: Digest) -> bool:
    """Whether a user sent that in."""
    question = select(table.c.id).where(table.c.user == user, table.c.digest == digest).limit(1)
    return connection.scalar(question) is not None


def list_uploads(connection: Connection, user: str, *, after: str = "", limit: int = 20) -> list[Upload]:
    """A user's uploads, the newest first; those that come after that one. Raises InvalidRequest."""
    time, id = table.c.created, table.c.id
    question = select(table).where(table.c.user == user).order_by(time.desc(), id.desc()).limit(limit)
    if after:
        last = find_upload(connection, user, after)
        if last is None:
            raise InvalidRequest(f"There is no asset {after!r}; give the `next` of the page before.", field="after")
        question = question.where(or_(time < last.created, and_(time == last.created, id < last.id)))
    return [_upload(row) for row in connection.execute(question).mappings()]


def space_taken(connection: Connection, user: str) -> int:
    """How many bytes a user's uploads have in all."""
    return connection.scalar(select(func.coalesce(func.sum(table.c.bytes), 0)).where(table.c.user == user)) or 0


def drop_upload(connection: Connection, user: str, id: str) -> bool:
    """Forget a user's upload; its file goes with a sweep, once nothing refers to it. False where there is none of that id."""
    return bool(connection.execute(delete(table).where(table.c.id == id, table.c.user == user)).rowcount)


def _upload(row: RowMapping) -> Upload:
    return Upload.model_validate(dict(row))
