"""Pictures that a person sent: fetched from the messenger, judged by what is in them, kept as that person's."""

import asyncio
from dataclasses import dataclass

from storyreel.domain.errors import MediaUnusable
from storyreel.doors.bot.booth import MB, Booth, owner
from storyreel.doors.bot.voice import Voice
from storyreel.library import uploads
from storyreel.library.uploads import Upload
from storyreel.media.received import MOST_PICTURE_BYTES, received_picture

DOWNLOAD_S = 120


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture that was kept, by its digest; or why it cannot be used, in the person's language."""

    text: str
    is_kept: bool = False


async def kept(booth: Booth, user: int, file: str, size: int | None, name: str, said: Voice) -> Kept:
    """The picture in our store."""
    if size is not None and size > booth.limits.download_bytes:
        most = booth.limits.download_bytes // MB
        return Kept(said("Telegram gives bots no file above {most} MB. Send it as a photo, or make it smaller.", most=most))
    if size is not None and size > MOST_PICTURE_BYTES:
        return Kept(said("A picture may have {most} MB. Send it as a photo, or make it smaller.", most=MOST_PICTURE_BYTES // MB))
    got = await booth.api.download(file, timeout=DOWNLOAD_S)
    data = got.read() if got is not None else b""
    try:
        async with booth.studio.judging:
            picture = await asyncio.to_thread(received_picture, data, called="The picture")
    except MediaUnusable:
        return Kept(said("I cannot read this picture. Send a JPEG, PNG or WebP."))
    drawn = picture.data or b""
    digest = await booth.blobs.put_bytes(drawn)
    upload = Upload(
        id=uploads.upload_id(owner(user), digest),
        user=owner(user),
        digest=digest,
        name=name,
        media_type=picture.media_type,
        bytes=len(drawn),
        width_px=picture.width_px,
        height_px=picture.height_px,
        seconds=None,
        created=booth.now(),
    )
    if not await booth.database.write(uploads.keep_upload, upload, booth.studio.settings.upload_space):
        return Kept(said("There is no room left for your pictures here."))
    return Kept(digest, is_kept=True)
