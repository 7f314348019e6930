"""The blobs that we know: that they are in our store, how large they are, and what they are."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from storyreel.domain.values import Digest
from storyreel.library.tables import known_blobs


def know_blob(
    connection: Connection,
    digest: Digest,
    now: datetime,
    *,
    bytes: int | None = None,
    media_type: str | None = None,
) -> None:
    """Note that a blob is in the store; what was known of it stays unless it is told anew."""
    told = {name: value for name, value in {"bytes": bytes, "media_type": media_type}.items() if value is not None}
    if not blob_known(connection, digest):
        connection.execute(insert(known_blobs).values(digest=digest, created=now, **told))
    elif told:
        connection.execute(update(known_blobs).where(known_blobs.c.digest == digest).values(told))


def blob_known(connection: Connection, digest: Digest) -> bool:
    """Whether a blob was noted, and not swept since."""
    return connection.scalar(select(known_blobs.c.digest).where(known_blobs.c.digest == digest)) is not None


def forget_blob(connection: Connection, digest: Digest) -> None:
    """Note that a blob is about to leave the store."""
    connection.execute(delete(known_blobs).where(known_blobs.c.digest == digest))
