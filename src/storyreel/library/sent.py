"""What a user sent in, kept as that user's: the same file again is the same upload, and is judged and stored once."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Protocol

from storyreel.domain.values import Digest
from storyreel.library import uploads
from storyreel.library.blobs import Blobs
from storyreel.library.database import Database
from storyreel.library.uploads import Upload


class Judged(Protocol):
    """What was found in a file."""

    @property
    def media_type(self) -> str:
        """As it is served."""
        ...

    @property
    def width_px(self) -> int:
        """Of its pictures."""
        ...

    @property
    def height_px(self) -> int:
        """Of its pictures."""
        ...

    @property
    def seconds(self) -> float | None:
        """None: it is a picture."""
        ...


async def keep_sent(
    database: Database,
    blobs: Blobs,
    content: bytes | Path,
    judged: Judged,
    *,
    user: str,
    sent: Digest,
    name: str,
    room: int,
    now: datetime,
) -> Upload | None:
    """The upload of a file, which was judged; None where its user's would have more than `room` bytes with it.

    `content` is what is kept of it, `sent` the digest of the file as it came. Raises StoreUnusable.
    """
    size = len(content) if isinstance(content, bytes) else (await asyncio.to_thread(content.stat)).st_size
    if await database.read(uploads.space_taken, user) + size > room:
        return None
    digest = await (blobs.put_bytes(content) if isinstance(content, bytes) else blobs.put_file(content))
    upload = Upload(
        id=uploads.upload_id(user, sent),
        user=user,
        digest=digest,
        name=name,
        media_type=judged.media_type,
        bytes=size,
        width_px=judged.width_px,
        height_px=judged.height_px,
        seconds=judged.seconds,
        created=now,
    )
    return await database.write(uploads.keep_upload, upload, room)
