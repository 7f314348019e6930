"""Pictures that a person sent: fetched from the messenger, judged by what is in them, kept as that person's."""

from dataclasses import dataclass
from hashlib import sha256

from storyreel.domain.errors import MediaUnusable
from storyreel.doors.bot.booth import MB, Booth, owner
from storyreel.doors.bot.voice import Voice
from storyreel.doors.languages.known import known_or
from storyreel.library.sent import keep_sent
from storyreel.media.kinds import HEAD_BYTES, kind_of
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
        picture = await booth.studio.judging(received_picture, data, called="The picture")
    except MediaUnusable as error:
        if kind_of(data[:HEAD_BYTES]) is None:
            return Kept(said("I cannot read this picture. Send a JPEG, PNG or WebP."))
        return Kept(said("I cannot use this picture: {why}.", why=known_or(error.problem, said.language)))
    upload = await keep_sent(
        booth.database,
        booth.blobs,
        picture.data or b"",
        picture,
        user=owner(user),
        sent=sha256(data).hexdigest(),
        name=name,
        room=booth.studio.settings.upload_space,
        now=booth.now(),
    )
    if upload is None:
        return Kept(said("There is no room left for your pictures here."))
    return Kept(upload.digest, is_kept=True)
